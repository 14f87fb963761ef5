package window

import "fyne.io/fyne/v2"

// page is what can stand in the place of the panes: the editor of the scheme, an import,
// an export.
type page interface {
	Object() fyne.CanvasObject
	Focus(fyne.Canvas)
	CyclePane(c fyne.Canvas, step int)
	Shown()
	Hidden()
	Apply() // Ctrl+Enter
}

// showPage puts a page in the place of the panes, or of the page that is there.
func (w *Window) showPage(p page) {
	w.keepLayout()
	w.session.Rest() // a page is not the document
	if w.page != nil {
		w.page.Hidden()
	}
	w.page = p
	w.tools.body.Objects = []fyne.CanvasObject{p.Object()}
	w.tools.body.Refresh()
	p.Shown()
	w.focusText()
}

// closePage brings the panes back.
func (w *Window) closePage() {
	if w.page == nil {
		return
	}
	w.page.Hidden()
	w.page = nil
	w.arrange(w.tools.body)
	w.focusText()
}
