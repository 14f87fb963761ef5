package docview

import (
	"image"
	"image/color"
	"math"

	"spanwright/app/theme"
	"spanwright/app/typeset"
)

// Measures of lanes, in toolkit units.
const (
	laneHigh  = 13.0
	laneGap   = 2.0
	laneAbove = 2.0  // between what is one's own and the first lane
	laneBelow = 12.0 // between the last lane and the next line
	laneStep  = 4.0  // by which a bar is lower than the one it lies over
	barPad    = 3.5
	barRound  = 3.0
)

// laneTexts is the size of labels on bars by their level, 0 where they have no room.
var laneTexts = [maxLevel + 1]float64{9.5, 8, 0}

// withLanes returns the shape of lines with room for n lanes below what is one's own.
func (m metrics) withLanes(n int) metrics {
	if n == 0 {
		return m
	}
	m.lanes, m.lanesTop = n, int(m.pitch)+m.px(laneAbove)
	m.pitch = float64(m.lanesTop + n*m.laneStride() + m.px(laneBelow))
	return m
}

// laneStride returns how far the tops of two lanes lie apart, in device pixels.
func (m *metrics) laneStride() int { return m.px(laneHigh) + m.px(laneGap) }

// laneBox returns the top and bottom of the bars of a lane, in device pixels from the line's top.
func (m *metrics) laneBox(lane, level int) (top, bottom float64) {
	t := m.lanesTop + lane*m.laneStride()
	return float64(t + int(math.Round(float64(level)*laneStep*m.scale))), float64(t + m.px(laneHigh))
}

// laneText returns the size of labels on bars, 0 where they have no room.
func (m *metrics) laneText(level int) float64 { return laneTexts[level] * m.scale }

// lanesPainted draws the bars of all lanes. What the layers agree on is pale with a line in
// the label's colour below it, what differs has the whole colour.
func (p *painter) lanesPainted(dst *image.RGBA, s *scene, line *typeset.Line, rows []laneRow, width float64) {
	for lane := range rows {
		row := &rows[lane]
		for i := range row.gaps {
			p.gapPainted(dst, s, &row.gaps[i])
		}
		for i := range row.bars {
			p.bar(dst, s, line, &row.bars[i])
		}
		for i := range row.bars {
			p.barRing(dst, s, &row.bars[i])
		}
		if row.more > 0 {
			top, bottom := p.metrics.laneBox(lane, 0)
			text := p.measure(row.moreText(), p.metrics.laneText(0))
			pad := barPad * p.metrics.scale
			b := box{width - text.Width - 2*pad, top, width, bottom}
			p.pen.roundBox(dst, p.moved(b), barRound*p.metrics.scale, s.palette.Dim)
			p.label(dst, text, p.moved(b).x0+pad, p.moved(b), s.palette.Pane)
		}
	}
}

// gapPainted draws where a lane has nothing: a dotted line in the middle of it, and the outline of what is decided.
func (p *painter) gapPainted(dst *image.RGBA, s *scene, g *gapMark) {
	m := &p.metrics
	for _, at := range g.boxes {
		at = p.moved(at)
		middle := int(math.Round((at.y0 + at.y1) / 2))
		p.pen.dashes(dst, rect(int(at.x0), middle, int(at.x1), middle+max(1, m.px(1))), m.px(1.5), m.px(3), s.palette.Dim)
		if g.ringed {
			p.pen.ring(dst, at.inset(-float64(m.px(2))), (barRound+2)*m.scale, float64(m.px(1)), s.palette.Focus)
		}
	}
}

// moved returns a box of the line on its tile.
func (p *painter) moved(b box) box {
	b.x0 += float64(p.metrics.margin)
	b.x1 += float64(p.metrics.margin)
	return b
}

func (p *painter) bar(dst *image.RGBA, s *scene, line *typeset.Line, b *bar) {
	m := &p.metrics
	for _, d := range b.dashes {
		d = p.moved(d)
		p.pen.dashes(dst, rect(int(d.x0), int(d.y0), int(d.x1), int(d.y1)), m.px(3), m.px(2.5), b.colors.Line)
	}
	fill, ink := b.colors.Chip, b.colors.ChipText
	if b.agreed {
		fill, ink = calm(s.palette, b.colors.Line)
	}
	for i, at := range b.boxes {
		left, right := i == 0, i == len(b.boxes)-1
		if line.RTL {
			left, right = left && b.ends, right && b.begins
		} else {
			left, right = left && b.begins, right && b.ends
		}
		at = p.moved(at)
		radius := barRound * m.scale
		if b.level > 0 { // apart from what it lies over
			rim := at.inset(-float64(m.px(1)))
			rim.y1 = at.y1
			p.pen.fill(dst, s.palette.Pane, rim.rounded(onlyIf(left, radius), onlyIf(right, radius)))
		}
		p.pen.fill(dst, fill, at.rounded(onlyIf(left, radius), onlyIf(right, radius)))
		if b.agreed {
			foot := at
			foot.y0 = at.y1 - float64(m.px(2))
			p.pen.roundBox(dst, foot, m.scale, b.colors.Line)
		}
	}
	if b.text != nil {
		at := p.moved(b.textAt)
		if b.agreed {
			at.y1 -= m.scale
		}
		p.label(dst, b.text, math.Round(at.x0+barPad*m.scale), at, ink)
	}
}

func (p *painter) barRing(dst *image.RGBA, s *scene, b *bar) {
	if !s.ringed(b.span.ID) {
		return
	}
	m := &p.metrics
	for _, at := range b.boxes {
		p.pen.ring(dst, p.moved(at).inset(-float64(m.px(2))), (barRound+2)*m.scale, float64(m.px(2)), s.palette.Focus)
	}
}

// calm returns the colours of a bar that the layers agree on: nearly a grey, with a breath of
// the label's colour, and text on it.
func calm(p *theme.Palette, label color.NRGBA) (fill, ink color.NRGBA) {
	fill = theme.Mix(theme.Mix(p.Pane, p.Dim, 0.08), label, 0.13)
	for share := 0.0; share < 1; share += 0.1 {
		if ink = theme.Mix(p.Dim, p.Ink, share); theme.Contrast(ink, fill) >= theme.Readable {
			return fill, ink
		}
	}
	return fill, p.Ink
}
