package store

import (
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

func TestAssignmentsAreOneActAndComeAndGoWithUndo(t *testing.T) {
	p := create(t)
	d, other := annotate.NewDocument("001.txt", sharedText), annotate.NewDocument("002.txt", "Nein.")
	add(t, p, d, other)
	spread := annotate.Distribution{Annotators: []string{"asha", "ben"}, Overlap: 2}
	before := dump(t, p)
	made, dropped, err := p.Share(spread, "lead", false, true)
	require.NoError(t, err)
	require.Len(t, made, 4)
	require.Empty(t, dropped)
	require.Equal(t, before, dump(t, p), "a rehearsal changes nothing")

	_, _, err = p.Share(spread, "lead", false, false)
	require.NoError(t, err)
	held, err := p.Assignments(d.ID)
	require.NoError(t, err)
	require.Equal(t, []*annotate.Assignment{{Document: d.ID, Annotator: "asha"}, {Document: d.ID, Annotator: "ben"}}, held)
	requireSound(t, p)
	sentence, ok := p.CanUndo("lead")
	require.True(t, ok)
	require.Equal(t, "add 4 assignments", sentence)
	_, err = p.Undo("lead")
	require.NoError(t, err)
	held, err = p.Assignments("")
	require.NoError(t, err)
	require.Empty(t, held)
	requireSound(t, p)
}

func TestAssignmentsGoWithTheirDocument(t *testing.T) {
	p := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	add(t, p, d)
	act(t, p, "lead", nil, &annotate.Assignment{Document: d.ID, Annotator: "asha"})
	_, err := p.Apply(annotate.Change{Annotator: "lead", Before: d})
	require.ErrorContains(t, err, `document "001.txt" is assigned to asha`)
	removal, err := p.DocumentRemoval(d.ID)
	require.NoError(t, err)
	for i := range removal {
		removal[i].Annotator = "lead"
	}
	_, err = p.Apply(removal...)
	require.NoError(t, err)
	requireSound(t, p)
	_, err = p.Undo("lead")
	require.NoError(t, err)
	held, err := p.Assignments(d.ID)
	require.NoError(t, err)
	require.Len(t, held, 1)
	requireSound(t, p)
}

func TestAnAssignmentOfNothingIsRefusedAndFound(t *testing.T) {
	p := create(t)
	_, err := p.Apply(annotate.Change{Annotator: "lead", After: &annotate.Assignment{Document: "gone", Annotator: "asha"}})
	require.Equal(t, annotate.NotFound, annotate.KindOf(err))
	_, err = p.Apply(annotate.Change{ID: "c", Clock: 9, Annotator: "lead", After: &annotate.Assignment{Document: "gone", Annotator: "asha"}})
	require.NoError(t, err, "from elsewhere it may come before its document")
	findings, err := p.Check()
	require.NoError(t, err)
	require.Len(t, findings, 1)
	require.Contains(t, findings[0].Sentence, "this assignment belongs to a document that is not in the project")
}

func TestStatsCountAssignmentsAndWhatIsDoneOfThem(t *testing.T) {
	p := create(t)
	d, other := annotate.NewDocument("001.txt", sharedText), annotate.NewDocument("002.txt", "Nein.")
	add(t, p, d, other, &annotate.Assessment{Document: d.ID, Annotator: "asha", Status: annotate.Done})
	for _, id := range []annotate.ID{d.ID, other.ID} {
		act(t, p, "lead", nil, &annotate.Assignment{Document: id, Annotator: "asha"})
	}
	stats, err := p.Stats("")
	require.NoError(t, err)
	require.Equal(t, []AssignmentCount{{"asha", 2, 1}}, stats.Assigned)
}
