package window

// adjudicate begins to settle where annotators differ in the current document, in the
// place of the list of documents; once it goes on, it goes between the list of cases and the text.
func (w *Window) adjudicate() {
	switch {
	case !w.session.Adjudicating():
		w.keepLayout()
		if w.session.Adjudicate(true) != nil {
			return // told by the session
		}
		w.arrangeAdjudication()
	case w.judge.Has(w.win.Canvas().Focused()):
		w.focusText()
		return
	}
	w.closePage()
	if w.registering || w.searching {
		w.registering, w.searching = false, false
		w.arrangeAdjudication()
	}
	w.judge.Ask(w.win.Canvas())
}

// nextDifferences goes to the next document in which people differ, and begins to adjudicate where nobody does.
func (w *Window) nextDifferences() {
	if !w.session.Adjudicating() {
		if w.adjudicate(); !w.session.Adjudicating() {
			return // told by the session
		}
	}
	w.session.Adjudication().NextDocument(true, nil)
}

// endAdjudication brings back the annotator's own layer and the list of documents.
func (w *Window) endAdjudication() {
	if w.session.Adjudicating() {
		w.keepLayout()
		w.tolerate(w.session.Adjudicate(false))
		w.arrangeAdjudication()
	}
	w.focusText()
}

func (w *Window) arrangeAdjudication() {
	w.tools.refresh()
	w.arrange(w.tools.body)
}

// backToCases goes back to the cases from the text, unless something is under way there; it
// reports whether it did.
func (w *Window) backToCases() bool {
	if !w.session.Adjudicating() || w.session.UnderWay() {
		return false
	}
	w.judge.Ask(w.win.Canvas())
	return true
}

// editCase gives the keyboard to what was begun for the case looked at: to the text, or to the form.
func (w *Window) editCase() {
	c := w.session.Adjudication().Current()
	switch {
	case c.Attribute != "":
		w.showForm()
		w.fields.FocusRecord(w.session.Layer().Assessment.EntityID())
	case c.Record():
		w.showForm()
		w.fields.FocusRecord(c.Decision.Results[0].ID)
	default:
		w.focusText()
	}
}

// leaveForm goes back to the cases where one of the form is looked at, else to the text.
func (w *Window) leaveForm() {
	if a := w.session.Adjudication(); a != nil {
		if c := a.Current(); c != nil && (c.Attribute != "" || c.Record()) {
			w.judge.Ask(w.win.Canvas())
			return
		}
	}
	w.focusText()
}
