package session

import "spanwright/annotate"

// FocusDifference gives the focus to the next or previous span of a lane that not every
// layer has, in reading order and then in order of the lanes, beginning at the cursor and
// around the ends of the document.
func (s *Session) FocusDifference(forward bool) {
	if len(s.lanes) == 0 {
		s.tell("No layers of others are shown here.")
		return
	}
	from := stand{at: s.selection.head.Start, lane: -1}
	if span, lane := s.Foreign(); span != nil {
		from = stand{at: span.Extent().Start, span: span.ID, lane: s.laneIndex(lane.Annotator)}
	}
	next := s.difference(from, forward)
	if next == nil && forward {
		next = s.difference(stand{lane: -1}, true)
	}
	if next == nil && !forward {
		next = s.difference(stand{at: len(s.body.Text()) + 1, lane: -1}, false)
	}
	if next == nil {
		s.tell("The layers that are shown do not differ.")
		return
	}
	s.together(func() {
		s.ClearSelection()
		s.FocusForeign(next.ID)
	})
}

// stand is a place on the way through all lanes.
type stand struct {
	at   int         // byte offset
	lane int         // index of the lane that span is in, -1 between spans
	span annotate.ID // "" between spans
}

// difference returns the nearest span beyond where one stands that not every layer has,
// nil if there is none. Each lane is gone through only as far as its first one.
func (s *Session) difference(from stand, forward bool) *annotate.Span {
	var nearest *annotate.Span
	for i := range s.lanes {
		layer := s.lanes[i].Layer
		span, on := s.lanes[i].before(from, i), layer.Previous
		if forward {
			span, on = s.lanes[i].behind(from, i), layer.Next
		}
		for span != nil && s.Agreed(span) {
			span = on(span.ID)
		}
		switch {
		case span == nil:
		case nearest == nil, forward && span.Extent().Start < nearest.Extent().Start, !forward && span.Extent().Start >= nearest.Extent().Start:
			nearest = span
		}
	}
	return nearest
}

// behind returns the first span of the i-th lane behind where one stands.
func (l *Lane) behind(from stand, i int) *annotate.Span {
	switch {
	case i == from.lane:
		return l.Layer.Next(from.span)
	case i < from.lane:
		return l.Layer.NextFrom(from.at + 1)
	}
	return l.Layer.NextFrom(from.at)
}

// before returns the last span of the i-th lane before where one stands.
func (l *Lane) before(from stand, i int) *annotate.Span {
	switch {
	case i == from.lane:
		return l.Layer.Previous(from.span)
	case i < from.lane:
		return l.Layer.PreviousFrom(from.at + 1)
	}
	return l.Layer.PreviousFrom(from.at)
}

func (s *Session) laneIndex(annotator string) int {
	for i := range s.lanes {
		if s.lanes[i].Annotator == annotator {
			return i
		}
	}
	return -1
}
