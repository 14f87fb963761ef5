package docview

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

var (
	_ fyne.Focusable      = (*View)(nil)
	_ fyne.Tabbable       = (*View)(nil)
	_ fyne.Shortcutable   = (*View)(nil)
	_ fyne.WidgetRenderer = (*renderer)(nil)
)

// FocusGained notices that keys come here.
func (v *View) FocusGained() {
	v.typed = true
	v.Refresh()
}

// FocusLost notices that keys go elsewhere.
func (v *View) FocusLost() {
	v.typed = false
	v.Refresh()
}

// altPause is the time between two looks whether Alt is still held.
const altPause = 30 * time.Millisecond

// awaitAlt closes the menu bar once Alt is released: the toolkit opens it then, even
// where Alt was held to sweep by characters.
func (v *View) awaitAlt() {
	v.o.After(altPause, func() {
		app := fyne.CurrentApp()
		if app == nil || v.gone {
			return
		}
		if v.o.Modifiers()&fyne.KeyModifierAlt != 0 {
			v.awaitAlt()
			return
		}
		c := app.Driver().CanvasForObject(v)
		if bar, ok := c.(interface{ DismissMenu() bool }); ok && bar.DismissMenu() {
			c.Focus(v)
		}
	})
}

// AcceptsTab keeps Tab from leaving the pane: it goes from annotation to annotation.
func (v *View) AcceptsTab() bool { return true }

// TypedRune passes on what is typed.
func (v *View) TypedRune(r rune) {
	v.s.Active()
	if v.o.Rune != nil {
		v.o.Rune(r)
	}
}

// TypedKey moves the cursor or passes the key on.
func (v *View) TypedKey(e *fyne.KeyEvent) {
	v.s.Active()
	held := v.o.Modifiers()
	if v.move(e.Name, held) {
		return
	}
	if v.o.Key != nil {
		v.o.Key(e.Name, held)
	}
}

// TypedShortcut moves the cursor where Ctrl or Alt is held, or passes the shortcut on.
func (v *View) TypedShortcut(s fyne.Shortcut) {
	v.s.Active()
	if c, ok := s.(*desktop.CustomShortcut); ok && v.move(c.KeyName, c.Modifier) {
		return
	}
	if v.o.Shortcut != nil {
		v.o.Shortcut(s)
	}
}

// stroke is a key with what is held besides Shift, which extends the selection.
type stroke struct {
	key  fyne.KeyName
	held fyne.KeyModifier
}

// movement is what a key does to the cursor, or with extend to the selection.
type movement func(v *View, extend bool)

// movements is the table of keys that move the cursor.
var movements = map[stroke]movement{
	{fyne.KeyLeft, 0}:     func(v *View, extend bool) { v.sideways(false, extend) },
	{fyne.KeyRight, 0}:    func(v *View, extend bool) { v.sideways(true, extend) },
	{fyne.KeyUp, 0}:       func(v *View, extend bool) { v.vertical(-1, extend) },
	{fyne.KeyDown, 0}:     func(v *View, extend bool) { v.vertical(1, extend) },
	{fyne.KeyPageUp, 0}:   func(v *View, extend bool) { v.page(-1, extend) },
	{fyne.KeyPageDown, 0}: func(v *View, extend bool) { v.page(1, extend) },
	{fyne.KeyHome, 0}:     func(v *View, extend bool) { v.lineEnd(false, extend) },
	{fyne.KeyEnd, 0}:      func(v *View, extend bool) { v.lineEnd(true, extend) },

	{fyne.KeyLeft, fyne.KeyModifierControl}:  func(v *View, extend bool) { v.sentence(false, extend) },
	{fyne.KeyRight, fyne.KeyModifierControl}: func(v *View, extend bool) { v.sentence(true, extend) },
	{fyne.KeyHome, fyne.KeyModifierControl}:  func(v *View, extend bool) { v.documentEnd(false, extend) },
	{fyne.KeyEnd, fyne.KeyModifierControl}:   func(v *View, extend bool) { v.documentEnd(true, extend) },

	{fyne.KeyLeft, fyne.KeyModifierAlt}:  func(v *View, extend bool) { v.character(false, extend) },
	{fyne.KeyRight, fyne.KeyModifierAlt}: func(v *View, extend bool) { v.character(true, extend) },
}

// move does what a key means for the cursor; it reports false for other keys.
func (v *View) move(key fyne.KeyName, held fyne.KeyModifier) bool {
	m, known := movements[stroke{key, held &^ fyne.KeyModifierShift}]
	if !known {
		return false
	}
	if v.layout == nil {
		return true
	}
	if key != fyne.KeyUp && key != fyne.KeyDown && key != fyne.KeyPageUp && key != fyne.KeyPageDown {
		v.goal = -1
	}
	m(v, held&fyne.KeyModifierShift != 0)
	return true
}

// goTo moves to the token at a byte offset.
func (v *View) goTo(offset int, extend bool) {
	if extend {
		v.s.ExtendTo(offset)
	} else {
		v.s.MoveTo(offset)
	}
}

func (v *View) sentence(forward, extend bool) {
	if extend {
		v.s.ExtendSentence(forward)
	} else {
		v.s.MoveSentence(forward)
	}
}

// vertical moves by that many lines and keeps to the column it began in.
func (v *View) vertical(lines int, extend bool) {
	from := v.s.Cursor()
	if v.goal < 0 {
		v.goal = v.layout.Caret(from.Start).X
	}
	direction := 1
	if lines < 0 {
		direction, lines = -1, -lines
	}
	line := v.layout.LineOf(from.Start)
	for {
		next, ok := v.lineAfter(line, direction)
		if !ok {
			return
		}
		line = next
		token, ok := v.tokenOn(line.Fragment, v.under(v.goal, line))
		if lines--; !ok && lines <= 0 {
			if line, ok = v.tokenBeyond(line, direction); !ok {
				return
			}
			token, ok = v.tokenOn(line.Fragment, v.under(v.goal, line))
		}
		if ok && lines <= 0 {
			goal := v.goal
			v.goTo(token.Start, extend)
			v.goal = goal
			return
		}
	}
}

// page moves by as many lines as the pane shows, less one.
func (v *View) page(direction int, extend bool) {
	lines := max(1, int(v.geometry.height/v.painter.metrics.pitch)-1)
	for ; lines > 1; lines-- {
		before := v.s.Cursor()
		v.vertical(direction*lines, extend)
		if v.s.Cursor() != before {
			return
		}
	}
	v.vertical(direction, extend)
}

// lineEnd moves to the first or last token of the line.
func (v *View) lineEnd(last, extend bool) {
	line := v.layout.LineOf(v.s.Cursor().Start).Fragment
	offset := line.Start
	if last {
		offset = line.End
	}
	if token, ok := v.tokenOn(line, offset); ok {
		v.goTo(token.Start, extend)
	}
}

// documentEnd moves to the first or last token and shows the document from its
// start or to its end, which blanks may keep apart.
func (v *View) documentEnd(last, extend bool) {
	offset, y := 0, v.geometry.top
	if last {
		offset, y = len(v.s.Body().Text()), v.geometry.height-v.geometry.bottom-v.painter.metrics.pitch
	}
	v.goTo(offset, extend)
	v.bring(offset, y)
	v.Refresh()
}
