package session

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/adjudication"
	"spanwright/annotate/agreement"
)

// bench is a desk on which lead adjudicates what asha, ben and cy made of the first text:
// all have its source, asha and ben differ in a boundary, ben in a label, and cy alone has a claim.
func bench(t *testing.T) *desk {
	d := newDesk(t, first, second)
	path := d.path
	for _, name := range []string{"asha", "ben", "cy"} {
		d.layered(name, "Source", "The minister", nil)
	}
	d.layered("asha", "Claim", "the leak", nil)
	d.layered("ben", "Claim", "denied the leak", nil)
	d.layered("cy", "Claim", "the leak", nil)
	d.layered("asha", "Cue", "said", nil)
	d.layered("ben", "Target", "said", nil)
	d.layered("cy", "Cue", "said", nil)
	d.layered("cy", "Claim", "the lake fell", nil)
	d.getUp()
	d = sitDown(t, path, "lead")
	require.NoError(t, d.Adjudicate(true))
	d.until(func() bool { return d.Desk() != nil })
	return d
}

func (d *desk) current() *adjudication.Case {
	d.t.Helper()
	c := d.Adjudication().Current()
	require.NotNil(d.t, c)
	return c
}

func TestAdjudicatingGoesFromCaseToCase(t *testing.T) {
	d := bench(t)
	a := d.Adjudication()
	assert.Equal(t, Standing{Open: 3, Agreed: 1, Kinds: []KindCount{{agreement.MissingSpan, 1}, {agreement.LabelKind, 1}, {agreement.Boundary, 1}}}, a.Standing())
	assert.Equal(t, []string{"asha", "ben", "cy"}, d.Others())
	assert.Equal(t, []string{"asha", "ben", "cy"}, d.laneNames())

	require.True(t, a.Next(true))
	assert.Equal(t, "denied the leak", a.Words().Quote(d.current()))
	assert.Len(t, d.Across(), 3)
	require.NoError(t, a.SetReason("the verb is the cue"))
	require.NoError(t, a.Take(0)) // asha, and cy with her
	assert.Equal(t, "said", a.Words().Quote(d.current()), "on to the next one")
	reason, _ := a.Reason()
	assert.Empty(t, reason)
	require.NoError(t, a.TakeMost())
	require.NoError(t, a.TakeMost())
	assert.Equal(t, "No more have something here than have nothing: a digit takes a side, 0 decides for nothing.", d.Message().Text)
	assert.Equal(t, 1, a.Standing().Open, "two of three have nothing, which nobody takes by Enter")
	require.NoError(t, a.ToggleUnclear())
	require.NoError(t, a.Neither())
	assert.Equal(t, Standing{Agreed: 1, Settled: 3}, a.Standing())
	assert.Equal(t, "Every difference is settled. A takes over the 1 that all agree on.", d.Message().Text)
	require.NoError(t, a.TakeAgreed(adjudication.Threshold{}))
	assert.Equal(t, Standing{Settled: 4}, a.Standing())
	d.saved()

	held, err := d.Project().Decisions(d.Document().ID)
	require.NoError(t, err)
	require.Len(t, held, 4)
	outcomes := map[annotate.Outcome]int{}
	for _, decision := range held {
		outcomes[decision.Outcome]++
		assert.Equal(t, "lead", decision.Adjudicator)
		assert.Equal(t, decision.Outcome == annotate.Neither, decision.Unclear)
		if len(decision.Sides) == 3 && decision.Sides[1].Span.Label == "Claim" {
			assert.Equal(t, "the verb is the cue", decision.Reason)
		}
	}
	assert.Equal(t, map[annotate.Outcome]int{annotate.Took: 3, annotate.Neither: 1}, outcomes)
	layer, err := d.Project().Layer(d.Document().ID, annotate.AdjudicatedLayer)
	require.NoError(t, err)
	assert.Equal(t, 3, layer.SpanCount())
	assert.Equal(t, annotate.InProgress, layer.Assessment.Status)
	own, err := d.Project().Layer(d.Document().ID, "lead")
	require.NoError(t, err)
	assert.Equal(t, 0, own.SpanCount(), "nobody’s own layer is touched")

	assert.Empty(t, a.Cases()[1:], "only the last one looked at is listed")
	d.Undo()
	d.saved()
	assert.Equal(t, Standing{Agreed: 1, Settled: 3}, a.Standing())
	d.Undo()
	d.saved()
	assert.Len(t, a.Cases(), 1, "what was undone is open")
	findings, err := d.Project().Check()
	require.NoError(t, err)
	assert.Empty(t, findings)
}

