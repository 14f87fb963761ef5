package window

import (
	"context"
	"errors"

	"spanwright/app/panel"
	reporting "spanwright/app/report"
)

// toggleFeedback shows the annotator what was decided otherwise than they had it, read anew;
// if it is there, the panes come back.
func (w *Window) toggleFeedback() {
	if w.feedback != nil && w.page == page(w.feedback) {
		w.closePage()
		return
	}
	if w.feedback == nil {
		w.feedback = panel.NewFeedback(w.session)
		w.feedback.OnClose, w.feedback.OnRead, w.feedback.OnKey = w.closePage, w.readFeedback, w.outsideText
	}
	w.showPage(w.feedback)
	w.readFeedback()
}

// readFeedback reads what was decided in the background.
func (w *Window) readFeedback() {
	if w.jobs.busy {
		w.showError(errBusy)
		return
	}
	s, f, blind := w.session, w.feedback, w.session.Blind()
	var read *reporting.Feedback
	w.jobs.run("Reading what was decided", func(ctx context.Context, progress func(int, int, string)) (err error) {
		if err = s.Flush(); err != nil {
			return err
		}
		read, err = reporting.OwnFeedback(ctx, s.Project(), s.Annotator(), blind, progress)
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, context.Canceled):
			s.Tell("What was decided was not read to its end.")
		case err != nil:
			w.report(err)
		default:
			f.Set(read)
		}
	})
}
