package store

import (
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

func TestOpenDifferencesAreKnownUntilWhatTheyWereCountedFromChanges(t *testing.T) {
	p := create(t)
	var ids []annotate.ID
	for _, name := range []string{"a.txt", "b.txt", "c.txt", "d.txt"} {
		d := annotate.NewDocument(name, "Ada said so.")
		ids = append(ids, d.ID)
		act(t, p, "lead", nil, d)
	}
	span := func(document annotate.ID, annotator string) *annotate.Span {
		s := &annotate.Span{ID: annotate.NewID(), Document: document, Annotator: annotator, Label: "Claim", Fragments: []annotate.Fragment{{Start: 0, End: 3}}}
		act(t, p, annotator, nil, s)
		return s
	}
	note := func(open map[annotate.ID]int) {
		since, err := p.Clock()
		require.NoError(t, err)
		require.NoError(t, p.NoteDifferences(open, since))
	}
	uncounted := func(want ...annotate.ID) {
		t.Helper()
		found, err := p.Uncounted(10)
		require.NoError(t, err)
		require.ElementsMatch(t, want, found)
	}
	a := span(ids[0], "asha")
	span(ids[1], "asha")
	span(ids[2], "asha")
	uncounted(ids[:3]...) // nobody has done anything with the last one

	note(map[annotate.ID]int{ids[0]: 2, ids[1]: 0, ids[2]: 1})
	uncounted()
	open, left, err := p.Differing()
	require.NoError(t, err)
	require.Equal(t, [2]int{2, 0}, [2]int{open, left})
	rows, err := p.Documents(DocumentQuery{Differing: true})
	require.NoError(t, err)
	require.Len(t, rows, 2)
	next := func(from annotate.ID, forward bool, want annotate.ID) {
		t.Helper()
		found, counted, ok, err := p.NextDiffering(from, forward)
		require.NoError(t, err)
		require.True(t, ok && counted)
		require.Equal(t, want, found)
	}
	next(ids[0], true, ids[2])
	next(ids[2], true, ids[0]) // going round
	next(ids[2], false, ids[0])
	next(ids[3], true, ids[0])
	next(ids[0], false, ids[2])

	since, err := p.Clock()
	require.NoError(t, err)
	there := span(ids[1], "ben")
	uncounted(ids[1])
	require.NoError(t, p.NoteDifferences(map[annotate.ID]int{ids[1]: 7}, since))
	uncounted(ids[1]) // it was counted before ben did anything

	act(t, p, "asha", nil, &annotate.Relation{ID: annotate.NewID(), Document: ids[0], Annotator: "asha", Label: "about", Arguments: []annotate.Argument{
		{Role: "head", Span: a.ID}, {Role: "tail", Span: there.ID, Document: ids[1]},
	}})
	note(map[annotate.ID]int{ids[0]: 2, ids[1]: 0})
	uncounted()
	span(ids[1], "cy")
	uncounted(ids[0], ids[1]) // the relation is matched by what is matched in the other document

	note(map[annotate.ID]int{ids[0]: 2, ids[1]: 0})
	scheme, err := p.Scheme()
	require.NoError(t, err)
	after := scheme.Clone()
	after.Flags = append(after.Flags, annotate.Flag{Name: "odd"})
	_, err = p.Apply(annotate.Change{Annotator: "lead", Before: scheme, After: after})
	require.NoError(t, err)
	uncounted(ids[:3]...)
}
