package panel

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"spanwright/annotate"
)

// formField is a line of a form and the property of the scheme that it is for.
type formField struct {
	field
	property string // as in what is wrong with it, "" if it is for none
	hint     string // what the property means
	tone     tone
	live     func(text string) // takes what is typed, letter by letter
	taken    func(text string) // takes what is typed with Enter and empties the line; may be nil
	colors   swatchChoice
	quote    annotate.Context
}

// formHost is what a form is part of.
type formHost interface {
	leaveForm()
	key(*fyne.KeyEvent)
	explain(hint string)
	// complaints returns what is wrong with the thing at path, by property.
	complaints(path string) map[string]string
	endTyping() // the keyboard left a line
	canvas() fyne.Canvas
}

// form shows the properties of a thing, as an item of a scheme, to be read and changed.
type form struct {
	host    formHost
	exits   Exits
	path    string
	fields  []formField
	lines   []line
	entries map[string]keptEntry
	about   map[*entry]string // path of the item that an entry is for
	stack   *stack
	view    *scrolled
	busy    bool
}

func newForm(host formHost) *form {
	f := &form{host: host, entries: map[string]keptEntry{}, about: map[*entry]string{}}
	f.exits = Exits{OnLeave: host.leaveForm, OnKey: host.key}
	f.stack = newStack()
	f.view = newScrolled(f.stack)
	return f
}

// show shows the item at path. Lines about the same things stay, so that the keyboard
// stays where it is.
func (f *form) show(path string, fields []formField) {
	f.busy = true
	defer func() { f.busy = false }()
	same := path == f.path && slices.EqualFunc(fields, f.fields, func(a, b formField) bool {
		return a.kind == b.kind && a.key == b.key && a.name == b.name && (a.hint == b.hint || a.kind != proseField)
	})
	held := f.heldKey()
	if path != f.path {
		f.view.scroll.ScrollToOffset(fyne.Position{})
		held = ""
	}
	f.path, f.fields = path, fields
	if same {
		for i := range fields {
			f.lines[i].show(&fields[i].field)
		}
	} else {
		f.lines = make([]line, len(fields))
		parts := make([]fyne.CanvasObject, len(fields))
		for i := range fields {
			f.lines[i] = f.newLine(i)
			parts[i] = f.lines[i]
		}
		f.stack.set(parts)
		f.focusKey(held)
	}
	f.complain()
	f.stack.Refresh()
	f.view.Refresh()
}

// complain shows the problems of the item below what they are about.
func (f *form) complain() {
	said := f.host.complaints(f.path)
	for i, l := range f.lines {
		if pair, ok := l.(*pairLine); ok && f.fields[i].property != "" && f.fields[i].check == nil {
			pair.complain(said[f.fields[i].property])
		}
	}
}

// newLine returns the line that shows the i-th field.
func (f *form) newLine(i int) line {
	d := &f.fields[i]
	switch d.kind {
	case headingField:
		return newTextLine(&d.field, newHeading(d.text))
	case proseField:
		return newTextLine(&d.field, newProse(d.text, dimTone, style{size: smallSize}, 0, insets{12, 2, 12, 4}))
	case problemField:
		return newTextLine(&d.field, newProse(d.text, badTone, style{size: smallSize}, 0, insets{12, 1, 12, 1}))
	case titleField:
		return newTitleLine(&d.field)
	case quoteField:
		return newQuoteLine(d)
	case markdownField:
		return newMarkdownLine(&d.field)
	case readingField:
		p := newProse(d.text, d.tone, style{size: textSize}, 0, insets{})
		l := newPairLine(&d.field, p, nil, func(shown *field) { p.set(shown.text, f.fields[i].tone) })
		return l
	case swatchField:
		w := newSwatches(&f.exits)
		w.step = func(by int) { f.focusFrom(i+by, by) }
		w.gained = func() { f.shown(i) }
		l := newPairLine(&d.field, w, w, func(*field) { w.set(f.fields[i].colors) })
		return l
	case itemsField:
		w := newFlow(&f.exits)
		w.step = func(by int) { f.focusFrom(i+by, by) }
		w.gained = func() { f.shown(i) }
		w.explain = func(guide string) {
			if guide == "" {
				guide = f.fields[i].hint
			}
			f.host.explain(guide)
		}
		l := newPairLine(&d.field, w, w, func(shown *field) { w.set(shown.items) })
		return l
	}
	return f.newEntryLine(i)
}

