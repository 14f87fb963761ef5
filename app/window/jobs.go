package window

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"spanwright/app/session"
)

// showAfter is how long work may take before the window says so.
const showAfter = 200 * time.Millisecond

// jobBar is the line above the status that tells how far long work is, with a
// Cancel. The window stays usable meanwhile.
type jobBar struct {
	object *fyne.Container
	label  *widget.Label
	bar    *widget.ProgressBar
	cancel *widget.Button
	busy   bool
	post   func(func())
}

func newJobBar(post func(func())) *jobBar {
	b := &jobBar{post: post, label: widget.NewLabel(""), bar: widget.NewProgressBar()}
	b.label.Truncation = fyne.TextTruncateEllipsis
	b.cancel = widget.NewButton("Cancel", nil)
	b.object = container.NewBorder(nil, nil, nil, b.cancel, container.NewGridWithColumns(2, b.label, b.bar))
	b.object.Hide()
	return b
}

// stop cancels what is being done.
func (b *jobBar) stop() {
	if b.busy {
		b.cancel.OnTapped()
	}
}

// run does work on another goroutine; done gets its outcome back on the UI goroutine.
func (b *jobBar) run(title string, work func(ctx context.Context, progress func(done, total int, name string)) error, done func(error)) {
	b.runTelling(title, func(p session.Pace) string { return fmt.Sprintf("%d of %d", p.Done, p.Total) }, work, done)
}

// runTelling is run for work whose progress tell puts into words.
func (b *jobBar) runTelling(title string, tell func(session.Pace) string, work func(ctx context.Context, progress func(done, total int, name string)) error, done func(error)) {
	began := time.Now()
	ctx, cancel := context.WithCancel(context.Background())
	var ended, cancelled bool
	b.cancel.OnTapped = func() {
		cancelled = true
		b.label.SetText(title + ": cancelling…")
		b.cancel.Disable()
		cancel()
	}
	b.cancel.Enable()
	b.busy = true
	time.AfterFunc(showAfter, func() {
		b.post(func() {
			if !ended {
				if !cancelled {
					b.label.SetText(title + "…")
				}
				b.object.Show()
			}
		})
	})
	var queued atomic.Bool // one repaint at a time, however fast the work is
	progress := func(n, total int, name string) {
		if !queued.CompareAndSwap(false, true) {
			return
		}
		pace := session.Pace{Done: n, Total: total, Name: name, Elapsed: time.Since(began)}
		b.post(func() {
			queued.Store(false)
			if cancelled {
				return
			}
			b.label.SetText(fmt.Sprintf("%s: %s · %s", title, tell(pace), name))
			if total > 0 {
				b.bar.SetValue(float64(n) / float64(total))
			}
		})
	}
	go func() {
		err := work(ctx, progress)
		cancel()
		b.post(func() {
			ended, b.busy = true, false
			b.object.Hide()
			done(err)
		})
	}()
}
