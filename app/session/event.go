package session

import "spanwright/annotate"

// EventKind is a set of things that happened.
type EventKind uint

// What can happen.
const (
	Opened        EventKind = 1 << iota // another document is current, or none
	Edited                              // annotations of the current document changed
	Selected                            // the cursor or the selection moved
	Focused                             // another annotation has the focus, or none
	Armed                               // a label was armed or disarmed
	Saved                               // an edit was committed, or could not be
	Listed                              // the list of documents has other rows
	Searched                            // a search through all documents found more, or ended
	SchemeChanged                       // the scheme has other labels
	Related                             // a relation in progress began, moved on or ended
	Told                                // there is something to read in Message
	Linked                              // more is known of concepts and what is linked to them
	Turned                              // the document beside and the current one have changed places
	Leaving                             // the document is about to be left: what is being typed must be handed in
	Shown                               // a record, or what is said of the document, is to be looked at
	Judged                              // cases of adjudication were settled or opened, or another one is looked at
	Queued                              // more is known of the documents that are left to be adjudicated
	Laned                               // other layers, or other states of them, are shown as lanes
)

// Event tells subscribers what happened.
type Event struct {
	Kind EventKind
	// Dirty is what of the current document has to be painted again.
	Dirty []annotate.Fragment
	// Spans are those an edit made or changed.
	Spans []annotate.ID
	// Reveal is a part of the text to bring into view, empty if none.
	Reveal annotate.Fragment
	// Record is what Shown is about: a record, or the assessment.
	Record annotate.ID
}

// Is reports whether anything of k happened.
func (e Event) Is(k EventKind) bool { return e.Kind&k != 0 }

// Message is one sentence for the person at the window.
type Message struct {
	Text  string
	Error bool // something did not work
}

// Subscribe has f called with every event, in order.
func (s *Session) Subscribe(f func(Event)) { s.subscribers = append(s.subscribers, f) }

// together holds events back while f runs, and sends what they add up to once: one
// gesture makes the panes paint themselves once.
func (s *Session) together(f func()) {
	s.holding++
	f()
	s.holding--
	if held := s.held; s.holding == 0 && held.Kind != 0 {
		s.held = Event{}
		s.emit(held)
	}
}

func (s *Session) emit(e Event) {
	if s.holding > 0 {
		s.held.Kind |= e.Kind
		s.held.Dirty = append(s.held.Dirty, e.Dirty...)
		s.held.Spans = append(s.held.Spans, e.Spans...)
		if !e.Reveal.Empty() {
			s.held.Reveal = e.Reveal
		}
		if e.Record != "" {
			s.held.Record = e.Record
		}
		return
	}
	for _, f := range s.subscribers {
		f(e)
	}
}

// Message returns the last thing told.
func (s *Session) Message() Message { return s.message }

// Tell shows a sentence where messages are shown.
func (s *Session) Tell(text string) { s.tell(text) }

func (s *Session) tell(text string) {
	s = s.lead()
	s.message = Message{Text: text}
	s.emit(Event{Kind: Told})
}

// fail tells err and returns it.
func (s *Session) fail(err error) error {
	s = s.lead()
	s.message = Message{Text: err.Error(), Error: true}
	s.emit(Event{Kind: Told})
	return err
}
