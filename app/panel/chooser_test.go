package panel

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

const actorScheme = `
name: actors
concepts: [person, body]
spans:
  - {label: Actor, key: "1", attributes: [{name: who, kind: concept}]}
`

// chooserOf returns the chooser of the inspector's line, with the keyboard.
func chooserOf(t *testing.T, n *Inspector, w fyne.Window) *chooser {
	t.Helper()
	require.True(t, n.FocusConcept())
	c := n.line(t, "attribute who").(*pairLine).value.(*chooser)
	require.Same(t, c.entry, w.Canvas().Focused())
	return c
}

func TestAFewLettersAndEnterLinkToAConcept(t *testing.T) {
	d := newDeskWith(t, []byte(actorScheme), article())
	minister, err := d.AddConcept("person", "Ada Velland")
	require.NoError(t, err)
	council := annotate.NewConcept("body", "Orsa Council")
	council.Aliases = []string{"the council"}
	_, err = d.AddConcept("body", "Orsa Courier")
	require.NoError(t, err)
	d.settle()
	_, err = d.Project().Apply(annotate.Change{Annotator: "asha", After: council})
	require.NoError(t, err)
	require.NoError(t, d.Refresh())
	span := d.label("Actor", "the council")
	n := NewInspector(d.Session)
	left := 0
	n.OnLeave = func() { left++ }
	w := show(t, n.Object(), 306, 600)
	linked := func() *annotate.Concept { return d.ConceptOf(d.Layer().Span(span.ID)) }

	c := chooserOf(t, n, w)
	assert.Equal(t, []string{"Orsa Council (the council) · body", "new “the council” · person", "new “the council” · body"}, c.list.texts())
	test.Type(c.entry, "ors")
	assert.Equal(t, []string{"Orsa Council · body", "Orsa Courier · body", "new “ors” · person", "new “ors” · body"}, c.list.texts())
	press(c.entry, fyne.KeyDown, fyne.KeyUp, fyne.KeyDown, fyne.KeyReturn)
	assert.Equal(t, "Orsa Courier", linked().Name)
	assert.Equal(t, 1, left)
	assert.Equal(t, "Orsa Courier", c.entry.Text)

	w.Canvas().Unfocus()
	c = chooserOf(t, n, w)
	test.Type(c.entry, "vel")
	press(c.entry, fyne.KeyEscape)
	w.Canvas().Unfocus()
	assert.Equal(t, "Orsa Courier", linked().Name, "Esc leaves all as it was")
	assert.Equal(t, "Orsa Courier", c.entry.Text)
	assert.False(t, c.list.Visible())

	c = chooserOf(t, n, w)
	test.Type(c.entry, "vel")
	click(c.list.shownRow(t, 0), fyne.NewPos(20, 5))
	assert.Equal(t, minister, linked())

	w.Canvas().Unfocus()
	c = chooserOf(t, n, w)
	press(c.entry, fyne.KeyDelete)
	assert.Nil(t, linked())
	assert.Empty(t, c.entry.Text)

	w.Canvas().Unfocus()
	c = chooserOf(t, n, w)
	test.Type(c.entry, "Town hall")
	press(c.entry, fyne.KeyDown, fyne.KeyReturn)
	assert.Equal(t, &annotate.Concept{ID: linked().ID, Kind: "body", Name: "Town hall"}, linked())
	d.settle()
	d.until(func() bool { return c.said.text == "body · 1 mention" })
}

func TestTheListOfAnnotationsNamesConcepts(t *testing.T) {
	d := newDeskWith(t, []byte(actorScheme), article())
	council, err := d.AddConcept("body", "Orsa Council")
	require.NoError(t, err)
	span := d.label("Actor", "the council")
	require.NoError(t, d.SetAttribute(span.ID, "who", annotate.Text(string(council.ID)), true))
	a := NewAnnotations(d.Session)
	assert.Equal(t, []string{"the council = Orsa Council"}, a.list.texts())
}

func TestWithoutConceptsNoLineIsForThem(t *testing.T) {
	_, n, _, _ := inspect(t)
	assert.False(t, n.FocusConcept())
}

func TestARecordIsLinkedToAConceptInTheForm(t *testing.T) {
	d := newDeskWith(t, []byte(`
name: checks
spans: [{label: Evidence, key: "1"}]
records:
  - {label: speaker, attributes: [{name: who, kind: concept}, {name: role, kind: text}]}
`), article())
	f := NewForm(d.Session)
	w := show(t, FormSide(f), 480, 700)
	id, err := d.AddRecord("speaker", "")
	require.NoError(t, err)
	f.enter(id)
	field, ok := w.Canvas().Focused().(*entry)
	require.True(t, ok)
	test.Type(field, "Ada Velland")
	press(field, fyne.KeyReturn)
	d.settle()
	value := d.Layer().Record(id).Attributes["who"]
	assert.Equal(t, "Ada Velland", d.LinkedName(value))
	assert.Equal(t, "Ada Velland", f.saysOf(d.Layer().Record(id)))
	assert.NotSame(t, field, w.Canvas().Focused(), "Enter goes on to the next field")
	linked, err := d.Project().Linked(annotate.ID(value.String()))
	require.NoError(t, err)
	assert.Len(t, linked, 1)
}
