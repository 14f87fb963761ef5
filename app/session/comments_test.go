package session

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/store"
)

// said returns "author: text" of every comment about a subject, thread by thread.
func (d *desk) said(subject annotate.ID) []string {
	var lines []string
	for _, t := range d.Threads(subject) {
		for _, c := range t.Comments {
			lines = append(lines, c.Annotator+": "+c.Text)
		}
	}
	return lines
}

func (d *desk) thread(subject annotate.ID) Writing {
	d.t.Helper()
	threads := d.Threads(subject)
	require.Len(d.t, threads, 1)
	return Writing{Subject: subject, Thread: threads[0].ID}
}

// as closes the project and opens it as another person.
func (d *desk) as(annotator string) *desk {
	d.t.Helper()
	d.getUp()
	return sitDown(d.t, d.path, annotator)
}

func TestAThreadIsBegunAnsweredResolvedAndReopened(t *testing.T) {
	d := newDesk(t, first)
	claim := d.span("Claim", "denied the leak")
	require.Equal(t, claim.ID, d.Subject())
	require.NoError(t, d.Say(Writing{Subject: claim.ID}, " a denial?\n"))
	require.Equal(t, "Commented.", d.Message().Text)
	require.True(t, slices.ContainsFunc(d.events, func(e Event) bool {
		return e.Is(Edited) && len(e.Spans) == 0 && slices.Contains(e.Dirty, claim.Extent())
	}), "the chip is painted again")
	require.Equal(t, []string{"asha: a denial?"}, d.said(claim.ID))
	require.Equal(t, 1, d.OpenThreads(claim.ID))
	require.NoError(t, d.Say(d.thread(claim.ID), "see 2.3"))
	require.Equal(t, "Answered.", d.Message().Text)
	require.NoError(t, d.Resolve(d.thread(claim.ID)))
	require.Equal(t, "Thread resolved.", d.Message().Text)
	require.Equal(t, 0, d.OpenThreads(claim.ID))
	require.NoError(t, d.Reopen(d.thread(claim.ID).Thread))
	require.Equal(t, "Thread reopened.", d.Message().Text)
	require.Equal(t, 1, d.OpenThreads(claim.ID))
	require.NoError(t, d.Say(d.thread(claim.ID), " \n"), "nothing typed is nothing said")
	require.Equal(t, []string{"asha: a denial?", "asha: see 2.3", "asha: ", "asha: "}, d.said(claim.ID))

	d = d.as("asha")
	require.Equal(t, []string{"asha: a denial?", "asha: see 2.3", "asha: ", "asha: "}, d.said(claim.ID), "all of it was saved")
	for _, want := range []int{0, 1, 1} {
		d.Undo()
		d.saved()
		require.Equal(t, want, d.OpenThreads(claim.ID))
	}
	require.Equal(t, "Undone: add answer.", d.Message().Text)
	require.Equal(t, claim.ID, d.Focused(), "what was spoken of is shown")
	d.Redo()
	d.saved()
	require.Equal(t, []string{"asha: a denial?", "asha: see 2.3"}, d.said(claim.ID))
}

func TestCommentingIsNotBeginningToWork(t *testing.T) {
	d := newDesk(t, first)
	require.Equal(t, d.Document().ID, d.Subject())
	require.NoError(t, d.Say(Writing{Subject: d.Subject()}, "in the corpus by mistake?"))
	require.Equal(t, annotate.New, d.Layer().Assessment.Status)
	d.saved()
	annotators, err := d.Project().Annotators("")
	require.NoError(t, err)
	require.Empty(t, annotators)
	require.Equal(t, 1, d.OpenThreadsHere())
	rows, err := d.Project().Documents(store.DocumentQuery{})
	require.NoError(t, err)
	require.Equal(t, 1, rows[0].Threads)
}

