package panel

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// chart is a picture of figures under a line that says what they are. It gets smaller with
// the width there is, but not larger.
type chart struct {
	widget.BaseWidget
	title  *prose
	pixels *image.RGBA
	image  *canvas.Image
}

// pictureScale is how much of a pixel of a picture is a unit of the window.
const pictureScale = 0.46

func newChart(title string, pixels *image.RGBA) *chart {
	c := &chart{title: newProse(title, dimTone, style{size: smallSize}, 2, insets{12, 10, 12, 0}), pixels: pixels, image: canvas.NewImageFromImage(pixels)}
	c.image.FillMode = canvas.ImageFillContain
	c.ExtendBaseWidget(c)
	return c
}

// size returns the size of the picture within a width.
func (c *chart) size(width float32) fyne.Size {
	full := fyne.NewSize(float32(c.pixels.Rect.Dx()), float32(c.pixels.Rect.Dy()))
	scale := min(pictureScale, max(0, width-2*rowInset)/full.Width)
	return fyne.NewSize(full.Width*scale, full.Height*scale)
}

func (c *chart) heightFor(width float32) float32 {
	return c.title.heightFor(width) + c.size(width).Height
}

// CreateRenderer draws the line and the picture.
func (c *chart) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{c.title, c.image}
	return drawing{
		objects: func() []fyne.CanvasObject { return objects },
		layout: func(size fyne.Size) {
			top, shown := c.title.heightFor(size.Width), c.size(size.Width)
			place(c.title, 0, 0, size.Width, top)
			place(c.image, (size.Width-shown.Width)/2, top, shown.Width, shown.Height)
		},
		minSize: func() fyne.Size { return fyne.NewSize(60, 40) },
		refresh: func() { canvas.Refresh(c) },
	}
}

// betweenLayout puts a line above and a hint below what takes the height there is.
type betweenLayout struct{}

func (betweenLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 120) }

func (betweenLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	line, middle, hint := o[0], o[1], o[2]
	top, bottom := heightOf(line, size.Width), heightOf(hint, size.Width)
	place(line, 0, 0, size.Width, top)
	place(middle, 0, top, size.Width, max(0, size.Height-top-bottom))
	place(hint, 0, size.Height-bottom, size.Width, bottom)
}
