package adjudication_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/adjudication"
	"spanwright/annotate/agreement"
)

// result returns the span that became of a case.
func (d *desk) result(t *testing.T, c *adjudication.Case) *annotate.Span {
	t.Helper()
	require.NotNil(t, c.Decision)
	require.Len(t, c.Decision.Results, 1)
	s := d.decided.Span(c.Decision.Results[0].ID)
	require.NotNil(t, s)
	return s
}

func TestTakingASideCopiesItIntoTheAdjudicatedLayer(t *testing.T) {
	d := plant()
	open := d.open()
	c := of(t, open, "b2")
	d.decide(t, open, c, annotate.Took, "ben")
	assert.Equal(t, adjudication.Settled, c.State)
	s := d.result(t, c)
	assert.Equal(t, thatSafe, s.Fragments)
	assert.Equal(t, "Claim", s.Label)
	assert.Equal(t, annotate.AdjudicatedLayer, s.Annotator)
	assert.Equal(t, []annotate.ID{"b2"}, c.Decision.Results[0].From)
	assert.Equal(t, annotate.InProgress, d.decided.Assessment.Status)
	assert.Equal(t, 1, d.decided.SpanCount())

	d.decide(t, open, c, annotate.Took, "chen")
	again := d.result(t, c)
	assert.Equal(t, s.ID, again.ID, "what points at it goes on pointing at it")
	assert.Equal(t, safe, again.Fragments)
	assert.Equal(t, []annotate.ID{"a2", "c2"}, c.Decision.Results[0].From, "asha says the same")

	d.decide(t, open, c, annotate.Both, "asha", "ben", "chen")
	assert.Equal(t, 2, d.decided.SpanCount(), "those who say the same give one")
	d.decide(t, open, c, annotate.Neither)
	assert.Equal(t, 0, d.decided.SpanCount())
	assert.Equal(t, adjudication.Settled, c.State)
	assert.Equal(t, annotate.Neither, c.Decision.Outcome, "nothing is a decision too")
	assert.Equal(t, adjudication.Settled, of(t, d.open(), "a2").State, "which is still there when the document is opened again")
}

func TestTakingARelationTakesWhatItRestsOnAlong(t *testing.T) {
	d := plant()
	open := d.open()
	d.decide(t, open, of(t, open, "b2"), annotate.Took, "asha")
	d.decide(t, open, of(t, open, "rb"), annotate.Took, "ben")
	for side, label := range map[annotate.ID]string{"b1": "Source", "b3": "Verb"} {
		c := of(t, open, side)
		assert.Equal(t, adjudication.Settled, c.State)
		assert.Equal(t, label, d.result(t, c).Label)
		assert.Equal(t, "lead", c.Decision.Adjudicator)
	}
	r := d.decided.Relation(of(t, open, "rb").Decision.Results[0].ID)
	require.NotNil(t, r)
	assert.Equal(t, []annotate.Argument{
		{Role: "source", Span: d.result(t, of(t, open, "b1")).ID},
		{Role: "cue", Span: d.result(t, of(t, open, "b3")).ID},
		{Role: "content", Span: d.result(t, of(t, open, "a2")).ID}, // which was decided for asha before
	}, r.Arguments)
	assert.Equal(t, safe, d.result(t, of(t, open, "b2")).Fragments)

	d.decide(t, open, of(t, open, "b3"), annotate.Neither)
	assert.Nil(t, d.decided.Relation(r.ID), "nothing points at what is gone")
	assert.Equal(t, adjudication.Reopened, of(t, open, "rb").State)
	_, err := open.Decide(of(t, open, "rb"), adjudication.Verdict{Outcome: annotate.Took, Taken: []string{"ben"}, By: "lead"})
	assert.Equal(t, annotate.Conflict, annotate.KindOf(err))
	assert.EqualError(t, err, "its cue was decided against; decide that again first, or say neither here too")
	d.decide(t, open, of(t, open, "rb"), annotate.Took, "chen")
	assert.Equal(t, adjudication.Settled, of(t, open, "rb").State)
}

