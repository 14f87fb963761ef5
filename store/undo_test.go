package store

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"spanwright/annotate"
)

func TestUndoAndRedoReachAcrossRestarts(t *testing.T) {
	p := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	add(t, p, d)
	empty := dumpTables(t, p, rowTables)
	s := claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3})
	add(t, p, s, &annotate.Assessment{Document: d.ID, Annotator: "asha", Status: annotate.InProgress})
	labelled := dumpTables(t, p, rowTables)
	relabelled := s.Clone()
	relabelled.Label = "Source"
	_, err := p.Apply(annotate.Change{Annotator: "asha", Before: s, After: relabelled})
	require.NoError(t, err)
	changed := dumpTables(t, p, rowTables)

	undo, redo := (*Project).Undo, (*Project).Redo
	for i, step := range []struct {
		do               func(*Project, string) ([]annotate.Change, error)
		changes          int
		rows             string
		canUndo, canRedo string
	}{
		{undo, 1, labelled, "add Claim", "change Claim"},
		{undo, 2, empty, "add 001.txt", "delete Claim"},
		{redo, 2, labelled, "add Claim", "change Claim"},
		{redo, 1, changed, "change Source", ""},
		{undo, 1, labelled, "add Claim", "change Claim"},
		{undo, 2, empty, "add 001.txt", "delete Claim"},
		{redo, 2, labelled, "add Claim", "change Claim"},
	} {
		p = reopen(t, p)
		applied, err := step.do(p, "asha")
		require.NoError(t, err, "step %d", i)
		require.Len(t, applied, step.changes, "step %d", i)
		require.Equal(t, step.rows, dumpTables(t, p, rowTables), "step %d", i)
		canUndo, _ := p.CanUndo("asha")
		canRedo, _ := p.CanRedo("asha")
		require.Equal(t, step.canUndo, canUndo, "step %d", i)
		require.Equal(t, step.canRedo, canRedo, "step %d", i)
	}
	requireSound(t, p)
}

func TestUndoTakesBackOnesOwnLatestGroupOnly(t *testing.T) {
	p := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	add(t, p, d)
	hers, his := claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3}), claim1(d.ID, "ben", annotate.Fragment{Start: 0, End: 3})
	add(t, p, hers)
	_, err := p.Apply(annotate.Change{Annotator: "ben", After: his})
	require.NoError(t, err)
	applied, err := p.Undo("asha")
	require.NoError(t, err)
	require.Equal(t, hers, applied[0].Before)
	require.Nil(t, applied[0].After)
	require.Equal(t, annotate.Undo, applied[0].Act)
	require.NotEmpty(t, applied[0].Undoes)
	_, err = p.Span(his.ID)
	require.NoError(t, err)
}

func TestNothingToUndoOrRedo(t *testing.T) {
	p := create(t)
	_, err := p.Undo("asha")
	require.Equal(t, annotate.NotFound, annotate.KindOf(err))
	require.ErrorContains(t, err, "there is nothing to undo")
	_, err = p.Redo("asha")
	require.Equal(t, annotate.NotFound, annotate.KindOf(err))
	require.ErrorContains(t, err, "there is nothing to redo")
	_, ok := p.CanUndo("asha")
	require.False(t, ok)
}

func TestAnEditEndsRedo(t *testing.T) {
	p := create(t)
	add(t, p, annotate.NewDocument("a", "x"))
	_, err := p.Undo("asha")
	require.NoError(t, err)
	add(t, p, annotate.NewDocument("b", "y"))
	_, err = p.Redo("asha")
	require.Equal(t, annotate.NotFound, annotate.KindOf(err))
}

