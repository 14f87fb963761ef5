package panel

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"spanwright/app/lettering"
)

// headContent is what the head of a record shows, from left to right.
type headContent struct {
	folded  bool
	name    string // label and number
	says    string // shown when folded
	flag    string
	missing bool // something is not filled in yet
	wrong   bool
}

// recordHead is the head of a record: a click or Enter folds it, keys act on the whole record.
type recordHead struct {
	widget.BaseWidget
	content   headContent
	typedKey  func(*fyne.KeyEvent)
	typedRune func(rune)
	menu      func(at fyne.Position)
	gained    func()
	fold      func()

	focused, hovered bool
	outline          *canvas.Rectangle
	chevron, more    *canvas.Text
	name, says, mark *lettering.Text
}

const headTall = 28

var (
	headStyle = style{headingSize, fyne.TextStyle{Bold: true}}
	sayStyle  = style{size: textSize}
	flagStyle = style{smallSize, fyne.TextStyle{Monospace: true}}
)

func newRecordHead() *recordHead {
	text := func(s style) *canvas.Text {
		t := canvas.NewText("", color.Transparent)
		t.TextSize, t.TextStyle = s.size, s.TextStyle
		return t
	}
	h := &recordHead{
		outline: canvas.NewRectangle(color.Transparent),
		chevron: text(style{13, fyne.TextStyle{Monospace: true}}), more: text(style{15, fyne.TextStyle{Bold: true}}),
	}
	h.outline.CornerRadius, h.outline.StrokeWidth = 4, 1.5
	h.name, h.says, h.mark = headStyle.newText(h.Refresh), sayStyle.newText(h.Refresh), flagStyle.newText(h.Refresh)
	h.more.Text = "⋯"
	h.ExtendBaseWidget(h)
	return h
}

func (h *recordHead) set(c headContent) {
	if c != h.content {
		h.content = c
		h.Refresh()
	}
}

func (h *recordHead) heightFor(float32) float32 { return headTall }

const (
	chevronWidth = 14
	moreWidth    = 22
)

func (h *recordHead) arrange(size fyne.Size) {
	if size.Width <= 0 {
		return
	}
	line := func(t fyne.CanvasObject, x, width float32) {
		tall := t.MinSize().Height
		place(t, x, (size.Height-tall)/2, width, tall)
	}
	sign := func(t fyne.CanvasObject, x, width float32) { // signs of the monospace font hang low
		line(t, x, width)
		t.Move(t.Position().SubtractXY(0, 2))
	}
	c := &h.content
	place(h.outline, 4, 2, size.Width-8, size.Height-4)
	h.chevron.Text = "▾"
	if c.folded {
		h.chevron.Text = "▸"
	}
	sign(h.chevron, rowInset-2, chevronWidth)
	name := strings.ToUpper(c.name)
	h.name.Set(name)
	x, right := float32(rowInset+chevronWidth), size.Width-rowInset-moreWidth
	line(h.name, x, headStyle.width(name))
	line(h.more, right+6, moreWidth)
	mark := ""
	if c.flag != "" {
		mark = "⚑ " + c.flag
	}
	if c.missing {
		mark += wantedMark
	}
	if c.wrong {
		mark += " !"
	}
	mark = strings.TrimSpace(mark)
	h.mark.Set(mark)
	wide := flagStyle.width(mark)
	sign(h.mark, right-wide, wide)
	x += headStyle.width(name) + rowGap
	says := ""
	if room := right - wide - rowGap - x; c.folded && room > leastValue {
		says = sayStyle.fit(c.says, room)
		line(h.says, x, room)
	}
	h.says.Set(says)
}

func (h *recordHead) paint() {
	p := palette()
	h.outline.StrokeColor, h.outline.FillColor = color.NRGBA{}, color.NRGBA{}
	if h.focused {
		h.outline.StrokeColor = p.Focus
	}
	quiet, mark := p.Dim, p.Dim
	if h.content.wrong {
		mark = p.Bad
	}
	if h.hovered {
		h.outline.FillColor = p.Hover
		quiet = p.Ink
	}
	h.chevron.Color, h.more.Color = quiet, p.Dim
	h.name.SetColor(quiet)
	h.says.SetColor(p.Ink)
	h.mark.SetColor(mark)
}

// CreateRenderer draws the head.
func (h *recordHead) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{h.outline, h.chevron, h.name, h.says, h.mark, h.more}
	h.paint()
	return drawing{
		objects: func() []fyne.CanvasObject { return objects },
		layout:  h.arrange,
		minSize: func() fyne.Size { return fyne.NewSize(80, headTall) },
		refresh: func() { h.arrange(h.Size()); h.paint(); canvas.Refresh(h) },
	}
}

// MouseDown folds the record, or shows what can be done with it.
func (h *recordHead) MouseDown(e *desktop.MouseEvent) {
	switch {
	case e.Button == desktop.MouseButtonSecondary || e.Position.X > h.Size().Width-rowInset-moreWidth:
		h.menu(e.AbsolutePosition)
	case e.Button == desktop.MouseButtonPrimary:
		h.fold()
	}
}

// MouseUp has nothing to do: the press already did it.
func (h *recordHead) MouseUp(*desktop.MouseEvent) {}

// MouseIn lights the head up.
func (h *recordHead) MouseIn(*desktop.MouseEvent) { h.hovered = true; h.Refresh() }

// MouseMoved has nothing to do.
func (h *recordHead) MouseMoved(*desktop.MouseEvent) {}

// MouseOut puts the light out.
func (h *recordHead) MouseOut() { h.hovered = false; h.Refresh() }

// Cursor shows a hand.
func (h *recordHead) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained shows the cursor.
func (h *recordHead) FocusGained() {
	h.focused = true
	h.gained()
	h.Refresh()
}

// FocusLost hides the cursor.
func (h *recordHead) FocusLost() { h.focused = false; h.Refresh() }

// AcceptsTab lets Tab go where the form says.
func (h *recordHead) AcceptsTab() bool { return true }

// TypedRune acts on the record.
func (h *recordHead) TypedRune(r rune) { h.typedRune(r) }

// TypedKey acts on the record, or moves to another row.
func (h *recordHead) TypedKey(e *fyne.KeyEvent) { h.typedKey(e) }
