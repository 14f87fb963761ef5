package panel

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// entry is a text field that hands its text over when it is done with: Enter
// (Ctrl+Enter where Enter makes a line), Esc, or the keyboard going elsewhere. One with
// say hands it over by Enter and Ctrl+Enter alone, as it is meant for others; Shift+Enter
// makes a line there, and what is typed stays in the field meanwhile.
type entry struct {
	widget.Entry
	shown  string // the text last set or handed over
	commit func(text string)
	say    func(text string) bool // false when it could not be taken; may be nil
	shift  bool                   // held down
	gained func()
	lost   func()                      // the keyboard went; may be nil
	before func(k *fyne.KeyEvent) bool // takes keys before the field does; may be nil
	step   func(by int)                // to the next or previous field; may be nil
	enter  func()                      // Enter hands over and does this, Shift+Enter makes a line; may be nil
	tab    func(by int)                // what Tab and Shift+Tab do; nil leaves them to the window
	menu   func()                      // what Alt+Down shows; may be nil
	exits  *Exits
	rows   int // shown without scrolling
}

func newEntry(placeholder string, multiline bool, exits *Exits) *entry {
	e := &entry{exits: exits}
	e.ExtendBaseWidget(e)
	e.PlaceHolder = placeholder
	e.Scroll = container.ScrollHorizontalOnly // what is longer than the field stays in it
	if multiline {
		e.Scroll = container.ScrollNone
		e.MultiLine, e.Wrapping = true, fyne.TextWrapWord
		e.rows = 1
		e.SetMinRowsVisible(1)
	}
	return e
}

// mostRows is how many lines of a text are shown without scrolling, and entryPad
// what of a field's width its text does not get.
const (
	mostRows = 8
	entryPad = 14
)

// grow makes the field as high as its text needs at that width.
func (e *entry) grow(width float32) {
	if width <= leastValue { // not laid out yet
		return
	}
	if rows := rowsOf(e.Text, width); rows != e.rows {
		e.rows = rows
		e.SetMinRowsVisible(rows)
	}
}

// rowsOf returns how many lines of a text a field of that width shows without scrolling.
func rowsOf(text string, width float32) int {
	rows := 0
	for line := range strings.SplitSeq(text, "\n") { // blank ones at the end count here
		rows += len(style{size: textSize}.wrap(line, width-entryPad, 0))
	}
	return min(rows, mostRows)
}

// AcceptsTab lets Tab go to the next field, in texts of several lines too.
func (e *entry) AcceptsTab() bool { return e.tab != nil }

// renew makes the field ready for another text, which what was done to this one must not reach.
func (e *entry) renew() {
	e.commit, e.say, e.OnChanged, e.lost, e.before, e.shown = nil, nil, nil, nil, nil, ""
	e.step, e.enter, e.tab, e.gained = nil, nil, nil, nil
	e.SetText("")
}

// set shows text unless something is being typed.
func (e *entry) set(text string) {
	if e.dirty() || e.Text == text {
		return
	}
	e.shown = text
	e.SetText(text)
}

func (e *entry) dirty() bool { return e.Text != e.shown }

// toEnd puts the caret behind the text.
func (e *entry) toEnd() {
	if e.MultiLine {
		e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	}
	e.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
}

// hand hands the text over by the wish of who types, and leaves the field unless it
// could not be taken.
func (e *entry) hand() {
	if e.say == nil {
		e.finish()
		e.exits.leave()
		return
	}
	e.shown = e.Text
	if e.say(e.Text) {
		e.exits.leave()
	}
}

// finish hands the text over if it was changed.
func (e *entry) finish() {
	if e.dirty() && e.commit != nil {
		e.shown = e.Text
		e.commit(e.Text)
	}
}

// FocusGained shows the caret.
func (e *entry) FocusGained() {
	e.Entry.FocusGained()
	if e.gained != nil {
		e.gained()
	}
}

// FocusLost hands the text over.
func (e *entry) FocusLost() {
	e.Entry.FocusLost()
	e.shift = false
	e.finish()
	call(e.lost)
}

// KeyDown notes that Shift is held.
func (e *entry) KeyDown(k *fyne.KeyEvent) {
	e.shift = e.shift || k.Name == desktop.KeyShiftLeft || k.Name == desktop.KeyShiftRight
	e.Entry.KeyDown(k)
}

// KeyUp notes that Shift is no longer held.
func (e *entry) KeyUp(k *fyne.KeyEvent) {
	e.shift = e.shift && k.Name != desktop.KeyShiftLeft && k.Name != desktop.KeyShiftRight
	e.Entry.KeyUp(k)
}

// TypedKey edits, or leaves the field.
func (e *entry) TypedKey(k *fyne.KeyEvent) {
	if e.before != nil && e.before(k) {
		return
	}
	row := e.CursorRow
	switch k.Name {
	case fyne.KeyEscape:
		e.finish()
		e.exits.leave()
		return
	case fyne.KeyTab:
		if e.tab != nil {
			e.tab(direction(e.shift))
			return
		}
	case fyne.KeyReturn, fyne.KeyEnter:
		if e.say != nil && !e.shift {
			e.hand()
			return
		}
		if e.enter != nil && !e.shift {
			e.finish()
			e.enter()
			return
		}
		if !e.MultiLine {
			e.finish()
		}
	}
	e.Entry.TypedKey(k)
	switch {
	case e.CursorRow != row || e.step == nil:
	case k.Name == fyne.KeyUp:
		e.step(-1)
	case k.Name == fyne.KeyDown:
		e.step(1)
	}
	if functionKeys[k.Name] {
		e.exits.key(k)
	}
}

// functionKeys never mean anything to a text field.
var functionKeys = map[fyne.KeyName]bool{
	fyne.KeyF1: true, fyne.KeyF2: true, fyne.KeyF3: true, fyne.KeyF4: true, fyne.KeyF5: true, fyne.KeyF6: true,
	fyne.KeyF7: true, fyne.KeyF8: true, fyne.KeyF9: true, fyne.KeyF10: true, fyne.KeyF11: true, fyne.KeyF12: true,
}

// TypedShortcut hands the text over on Ctrl+Enter and leaves the rest to the toolkit.
func (e *entry) TypedShortcut(s fyne.Shortcut) {
	if c, ok := s.(*desktop.CustomShortcut); ok && c.KeyName == fyne.KeyReturn {
		e.hand()
		return
	}
	if c, ok := s.(*desktop.CustomShortcut); ok && c.KeyName == fyne.KeyDown && c.Modifier == fyne.KeyModifierAlt && e.menu != nil {
		e.menu()
		return
	}
	e.Entry.TypedShortcut(s)
}

// compact is a theme with less room inside text fields.
type compact struct{ fyne.Theme }

func (c compact) Size(name fyne.ThemeSizeName) float32 {
	if name == theme.SizeNameInnerPadding {
		return 4
	}
	return c.Theme.Size(name)
}

// Color asks the theme shown now, which may have changed since.
func (c compact) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	return fyne.CurrentApp().Settings().Theme().Color(name, v)
}
