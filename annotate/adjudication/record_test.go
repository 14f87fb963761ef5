package adjudication_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/adjudication"
	"spanwright/annotate/agreement"
)

// record adds a record to what an annotator made; values are name, value, name, value.
func (d *desk) record(annotator, id, label, parent, rank string, values ...string) {
	r := &annotate.Record{ID: annotate.ID(id), Document: "d", Annotator: annotator, Label: label, Parent: annotate.ID(parent), Rank: rank}
	for i := 0; i < len(values); i += 2 {
		if r.Attributes == nil {
			r.Attributes = map[string]annotate.Value{}
		}
		r.Attributes[values[i]] = annotate.Text(values[i+1])
	}
	d.put(r)
}

// forms is two questions that asha and ben found in another order, and of which chen found one.
// Ben answers the first otherwise; the answer to the second is asha's and ben's alone.
func forms() *desk {
	d := newDesk("asha", "ben", "chen")
	d.record("asha", "a1", "Question", "", "1", "text", "Who decided to shut the mill?")
	d.record("asha", "a2", "Answer", "a1", "1", "verdict", "unknown", "source", "minister")
	d.record("asha", "a3", "Question", "", "2", "text", "How many people work there?")
	d.record("asha", "a4", "Answer", "a3", "1", "verdict", "true")
	d.record("ben", "b3", "Question", "", "1", "text", "How many people work there?")
	d.record("ben", "b4", "Answer", "b3", "1", "verdict", "true")
	d.record("ben", "b1", "Question", "", "2", "text", "Who decided to shut the mill?")
	d.record("ben", "b2", "Answer", "b1", "1", "verdict", "false", "source", "minister")
	d.record("chen", "c1", "Question", "", "1", "text", "Who decided to shut the mill?")
	d.record("chen", "c2", "Answer", "c1", "1", "verdict", "unknown", "source", "minister")
	return d
}

func TestRecordsBelongTogetherByWhatTheySay(t *testing.T) {
	open := forms().open()
	require.Len(t, open.Cases(), 4)
	for _, alike := range [][]annotate.ID{{"a1", "b1", "c1"}, {"a2", "b2", "c2"}, {"a3", "b3"}, {"a4", "b4"}} {
		for _, id := range alike {
			assert.Same(t, of(t, open, alike[0]), of(t, open, id), id)
		}
	}
	assert.True(t, of(t, open, "a1").Agreed())
	answer := of(t, open, "a2")
	assert.Equal(t, []agreement.DifferenceKind{agreement.AttributeKind}, answer.Kinds)
	assert.Equal(t, []string{"verdict"}, answer.Names)
	assert.Equal(t, []string{"asha", "chen"}, answer.Most())
	second := of(t, open, "a3")
	assert.Equal(t, []agreement.DifferenceKind{adjudication.RecordKind}, second.Kinds)
	assert.Equal(t, []string{"chen"}, second.Absent)
	assert.True(t, of(t, open, "a4").Agreed(), "who lacks the question could not answer it")
	for i, id := range []annotate.ID{"a1", "a2", "a3", "a4"} {
		assert.Same(t, of(t, open, id), open.Cases()[i], "cases stand in the order of the form")
	}
}

func TestTakingARecordTakesWhatItLiesInAndWhatIsAgreedInItAlong(t *testing.T) {
	d := forms()
	open := d.open()
	d.decide(t, open, of(t, open, "b2"), annotate.Took, "ben")
	question := of(t, open, "b1")
	assert.Equal(t, adjudication.Settled, question.State)
	answer := d.decided.Record(of(t, open, "b2").Decision.Results[0].ID)
	require.NotNil(t, answer)
	assert.Equal(t, question.Decision.Results[0].ID, answer.Parent)
	assert.Equal(t, "Question", d.decided.Record(answer.Parent).Label)
	assert.Equal(t, map[string]annotate.Value{"verdict": annotate.Text("false"), "source": annotate.Text("minister")}, answer.Attributes)

	d.decide(t, open, of(t, open, "a3"), annotate.Took, "asha")
	inner := of(t, open, "a4")
	assert.Equal(t, adjudication.Settled, inner.State)
	assert.True(t, inner.Decision.Automatic, "all who have the question agree on the answer")
	assert.Equal(t, 4, d.decided.RecordCount())
	assert.Equal(t, adjudication.Settled, of(t, d.open(), "a4").State, "which is still so when the document is opened again")

	d.decide(t, open, of(t, open, "a3"), annotate.Neither)
	assert.Equal(t, 2, d.decided.RecordCount())
	assert.Equal(t, annotate.Neither, inner.Decision.Outcome, "with the question goes the answer")
	assert.Equal(t, adjudication.Settled, inner.State)
	_, err := open.Decide(inner, adjudication.Verdict{Outcome: annotate.Took, Taken: []string{"ben"}, By: "lead"})
	assert.EqualError(t, err, "the Question that it lies in was decided against; decide that again first, or say neither here too")
	d.decide(t, open, of(t, open, "a3"), annotate.Took, "ben")
	assert.Equal(t, annotate.Took, inner.Decision.Outcome)
	assert.Equal(t, 4, d.decided.RecordCount())
}

