package session

import "spanwright/store"

// quotationsShown is how many spans of a label are quoted as examples.
const quotationsShown = 3

// Quotations reads what some of the annotator's spans of a label in other documents cover, on
// another goroutine, and hands it to take on the one of the session.
func (s *Session) Quotations(label string, take func([]store.Quotation)) {
	project, here := s.project, s.layer.Document
	go func() {
		found, err := project.Quotations(s.annotator, label, here, quotationsShown)
		s.post(func() {
			if err == nil && project == s.project { // a guideline does without examples that cannot be read
				take(found)
			}
		})
	}()
}
