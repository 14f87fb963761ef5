package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// stack puts parts below one another, each as high as its width makes it.
type stack struct {
	widget.BaseWidget
	parts []fyne.CanvasObject
	width float32
}

func newStack(parts ...fyne.CanvasObject) *stack {
	s := &stack{parts: parts}
	s.ExtendBaseWidget(s)
	return s
}

func (s *stack) heightFor(width float32) float32 {
	s.width = width
	var height float32
	for _, p := range s.parts {
		height += heightOf(p, width)
	}
	return height
}

// set shows other parts.
func (s *stack) set(parts []fyne.CanvasObject) {
	s.parts = parts
	s.arrange(s.Size())
	s.Refresh()
}

func (s *stack) arrange(size fyne.Size) {
	if size.Width <= 0 {
		return
	}
	var y float32
	for _, p := range s.parts {
		h := heightOf(p, size.Width)
		place(p, 0, y, size.Width, h)
		y += h
	}
}

// CreateRenderer draws the parts.
func (s *stack) CreateRenderer() fyne.WidgetRenderer {
	return drawing{
		objects: func() []fyne.CanvasObject { return s.parts },
		layout:  s.arrange,
		minSize: func() fyne.Size { return fyne.NewSize(40, s.heightFor(s.width)) },
		refresh: func() { s.arrange(s.Size()); canvas.Refresh(s) },
	}
}

// scrolled shows a stack through a window that scrolls.
type scrolled struct {
	widget.BaseWidget
	stack  *stack
	scroll *container.Scroll
}

func newScrolled(s *stack) *scrolled {
	v := &scrolled{stack: s, scroll: container.NewVScroll(s)}
	v.ExtendBaseWidget(v)
	return v
}

func (v *scrolled) heightFor(width float32) float32 { return v.stack.heightFor(width) }

// CreateRenderer draws the part of the stack that is in the window.
func (v *scrolled) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{v.scroll}
	return drawing{
		objects: func() []fyne.CanvasObject { return objects },
		layout: func(size fyne.Size) {
			v.stack.heightFor(size.Width) // the scroller asks for the height before it gives the width
			v.scroll.Resize(size)
		},
		minSize: func() fyne.Size { return fyne.NewSize(40, 24) },
		refresh: func() { v.scroll.Refresh() },
	}
}

// reveal scrolls as little as brings a stretch of the stack, in its own coordinates, into the window.
func (v *scrolled) reveal(top, bottom float32) {
	at := v.scroll.Offset.Y
	if bottom > at+v.scroll.Size().Height {
		at = bottom - v.scroll.Size().Height
	}
	at = min(at, top)
	if at != v.scroll.Offset.Y {
		v.scroll.ScrollToOffset(fyne.NewPos(0, at))
	}
}
