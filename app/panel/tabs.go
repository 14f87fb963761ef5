package panel

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Tabs names what one place can show, the one shown underlined; a click turns to another.
type Tabs struct {
	widget.BaseWidget
	turn    func(i int)
	at      int
	hovered int
	names   []*canvas.Text
	bar     *canvas.Rectangle
	ground  *canvas.Rectangle
	line    *canvas.Rectangle
}

// NewTabs returns tabs of those names; turn is told which one a person wants.
func NewTabs(names []string, turn func(i int)) *Tabs {
	rect := func() *canvas.Rectangle { return canvas.NewRectangle(color.Transparent) }
	t := &Tabs{turn: turn, hovered: -1, bar: rect(), ground: rect(), line: rect()}
	for _, name := range names {
		text := canvas.NewText(strings.ToUpper(name), color.Transparent)
		text.TextSize, text.TextStyle = headStyle.size, headStyle.TextStyle
		t.names = append(t.names, text)
	}
	t.ExtendBaseWidget(t)
	return t
}

// Set shows the i-th as the one that is shown.
func (t *Tabs) Set(i int) {
	t.at = i
	t.Refresh()
}

const (
	tabsTall = 32
	tabsGap  = 18
	tabsBar  = 2
)

// CreateRenderer draws the names and the line under one.
func (t *Tabs) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{t.ground, t.line, t.bar}
	for _, n := range t.names {
		objects = append(objects, n)
	}
	layout := func(size fyne.Size) {
		place(t.ground, 0, 0, size.Width, size.Height)
		place(t.line, 0, size.Height-1, size.Width, 1)
		x := float32(rowInset)
		for i, n := range t.names {
			min := n.MinSize()
			place(n, x, (size.Height-min.Height)/2, min.Width, min.Height)
			if i == t.at {
				place(t.bar, x, size.Height-tabsBar, min.Width, tabsBar)
			}
			x += min.Width + tabsGap
		}
	}
	paint := func() {
		p := palette()
		t.ground.FillColor, t.line.FillColor, t.bar.FillColor = p.Pane, p.Line, p.Focus
		for i, n := range t.names {
			n.Color = p.Dim
			if i == t.at || i == t.hovered {
				n.Color = p.Ink
			}
		}
	}
	paint()
	return drawing{
		objects: func() []fyne.CanvasObject { return objects },
		layout:  layout,
		minSize: func() fyne.Size { return fyne.NewSize(160, tabsTall) },
		refresh: func() { paint(); layout(t.Size()); canvas.Refresh(t) },
	}
}

func (t *Tabs) under(pos fyne.Position) int {
	for i, n := range t.names {
		if x := n.Position().X - tabsGap/2; pos.X >= x && pos.X < x+n.Size().Width+tabsGap {
			return i
		}
	}
	return -1
}

// MouseDown turns to what is under the pointer.
func (t *Tabs) MouseDown(e *desktop.MouseEvent) {
	if i := t.under(e.Position); i >= 0 && i != t.at {
		t.turn(i)
	}
}

// MouseUp has nothing to do: the press already did it.
func (t *Tabs) MouseUp(*desktop.MouseEvent) {}

// MouseIn lights up what is under the pointer.
func (t *Tabs) MouseIn(e *desktop.MouseEvent) { t.hover(t.under(e.Position)) }

// MouseMoved lights up what is under the pointer.
func (t *Tabs) MouseMoved(e *desktop.MouseEvent) { t.hover(t.under(e.Position)) }

// MouseOut puts the light out.
func (t *Tabs) MouseOut() { t.hover(-1) }

func (t *Tabs) hover(i int) {
	if i != t.hovered {
		t.hovered = i
		t.Refresh()
	}
}

// Cursor shows a hand over a name.
func (t *Tabs) Cursor() desktop.Cursor {
	if t.hovered >= 0 {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}
