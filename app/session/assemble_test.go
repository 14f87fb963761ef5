package session

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

const quarrel = "“The mud,” she said, “has buried our beds.” Two deckhands denied it.\n\nIt was reported that the plume is grey."

// arguments returns what plays each role of a relation, as words of the text.
func (d *desk) arguments(r *annotate.Relation) map[string]string {
	words := map[string]string{}
	for _, a := range r.Arguments {
		words[a.Role] = "implicit"
		if span := d.Layer().Span(a.Span); span != nil {
			words[a.Role] = span.Covered(d.Document().Text)
		}
	}
	return words
}

func TestAssemblingJoinsTheNearestFillersAndCutsTheClauseOut(t *testing.T) {
	d := newDesk(t, quarrel)
	claim := d.span("Claim", "“The mud,” she said, “has buried our beds.”")
	d.span("Source", "she")
	d.span("Source", "Two deckhands")
	d.Focus(d.span("Cue", "said").ID)

	require.NoError(t, d.Assemble())
	proposed, slots := d.Assembling()
	require.Equal(t, map[string]string{
		"source": "she", "cue": "said", "content": "“The mud,” she said, “has buried our beds.”",
	}, d.arguments(proposed))
	require.Len(t, slots, 2, "the cue is no empty role")
	require.True(t, slots[0].Current)
	require.Equal(t, []annotate.Fragment{d.place(" she said, ")}, d.Holes())
	require.Zero(t, d.Layer().RelationCount(), "nothing is made before it is taken")

	require.NoError(t, d.TakeFrame())
	proposed, _ = d.Assembling()
	require.Nil(t, proposed)
	relations := d.Layer().Relations()
	require.Len(t, relations, 1)
	require.Equal(t, map[string]string{
		"source": "she", "cue": "said", "content": "“The mud,” “has buried our beds.”",
	}, d.arguments(relations[0]))
	require.Len(t, d.Layer().Span(claim.ID).Fragments, 2)
	require.Empty(t, d.Violations(relations[0].ID))

	d.saved()
	d.Undo()
	d.saved()
	d.until(func() bool { return d.Layer().RelationCount() == 0 })
	require.Len(t, d.Layer().Span(claim.ID).Fragments, 1, "one undo takes all of it back")
}

func TestAFrameInsideTheContentOfAnotherHasTheInnerContent(t *testing.T) {
	d := newDesk(t, "The trust believes that the audit shows no loss.")
	d.span("Source", "The trust")
	d.span("Source", "the audit")
	outer, inner := d.span("Cue", "believes"), d.span("Cue", "shows")
	d.span("Claim", "the audit shows no loss")
	d.span("Claim", "no loss")
	for _, test := range []struct {
		cue  *annotate.Span
		want map[string]string
	}{
		{inner, map[string]string{"source": "the audit", "cue": "shows", "content": "no loss"}},
		{outer, map[string]string{"source": "The trust", "cue": "believes", "content": "the audit shows no loss"}},
	} {
		d.Focus(test.cue.ID)
		require.NoError(t, d.Assemble())
		proposed, _ := d.Assembling()
		require.Equal(t, test.want, d.arguments(proposed))
		require.Empty(t, d.Holes())
		require.NoError(t, d.TakeFrame())
	}
}

func TestAFillerStaysWholeOnWish(t *testing.T) {
	d := newDesk(t, quarrel)
	claim := d.span("Claim", "“The mud,” she said, “has buried our beds.”")
	d.span("Source", "she")
	require.NoError(t, d.Assemble())
	require.NotEmpty(t, d.Holes())
	d.KeepWhole()
	require.Empty(t, d.Holes())
	require.NoError(t, d.TakeFrame())
	require.Len(t, d.Layer().Span(claim.ID).Fragments, 1)
	require.Equal(t, 1, d.Layer().RelationCount())
}

func TestAnAssembledRelationThatLacksAnAttributeGetsTheFocus(t *testing.T) {
	d := newDeskOf(t, `
name: reports
spans: [{label: Cue}, {label: Content}]
relations:
  - label: reports
    roles: [{name: cue, labels: [Cue]}, {name: content, labels: [Content]}]
    attributes: [{name: type, kind: choice, required: true, values: [{name: fact}, {name: belief}]}]
`, quarrel)
	d.span("Content", "it")
	cue := d.span("Cue", "denied")
	cursor := d.Cursor()
	require.NoError(t, d.Assemble())
	require.NoError(t, d.TakeFrame())
	r := d.FocusedRelation()
	require.NotNil(t, r)
	require.Equal(t, map[string]string{"cue": "denied", "content": "it"}, d.arguments(r))
	require.Equal(t, cursor, d.Cursor(), "reading goes on where it was")
	require.Equal(t, "Assembled: reports. Enter leads to what it lacks.", d.Message().Text)

	require.NoError(t, d.SetAttribute(r.ID, "type", annotate.Choices("fact"), true))
	d.Focus(cue.ID)
	require.NoError(t, d.Assemble())
	require.Nil(t, d.FocusedRelation(), "there is nothing left to assemble")
}

