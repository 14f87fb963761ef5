package session

import (
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/store"
)

// seenBy says what ben sees of asha's work in the first document.
type seenBy struct {
	mentions, before, threads, threadsListed, talked int
	assigned                                         []string
}

func (d *desk) sees(trust annotate.ID) seenBy {
	d.t.Helper()
	words := annotate.Fold("the Trust")
	d.until(func() bool {
		d.linkedBefore(words)
		d.MentionCount(trust)
		return d.links.fresh[words] && d.links.fresh[countsKey]
	})
	clear(d.List().pages) // what was read before says nothing of now
	d.List().Refresh()
	d.until(func() bool { _, ok := d.List().Row(0); return ok })
	row, _ := d.List().Row(0)
	var tally *store.Tally
	d.List().Tally(func(t store.Tally) { tally = &t })
	d.until(func() bool { return tally != nil })
	return seenBy{d.MentionCount(trust), len(d.linkedBefore(words)), d.OpenThreadsHere(), row.Threads, tally.Talked, d.Assigned()}
}

func TestOfABlindProjectNothingOfOthersIsSeen(t *testing.T) {
	d := actors(t)
	d.span("Actor", "the Trust")
	trust := d.link("lagoon", 1)
	require.NotNil(t, trust)
	document, span := d.Document().ID, d.FocusedSpan().ID
	about := func(text string, span annotate.ID) *annotate.Comment {
		c := annotate.NewComment(document, "asha", text)
		c.Span = span
		return c
	}
	changes := []annotate.Change{{Annotator: "asha", After: about("is this whole?", span)}, {Annotator: "asha", After: about("is this one?", "")}}
	for _, name := range []string{"asha", "ben"} {
		changes = append(changes, annotate.Change{Annotator: "asha", After: &annotate.Assignment{Document: document, Annotator: name}})
	}
	_, err := d.Project().Apply(changes...)
	require.NoError(t, err)
	path := d.path
	d.getUp()

	ben := sitDown(t, path, "ben")
	require.Equal(t, seenBy{1, 1, 2, 2, 1, []string{"asha", "ben"}}, ben.sees(trust.ID))
	require.NoError(t, ben.Project().SetBlind(true))
	require.NoError(t, ben.Refresh())
	ben.until(func() bool { return len(ben.Assigned()) == 1 })
	require.Equal(t, seenBy{0, 0, 1, 1, 1, []string{"ben"}}, ben.sees(trust.ID))
}

func TestTheListIsFilteredByWhoADocumentIsAssignedTo(t *testing.T) {
	d := newDesk(t, first, second)
	id := d.Document().ID
	_, err := d.Project().Apply(annotate.Change{Annotator: "lead", After: &annotate.Assignment{Document: id, Annotator: "asha"}})
	require.NoError(t, err)
	for filter, want := range map[string]int{"for:me": 1, "for:asha": 1, "for:ben": 0, "": 2} {
		d.List().SetFilter(filter)
		d.until(func() bool { return d.List().Len() == want })
	}
}