func TestCasesAreFilteredAndOrdered(t *testing.T) {
	d := bench(t)
	a := d.Adjudication()
	quotes := func() (all []string) {
		for _, c := range a.Cases() {
			all = append(all, a.Words().Quote(c))
		}
		return all
	}
	assert.Equal(t, []string{"denied the leak", "said", "the lake fell"}, quotes())
	a.SetQuick(true) // a label costs less than a boundary, and that less than what is missing
	assert.Equal(t, []string{"said", "denied the leak", "the lake fell"}, quotes())
	a.SetKind(agreement.Boundary)
	assert.Equal(t, []string{"denied the leak"}, quotes())
	a.SetKind("")
	a.SetQuick(false)
	a.SetAll(true)
	assert.Equal(t, []string{"The minister", "denied the leak", "said", "the lake fell"}, quotes())
}

func TestWhatIsEditedByHandIsADecisionToo(t *testing.T) {
	d := bench(t)
	a := d.Adjudication()
	a.Next(true)
	require.True(t, a.Make())
	made := d.FocusedSpan()
	require.NotNil(t, made, "the copy has the focus")
	assert.Equal(t, annotate.AdjudicatedLayer, made.Annotator)
	require.NoError(t, d.MoveEdge(true, true))
	require.NoError(t, d.Label("Target"))
	c := d.current()
	assert.Equal(t, adjudication.Settled, c.State)
	assert.Equal(t, annotate.Made, c.Decision.Outcome)
	assert.Equal(t, "Target “denied the leak”", a.Words().Span(d.FocusedSpan()))

	require.NoError(t, d.Delete())
	assert.Equal(t, annotate.Neither, d.current().Decision.Outcome)
	assert.Equal(t, adjudication.Settled, d.current().State)

	a.Next(true) // “said”: a label nobody gave
	c = d.current()
	d.Select(c.Place)
	require.NoError(t, d.Label("Claim"))
	assert.Equal(t, annotate.Made, d.current().Decision.Outcome)
	assert.Equal(t, adjudication.Settled, d.current().State)

	d.Select(annotate.Fragment{Start: 29, End: 36}) // what nobody marked
	require.NoError(t, d.Label("Source"))
	added := d.Desk().CaseOf(d.Focused())
	require.NotNil(t, added)
	assert.Equal(t, annotate.Made, added.Decision.Outcome)
	assert.Empty(t, added.Sides)
	d.saved()
	findings, err := d.Project().Check()
	require.NoError(t, err)
	assert.Empty(t, findings)
}

func TestWorkMergedLaterOpensItsCaseAgain(t *testing.T) {
	d := bench(t)
	a := d.Adjudication()
	a.Next(true)
	for range 3 {
		require.NoError(t, a.Take(2))
	}
	require.NoError(t, a.TakeAgreed(adjudication.Threshold{}))
	d.saved()
	assert.Equal(t, Standing{Settled: 4}, a.Standing())
	d.layered("ben", "Claim", "the lake", nil)
	d.reread()
	assert.Equal(t, Standing{Open: 1, Settled: 3, Kinds: []KindCount{{agreement.MissingSpan, 1}, {agreement.Boundary, 1}}}, a.Standing())
	assert.False(t, a.Next(true), "it is looked at already, and the only one")
	assert.Equal(t, "ben has marked this since", d.current().Why)
	assert.Equal(t, []string{"cy"}, d.current().Decision.Taken)
}

