package docview

import (
	"image"
	"image/color"
	"math"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"spanwright/annotate"
	"spanwright/app/theme"
	"spanwright/app/typeset"
)

// card tells what an annotation says once the pointer has rested on it: label,
// author, attributes, note, what breaks the scheme, and the words it covers. The
// next move of the pointer to something else, or any act, takes it away.
type card struct {
	span  annotate.ID // "" when there is none
	lane  string      // whose lane it is about instead, "" if it is about none
	about string      // what image shows
	image *canvas.Image
	size  image.Point // device pixels
	waits int         // counts what was waited for, to tell whether it still matters
	shown bool
}

// cardWait is how long the pointer rests before the card appears.
const cardWait = 500 * time.Millisecond

// Measures of a card, in toolkit units.
const (
	cardWidth = 300.0 // of the text, at most
	cardPad   = 10.0
	cardText  = 13.0
	cardPitch = 18.0
	cardQuote = 240 // characters of what is covered
	cardNote  = 400 // characters of a note
)

// wait shows the card of what the pointer is on in a while, unless it goes elsewhere.
func (c *card) wait(v *View) {
	c.hide()
	id, lane, turn := v.mouse.hovered, v.mouse.tag, c.waits
	if id == "" && lane == "" {
		return
	}
	v.o.After(cardWait, func() {
		if c.waits == turn && !v.gone && v.mouse.hovered == id && v.mouse.tag == lane && v.mouse.act == idle && !v.strip.shown && v.s.Relating() == "" {
			c.span, c.lane, c.about = id, lane, ""
			v.Refresh()
		}
	})
}

// hide takes the card away and forgets what was waited for.
func (c *card) hide() {
	c.waits++
	c.span, c.lane, c.about = "", "", ""
}

func (c *card) objects() []fyne.CanvasObject {
	if !c.shown {
		return nil
	}
	return []fyne.CanvasObject{c.image}
}

// place draws the card and puts it below the first line of its annotation that is
// in sight, or above where there is no room.
func (c *card) place(v *View) {
	c.shown = false
	if v.layout == nil {
		return
	}
	about := c.content(v)
	if about == nil || len(about.parts) == 0 {
		return
	}
	if c.about != about.key {
		c.draw(v, about)
		c.about = about.key
	}
	c.shown = true
	g := &v.geometry
	at := about.parts[0]
	for _, p := range about.parts { // the line that the pointer is on
		if v.mouse.y >= p.y0-g.scale*chipHeight*2 && v.mouse.y <= p.y1+g.scale*chipHeight {
			at = p
		}
	}
	gap := 5 * g.scale
	x := math.Min(math.Max(at.x0, v.mouse.x-40*g.scale), at.x1) - stripShadow*g.scale
	x = math.Max(gap, math.Min(x, g.width-float64(c.size.X)-gap-barRoom*g.scale))
	y := at.y1 + gap
	if y+float64(c.size.Y) > g.height {
		y = math.Max(0, at.y0-chipHeight*v.painter.metrics.scale-gap-float64(c.size.Y))
	}
	c.image.Move(v.units(math.Round(x), math.Round(y)))
	c.image.Resize(v.unitSize(float64(c.size.X), float64(c.size.Y)))
}

// cardContent is what a card says.
type cardContent struct {
	key   string // the same while it says the same
	label string // "" where it is about a lane
	name  string // whose it is
	rows  []row
	parts []box // what it belongs to in the pane, device pixels: a box a line
}

// content returns what the card is to say, nil if nothing.
func (c *card) content(v *View) *cardContent {
	if c.lane != "" {
		return v.laneContent(c.lane)
	}
	span := v.shownSpan(c.span)
	if span == nil {
		return nil
	}
	about := &cardContent{key: string(span.ID), label: span.Label, name: span.Annotator, parts: v.belowLanes(v.partsOf(span.Extent()))}
	if c.about == about.key {
		return about // it is drawn
	}
	if about.rows = c.rows(v, span); v.laneOf(span.ID) != nil {
		about.rows = append(about.rows, v.comparisons(span)...)
	}
	for i := range about.rows { // a paragraph each
		about.rows[i].text = strings.Join(strings.Fields(about.rows[i].text), " ")
	}
	return about
}

// row is a paragraph of a card.
type row struct {
	text string
	ink  color.NRGBA
}

