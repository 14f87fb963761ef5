package docview

import (
	"image"
	"image/color"
	"math"

	"spanwright/app/typeset"
)

// The shapes of marks, in em and upwards from the baseline.
const (
	markMiddle = 0.30 // of dots, rings, arrows and boxes
	markDot    = 0.13 // diameter
	markRing   = 0.30 // diameter
	markBox    = 0.72 // height
	nameDrop   = 0.18 // of a name's baseline below the middle
	arrowHead  = 0.16

	blankBaseline = 0.75 // below the top of an empty paragraph
)

// marks draws what makes invisible characters visible, before the text.
func (p *painter) marks(dst *image.RGBA, s *scene, line *typeset.Line) {
	m := &p.metrics
	baseline := m.baseline
	if len(line.Clusters) == 1 && len(line.Marks) == 1 && line.Marks[0].Rune == '\n' {
		baseline = math.Round(blankBaseline * m.em) // an empty paragraph is lower than other lines
	}
	middle := baseline - markMiddle*m.em
	ground, quiet := s.palette.Pane, s.palette.Quiet(s.palette.Pane)
	for i := range line.Marks {
		mark := &line.Marks[i]
		x := mark.X + float64(m.margin)
		if under := opaque(dst, x+mark.Width/2, middle); under != ground {
			ground, quiet = under, s.palette.Quiet(under)
		}
		switch {
		case mark.Named():
			p.nameBox(dst, mark, middle, quiet)
		case mark.Rune == '\n':
			p.glyphs.Draw(dst, mark.Glyphs, float64(m.margin), baseline, quiet)
		case mark.Rune == '\t':
			p.arrow(dst, mark, middle, quiet)
		default:
			p.blank(dst, mark.Rune, x+mark.Width/2, middle, quiet)
		}
	}
}

// opaque returns the colour of a pixel, which lies in dst or beside it and is opaque.
func opaque(dst *image.RGBA, x, y float64) color.NRGBA {
	c := dst.RGBAAt(min(max(0, int(x)), dst.Rect.Dx()-1), int(y))
	return color.NRGBA{c.R, c.G, c.B, 0xff}
}

// blank draws a dot in the middle of a blank, and a ring in one at which no line breaks.
func (p *painter) blank(dst *image.RGBA, r rune, x, y float64, c color.NRGBA) {
	size := math.Max(2, math.Round(markDot*p.metrics.em))
	joins := r == '\u00A0' || r == '\u2007' || r == '\u202F'
	if joins {
		size = math.Round(markRing * p.metrics.em)
	}
	left, top := math.Round(x-size/2), math.Round(y-size/2)
	b := box{left, top, left + size, top + size}
	if joins {
		p.pen.ring(dst, b, size/2, p.markLine(), c)
		return
	}
	p.pen.roundBox(dst, b, size/2, c)
}

// markLine returns the thickness of the lines that marks are drawn with.
func (p *painter) markLine() float64 { return math.Max(1, math.Round(p.metrics.em/16)) }

// arrow fills a tab with an arrow in the direction the text is read.
func (p *painter) arrow(dst *image.RGBA, mark *typeset.Mark, y float64, c color.NRGBA) {
	thick, head := p.markLine(), arrowHead*p.metrics.em
	margin := float64(p.metrics.margin)
	x0, x1 := math.Round(mark.X+margin+thick), math.Round(mark.X+mark.Width+margin-2*thick)
	y = math.Round(y)
	p.pen.roundBox(dst, box{x0, y, x1, y + thick}, 0, c)
	tip, back := x1, x1-head
	if mark.RTL {
		tip, back = x0, x0+head
	}
	y += thick / 2
	p.pen.fill(dst, c, []point{{tip, y}, {back, y - head*0.7}, {back, y + head*0.7}})
}

// nameBox writes the name of a character in a frame.
func (p *painter) nameBox(dst *image.RGBA, mark *typeset.Mark, y float64, c color.NRGBA) {
	m := &p.metrics
	x, thick, half := mark.X+float64(m.margin), p.markLine(), markBox*m.em/2
	b := box{math.Round(x) + thick, math.Round(y - half), math.Round(x+mark.Width) - thick, math.Round(y + half)}
	p.pen.ring(dst, b, 2*m.scale, thick, c)
	p.glyphs.Draw(dst, mark.Glyphs, float64(m.margin), y+nameDrop*m.em, c)
}
