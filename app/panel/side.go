package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"spanwright/app/session"
)

// Side puts the palette, the inspector, the guideline and the list of annotations
// below one another, and has the inspector's guidelines shown in the palette's block.
func Side(p *Palette, n *Inspector, a *Annotations) fyne.CanvasObject {
	n.OnExplain = p.Explain
	parts := container.New(sideLayout{}, p.Object(), n.Object(), p.Guideline(), a.Object())
	p.session.Subscribe(func(e session.Event) {
		if e.Is(session.SchemeChanged) {
			parts.Refresh() // there may be more labels
		}
	})
	return container.NewStack(newGround(paneTone), parts)
}

// sideLayout gives the labels what they need, the guideline and the list of
// annotations a fixed share at the bottom, and the inspector the rest: nothing
// moves when another annotation gets the focus.
type sideLayout struct{}

func (sideLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(160, 240) }

// Shares of the height, and the most that text needs.
const (
	labelsShare = 0.32 // at most
	guideShare  = 0.13
	guideMost   = 110
	listShare   = 0.17
)

func (sideLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	labels := min(heightOf(o[0], size.Width), size.Height*labelsShare)
	guide := min(guideMost, size.Height*guideShare)
	list := size.Height * listShare
	y := float32(2)
	for i, height := range []float32{labels, size.Height - labels - guide - list - y, guide, list} {
		place(o[i], 0, y, size.Width, max(0, height))
		y += height
	}
}
