package session

import (
	"fmt"

	"spanwright/annotate"
)

// Find selects the tokens of the next or previous place where words stand in the
// document, whatever their case (see [annotate.Pattern]), and around the document's
// end. It reports whether there is one.
func (s *Session) Find(words string, forward bool) bool {
	if words == "" {
		return false
	}
	hit, found := s.nearest(annotate.NewPattern(words), forward)
	if !found {
		s.tell(fmt.Sprintf("“%s” does not occur in this document.", words))
		return false
	}
	s.selectHit(hit)
	return true
}

// selectHit selects the tokens that a hit lies in and brings it into view.
func (s *Session) selectHit(hit annotate.Fragment) {
	s.together(func() {
		s.Select(s.snap(hit))
		s.selection.hit = hit
		s.emit(Event{Kind: Selected, Reveal: hit})
	})
}

// AtHit reports whether the selection is what was found last, as it was found.
func (s *Session) AtHit() bool {
	sel := &s.selection
	return !sel.hit.Empty() && sel.selected == s.snap(sel.hit)
}

// snap widens f to whole tokens and grapheme clusters; of blanks alone it leaves the clusters.
func (s *Session) snap(f annotate.Fragment) annotate.Fragment {
	if snapped := s.body.Snap(f); !snapped.Empty() {
		f = snapped
	}
	return s.body.SnapClusters(f)
}

// nearest returns the hit next to the selection, or else to the cursor, in one
// direction and around the end. Of the tokens that were selected for a hit no further
// one is taken: nothing would seem to happen.
func (s *Session) nearest(p *annotate.Pattern, forward bool) (annotate.Fragment, bool) {
	sel := &s.selection
	follows := func(f annotate.Fragment) bool { return f.Start >= sel.head.Start }
	precedes := func(f annotate.Fragment) bool { return f.Start < sel.head.Start }
	if here := sel.selected; !here.Empty() {
		atHit := s.AtHit()
		follows = func(f annotate.Fragment) bool { return f.Start > here.Start && (!atHit || f.End > here.End) }
		precedes = func(f annotate.Fragment) bool { return f.Start < here.Start }
	}
	var first, last, before, after annotate.Fragment
	for f := range p.All(s.body.Text()) {
		if first.Empty() {
			first = f
		}
		last = f
		if precedes(f) {
			before = f
		}
		if after.Empty() && follows(f) {
			after = f
			if forward {
				break
			}
		}
	}
	near, round := after, first
	if !forward {
		near, round = before, last
	}
	if near.Empty() {
		near = round
	}
	return near, !near.Empty()
}
