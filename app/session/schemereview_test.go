package session

import (
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/store"
)

// review waits until it is known what the draft would do.
func (d *desk) review(r *SchemeReview) {
	d.t.Helper()
	d.until(func() bool {
		running, _, _ := r.Running()
		return !running
	})
	require.NoError(d.t, r.Err())
	require.NotNil(d.t, r.Plan())
}

// stored writes down every annotation of a project.
func stored(t *testing.T, project *store.Project) string {
	t.Helper()
	var all string
	rows, err := project.Documents(store.DocumentQuery{Limit: 100})
	require.NoError(t, err)
	for _, row := range rows {
		for _, annotator := range []string{"asha", "ben"} {
			l, err := project.Layer(row.ID, annotator)
			require.NoError(t, err)
			for s := range l.Spans() {
				raw, err := annotate.MarshalState(s)
				require.NoError(t, err)
				all += string(raw) + "\n"
			}
		}
	}
	return all
}

// TestASchemeIsChangedHalfWayThroughAProject removes an attribute that 3 spans of two
// annotators in 2 documents have, renames a label that 4 have, and takes it all back.
func TestASchemeIsChangedHalfWayThroughAProject(t *testing.T) {
	d := newDesk(t, first, second)
	denial := map[string]annotate.Value{"type": annotate.Text("denial")}
	spans := []annotate.Span{
		{Annotator: "asha", Label: "Claim", Fragments: []annotate.Fragment{{Start: 0, End: 12}}, Attributes: denial},
		{Annotator: "asha", Label: "Claim", Fragments: []annotate.Fragment{{Start: 13, End: 19}}},
		{Annotator: "ben", Label: "Claim", Fragments: []annotate.Fragment{{Start: 0, End: 12}}, Attributes: denial},
	}
	rows, err := d.Project().Documents(store.DocumentQuery{Limit: 2})
	require.NoError(t, err)
	var changes []annotate.Change
	add := func(s annotate.Span, document annotate.ID) {
		s.ID, s.Document = annotate.NewID(), document
		changes = append(changes, annotate.Change{Annotator: s.Annotator, After: &s})
	}
	for _, s := range spans {
		add(s, d.Document().ID)
	}
	for _, row := range rows {
		if row.ID != d.Document().ID {
			add(spans[2], row.ID)
		}
	}
	_, err = d.Project().Apply(changes...)
	require.NoError(t, err)
	require.NoError(t, d.Refresh())
	d.until(func() bool { return d.Layer().Count("Claim") == 2 })
	before := stored(t, d.Project())

	draft := d.SchemeDraft(nil)
	r := d.NewSchemeReview(draft)
	r.Show()
	require.Error(t, r.Apply(), "there is nothing to apply yet")
	draft.Remove("$.spans[0].attributes[0]")
	draft.Rename("$.spans[0]", "Assertion")
	require.Error(t, r.Apply(), "nobody has seen yet what it does")
	d.review(r)
	counts := map[annotate.StepKind]string{}
	for i, s := range r.Plan().Revision.Steps {
		c := r.Plan().Counts[i]
		counts[s.Kind] = s.Sentence
		switch s.Kind {
		case annotate.RemoveStep:
			require.Equal(t, []int{3, 2, 3}, []int{c.Spans, c.Documents, c.Lost}, s.Sentence)
		case annotate.RenameStep:
			require.Equal(t, []int{4, 2, 0}, []int{c.Spans, c.Documents, c.Lost}, s.Sentence)
		}
	}
	require.Len(t, counts, 2)
	require.ErrorContains(t, r.Apply(), "decide first")
	r.Decide(r.Undecided()[0], annotate.StepDecision{Fate: annotate.Drop})
	d.review(r)
	require.Empty(t, r.Undecided())
	require.NoError(t, r.Apply())
	d.until(func() bool { return d.Layer().Count("Assertion") == 2 })
	require.NotNil(t, d.Scheme().Span("Assertion"))
	require.False(t, draft.Changed(), "what was applied is no draft any more")
	require.False(t, draft.CanUndo())
	after := stored(t, d.Project())
	require.NotContains(t, after, "denial")
	require.NotContains(t, after, "Claim")

	at := d.Document().ID
	d.Undo()
	d.until(func() bool { return d.Layer().Count("Claim") == 2 })
	d.saved()
	require.Equal(t, before, stored(t, d.Project()), "nothing is lost")
	require.NotNil(t, d.Scheme().Span("Claim").Attributes)
	require.Equal(t, "Claim", draft.Scheme().Spans[0].Label, "the draft follows")
	require.Equal(t, at, d.Document().ID, "a change of the scheme is about no document")
	d.Redo()
	d.until(func() bool { return d.Layer().Count("Assertion") == 2 })
	d.saved()
	require.Equal(t, after, stored(t, d.Project()))
	d.Undo()
	d.until(func() bool { return d.Layer().Count("Claim") == 2 })
	d.saved()
	require.Equal(t, before, stored(t, d.Project()))
}

