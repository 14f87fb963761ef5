package docview

import (
	"slices"

	"spanwright/annotate"
	"spanwright/app/theme"
	"spanwright/app/typeset"
)

// piece is the part of one fragment of a span that lies on a line.
type piece struct {
	span     *annotate.Span
	fragment int // index in span.Fragments
	colors   theme.Label
	segments []typeset.Segment
	begins   bool // the fragment begins on this line
	depth    int  // how many spans hold this one whole
	row      int  // which underline is its own; spans that only overlap or coincide have different ones
}

const (
	// maxDrawn is how many spans of one line are drawn. No line of text has room
	// for more; the rest is counted on a chip.
	maxDrawn = 96
	maxDepth = 3
	maxRow   = 2
)

// touching is what annotations a line has to show.
type touching struct {
	spans  []*annotate.Span // in reading order, at most maxDrawn
	hidden int              // how many more there are
	depths []int            // parallel to spans
	rows   []int
}

// touch finds the spans of a line and how they lie to one another.
func (s *scene) touch(line annotate.Fragment) touching {
	var t touching
	var outlined []*annotate.Span
	for span := range s.layer.Touching(line) {
		if len(t.spans) < maxDrawn {
			t.spans = append(t.spans, span)
			continue
		}
		t.hidden++
		if len(outlined) < maxDepth && s.outlined(span.ID) {
			outlined = append(outlined, span)
		}
	}
	copy(t.spans[max(0, len(t.spans)-len(outlined)):], outlined)
	t.depths, t.rows = make([]int, len(t.spans)), make([]int, len(t.spans))
	for i, span := range t.spans {
		var taken [maxRow + 1]bool
		for j, other := range t.spans[:i] {
			switch relationOf(other, span) {
			case holds:
				t.depths[i] = max(t.depths[i], min(t.depths[j]+1, maxDepth))
			case crosses:
				taken[t.rows[j]] = true
			}
		}
		t.rows[i] = max(0, slices.Index(taken[:], false))
		if !slices.Contains(taken[:], false) {
			t.rows[i] = maxRow
		}
	}
	return t
}

// lie is how two spans lie to one another.
type lie int

const (
	apart   lie = iota
	holds       // a fragment of the first holds the second whole
	crosses     // they coincide, or overlap without one holding the other
)

// relationOf says how a lies to b, which follows it in reading order.
func relationOf(a, b *annotate.Span) lie {
	extent, overlap := b.Extent(), false
	for _, f := range a.Fragments {
		if f.Contains(extent) && f != extent {
			return holds
		}
		for _, g := range b.Fragments {
			overlap = overlap || f.Overlaps(g)
		}
	}
	if overlap {
		return crosses
	}
	return apart
}

// pieces returns what of the spans lies on the line, outer ones first.
func (s *scene) pieces(line *typeset.Line, t *touching) []piece {
	var found []piece
	for i, span := range t.spans {
		colors := s.colors(span)
		for k, f := range span.Fragments {
			if !f.Overlaps(line.Fragment) {
				continue
			}
			found = append(found, piece{
				span: span, fragment: k, colors: colors, segments: line.Segments(s.shown(f, line.Fragment)),
				begins: f.Start >= line.Start, depth: t.depths[i], row: t.rows[i],
			})
		}
	}
	slices.SortStableFunc(found, func(a, b piece) int { return a.depth - b.depth })
	return found
}

// shown returns what of a fragment is drawn on a line: not the blanks that a line
// was wrapped at.
func (s *scene) shown(f, line annotate.Fragment) annotate.Fragment {
	if f.End < line.End {
		return f
	}
	visible := s.body.Trim(annotate.Fragment{Start: max(f.Start, line.Start), End: line.End})
	if visible.Empty() {
		return f
	}
	return annotate.Fragment{Start: f.Start, End: visible.End}
}
