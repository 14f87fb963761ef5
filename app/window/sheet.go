package window

import "fyne.io/fyne/v2"

// sheetKeys is the width of the key column of the F1 sheet.
const sheetKeys = 170

// sheetLine lays out one line of the sheet: keys, then what they do.
type sheetLine struct{}

func (sheetLine) MinSize(objects []fyne.CanvasObject) fyne.Size {
	m := objects[1].MinSize()
	return fyne.NewSize(sheetKeys+m.Width, m.Height)
}

func (sheetLine) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	objects[0].Resize(fyne.NewSize(sheetKeys, size.Height))
	objects[1].Move(fyne.NewPos(sheetKeys, 0))
	objects[1].Resize(fyne.NewSize(size.Width-sheetKeys, size.Height))
}

// tight stacks lines with less air between them than the toolkit's box.
type tight struct{}

// tightOverlap is how far the labels' own paddings may overlap, in device-independent pixels.
const tightOverlap = 6

func (tight) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range objects {
		m := o.MinSize()
		size = fyne.NewSize(max(size.Width, m.Width), size.Height+m.Height-tightOverlap)
	}
	return size
}

func (tight) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var y float32
	for _, o := range objects {
		h := o.MinSize().Height
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(size.Width, h))
		y += h - tightOverlap
	}
}
