package session

import (
	"sync"
	"sync/atomic"
	"time"

	"spanwright/annotate"
	"spanwright/app/adjudicate"
)

// queue is how many documents are left to be adjudicated.
type queue struct {
	open      int  // documents in which people differ
	uncounted int  // documents in which that is not known yet
	known     bool // that anything was counted
	counting  bool
	again     bool // something has changed meanwhile
	stopped   atomic.Bool
	counters  sync.WaitGroup
}

// Left returns in how many documents people differ, and in how many that is not known yet; ok is false before
// anything was counted.
func (a *Adjudication) Left() (open, uncounted int, ok bool) {
	return a.queue.open, a.queue.uncounted, a.queue.known
}

// toldEvery is the time between two tellings of how many are left.
const toldEvery = 500 * time.Millisecond

// count counts on another goroutine in which documents people differ, as far as that is not known.
func (a *Adjudication) count() {
	q := &a.queue
	if q.counting {
		q.again = true
		return
	}
	q.counting = true
	s, reader := a.session, a.reader()
	q.counters.Go(func() {
		tell := func(done bool, err error) {
			open, uncounted, err2 := reader.Project.Differing()
			s.post(func() {
				q.counting = !done
				if s.adjudication != a || err != nil || err2 != nil {
					return // counted when it is asked for again
				}
				q.open, q.uncounted, q.known = open, uncounted, true
				s.emit(Event{Kind: Queued})
				if done && q.again {
					q.again = false
					a.count()
				}
			})
		}
		more, told, err := true, time.Now(), error(nil)
		for more && err == nil && !q.stopped.Load() {
			if more, err = reader.Count(); time.Since(told) > toldEvery {
				tell(false, nil)
				told = time.Now()
			}
		}
		tell(true, err)
	})
}

// reader opens documents of the project.
func (a *Adjudication) reader() *adjudicate.Reader {
	s := a.session
	return &adjudicate.Reader{Project: s.project, Scheme: s.scheme, Concept: s.concepts.Concept}
}

// stopCounting ends what is counted and waits for it.
func (s *Session) stopCounting() {
	if a := s.adjudication; a != nil {
		a.queue.stopped.Store(true)
		a.queue.counters.Wait()
	}
}

// NextDocument opens the next or previous document in which people differ, going round at the end, and
// looks at the first case. Where there is no other, it does something else, which may be nil.
func (a *Adjudication) NextDocument(forward bool, otherwise func() error) {
	s, reader, request := a.session, a.reader(), a.session.opening
	from := s.documentID()
	a.queue.counters.Go(func() {
		_ = s.writer.wait() // what was decided last counts; what the disk refuses has been told
		id, found, err := reader.Next(from, forward)
		s.post(func() {
			switch {
			case request != s.opening || s.adjudication != a: // somebody has gone elsewhere
			case err != nil:
				s.fail(err)
			case found:
				a.openFirst(id)
			case otherwise != nil:
				_ = otherwise() // told to the person by itself
			default:
				s.tell("People differ in no other document.")
			}
		})
	})
}

// openFirst opens a document and looks at the first case that is open.
func (a *Adjudication) openFirst(id annotate.ID) {
	s := a.session
	s.read(id, func(c content) {
		s.together(func() {
			s.install(c, "")
			if s.adjudication == a {
				a.Next(true)
			}
		})
	})
}
