package store

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// testScheme is the smallest scheme that is of use.
func testScheme() *annotate.Scheme {
	return &annotate.Scheme{Name: "small", Spans: []annotate.SpanLabel{{Label: "Claim", Key: "1", Color: "#e69f00"}}}
}

// create makes a project in a folder of its own, closed when the test ends.
func create(t testing.TB) *Project {
	t.Helper()
	p, err := Create(filepath.Join(t.TempDir(), "p"+Extension), testScheme())
	require.NoError(t, err)
	t.Cleanup(func() { p.Close() })
	return p
}

// reopen closes p and opens its file again.
func reopen(t testing.TB, p *Project) *Project {
	t.Helper()
	require.NoError(t, p.Close())
	again, err := Open(p.Path())
	require.NoError(t, err)
	t.Cleanup(func() { again.Close() })
	return again
}

// add applies the creation of states by asha in one group.
func add(t testing.TB, p *Project, states ...annotate.State) []annotate.Change {
	t.Helper()
	changes := make([]annotate.Change, len(states))
	for i, s := range states {
		changes[i] = annotate.Change{Annotator: "asha", After: s}
	}
	applied, err := p.Apply(changes...)
	require.NoError(t, err)
	return applied
}

func claim1(document annotate.ID, annotator string, fragments ...annotate.Fragment) *annotate.Span {
	return &annotate.Span{ID: annotate.NewID(), Document: document, Annotator: annotator, Label: "Claim", Fragments: fragments}
}

// requireSound fails with what Check finds.
func requireSound(t testing.TB, p *Project) {
	t.Helper()
	findings, err := p.Check()
	require.NoError(t, err)
	require.Empty(t, findings)
}

func TestWhatIsAppliedIsThereAfterReopening(t *testing.T) {
	p := create(t)
	d := annotate.NewDocument("001.txt", "Der Minister 😀 sagte nein.")
	d.SetMeta("date", "2025-02-07")
	s := claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3}, annotate.Fragment{Start: 13, End: 17})
	s.Attributes = map[string]annotate.Value{"type": annotate.Text("a < b"), "sure": annotate.Bool(true), "both": annotate.Choices("x", "y")}
	s.Note = "“why?”"
	r := &annotate.Relation{
		ID: annotate.NewID(), Document: d.ID, Annotator: "asha", Label: "attribution",
		Arguments: []annotate.Argument{{Role: "cue", Span: s.ID}, {Role: "source", Implicit: true}},
	}
	a := &annotate.Assessment{Document: d.ID, Annotator: "asha", Status: annotate.Done, Labels: map[string]annotate.Value{"genre": annotate.Text("news")}}
	applied := add(t, p, d, s, r, a)
	require.Len(t, applied, 4)
	for i, c := range applied {
		require.NotEmpty(t, c.ID)
		require.Equal(t, applied[0].Group, c.Group)
		require.Equal(t, uint64(2+i), c.Clock, "the scheme was change 1")
		require.Equal(t, annotate.Edit, c.Act)
		require.NotEmpty(t, c.Device)
		require.False(t, c.Time.IsZero())
	}

	p = reopen(t, p)
	scheme, err := p.Scheme()
	require.NoError(t, err)
	require.Equal(t, testScheme(), scheme)
	document, err := p.DocumentByName("001.txt")
	require.NoError(t, err)
	require.Equal(t, d, document)
	layer, err := p.Layer(d.ID, "asha")
	require.NoError(t, err)
	require.Equal(t, s, layer.Span(s.ID))
	require.Equal(t, r, layer.Relation(r.ID))
	require.Equal(t, a, layer.Assessment)
	requireSound(t, p)
}

func TestAClosedProjectIsOneFile(t *testing.T) {
	p := create(t)
	add(t, p, annotate.NewDocument("a", "text"))
	_, err := os.Stat(p.Path() + "-wal")
	require.NoError(t, err, "while open the journal of transactions lies beside the file")
	require.NoError(t, p.Close())
	require.NoError(t, p.Close(), "closing twice is no error")
	entries, err := os.ReadDir(filepath.Dir(p.Path()))
	require.NoError(t, err)
	require.Len(t, entries, 1)

	_, err = p.Apply(annotate.Change{Annotator: "asha", After: annotate.NewDocument("b", "")})
	require.ErrorContains(t, err, "closed")
	_, err = p.Scheme()
	require.ErrorContains(t, err, "closed")
}
