package session

import (
	"sync/atomic"
	"time"
)

// Pace is how far long work has got, and how fast.
type Pace struct {
	Done, Total int // bytes or documents
	Name        string
	Elapsed     time.Duration
}

// leastPace is how long work must have gone on for its rate to mean anything.
const leastPace = 500 * time.Millisecond

// Rate returns how much is done in a second; 0 while that is not known.
func (p Pace) Rate() float64 {
	if p.Elapsed < leastPace {
		return 0
	}
	return float64(p.Done) / p.Elapsed.Seconds()
}

// Left returns how long the rest will take at this rate; ok is false while that is not known.
func (p Pace) Left() (left time.Duration, ok bool) {
	rate := p.Rate()
	if rate == 0 || p.Total < p.Done {
		return 0, false
	}
	return time.Duration(float64(p.Total-p.Done) / rate * float64(time.Second)), true
}

// pacer notes on any goroutine how far work is, and has that shown now and then.
type pacer struct {
	began time.Time
	last  atomic.Pointer[Pace]
	shown time.Time // for the goroutine of the work alone
	show  func()
}

// paceShown is how often progress is shown.
const paceShown = 100 * time.Millisecond

func newPacer(show func()) *pacer { return &pacer{began: time.Now(), shown: time.Now(), show: show} }

func (p *pacer) report(done, total int, name string) {
	now := time.Now()
	p.last.Store(&Pace{done, total, name, now.Sub(p.began)})
	if now.Sub(p.shown) >= paceShown {
		p.shown = now
		p.show()
	}
}

// pace returns how far the work is.
func (p *pacer) pace() Pace {
	if p == nil {
		return Pace{}
	}
	if last := p.last.Load(); last != nil {
		return *last
	}
	return Pace{}
}
