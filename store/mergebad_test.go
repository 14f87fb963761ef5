package store

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// mergeCrashEnv names, with a line break between them, a project and a copy of it that a
// copy of the test binary merges until it is killed; the rest of the line is after how
// many pages it stops.
const mergeCrashEnv = "SPANWRIGHT_CRASH_MERGE"

// mergeAndStop merges, tells of each page, and waits at the last one asked for.
func mergeAndStop(task string) {
	var pages int
	parts := strings.Split(task, "\n")
	_, err := fmt.Sscan(parts[2], &pages)
	if err == nil {
		err = mergeUntil(parts[0], parts[1], pages)
	}
	fmt.Println("error", err)
	os.Exit(1)
}

func mergeUntil(lead, copied string, pages int) error {
	p, err := Open(lead)
	if err != nil {
		return err
	}
	other, err := Open(copied)
	if err != nil {
		return err
	}
	_, err = p.Merge(context.Background(), other, MergeOptions{Annotator: "lead", Progress: func(done, _ int) {
		if pages--; pages == 0 {
			fmt.Println("merging", done)
			_, _ = io.Copy(io.Discard, os.Stdin) // which never ends
		}
	}})
	return err
}

func TestAMergeKilledHalfWayLeavesTheProjectWholeAndUnchanged(t *testing.T) {
	lead := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	add(t, lead, d)
	copied := carried(t, lead)
	long := strings.Repeat("so that the pages do not fit into memory ", 100)
	const many = 6 * mergePage
	changes := make([]annotate.Change, many)
	for i := range changes {
		s := claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3})
		s.Note = long
		changes[i] = annotate.Change{Annotator: "asha", After: s}
	}
	_, err := copied.Apply(changes...)
	require.NoError(t, err)
	before := dump(t, lead)
	require.NoError(t, lead.Close())
	require.NoError(t, copied.Close())
	for _, pages := range []int{1, 4, many/mergePage + 1} {
		killMerge(t, lead.Path(), copied.Path(), pages)
		p, err := Open(lead.Path())
		require.NoError(t, err)
		require.Equal(t, before, dump(t, p), "killed after %d pages", pages)
		requireSound(t, p)
		require.NoError(t, p.Close())
	}
	p, err := Open(lead.Path())
	require.NoError(t, err)
	defer p.Close()
	other, err := Open(copied.Path())
	require.NoError(t, err)
	defer other.Close()
	require.Equal(t, many, merge(t, p, other).Changes, "and the next merge brings all")
}

// killMerge has a child merge and kills it once it has written so many pages.
func killMerge(t *testing.T, lead, copied string, pages int) {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), fmt.Sprintf("%s=%s\n%s\n%d", mergeCrashEnv, lead, copied, pages))
	child.Stderr = os.Stderr
	in, err := child.StdinPipe()
	require.NoError(t, err)
	defer in.Close()
	out, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())
	lines := bufio.NewScanner(out)
	require.True(t, lines.Scan())
	require.Contains(t, lines.Text(), "merging")
	require.NoError(t, child.Process.Kill())
	require.Error(t, child.Wait())
}

// packetFile returns a project and the bytes of a packet of it with work.
func packetFile(t *testing.T) (*Project, []byte) {
	t.Helper()
	p, documents := sharedProject(t)
	packet, _ := packed(t, p, PacketOptions{})
	for range 50 {
		act(t, packet, "asha", nil, claim1(documents[0].ID, "asha", annotate.Fragment{Start: 15, End: 19}))
	}
	require.NoError(t, packet.Close())
	raw, err := os.ReadFile(packet.Path())
	require.NoError(t, err)
	return p, raw
}

// mergeFile merges a file of these bytes.
func mergeFile(t *testing.T, p *Project, raw []byte) error {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sent"+Extension)
	require.NoError(t, os.WriteFile(path, raw, 0o600))
	other, err := Open(path)
	if err != nil {
		return err
	}
	defer other.Close()
	_, err = p.Merge(t.Context(), other, MergeOptions{Annotator: "lead"})
	return err
}

