package command_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/command"
	"spanwright/store"
)

// run runs the real command and fails the test unless it ends with that status.
func run(t *testing.T, status int, args ...string) {
	t.Helper()
	var out, told bytes.Buffer
	got := command.Run(args, nil, &out, &told, nil)
	require.Equal(t, status, got, "%v: %s%s", args, out.String(), told.String())
}

func duplicate(t *testing.T, from, to string) {
	t.Helper()
	raw, err := os.ReadFile(from)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(to, raw, 0o600))
}

// work opens a project, has somebody label every document in it that is assigned to
// them, and closes it.
func work(t *testing.T, path, annotator string, random *rand.Rand) {
	t.Helper()
	p, err := store.Open(path)
	require.NoError(t, err)
	apply := func(changes ...annotate.Change) {
		for i := range changes {
			changes[i].Annotator = annotator
		}
		_, err := p.Apply(changes...)
		require.NoError(t, err)
	}
	assigned, err := p.Assignments("")
	require.NoError(t, err)
	for _, a := range assigned {
		if a.Annotator != annotator {
			continue
		}
		words := []annotate.Fragment{{Start: 0, End: 3}, {Start: 4, End: 8}, {Start: 9, End: 11}}
		claim := &annotate.Span{ID: annotate.NewID(), Document: a.Document, Annotator: annotator, Label: "Claim", Fragments: words[random.IntN(3):][:1]}
		source := &annotate.Span{ID: annotate.NewID(), Document: a.Document, Annotator: annotator, Label: "Source", Fragments: []annotate.Fragment{{Start: 12, End: 14}}}
		relation := &annotate.Relation{ID: annotate.NewID(), Document: a.Document, Annotator: annotator, Label: "attribution", Arguments: []annotate.Argument{
			{Role: "source", Span: source.ID}, {Role: "content", Span: claim.ID},
		}}
		apply(annotate.Change{After: claim}, annotate.Change{After: source}, annotate.Change{After: relation})
		noted := claim.Clone()
		noted.Note, noted.Flag = fmt.Sprintf("%s %d", annotator, random.IntN(100)), "discuss"
		apply(annotate.Change{Before: claim, After: noted})
		comment := annotate.NewComment(a.Document, annotator, "really?")
		comment.Span = source.ID
		apply(annotate.Change{After: comment})
		held, err := p.Assessment(a.Document, annotator)
		require.NoError(t, err)
		done := annotate.Change{After: &annotate.Assessment{Document: a.Document, Annotator: annotator, Status: annotate.Done}}
		if held != nil {
			done.Before = held
		}
		apply(done)
		if random.IntN(3) == 0 {
			_, err := p.Undo(annotator)
			require.NoError(t, err)
		}
	}
	require.NoError(t, p.Close())
}

// TestThreePacketsMergedInAnyOrderAndTwiceGiveOneExport has three annotators label
// twenty documents in packets, each document two of them, while one of them goes on in
// the project itself.
func TestThreePacketsMergedInAnyOrderAndTwiceGiveOneExport(t *testing.T) {
	folder := t.TempDir()
	in := func(name string) string { return filepath.Join(folder, name) }
	require.NoError(t, os.Mkdir(in("texts"), 0o700))
	for i := range 20 {
		text := strings.Repeat(fmt.Sprintf("She said no %02d. ", i), 5)
		require.NoError(t, os.WriteFile(filepath.Join(in("texts"), fmt.Sprintf("%02d.txt", i)), []byte(text), 0o600))
	}
	people := []string{"asha", "ben", "carol"}
	lead := in("lead.spanwright")
	run(t, 0, "new", lead)
	run(t, 0, "import", lead, in("texts"), "--annotator", "lead")
	run(t, 0, "assign", lead, "--annotators", strings.Join(people, ","), "--overlap", "2", "--annotator", "lead")
	random := rand.New(rand.NewPCG(7, 7))
	for _, name := range people {
		run(t, 0, "packet", "make", lead, "--annotator", name, "-o", in(name+".spanwright"))
		work(t, in(name+".spanwright"), name, random)
	}
	work(t, lead, "asha", random)

	var want []byte
	for n, order := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		mine := in(fmt.Sprintf("order%d.spanwright", n))
		duplicate(t, lead, mine)
		for range 2 {
			for _, i := range order {
				packet := in(people[i] + ".spanwright")
				require.Contains(t, []int{0, 1}, command.Run([]string{"merge", mine, packet, "--annotator", "lead"}, nil, new(bytes.Buffer), new(bytes.Buffer), nil))
			}
		}
		run(t, 0, "check", mine)
		out := in(fmt.Sprintf("order%d.jsonl", n))
		run(t, 0, "export", mine, "-o", out)
		got, err := os.ReadFile(out)
		require.NoError(t, err)
		if n == 0 {
			want = got
			for _, name := range people {
				require.Contains(t, string(got), name+" ", "the notes of %s", name)
			}
		}
		require.True(t, bytes.Equal(want, got), "order %v gives another export", order)
	}
}
