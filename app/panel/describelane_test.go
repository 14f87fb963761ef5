package panel

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

func TestASpanOfALaneIsShownToBeRead(t *testing.T) {
	d, n, _, mine := inspect(t)
	d.until(func() bool { return d.Saved().Pending == 0 })
	document := d.Document().ID
	claim := &annotate.Span{
		ID: annotate.NewID(), Document: document, Annotator: "ben", Label: "Claim", Flag: "unsure", Note: "all of it?",
		Fragments: mine.Fragments, Attributes: map[string]annotate.Value{"type": annotate.Text("denial"), "sure": annotate.Bool(true)},
	}
	cue := &annotate.Span{ID: annotate.NewID(), Document: document, Annotator: "ben", Label: "Cue", Fragments: []annotate.Fragment{{Start: 40, End: 48}}}
	relation := &annotate.Relation{ID: annotate.NewID(), Document: document, Annotator: "ben", Label: "attribution", Arguments: []annotate.Argument{
		{Role: "source", Implicit: true}, {Role: "cue", Span: cue.ID, Document: document}, {Role: "content", Span: claim.ID, Document: document},
	}}
	for _, s := range []annotate.State{claim, cue, relation} {
		_, err := d.Project().Apply(annotate.Change{Annotator: "ben", After: s})
		require.NoError(t, err)
	}
	require.NoError(t, d.ToggleLanes())
	d.until(func() bool { return len(d.Lanes()) == 1 })

	d.FocusForeign(claim.ID)
	said := map[string][]string{}
	for _, f := range n.fields {
		for _, it := range f.items {
			said[f.name] = append(said[f.name], it.text)
		}
		assert.NotEqual(t, noteField, f.kind, "nothing of it can be typed")
	}
	assert.Equal(t, map[string][]string{
		"type": {"denial"}, "sure": {"true"}, "flag": {"⚑ unsure"},
		"attribution": {"source", "implicit", "cue", "“" + d.Quote(cue, 44) + "”", "content", "“Not one litre has left the lake,”"},
	}, said)
	assert.Contains(t, n.fields[1].text, "ben")
	assert.True(t, slices.ContainsFunc(n.fields, func(f field) bool { return f.text == "Note: all of it?" }))

	f := n.flow(t, "relation "+string(relation.ID))
	_, at := f.item(t, "“"+d.Quote(cue, 44)+"”")
	click(f, at)
	focused, _ := d.Foreign()
	assert.Equal(t, cue.ID, focused.ID, "what it is related to can be followed")

	require.NoError(t, d.Say(n.entryField(t, "comment").writing, "Where does it end?"))
	d.until(func() bool { return d.Saved().Pending == 0 })
	assert.Equal(t, 1, d.OpenThreads(cue.ID))
	d.Cancel()
	assert.Contains(t, n.fields[0].text, "Sweep over words", "nothing has the focus")
}

// entryField returns the field whose name begins so.
func (n *Inspector) entryField(t *testing.T, name string) *field {
	t.Helper()
	for i := range n.fields {
		if n.fields[i].name == name {
			return &n.fields[i]
		}
	}
	t.Fatalf("there is no field %s", name)
	return nil
}
