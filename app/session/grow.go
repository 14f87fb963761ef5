package session

import "spanwright/annotate"

// Grow widens the selection to the next larger unit around it: token, phrase
// between punctuation marks, quotation, sentence, paragraph.
func (s *Session) Grow() {
	current := s.selection.selected
	around := current
	if around.Empty() {
		around = s.selection.head
	}
	if around.Empty() {
		return
	}
	phrase, _ := s.body.Phrase(around)
	sentence, _ := s.body.SentenceAt(around.Start)
	paragraph := s.body.Trim(s.body.Paragraph(s.body.ParagraphAt(around.Start)))
	for _, units := range [][]annotate.Fragment{{s.selection.head}, {phrase}, s.body.Quotations(around), {sentence}, {paragraph}} {
		if larger := smallestAround(units, around, current); !larger.Empty() {
			grown := append(s.selection.grown, current)
			s.Select(larger)
			s.selection.grown = grown
			return
		}
	}
}

// smallestAround returns the smallest unit that contains f and is not current, empty if there is none.
func smallestAround(units []annotate.Fragment, f, current annotate.Fragment) annotate.Fragment {
	var best annotate.Fragment
	for _, u := range units {
		if u.Contains(f) && u != current && (best.Empty() || u.Len() < best.Len()) {
			best = u
		}
	}
	return best
}

// Shrink takes the last Grow back.
func (s *Session) Shrink() {
	last := len(s.selection.grown) - 1
	if last < 0 {
		return
	}
	grown, smaller := s.selection.grown[:last], s.selection.grown[last]
	cursor := s.selection.anchor
	s.Select(smaller)
	if smaller.Empty() {
		s.selection.cursorTo(cursor)
	}
	s.selection.grown = grown
}
