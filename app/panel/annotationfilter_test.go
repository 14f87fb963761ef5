package panel

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/session"
)

func TestAnnotationsAreFiltered(t *testing.T) {
	d := newDesk(t, article())
	p := NewAnnotations(d.Session)
	w := show(t, p.Object(), 300, 300)
	claim := d.label("Claim", "Not one litre has left the lake,")
	require.NoError(t, d.SetAttribute(claim.ID, "type", annotate.Text("denial"), true))
	d.label("Claim", "and the gauges show it.")
	require.NoError(t, d.SetNote(d.Focused(), "Whose gauges?"))
	d.label("Source", "the Velland water minister")
	require.NoError(t, d.ToggleFlag("unsure"))
	for filter, want := range map[string][]string{
		"":               {"Not one litre has left the lake,", "the Velland water minister", "and the gauges show it."},
		"claim":          {"Not one litre has left the lake,", "and the gauges show it."},
		"LAKE litre":     {"Not one litre has left the lake,"},
		"whose":          {"and the gauges show it."},
		"flag:unsure":    {"the Velland water minister"},
		"flag:any":       {"the Velland water minister"},
		"flag:discuss":   nil,
		"lacks:type":     {"and the gauges show it."},
		"lacks:type lit": nil,
	} {
		p.filter.SetText(filter)
		assert.Equal(t, want, p.list.texts(), filter)
	}
	assert.Equal(t, "0 OF 3 HERE", func() string { p.filter.SetText("none such"); return p.object.heading.text }())

	p.filter.SetText("")
	w.Canvas().Focus(p.list)
	w.Canvas().Focused().TypedRune('g')
	require.Equal(t, "g", p.filter.Text, "typing in the list filters")
	press(p.filter, fyne.KeyEscape)
	require.Empty(t, p.filter.Text)
	require.Equal(t, spansHeading, p.object.heading.text)
}

func TestViolationsAreListedAndLedTo(t *testing.T) {
	d := newDeskWith(t, []byte(recordScheme), article())
	p := NewAnnotations(d.Session)
	w := show(t, p.Object(), 300, 300)
	q, err := d.AddRecord("question", "")
	require.NoError(t, err)
	span := d.label("Evidence", "insisted")
	require.NoError(t, d.SetAttribute(span.ID, "colour", annotate.Text("red"), true))
	p.ListViolations(w.Canvas())
	assert.Equal(t, "VIOLATIONS 5", p.object.heading.text)
	assert.Equal(t, []string{
		"the scheme gives it no attribute colour",
		"question is not set", "record question needs at least 1 answer and has 0",
		"claim is not set", "verdict is not set",
	}, p.list.texts())
	assert.Equal(t, []string{"Evidence", "question", "document"}, []string{p.row(0).label, p.row(1).label, p.row(4).label})
	var shown annotate.ID
	d.Subscribe(func(e session.Event) {
		if e.Is(session.Shown) {
			shown = e.Record
		}
	})
	d.Focus("")
	press(p.list, fyne.KeyReturn)
	assert.Equal(t, span.ID, d.Focused())
	press(p.list, fyne.KeyDown, fyne.KeyReturn)
	assert.Equal(t, q, shown)
	p.filter.SetText("has:violations verdict")
	assert.Equal(t, "VIOLATIONS 1", p.object.heading.text)
	require.NoError(t, d.SetDocumentLabel("verdict", annotate.Text("refuted"), true))
	assert.Empty(t, p.list.texts(), "it follows the work")
}
