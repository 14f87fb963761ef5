package aside_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/aside"
	"spanwright/annotate/dataset/datasettest"
)

// holds is what a format has with the help of what stands aside.
var holds = dataset.Holds{
	dataset.Gaps: dataset.Yes, dataset.Overlaps: dataset.Yes, dataset.Nesting: dataset.Yes, dataset.LineBreaks: dataset.Yes, dataset.EdgeBlanks: dataset.Yes,
	dataset.Texts: dataset.Yes, dataset.Booleans: dataset.Yes, dataset.Numbers: dataset.Yes, dataset.Lists: dataset.Yes, dataset.Notes: dataset.Yes, dataset.Flags: dataset.Yes,
	dataset.Binary: dataset.Yes, dataset.Roles: dataset.Yes, dataset.Nary: dataset.Yes, dataset.RelationAttributes: dataset.Yes, dataset.RelationArguments: dataset.Yes,
	dataset.Implicit: dataset.Yes, dataset.Annotators: dataset.Yes, dataset.Status: dataset.Yes, dataset.DocumentNotes: dataset.Yes, dataset.Unannotated: dataset.Yes,
	dataset.Names: dataset.Yes, dataset.CarriageReturns: dataset.Yes, dataset.ControlCharacters: dataset.Yes,
}

// kept returns what a format has of a record that holds places and labels of spans and nothing else, and what
// stands aside.
func kept(t require.TestingT, r *dataset.Record, beside []byte, without string) *dataset.Record {
	draft, err := dataset.NewDraft(dataset.Input{}, 0, r.Document.Name, r.Document.Text)
	require.NoError(t, err)
	draft.Record.Annotator = r.Annotator
	var a *aside.Aside
	if beside != nil {
		a, err = aside.Read(beside)
		require.NoError(t, err)
	}
	offsets, keys := annotate.NewOffsets(r.Document.Text), map[string]bool{}
	for _, s := range r.Spans {
		if s.Label == without {
			continue
		}
		at := s.Extent()
		made := dataset.DraftSpan{Label: s.Label, Parts: []dataset.Part{{Start: offsets.To(annotate.CodePoint, at.Start), End: offsets.To(annotate.CodePoint, at.End)}}}
		a.Take(&made)
		keys[made.Key] = true
		draft.Span(made)
	}
	if a != nil {
		a.Relate(draft, keys)
		a.Assess(draft)
	}
	again, err := draft.Finish(annotate.CodePoint)
	require.NoError(t, err)
	return again
}

func TestWhatStandsAsideComesBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		for _, r := range datasettest.Documents(rt) {
			var losses dataset.Losses
			if r = dataset.Fit(r, holds, dataset.Options{}, &losses); r == nil || r.Annotator == "" {
				continue
			}
			var beside []byte
			if a := aside.New(r, annotate.NewOffsets(r.Document.Text)); a != nil {
				var err error
				beside, err = json.Marshal(a)
				require.NoError(rt, err)
			}
			require.Equal(rt, r.Statements(holds), kept(rt, r, beside, "").Statements(holds))
		}
	})
}

func TestNothingStandsAsideOfPlainSpans(t *testing.T) {
	d := annotate.NewDocument("a.txt", "Mona said")
	r := &dataset.Record{Document: d, Annotator: "asha", Assessment: &annotate.Assessment{Document: d.ID, Annotator: "asha", Status: annotate.InProgress}}
	r.Spans = []*annotate.Span{{ID: annotate.NewID(), Document: d.ID, Annotator: "asha", Label: "P", Fragments: []annotate.Fragment{{Start: 0, End: 4}}}}
	assert.Nil(t, aside.New(r, annotate.NewOffsets(d.Text)))
	r.Assessment.Status = annotate.Done
	assert.Equal(t, &aside.Aside{Status: annotate.Done}, aside.New(r, annotate.NewOffsets(d.Text)))
}

func TestRelationsGoWithTheirSpans(t *testing.T) {
	d := annotate.NewDocument("a.txt", "Mona said no")
	r := &dataset.Record{Document: d, Annotator: "asha"}
	for i, at := range [][2]int{{0, 4}, {5, 9}, {10, 12}} {
		r.Spans = append(r.Spans, &annotate.Span{ID: annotate.NewID(), Document: d.ID, Annotator: "asha", Label: string("ABC"[i]), Fragments: []annotate.Fragment{{Start: at[0], End: at[1]}}})
	}
	relate := func(label string, arguments ...annotate.Argument) *annotate.Relation {
		x := &annotate.Relation{ID: annotate.NewID(), Document: d.ID, Annotator: "asha", Label: label, Arguments: arguments}
		r.Relations = append(r.Relations, x)
		return x
	}
	ab := relate("ab", annotate.Argument{Role: "x", Span: r.Spans[0].ID}, annotate.Argument{Role: "y", Span: r.Spans[1].ID})
	relate("about ab", annotate.Argument{Role: "x", Relation: ab.ID}, annotate.Argument{Role: "y", Span: r.Spans[2].ID})
	relate("bc", annotate.Argument{Role: "x", Span: r.Spans[1].ID}, annotate.Argument{Role: "y", Span: r.Spans[2].ID})
	raw, err := json.Marshal(aside.New(r, annotate.NewOffsets(d.Text)))
	require.NoError(t, err)
	again := kept(t, r, raw, "A")
	require.Len(t, again.Relations, 1, "the relation of what is gone is gone, and so is the one about it")
	assert.Equal(t, "bc", again.Relations[0].Label)
}
