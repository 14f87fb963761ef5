package session

import (
	"maps"
	"slices"

	"spanwright/annotate"
)

// Likeness is how near another layer comes to a span.
type Likeness int

// What another layer has where a span lies, the nearest last.
const (
	Missing    Likeness = iota // nothing that overlaps the span
	Overlapped                 // another label over other text
	Relabelled                 // another label over the same text
	Bounded                    // the same label over other text
	Attributed                 // the same but for its attributes
	Same
)

// Comparison is what another annotator has where a span lies.
type Comparison struct {
	Annotator string
	Likeness  Likeness
	Span      *annotate.Span // the nearest one, nil where it is missing
}

// Compared returns the layers that the lanes are compared with: one another, and the
// annotator's own once it says anything, unless the lanes are shown for a purpose.
func (s *Session) Compared() []*annotate.Layer {
	layers := make([]*annotate.Layer, 0, len(s.lanes)+1)
	if s.lead().laneView.wanted == nil && (s.layer.SpanCount() > 0 || s.layer.Assessment.Status == annotate.Done) {
		layers = append(layers, s.layer)
	}
	for i := range s.lanes {
		layers = append(layers, s.lanes[i].Layer)
	}
	return layers
}

// Agreed reports whether every layer that is compared has a span like this one of a lane:
// the same text, label and attributes. A single layer has nobody to agree with.
func (s *Session) Agreed(span *annotate.Span) bool {
	others := 0
	for _, layer := range s.Compared() {
		if layer.Annotator == span.Annotator {
			continue
		}
		if others++; !twin(layer, span) {
			return false
		}
	}
	return others > 0
}

// twin reports whether a layer has a span like this one. It looks at the spans over the
// first character only.
func twin(layer *annotate.Layer, span *annotate.Span) bool {
	start := span.Extent().Start
	for other := range layer.Touching(annotate.Fragment{Start: start, End: start + 1}) {
		if likeness(span, other) == Same {
			return true
		}
	}
	return false
}

// Compare returns, in the order of the lanes with the annotator's own layer first, what
// the other layers have where a span of a lane lies.
func (s *Session) Compare(span *annotate.Span) []Comparison {
	var found []Comparison
	for _, layer := range s.Compared() {
		if layer.Annotator != span.Annotator {
			found = append(found, nearest(layer, span))
		}
	}
	return found
}

// mostCompared bounds how many spans of a layer are compared with one; a longer one has
// no nearest that says anything.
const mostCompared = 500

func nearest(layer *annotate.Layer, span *annotate.Span) Comparison {
	c, seen := Comparison{Annotator: layer.Annotator}, 0
	shared := 0
	for other := range layer.Touching(span.Extent()) {
		if seen++; seen > mostCompared {
			break
		}
		like, bytes := likeness(span, other), sharedBytes(span, other)
		if bytes > 0 && (like > c.Likeness || like == c.Likeness && bytes > shared) {
			c.Likeness, c.Span, shared = like, other, bytes
		}
	}
	return c
}

// likeness returns how near b comes to a, which it overlaps.
func likeness(a, b *annotate.Span) Likeness {
	place := slices.Equal(a.Fragments, b.Fragments)
	switch {
	case place && a.Label == b.Label && maps.EqualFunc(a.Attributes, b.Attributes, annotate.Value.Equal):
		return Same
	case place && a.Label == b.Label:
		return Attributed
	case a.Label == b.Label:
		return Bounded
	case place:
		return Relabelled
	}
	return Overlapped
}

func sharedBytes(a, b *annotate.Span) (n int) {
	for _, f := range a.Fragments {
		for _, g := range b.Fragments {
			n += max(0, min(f.End, g.End)-max(f.Start, g.Start))
		}
	}
	return n
}
