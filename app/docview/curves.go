package docview

import (
	"cmp"
	"math"
	"slices"

	"spanwright/annotate"
	"spanwright/app/typeset"
)

// curve is the part of an arc that lies on one line, in device pixels from the
// line's left edge and top. Where an arc goes on to another line the curve is
// open: it runs to the line's edge without coming down.
type curve struct {
	arc
	x0, x1       float64 // where it begins and ends
	y0, y1       float64 // how far down it reaches there
	open0, open1 bool
	apex         float64
	label        box // empty when there is no text
	level        int
}

func (c *curve) length() float64 { return math.Abs(c.x1 - c.x0) }

// curver lays the curves of one line.
type curver struct {
	p       *painter
	line    *typeset.Line
	drawn   *drawn
	width   float64 // of the measure, device pixels
	ceiling float64 // curves stay below this height, device pixels from the line's top
	above   []box   // chips that the line above has below its text
	// ends holds the ends of curves that meet at each fragment.
	ends map[foot][]*end
}

// foot is a fragment that curves end at.
type foot struct {
	span annotate.ID
	part int
}

// end is one end of a curve at a fragment.
type end struct {
	x     *float64
	other *float64
}

// curves returns the curves on a line, short ones near the text, long ones above them.
func (p *painter) curves(line *typeset.Line, d *drawn, width float64, room headroom, arcs []arc) []curve {
	c := &curver{p: p, line: line, drawn: d, width: width, ceiling: room.ceiling, above: room.chips, ends: map[foot][]*end{}}
	curves := make([]curve, 0, len(arcs))
	for _, a := range arcs {
		if k, ok := c.curve(a); ok {
			curves = append(curves, k)
		}
	}
	for i := range curves {
		k := &curves[i]
		if !k.open0 {
			c.meet(foot{k.from.ID, k.fromPart}, &end{&k.x0, &k.x1})
		}
		if !k.open1 {
			c.meet(foot{k.to.ID, k.toPart}, &end{&k.x1, &k.x0})
		}
	}
	c.spread()
	c.stack(curves)
	if p.metrics.hasChips() {
		c.label(curves)
	}
	return curves
}

func (c *curver) meet(at foot, e *end) { c.ends[at] = append(c.ends[at], e) }

// curve returns the part of an arc on the line; ok is false when it has none.
func (c *curver) curve(a arc) (k curve, ok bool) {
	from, to := a.from.Fragments[a.fromPart].Start, a.to.Fragments[a.toPart].Start
	begins, ends := c.holds(from), c.holds(to)
	if !begins && !ends {
		return k, false
	}
	k = curve{arc: a, open0: !begins, open1: !ends}
	forward := (to > from) != c.line.RTL
	beyond := float64(c.p.metrics.margin)
	if begins {
		k.x0, k.y0 = c.anchor(a.from, a.fromPart)
	} else {
		k.x0 = edgeOf(!forward, c.width, beyond)
	}
	if ends {
		k.x1, k.y1 = c.anchor(a.to, a.toPart)
	} else {
		k.x1 = edgeOf(forward, c.width, beyond)
	}
	return k, true
}

// edgeOf returns where a curve that goes on elsewhere leaves the line.
func edgeOf(right bool, width, beyond float64) float64 {
	if right {
		return width + beyond
	}
	return -beyond
}

func (c *curver) holds(offset int) bool { return c.line.Start <= offset && offset < c.line.End }

// anchor returns where curves meet a fragment: the top of its chip, else of its text.
func (c *curver) anchor(span *annotate.Span, part int) (x, y float64) {
	for i := range c.drawn.chips {
		k := &c.drawn.chips[i]
		if k.span == span.ID && k.fragment == part && !k.below {
			return (k.box.x0 + k.box.x1) / 2, k.box.y0
		}
	}
	y = float64(c.p.metrics.boxTop)
	for i := range c.drawn.pieces {
		p := &c.drawn.pieces[i]
		if p.span.ID == span.ID && p.fragment == part && len(p.segments) > 0 {
			first, _ := firstSegment(c.line, p)
			return first.X + first.W/2, y
		}
	}
	for _, segment := range c.line.Segments(span.Fragments[part]) {
		return segment.X + segment.W/2, y
	}
	return 0, y
}

// spread sets the ends of curves that meet at one fragment apart, in the order in
// which the curves do not cross: those to the left first, and of each side the
// farther right the other end, the farther left this one.
func (c *curver) spread() {
	step := 6 * c.p.metrics.scale
	for _, ends := range c.ends {
		middle := *ends[0].x
		slices.SortStableFunc(ends, func(a, b *end) int {
			switch aLeft, bLeft := *a.other < middle, *b.other < middle; {
			case aLeft && !bLeft:
				return -1
			case bLeft && !aLeft:
				return 1
			}
			return cmp.Compare(*b.other, *a.other)
		})
		gap := math.Min(step, 40*c.p.metrics.scale/float64(len(ends)))
		places := make([]float64, len(ends))
		for i := range ends {
			places[i] = middle + (float64(i)-float64(len(ends)-1)/2)*gap
		}
		for i := range ends {
			*ends[i].x = places[i]
		}
	}
}

// stack gives each curve its height: above every shorter one it lies over.
func (c *curver) stack(curves []curve) {
	order := make([]*curve, len(curves))
	for i := range curves {
		order[i] = &curves[i]
	}
	slices.SortStableFunc(order, func(a, b *curve) int { return cmp.Compare(a.length(), b.length()) })
	levels := 0
	for i, k := range order {
		for _, below := range order[:i] {
			if math.Min(k.x0, k.x1) < math.Max(below.x0, below.x1) && math.Min(below.x0, below.x1) < math.Max(k.x0, k.x1) {
				k.level = max(k.level, below.level+1)
			}
		}
		levels = max(levels, k.level)
	}
	m := &c.p.metrics
	top, first, step := c.heights(levels)
	for _, k := range order {
		floor := float64(m.boxTop)
		if !k.open0 {
			floor = math.Min(floor, k.y0)
		}
		if !k.open1 {
			floor = math.Min(floor, k.y1)
		}
		floor = math.Min(floor, c.chipsUnder(k))
		k.apex = math.Round(math.Max(top, math.Min(floor, float64(m.chipTop))-first-float64(k.level)*step)) + 0.5
	}
}

// chipsUnder returns the top of the highest chip that lies under a curve.
func (c *curver) chipsUnder(k *curve) float64 {
	top := math.Inf(1)
	left, right := math.Min(k.x0, k.x1), math.Max(k.x0, k.x1)
	for i := range c.drawn.chips {
		if b := c.drawn.chips[i].box; !c.drawn.chips[i].below && b.x1 > left && b.x0 < right {
			top = math.Min(top, b.y0)
		}
	}
	return top
}

// heights returns how high curves reach at most, how far the lowest lies above
// the chips, and the distance between levels: what labels need where there is
// room for that, else what there is. Labels need not stand quite in the middle
// of a curve's line, so that curves reach a little higher than these would allow.
func (c *curver) heights(levels int) (top, first, step float64) {
	m := &c.p.metrics
	top = c.ceiling + m.scale
	if m.hasChips() {
		top += 2.5 * m.scale
	}
	step, first = (labelHeight+1)*m.scale, 9*m.scale
	room := float64(m.chipTop) - top
	if room < first+float64(levels)*labelHeight*m.scale {
		first = 7 * m.scale
	}
	return top, first, math.Min(step, math.Max(0, room-first)/float64(max(1, levels)))
}