func TestWhatWasDecidedAgainstWithARecordIsOpenAgainWithIt(t *testing.T) {
	d := forms()
	open := d.open()
	d.decide(t, open, of(t, open, "a1"), annotate.Neither)
	answer := of(t, open, "a2")
	assert.Equal(t, adjudication.Settled, answer.State)
	d.decide(t, open, of(t, open, "a1"), annotate.Took, "asha")
	assert.Equal(t, adjudication.Open, answer.State, "they differ in it")
	assert.Nil(t, answer.Decision)
	d.decide(t, open, answer, annotate.Both, "asha", "ben", "chen")
	assert.Equal(t, 3, d.decided.RecordCount())
}

func TestARecordThatSomebodyPutElsewhereDiffersInItsLink(t *testing.T) {
	d := newDesk("asha", "ben")
	for _, who := range []string{"asha", "ben"} {
		d.record(who, who[:1]+"1", "Question", "", "1", "text", "Who decided?")
		d.record(who, who[:1]+"2", "Question", "", "2", "text", "How many?")
	}
	d.record("asha", "a3", "Answer", "a1", "1", "verdict", "true")
	d.record("ben", "b3", "Answer", "b2", "1", "verdict", "true")
	open := d.open()
	c := of(t, open, "a3")
	assert.Same(t, c, of(t, open, "b3"))
	assert.Equal(t, []agreement.DifferenceKind{adjudication.LinkKind}, c.Kinds)
	d.decide(t, open, c, annotate.Took, "ben")
	made := d.decided.Record(c.Decision.Results[0].ID)
	assert.Equal(t, annotate.Text("How many?"), d.decided.Record(made.Parent).Attributes["text"])
}

func TestOrderFlagsAndNotesOfRecordsOpenNothing(t *testing.T) {
	d := forms()
	open := d.open()
	d.decide(t, open, of(t, open, "a1"), annotate.Took, "asha", "ben", "chen")
	moved := d.layers["asha"].Record("a1").Clone()
	moved.Rank, moved.Flag, moved.Note = "3", "unsure", "look again"
	d.put(moved)
	assert.Equal(t, adjudication.Settled, of(t, d.open(), "a1").State)
	moved = moved.Clone()
	moved.Attributes = map[string]annotate.Value{"text": annotate.Text("Who shut the mill?")}
	d.put(moved)
	c := of(t, d.open(), "a1")
	assert.Equal(t, adjudication.Reopened, c.State)
	assert.Equal(t, "asha has changed it since", c.Why)
}

func TestAgreedRecordsAreTakenOverThoseAroundOthersFirst(t *testing.T) {
	d := forms()
	open := d.open()
	changes, n, err := open.Agreed(adjudication.Threshold{}, "lead")
	require.NoError(t, err)
	d.keep(open, changes)
	assert.Equal(t, 1, n, "the question that all have")
	changes, n, err = open.Agreed(adjudication.Threshold{Majority: true}, "lead")
	require.NoError(t, err)
	d.keep(open, changes)
	assert.Equal(t, 3, n)
	require.Equal(t, 4, d.decided.RecordCount())
	for _, r := range d.decided.AllRecords() {
		if r.Label == "Answer" {
			assert.NotNil(t, d.decided.Record(r.Parent))
		}
	}
}

func TestRecordsChangedByHandHaveDecisions(t *testing.T) {
	d := forms()
	open := d.open()
	d.decide(t, open, of(t, open, "a1"), annotate.Took, "asha")
	c := of(t, open, "a1")
	before := d.decided.Record(c.Decision.Results[0].ID)
	after := before.Clone()
	after.Attributes = map[string]annotate.Value{"text": annotate.Text("Who shut the mill?")}
	edit := []annotate.Change{{Before: before, After: after}}
	d.keep(open, append(edit, open.Note(edit, nil, "lead")...))
	assert.Equal(t, annotate.Made, c.Decision.Outcome)
	assert.Equal(t, adjudication.Settled, c.State)

	added := &annotate.Record{ID: "new", Document: "d", Annotator: annotate.AdjudicatedLayer, Label: "Question", Rank: "9"}
	edit = []annotate.Change{{After: added}}
	d.keep(open, edit)
	assert.Equal(t, adjudication.LooseKind, of(t, open, "new").Kind(), "what nobody decided is listed")
	d.keep(open, open.Note(edit, nil, "lead"))
	assert.Equal(t, adjudication.Settled, of(t, open, "new").State)
}

func TestLinksDifferUnlessTheConceptsWereMerged(t *testing.T) {
	d := newDesk("asha", "ben")
	d.span("asha", "a1", "Source", ministry, "actor", "k1")
	d.span("ben", "b1", "Source", ministry, "actor", "k2")
	d.concept = func(id annotate.ID) annotate.ID { return id }
	c := of(t, d.open(), "a1")
	assert.Equal(t, []agreement.DifferenceKind{adjudication.LinkKind}, c.Kinds)
	assert.Equal(t, []string{"actor"}, c.Names)
	d.concept = func(annotate.ID) annotate.ID { return "k1" }
	assert.True(t, of(t, d.open(), "a1").Agreed(), "both concepts were found to be the same")
}
