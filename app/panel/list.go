package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// list shows rows of equal height, of which only those on screen exist. A click
// or Enter picks one; Up, Down, Home, End and the page keys move its cursor.
type list struct {
	widget.BaseWidget
	rowHeight float32
	inset     float32 // from the left edge to what a row shows; 0 for the usual one
	length    func() int
	show      func(i int) rowContent
	pick      func(i int)
	hovered   func(i int)             // -1 when the pointer leaves; may be nil
	typed     func(r rune)            // may be nil
	keys      map[fyne.KeyName]func() // before what keys mean to any list; may be nil
	moved     func(i int)             // the keyboard went to another row; may be nil
	shortcuts func(fyne.Shortcut)     // what is typed with Ctrl or Alt; may be nil
	tab       func(by int)            // what Tab and Shift+Tab do; nil leaves them to the window
	exits     *Exits

	cursor  int
	wanted  int // row to bring on screen once there is a size, -1 if none
	focused bool
	scroll  *container.Scroll
	body    *fyne.Container
	rows    []*row
}

func newList(rowHeight float32, exits *Exits) *list {
	l := &list{rowHeight: rowHeight, exits: exits, wanted: -1}
	l.body = &fyne.Container{Layout: tall{l}}
	l.scroll = container.NewVScroll(l.body)
	l.scroll.OnScrolled = func(fyne.Position) { l.fill() }
	l.ExtendBaseWidget(l)
	return l
}

// tall gives the scrolled body the height of all rows.
type tall struct{ *list }

func (t tall) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(60, float32(t.length())*t.rowHeight)
}

func (t tall) Layout([]fyne.CanvasObject, fyne.Size) {}

// CreateRenderer draws the rows on screen.
func (l *list) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{l.scroll}
	return drawing{
		objects: func() []fyne.CanvasObject { return objects },
		layout: func(size fyne.Size) {
			l.scroll.Resize(size)
			l.reveal(l.wanted)
			l.fill()
		},
		minSize: func() fyne.Size { return fyne.NewSize(60, l.rowHeight) },
		refresh: l.update,
	}
}

// heightFor returns the height that shows every row.
func (l *list) heightFor(float32) float32 { return float32(l.length()) * l.rowHeight }

// update takes in that rows came, went or changed.
func (l *list) update() {
	l.cursor = max(0, min(l.cursor, l.length()-1))
	l.scroll.Refresh()
	l.fill()
}

// fill gives the rows on screen their places and content.
func (l *list) fill() {
	size := l.scroll.Size()
	if size.Height <= 0 {
		return
	}
	first := max(0, int(l.scroll.Offset.Y/l.rowHeight))
	n := min(l.length()-first, int(size.Height/l.rowHeight)+2)
	for len(l.rows) < n {
		r := newRow(l)
		l.rows = append(l.rows, r)
		l.body.Objects = append(l.body.Objects, r)
	}
	for i := range l.rows {
		// A row keeps its place modulo their number, so that scrolling by one
		// row gives only one of them other content.
		index := first + (i-first%len(l.rows)+len(l.rows))%len(l.rows)
		r := l.rows[i]
		if index >= first+n {
			r.Hide()
			continue
		}
		c := l.show(index)
		c.cursor = l.focused && index == l.cursor
		place(r, 0, float32(index)*l.rowHeight, size.Width, l.rowHeight)
		r.set(index, c)
		r.Show()
	}
}

// reveal scrolls as little as brings the i-th row on screen.
func (l *list) reveal(i int) {
	if i < 0 || i >= l.length() {
		return
	}
	if l.wanted = -1; l.scroll.Size().Height <= 0 {
		l.wanted = i
		return
	}
	top, bottom := float32(i)*l.rowHeight, float32(i+1)*l.rowHeight
	at := l.scroll.Offset.Y
	switch {
	case top < at:
		at = top
	case bottom > at+l.scroll.Size().Height:
		at = bottom - l.scroll.Size().Height
	default:
		return
	}
	l.scroll.ScrollToOffset(fyne.NewPos(0, at))
	l.fill()
}

func (l *list) picked(i int) {
	if i >= 0 && i < l.length() {
		l.cursor = i
		l.pick(i)
	}
}

func (l *list) moveTo(i int) {
	l.cursor = max(0, min(i, l.length()-1))
	l.reveal(l.cursor)
	l.fill()
	l.point(l.cursor)
}

// point tells which row is pointed at, by the pointer or the keyboard.
func (l *list) point(i int) {
	if l.hovered != nil {
		l.hovered(i)
	}
}

// FocusGained shows the cursor.
func (l *list) FocusGained() {
	l.focused = true
	l.moveTo(l.cursor)
}

// FocusLost hides the cursor.
func (l *list) FocusLost() {
	l.focused = false
	l.fill()
	l.point(-1)
}

// TypedRune passes on what is typed.
func (l *list) TypedRune(r rune) {
	if l.typed != nil {
		l.typed(r)
	}
}

// TypedKey moves the cursor or picks the row it is on.
func (l *list) TypedKey(e *fyne.KeyEvent) {
	if act := l.keys[e.Name]; act != nil {
		act()
		return
	}
	page := max(1, int(l.scroll.Size().Height/l.rowHeight)-1)
	steps := map[fyne.KeyName]int{
		fyne.KeyUp: -1, fyne.KeyDown: 1, fyne.KeyPageUp: -page, fyne.KeyPageDown: page,
		fyne.KeyHome: -l.length(), fyne.KeyEnd: l.length(),
	}
	if step, moves := steps[e.Name]; moves {
		l.moveTo(l.cursor + step)
		if l.moved != nil {
			l.moved(l.cursor)
		}
		return
	}
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		l.picked(l.cursor)
	case fyne.KeyEscape:
		l.exits.leave()
	case fyne.KeyTab:
		l.tab(direction(shiftHeld()))
	default:
		l.exits.key(e)
	}
}

// AcceptsTab lets Tab go where the panel says.
func (l *list) AcceptsTab() bool { return l.tab != nil }

// TypedShortcut passes on what is typed with Ctrl or Alt.
func (l *list) TypedShortcut(s fyne.Shortcut) {
	if l.shortcuts != nil {
		l.shortcuts(s)
	}
}
