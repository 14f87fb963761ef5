package lettering

import (
	"image"
	"image/color"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"spanwright/annotate"
	"spanwright/app/typeset"
)

// Text is one line of text on a canvas, like the toolkit's: as high as its size makes
// it and in the middle where it has more room. It may reach beyond its bounds, as it does
// not cut off what hangs over.
type Text struct {
	widget.BaseWidget
	style     Style
	alignment fyne.TextAlign
	again     func()

	text  string
	color color.Color
	line  *typeset.Line // nil where the toolkit shows the text
	marks []Mark

	plain  *canvas.Text
	raster *canvas.Raster
	drawn  *image.RGBA // what raster showed last; nil if it is to be drawn anew
}

// Mark has a part of a set line in another colour or bold.
type Mark struct {
	annotate.Fragment             // of the text the line was cut from
	Color             color.Color // nil for that of the text
	Bold              bool
}

// New returns an empty text. Again is called when a font has arrived that it had waited
// for: whoever measured the text should do so again, and set it.
func New(s Style, again func()) *Text {
	t := &Text{style: s, again: again, color: color.Transparent, plain: canvas.NewText("", color.Transparent)}
	t.plain.TextSize, t.plain.TextStyle = s.Size, s.TextStyle
	t.raster = canvas.NewRaster(t.draw)
	t.raster.Hide()
	t.ExtendBaseWidget(t)
	return t
}

// Align puts the text at the middle or the end of its room from now on.
func (t *Text) Align(a fyne.TextAlign) *Text {
	t.alignment, t.plain.Alignment = a, a
	return t
}

// Text returns what is shown.
func (t *Text) Text() string { return t.text }

// Color returns what it is shown in.
func (t *Text) Color() color.Color { return t.color }

// Set shows another text, on one line.
func (t *Text) Set(text string) {
	if Plain(text) {
		t.show(text, nil)
		return
	}
	t.show(text, shop.lines(setting{text: lineEnds.Replace(text), style: t.style})[0])
}

// SetLine shows a line that [Wrap] has cut from text.
func (t *Text) SetLine(text string, l Line) {
	t.show(text[l.Start:l.End], l.set)
}

func (t *Text) show(text string, line *typeset.Line) {
	if text == t.text && line == t.line {
		return
	}
	t.text, t.line, t.drawn = text, line, nil
	if line == nil {
		t.plain.Text = t.text
		t.plain.Show()
		t.raster.Hide()
		t.plain.Refresh()
		return
	}
	if shop.awaits() {
		shop.waiting[t] = true
	}
	t.plain.Hide()
	t.raster.Show()
	t.place(t.Size())
	t.raster.Refresh()
}

// SetStyle has the text in another style.
func (t *Text) SetStyle(s Style) {
	if s == t.style {
		return
	}
	t.style, t.plain.TextSize, t.plain.TextStyle = s, s.Size, s.TextStyle
	if t.line != nil {
		t.Set(t.text)
	}
	t.plain.Refresh()
}

// SetColor shows the text in another colour.
func (t *Text) SetColor(c color.Color) {
	if c == t.color {
		return
	}
	t.color, t.plain.Color, t.drawn = c, c, nil
	if t.line == nil {
		t.plain.Refresh()
	} else {
		t.raster.Refresh()
	}
}

// SetMarks has parts of a set line look different.
func (t *Text) SetMarks(marks []Mark) {
	if slices.Equal(marks, t.marks) {
		return
	}
	t.marks, t.drawn = marks, nil
	t.raster.Refresh()
}

// step is what the sides of the image are a multiple of, in toolkit units, so that they
// are whole device pixels at every scale with two digits that ends in 0 or 5, and the
// image is never stretched.
const step = 20

// over is how far the image reaches beyond the text to all sides, in toolkit units, for
// marks above and below letters and for letters that lean over.
const over = 8