func TestAPacketThatIsCutOffIsRefused(t *testing.T) {
	p, raw := packetFile(t)
	before := dump(t, p)
	for _, size := range []int{0, 1, 50, 99, 100, 1000, 4096, 8192, len(raw) / 2, len(raw)/2/4096*4096 + 4096, len(raw) - 4096, len(raw) - 1} {
		err := mergeFile(t, p, raw[:size])
		require.Error(t, err, "cut off after %d bytes", size)
		require.Contains(t, []annotate.Kind{annotate.Corrupt, annotate.Invalid}, annotate.KindOf(err), "after %d bytes: %v", size, err)
		require.ErrorContains(t, err, "sent.spanwright")
		require.Equal(t, before, dump(t, p))
	}
	require.NoError(t, mergeFile(t, p, raw), "the whole one is taken")
}

func TestAPacketWithDamagedBytesIsRefusedOrTakenWhole(t *testing.T) {
	p, raw := packetFile(t)
	random := rand.New(rand.NewPCG(1, 2))
	before, refused := dump(t, p), 0
	for range 60 {
		damaged := append([]byte(nil), raw...)
		at := random.IntN(len(damaged))
		for i := at; i < min(at+16, len(damaged)); i++ {
			damaged[i] ^= byte(1 + random.IntN(255))
		}
		if err := mergeFile(t, p, damaged); err != nil {
			refused++
			require.Equal(t, before, dump(t, p), "damaged from byte %d: %v", at, err)
			continue
		}
		requireSound(t, p)
		before = dump(t, p)
	}
	require.Positive(t, refused)
}

func TestDocumentsOfOneNameMadeApartAreRemarkedOn(t *testing.T) {
	lead := create(t)
	asha := carried(t, lead)
	act(t, lead, "lead", nil, annotate.NewDocument("001.txt", "Here."))
	act(t, lead, "lead", nil, annotate.NewDocument("002.txt", "Here."))
	act(t, asha, "asha", nil, annotate.NewDocument("001.txt", "There."))
	got := merge(t, lead, asha)
	require.Len(t, got.Remarks, 1)
	require.Contains(t, got.Remarks[0], "more than one document is named 001.txt now")
	rows, err := lead.Documents(DocumentQuery{})
	require.NoError(t, err)
	require.Len(t, rows, 3)
}

func TestOfTwoSchemesTheLaterStandsAndWhatItDoesNotKnowIsReported(t *testing.T) {
	lead := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	add(t, lead, d)
	asha := carried(t, lead)
	began, err := lead.Scheme()
	require.NoError(t, err)
	withLabel := func(label string) *annotate.Scheme {
		s, err := annotate.UnmarshalState(annotate.SchemeEntity, must(annotate.MarshalState(began)))
		require.NoError(t, err)
		changed := s.(*annotate.Scheme)
		changed.Spans = append(changed.Spans, annotate.SpanLabel{Label: label, Color: "#0072b2"})
		return changed
	}
	here := act(t, lead, "lead", annotate.State(began), withLabel("Source"))
	quoted := claim1(d.ID, "lead", annotate.Fragment{Start: 0, End: 3})
	quoted.Label = "Source"
	act(t, lead, "lead", nil, quoted)
	act(t, asha, "asha", nil, claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3})) // her clock is ahead
	act(t, asha, "asha", annotate.State(began), withLabel("Place"))

	got := merge(t, lead, asha)
	require.Len(t, got.Lost, 1)
	require.Equal(t, [3]string{"the scheme", "lead", "asha"}, [3]string{got.Lost[0].What, got.Lost[0].Annotator, got.Lost[0].Stands})
	require.Len(t, got.Remarks, 2)
	require.Contains(t, got.Remarks[0], "the scheme was changed there; the one of asha stands")
	require.Equal(t, "the scheme that stands has no span Source; what is labelled so is kept (1) and counts as a violation", got.Remarks[1])
	stands, err := lead.Scheme()
	require.NoError(t, err)
	require.NotNil(t, stands.Span("Place"))
	kept, err := lead.Span(quoted.ID)
	require.NoError(t, err)
	require.Equal(t, "Source", kept.Label)
	requireSound(t, lead)

	_, err = lead.Undo("lead")
	require.NoError(t, err)
	stands, err = lead.Scheme()
	require.NoError(t, err)
	require.Equal(t, here, stands, "one undo brings the other scheme back")
}

func must(raw []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return raw
}