func TestEndsInOtherDocumentsMustBeDecidedThere(t *testing.T) {
	d := newDesk("asha", "ben")
	d.span("asha", "a1", "Claim", ministry)
	d.relation("asha", "ra", "same", "head", "a1", "tail", "xa")
	there := adjudication.Elsewhere{Document: "e", Name: "e.txt", Words: "the dam", Case: "e1"}
	d.elsewhere = map[annotate.ID]adjudication.Elsewhere{"xa": there}
	open := d.open()
	_, err := open.Decide(of(t, open, "ra"), adjudication.Verdict{Outcome: annotate.Took, Taken: []string{"asha"}, By: "lead"})
	assert.EqualError(t, err, "its tail “the dam” lies in e.txt; decide about it there first")
	awaited, role, awaits := open.Awaited(of(t, open, "ra"), "asha")
	assert.True(t, awaits)
	assert.Equal(t, there, awaited)
	assert.Equal(t, "tail", role)

	against := &annotate.Decision{ID: "e1", Document: "e", Outcome: annotate.Neither, Sides: []annotate.Side{{Annotator: "asha", Span: &annotate.Span{ID: "xa"}}}}
	open.Apply(&annotate.Change{After: against})
	_, _, awaits = open.Awaited(of(t, open, "ra"), "asha")
	assert.False(t, awaits, "it was decided there, against it")
	_, err = open.Decide(of(t, open, "ra"), adjudication.Verdict{Outcome: annotate.Took, Taken: []string{"asha"}, By: "lead"})
	assert.EqualError(t, err, "its tail was decided against; decide that again first, or say neither here too")
	took := against.Clone()
	took.Outcome, took.Taken, took.Results = annotate.Took, []string{"asha"}, []annotate.Result{{ID: "there", From: []annotate.ID{"xa"}}}
	open.Apply(&annotate.Change{Before: against, After: took})
	d.decide(t, open, of(t, open, "ra"), annotate.Took, "asha")
	r := d.decided.Relation(of(t, open, "ra").Decision.Results[0].ID)
	assert.Equal(t, annotate.Argument{Role: "tail", Span: "there", Document: "e"}, r.Arguments[1])
}

func TestTheDocumentsOwnValuesAreDecidedToo(t *testing.T) {
	d := plant()
	open := d.open()
	c := open.Cases()[0]
	require.Equal(t, "genre", c.Attribute)
	d.decide(t, open, c, annotate.Took, "chen")
	assert.Equal(t, annotate.Text("comment"), d.decided.Assessment.Labels["genre"])
	assert.Equal(t, adjudication.Settled, c.State)
	d.decide(t, open, c, annotate.Neither)
	assert.Empty(t, d.decided.Assessment.Labels)
	assert.Equal(t, adjudication.Settled, c.State)
	_, err := open.Decide(c, adjudication.Verdict{Outcome: annotate.Both, Taken: []string{"asha", "chen"}, By: "lead"})
	assert.Equal(t, annotate.Invalid, annotate.KindOf(err))
}

func TestADecisionMustTakeWhatIsThere(t *testing.T) {
	open := plant().open()
	for want, v := range map[string]adjudication.Verdict{
		"chen has nothing here to be taken; to decide for nothing say neither": {Outcome: annotate.Took, Taken: []string{"asha", "chen"}},
		"the sides of asha and ben differ; take one of them, or both":          {Outcome: annotate.Took, Taken: []string{"asha", "ben"}},
		"nobody’s side was taken":                                              {Outcome: annotate.Took},
	} {
		_, err := open.Decide(of(t, open, "a3"), v)
		assert.EqualError(t, err, want)
	}
}

func TestAgreementIsTakenOverAtAThreshold(t *testing.T) {
	tests := []struct {
		threshold string
		decided   map[annotate.ID]string // side → whose word it was
		open      []annotate.ID
	}{
		// Only the source is the same for all three.
		{"all", map[annotate.ID]string{"a1": "Source"}, []annotate.ID{"a2", "a3", "a4", "c5", "ra", "rd"}},
		// Two of three: where the claim begins, and that the engineers are a group. That two have no
		// “doubt” is no agreement. No two attributions are the same.
		{"majority", map[annotate.ID]string{"a1": "Source", "a2": "Claim", "a4": "Source"}, []annotate.ID{"a3", "c5", "ra", "rd"}},
		{"1", map[annotate.ID]string{"a1": "Source", "a2": "Claim", "a4": "Source", "c5": "Cue"}, []annotate.ID{"a3", "ra"}},
	}
	for _, test := range tests {
		t.Run(test.threshold, func(t *testing.T) {
			d := plant()
			open := d.open()
			threshold, err := adjudication.ParseThreshold(test.threshold)
			require.NoError(t, err)
			changes, _, err := open.Agreed(threshold, "lead")
			require.NoError(t, err)
			d.keep(open, changes)
			for side, label := range test.decided {
				c := of(t, open, side)
				assert.Equal(t, adjudication.Settled, c.State, side)
				assert.True(t, c.Decision.Automatic)
				assert.Equal(t, label, d.result(t, c).Label)
			}
			for _, side := range test.open {
				assert.Equal(t, adjudication.Open, of(t, open, side).State, side)
			}
			again, n, err := open.Agreed(threshold, "lead")
			require.NoError(t, err)
			assert.Empty(t, again, "nothing is taken over twice")
			assert.Zero(t, n)
		})
	}
	for _, bad := range []string{"", "0", "-1", "most", "2.5"} {
		_, err := adjudication.ParseThreshold(bad)
		assert.Equal(t, annotate.Invalid, annotate.KindOf(err), bad)
	}
}

