package panel

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"spanwright/app/lettering"
)

// itemKind is how an item of a flow looks.
type itemKind int

const (
	plainItem  itemKind = iota // words before others, dim
	ownItem                    // what fills a role where a link would lead nowhere new, dim
	symbolItem                 // an arrow or flag, which only the bundled monospace font is sure to have
	pillItem                   // a value to choose, in a rounded frame
	linkItem                   // words to follow
	offerItem                  // something that could be done, dim and framed
	removeItem                 // deletes what the row is about; Delete does it too
	nameItem                   // who said something, bold
)

// item is a word or a few in a flow.
type item struct {
	kind  itemKind
	text  string
	on    bool // a chosen pill
	act   func()
	guide string // what it means, shown while it is pointed at
}

// flow is a row of pills and links that wraps to its width and is one stop for
// the keyboard: Left and Right move in it, Space and Enter act, a digit acts on
// the pill of that number.
type flow struct {
	widget.BaseWidget
	exits   *Exits
	step    func(by int)       // to the next or previous field
	gained  func()             // the keyboard came
	lost    func()             // the keyboard went; may be nil
	explain func(guide string) // "" when the pointer leaves; may be nil
	tab     func(by int)       // what Tab and Shift+Tab do; nil leaves them to the window

	items   []item
	boxes   []box
	width   float32
	height  float32
	cursor  int
	focused bool
	hovered int
}

// box is where an item is drawn.
type box struct {
	x, y, width float32
	frame       *canvas.Rectangle
	text        *lettering.Text
}

const (
	flowLine = 24 // from one line of items to the next
	pillTall = 20
	pillPad  = 8
	itemGap  = 4

	leastFiller = 60 // width that still tells what fills a role
)

var (
	flowStyle = style{size: smallSize}
	linkStyle = style{size: textSize}
)

func newFlow(exits *Exits) *flow {
	f := &flow{exits: exits, hovered: -1}
	f.ExtendBaseWidget(f)
	return f
}

func (f *flow) set(items []item) {
	alike := slices.EqualFunc(items, f.items, func(a, b item) bool {
		return a.kind == b.kind && a.text == b.text && a.on == b.on && (a.act == nil) == (b.act == nil)
	})
	f.items = items
	if alike {
		return
	}
	f.hovered = -1
	if f.cursor >= len(items) || !f.acts(f.cursor) {
		f.cursor = f.first()
	}
	f.width = 0
	f.arrange(f.Size().Width)
	f.Refresh()
}

func (f *flow) acts(i int) bool { return i >= 0 && i < len(f.items) && f.items[i].act != nil }

// first returns where the cursor begins: the chosen pill, or else the first item that acts.
func (f *flow) first() int {
	first := -1
	for i, it := range f.items {
		if it.on && it.act != nil {
			return i
		}
		if first < 0 && it.act != nil {
			first = i
		}
	}
	return first
}

func (it *item) framed() bool { return it.kind == pillItem || it.kind == offerItem }

func (it *item) style() style {
	s := linkStyle
	if it.framed() {
		s = flowStyle
	}
	s.Bold, s.Monospace = it.kind == linkItem || it.kind == nameItem, it.kind == symbolItem
	return s
}

// pad is the room at either side of the words.
func (it *item) pad() float32 {
	if it.framed() {
		return pillPad
	}
	return 0
}

// leads reports whether the item belongs to the one after it.
func (it *item) leads() bool { return it.kind == plainItem || it.kind == symbolItem }

// natural returns the width that shows all words.
func (it *item) natural() float32 { return it.style().width(it.text) + 2*it.pad() }

// heightFor returns the height of the items wrapped to a width.
func (f *flow) heightFor(width float32) float32 {
	f.arrange(width)
	return f.height
}

func (f *flow) arrange(width float32) {
	if width <= 0 || width == f.width {
		return
	}
	f.width, f.boxes = width, make([]box, len(f.items))
	var x, y float32
	for i := range f.items {
		it := &f.items[i]
		s, pad, w := it.style(), it.pad(), it.natural()
		together := w
		if it.leads() && i+1 < len(f.items) { // a role stays with what fills it
			together += itemGap + f.items[i+1].natural()
		}
		w, together = min(w, width), min(together, width)
		switch {
		case x == 0:
		case i > 0 && f.items[i-1].leads() && width-x >= leastFiller:
			w = min(w, width-x) // cut rather than torn from its role
		case x+together > width:
			x, y = 0, y+flowLine
		}
		t := s.newText(f.again)
		t.Set(s.fit(it.text, w-2*pad))
		frame := canvas.NewRectangle(nil)
		frame.CornerRadius, frame.StrokeWidth = pillTall/2, 1
		h := t.MinSize().Height
		place(frame, x, y+1, w, pillTall)
		place(t, x+pad, y+1+(pillTall-h)/2, w-2*pad, h)
		f.boxes[i] = box{x, y, w, frame, t}
		x += w + itemGap
	}
	f.height = y + pillTall + 2
	f.paint()
}

// again sets the words anew.
func (f *flow) again() {
	f.width = 0
	f.arrange(f.Size().Width)
	f.Refresh()
}