func TestAReviewFollowsTheDraftAndForgetsWhatIsNoLongerAsked(t *testing.T) {
	d := newDeskOf(t, "name: two\nspans: [{label: Claim}, {label: Target}]", first)
	d.span("Claim", "the leak")
	d.saved()
	draft := d.SchemeDraft(nil)
	r := d.NewSchemeReview(draft)
	r.Show()
	draft.Remove("$.spans[0]")
	d.review(r)
	open := r.Undecided()
	require.Len(t, open, 1, "the span would have a label that the scheme lacks")
	r.Decide(open[0], annotate.StepDecision{Fate: annotate.Into, Into: "Target"})
	d.review(r)
	require.Empty(t, r.Undecided())
	draft.Undo()
	require.Nil(t, r.Plan())
	draft.Remove("$.spans[0]")
	d.review(r)
	require.Len(t, r.Undecided(), 1, "it is another removal")

	d.span("Claim", "the lake")
	d.saved()
	d.review(r)
	require.Equal(t, 2, r.Plan().Counts[r.Undecided()[0]].Spans, "what is labelled meanwhile counts")

	draft.Rename("$.spans[0]", "")
	require.Nil(t, r.Plan())
	require.ErrorContains(t, r.Apply(), "contradicts itself")
	r.Hide()
	draft.Discard()
	require.Nil(t, r.Plan())
}

func TestADraftWaitsForTheNextSession(t *testing.T) {
	d := newDesk(t, first)
	d.SchemeDraft(nil).Rename("$.spans[0]", "Assertion")
	d.getUp()
	d = sitDown(t, d.path, "ben")
	require.False(t, d.SchemeDraft(nil).Changed(), "it is asha's")
	d.getUp()
	d = sitDown(t, d.path, "asha")
	draft := d.SchemeDraft(nil)
	require.Equal(t, "Assertion", draft.Scheme().Spans[0].Label)
	require.Equal(t, []string{"Claim"}, draft.Scheme().Spans[0].Formerly)
	draft.Discard()
	d.getUp()
	d = sitDown(t, d.path, "asha")
	require.False(t, d.SchemeDraft(nil).Changed())
}

func TestASpecimenIsTakenFromTheDocumentOrInvented(t *testing.T) {
	d := newDesk(t, first)
	draft := d.SchemeDraft(nil)
	p := d.Specimen(draft, "$.spans[0].attributes[0]")
	require.Empty(t, p.Document)
	require.Equal(t, "Claim", p.Layer.Span("specimen Claim").Label)
	require.NotNil(t, p.Layer.Relation(p.Focused), "with a relation that Claim plays a role in")

	d.span("Claim", "the leak")
	draft.Rename("$.spans[0]", "Assertion")
	p = d.Specimen(draft, "$.spans[0]")
	require.Equal(t, "a.txt", p.Document)
	require.Equal(t, first, p.Body.Text())
	require.Equal(t, "Assertion", p.Layer.Span(p.Focused).Label)
	p = d.Specimen(draft, "$.relations[0].roles[1]")
	require.Empty(t, p.Document)
	require.Len(t, p.Layer.Relation(p.Focused).Arguments, 3)
	require.NotNil(t, d.Specimen(NewSchemeDraft(&annotate.Scheme{Name: "x"}, nil), "$").Body)
}
