package session

import "spanwright/annotate"

// OpenBeside shows a document beside the current one, to be read and to be related to.
// What is edited in either shows in both at once and goes to the disk by the same way.
// [Session.Turn] makes it the current one. The session returned is for the pane that
// shows it; it belongs to s and ends with [Session.CloseBeside].
func (s *Session) OpenBeside(id annotate.ID) *Session {
	if s.beside == nil {
		s.beside = &Session{
			project: s.project, annotator: s.annotator, post: s.post, writer: s.writer, scheme: s.scheme, concepts: s.concepts,
			links: newLinks(), list: s.list, search: s.search, mentions: s.mentions, relating: s.relating, front: s,
		}
		s.beside.clearDocument()
	}
	s.beside.open(id, "")
	return s.beside
}

// Neighbour returns the document after the current one, or else the one before it, or
// else the same.
func (s *Session) Neighbour() (annotate.ID, error) {
	if err := s.present(); err != nil {
		return "", s.fail(err)
	}
	for _, forward := range []bool{true, false} {
		id, found, err := s.project.Next(s.layerName(), s.document.ID, forward, false)
		if err != nil {
			return "", s.fail(err)
		}
		if found {
			return id, nil
		}
	}
	return s.document.ID, nil
}

// Beside returns the session of the document beside the current one, nil if there is none.
func (s *Session) Beside() *Session { return s.beside }

// CloseBeside ends what OpenBeside began. A relation in progress goes on.
func (s *Session) CloseBeside() {
	if s.beside == nil {
		return
	}
	s.beside.opening++ // what is being read is for nobody
	s.beside = nil
	if s.relating.from != nil {
		s.findTargets()
		s.changedRelating()
	}
}

// Turn makes the document beside the current one, and the other way round; each keeps
// its cursor, selection and focus. It reports whether there was one to turn to.
func (s *Session) Turn() bool {
	b := s.beside
	if b == nil || b.document == nil || s.document == nil || b.awaited != "" || s.awaited != "" {
		return false
	}
	s.emit(Event{Kind: Leaving})
	s.together(func() {
		s.stopAssembling()
		s.page, b.page = b.page, s.page
		s.chosen = ""
		if s.relating.from != nil {
			s.findTargets()
		}
	})
	for _, o := range []*Session{s, b} {
		o.emit(Event{Kind: Turned})
	}
	for _, o := range []*Session{s, b} {
		o.emit(Event{Kind: Opened | Selected | Focused | Related})
	}
	return true
}

// lead returns the session that edits are saved and messages shown by.
func (s *Session) lead() *Session {
	if s.front != nil {
		return s.front
	}
	return s
}

// both returns the session of the current document and, if there is one, that of the
// document beside.
func (s *Session) both() []*Session {
	l := s.lead()
	switch {
	case l.beside != nil:
		return []*Session{l, l.beside}
	case l != s: // closed meanwhile
		return []*Session{l, s}
	}
	return []*Session{s}
}