func TestLeavingAdjudicationBringsBackOnesOwnLayer(t *testing.T) {
	d := bench(t)
	require.NoError(t, d.Adjudicate(false))
	d.until(func() bool { return d.Layer().Annotator == "lead" })
	assert.Nil(t, d.Adjudication())
	assert.Nil(t, d.Desk())
	assert.Empty(t, d.Lanes())
	require.NoError(t, d.Adjudicate(true))
	d.until(func() bool { return d.Desk() != nil })
	d.OpenDocument(d.other())
	d.until(func() bool { return d.Desk() != nil && d.Document().Name == "b.txt" })
	assert.Empty(t, d.Adjudication().Cases(), "nobody has done anything here")
}

// other returns the id of the second document.
func (d *desk) other() annotate.ID {
	d.t.Helper()
	document, err := d.Project().DocumentByName("b.txt")
	require.NoError(d.t, err)
	return document.ID
}

func TestABlindProjectIsAdjudicatedByWhoHasAllOfIt(t *testing.T) {
	d := bench(t)
	require.NoError(t, d.Adjudicate(false))
	require.NoError(t, d.Project().SetBlind(true))
	d.reread()
	assert.Empty(t, d.Others())
	require.NoError(t, d.Adjudicate(true))
	d.until(func() bool { return d.Desk() != nil })
	assert.Equal(t, []string{"asha", "ben", "cy"}, d.laneNames())

	require.NoError(t, d.Adjudicate(false))
	d.until(func() bool { return d.Layer().Annotator == "lead" })
	require.NoError(t, d.Project().SetSetting("annotator", "lead")) // as in a packet
	assert.Equal(t, annotate.Unsupported, annotate.KindOf(d.Adjudicate(true)))
	assert.False(t, d.Adjudicating())
}

func TestNobodyIsCalledLikeTheAdjudicatedLayer(t *testing.T) {
	d := bench(t)
	_, err := New(d.Project(), Options{Annotator: annotate.AdjudicatedLayer})
	assert.Equal(t, annotate.Invalid, annotate.KindOf(err))
}

func TestWhatIsNotSavedYetIsASideToo(t *testing.T) {
	d := bench(t)
	require.NoError(t, d.Adjudicate(false))
	d.until(func() bool { return d.Layer().Annotator == "lead" })
	d.Select(annotate.Fragment{Start: 0, End: 12})
	require.NoError(t, d.Label("Source"))
	require.NoError(t, d.Adjudicate(true))
	d.until(func() bool { return d.Desk() != nil })
	assert.Equal(t, []string{"asha", "ben", "cy", "lead"}, d.Desk().Annotators())
}

func TestWherePeopleHaveDutiesAnnotatorsDoNotAdjudicate(t *testing.T) {
	d := bench(t)
	require.NoError(t, d.Adjudicate(false))
	d.until(func() bool { return d.Layer().Annotator == "lead" })
	_, err := d.Project().Apply(annotate.Change{Annotator: "cy", After: &annotate.TeamMember{Annotator: "cy", Duty: annotate.Reviewing}})
	require.NoError(t, err)
	d.reread()
	assert.Equal(t, annotate.Conflict, annotate.KindOf(d.Adjudicate(true)))
	_, err = d.Project().Apply(annotate.Change{Annotator: "cy", After: &annotate.TeamMember{Annotator: "lead", Duty: annotate.Reviewing}})
	require.NoError(t, err)
	d.reread()
	require.NoError(t, d.Adjudicate(true))
	d.until(func() bool { return d.Desk() != nil })
}

