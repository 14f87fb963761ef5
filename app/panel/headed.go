package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// headed is a heading with one part below it that takes the height there is.
type headed struct {
	widget.BaseWidget
	heading *prose
	part    fyne.CanvasObject
	aside   fyne.CanvasObject // at the right of the heading; may be nil
}

func newHeaded(heading string, part fyne.CanvasObject) *headed {
	h := &headed{heading: newHeading(heading), part: part}
	h.ExtendBaseWidget(h)
	return h
}

func (h *headed) heightFor(width float32) float32 {
	return h.heading.heightFor(width) + heightOf(h.part, width)
}

// CreateRenderer draws the heading and the part.
func (h *headed) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{h.heading, h.part}
	if h.aside != nil {
		objects = append(objects, h.aside)
	}
	layout := func(size fyne.Size) {
		top := h.heading.heightFor(size.Width)
		place(h.heading, 0, 0, size.Width, top)
		if h.aside != nil {
			tall := min(top-2, h.aside.MinSize().Height)
			place(h.aside, size.Width*0.52, top-tall-1, size.Width*0.48-rowInset, tall)
		}
		place(h.part, 0, top, size.Width, max(0, size.Height-top))
	}
	return drawing{
		objects: func() []fyne.CanvasObject { return objects },
		layout:  layout,
		minSize: func() fyne.Size { return fyne.NewSize(60, 60) },
		refresh: func() { layout(h.Size()); canvas.Refresh(h) },
	}
}
