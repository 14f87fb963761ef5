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
	layout := sideLayout{labels: p, inspector: n, list: a}
	parts := container.New(layout, p.Object(), n.Object(), p.Guideline(), a.Object())
	again := func() { layout.Layout(parts.Objects, parts.Size()) }
	p.explained = again
	p.session.Subscribe(func(e session.Event) {
		if e.Is(session.Opened | session.Edited | session.Focused | session.SchemeChanged) {
			again()
		}
	})
	return container.NewStack(newGround(paneTone), parts)
}

// sideLayout gives the labels what they need and the list of annotations a fixed
// share at the bottom. Of the room between them the guideline has a fixed part,
// and more where its text needs it and the inspector does not: neither the labels,
// nor the list, nor a line of the inspector moves when the focus does.
type sideLayout struct {
	labels    *Palette
	inspector *Inspector
	list      *Annotations
}

// MinSize keeps the column wide enough for a name and a value.
func (sideLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 240) }

// Shares of the height.
const (
	labelsShare = 0.36 // at most
	guideShare  = 0.14 // at least
	listShare   = 0.19
	sideGap     = 4 // below each part
)

// Layout places the parts. Lists and the guideline end with a whole row.
func (l sideLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	if size.Width <= 0 || size.Height <= 0 {
		return
	}
	labels := wholeRows(min(heightOf(o[0], size.Width), size.Height*labelsShare), l.labels.labels, size.Width, l.labels.list.rowHeight)
	list := wholeRows(size.Height*listShare, l.list.object, size.Width, l.list.list.rowHeight)
	middle := size.Height - labels - list - 4*sideGap
	whole := heightOf(o[2], size.Width)
	guide := max(size.Height*guideShare, min(whole, middle-heightOf(o[1], size.Width)))
	if guide < whole {
		top := l.labels.guide.heading.heightFor(size.Width)
		guide = top + l.labels.meaning.fitting(guide-top, size.Width)
	}
	y := float32(sideGap)
	for i, height := range []float32{labels, middle - guide, guide, list} {
		place(o[i], 0, y, size.Width, max(0, height))
		y += max(0, height) + sideGap
	}
}

// wholeRows returns the greatest height up to height at which no row of h's part is
// cut; one row at least.
func wholeRows(height float32, h *headed, width, row float32) float32 {
	top := h.heading.heightFor(width)
	n := max(1, int((height-top)/row+0.01))
	return top + float32(n)*row
}
