package docview

import (
	"image"
	"image/color"
	"math"

	"spanwright/annotate"
	"spanwright/app/theme"
	"spanwright/app/typeset"
)

// capHeight is the height of capitals in the toolkit's font, as a share of the em.
const capHeight = 0.714

func rect(x0, y0, x1, y1 int) image.Rectangle { return image.Rect(x0, y0, x1, y1) }

// gap returns what lies between two neighbouring fragments.
func gap(a, b annotate.Fragment) annotate.Fragment {
	return annotate.Fragment{Start: a.End, End: b.Start}
}

// chip draws a chip: its pill, the hint that picks it, its text, its marks.
func (p *painter) chip(dst *image.RGBA, s *scene, c *chip) {
	m := &p.metrics
	b := c.box
	b.x0 += float64(m.margin)
	b.x1 += float64(m.margin)
	p.pen.roundBox(dst, b, math.Min(7*m.scale, (b.y1-b.y0)/2), c.fill)
	x := b.x0
	if c.hint != nil {
		x = p.hint(dst, s, c.hint, b)
	}
	x += m.chipPad
	if c.text != nil {
		p.label(dst, c.text, x, b, c.ink)
		x += c.text.Width
	}
	x = b.x1 - m.chipPad + 3*m.scale - float64(len(c.marks)*m.px(markWidth))
	for _, k := range c.marks {
		p.mark(dst, k, box{x, b.y0, x + float64(m.px(markWidth-3)), b.y1}, c.ink, c.fill)
		x += float64(m.px(markWidth))
	}
}

// label draws a measured text in the middle of b's height.
func (p *painter) label(dst *image.RGBA, text *typeset.Line, x float64, b box, ink color.NRGBA) {
	if len(text.Glyphs) == 0 {
		return
	}
	size := float64(text.Glyphs[0].Size)
	baseline := math.Round((b.y0+b.y1+size*capHeight)/2 - 0.25)
	p.glyphs.Draw(dst, text.Glyphs, x, baseline, ink)
}

// hint draws the letters that pick a chip on its left end and returns where the rest begins.
func (p *painter) hint(dst *image.RGBA, s *scene, text *typeset.Line, b box) float64 {
	m := &p.metrics
	end := b.x0 + math.Round(text.Width+2*m.chipPad)
	key := box{b.x0, b.y0, end, b.y1}
	radius := math.Min(4*m.scale, (b.y1-b.y0)/2)
	p.pen.fill(dst, s.palette.Ink, key.rounded(radius, radius))
	p.label(dst, text, b.x0+m.chipPad, key, s.palette.Pane)
	return end
}

// bareHints draws hints over the beginnings of spans where there is no room for chips.
func (p *painter) bareHints(dst *image.RGBA, s *scene, line *typeset.Line, pieces []piece) {
	m := &p.metrics
	for i := range pieces {
		pc := &pieces[i]
		letters := s.hint(pc.span.ID)
		if letters == "" || pc.fragment > 0 || !pc.begins || len(pc.segments) == 0 {
			continue
		}
		text := p.measure(letters, m.chipSize)
		first, rtl := firstSegment(line, pc)
		x := first.X
		if rtl {
			x = first.X + first.W - text.Width - 2*m.chipPad
		}
		x = math.Round(x) + float64(m.margin)
		p.hint(dst, s, text, box{x, float64(m.boxTop), x, float64(m.boxTop + m.px(12))})
	}
}

// mark draws a sign in b, in the chip's text colour.
func (p *painter) mark(dst *image.RGBA, k mark, b box, ink, ground color.NRGBA) {
	width := b.x1 - b.x0
	height := width * 1.3
	y := (b.y0 + b.y1 - height) / 2
	at := func(fx, fy float64) point { return point{b.x0 + fx*width, y + fy*height} }
	switch k {
	case violationMark:
		p.pen.fill(dst, ink, []point{at(0.5, 0), at(1.05, 1), at(-0.05, 1)})
		thin := width * 0.09
		centre := at(0.5, 0)
		p.pen.fill(dst, ground, box{centre.x - thin, y + height*0.36, centre.x + thin, y + height*0.68}.rounded(0, 0))
		p.pen.fill(dst, ground, box{centre.x - thin, y + height*0.76, centre.x + thin, y + height*0.9}.rounded(0, 0))
	case incompleteMark: // a ring that is not closed
		middle, radius, gap := at(0.5, 0.5), width*0.46, math.Pi/4
		var ring []point
		for i := range 25 {
			sin, cos := math.Sincos(gap + (2*math.Pi-2*gap)*float64(i)/24)
			ring = append(ring, point{middle.x + radius*cos, middle.y + radius*sin})
		}
		p.pen.stroke(dst, ring, width*0.24, ink)
	case flagMark:
		p.pen.fill(dst, ink, []point{at(0.08, 0), at(0.26, 0), at(0.26, 1), at(0.08, 1)})
		p.pen.fill(dst, ink, []point{at(0.26, 0.02), at(1, 0.3), at(0.26, 0.58)})
	case commentMark:
		// A speech bubble: round where the note is square, and with a tail.
		p.pen.fill(dst, ink, box{at(-0.05, 0).x, at(0, 0.06).y, at(1.05, 0).x, at(0, 0.72).y}.rounded(width*0.34, width*0.34))
		p.pen.fill(dst, ink, []point{at(0.14, 0.6), at(0.56, 0.6), at(0.12, 1.02)})
	case noteMark:
		p.pen.fill(dst, ink, []point{at(0, 0.08), at(0.65, 0.08), at(1, 0.36), at(1, 0.95), at(0, 0.95)})
		line := theme.Mix(ink, ground, 0.85)
		p.pen.fill(dst, line, []point{at(0.2, 0.45), at(0.8, 0.45), at(0.8, 0.55), at(0.2, 0.55)})
		p.pen.fill(dst, line, []point{at(0.2, 0.68), at(0.8, 0.68), at(0.8, 0.78), at(0.2, 0.78)})
	}
}