func (t *Text) place(size fyne.Size) {
	t.plain.Resize(size)
	if t.line == nil {
		return
	}
	up := func(v float32) float32 { return step * float32(math.Ceil(float64(v)/step)) }
	t.raster.Move(fyne.NewPos(-over, -over))
	t.raster.Resize(fyne.NewSize(up(max(size.Width, t.left(size)+float32(t.line.Width))+2*over), up(max(size.Height, t.MinSize().Height)+2*over)))
}

// left returns where the line begins.
func (t *Text) left(size fyne.Size) float32 {
	room := size.Width - float32(t.line.Width)
	switch t.alignment {
	case fyne.TextAlignCenter:
		return room / 2
	case fyne.TextAlignTrailing:
		return room
	}
	return 0
}

// draw paints the line on w by h device pixels.
func (t *Text) draw(w, h int) image.Image {
	if t.drawn != nil && t.drawn.Rect.Dx() == w && t.drawn.Rect.Dy() == h {
		return t.drawn
	}
	t.drawn = image.NewRGBA(image.Rect(0, 0, w, h))
	if t.line == nil || w == 0 {
		return t.drawn
	}
	scale := float64(w) / float64(t.raster.Size().Width)
	height, base := fyne.CurrentApp().Driver().RenderedTextSize("x", t.style.Size, t.style.TextStyle, nil)
	size := t.Size()
	x := math.Round(float64(over+t.left(size)) * scale)
	y := math.Round(float64(over+max(0, (size.Height-height.Height)/2)+base) * scale)
	glyphs := scaled(t.line.Glyphs, float32(scale))
	ink := color.NRGBAModel.Convert(t.color).(color.NRGBA)
	if len(t.marks) == 0 && !t.style.Bold {
		shop.glyphs.Draw(t.drawn, glyphs, x, y, ink)
		return t.drawn
	}
	for i, g := range glyphs {
		c, bold := t.marked(t.line.Glyphs[i].Offset, ink)
		shop.glyphs.Draw(t.drawn, glyphs[i:i+1], x, y, c)
		if bold && !shop.isBold(g.Face) { // few scripts have a bold font, so it is struck twice
			shop.glyphs.Draw(t.drawn, glyphs[i:i+1], x+math.Max(0.5, float64(g.Size)/28), y, c)
		}
	}
	return t.drawn
}

// marked returns how the glyph of a character looks.
func (t *Text) marked(offset int, ink color.NRGBA) (c color.NRGBA, bold bool) {
	for _, m := range t.marks {
		if m.Start <= offset && offset < m.End {
			if m.Color != nil {
				ink = color.NRGBAModel.Convert(m.Color).(color.NRGBA)
			}
			return ink, m.Bold
		}
	}
	return ink, t.style.Bold
}

// scaled returns glyphs for an image where a toolkit unit is scale device pixels.
func scaled(glyphs []typeset.Glyph, scale float32) []typeset.Glyph {
	larger := make([]typeset.Glyph, len(glyphs))
	for i, g := range glyphs {
		g.X, g.Y, g.Advance, g.Size = g.X*scale, g.Y*scale, g.Advance*scale, g.Size*scale
		larger[i] = g
	}
	return larger
}

// CreateRenderer draws the text.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	return &renderer{t, []fyne.CanvasObject{t.plain, t.raster}}
}

type renderer struct {
	*Text
	objects []fyne.CanvasObject
}

func (r *renderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *renderer) Layout(size fyne.Size) {
	r.drawn = nil
	r.place(size)
}

func (r *renderer) MinSize() fyne.Size {
	if r.line == nil {
		return r.plain.MinSize()
	}
	return fyne.NewSize(float32(math.Ceil(r.line.Width)), fyne.MeasureText("x", r.style.Size, r.style.TextStyle).Height)
}

func (r *renderer) Refresh() { canvas.Refresh(r.Text) }
func (r *renderer) Destroy() {}
