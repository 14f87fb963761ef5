package docview

import (
	"cmp"
	"math"
	"slices"
)

const (
	// labelHeight is the height of the text on a curve with what is kept free around it, in toolkit units.
	labelHeight = 11.0
	// curveText is the size of text on curves, in toolkit units.
	curveText = 10.5
	// labelGap is the least distance between the texts of two curves side by side, in toolkit units.
	labelGap = 7.0
)

// label places the texts on their curves. They cover neither each other nor a
// chip, nor, where there is a choice, another curve. Curves that are whole
// choose before those whose text stands on another line, too, and those with
// little room before those with much; one that finds no place goes without.
// Faint ones choose last and cover no other curve at all.
func (c *curver) label(curves []curve) {
	order := make([]*curve, len(curves))
	for i := range curves {
		order[i] = &curves[i]
	}
	slices.SortStableFunc(order, func(a, b *curve) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.length(), b.length()))
	})
	taken := slices.Clone(c.above)
	for i := range c.drawn.chips {
		taken = append(taken, c.drawn.chips[i].box)
	}
	for _, k := range order {
		if k.text == "" {
			continue
		}
		stems, lines := c.others(curves, k)
		choices := [][]box{slices.Concat(taken, stems, lines), slices.Concat(taken, stems), taken}
		if k.faint {
			choices = choices[:1]
		}
		for _, avoided := range choices {
			if b, ok := c.labelOf(k, avoided); ok {
				gap := labelGap * c.p.metrics.scale
				k.label = b
				taken = append(taken, box{b.x0 - gap, b.y0, b.x1 + gap, b.y1})
				break
			}
		}
	}
}

// rank orders curves by how much they need their text.
func (k *curve) rank() float64 {
	return onlyIf(k.faint, 2) + onlyIf(k.open0 || k.open1, 1)
}

// others returns what of the other curves a text would cover: where they come
// down, and where they run level.
func (c *curver) others(curves []curve, of *curve) (stems, lines []box) {
	thick := c.p.metrics.scale
	for i := range curves {
		k := &curves[i]
		if k == of {
			continue
		}
		if !k.open0 {
			stems = append(stems, box{k.x0 - 2*thick, k.apex, k.x0 + 2*thick, k.y0})
		}
		if !k.open1 {
			stems = append(stems, box{k.x1 - 4*thick, k.apex, k.x1 + 4*thick, k.y1})
		}
		lines = append(lines, box{math.Min(k.x0, k.x1), k.apex - thick, math.Max(k.x0, k.x1), k.apex + thick})
	}
	return stems, lines
}

// labelOf returns the place for a curve's text nearest to its middle that covers
// nothing of taken; ok is false where there is none.
func (c *curver) labelOf(k *curve, taken []box) (b box, ok bool) {
	m := &c.p.metrics
	half := labelHeight * m.scale / 2
	width := c.p.measure(k.text, curveText*m.scale).Width + 6*m.scale
	low, high := math.Max(math.Min(k.x0, k.x1), 0), math.Min(math.Max(k.x0, k.x1), c.width)
	y, room := k.apex, (high-low-width)/2-4*m.scale
	if high-low < width+10*m.scale {
		// Too short to have a gap in it: the text stands on the curve.
		y, room = k.apex-half, width/3
	}
	y = math.Max(c.ceiling+half, y)
	middle := math.Max(width/2, math.Min((low+high)/2, c.width-width/2))
	b = box{middle - width/2, y - half, middle + width/2, y + half}
	for shift := 0.0; shift <= room; shift += 4 * m.scale {
		for _, by := range []float64{shift, -shift} {
			moved := box{b.x0 + by, b.y0, b.x1 + by, b.y1}
			if moved.x0 >= 0 && moved.x1 <= math.Max(c.width, width) && !overlapsAny(moved, taken) {
				return moved, true
			}
		}
	}
	return box{}, false
}

func overlapsAny(b box, others []box) bool {
	return slices.ContainsFunc(others, func(o box) bool {
		return b.x0 < o.x1 && o.x0 < b.x1 && b.y0 < o.y1 && o.y0 < b.y1
	})
}
