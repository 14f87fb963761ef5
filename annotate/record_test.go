package annotate_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	. "spanwright/annotate"
)

func TestThereIsAlwaysARankBetween(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ranks := []string{}
		for range rapid.IntRange(1, 60).Draw(t, "insertions") {
			at := rapid.IntRange(0, len(ranks)).Draw(t, "at")
			before, after := "", ""
			if at > 0 {
				before = ranks[at-1]
			}
			if at < len(ranks) {
				after = ranks[at]
			}
			rank := RankBetween(before, after)
			r := Record{ID: "r", Document: "d", Annotator: "a", Label: "l", Rank: rank}
			require.NoError(t, r.Check())
			ranks = slices.Insert(ranks, at, rank)
		}
		require.True(t, slices.IsSorted(ranks), ranks)
		require.Len(t, slices.Compact(ranks), len(ranks), "no two are the same")
	})
}

func TestRanksStayShortWhereRecordsAreAddedAtTheEnd(t *testing.T) {
	rank := ""
	for range 300 {
		rank = RankBetween(rank, "")
	}
	assert.LessOrEqual(t, len(rank), 12)
}

func record(id, parent ID, label, rank string) *Record {
	return &Record{ID: id, Document: "doc", Annotator: "asha", Label: label, Parent: parent, Rank: rank}
}

func TestALayerKeepsRecordsInTheirOrder(t *testing.T) {
	l := NewLayer("doc", "asha")
	put := func(r *Record) { l.Apply(&Change{After: r}) }
	order := func() (ids []ID) {
		for _, r := range l.AllRecords() {
			ids = append(ids, r.ID)
		}
		return ids
	}
	put(record("q2", "", "question", "k"))
	put(record("a1", "q1", "answer", "V")) // before what it lies in
	put(record("q1", "", "question", "V"))
	put(record("a0", "q1", "answer", "V"))
	assert.Equal(t, []ID{"q1", "a0", "a1", "q2"}, order(), "equal ranks follow their ids")
	put(record("q2", "", "question", "B"))
	assert.Equal(t, []ID{"q2", "q1", "a0", "a1"}, order())
	put(record("a1", "q2", "answer", "V"))
	assert.Equal(t, []ID{"q2", "a1", "q1", "a0"}, order())

	removed := []ID{}
	for _, c := range l.Removal("q2") {
		removed = append(removed, c.EntityID())
	}
	assert.Equal(t, []ID{"a1", "q2"}, removed, "what lies in it goes first")
	put(record("q1", "a0", "question", "V"))
	assert.Equal(t, []ID{"q2", "a1", "a0", "q1"}, order(), "records that lie in each other are all there, once")
}

const formText = `
name: forms
spans: []
records:
- label: question
  min: 1
  max: 2
  attributes: [{name: text, kind: text, required: true}, {name: actor, kind: concept, of: [person]}]
  records:
  - {label: answer, min: 1, level: forbid, attributes: [{name: when, kind: date}]}
concepts: [person, place]
flags: [discuss]
`

func TestAuditFindsWhatIsWrongWithRecords(t *testing.T) {
	asked := func(id ID) *Record {
		r := record(id, "", "question", "V")
		r.Attributes = map[string]Value{"text": Text("Who?")}
		return r
	}
	linked := func(id string) *Record {
		r := asked("q")
		r.Attributes["actor"] = Text(id)
		return r
	}
	answer := record("a", "q", "answer", "V")
	dated := record("a", "q", "answer", "V")
	dated.Attributes = map[string]Value{"when": Text("yesterday")}
	tests := []struct {
		name   string
		states []State
		want   []string
	}{
		{"complete", []State{asked("q"), answer}, nil},
		{"none", nil, []string{"cardinality: the document needs at least 1 question and has 0"}},
		{"too many", []State{asked("p"), record("x", "p", "answer", "V"), asked("q"), answer, asked("r"), record("y", "r", "answer", "V")}, []string{"cardinality: the document takes at most 2 question and has 3"}},
		{"no answer", []State{asked("q")}, []string{"cardinality: record question needs at least 1 answer and has 0"}},
		{"no text", []State{record("q", "", "question", "V"), answer}, []string{"required: record question: text is not set"}},
		{"no date", []State{asked("q"), dated}, []string{"attribute: record answer: when must be a date such as 2026, 2026-03 or 2026-03-31, not yesterday"}},
		{"unknown", []State{asked("q"), answer, record("z", "", "claim", "V")}, []string{"label: record claim: the scheme has no such record; relabel it or add it"}},
		{"outside", []State{asked("q"), answer, record("z", "", "answer", "V")}, []string{"role: record answer must lie in a record question"}},
		{"inside", []State{asked("q"), answer, func() *Record { r := asked("z"); r.Parent = "q"; return r }(), record("y", "z", "answer", "V")}, []string{"role: record question must not lie in a record question"}},
		{"in what is gone", []State{asked("q"), answer, record("z", "gone", "answer", "V")}, []string{"role: record answer lies in a record that does not exist"}},
		{"a concept", []State{linked("mara"), answer}, nil},
		{"a merged concept", []State{linked("old"), answer}, nil},
		{"no such concept", []State{linked("gone"), answer}, []string{"attribute: record question: actor is a concept that does not exist"}},
		{"a concept of another kind", []State{linked("town"), answer}, []string{"attribute: record question: actor must be person, but Greyhithe is place"}},
	}
	registry := NewRegistry(
		&Concept{ID: "mara", Kind: "person", Name: "Mara"}, &Concept{ID: "town", Kind: "place", Name: "Greyhithe"},
		&Concept{ID: "old", Kind: "person", Name: "M.", Into: "mara"},
	)
	scheme := parsed(t, formText)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			layer := NewLayer("doc", "asha")
			audit := NewAudit(scheme, layer, NewBody(""), Lookup{Concept: registry.Concept})
			for _, s := range test.states { // one by one, so that it is kept up to date
				c := Change{After: s}
				layer.Apply(&c)
				audit.Update(c)
			}
			var said []string
			for _, v := range audit.All() {
				said = append(said, fmt.Sprintf("%s: %s", v.Rule, v.Sentence))
			}
			assert.Equal(t, test.want, said)
			assert.Equal(t, NewAudit(scheme, layer, NewBody(""), Lookup{Concept: registry.Concept}).All(), audit.All())
		})
	}
}
