package panel

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/store"
)

func TestFiltersAreWordsOfWhichOneOfAKindCounts(t *testing.T) {
	d := newDesk(t, article(), annotate.NewDocument("other", "A text."))
	documents := NewDocuments(d.Session)
	documents.filter.SetText("minister")
	for _, step := range [][2]string{
		{"state:done", "minister state:done"},
		{"state:new", "minister state:new"},
		{"has:threads", "minister state:new has:threads"},
		{"has:violations", "minister state:new has:threads has:violations"},
		{"has:threads", "minister state:new has:violations"},
		{"state:new", "minister has:violations"},
	} {
		documents.toggleFilter(step[0])
		require.Equal(t, step[1], documents.filter.Text)
	}
	documents.filter.SetText("state:done")
	d.until(func() bool { return d.List().Len() == 0 })
	assert.Equal(t, "nothing matches “state:done”", documents.tally.text)
}

func TestTheFilterOffersWhatTheSchemeHas(t *testing.T) {
	scheme := &annotate.Scheme{Revision: 2, Flags: []annotate.Flag{{Name: "ask again"}}}
	tally := store.Tally{Progress: store.Progress{Total: 10, Done: 4, InProgress: 1}, Flags: map[string]int{"ask again": 3}, Talked: 2, Behind: 1, Broken: 5}
	found := map[string]int{}
	for _, c := range filterChoices(scheme, tally) {
		found[c.word] = c.count
	}
	assert.Equal(t, map[string]int{
		"state:new": 5, "state:doing": 1, "state:done": 4, "scheme:old": 1, "flag:ask-again": 3, "has:threads": 2, "has:violations": 5,
	}, found)
	scheme.Revision = 0
	for _, c := range filterChoices(scheme, tally) {
		assert.NotEqual(t, "scheme:old", c.word, "nothing is older than the first scheme")
	}
}

func TestADocumentDoneUnderAnOlderSchemeIsMarked(t *testing.T) {
	d := newDesk(t, article(), annotate.NewDocument("other", "A text."))
	documents, header := NewDocuments(d.Session), NewHeader(d.Session)
	require.NoError(t, d.SetStatus(annotate.Done))
	d.settle()
	require.Equal(t, "●", documents.row(0).mark)
	before, err := d.Project().Scheme()
	require.NoError(t, err)
	after := before.Clone()
	after.Revision = 1
	_, err = d.Project().Apply(annotate.Change{Annotator: "asha", Before: before, After: after})
	require.NoError(t, err)
	require.NoError(t, d.Refresh())
	d.settle()
	require.Equal(t, behindMark, documents.row(0).mark)
	require.Contains(t, header.standing(), "done under scheme 0, now 1")
	require.NoError(t, d.Confirm())
	require.Equal(t, "●", documents.row(0).mark)
	require.NotContains(t, header.standing(), "done under")
}
