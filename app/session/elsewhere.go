package session

import "spanwright/annotate"

// Elsewhere is a span of another document, with what is to be shown of it.
type Elsewhere struct {
	Span     *annotate.Span
	Document string // its name
	Quote    string
}

// FindElsewhere reads spans of other documents on another goroutine and hands
// those it found to f on this one, each with a quote of at most n characters.
func (s *Session) FindElsewhere(ids []annotate.ID, n int, f func([]Elsewhere)) {
	project := s.project
	go func() {
		var found []Elsewhere
		for _, id := range ids {
			span, err := project.Span(id)
			if err != nil {
				continue // gone, which check reports
			}
			d, err := project.Document(span.Document)
			if err != nil {
				continue
			}
			found = append(found, Elsewhere{span, d.Name, annotate.Excerpt(span.Covered(d.Text), n)})
		}
		s.post(func() { f(found) })
	}()
}