func TestUndoGivesWayToOtherPeople(t *testing.T) {
	for _, test := range []struct {
		name      string
		meanwhile func(t *testing.T, p *Project, d *annotate.Document, s *annotate.Span)
		says      []string
	}{
		{"ben changed the span", func(t *testing.T, p *Project, d *annotate.Document, s *annotate.Span) {
			after := s.Clone()
			after.Label = "Source"
			_, err := p.Apply(annotate.Change{Annotator: "ben", Before: s, After: after})
			require.NoError(t, err)
		}, []string{"span Claim", "changed by ben"}},
		{"ben deleted the span", func(t *testing.T, p *Project, d *annotate.Document, s *annotate.Span) {
			_, err := p.Apply(annotate.Change{Annotator: "ben", Before: s})
			require.NoError(t, err)
		}, []string{"span Claim", "deleted by ben"}},
		{"ben’s relation points at the span", func(t *testing.T, p *Project, d *annotate.Document, s *annotate.Span) {
			_, err := p.Apply(annotate.Change{Annotator: "ben", After: &annotate.Relation{
				ID: "r", Document: d.ID, Annotator: "ben", Label: "restates", Arguments: []annotate.Argument{{Role: "head", Span: s.ID}},
			}})
			require.NoError(t, err)
		}, []string{"span Claim", "ben’s relation restates"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := create(t)
			d := annotate.NewDocument("001.txt", sharedText)
			add(t, p, d)
			s := claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3})
			add(t, p, s)
			test.meanwhile(t, p, d, s)
			before := dump(t, p)
			_, err := p.Undo("asha")
			require.Equal(t, annotate.Conflict, annotate.KindOf(err))
			require.ErrorContains(t, err, "undo is not possible")
			for _, says := range test.says {
				require.ErrorContains(t, err, says)
			}
			require.Equal(t, before, dump(t, p), "nothing was written")
		})
	}
}

func TestAnImportIsUndoneUnlessSomebodyHasWorkedOnIt(t *testing.T) {
	p := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	add(t, p, d, annotate.NewDocument("002.txt", sharedText), claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3}))
	sentence, _ := p.CanUndo("asha")
	require.Equal(t, "add 2 documents, add Claim", sentence)
	his := claim1(d.ID, "ben", annotate.Fragment{Start: 4, End: 9})
	_, err := p.Apply(annotate.Change{Annotator: "ben", After: his})
	require.NoError(t, err)
	_, err = p.Undo("asha")
	require.ErrorContains(t, err, `document "001.txt" holds annotations of ben`)
	_, err = p.Undo("ben")
	require.NoError(t, err)
	_, err = p.Undo("asha")
	require.NoError(t, err)
	n, err := p.CountDocuments(DocumentQuery{})
	require.NoError(t, err)
	require.Zero(t, n)
	requireSound(t, p)
}

func TestRemovingADocumentTakesEverythingAlongAndUndoBringsItBack(t *testing.T) {
	p := create(t)
	d, other := annotate.NewDocument("001.txt", sharedText), annotate.NewDocument("002.txt", sharedText)
	s, far := claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3}), claim1(other.ID, "ben", annotate.Fragment{Start: 0, End: 3})
	near := &annotate.Relation{ID: "r1", Document: d.ID, Annotator: "asha", Label: "about", Arguments: []annotate.Argument{{Role: "head", Span: s.ID}}}
	across := &annotate.Relation{ID: "r2", Document: other.ID, Annotator: "ben", Label: "restates", Arguments: []annotate.Argument{{Role: "head", Span: far.ID}, {Role: "tail", Relation: near.ID, Document: d.ID}}}
	add(t, p, d, other, s, far, near, across, &annotate.Assessment{Document: d.ID, Annotator: "ben", Status: annotate.Done},
		about(s, "asha", "why?"), about(across, "asha", "really?"), about(far, "asha", "this one stays"))
	his := annotate.NewComment(d.ID, "ben", "a good one")
	_, err := p.Apply(annotate.Change{Annotator: "ben", After: his})
	require.NoError(t, err)
	before := dumpTables(t, p, rowTables)

	_, err = p.Apply(annotate.Change{Annotator: "asha", Before: d})
	require.Equal(t, annotate.Conflict, annotate.KindOf(err), "annotations would be left without their document")

	changes, err := p.DocumentRemoval(d.ID)
	require.NoError(t, err)
	require.Len(t, changes, 8)
	for i := range changes {
		changes[i].Annotator = "asha"
	}
	_, err = p.Apply(changes...)
	require.NoError(t, err)
	requireSound(t, p)
	annotators, err := p.Annotators("")
	require.NoError(t, err)
	require.Equal(t, []string{"ben"}, annotators)

	_, err = p.Undo("asha")
	require.NoError(t, err)
	require.Equal(t, before, dumpTables(t, p, rowTables), "also the document's place in the list")
	requireSound(t, p)
	_, err = p.DocumentRemoval("nowhere")
	require.Equal(t, annotate.NotFound, annotate.KindOf(err))
}

