package panel

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// drawing is the renderer of every widget here: functions of the widget it belongs to.
type drawing struct {
	objects func() []fyne.CanvasObject
	layout  func(fyne.Size)
	minSize func() fyne.Size
	refresh func()
}

func (d drawing) Objects() []fyne.CanvasObject { return d.objects() }
func (d drawing) Layout(size fyne.Size)        { d.layout(size) }
func (d drawing) MinSize() fyne.Size           { return d.minSize() }
func (d drawing) Refresh()                     { d.refresh() }
func (d drawing) Destroy()                     {}

// heighter is an object whose height follows from its width.
type heighter interface {
	heightFor(width float32) float32
}

func heightOf(o fyne.CanvasObject, width float32) float32 {
	if !o.Visible() {
		return 0
	}
	if h, ok := o.(heighter); ok {
		return h.heightFor(width)
	}
	return o.MinSize().Height
}

// place moves and resizes an object.
func place(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}

// target is a widget that can have the keyboard.
type target interface {
	fyne.CanvasObject
	fyne.Focusable
}

// giveFocus gives the keyboard to w if it is in a window.
func giveFocus(w target) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(w); c != nil {
		c.Focus(w)
	}
}

// ground is a rectangle in a colour that follows the theme. The toolkit takes the
// keyboard away when a click meets nothing that could have it; the ground could, but
// never asks for it and is passed over by Tab, so that a click beside things leaves
// the keyboard where it is.
type ground struct {
	widget.BaseWidget
	tone tone
	rect *canvas.Rectangle
}

func newGround(t tone) *ground {
	g := &ground{tone: t, rect: canvas.NewRectangle(color.Transparent)}
	g.ExtendBaseWidget(g)
	return g
}

var (
	_ fyne.Focusable   = (*ground)(nil)
	_ fyne.Disableable = (*ground)(nil)
)

// FocusGained has nothing to do, as nothing gives the ground the keyboard.
func (g *ground) FocusGained() {}

// FocusLost has nothing to do.
func (g *ground) FocusLost() {}

// TypedRune has nothing to do.
func (g *ground) TypedRune(rune) {}

// TypedKey has nothing to do.
func (g *ground) TypedKey(*fyne.KeyEvent) {}

// Enable has nothing to do.
func (g *ground) Enable() {}

// Disable has nothing to do.
func (g *ground) Disable() {}

// Disabled makes Tab pass the ground over.
func (g *ground) Disabled() bool { return true }

// CreateRenderer draws the rectangle.
func (g *ground) CreateRenderer() fyne.WidgetRenderer {
	paint := func() { g.rect.FillColor = g.tone(palette()); g.rect.Refresh() }
	paint()
	return drawing{
		objects: func() []fyne.CanvasObject { return []fyne.CanvasObject{g.rect} },
		layout:  g.rect.Resize,
		minSize: func() fyne.Size { return fyne.Size{} },
		refresh: paint,
	}
}