func (f *form) newEntryLine(i int) line {
	d := &f.fields[i]
	kept := f.entryOf(d)
	w := kept.entry
	if w.OnChanged = nil; f.about[w] != f.path { // else its caret stays where it is
		f.about[w] = f.path
		w.renew()
	}
	w.step = func(by int) { f.focusFrom(i+by, by) }
	w.gained = func() { f.shown(i) }
	w.SetPlaceHolder(d.answerHint())
	l := newPairLine(&d.field, kept.object, w, nil)
	if d.kind == textField {
		l.grow = w.grow
	}
	w.OnChanged = func(text string) {
		if f.busy {
			return
		}
		now := &f.fields[i]
		if now.check != nil {
			problem := now.check(text)
			l.complain(problem)
			f.stack.Refresh()
			if problem != "" {
				return
			}
		}
		w.shown = text // it is handed over letter by letter
		now.live(text)
		f.view.Refresh()
		f.shown(i)
	}
	w.commit = func(string) { // what could not be taken goes
		w.shown = f.fields[i].text
		w.SetText(f.fields[i].text)
	}
	if d.taken != nil {
		w.OnSubmitted = func(text string) {
			w.shown = ""
			w.SetText("")
			f.fields[i].taken(text)
		}
	}
	w.lost = f.host.endTyping
	l.update = func(shown *field) { w.set(shown.text) }
	l.update(&d.field)
	return l
}

// answerHint is what stands in an empty field.
func (d *formField) answerHint() string {
	if d.kind == entryField || d.kind == textField {
		return d.slot
	}
	return ""
}

// entryOf returns the text field for a line; one of the same line is used again.
func (f *form) entryOf(d *formField) keptEntry {
	slot := d.key
	if d.kind == textField {
		slot += " text"
	}
	kept, found := f.entries[slot]
	if !found {
		kept.entry = newEntry("", d.kind == textField, &f.exits)
		kept.object = container.NewThemeOverride(kept.entry, compact{fyne.CurrentApp().Settings().Theme()})
		f.entries[slot] = kept
	}
	return kept
}

// shown scrolls to the i-th line and has it explained.
func (f *form) shown(i int) {
	l := f.lines[i]
	f.view.reveal(l.Position().Y, l.Position().Y+l.Size().Height)
	f.host.explain(f.fields[i].hint)
}

// focusFrom gives the keyboard to the first line that can have it, from the i-th on in steps of by.
func (f *form) focusFrom(i, by int) {
	for ; i >= 0 && i < len(f.lines); i += by {
		if stop := f.lines[i].stop(); stop != nil {
			f.focus(stop)
			return
		}
	}
}

// focus gives the keyboard to a stop, which may be too new to be known to be on a canvas.
func (f *form) focus(stop target) {
	if c := f.host.canvas(); c != nil {
		c.Focus(stop)
	}
}

// focusName gives the keyboard to the name of an item that was just made, to be replaced.
func (f *form) focusName() {
	f.focusFrom(0, 1)
	for i, l := range f.lines {
		if e, ok := l.stop().(*entry); ok && f.fields[i].name == "name" {
			f.focus(e)
			e.TypedShortcut(&fyne.ShortcutSelectAll{})
			return
		}
	}
}

// focusProperty gives the keyboard to the line of a property, or to the first.
func (f *form) focusProperty(property string) {
	for i := range f.fields {
		if f.fields[i].property == property && f.lines[i].stop() != nil {
			f.focusFrom(i, 1)
			return
		}
	}
	f.focusFrom(0, 1)
}

func (f *form) focusKey(key string) {
	for _, l := range f.lines {
		if stop := l.stop(); key != "" && l.key() == key && stop != nil {
			f.focus(stop)
			return
		}
	}
}

// heldKey returns the key of the line that has the keyboard, "" if none has.
func (f *form) heldKey() string {
	c := f.host.canvas()
	if c == nil {
		return ""
	}
	for _, l := range f.lines {
		if stop := l.stop(); stop != nil && c.Focused() == fyne.Focusable(stop) {
			return l.key()
		}
	}
	return ""
}
