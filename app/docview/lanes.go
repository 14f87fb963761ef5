package docview

import (
	"fmt"
	"math"
	"slices"

	"spanwright/annotate"
	"spanwright/app/session"
	"spanwright/app/theme"
	"spanwright/app/typeset"
)

// bar is what of a fragment of a lane's span lies on a line.
type bar struct {
	lane     int // index in scene.lanes
	span     *annotate.Span
	colors   theme.Label
	level    int   // how many bars of the lane lie under it, at most maxLevel
	boxes    []box // device pixels, from the line's left edge and top; from left to right
	dashes   []box // through the gaps to the fragments beside it
	begins   bool  // the fragment begins on the line
	ends     bool
	agreed   bool          // all layers that are compared have the same
	text     *typeset.Line // nil where there is no room
	textAt   box           // what of the bar text stands in
	fragment int
}

// maxLevel is how many bars of a lane are drawn over another one; what lies over more
// is only counted.
const maxLevel = 2

// laneRow is a lane on one line.
type laneRow struct {
	bars []bar // those under others first
	gaps []gapMark
	more int // how many are not drawn
}

// gapMark is where a lane has nothing that others have something.
type gapMark struct {
	place  annotate.Fragment
	boxes  []box // device pixels, from the line's left edge and top
	ringed bool  // what others have there is being decided
}

// laneScene is what tiles show of a lane.
type laneScene struct {
	session.Lane
	scene *scene // the lane's layer in the place of one's own
}

// laneRows lays the bars of all lanes on a line.
func (p *painter) laneRows(s *scene, line *typeset.Line) []laneRow {
	if p.metrics.lanes == 0 || s.body.Trim(line.Fragment).Empty() {
		return nil
	}
	rows := make([]laneRow, len(s.lanes))
	for i := range s.lanes {
		rows[i] = p.laneRow(s, i, line)
		rows[i].gaps = p.gapsOf(s, i, line)
	}
	return rows
}

// gapsOf returns where a lane has nothing on a line and another layer that it is compared with has something.
func (p *painter) gapsOf(s *scene, lane int, line *typeset.Line) []gapMark {
	own := s.lanes[lane].Layer
	var gaps []gapMark
	for _, other := range s.compared {
		if other == own {
			continue
		}
		n := 0
		for span := range other.Touching(line.Fragment) {
			if n++; n > maxDrawn {
				break
			}
			for _, f := range span.Fragments {
				if !f.Overlaps(line.Fragment) || covers(own, f) {
					continue
				}
				i := slices.IndexFunc(gaps, func(g gapMark) bool { return g.place == f })
				if i < 0 {
					i = len(gaps)
					gaps = append(gaps, gapMark{place: f})
				}
				gaps[i].ringed = gaps[i].ringed || s.ringed(span.ID)
			}
		}
	}
	wide := slices.Clone(gaps)
	gaps = slices.DeleteFunc(gaps, func(g gapMark) bool {
		return !g.ringed && slices.ContainsFunc(wide, func(w gapMark) bool { return w.place != g.place && w.place.Contains(g.place) })
	})
	top, bottom := p.metrics.laneBox(lane, 0)
	for i := range gaps {
		for _, seg := range line.Segments(s.shown(gaps[i].place, line.Fragment)) {
			gaps[i].boxes = append(gaps[i].boxes, box{math.Round(seg.X), top, math.Round(seg.X + seg.W), bottom})
		}
	}
	return gaps
}

// covers reports whether a layer has anything over some of f.
func covers(layer *annotate.Layer, f annotate.Fragment) bool {
	for span := range layer.Touching(f) {
		if slices.ContainsFunc(span.Fragments, f.Overlaps) {
			return true
		}
	}
	return false
}

func (p *painter) laneRow(s *scene, lane int, line *typeset.Line) (row laneRow) {
	var spans []*annotate.Span
	for span := range s.lanes[lane].Layer.Touching(line.Fragment) {
		if len(spans) == maxDrawn {
			row.more++
			continue
		}
		spans = append(spans, span)
	}
	levels := levelsOf(spans)
	for i, span := range spans {
		if levels[i] > maxLevel {
			row.more++
			continue
		}
		row.bars = append(row.bars, p.barsOf(s, lane, line, span, levels[i])...)
	}
	slices.SortStableFunc(row.bars, func(a, b bar) int { return a.level - b.level })
	for i := range row.bars {
		p.letter(s, line, row.bars, i)
	}
	return row
}