func TestRelationsThatAllAgreeOnWaitForTheirSpans(t *testing.T) {
	d := newDesk("asha", "ben")
	d.span("asha", "a1", "Source", ministry)
	d.span("ben", "b1", "Source", ministry)
	d.span("asha", "a2", "Claim", safe)
	d.span("ben", "b2", "Claim", thatSafe)
	d.relation("asha", "ra", "attribution", "source", "a1", "content", "a2")
	d.relation("ben", "rb", "attribution", "source", "b1", "content", "b2")
	open := d.open()
	changes, n, err := open.Agreed(adjudication.Threshold{}, "lead")
	require.NoError(t, err)
	assert.Equal(t, 1, n, "the source")
	d.keep(open, changes)
	assert.True(t, of(t, open, "ra").Agreed())
	d.decide(t, open, of(t, open, "a2"), annotate.Took, "ben")
	changes, n, err = open.Agreed(adjudication.Threshold{}, "lead")
	require.NoError(t, err)
	assert.Equal(t, 1, n, "the attribution")
	d.keep(open, changes)
	assert.Equal(t, []annotate.ID{"ra", "rb"}, of(t, open, "ra").Decision.Results[0].From)
}

func TestNewWorkReopensWhatItTouchesAndNothingElse(t *testing.T) {
	settle := func(t *testing.T) *desk {
		d := plant()
		open := d.open()
		for _, c := range open.Cases() {
			if c.State != adjudication.Settled {
				d.decide(t, open, c, annotate.Took, c.Sides[0].Annotator)
			}
		}
		return d
	}
	tests := map[string]struct {
		work func(*desk)
		want map[annotate.ID]string // side → why it is open
	}{
		"nothing": {func(*desk) {}, nil},
		"a boundary moved": {
			func(d *desk) { d.span("ben", "b2", "Claim", safe) },
			map[annotate.ID]string{"b2": "ben has changed it since"},
		},
		"a note written": {
			func(d *desk) {
				s := d.layers["ben"].Span("b2").Clone()
				s.Note, s.Flag = "hm", "unsure"
				d.put(s)
			}, nil,
		},
		"one more marks it": {
			func(d *desk) { d.span("chen", "c3", "Cue", said) },
			map[annotate.ID]string{"a3": "chen has marked this since"},
		},
		"one takes it back": {
			func(d *desk) { d.layers["asha"].Apply(&annotate.Change{Before: d.layers["asha"].Relation("ra")}) },
			map[annotate.ID]string{"rb": "asha has taken it back since"},
		},
		"something new": {
			func(d *desk) { d.span("ben", "b9", "Claim", it) },
			map[annotate.ID]string{"b9": ""},
		},
		"another annotator": {
			func(d *desk) {
				d.layers["dana"] = annotate.NewLayer("d", "dana")
				d.span("dana", "d1", "Source", ministry)
			}, map[annotate.ID]string{"a1": "dana has marked this since"},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			d := settle(t)
			test.work(d)
			open := d.open()
			touched := map[annotate.ID]string{}
			for side, why := range test.want {
				c := of(t, open, side)
				touched[c.ID] = why
			}
			for _, c := range open.Cases() {
				why, reopened := touched[c.ID]
				assert.Equal(t, reopened, c.State != adjudication.Settled, "%v", sides(c))
				assert.Equal(t, why, c.Why)
			}
		})
	}
}