func (f *flow) paint() {
	p := palette()
	for i := range f.boxes {
		it, b := &f.items[i], &f.boxes[i]
		clear := p.Pane
		clear.A = 0
		b.frame.FillColor, b.frame.StrokeColor, b.frame.StrokeWidth = clear, clear, 1
		ink := p.Ink
		switch {
		case it.on:
			b.frame.FillColor, b.frame.StrokeColor, ink = p.Focus, p.Focus, p.OnFocus
		case it.kind == pillItem:
			b.frame.StrokeColor = p.Edge
		case it.kind == offerItem:
			b.frame.StrokeColor, ink = p.Edge, p.Dim
		case it.leads() || it.kind == ownItem || it.kind == removeItem:
			ink = p.Dim
		}
		if i == f.hovered && it.act != nil && !it.on {
			ink = p.Focus
			if it.framed() {
				b.frame.StrokeColor = p.Focus
			}
		}
		if f.focused && i == f.cursor {
			b.frame.StrokeColor, b.frame.StrokeWidth = p.Focus, 2
			if it.on {
				b.frame.StrokeColor = p.Ink
			}
		}
		b.text.SetColor(ink)
	}
}

// CreateRenderer draws the items.
func (f *flow) CreateRenderer() fyne.WidgetRenderer {
	return drawing{
		objects: func() []fyne.CanvasObject {
			objects := make([]fyne.CanvasObject, 0, 2*len(f.boxes))
			for i := range f.boxes {
				objects = append(objects, f.boxes[i].frame, f.boxes[i].text)
			}
			return objects
		},
		layout:  func(size fyne.Size) { f.arrange(size.Width) },
		minSize: func() fyne.Size { return fyne.NewSize(40, flowLine) },
		refresh: func() { f.paint(); canvas.Refresh(f) },
	}
}

func (f *flow) at(pos fyne.Position) int {
	for i, b := range f.boxes {
		if pos.X >= b.x && pos.X < b.x+b.width && pos.Y >= b.y && pos.Y < b.y+flowLine {
			return i
		}
	}
	return -1
}

// act does what the i-th item does. Its row may be built anew by that.
func (f *flow) act(i int) {
	if f.acts(i) {
		f.cursor = i
		f.items[i].act()
	}
}

// MouseDown acts on the item under the pointer and leaves the keyboard where it is.
func (f *flow) MouseDown(e *desktop.MouseEvent) {
	if e.Button == desktop.MouseButtonPrimary {
		f.act(f.at(e.Position))
	}
}

// MouseUp has nothing to do: the press already did it.
func (f *flow) MouseUp(*desktop.MouseEvent) {}

// MouseIn lights up what is under the pointer.
func (f *flow) MouseIn(e *desktop.MouseEvent) { f.hover(f.at(e.Position)) }

// MouseMoved lights up what is under the pointer.
func (f *flow) MouseMoved(e *desktop.MouseEvent) { f.hover(f.at(e.Position)) }

// MouseOut puts the light out.
func (f *flow) MouseOut() { f.hover(-1) }

func (f *flow) hover(i int) {
	if i != f.hovered {
		f.hovered = i
		f.tell(i)
		f.Refresh()
	}
}

// tell has the i-th item explained.
func (f *flow) tell(i int) {
	if f.explain == nil {
		return
	}
	guide := ""
	if i >= 0 && i < len(f.items) {
		guide = f.items[i].guide
	}
	f.explain(guide)
}

// Cursor shows a hand where a click does something.
func (f *flow) Cursor() desktop.Cursor {
	if f.acts(f.hovered) {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// FocusGained shows the cursor.
func (f *flow) FocusGained() {
	f.focused = true
	f.cursor = max(f.cursor, f.first())
	if f.gained != nil {
		f.gained()
	}
	f.tell(f.cursor)
	f.Refresh()
}

// FocusLost hides the cursor.
func (f *flow) FocusLost() {
	f.focused = false
	f.tell(-1)
	f.Refresh()
	if f.lost != nil {
		f.lost()
	}
}

// TypedRune acts on the pill of that number, counted from 1.
func (f *flow) TypedRune(r rune) {
	n := 0
	for i, it := range f.items {
		if !it.framed() || it.act == nil {
			continue
		}
		if n++; rune('0'+n) == r {
			f.act(i)
			return
		}
	}
}

// TypedKey moves in the row or acts.
func (f *flow) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		f.move(-1)
	case fyne.KeyRight:
		f.move(1)
	case fyne.KeyUp:
		f.step(-1)
	case fyne.KeyDown:
		f.step(1)
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		f.act(f.cursor)
	case fyne.KeyDelete, fyne.KeyBackspace:
		for i := range f.items {
			if f.items[i].kind == removeItem {
				f.act(i)
				return
			}
		}
	case fyne.KeyEscape:
		f.exits.leave()
	case fyne.KeyTab:
		f.tab(direction(shiftHeld()))
	default:
		f.exits.key(e)
	}
}

// AcceptsTab lets Tab go where the panel says.
func (f *flow) AcceptsTab() bool { return f.tab != nil }

// direction is where Tab goes: back with Shift.
func direction(shift bool) int {
	if shift {
		return -1
	}
	return 1
}

// shiftHeld reports whether Shift is held down now.
func shiftHeld() bool {
	d, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	return ok && d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0
}

func (f *flow) move(by int) {
	for i := f.cursor + by; i >= 0 && i < len(f.items); i += by {
		if f.acts(i) {
			f.cursor = i
			f.tell(i)
			f.Refresh()
			return
		}
	}
}
