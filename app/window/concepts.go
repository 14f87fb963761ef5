package window

// showConcepts shows the registry in the place of the documents; once more goes to its field.
func (w *Window) showConcepts() {
	if !w.registering {
		w.keepLayout()
		w.registering = true
		w.settings.setShowDocuments(true)
		w.arrange(w.tools.body)
	}
	w.showAnnotationsPane()
	w.registry.Ask(w.win.Canvas())
}

// leaveConcepts shows the documents again and goes back to the text.
func (w *Window) leaveConcepts() {
	if w.registering {
		w.keepLayout()
		w.registering, w.jumped = false, false
		w.arrange(w.tools.body)
	}
	w.focusText()
}

// openedMention goes to the text, from where Esc comes back.
func (w *Window) openedMention() {
	w.focusText()
	w.jumped = true
}

// backToMentions goes back to where the text was jumped to from, unless something is
// under way there; it reports whether it did.
func (w *Window) backToMentions() bool {
	if !w.jumped || !w.registering || w.session.UnderWay() {
		return false
	}
	w.jumped = false
	w.registry.FocusMentions(w.win.Canvas())
	return true
}

// toConceptName goes to the name of the concept that is looked at.
func (w *Window) toConceptName() {
	w.showAnnotationsPane()
	w.inspector.FocusName()
}

// toMove goes to where the marked mentions are to be linked.
func (w *Window) toMove() {
	w.showAnnotationsPane()
	w.inspector.FocusMove()
}

// leaveInspector goes back to what the inspector was entered from.
func (w *Window) leaveInspector() {
	switch {
	case w.session.Chosen() == nil || !w.registering:
		w.focusText()
	case w.session.Mentions().MarkedCount() > 0:
		w.registry.FocusMentions(w.win.Canvas())
	default:
		w.registry.FocusList(w.win.Canvas())
	}
}
