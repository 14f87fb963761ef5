package panel

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Split puts two panes side by side with a thin line between them that can be dragged.
type Split struct {
	widget.BaseWidget
	// Offset is the share of the width that the left pane has, 0 to 1.
	Offset float64
	// Side is the pane that gives way while there is no room for both; nil for neither.
	Side        fyne.CanvasObject
	left, right fyne.CanvasObject
	seam        *seam
}

// NewSplit returns a split that gives the left pane that share of the width.
func NewSplit(left, right fyne.CanvasObject, offset float64) *Split {
	s := &Split{Offset: offset, left: left, right: right}
	s.seam = newSeam(s)
	s.ExtendBaseWidget(s)
	return s
}

const (
	seamWidth = 1
	seamGrip  = 7 // width that the pointer takes for the line
)

// leftWidth returns the left pane's width, within what both panes need at least.
func (s *Split) leftWidth(width float32) float32 {
	least, most := s.left.MinSize().Width, width-seamWidth-s.right.MinSize().Width
	return float32(int(max(least, min(float32(s.Offset)*width, most)) + 0.5))
}

// least returns the width that both panes need.
func (s *Split) least() float32 {
	return s.left.MinSize().Width + seamWidth + s.right.MinSize().Width
}

// Sided reports whether the side is to be seen.
func (s *Split) Sided() bool { return s.Side == nil || s.Side.Visible() }

func (s *Split) arrange(size fyne.Size) {
	if s.Side != nil {
		if size.Width < s.least() {
			s.Side.Hide()
			s.seam.Hide()
			place(s.main(), 0, 0, size.Width, size.Height)
			return
		}
		s.Side.Show()
		s.seam.Show()
	}
	w := s.leftWidth(size.Width)
	place(s.left, 0, 0, w, size.Height)
	place(s.right, w+seamWidth, 0, max(0, size.Width-w-seamWidth), size.Height)
	place(s.seam, w-(seamGrip-seamWidth)/2, 0, seamGrip, size.Height)
}

// main returns the pane that does not give way.
func (s *Split) main() fyne.CanvasObject {
	if s.Side == s.left {
		return s.right
	}
	return s.left
}

// CreateRenderer draws the panes, then the line over them.
func (s *Split) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{s.left, s.right, s.seam}
	return drawing{
		objects: func() []fyne.CanvasObject { return objects },
		layout:  s.arrange,
		minSize: func() fyne.Size {
			width := s.least()
			if s.Side != nil {
				width = s.main().MinSize().Width
			}
			return fyne.NewSize(width, max(s.left.MinSize().Height, s.right.MinSize().Height))
		},
		refresh: func() { s.arrange(s.Size()); canvas.Refresh(s) },
	}
}

// seam is the line between two panes.
type seam struct {
	widget.BaseWidget
	split    *Split
	line     *canvas.Rectangle
	pointed  bool
	dragging bool
}

func newSeam(s *Split) *seam {
	b := &seam{split: s, line: canvas.NewRectangle(color.Transparent)}
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer draws the line, thicker under the pointer.
func (b *seam) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{b.line}
	layout := func(size fyne.Size) {
		w := float32(seamWidth)
		if b.pointed || b.dragging {
			w = 3
		}
		place(b.line, (seamGrip-w)/2, 0, w, size.Height)
	}
	refresh := func() {
		b.line.FillColor = palette().Line
		if b.pointed || b.dragging {
			b.line.FillColor = palette().Focus
		}
		layout(b.Size())
		canvas.Refresh(b)
	}
	refresh()
	return drawing{
		objects: func() []fyne.CanvasObject { return objects },
		layout:  layout,
		minSize: func() fyne.Size { return fyne.NewSize(seamGrip, 1) },
		refresh: refresh,
	}
}

// Dragged moves the line with the pointer, as far as the panes allow.
func (b *seam) Dragged(e *fyne.DragEvent) {
	width := b.split.Size().Width
	if width <= 0 {
		return
	}
	b.dragging = true
	b.split.Offset = float64((b.Position().X + e.Position.X) / width)
	b.split.Offset = float64(b.split.leftWidth(width) / width)
	b.split.Refresh()
}

// DragEnd lets the line go.
func (b *seam) DragEnd() {
	b.dragging = false
	b.Refresh()
}

// MouseIn lights the line up.
func (b *seam) MouseIn(*desktop.MouseEvent) {
	b.pointed = true
	b.Refresh()
}

// MouseMoved has nothing to do.
func (b *seam) MouseMoved(*desktop.MouseEvent) {}

// MouseOut puts the light out.
func (b *seam) MouseOut() {
	b.pointed = false
	b.Refresh()
}

// Cursor shows that the line can be dragged sideways.
func (b *seam) Cursor() desktop.Cursor { return desktop.HResizeCursor }