// levelsOf returns for spans in reading order the lowest level on which each lies over
// none that it shares text with.
func levelsOf(spans []*annotate.Span) []int {
	levels := make([]int, len(spans))
	for i, span := range spans {
		var taken [maxLevel + 1]bool
		for j, other := range spans[:i] {
			if levels[j] <= maxLevel && relationOf(other, span) != apart {
				taken[levels[j]] = true
			}
		}
		if levels[i] = slices.Index(taken[:], false); levels[i] < 0 {
			levels[i] = maxLevel + 1
		}
	}
	return levels
}

func (p *painter) barsOf(s *scene, lane int, line *typeset.Line, span *annotate.Span, level int) []bar {
	var found []bar
	colors, agreed := s.lanes[lane].scene.colors(span), s.agreed(span)
	top, bottom := p.metrics.laneBox(lane, level)
	boxes := func(f annotate.Fragment, top, bottom float64) []box {
		var b []box
		for _, seg := range line.Segments(f) {
			b = append(b, box{math.Round(seg.X), top, math.Round(seg.X + seg.W), bottom})
		}
		return b
	}
	middle := math.Round((top + bottom) / 2)
	thick := float64(p.metrics.px(1.5))
	for k, f := range span.Fragments {
		if !f.Overlaps(line.Fragment) {
			continue
		}
		b := bar{lane: lane, span: span, fragment: k, colors: colors, level: level, agreed: agreed, begins: f.Start >= line.Start, ends: f.End <= line.End}
		b.boxes = boxes(s.shown(f, line.Fragment), top, bottom)
		if next := k + 1; next < len(span.Fragments) {
			b.dashes = append(b.dashes, boxes(gap(f, span.Fragments[next]), middle, middle+thick)...)
		}
		if k > 0 && span.Fragments[k-1].End <= line.Start {
			b.dashes = append(b.dashes, boxes(gap(span.Fragments[k-1], f), middle, middle+thick)...)
		}
		found = append(found, b)
	}
	return found
}

// letter finds the place for the label of a bar: what is free of it of the bars that lie
// over it, the first in reading direction where the longest form that has room anywhere fits.
func (p *painter) letter(s *scene, line *typeset.Line, bars []bar, i int) {
	b := &bars[i]
	size := p.metrics.laneText(b.level)
	if size == 0 {
		return
	}
	free := freeOf(b, bars[i+1:])
	if line.RTL {
		slices.Reverse(free)
	}
	pad := barPad * p.metrics.scale
	for _, form := range chipForms(s, b.span, b.fragment) {
		text := p.measure(form, size)
		for _, at := range free {
			if at.x1-at.x0 >= text.Width+2*pad {
				b.text, b.textAt = text, at
				if line.RTL {
					b.textAt.x0 = math.Floor(at.x1 - text.Width - 2*pad)
				}
				return
			}
		}
	}
}

// freeOf returns what of a bar none of the others covers, from left to right.
func freeOf(b *bar, others []bar) []box {
	free := slices.Clone(b.boxes)
	for i := range others {
		for _, cover := range others[i].boxes {
			var left []box
			for _, f := range free {
				if cover.x1 <= f.x0 || f.x1 <= cover.x0 {
					left = append(left, f)
					continue
				}
				if f.x0 < cover.x0 {
					left = append(left, box{f.x0, f.y0, cover.x0, f.y1})
				}
				if cover.x1 < f.x1 {
					left = append(left, box{cover.x1, f.y0, f.x1, f.y1})
				}
			}
			free = left
		}
	}
	return free
}

// moreText says how many spans of a lane a line has no room for.
func (r *laneRow) moreText() string { return fmt.Sprintf("+%d", r.more) }

// agreed reports whether all layers that are compared have such a span.
func (s *scene) agreed(span *annotate.Span) bool { return s.agrees != nil && s.agrees(span) }

// ringed reports whether a span of a lane is drawn with the focus outline.
func (s *scene) ringed(id annotate.ID) bool { return id == s.foreign || slices.Contains(s.across, id) }
