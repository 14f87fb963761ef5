package session

import "spanwright/annotate"

// selection is the token cursor and what is selected around it. The selection
// runs from the anchor token to the head token, which is the cursor, unless the
// mouse or the find bar chose other bounds.
type selection struct {
	anchor, head annotate.Fragment
	forward      bool // which way the selection was begun
	selected     annotate.Fragment
	hit          annotate.Fragment   // what was searched for last, if the selection came from that; see Session.AtHit
	grown        []annotate.Fragment // what Shrink goes back to, the largest last
}

func (s *selection) cursorTo(token annotate.Fragment) {
	*s = selection{anchor: token, head: token}
}

func (s *selection) extendTo(token annotate.Fragment) {
	s.head, s.grown = token, nil
	s.selected = annotate.Fragment{
		Start: min(s.anchor.Start, token.Start),
		End:   max(s.anchor.End, token.End),
	}
}

// Cursor returns the token the cursor is on, empty in a text without tokens.
func (s *Session) Cursor() annotate.Fragment { return s.selection.head }

// Selection returns the selected part of the text, empty if there is none.
func (s *Session) Selection() annotate.Fragment { return s.selection.selected }

func (s *Session) moved() {
	s.emit(Event{Kind: Selected, Reveal: s.selection.head})
}

// MoveTo puts the cursor on the token at a byte offset and clears the selection.
func (s *Session) MoveTo(offset int) {
	if t, ok := s.body.TokenAt(offset); ok {
		s.selection.cursorTo(t)
		s.moved()
	}
}

// ExtendTo selects from where the selection was begun to the token at a byte offset.
func (s *Session) ExtendTo(offset int) {
	if t, ok := s.body.TokenAt(offset); ok {
		if s.selection.selected.Empty() {
			s.selection.forward = t.Start >= s.selection.anchor.Start
		}
		s.selection.extendTo(t)
		s.moved()
	}
}

type neighbour func(offset int) (annotate.Fragment, bool)

// MoveSentence moves the cursor to the first token of the next or previous
// sentence; from a selection, to one beside it.
func (s *Session) MoveSentence(forward bool) {
	from := s.selection.selected
	if from.Empty() {
		from = s.selection.head
	}
	step, at := s.body.NextSentence, from.End
	if !forward {
		step, at = s.body.PreviousSentence, from.Start
	}
	target, ok := step(at)
	if !ok {
		return
	}
	if t, ok := s.body.TokenAt(target.Start); ok {
		s.selection.cursorTo(t)
		s.moved()
	}
}

// ExtendToken makes the selection one token longer or shorter: the first press
// selects the cursor's own token, so that n presses select n tokens.
func (s *Session) ExtendToken(forward bool) {
	sel := &s.selection
	switch {
	case sel.head.Empty():
		return
	case sel.selected.Empty():
		sel.forward = forward
		sel.extendTo(sel.head)
	case sel.head == sel.anchor && forward != sel.forward:
		sel.selected = annotate.Fragment{}
	default:
		step, at := s.body.NextToken, sel.head.End
		if !forward {
			step, at = s.body.PreviousToken, sel.head.Start
		}
		if t, ok := step(at); ok {
			sel.extendTo(t)
		}
	}
	s.moved()
}

// ExtendSentence moves the selection's end to the end of the sentence ahead, or
// to the start of the one behind.
func (s *Session) ExtendSentence(forward bool) {
	step, at := s.body.NextSentence, s.selection.head.Start
	if forward {
		if here, ok := s.body.SentenceAt(at); ok && (s.selection.selected.Empty() || s.selection.head.End < here.End) {
			s.ExtendTo(here.End - 1)
			return
		}
		at = s.selection.head.End
	} else {
		step = s.body.PreviousSentence
		if here, ok := s.body.SentenceAt(at); ok && at > here.Start {
			s.ExtendTo(here.Start)
			return
		}
	}
	if target, ok := step(at); ok {
		if forward {
			s.ExtendTo(target.End - 1)
		} else {
			s.ExtendTo(target.Start)
		}
	}
}

// ExtendCluster moves the selection's end by one grapheme cluster.
func (s *Session) ExtendCluster(forward bool) {
	sel := &s.selection
	f := sel.selected
	if f.Empty() {
		f = annotate.Fragment{Start: sel.head.Start, End: sel.head.Start}
		sel.forward = forward
	}
	switch {
	case sel.forward && forward:
		f.End = s.body.NextCluster(f.End)
	case sel.forward:
		f.End = s.body.PreviousCluster(f.End)
	case forward:
		f.Start = s.body.NextCluster(f.Start)
	default:
		f.Start = s.body.PreviousCluster(f.Start)
	}
	sel.selected = f
	if f.Empty() {
		sel.selected = annotate.Fragment{}
	}
	s.emit(Event{Kind: Selected, Reveal: f})
}

// Select selects exactly f.
func (s *Session) Select(f annotate.Fragment) {
	first, ok := s.body.TokenAt(f.Start)
	if f.Empty() || !ok {
		s.ClearSelection()
		return
	}
	last := first
	if t, ok := s.body.TokenAt(f.End - 1); ok {
		last = t
	}
	s.selection = selection{anchor: first, head: last, forward: true, selected: f}
	s.emit(Event{Kind: Selected})
}

// SweepDone ends a sweep of the mouse: with a label armed, the selection gets it.
func (s *Session) SweepDone() {
	if s.armed != "" && !s.selection.selected.Empty() {
		_ = s.Label(s.armed) // told to the person by Label itself
	}
}

// ClearSelection leaves the cursor where it is and nothing selected.
func (s *Session) ClearSelection() {
	if s.selection.selected.Empty() {
		return
	}
	s.selection.cursorTo(s.selection.head)
	s.emit(Event{Kind: Selected})
}