func TestWhatACaseWaitsForIsDecidedElsewhereAndThenOneIsBack(t *testing.T) {
	d := newDesk(t, first, second)
	path, ids := d.path, []annotate.ID{d.Document().ID, d.other()}
	for _, name := range []string{"asha", "ben"} {
		here, there := annotate.ID(name+" here"), annotate.ID(name+" there")
		for _, state := range []annotate.State{
			&annotate.Span{ID: here, Document: ids[0], Annotator: name, Label: "Claim", Fragments: []annotate.Fragment{{Start: 0, End: 3}}},
			&annotate.Span{ID: there, Document: ids[1], Annotator: name, Label: "Claim", Fragments: []annotate.Fragment{{Start: 0, End: 3}}},
			&annotate.Relation{ID: annotate.ID(name + " about"), Document: ids[0], Annotator: name, Label: "supports", Arguments: []annotate.Argument{{Role: "head", Span: here}, {Role: "tail", Span: there, Document: ids[1]}}},
		} {
			_, err := d.Project().Apply(annotate.Change{Annotator: name, After: state})
			require.NoError(t, err)
		}
	}
	d.getUp()
	d = sitDown(t, path, "lead")
	require.NoError(t, d.Adjudicate(true))
	d.until(func() bool { return d.Desk() != nil })
	a := d.Adjudication()
	a.Go(d.Desk().CaseOf("asha about").ID)
	waiting := a.Current().ID
	require.Error(t, a.TakeMost())
	require.True(t, a.Visit())
	d.until(func() bool { return d.Document().ID == ids[1] && a.Current() != nil })
	assert.Same(t, d.Desk().CaseOf("ben there"), a.Current())
	assert.Equal(t, "a.txt", a.Visiting())
	require.True(t, a.Return(), "without deciding")
	d.until(func() bool { return d.Document().ID == ids[0] && a.Current() != nil })
	require.True(t, a.Visit())
	d.until(func() bool { return d.Document().ID == ids[1] && a.Current() != nil })
	require.NoError(t, a.TakeMost())
	d.until(func() bool { return d.Document().ID == ids[0] && a.Current() != nil })
	assert.Equal(t, waiting, a.Current().ID)
	assert.Empty(t, a.Visiting())
	assert.False(t, a.Visit(), "it waits for nothing any more")
	require.NoError(t, a.TakeMost())
	assert.Equal(t, adjudication.Settled, d.Desk().Case(waiting).State)
	d.saved()
	findings, err := d.Project().Check()
	require.NoError(t, err)
	assert.Empty(t, findings)
}

func TestTheNextDocumentIsOneInWhichPeopleDiffer(t *testing.T) {
	d := newDesk(t, first, second, "Nobody has read this.", "Both say the same here.", "They differ here.")
	path := d.path
	for _, name := range []string{"b.txt", "d.txt", "e.txt"} {
		document, err := d.Project().DocumentByName(name)
		require.NoError(t, err)
		for _, annotator := range []string{"asha", "ben"} {
			end := 4
			if annotator == "ben" && name != "d.txt" {
				end = 8
			}
			_, err := d.Project().Apply(annotate.Change{Annotator: annotator, After: &annotate.Span{
				ID: annotate.NewID(), Document: document.ID, Annotator: annotator, Label: "Claim", Fragments: []annotate.Fragment{{Start: 0, End: end}},
			}})
			require.NoError(t, err)
		}
	}
	d.getUp()
	d = sitDown(t, path, "lead")
	require.NoError(t, d.OpenFirst("a.txt"))
	d.until(func() bool { return d.Document().Name == "a.txt" })
	require.NoError(t, d.Adjudicate(true))
	a := d.Adjudication()
	left := func(want int) {
		t.Helper()
		d.until(func() bool {
			open, uncounted, known := a.Left()
			return known && open == want && uncounted == 0
		})
	}
	left(2)
	at := func(name string) {
		t.Helper()
		d.until(func() bool { return d.Document().Name == name && d.Desk() != nil })
	}
	a.NextDocument(true, nil)
	at("b.txt")
	require.NotNil(t, a.Current(), "the first case is looked at")
	require.NoError(t, a.Take(0))
	left(1)
	require.NoError(t, d.NextTask())
	at("e.txt")
	require.NoError(t, a.Neither())
	left(0)
	a.NextDocument(false, nil)
	d.until(func() bool { return d.Message().Text == "People differ in no other document." })
	require.NoError(t, d.NextTask()) // where nothing differs, what somebody has labelled and is not done
	at("b.txt")

	require.NoError(t, d.Adjudicate(false))
	d.List().SetFilter(DifferFilter)
	d.until(func() bool { return d.List().Progress().Total == 5 && d.List().Len() == 0 })
}