func TestEverybodysCommentsAreReadAndOnesOwnAreChanged(t *testing.T) {
	d := newDesk(t, first)
	subject := d.Subject()
	require.NoError(t, d.Say(Writing{Subject: subject}, "why?"))
	hers := d.thread(subject)

	d = d.as("ben")
	require.Equal(t, []string{"asha: why?"}, d.said(subject))
	require.NoError(t, d.Say(hers, "because"))
	require.ErrorContains(t, d.Say(Writing{Subject: subject, Comment: hers.Thread}, "why not?"), "this comment is asha’s")
	require.Equal(t, "why not?", d.Draft(Writing{Subject: subject, Comment: hers.Thread}), "what was typed is kept")
	require.ErrorContains(t, d.DeleteComment(hers.Thread), "this comment is asha’s")
	require.Equal(t, []string{"asha: why?", "ben: because"}, d.said(subject))

	d = d.as("asha")
	require.NoError(t, d.Say(Writing{Subject: subject, Comment: hers.Thread}, "why so?"))
	require.Equal(t, []string{"asha: why so?", "ben: because"}, d.said(subject))
	require.NoError(t, d.Say(Writing{Subject: subject, Comment: hers.Thread}, "why so?"))
	d.saved()
	sentence, _ := d.Project().CanUndo("asha")
	require.Equal(t, "change comment", sentence, "the same words again are no edit")
	require.NoError(t, d.DeleteComment(hers.Thread))
	require.Equal(t, []string{"ben: because"}, d.said(subject), "the answer stays")
	require.NoError(t, d.Say(hers, "never mind"))
	require.Equal(t, []string{"ben: because", "asha: never mind"}, d.said(subject), "and can be answered")
}

func TestDeletingTakesCommentsAlongAndUndoBringsThemBack(t *testing.T) {
	d := newDesk(t, first)
	claim, target := d.span("Claim", "denied the leak"), d.span("Target", "the lake")
	relation := &annotate.Relation{
		ID: annotate.NewID(), Document: d.Document().ID, Annotator: "asha", Label: "about",
		Arguments: []annotate.Argument{{Role: annotate.Head, Span: claim.ID}, {Role: annotate.Tail, Span: target.ID}},
	}
	require.NoError(t, d.edit(creation(relation)))
	require.NoError(t, d.Say(Writing{Subject: relation.ID}, "really?"))
	d = d.as("ben")
	_, strays := d.ThreadsElsewhere()
	require.Len(t, strays, 1, "it is about asha’s relation, which his layer does not have")
	require.NoError(t, d.Say(Writing{Thread: strays[0].ID}, "I doubt it"))

	d = d.as("asha")
	here, strays := d.ThreadsElsewhere()
	require.Len(t, here, 1)
	require.Empty(t, strays)
	require.NoError(t, d.DeleteAnnotation(claim.ID))
	require.Empty(t, d.said(relation.ID))
	d.saved()
	require.False(t, d.Message().Error, d.Message().Text)
	findings, err := d.Project().Check()
	require.NoError(t, err)
	require.Empty(t, findings)
	d.Undo()
	d.saved()
	require.Equal(t, []string{"asha: really?", "ben: I doubt it"}, d.said(relation.ID))
	require.NotNil(t, d.Layer().Span(claim.ID))
}

func TestWhatIsTypedIsKeptUntilItIsSaid(t *testing.T) {
	d := newDesk(t, first)
	w := Writing{Subject: d.Subject()}
	d.SetDraft(w, "half a tho")
	require.Equal(t, []Draft{{w, d.Document().ID, "half a tho"}}, d.Drafts())
	require.NoError(t, d.Say(w, "half a thought"))
	require.Empty(t, d.Drafts())
	answer := d.thread(w.Subject)
	d.SetDraft(answer, "agreed ")
	require.NoError(t, d.Resolve(answer))
	require.Equal(t, []string{"asha: half a thought", "asha: agreed"}, d.said(w.Subject), "the last words")
	require.Empty(t, d.Drafts())
	d.SetDraft(w, "x")
	d.SetDraft(w, "  ")
	require.Empty(t, d.Drafts())

	claim := d.span("Claim", "denied the leak")
	require.NoError(t, d.Delete())
	require.Error(t, d.Say(Writing{Subject: claim.ID}, "too late"))
	require.Len(t, d.Drafts(), 1)
	require.Equal(t, "too late", d.Drafts()[0].Text)
	d.ForgetDrafts()
	require.Empty(t, d.Drafts())
	require.Error(t, d.Resolve(Writing{Subject: claim.ID, Thread: "gone"}))
	require.ErrorContains(t, d.Reopen("gone"), "the thread is gone")
}

func TestWhatAnotherProgramSaidIsTakenIn(t *testing.T) {
	d := newDesk(t, first)
	subject := d.Subject()
	other, err := store.Open(d.path)
	require.NoError(t, err)
	_, err = other.Apply(annotate.Change{Annotator: "ben", After: annotate.NewComment(subject, "ben", "hello")})
	require.NoError(t, err)
	require.NoError(t, other.Close())
	require.NoError(t, d.Refresh())
	d.until(func() bool { return d.OpenThreads(subject) == 1 })
	require.NoError(t, d.Say(d.thread(subject), "hello ben"))
	require.Equal(t, []string{"ben: hello", "asha: hello ben"}, d.said(subject))
}
