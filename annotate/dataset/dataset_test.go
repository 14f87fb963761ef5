package dataset_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

func TestSortPutsSpansInReadingOrder(t *testing.T) {
	span := func(id string, fragments ...annotate.Fragment) *annotate.Span {
		return &annotate.Span{ID: annotate.ID(id), Fragments: fragments}
	}
	r := dataset.Record{
		Spans: []*annotate.Span{
			span("later", annotate.Fragment{Start: 5, End: 6}),
			span("short", annotate.Fragment{Start: 1, End: 3}),
			span("b", annotate.Fragment{Start: 1, End: 2}, annotate.Fragment{Start: 4, End: 9}),
			span("a", annotate.Fragment{Start: 1, End: 9}),
		},
		Relations: []*annotate.Relation{{ID: "r2"}, {ID: "r1"}},
	}
	r.Sort()
	var order []annotate.ID
	for _, s := range r.Spans {
		order = append(order, s.ID)
	}
	assert.Equal(t, []annotate.ID{"a", "b", "short", "later"}, order)
	assert.Equal(t, annotate.ID("r1"), r.Relations[0].ID)
}

func TestLossesOfOneKindAreCountedTogether(t *testing.T) {
	var l dataset.Losses
	l.Add("flag")
	l.Add("note")
	l.AddN("flag", 2)
	l.AddN("nothing", 0)
	assert.Equal(t, dataset.Losses{{What: "flag", Count: 3}, {What: "note", Count: 1}}, l)
}

func TestARemarkReadsLikeACompilersMessage(t *testing.T) {
	assert.Equal(t, "a.ann:3: odd", dataset.Remark{File: "a.ann", Line: 3, Sentence: "odd"}.String())
	assert.Equal(t, "a.ann: odd", dataset.Remark{File: "a.ann", Sentence: "odd"}.String())
}
