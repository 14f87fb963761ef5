package session

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// offered returns the titles of what can be done with somebody's work.
func (d *desk) offered(annotator string) []string {
	var titles []string
	for _, m := range d.Moves() {
		if m.Annotator == annotator {
			titles = append(titles, m.Title)
		}
	}
	return titles
}

// do makes the move of that title.
func (d *desk) do(annotator, title, comment string) {
	d.t.Helper()
	for _, m := range d.Moves() {
		if m.Annotator == annotator && m.Title == title {
			require.NoError(d.t, d.Move(m, comment))
			d.saved()
			return
		}
	}
	d.t.Fatalf("%q is not offered, only %v", title, d.Moves())
}

// opens makes a document current.
func (d *desk) opens(name string) {
	d.t.Helper()
	require.NoError(d.t, d.OpenFirst(name))
	d.until(func() bool { return d.Document() != nil && d.Document().Name == name })
}

func TestWorkGoesFromItsAnnotatorToAReviewerAndBack(t *testing.T) {
	asha := newDesk(t, first, second)
	path := asha.path
	require.NoError(t, asha.Project().SetDuties("lead", map[string]annotate.Duty{"rita": annotate.Reviewing, "asha": annotate.Annotating}))
	require.NoError(t, asha.Refresh())
	asha.span("Claim", "minister")
	assert.Equal(t, []string{"Submit for review"}, asha.offered("asha"))
	asha.do("asha", "Submit for review", "")
	assert.Equal(t, annotate.InReview, asha.Own().Status())
	assert.Equal(t, []string{"Reopen"}, asha.offered("asha"))
	asha.getUp()

	rita := sitDown(t, path, "rita")
	assert.Equal(t, "a.txt", rita.Document().Name, "what is in review is what a reviewer begins with")
	assert.Equal(t, []string{"Accept as final", "Return with a comment"}, rita.offered("asha"))
	require.ErrorContains(t, rita.Move(Move{Annotator: "asha", To: annotate.Returned}, " "), "returned with a comment")
	rita.do("asha", "Return with a comment", "the cue, too")
	assert.Equal(t, annotate.Returned, rita.Works()[0].Status())
	assert.Equal(t, annotate.New, rita.Own().Status(), "who reviews has not begun to label")
	rita.Undo()
	rita.until(func() bool { return len(rita.Works()) == 1 && rita.Works()[0].Status() == annotate.InReview })
	rita.do("asha", "Return with a comment", "the cue, too")
	rita.getUp()

	asha = sitDown(t, path, "asha")
	assert.Equal(t, "a.txt", asha.Document().Name)
	assert.Equal(t, "the cue, too", asha.Own().Review.Comment)
	require.NoError(t, asha.Finish(), "what was returned is handed in again")
	asha.until(func() bool { return asha.Document().Name == "b.txt" })
	asha.getUp()

	rita = sitDown(t, path, "rita")
	rita.do("asha", "Accept as final", "")
	require.NoError(t, rita.Finish())
	assert.Equal(t, "Nothing else waits for review.", rita.Message().Text)
	assert.Equal(t, annotate.New, rita.Own().Status())
	rita.getUp()

	asha = sitDown(t, path, "asha")
	asha.opens("a.txt")
	assert.Empty(t, asha.Moves())
	asha.Select(asha.place("denied"))
	require.ErrorContains(t, asha.Label("Cue"), `document "a.txt" is final: rita accepted it; take it up again first`)
	assert.Equal(t, 1, asha.Layer().SpanCount())
	require.NoError(t, asha.Say(Writing{Subject: asha.Document().ID}, "why final?"), "it can be talked about")
	require.NoError(t, asha.Finish(), "Ctrl+Enter goes on")
	asha.until(func() bool { return asha.Document().Name == "b.txt" })
}

func TestWithoutDutiesEverybodyMayDoEverything(t *testing.T) {
	d := newDesk(t, first)
	d.span("Claim", "minister")
	d.do("asha", "Accept as final", "")
	require.Error(t, d.SetNote(d.focused, "late"))
	assert.Equal(t, []string{"Submit for review", "Return with a comment", "Reopen"}, d.offered("asha"))
	d.do("asha", "Reopen", "")
	assert.Equal(t, annotate.InProgress, d.Own().Status())
	require.NoError(t, d.SetNote(d.focused, "late"))
}

func TestAReviewerOfABlindProjectSeesTheWorkOfOthers(t *testing.T) {
	asha := newDesk(t, first)
	path := asha.path
	require.NoError(t, asha.Project().SetBlind(true))
	asha.span("Claim", "minister")
	asha.do("asha", "Submit for review", "")
	asha.getUp()
	ben := sitDown(t, path, "ben")
	assert.Empty(t, ben.Works())
	assert.Empty(t, ben.offered("asha"))
	require.NoError(t, ben.Project().SetDuties("lead", map[string]annotate.Duty{"ben": annotate.Reviewing}))
	require.NoError(t, ben.Refresh())
	ben.until(func() bool { return len(ben.Works()) == 1 })
	assert.NotEmpty(t, ben.offered("asha"))
	assert.False(t, ben.Blind())
}

func TestTheFilterKnowsStatesOfReview(t *testing.T) {
	d := newDesk(t, first, second)
	d.span("Claim", "minister")
	d.do("asha", "Submit for review", "")
	id := d.Document().ID
	_, err := d.Project().Apply(annotate.Change{Annotator: "lead", After: &annotate.Assignment{Document: id, Annotator: "asha"}})
	require.NoError(t, err)
	for _, test := range []struct {
		filter string
		want   int
	}{{"state:in-review", 1}, {"state:done", 1}, {"state:returned", 0}, {"state:final", 0}, {"state:new", 1}, {"assigned:me", 1}, {"assigned:ben", 0}, {"", 2}} {
		d.List().SetFilter(test.filter)
		d.until(func() bool { return d.List().Len() == test.want })
	}
}
