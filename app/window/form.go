package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"spanwright/app/panel"
)

// composeForm builds the form and what turns between it and the annotations.
func (w *Window) composeForm(exits panel.Exits) {
	w.fields = panel.NewForm(w.session)
	exits.OnLeave = w.leaveForm
	w.fields.Exits, w.fields.Canvas = exits, w.win.Canvas()
	w.formSide = panel.FormSide(w.fields)
	w.guide = panel.NewGuidePage(w.session)
	w.guide.Exits = panel.Exits{OnLeave: w.leaveGuide, OnKey: w.outsideText}
	w.tabs = panel.NewTabs([]string{"Annotations", "Form", "Guideline"}, func(i int) {
		w.keepLayout()
		w.reading = i == 2
		w.turnTo(i == 1 || i == 2 && w.forming)
	})
	w.forming = w.settings.showForm() && w.recording()
}

// recording reports whether the scheme has records, which only the form shows.
func (w *Window) recording() bool { return len(w.session.Scheme().Records) > 0 }

// filling reports whether the form stands in the place of the annotations.
func (w *Window) filling() bool {
	return w.forming && (w.recording() || len(w.session.Scheme().Document) > 0)
}

// rightName is under what name the width of what is at the right is remembered.
func (w *Window) rightName() string {
	switch {
	case w.reading:
		return "guide"
	case w.filling():
		return "form"
	}
	return "right"
}

// rightOf puts the annotations or the form at the right of content.
func (w *Window) rightOf(content fyne.CanvasObject) *panel.Split {
	side, usual, tab := w.rightSide, 0.73, 0
	switch {
	case w.reading:
		side, usual, tab = w.guide.Object(), 0.68, 2
	case w.filling():
		side, usual, tab = w.formSide, 0.58, 1
	}
	w.tabs.Set(tab)
	w.tabbed = w.recording()
	side.Show() // a narrow window may have hidden it
	if tab > 0 || w.tabbed {
		side = container.NewBorder(w.tabs, nil, nil, nil, side)
	}
	split := panel.NewSplit(content, side, w.settings.split(w.rightName(), usual))
	split.Side = side
	return split
}

// turnTo shows the form, or the annotations, beside the text.
func (w *Window) turnTo(form bool) {
	w.forming = form
	if w.recording() {
		w.settings.setShowForm(form)
	}
	w.arrange(w.tools.body)
}

// showForm shows the form beside the text.
func (w *Window) showForm() {
	if w.settings.showAnnotations() && w.filling() && !w.reading {
		return
	}
	w.keepLayout()
	w.settings.setShowAnnotations(true)
	w.reading = false
	w.turnTo(true)
}

// showGuide shows the guideline of the whole scheme, at what is focused or armed; where
// it is shown and has the keyboard already, it goes away.
func (w *Window) showGuide() {
	if w.reading && w.settings.showAnnotations() && w.win.Canvas().Focused() != fyne.Focusable(w.view) {
		w.leaveGuide()
		return
	}
	w.keepLayout()
	w.settings.setShowAnnotations(true)
	w.reading = true
	w.arrange(w.tools.body)
	label := w.session.Armed()
	if span := w.session.FocusedSpan(); span != nil {
		label = span.Label
	} else if r := w.session.FocusedRelation(); r != nil {
		label = r.Label
	}
	w.guide.Open(w.win.Canvas(), label)
}

// leaveGuide shows again what stood in the guideline's place.
func (w *Window) leaveGuide() {
	w.keepLayout()
	w.reading = false
	w.arrange(w.tools.body)
	w.focusText()
}

// toForm shows the form and gives it the keyboard.
func (w *Window) toForm() {
	scheme := w.session.Scheme()
	if len(scheme.Records)+len(scheme.Document) == 0 {
		w.session.Tell("The scheme asks nothing about the document as a whole.")
		return
	}
	w.showForm()
	w.fields.FocusFirst()
}

// fillForm puts the selected words into the form's text field that had the keyboard last.
func (w *Window) fillForm() {
	f := w.session.Selection()
	if f.Empty() {
		w.session.Tell("Select the words first; Ctrl+Shift+D puts them into the text field of the form that you were in.")
		return
	}
	w.showForm()
	if !w.fields.Fill(w.session.Body().Text()[f.Start:f.End]) {
		w.session.Tell("Go to a text field of the form first, with Ctrl+D; then select words and press Ctrl+Shift+D.")
		return
	}
	w.session.ClearSelection()
}
