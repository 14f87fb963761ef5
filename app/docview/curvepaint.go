package docview

import (
	"image"
	"image/color"
	"image/draw"
	"math"
)

// overlayHeight returns the height of the image that curves of a line are drawn
// on: from the ceiling to the top of the text.
func (m *metrics) overlayHeight(ceiling float64) int {
	return m.boxTop - int(math.Floor(ceiling))
}

// headroom is what curves have above a line.
type headroom struct {
	ceiling float64 // they stay below this height, device pixels from the line's top
	chips   []box   // chips that the line above has there below its text, which no text covers
}

// headroom returns the room above a line that stands gap device pixels below
// the bottom of the one above it, whose chips are given. Curves reach up to the
// text of that line; where there is room enough without, they stay below its chips.
func (m *metrics) headroom(above *drawn, gap float64) headroom {
	if m.lanes > 0 { // which curves stay below
		return headroom{ceiling: math.Max(-float64(m.px(laneBelow-1))-gap, m.firstHeadroom().ceiling)}
	}
	if m.density == Read {
		return headroom{ceiling: float64(-m.px(5)) - gap}
	}
	room := headroom{ceiling: -float64(m.belowHeight+m.px(2)) - gap}
	for i := range above.chips {
		if c := &above.chips[i]; c.below {
			b := c.box
			b.y0, b.y1 = b.y0-m.pitch-gap, b.y1-m.pitch-gap
			room.chips = append(room.chips, b)
		}
	}
	if len(room.chips) > 0 && m.density == Full {
		room.ceiling = float64(-m.px(1)) - gap
	}
	room.ceiling = math.Max(room.ceiling, m.firstHeadroom().ceiling)
	return room
}

// firstHeadroom returns the room above a document's first line.
func (m *metrics) firstHeadroom() headroom { return headroom{ceiling: float64(-m.px(firstLineRoom))} }

// firstLineRoom is what the document's first line has above it for curves, in
// toolkit units: three levels of them with their labels, however many are drawn.
const firstLineRoom = 38

// halo is how far a curve keeps from a chip of the line above that it passes behind,
// in toolkit units.
const halo = 2.0

// drawCurves draws curves on dst, whose upper left corner lies metrics.margin
// left of the line's and at the ceiling. Curves pass behind the line's chips, and
// behind those of the line above.
func (p *painter) drawCurves(dst *image.RGBA, ground color.NRGBA, room headroom, curves []curve, chips []chip) {
	m := &p.metrics
	dx, dy := float64(m.margin), -math.Floor(room.ceiling)
	for i := range curves {
		p.drawCurve(dst, &curves[i], dx, dy)
	}
	pass := func(b box) {
		hole := image.Rect(int(math.Ceil(b.x0+dx)), int(math.Ceil(b.y0+dy)), int(b.x1+dx), int(b.y1+dy))
		draw.Draw(dst, hole, image.Transparent, image.Point{}, draw.Src)
	}
	for i := range chips {
		pass(chips[i].box)
	}
	for _, b := range room.chips {
		pass(b.inset(-halo * m.scale))
	}
	for i := range curves {
		k := &curves[i]
		if k.label.x0 == k.label.x1 {
			continue
		}
		b := box{k.label.x0 + dx, k.label.y0 + dy, k.label.x1 + dx, k.label.y1 + dy}
		p.pen.roundBox(dst, b, 3*m.scale, ground)
		text := p.measure(k.text, curveText*m.scale)
		p.label(dst, text, b.x0+3*m.scale, b, k.color)
	}
}

func (p *painter) drawCurve(dst *image.RGBA, k *curve, dx, dy float64) {
	m := &p.metrics
	head := 6 * m.scale
	y1 := k.y1
	if k.arrow && !k.open1 {
		y1 -= head * 0.8
	}
	path := k.path(y1, 16*m.scale)
	for i := range path {
		path[i].x += dx
		path[i].y += dy
	}
	thick := 1.6 * m.scale
	if k.faint {
		thick = m.scale
	}
	if k.ghost {
		p.pen.dashed(dst, path, thick, 5*m.scale, 3.5*m.scale, k.color)
	} else {
		p.pen.stroke(dst, path, thick, k.color)
	}
	if k.arrow && !k.open1 {
		tip := point{k.x1 + dx, k.y1 + dy - 0.5*m.scale}
		wing := head * 0.55
		p.pen.fill(dst, k.color, []point{tip, {tip.x - wing, tip.y - head}, {tip.x + wing, tip.y - head}})
	}
}

// path returns the curve as a line of short steps: up from one end, level, and
// down to the other, the corners rounded by at most radius.
func (k *curve) path(y1, radius float64) []point {
	side := math.Copysign(1, k.x1-k.x0)
	radius = math.Min(radius, k.length()/2)
	var path []point
	if k.open0 {
		path = append(path, point{k.x0, k.apex})
	} else {
		path = bend(path, point{k.x0, k.y0}, point{k.x0, k.apex}, point{k.x0 + side*radius, k.apex})
	}
	if k.open1 {
		return append(path, point{k.x1, k.apex})
	}
	return bend(path, point{k.x1 - side*radius, k.apex}, point{k.x1, k.apex}, point{k.x1, y1})
}

// bend appends a quadratic curve from a to b that leaves towards the corner and arrives from it.
func bend(path []point, a, corner, b point) []point {
	const steps = 12
	for i := 0; i <= steps; i++ {
		t := float64(i) / steps
		u := 1 - t
		path = append(path, point{
			u*u*a.x + 2*u*t*corner.x + t*t*b.x,
			u*u*a.y + 2*u*t*corner.y + t*t*b.y,
		})
	}
	return path
}
