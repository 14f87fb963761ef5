package panel

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"spanwright/app/theme"
)

// swatchChoice is a colour among others to choose from, all written #rrggbb.
type swatchChoice struct {
	colors []string
	chosen string
	act    func(hex string)
}

// swatches shows colours in a row; a click or Enter takes one, Left and Right move.
type swatches struct {
	widget.BaseWidget
	exits   *Exits
	step    func(by int)
	gained  func()
	choice  swatchChoice
	cursor  int
	focused bool
	fills   []*canvas.Rectangle
	rings   []*canvas.Rectangle
}

const (
	swatchTall = 20
	swatchStep = 26
)

func newSwatches(exits *Exits) *swatches {
	w := &swatches{exits: exits}
	w.ExtendBaseWidget(w)
	return w
}

func (w *swatches) set(choice swatchChoice) {
	w.choice = choice
	for len(w.fills) < len(choice.colors) {
		fill, ring := canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
		fill.CornerRadius, ring.CornerRadius, ring.StrokeWidth = 5, 7, 2
		w.fills, w.rings = append(w.fills, fill), append(w.rings, ring)
	}
	for i, c := range choice.colors {
		if strings.EqualFold(c, choice.chosen) && !w.focused {
			w.cursor = i
		}
	}
	w.Refresh()
}

func (w *swatches) perRow(width float32) int { return max(1, int(width/swatchStep)) }

func (w *swatches) heightFor(width float32) float32 {
	n := w.perRow(width)
	return float32((len(w.choice.colors)+n-1)/n)*swatchStep + 2
}

func (w *swatches) arrange(size fyne.Size) {
	n := w.perRow(size.Width)
	for i := range w.fills {
		x, y := float32(i%n)*swatchStep+3, float32(i/n)*swatchStep+3
		place(w.fills[i], x, y, swatchTall, swatchTall)
		place(w.rings[i], x-3, y-3, swatchTall+6, swatchTall+6)
	}
}

func (w *swatches) paint() {
	p := palette()
	for i, c := range w.choice.colors {
		w.fills[i].FillColor = theme.Hex(c)
		w.rings[i].StrokeColor = color.Transparent
		if strings.EqualFold(c, w.choice.chosen) {
			w.rings[i].StrokeColor = p.Ink
		}
		if w.focused && i == w.cursor {
			w.rings[i].StrokeColor = p.Focus
		}
	}
}

// CreateRenderer draws the colours and the ring around the chosen one.
func (w *swatches) CreateRenderer() fyne.WidgetRenderer {
	w.paint()
	return drawing{
		objects: func() []fyne.CanvasObject {
			objects := make([]fyne.CanvasObject, 0, 2*len(w.fills))
			for i := range w.fills {
				objects = append(objects, w.rings[i], w.fills[i])
			}
			return objects
		},
		layout:  w.arrange,
		minSize: func() fyne.Size { return fyne.NewSize(40, swatchStep) },
		refresh: func() { w.arrange(w.Size()); w.paint(); canvas.Refresh(w) },
	}
}

func (w *swatches) take(i int) {
	if i >= 0 && i < len(w.choice.colors) {
		w.cursor = i
		w.choice.act(w.choice.colors[i])
	}
}

// MouseDown takes the colour under the pointer.
func (w *swatches) MouseDown(e *desktop.MouseEvent) {
	x, y := int(e.Position.X/swatchStep), int(e.Position.Y/swatchStep)
	if n := w.perRow(w.Size().Width); x < n {
		w.take(y*n + x)
	}
}

// MouseUp has nothing to do: the press already did it.
func (w *swatches) MouseUp(*desktop.MouseEvent) {}

// Cursor shows a hand.
func (w *swatches) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained shows the cursor.
func (w *swatches) FocusGained() {
	w.focused = true
	call(w.gained)
	w.Refresh()
}

// FocusLost hides the cursor.
func (w *swatches) FocusLost() {
	w.focused = false
	w.Refresh()
}

// TypedRune has nothing to do.
func (w *swatches) TypedRune(rune) {}

// TypedKey moves among the colours or takes one.
func (w *swatches) TypedKey(e *fyne.KeyEvent) {
	n := len(w.choice.colors)
	switch e.Name {
	case fyne.KeyLeft:
		w.cursor = max(0, w.cursor-1)
	case fyne.KeyRight:
		w.cursor = min(n-1, w.cursor+1)
	case fyne.KeyUp:
		w.step(-1)
	case fyne.KeyDown:
		w.step(1)
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		w.take(w.cursor)
	case fyne.KeyEscape:
		w.exits.leave()
	default:
		w.exits.key(e)
	}
	w.Refresh()
}
