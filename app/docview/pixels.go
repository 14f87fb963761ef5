package docview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// newImage returns an object to show pixels one to one with. The toolkit places them
// to a fraction of a pixel where a window's scale is not a whole number, and would
// blur them if it were let mix neighbours.
func newImage() *canvas.Image {
	return &canvas.Image{FillMode: canvas.ImageFillStretch, ScaleMode: canvas.ImageScalePixels}
}

// nudge is added to every place, in device pixels. The toolkit rounds the edges of an
// object on their own; both are rounded alike unless they lie half way between two
// pixels, as they often do at scale 1.5, where errors of calculation decide. It is
// negative, as the toolkit's software driver rounds up.
const nudge = -0.02

// units turns device pixels of the pane into a position.
func (v *View) units(x, y float64) fyne.Position {
	return fyne.NewPos(float32((x+nudge)/v.geometry.scale), float32((y+nudge)/v.geometry.scale))
}

func (v *View) unitSize(width, height float64) fyne.Size {
	return fyne.NewSize(float32(width/v.geometry.scale), float32(height/v.geometry.scale))
}
