package session

import (
	"spanwright/annotate"
)

// Concepts returns what the project speaks of in many documents.
func (s *Session) Concepts() *annotate.Registry { return s.concepts }

// readConcepts reads them from the project, and adds those not committed yet. The
// registry stays the same one: documents that are being read look things up in it.
func (s *Session) readConcepts() error {
	all, err := s.project.Concepts()
	if err != nil {
		return err
	}
	s.concepts.Set(all...)
	for i := range s.pending {
		s.concepts.Apply(&s.pending[i])
	}
	return nil
}

// lookup returns how an audit finds what annotations point at. It may be used on any goroutine.
func (s *Session) lookup() annotate.Lookup {
	project := s.project
	return annotate.Lookup{Span: func(id annotate.ID) *annotate.Span { return spanIn(project, id) }, Concept: s.concepts.Concept}
}
