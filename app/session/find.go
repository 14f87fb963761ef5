package session

import (
	"fmt"
	"regexp"

	"spanwright/annotate"
)

// Find selects the tokens of the next or previous place where query stands in the
// document, whatever its case, and around the document's end. It reports whether
// there is one.
func (s *Session) Find(query string, forward bool) bool {
	if query == "" {
		return false
	}
	pattern := regexp.MustCompile("(?i)" + regexp.QuoteMeta(query))
	from := s.selection.head.Start
	if selected := s.selection.selected; !selected.Empty() {
		from = selected.Start
	}
	hit, found := search(pattern, s.body.Text(), from, forward, !s.selection.selected.Empty())
	if !found {
		s.tell(fmt.Sprintf("“%s” does not occur in this document.", query))
		return false
	}
	s.together(func() {
		s.Select(s.snap(hit))
		s.emit(Event{Kind: Selected, Reveal: hit})
	})
	return true
}

// snap widens f to whole tokens and grapheme clusters; of blanks alone it leaves the clusters.
func (s *Session) snap(f annotate.Fragment) annotate.Fragment {
	if snapped := s.body.Snap(f); !snapped.Empty() {
		f = snapped
	}
	return s.body.SnapClusters(f)
}

// search returns the hit nearest to from; past says to leave one that begins exactly there.
func search(pattern *regexp.Regexp, text string, from int, forward, past bool) (annotate.Fragment, bool) {
	var first, last, before, after annotate.Fragment
	for _, m := range pattern.FindAllStringIndex(text, -1) {
		f := annotate.Fragment{Start: m[0], End: m[1]}
		if first.Empty() {
			first = f
		}
		last = f
		if f.Start < from {
			before = f
		}
		if after.Empty() && (f.Start > from || f.Start == from && !past) {
			after = f
		}
	}
	near, wrapped := after, first
	if !forward {
		near, wrapped = before, last
	}
	if near.Empty() {
		near = wrapped
	}
	return near, !near.Empty()
}