// drawGesture makes one to three random changes that fit what p holds; relations
// and comments point only at spans that are there.
func drawGesture(t *rapid.T, p *Project, annotator string) []annotate.Change {
	now := map[annotate.ID]annotate.State{}
	for entity := 2; entity <= 8; entity++ {
		example := variants(entity)[1]
		held, err := stored(p.reading, example.EntityKind(), example.EntityID())
		require.NoError(t, err)
		now[example.EntityID()] = held
	}
	var changes []annotate.Change
	for range rapid.IntRange(1, 3).Draw(t, "size") {
		states := variants(rapid.IntRange(2, 8).Draw(t, "entity"))
		id := states[1].EntityID()
		after := rapid.SampledFrom(states).Draw(t, "after")
		if r, ok := after.(*annotate.Relation); ok && slices.ContainsFunc(r.Arguments, func(a annotate.Argument) bool { return now[a.Span] == nil }) {
			continue
		}
		if now[id] == nil && after == nil {
			continue
		}
		if said, ok := states[1].(*annotate.Comment); ok && (said.Annotator != annotator || now[said.Span] == nil) {
			continue
		}
		changes = append(changes, annotate.Change{Annotator: annotator, Before: now[id], After: after})
		now[id] = after
	}
	return changes
}

func TestUndoOfAnyEditsRestoresTheRowsAndRedoMakesThemAgain(t *testing.T) {
	dir, n := t.TempDir(), 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		p, err := Create(filepath.Join(dir, fmt.Sprint(n, Extension)), testScheme())
		require.NoError(t, err)
		defer func() { p.Close() }()
		_, err = p.Apply(annotate.Change{Annotator: "spanwright", After: variants(0)[1]})
		require.NoError(t, err)

		history := []string{dumpTables(t, p, rowTables)}
		for range rapid.IntRange(1, 6).Draw(t, "gestures") {
			gesture := drawGesture(t, p, "asha")
			_, err := p.Apply(gesture...)
			if len(gesture) == 0 || annotate.KindOf(err) == annotate.Conflict {
				continue // it would have left a relation pointing at nothing
			}
			require.NoError(t, err)
			history = append(history, dumpTables(t, p, rowTables))
		}
		// Walk to and fro at random; the rows are always those of that place.
		at := len(history) - 1
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			switch {
			case rapid.IntRange(0, 5).Draw(t, "reopen") == 0:
				require.NoError(t, p.Close())
				p, err = Open(p.Path())
				require.NoError(t, err)
			case rapid.Bool().Draw(t, "forward"):
				_, err = p.Redo("asha")
				if at == len(history)-1 {
					require.Equal(t, annotate.NotFound, annotate.KindOf(err))
					continue
				}
				require.NoError(t, err)
				at++
			default:
				_, err = p.Undo("asha")
				if at == 0 {
					require.Equal(t, annotate.NotFound, annotate.KindOf(err))
					continue
				}
				require.NoError(t, err)
				at--
			}
			require.Equal(t, history[at], dumpTables(t, p, rowTables))
		}
	})
}
