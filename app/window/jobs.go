package window

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
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

// run does work on another goroutine; done gets its outcome back on the UI goroutine.
func (b *jobBar) run(title string, work func(ctx context.Context, progress func(done, total int, name string)) error, done func(error)) {
	ctx, cancel := context.WithCancel(context.Background())
	b.cancel.OnTapped = cancel
	b.busy = true
	var ended bool
	time.AfterFunc(showAfter, func() {
		b.post(func() {
			if !ended {
				b.label.SetText(title + "…")
				b.object.Show()
			}
		})
	})
	var queued atomic.Bool // one repaint at a time, however fast the work is
	progress := func(n, total int, name string) {
		if !queued.CompareAndSwap(false, true) {
			return
		}
		b.post(func() {
			queued.Store(false)
			b.label.SetText(fmt.Sprintf("%s: %d of %d · %s", title, n, total, name))
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
