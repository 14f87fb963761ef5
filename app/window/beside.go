package window

import (
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"spanwright/app/docview"
	"spanwright/app/panel"
)

// roomForAll is the width of a window, in toolkit units, in which two documents and the
// list of documents have room.
const roomForAll = 1700

// toggleBeside shows a second document beside the current one, the one after it at
// first, or takes it away again.
func (w *Window) toggleBeside() {
	w.keepLayout()
	if w.beside != nil {
		w.session.CloseBeside()
		w.beside, w.back, w.both, w.turnedOver, w.folded = nil, nil, nil, false, false
		w.centre()
		return
	}
	next, err := w.session.Neighbour()
	if err != nil {
		return // told by the session
	}
	s := w.session.OpenBeside(next)
	w.beside = w.newView(s, docview.Options{Yield: w.yielded})
	w.back = container.NewBorder(panel.NewHeader(s).Behind().Object(), nil, nil, nil, w.beside)
	w.folded = w.settings.showDocuments() && w.win.Canvas().Size().Width < roomForAll
	w.centre()
}

// peer returns the pane of the document beside, nil if there is none.
func (w *Window) peer() *docview.View { return w.beside }

// centre puts the documents into the middle of the window, each where it was.
func (w *Window) centre() {
	w.middle = w.front
	if w.beside != nil {
		left, right := w.front, w.back
		if w.turnedOver {
			left, right = right, left
		}
		w.both = panel.NewSplit(left, right, w.settings.split("beside", 0.5))
		w.middle = w.both
	}
	w.arrange(w.tools.body)
	w.focusText()
}

// turn makes the document beside the current one.
func (w *Window) turn() {
	if !w.session.Turn() {
		w.session.Tell("There is no second document to turn to: F7 shows one.")
	}
}

// turned takes in that the two documents have changed places in the session: the panes
// do so too, so that each stays where it is on the screen.
func (w *Window) turned() {
	if w.beside == nil {
		return
	}
	docview.Exchange(w.view, w.beside)
	w.turnedOver = !w.turnedOver
	w.keepLayout()
	w.centre()
}

// yielded makes the document that was pressed on the current one and passes the press on.
func (w *Window) yielded(e *desktop.MouseEvent) {
	if w.session.Turn() {
		w.view.MouseDown(e)
		w.view.MouseUp(e)
	}
}
