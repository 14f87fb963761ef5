package panel

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

func TestClickOnALabelLabelsTheSelection(t *testing.T) {
	d := newDesk(t, article())
	p := NewPalette(d.Session)
	show(t, p.Object(), 300, 200)
	d.Select(annotate.Fragment{Start: 3, End: 6})
	returned := false
	p.OnLeave = func() { returned = true }

	click(p.list.shownRow(t, 0), fyne.NewPos(60, 10))

	span := d.FocusedSpan()
	require.NotNil(t, span)
	assert.Equal(t, "Claim", span.Label)
	assert.Equal(t, "Not", span.Covered(articleText))
	assert.Equal(t, "1", p.list.shownRow(t, 0).content.count)
	assert.True(t, returned, "the work goes on in the text")
}

func TestClickWithoutASelectionArmsAndDisarms(t *testing.T) {
	d := newDesk(t, article())
	p := NewPalette(d.Session)
	show(t, p.Object(), 300, 200)
	row := p.list.shownRow(t, 1)
	click(row, fyne.NewPos(60, 10))
	assert.Equal(t, "Source", d.Armed())
	assert.Equal(t, "#0072b2", row.content.tint)
	click(row, fyne.NewPos(60, 10))
	assert.Empty(t, d.Armed())
	assert.Empty(t, row.content.tint)
}

func TestGuidelineIsOfWhatIsPointedAtThenFocusedThenArmed(t *testing.T) {
	d := newDesk(t, article())
	p := NewPalette(d.Session)
	show(t, p.Object(), 300, 200)
	assert.Equal(t, "Label who says what.", p.meaning.source, "nothing chosen: what the scheme is for")

	require.NoError(t, d.Label("Claim"))
	assert.Equal(t, "Take the whole quotation without its marks.\n\n> “We won.”", p.meaning.source)

	d.Cancel()
	d.label("Cue", "insisted")
	assert.Equal(t, "The scheme has no guideline for this.", p.meaning.source)
	p.list.shownRow(t, 0).MouseIn(&desktop.MouseEvent{})
	assert.Equal(t, "Take the whole quotation without its marks.\n\n> “We won.”", p.meaning.source)
	p.list.shownRow(t, 0).MouseOut()
	press(p.list, fyne.KeyDown, fyne.KeyUp)
	assert.Equal(t, "Take the whole quotation without its marks.\n\n> “We won.”", p.meaning.source, "the keyboard points too")
	p.list.FocusLost()
	p.Explain("**denial** Rejects.")
	assert.Equal(t, "**denial** Rejects.", p.meaning.source)
}

func TestManyLabelsScroll(t *testing.T) {
	d := newDesk(t, article())
	for _, label := range []string{"D", "E", "F", "G", "H", "I", "J", "K", "L", "M"} {
		d.Scheme().Spans = append(d.Scheme().Spans, annotate.SpanLabel{Label: label, Color: "#7f7f7f"})
	}
	p := NewPalette(d.Session)
	show(t, p.Object(), 300, 160)
	press(p.list, fyne.KeyEnd)
	assert.Equal(t, "M", p.list.shownRow(t, 12).content.text)
	assert.Positive(t, p.list.scroll.Offset.Y)
}
