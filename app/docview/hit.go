package docview

import (
	"slices"

	"spanwright/annotate"
)

// spot is what lies under a place of the pane.
type spot struct {
	offset   int           // nearest place between two clusters, bytes
	cluster  int           // byte in the cluster under the pointer, offset where there is none
	onText   bool          // on a character, not beside or between lines
	stack    []annotate.ID // spans there, the one to act on first
	relation annotate.ID   // whose label stands there
	chip     annotate.ID   // whose chip it is
	bars     []annotate.ID // spans of a lane there, the one on top first
}

// spotAt finds what lies under a place of the pane, in device pixels.
func (v *View) spotAt(x, y float64) spot {
	if v.layout == nil {
		return spot{}
	}
	g, m := &v.geometry, &v.painter.metrics
	dx, dy := x-g.left, y-g.top+v.offset
	s := spot{offset: v.layout.OffsetAt(dx, dy)}
	s.cluster = s.offset
	if s.relation = v.curves.relationAt(v, x, y); v.laneOf(s.relation) != nil {
		s.relation = "" // it is only shown
	}
	cluster, onCluster := v.layout.ClusterAt(dx, dy)
	if onCluster {
		s.cluster = cluster.Start
	}
	for _, t := range v.visible {
		if y < t.y || y >= t.y+t.line.Height {
			continue
		}
		for i := range t.drawn.chips {
			if c := &t.drawn.chips[i]; c.span != "" && c.box.contains(dx, y-t.y) {
				s.stack, s.chip = v.stackAt(c), c.span
				return s
			}
		}
		if s.bars = t.barsAt(dx, y-t.y); len(s.bars) > 0 {
			return s
		}
		s.onText = onCluster && y-t.y >= float64(m.boxTop-m.px(2)) && y-t.y < float64(m.boxBottom+m.px(3))
	}
	if s.onText {
		s.stack = v.spansOn(cluster)
	}
	return s
}

// stackAt returns the span of a chip, then the others that begin where it does.
func (v *View) stackAt(c *chip) []annotate.ID {
	span := v.s.Layer().Span(c.span)
	if span == nil || c.fragment >= len(span.Fragments) {
		return nil
	}
	start := span.Fragments[c.fragment].Start
	stack := v.spansOn(annotate.Fragment{Start: start, End: start + 1})
	stack = slices.DeleteFunc(stack, func(id annotate.ID) bool { return id == c.span })
	return append([]annotate.ID{c.span}, stack...)
}

// maxStack is how many spans at one place a pointer can reach.
const maxStack = 64

// spansOn returns the spans that cover part of f, the shortest first.
func (v *View) spansOn(f annotate.Fragment) []annotate.ID {
	var found []*annotate.Span
	for span := range v.s.Layer().Touching(f) {
		if slices.ContainsFunc(span.Fragments, f.Overlaps) {
			found = append(found, span)
		}
		if len(found) == maxStack {
			break
		}
	}
	slices.SortStableFunc(found, func(a, b *annotate.Span) int { return covered(a) - covered(b) })
	ids := make([]annotate.ID, len(found))
	for i, span := range found {
		ids[i] = span.ID
	}
	return ids
}

// covered returns how many bytes a span covers.
func covered(s *annotate.Span) int {
	n := 0
	for _, f := range s.Fragments {
		n += f.Len()
	}
	return n
}
