package session

import (
	"spanwright/annotate"
)

// Concepts returns what the project speaks of in many documents.
func (s *Session) Concepts() *annotate.Registry { return s.concepts }

// readConcepts reads them from the project, and adds those not committed yet.
func (s *Session) readConcepts() error {
	all, err := s.project.Concepts()
	if err != nil {
		return err
	}
	s.concepts = annotate.NewRegistry(all...)
	for i := range s.pending {
		s.concepts.Apply(&s.pending[i])
	}
	return nil
}

// lookup returns how an audit finds what annotations point at.
func (s *Session) lookup() annotate.Lookup {
	return annotate.Lookup{Span: s.spanElsewhere, Concept: s.concepts.Concept}
}
