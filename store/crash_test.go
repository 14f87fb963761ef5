package store

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// crashEnv names the project that a copy of the test binary labels until it is killed.
const crashEnv = "SPANWRIGHT_CRASH_PROJECT"

func TestMain(m *testing.M) {
	if path := os.Getenv(crashEnv); path != "" {
		labelForever(path)
	}
	if path := os.Getenv(mergeCrashEnv); path != "" {
		mergeAndStop(path)
	}
	os.Exit(m.Run())
}

// labelForever adds two spans and a relation, changes one and now and then
// undoes, and prints the ids of the changes of every Apply that returned.
func labelForever(path string) {
	p, err := Open(path)
	fail := func(err error) {
		if err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
	}
	fail(err)
	d, err := p.DocumentByName("001.txt")
	fail(err)
	acknowledge := func(changes []annotate.Change, err error) {
		fail(err)
		var line strings.Builder
		line.WriteString("done")
		for _, c := range changes {
			line.WriteString(" " + string(c.ID))
		}
		fmt.Println(line.String())
	}
	for i := 0; ; i++ {
		s := claim1(d.ID, "asha", annotate.Fragment{Start: i % 100, End: i%100 + 3}, annotate.Fragment{Start: 200, End: 210})
		source := claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3})
		r := &annotate.Relation{
			ID: annotate.NewID(), Document: d.ID, Annotator: "asha", Label: "attribution",
			Arguments: []annotate.Argument{{Role: "content", Span: s.ID}, {Role: "source", Span: source.ID}},
		}
		acknowledge(p.Apply(
			annotate.Change{Annotator: "asha", After: s},
			annotate.Change{Annotator: "asha", After: source},
			annotate.Change{Annotator: "asha", After: r},
		))
		noted := s.Clone()
		noted.Note = fmt.Sprint(i)
		acknowledge(p.Apply(annotate.Change{Annotator: "asha", Before: s, After: noted}))
		if i%3 == 2 {
			acknowledge(p.Undo("asha"))
		}
	}
}

// TestNoAcknowledgedEditIsLostToAKill kills a labelling process at random times,
// again and again on the same file: every edit it was told is saved must be
// there, whole, and nothing may be left in disorder.
func TestNoAcknowledgedEditIsLostToAKill(t *testing.T) {
	rounds := 200
	if testing.Short() {
		rounds = 20
	}
	path := crashProject(t)
	var acknowledged []string
	for round := range rounds {
		if round%20 == 0 { // keep the file small, so that checking stays quick
			path, acknowledged = crashProject(t), nil
		}
		acknowledged = append(acknowledged, killOnce(t, path)...)
		p, err := Open(path)
		require.NoError(t, err, "round %d", round)
		requireAll(t, p, acknowledged)
		requireSound(t, p)
		require.NoError(t, p.Close())
	}
}

func crashProject(t *testing.T) string {
	t.Helper()
	p, err := Create(filepath.Join(t.TempDir(), "p"+Extension), testScheme())
	require.NoError(t, err)
	add(t, p, annotate.NewDocument("001.txt", strings.Repeat("She said that he denied it. ", 10)))
	require.NoError(t, p.Close())
	return p.Path()
}

// killOnce lets a child label for up to 50 ms after its first edit and returns
// the ids of the changes it saw saved.
func killOnce(t *testing.T, path string) []string {
	t.Helper()
	child := exec.Command(os.Args[0])
	child.Env = append(os.Environ(), crashEnv+"="+path)
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, child.Start())
	lines := bufio.NewScanner(out)
	var ids []string
	var timer *time.Timer
	for lines.Scan() {
		rest, ok := strings.CutPrefix(lines.Text(), "done")
		require.True(t, ok, "the child says %q", lines.Text())
		ids = append(ids, strings.Fields(rest)...)
		if timer == nil {
			timer = time.AfterFunc(time.Duration(rand.N(50_000))*time.Microsecond, func() { child.Process.Kill() })
		}
	}
	require.Error(t, child.Wait(), "the child was killed")
	require.NotNil(t, timer, "the child labelled before it was killed")
	return ids
}

// requireAll fails unless the journal holds every acknowledged change, and every
// group of changes whole.
func requireAll(t *testing.T, p *Project, acknowledged []string) {
	t.Helper()
	ids, err := column[string](p.reading, "SELECT id FROM journal")
	require.NoError(t, err)
	held := map[string]bool{}
	for _, id := range ids {
		held[id] = true
	}
	for _, id := range acknowledged {
		require.True(t, held[id], "change %s was acknowledged and is lost", id)
	}
	// The child's gestures have three creations or one update.
	torn, err := column[string](p.reading, `SELECT gesture FROM journal WHERE annotator = 'asha' AND document <> entity
		GROUP BY gesture HAVING (sum(kind = 'create'), sum(kind = 'update')) NOT IN (VALUES (3, 0), (0, 1))`)
	require.NoError(t, err)
	require.Empty(t, torn)
}
