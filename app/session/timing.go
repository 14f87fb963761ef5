package session

import (
	"time"

	"spanwright/annotate"
)

const (
	// pauseOver is how long nothing may come from the annotator before it is a pause, which does not count.
	pauseOver = time.Minute
	// keepTimeAfter is how long time that was measured waits at most to be written.
	keepTimeAfter = time.Minute
)

// timing measures how long the annotator works on a document, where the project says so:
// the time between one thing that the annotator does there and the next, pauses left out.
type timing struct {
	now   func() time.Time
	after func(time.Duration, func()) // runs a function later on the session's goroutine

	on       bool
	document annotate.ID
	layer    string
	last     time.Time // when the annotator did something; zero when that was not here
	spent    time.Duration
	waiting  bool // to be written
	closed   bool
}

func newTiming(o Options) timing {
	t := timing{now: o.Now, after: o.After}
	if t.now == nil {
		t.now = time.Now
	}
	if t.after == nil {
		t.after = func(d time.Duration, f func()) { time.AfterFunc(d, func() { o.Post(f) }) }
	}
	return t
}

// Timed reports whether the project has the time measured that the annotator works on a document.
func (s *Session) Timed() bool { return s.lead().timing.on }

// TimeSpent returns how long the annotator has worked on the current document, as far as
// it was measured.
func (s *Session) TimeSpent() time.Duration {
	spent := time.Duration(s.secondsSpent) * time.Second
	if t := &s.lead().timing; t.document == s.documentID() && t.layer == s.layerName() {
		spent += t.spent
	}
	return spent
}

// Active tells that the annotator does something in the current document: a key, a click,
// the wheel, the pointer moving over the text. It costs nothing worth speaking of.
func (s *Session) Active() {
	lead := s.lead()
	t := &lead.timing
	if !t.on || s.document == nil || s.project.ReadOnly() != nil {
		return
	}
	now := t.now()
	if t.document != s.document.ID || t.layer != s.layerName() {
		lead.keepTime()
		t.document, t.layer, t.spent = s.document.ID, s.layerName(), 0
	}
	if gap := now.Sub(t.last); !t.last.IsZero() && gap > 0 && gap <= pauseOver {
		t.spent += gap // what has just been opened is read before anything is done in it
	}
	t.last = now
	if !t.waiting {
		t.waiting = true
		t.after(keepTimeAfter, func() {
			t.waiting = false
			lead.keepTime()
		})
	}
}

// Rest tells that the annotator turns to something else than a document; what was measured is written.
func (s *Session) Rest() {
	lead := s.lead()
	lead.keepTime()
	lead.timing.last = time.Time{}
}

// keepTime writes the whole seconds that were measured and not written yet.
func (s *Session) keepTime() {
	t := &s.timing
	seconds := int(t.spent / time.Second)
	if seconds == 0 || t.closed {
		return
	}
	t.spent -= time.Duration(seconds) * time.Second
	for _, o := range s.both() {
		if o.documentID() == t.document && o.layerName() == t.layer {
			o.secondsSpent += seconds
		}
	}
	j := &job{changes: []annotate.Change{{Annotator: s.annotator, After: &annotate.Stint{
		ID: annotate.NewID(), Document: t.document, Annotator: t.layer, Seconds: seconds,
	}}}}
	j.done = func(_ []annotate.Change, err error) {
		s.post(func() {
			refused := s.saved.Err != nil
			if s.saved.Err = nil; refused {
				s.emit(Event{Kind: Saved})
			}
			if err != nil {
				s.fail(err)
			}
		})
	}
	j.failed = s.refused
	s.writer.add(j)
}

// MeasureTime says whether the time that annotators work on documents is measured in this
// project from now on. What was measured stays.
func (s *Session) MeasureTime(on bool) error {
	s = s.lead()
	if err := s.writable(); err != nil {
		return s.fail(err)
	}
	if s.team.Duty(s.annotator) != annotate.Leading {
		return s.fail(annotate.Errorf(annotate.Conflict, "only a lead of this project says whether time is measured, and %s is none", s.annotator))
	}
	s.Rest()
	go func() {
		err := s.project.SetTimed(on)
		s.post(func() {
			if err != nil {
				s.fail(err)
				return
			}
			s.timing.on = on
			s.emit(Event{Kind: Listed})
			s.tell(TimingNotice(on))
		})
	}()
	return nil
}

// TimingNotice says what is measured.
func TimingNotice(on bool) string {
	if !on {
		return "Time is not measured."
	}
	return "This project measures how long you work on each document: the time between keys, clicks and movements of the pointer there; pauses of more than a minute do not count."
}
