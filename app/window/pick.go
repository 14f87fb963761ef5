package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// pickEntry is the line one types in to pick from a list below it. Keys that move in
// the list are not its own.
type pickEntry struct {
	widget.Entry
	key func(fyne.KeyName) bool // reports whether the key was for the list
}

func newPickEntry(hint string, key func(fyne.KeyName) bool) *pickEntry {
	e := &pickEntry{key: key}
	e.ExtendBaseWidget(e)
	e.SetPlaceHolder(hint)
	return e
}

// TypedKey offers a key to the list first.
func (e *pickEntry) TypedKey(key *fyne.KeyEvent) {
	if !e.key(key.Name) {
		e.Entry.TypedKey(key)
	}
}
