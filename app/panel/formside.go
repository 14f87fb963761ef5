package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// FormSide puts what the scheme says of the field with the keyboard below the form.
func FormSide(f *Form) fyne.CanvasObject {
	words := newRich(dimTone, insets{12, 0, 12, 0})
	text := newScrolled(newStack(words))
	guide := newHeaded("GUIDELINE", text)
	about := f.session.Scheme
	f.OnExplain = func(said string) {
		if said == "" {
			said = about().Guideline
		}
		if words.set(said) {
			text.stack.Refresh()
			text.scroll.ScrollToTop()
			text.Refresh()
		}
	}
	f.OnExplain("")
	parts := container.New(formSideLayout{guide, style{size: smallSize}.lineHeight()}, f.Object(), guide)
	return container.NewStack(newGround(paneTone), parts)
}

// formSideLayout gives the guideline some whole rows at the bottom, and the form the rest.
type formSideLayout struct {
	guide *headed
	row   float32
}

// MinSize keeps the column wide enough for a name and a value.
func (formSideLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(260, 240) }

// Layout places the two.
func (l formSideLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	if size.Width <= 0 || size.Height <= 0 {
		return
	}
	guide := wholeRows(size.Height*guideShare, l.guide, size.Width, l.row)
	place(o[0], 0, sideGap, size.Width, max(0, size.Height-guide-3*sideGap))
	place(o[1], 0, size.Height-guide-sideGap, size.Width, guide)
}
