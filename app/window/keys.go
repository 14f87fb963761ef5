package window

import (
	"unicode"

	"fyne.io/fyne/v2"
)

// onKey handles the named keys that the text pane does not use for movement.
func (w *Window) onKey(key fyne.KeyName, mod fyne.KeyModifier) bool {
	s, forward := w.session, mod&fyne.KeyModifierShift == 0
	if s == nil {
		return false
	}
	switch key {
	case fyne.KeyEscape:
		if !w.backToMentions() && !w.backToCases() {
			s.Cancel()
		}
	case fyne.KeyTab:
		switch {
		case w.assembling():
			s.NextFiller(forward)
		case s.Relating() != "":
			s.CycleTarget(forward)
		default:
			s.FocusNext(forward)
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		w.enter()
	case fyne.KeyDelete, fyne.KeyBackspace:
		w.delete()
	case fyne.KeyF1:
		w.showKeys()
	case fyne.KeyF3:
		w.find(forward)
	case fyne.KeyF4:
		if forward {
			s.FocusViolation()
		} else {
			w.toViolations()
		}
	case fyne.KeyF5:
		s.FocusFlagged()
	case fyne.KeyF6:
		if forward {
			w.cyclePane(1)
		} else {
			w.cyclePane(-1)
		}
	case fyne.KeyF7:
		if forward {
			w.toggleBeside()
		} else {
			w.turn()
		}
	case fyne.KeyF8:
		if forward {
			w.adjudicate()
		} else {
			w.endAdjudication()
		}
	case fyne.KeyF9:
		if forward {
			w.toggleDashboard()
		} else {
			w.toggleFeedback()
		}
	case fyne.KeyF11:
		w.toggleFullScreen()
	default:
		return false
	}
	return true
}

// enter takes the frame being assembled or the candidate of a relation in progress, gives the armed label to
// the selection, or goes to the focused annotation's attributes.
func (w *Window) enter() {
	s := w.session
	switch {
	case w.assembling():
		w.tolerate(s.TakeFrame())
	case s.Relating() != "":
		s.PickCandidate()
	case s.Armed() != "" && !s.Selection().Empty():
		w.tolerate(s.Label(s.Armed()))
	default:
		w.toInspector()
	}
}

// onRune handles characters: hints and choices of a relation in progress, then
// the program's own letters, then the scheme's.
func (w *Window) onRune(r rune) bool {
	s := w.session
	if s == nil {
		return false
	}
	if s.Relating() != "" {
		if n := len(s.RelationChoices()); n > 0 {
			s.ChooseRelation(int(r - '1'))
			return true
		}
		if s.TypeHint(r) || s.Selection().Empty() {
			return true
		} // else a label makes what the relation can go to
	}
	if w.assembling() && w.onSlotRune(unicode.ToLower(r)) {
		return true
	}
	if w.onCommand(r) || w.onSchemeKey(string(r)) {
		return true
	}
	// A capital means its letter where it means nothing itself, first to the scheme,
	// whose letters would not be reached where a command has them.
	small := unicode.ToLower(r)
	return w.onSchemeKey(string(small)) || w.onCommand(small)
}

func (w *Window) assembling() bool {
	proposed, _ := w.session.Assembling()
	return proposed != nil
}

// onSlotRune handles the characters that mean something while a frame is being assembled.
func (w *Window) onSlotRune(r rune) bool {
	switch {
	case r == '0':
		w.session.ImplySlot()
	case '1' <= r && r <= '9':
		w.session.ChooseSlot(int(r - '1'))
	case r == 'x':
		w.session.KeepWhole()
	default:
		return false
	}
	return true
}

// tolerate drops an error that the session has told the person already.
func (w *Window) tolerate(error) {}
