package session

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// listed returns what the list of mentions shows, once it is read.
func (d *desk) listed(n int) (rows []string) {
	d.t.Helper()
	m := d.Mentions()
	d.until(func() bool { return m.Len() == n && !m.reading && !m.stale })
	for i := range m.Len() {
		row, ok := m.Row(i)
		require.True(d.t, ok)
		rows = append(rows, row.Document+": "+row.Before+"["+row.Words+"]"+row.After)
	}
	return rows
}

// trustEverywhere links five mentions in three documents to one concept.
func trustEverywhere(t *testing.T) (*desk, *annotate.Concept) {
	t.Helper()
	d := actors(t)
	d.span("Actor", "Lagoon Trust")
	trust := d.link("", 1)
	for _, at := range []struct{ document, words string }{
		{"a.txt", "the Trust"}, {"b.txt", "The Trust"}, {"c.txt", "Lagoon Trust"}, {"c.txt", "Tollen"},
	} {
		d.turn(at.document)
		d.span("Actor", at.words)
		require.Same(t, trust, d.link("lagoon", 0))
	}
	return d, trust
}

func TestMentionsOfAllDocumentsAreListedWithTheirContext(t *testing.T) {
	d, trust := trustEverywhere(t)
	d.Choose(trust.ID)
	assert.Equal(t, []string{
		"a.txt: The [Lagoon Trust] denies it. Mara Tollen says the Trust knew.",
		"a.txt: The Lagoon Trust denies it. Mara Tollen says [the Trust] knew.",
		"b.txt: President Mara Tollen spoke. [The Trust] was silent.",
		"c.txt: [Tollen] left the Lagoon Trust.",
		"c.txt: Tollen left the [Lagoon Trust].",
	}, d.listed(5))
	assert.Same(t, trust, d.Chosen())

	require.True(t, d.Mentions().Open(2))
	d.until(func() bool { return d.awaited == "" })
	assert.Equal(t, "b.txt", d.Document().Name)
	assert.Equal(t, "The Trust", d.Quote(d.FocusedSpan(), 20))
	assert.Nil(t, d.Chosen(), "the annotation is looked at now")
	assert.Equal(t, trust, d.Mentions().Concept())
}

func TestMarkedMentionsAreLinkedToAnotherConceptAtOnce(t *testing.T) {
	d, trust := trustEverywhere(t)
	d.Choose(trust.ID)
	d.listed(5)
	m := d.Mentions()
	m.Mark(2)
	m.Mark(3)
	m.Mark(4)
	m.Mark(4)
	assert.Equal(t, 2, m.MarkedCount())
	offers := m.Offers("Another trust")
	require.NotEmpty(t, offers)
	m.Split(offers[len(offers)-1])
	d.listed(3)
	found := d.Concepts().Find("another")
	require.Len(t, found, 1)
	assert.Equal(t, "organisation", found[0].Kind, "the kind of what it was taken from")
	d.Choose(found[0].ID)
	assert.Equal(t, []string{
		"b.txt: President Mara Tollen spoke. [The Trust] was silent.", "c.txt: [Tollen] left the Lagoon Trust.",
	}, d.listed(2))

	d.Undo()
	d.saved()
	assert.Equal(t, 1, d.Concepts().Len(), "the new concept goes with its links")
	d.Choose(trust.ID)
	d.listed(5)
	d.Redo()
	d.listed(3)
	findings, err := d.Project().Check()
	require.NoError(t, err)
	assert.Empty(t, findings)
}

func TestMergedMentionsAreOneListAndSplitAgain(t *testing.T) {
	d, trust := trustEverywhere(t)
	other, err := d.AddConcept("person", "Mara Tollen")
	require.NoError(t, err)
	d.turn("a.txt")
	d.span("Actor", "Mara Tollen")
	require.Same(t, other, d.link("mara", 0))
	require.NoError(t, d.Merge(trust.ID, other.ID))
	d.saved()
	d.Choose(trust.ID)
	d.listed(6)
	m := d.Mentions()
	m.Mark(1) // hers already
	m.Mark(2)
	m.Split(Offer{Concept: other, Name: other.Name})
	d.saved()
	d.until(func() bool { return m.MarkedCount() == 0 })
	d.listed(6)
	require.NoError(t, d.Unmerge(other.ID))
	d.saved()
	d.listed(4)
	d.Choose(other.ID)
	d.listed(2)
}

func TestWhatOthersLinkedIsShownAndLeftAlone(t *testing.T) {
	d := actors(t)
	d.span("Actor", "Lagoon Trust")
	trust := d.link("", 1)
	theirs := &annotate.Span{
		ID: annotate.NewID(), Document: d.Document().ID, Annotator: "ben", Label: "Actor", Fragments: []annotate.Fragment{{Start: 28, End: 39}},
		Attributes: map[string]annotate.Value{"actor": annotate.Text(string(trust.ID))},
	}
	_, err := d.Project().Apply(annotate.Change{Annotator: "ben", After: theirs})
	require.NoError(t, err)
	d.Choose(trust.ID)
	assert.Equal(t, "a.txt: The Lagoon Trust denies it. [Mara Tollen] says the Trust knew.", d.listed(2)[1])
	d.Mentions().Mark(1)
	assert.Zero(t, d.Mentions().MarkedCount())
	assert.Contains(t, d.Message().Text, "ben’s annotation")
	require.True(t, d.Mentions().Open(1))
	assert.Equal(t, "Mara Tollen", d.words(d.Selection()))
}
