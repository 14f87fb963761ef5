package panel

import "fyne.io/fyne/v2"

// Exits are a panel's ways back to the window.
type Exits struct {
	// OnLeave gives the keyboard back to the text: Esc, or a click after which
	// the work goes on there. May be nil.
	OnLeave func()
	// OnKey takes keys without a character that the panel has no use for, as F6. May be nil.
	OnKey func(*fyne.KeyEvent)
}

func (e *Exits) leave() {
	if e.OnLeave != nil {
		e.OnLeave()
	}
}

func (e *Exits) key(k *fyne.KeyEvent) {
	if e.OnKey != nil && len(k.Name) > 1 {
		e.OnKey(k)
	}
}
