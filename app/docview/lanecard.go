package docview

import (
	"fmt"
	"math"
	"strings"

	"spanwright/annotate"
	"spanwright/app/session"
	"spanwright/app/typeset"
)

// laneContent returns what a card says of a lane: whose it is and what is in it.
func (v *View) laneContent(annotator string) *cardContent {
	for i, lane := range v.tags.lanes {
		if lane.Annotator != annotator {
			continue
		}
		about := &cardContent{key: "lane " + annotator, name: annotator}
		about.rows = []row{
			{fmt.Sprintf("%s, %s here", counted(lane.Layer.SpanCount(), "span"), counted(lane.Layer.RelationCount(), "relation")), v.palette.Dim},
			{"document " + strings.ReplaceAll(string(lane.Layer.Assessment.Status), "_", " "), v.palette.Dim},
		}
		for _, t := range v.visible {
			top, bottom := v.painter.metrics.laneBox(i, 0)
			if at := (box{0, t.y + top, v.geometry.left, t.y + bottom}); at.contains(v.mouse.x, v.mouse.y) {
				about.parts = append(about.parts, at)
			}
		}
		return about
	}
	return nil
}

// counted returns a number with what is counted.
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// comparisons says what the other layers have where a span of a lane lies.
func (v *View) comparisons(span *annotate.Span) []row {
	var rows []row
	for _, c := range v.s.Compare(span) {
		text := typeset.Isolate(c.Annotator) + ": " + v.difference(&c)
		ink := v.palette.Ink
		if c.Likeness == session.Same {
			ink = v.palette.Dim
		}
		rows = append(rows, row{text, ink})
	}
	return rows
}

// differenceQuote is how many characters of what another annotator has are shown.
const differenceQuote = 80

func (v *View) difference(c *session.Comparison) string {
	switch c.Likeness {
	case session.Same:
		return "the same"
	case session.Attributed:
		return "the same with other attributes"
	case session.Relabelled:
		return "the same words as " + typeset.Isolate(c.Span.Label)
	case session.Bounded, session.Overlapped:
		return typeset.Isolate(c.Span.Label) + " on " + typeset.Isolate("“"+v.s.Quote(c.Span, differenceQuote)+"”")
	}
	return "nothing here"
}

// belowLanes returns boxes of lines with their lower edges below the lanes: what is
// compared is not to be covered.
func (v *View) belowLanes(parts []box) []box {
	m := &v.painter.metrics
	if m.lanes == 0 {
		return parts
	}
	_, bottom := m.laneBox(m.lanes-1, 0)
	for i := range parts {
		parts[i].y1 += math.Max(0, bottom-float64(m.boxBottom))
	}
	return parts
}
