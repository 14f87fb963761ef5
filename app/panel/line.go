package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// line is one line of the inspector: a name at the left and a value beside it, or
// text over the whole width.
type line interface {
	fyne.CanvasObject
	heighter
	key() string
	stop() target // what has the keyboard here, nil if nothing can
	show(f *field)
}

const (
	nameWidth = 82
	nameRoom  = 110 // width of names in a wide line
	nameGap   = 8
	linePad   = 3
	// narrowLine is the width below which a name stands above its value.
	narrowLine = 270
	wideLine   = 380
	leastValue = 40 // width of a value
)

// newLine returns the line that shows the i-th field.
func (n *Inspector) newLine(i int, f *field) line {
	switch f.kind {
	case headingField:
		return newTextLine(f, newHeading(f.text))
	case proseField:
		return newTextLine(f, newProse(f.text, dimTone, style{size: smallSize}, 0, insets{12, 2, 12, 4}))
	case problemField:
		return newTextLine(f, newProblem(f.text))
	case titleField:
		return newTitleLine(f)
	case saidField:
		l := newSaidLine(f, &n.Exits)
		l.head.step = func(by int) { n.focusFrom(i+by, by) }
		l.head.gained = func() { n.shown(i); l.Refresh() }
		l.head.lost = l.Refresh
		l.head.explain = n.explain
		return l
	case conceptField:
		return n.newChooserLine(i, f)
	case pickField:
		return n.newPickerLine(i, f)
	case itemsField:
		w := newFlow(&n.Exits)
		w.step = func(by int) { n.focusFrom(i+by, by) }
		w.gained = func() { n.shown(i) }
		w.explain = n.explain
		return newPairLine(f, w, w, func(f *field) { w.set(f.items) })
	}
	return n.newEntryLine(i, f)
}

func (n *Inspector) newChooserLine(i int, f *field) line {
	kept := n.entryOf(f)
	kept.entry.renew()
	w := newChooser(kept, &n.Exits)
	w.step = func(by int) { n.focusFrom(i+by, by) }
	guide := f.guide
	w.gained = func() { n.shown(i); n.explain(guide) }
	w.lost = func() { n.explain("") }
	l := newPairLine(f, w, kept.entry, func(f *field) { w.set(f.text, f.choice) })
	w.resize = func() { n.stack.Refresh(); n.view.Refresh(); n.shown(i) }
	return l
}

func (n *Inspector) newPickerLine(i int, f *field) line {
	kept := n.entryOf(f)
	kept.entry.renew()
	w := newPicker(kept, &n.Exits)
	w.step = func(by int) { n.focusFrom(i+by, by) }
	w.gained = func() { n.shown(i) }
	w.explain = n.explain
	l := newPairLine(f, w, kept.entry, func(f *field) { w.set(f.pick) })
	if n.holds(kept.entry) { // more lines have come or gone while one picks
		w.reopen()
	}
	w.resize = func() { n.stack.Refresh(); n.view.Refresh(); n.shown(i) }
	return l
}

func (n *Inspector) newEntryLine(i int, f *field) line {
	kept := n.entryOf(f)
	w := kept.entry
	w.renew()
	w.step = func(by int) { n.focusFrom(i+by, by) }
	guide := f.guide
	w.gained = func() { n.shown(i); n.explain(guide) }
	w.lost = func() { n.explain("") }
	l := newPairLine(f, kept.object, w, nil)
	if f.kind != entryField {
		l.grow = w.grow
		w.OnChanged = func(text string) {
			if w.say != nil {
				n.session.SetDraft(f.writing, text)
			}
			if w.dirty() { // typed, so the line is there
				n.stack.Refresh()
				n.view.Refresh()
				n.shown(i)
			}
		}
	}
	l.update = func(f *field) {
		w.commit = f.commit
		if f.kind == sayField {
			w.say = func(text string) bool { return n.say(f.writing, text) }
		}
		w.set(f.text)
	}
	if check := f.check; check != nil {
		w.OnChanged = func(text string) { l.complain(check(text)); n.stack.Refresh() }
	}
	l.update(f)
	return l
}

// pairLine is a name and a value, and below them what is wrong with the value.
type pairLine struct {
	widget.BaseWidget
	id      string
	name    *prose
	value   fyne.CanvasObject
	holder  target
	update  func(*field)
	grow    func(width float32) // makes the value as high as that width needs; may be nil
	problem *prose
}

func newPairLine(f *field, value fyne.CanvasObject, holder target, update func(*field)) *pairLine {
	l := &pairLine{
		id: f.key, value: value, holder: holder, update: update,
		name:    newProse(f.name, dimTone, style{size: textSize}, 1, insets{}),
		problem: newProse("", badTone, style{size: smallSize}, 0, insets{}),
	}
	l.ExtendBaseWidget(l)
	if update != nil {
		update(f)
	}
	return l
}

func (l *pairLine) key() string  { return l.id }
func (l *pairLine) stop() target { return l.holder }

func (l *pairLine) show(f *field) {
	l.name.set(f.name, dimTone)
	l.update(f)
}

// complain says what is wrong with the value, "" for nothing.
func (l *pairLine) complain(problem string) {
	l.problem.set(problem, badTone)
	l.Refresh()
}

// valuePlace returns where the value begins in a line of that width: beside the name,
// or below it where the line is narrow.
func valuePlace(width float32) (x, y float32) {
	if width < narrowLine {
		return rowInset, linePad + style{size: textSize}.lineHeight()
	}
	return rowInset + namesIn(width) + nameGap, linePad
}

// namesIn returns the width that names have in a line of that width.
func namesIn(width float32) float32 {
	if width < wideLine {
		return nameWidth
	}
	return nameRoom
}

func (l *pairLine) heightFor(width float32) float32 {
	x, y := valuePlace(width)
	w := max(leastValue, width-x-rowInset)
	if l.grow != nil {
		l.grow(w)
	}
	return y + max(heightOf(l.value, w), l.name.style.lineHeight()) + l.problem.heightFor(w) + linePad
}

// CreateRenderer draws the line.
func (l *pairLine) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{l.name, l.value, l.problem}
	layout := func(size fyne.Size) {
		x, y := valuePlace(size.Width)
		w := max(leastValue, size.Width-x-rowInset)
		h := heightOf(l.value, w)
		name := l.name.style.lineHeight()
		if x == rowInset {
			place(l.name, x, linePad, w, name)
		} else { // beside the first line of the value
			first := h
			if h > flowLine+linePad {
				first = pillTall + 2
			}
			place(l.name, rowInset, linePad+max(0, (first-name)/2), namesIn(size.Width), name)
		}
		place(l.value, x, y, w, h)
		place(l.problem, x, y+h, w, l.problem.heightFor(w))
	}
	return drawing{
		objects: func() []fyne.CanvasObject { return objects },
		layout:  layout,
		minSize: func() fyne.Size { return fyne.NewSize(80, l.heightFor(l.Size().Width)) },
		refresh: func() { layout(l.Size()); canvas.Refresh(l) },
	}
}

// textLine is text over the whole width.
type textLine struct {
	prose
	id string
}

func newTextLine(f *field, p *prose) *textLine {
	l := &textLine{prose: prose{text: p.text, tone: p.tone, style: p.style, limit: p.limit, pad: p.pad}, id: f.key}
	l.extend(l)
	return l
}

func (l *textLine) key() string   { return l.id }
func (l *textLine) stop() target  { return nil }
func (l *textLine) show(f *field) { l.set(f.text, l.tone) }
