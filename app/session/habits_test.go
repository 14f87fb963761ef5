package session

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// TestFillersAreProposedWhereTheAnnotatorUsuallyFindsThem has three sentences labelled, in
// which the source stands on one side of the cue; in a fourth there is one on either
// side, and the one on the other side is nearer.
func TestFillersAreProposedWhereTheAnnotatorUsuallyFindsThem(t *testing.T) {
	for _, test := range []struct{ before, usual, last, nearest, wanted string }{
		{"Source", "before the cue", "Dora now said Egil was late.", "Egil", "Dora"},
		{"Claim", "after the cue", "Dora said now Egil was late.", "Dora", "Egil"},
	} {
		t.Run(test.usual, func(t *testing.T) {
			d := newDesk(t, "Anders then told ropes. Birgit then told nets. Carl then told sails.\n\n"+test.last)
			d.span("Source", "Dora")
			d.span("Source", "Egil")
			cue := d.span("Cue", "said")
			propose := func() string {
				d.Focus(cue.ID)
				require.NoError(t, d.Assemble())
				proposed, _ := d.Assembling()
				d.Cancel()
				return d.arguments(proposed)["source"]
			}
			require.Equal(t, test.nearest, propose(), "without any habit the nearest")

			text := d.Body().Text()
			for _, names := range []string{"Anders ropes", "Birgit nets", "Carl sails"} {
				first, last, _ := strings.Cut(names, " ")
				r := &annotate.Relation{ID: annotate.NewID(), Document: d.Document().ID, Annotator: "asha", Label: "attribution"}
				roles := map[string]string{"Source": "source", "Claim": "content"}
				after := map[string]string{"Source": "Claim", "Claim": "Source"}[test.before]
				told := strings.Index(text, first+" then told") + len(first+" then ")
				d.Select(annotate.Fragment{Start: told, End: told + len("told")})
				require.NoError(t, d.Label("Cue"))
				cue := d.FocusedSpan()
				r.Arguments = []annotate.Argument{
					{Role: roles[test.before], Span: d.span(test.before, first).ID},
					{Role: "cue", Span: cue.ID},
					{Role: roles[after], Span: d.span(after, last).ID},
				}
				require.NoError(t, d.edit(annotate.Change{After: r}))
			}
			d.saved()
			propose() // has what was committed counted
			d.until(func() bool { return d.links.fresh[habitsKey] })
			require.Equal(t, test.wanted, propose())
		})
	}
}

func TestOnlyWhatTheAnnotatorDidIsAHabit(t *testing.T) {
	d := newDesk(t, quarrel)
	source := d.span("Source", "she")
	r := &annotate.Relation{ID: annotate.NewID(), Document: d.Document().ID, Annotator: "asha", Label: "attribution", Arguments: []annotate.Argument{
		{Role: "source", Span: source.ID}, {Role: "cue", Span: d.span("Cue", "said").ID}, {Role: "content", Implicit: true},
	}}
	require.NoError(t, d.edit(annotate.Change{After: r}))
	d.saved()
	for annotator, want := range map[string][]string{"asha": {"source cue 15 19", "cue source 19 15"}, "ben": nil} {
		pairs, err := d.project.Pairs(annotator)
		require.NoError(t, err)
		var found []string
		for _, p := range pairs {
			found = append(found, fmt.Sprintf("%s %s %d %d", p.Role, p.Other, p.Here.Start, p.There.Start))
		}
		require.ElementsMatch(t, want, found)
	}
}

func TestWithoutHabitsTheNearestIsTheLikeliestOnEitherSide(t *testing.T) {
	here, key := annotate.Fragment{Start: 1000, End: 1010}, habit{"attribution", "cue", "source"}
	for _, gap := range []int{1, 9, 40, 200, 900} {
		before := annotate.Fragment{Start: here.Start - gap - 5, End: here.Start - gap}
		after := annotate.Fragment{Start: here.End + gap, End: here.End + gap + 5}
		farther := annotate.Fragment{Start: here.End + 4*gap + 8, End: here.End + 4*gap + 20}
		require.InDelta(t, habits(nil).likelihood(key, here, before), habits(nil).likelihood(key, here, after), 1e-9)
		require.Greater(t, habits(nil).likelihood(key, here, after), habits(nil).likelihood(key, here, farther))
	}
}
