package panel

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"spanwright/store"
)

// progressBar shows which share of the documents is done.
type progressBar struct {
	widget.BaseWidget
	share      float32
	rail, done *canvas.Rectangle
}

func newProgressBar() *progressBar {
	b := &progressBar{rail: canvas.NewRectangle(color.Transparent), done: canvas.NewRectangle(color.Transparent)}
	b.rail.CornerRadius, b.done.CornerRadius = 3, 3
	b.ExtendBaseWidget(b)
	return b
}

func (b *progressBar) set(p store.Progress) {
	b.share = 0
	if p.Total > 0 {
		b.share = float32(p.Done) / float32(p.Total)
	}
	b.Refresh()
}

// CreateRenderer draws the bar.
func (b *progressBar) CreateRenderer() fyne.WidgetRenderer {
	layout := func(size fyne.Size) {
		place(b.rail, 0, 0, size.Width, size.Height)
		place(b.done, 0, 0, size.Width*b.share, size.Height)
	}
	paint := func() { b.rail.FillColor, b.done.FillColor = palette().Line, palette().Good }
	paint()
	return drawing{
		objects: func() []fyne.CanvasObject { return []fyne.CanvasObject{b.rail, b.done} },
		layout:  layout,
		minSize: func() fyne.Size { return fyne.NewSize(40, 6) },
		refresh: func() { paint(); layout(b.Size()); canvas.Refresh(b) },
	}
}