// rows returns what a card says below its label.
func (c *card) rows(v *View, span *annotate.Span) []row {
	p := v.palette
	rows := []row{{"“" + v.s.Quote(span, cardQuote) + "”", p.Ink}}
	for _, name := range annotate.SortedKeys(span.Attributes) {
		rows = append(rows, row{typeset.Isolate(name) + ": " + typeset.Isolate(v.s.LinkedName(span.Attributes[name])), p.Dim})
	}
	if span.Note != "" {
		rows = append(rows, row{"Note: " + typeset.Isolate(annotate.Excerpt(span.Note, cardNote)), p.Ink})
	}
	if span.Flag != "" {
		rows = append(rows, row{"Flag: " + span.Flag, p.Dim})
	}
	for _, broken := range v.s.Violations(span.ID) {
		rows = append(rows, row{broken.Sentence, p.Bad})
	}
	return rows
}

// draw sets the text and paints it on a raised ground.
func (c *card) draw(v *View, about *cardContent) {
	scale, rows := v.geometry.scale, about.rows
	texts := make([]string, len(rows))
	for i := range rows {
		texts[i] = rows[i].text
	}
	width := math.Min(cardWidth*scale, math.Max(60*scale, v.geometry.width-2*(cardPad+stripShadow+barRoom)*scale))
	layout := typeset.NewLayout(annotate.NewBody(strings.Join(texts, "\n")), v.fonts, typeset.Style{
		Size: cardText * scale, Width: width, Pitch: math.Round(cardPitch * scale), Ascent: math.Round(13.5 * scale), Gap: math.Round(3 * scale),
		Languages: v.languages,
	})
	lines := layout.Lines(0, math.Inf(1))
	last := lines[len(lines)-1]
	width = math.Min(width, c.widest(v, about, lines))
	shadow, pad := math.Round(stripShadow*scale), math.Round(cardPad*scale)
	head := math.Round(24 * scale)
	panel := box{shadow, shadow, shadow + 2*pad + width, shadow + 2*pad + head + last.Top + last.Height}
	c.size = image.Pt(int(panel.x1+shadow), int(panel.y1+shadow))
	pixels := image.NewRGBA(image.Rectangle{Max: c.size})
	v.painter.raised(pixels, v.palette, panel, scale)
	c.head(v, pixels, about, panel.inset(pad))
	for _, line := range lines {
		ink := rows[min(line.Paragraph, len(rows)-1)].ink
		v.painter.glyphs.Draw(pixels, line.Glyphs, panel.x0+pad, panel.y0+pad+head+line.Top+math.Round(13.5*scale), ink)
	}
	if c.image == nil {
		c.image = newImage()
	}
	c.image.Image = pixels
	c.image.Refresh()
}

// widest returns the width that the text takes. Lines read from the right keep to
// the measure they were set in.
func (c *card) widest(v *View, about *cardContent, lines []typeset.Placed) float64 {
	scale := v.geometry.scale
	width := v.painter.measure(about.label, stripText*scale).Width + v.painter.measure(about.name, stripText*scale).Width + 5*buttonPad*scale
	for _, line := range lines {
		if line.RTL {
			return math.Inf(1)
		}
		width = math.Max(width, line.Width)
	}
	return math.Ceil(width)
}

// head paints the label's chip and, at the right, whose annotation it is; or the name alone.
func (c *card) head(v *View, pixels *image.RGBA, about *cardContent, inner box) {
	scale, p := v.geometry.scale, v.painter
	name := p.measure(about.name, stripText*scale)
	chip := box{inner.x0, inner.y0, inner.x1, inner.y0 + math.Round(buttonHigh*scale)}
	if about.label == "" {
		p.label(pixels, name, inner.x0, chip, v.palette.Ink)
		return
	}
	hex := ""
	if def := v.s.Scheme().Span(about.label); def != nil {
		hex = def.Color
	}
	colors := v.palette.Label(hex)
	label := p.measure(about.label, stripText*scale)
	chip.x1 = math.Min(inner.x1, inner.x0+math.Ceil(label.Width+2*buttonPad*scale))
	p.pen.roundBox(pixels, chip, 7*scale, colors.Chip)
	p.label(pixels, label, chip.x0+buttonPad*scale, chip, colors.ChipText)
	if x := inner.x1 - name.Width; x > chip.x1+buttonPad*scale {
		p.label(pixels, name, x, chip, v.palette.Dim)
	}
}

// raised paints a ground with a border and a shadow around panel.
func (p *painter) raised(pixels *image.RGBA, palette *theme.Palette, panel box, scale float64) {
	shade := theme.Alpha(color.NRGBA{A: 0xff}, 0.012)
	for d := stripShadow * scale; d > 0; d -= scale {
		below := panel.inset(-d)
		below.y0, below.y1 = below.y0+2*scale, math.Min(below.y1+2*scale, float64(pixels.Rect.Max.Y))
		p.pen.roundBox(pixels, below, 8*scale+d, shade)
	}
	p.pen.roundBox(pixels, panel, 8*scale, palette.Line)
	p.pen.roundBox(pixels, panel.inset(math.Max(1, math.Round(scale))), 7*scale, palette.Raised)
}