func TestTabGoesThroughTheCandidatesAndNone(t *testing.T) {
	d := newDesk(t, quarrel)
	d.span("Source", "she")
	d.span("Source", "Two deckhands")
	d.span("Claim", "it")
	d.span("Cue", "denied")
	require.NoError(t, d.Assemble())
	source := func() string {
		proposed, _ := d.Assembling()
		return d.arguments(proposed)["source"]
	}
	require.Equal(t, "Two deckhands", source())
	d.NextFiller(true)
	require.Equal(t, "she", source())
	d.NextFiller(true)
	require.Equal(t, "", source())
	d.NextFiller(true)
	require.Equal(t, "Two deckhands", source())
	d.NextFiller(false)
	require.Equal(t, "", source())
	require.NoError(t, d.TakeFrame())
	require.Equal(t, map[string]string{"cue": "denied", "content": "it"}, d.arguments(d.Layer().Relations()[0]))
}

func TestARoleCanBeImplied(t *testing.T) {
	d := newDesk(t, quarrel)
	d.span("Source", "she")
	d.span("Claim", "the plume is grey")
	d.span("Cue", "was reported")
	require.NoError(t, d.Assemble())
	d.ImplySlot()
	_, slots := d.Assembling()
	require.True(t, slots[0].Implicit)
	require.True(t, slots[1].Current, "it goes on to the next role")
	d.ImplySlot()
	require.Equal(t, "The scheme does not let the content be implicit.", d.Message().Text)
	require.NoError(t, d.TakeFrame())
	require.Equal(t, map[string]string{
		"source": "implicit", "cue": "was reported", "content": "the plume is grey",
	}, d.arguments(d.Layer().Relations()[0]))
}

func TestAFrameThatLacksSomethingIsCompletedBeforeANewOneIsProposed(t *testing.T) {
	d := newDesk(t, quarrel)
	d.span("Claim", "it")
	d.span("Cue", "denied")
	require.NoError(t, d.Assemble())
	require.NoError(t, d.TakeFrame())
	cue := d.Focused()
	d.span("Source", "Two deckhands")
	d.Focus(cue)
	require.NoError(t, d.Assemble())
	require.NoError(t, d.TakeFrame())
	require.Equal(t, 1, d.Layer().RelationCount())
	require.Equal(t, map[string]string{
		"source": "Two deckhands", "cue": "denied", "content": "it",
	}, d.arguments(d.Layer().Relations()[0]))

	require.NoError(t, d.Assemble())
	proposed, _ := d.Assembling()
	require.Nil(t, proposed)
	require.Contains(t, d.Message().Text, "Nothing near by")
}

func TestAgainGoesOnToTheNextRelationThatCouldBeMeant(t *testing.T) {
	d := newDesk(t, quarrel)
	d.span("Target", "the plume")
	d.span("Cue", "reported")
	d.span("Claim", "the plume is grey")
	labels := map[string]bool{}
	require.NoError(t, d.Assemble())
	for range 2 {
		proposed, _ := d.Assembling()
		labels[proposed.Label] = true
		require.NoError(t, d.Assemble())
	}
	require.Equal(t, map[string]bool{"attribution": true, "about": true}, labels)
	d.Cancel()
	proposed, _ := d.Assembling()
	require.Nil(t, proposed)
	require.NotEmpty(t, d.Focused(), "Esc leaves the proposal first")
}

func TestAssemblingOutlastsReadingTheDocumentAgain(t *testing.T) {
	d := newDesk(t, quarrel)
	d.span("Source", "she")
	d.span("Cue", "said")
	d.saved()
	require.NoError(t, d.Assemble())
	d.NextFiller(true)
	require.NoError(t, d.Refresh())
	d.events = nil
	d.until(func() bool { return slices.ContainsFunc(d.events, func(e Event) bool { return e.Is(Edited) }) })
	_, slots := d.Assembling()
	require.Len(t, slots, 2)
	require.Empty(t, slots[0].Span, "what was chosen stays chosen")
}

func TestViolationsAreVisitedInTurn(t *testing.T) {
	d := newDesk(t, quarrel)
	d.FocusViolation()
	require.Equal(t, "Nothing here breaks a rule of the scheme.", d.Message().Text)
	broken := []annotate.ID{d.span("Claim", "The mud").ID, d.span("Source", "Two deckhands").ID}
	for _, id := range broken {
		require.NoError(t, d.SetAttribute(id, "colour", annotate.Text("grey"), true))
	}
	d.Focus("")
	for _, want := range []annotate.ID{broken[0], broken[1], broken[0]} {
		d.FocusViolation()
		require.Equal(t, want, d.Focused())
		require.Contains(t, d.Message().Text, "no attribute colour")
	}
}

func TestAnEditOrAnotherFocusEndsAssembling(t *testing.T) {
	d := newDesk(t, quarrel)
	source := d.span("Source", "she")
	d.span("Cue", "said")
	for name, act := range map[string]func(){
		"edit":  func() { require.NoError(t, d.SetNote(d.Focused(), "why")) },
		"focus": func() { d.Focus(source.ID) },
	} {
		d.Focus(d.Layer().NextFrom(source.Extent().End).ID)
		require.NoError(t, d.Assemble(), name)
		act()
		proposed, _ := d.Assembling()
		require.Nil(t, proposed, name)
	}
}