func TestAnAutomaticDecisionIsOpenAgainWhenSomebodyElseHasWorkedOnTheDocument(t *testing.T) {
	d := plant()
	open := d.open()
	changes, _, err := open.Agreed(adjudication.Threshold{}, "lead")
	require.NoError(t, err)
	d.keep(open, changes)
	d.decide(t, open, of(t, open, "c5"), annotate.Took, "chen")
	d.layers["dana"] = annotate.NewLayer("d", "dana") // who marks nothing
	open = d.open()
	assert.Equal(t, "dana has worked on the document since", of(t, open, "a1").Why)
	assert.Equal(t, adjudication.Settled, of(t, open, "c5").State, "a person has looked at this")
}

func TestWhatTheAdjudicatorMadeIsListedAndSoIsWhatNobodyDecided(t *testing.T) {
	d := plant()
	loose := &annotate.Span{ID: "z", Document: "d", Annotator: annotate.AdjudicatedLayer, Label: "Claim", Fragments: it}
	d.decided.Apply(&annotate.Change{After: loose})
	open := d.open()
	c := open.CaseOf("z")
	require.NotNil(t, c)
	assert.Equal(t, []agreement.DifferenceKind{adjudication.LooseKind}, c.Kinds)
	d.decide(t, open, c, annotate.Made)
	c = open.CaseOf("z")
	assert.Equal(t, adjudication.Settled, c.State)
	assert.Equal(t, annotate.Made, c.Decision.Outcome)
	d.decide(t, open, c, annotate.Neither)
	assert.Nil(t, d.decided.Span("z"))
	assert.Nil(t, open.CaseOf("z"))
}

func TestADecisionWhoseSidesAreAllGoneIsOpenAgain(t *testing.T) {
	d := plant()
	open := d.open()
	c := of(t, open, "c5")
	d.decide(t, open, c, annotate.Took, "chen")
	d.layers["chen"].Apply(&annotate.Change{Before: d.layers["chen"].Span("c5")})
	open = d.open()
	c = open.Case(c.ID)
	require.NotNil(t, c)
	assert.Equal(t, adjudication.Reopened, c.State)
	assert.Equal(t, "everybody has taken it back since", c.Why)
	d.decide(t, open, c, annotate.Made)
	assert.Equal(t, adjudication.Settled, open.Case(c.ID).State, "kept all the same")
	assert.Equal(t, 1, d.decided.SpanCount())
}

func TestTwoDecisionsAboutOneThingMustBeMadeOne(t *testing.T) {
	// Two people decided apart, before it was known that ben and chen marked the same.
	d := newDesk("asha", "ben")
	d.span("asha", "a1", "Claim", safe)
	open := d.open()
	d.decide(t, open, of(t, open, "a1"), annotate.Took, "asha")
	other := newDesk("asha", "ben")
	other.span("ben", "b1", "Claim", thatSafe)
	apart := other.open()
	other.decide(t, apart, of(t, apart, "b1"), annotate.Took, "ben")
	for _, decision := range other.decisions {
		d.decisions[decision.ID] = decision
	}
	for s := range other.decided.Spans() {
		d.decided.Apply(&annotate.Change{After: s})
	}
	d.span("ben", "b1", "Claim", thatSafe)
	open = d.open()
	c := of(t, open, "a1")
	assert.Equal(t, "there is more than one decision about it", c.Why)
	d.decide(t, open, c, annotate.Took, "ben")
	assert.Len(t, d.decisions, 1)
	assert.Equal(t, 1, d.decided.SpanCount())
	assert.Equal(t, thatSafe, d.result(t, of(t, open, "a1")).Fragments)
}

func TestARelationWhoseEndWasDecidedAgainstElsewhereIsOpenAgain(t *testing.T) {
	d := plant()
	open := d.open()
	d.decide(t, open, of(t, open, "ra"), annotate.Took, "asha")
	d.decided.Apply(&annotate.Change{Before: d.result(t, of(t, open, "a1"))}) // as a merge can leave it
	open = d.open()
	c := of(t, open, "ra")
	assert.Equal(t, "what it rests on is gone from the adjudicated layer", c.Why)
	d.decide(t, open, c, annotate.Took, "asha")
	assert.Equal(t, adjudication.Settled, c.State)
	assert.Equal(t, adjudication.Settled, of(t, open, "a1").State, "and is there again")
}
