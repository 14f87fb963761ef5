package docview

import (
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/theme"
	"spanwright/app/typeset"
)

// invisible has one of every kind of invisible character.
const invisible = "Tab\there, 5\u00a0km, 3\u202f000 and thin\u2009space, soft\u00adhyphen, zero\u200bwidth, word\u2060joiner.\n" +
	"Marks\u200e of\u200f direction\u061c, \u202aembedded\u202c, \u202doverridden\u202c, \u2066isolated\u2069.\n\n" +
	"Controls \x02\x1b\u009b, a\u200cb\u200dc, \ufeff👨‍👩‍👧, over\u2028"

func TestInvisibleCharactersAreMarkedOnRequest(t *testing.T) {
	d := sitDown(t, fyne.NewSize(560, 330), []string{invisible, "other"}, span(t, invisible, "01", "Claim", "3\u202f000 and thin"), span(t, invisible, "02", "Source", "overridden"))
	golden(t, "invisibles-off", d.window.Canvas().Capture())
	d.SetInvisibles(true)
	golden(t, "invisibles-light", d.window.Canvas().Capture())
	d.SetVariant(fynetheme.VariantDark)
	golden(t, "invisibles-dark", d.window.Canvas().Capture())

	require.NoError(t, d.s.NextDocument(true))
	d.until(func() bool { return d.s.Document().Name == "b.txt" })
	assert.True(t, d.layout.Style().Invisibles, "in the next document too")
}

func TestMarksAreSharpAtTwiceTheScale(t *testing.T) {
	a := newArticle(t, "Tab\there, 5\u00a0km, soft\u00adhyphen.", "\u2067ZWNJ\u200c\u2069")
	s, m := sceneOf(a, bothPalettes[0]), newMetrics(Read, 2)
	_, bold := bundled(t)
	p := newPainter(bold, m)
	style := m.style(700, typeset.Style{Invisibles: true})
	text, _ := bundled(t)
	line := typeset.NewLayout(a.body, text, style).LineOf(0)
	tile := image.NewRGBA(image.Rectangle{Max: m.tileSize(700)})
	p.tile(tile, s, line.Line, 700)
	golden(t, "invisibles-scale2", tile)
}

func TestMarksStandOutFromTheirGround(t *testing.T) {
	for _, palette := range bothPalettes {
		a := newArticle(t, "one two three")
		a.span("01", "Claim", "one two")
		a.span("02", "Source", "one two")
		a.span("03", "Target", "one two")
		s, m := sceneOf(a, palette), newMetrics(Read, 2)
		text, bold := bundled(t)
		style := m.style(500, typeset.Style{Invisibles: true})
		line := typeset.NewLayout(a.body, text, style).LineOf(0)
		tile := image.NewRGBA(image.Rectangle{Max: m.tileSize(500)})
		newPainter(bold, m).tile(tile, s, line.Line, 500)
		for _, blank := range []int{3, 7} {
			seg := line.Segments(annotate.Fragment{Start: blank, End: blank + 1})[0]
			x, y := m.margin+int(seg.X+seg.W/2), int(m.baseline-markMiddle*m.em)
			dot, ground := at(tile, x, y), at(tile, x, y-10)
			assert.GreaterOrEqual(t, theme.Contrast(dot, ground), 3.0, "the blank at %d", blank)
			assert.NotEqual(t, palette.Ink, dot, "quieter than text")
		}
	}
}

func at(img *image.RGBA, x, y int) color.NRGBA {
	return color.NRGBA(img.RGBAAt(x, y)) // which is opaque
}

func TestMarkingInvisiblesKeepsTheLineAtTheTop(t *testing.T) {
	d := sitDown(t, usual, []string{long(300)})
	d.ScrollTo(d.place("Paragraph 200 ").Start)
	for _, marked := range []bool{true, false} {
		d.SetInvisibles(marked)
		assert.Equal(t, d.place("Paragraph 200 ").Start, d.Top())
	}
}
