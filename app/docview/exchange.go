package docview

import (
	"fyne.io/fyne/v2"

	"spanwright/annotate"
)

// Exchange has two panes show each other's document, each at the place where it was.
// Their sessions must have exchanged them already.
func Exchange(a, b *View) {
	a.document, b.document = b.document, a.document
	a.languages, b.languages = b.languages, a.languages
	a.layout, b.layout = b.layout, a.layout
	a.geometry, b.geometry = b.geometry, a.geometry
	a.offset, b.offset = b.offset, a.offset
	for _, v := range []*View{a, b} {
		v.goal = -1
		v.forgetDrawn()
		v.fill()
	}
}

// yields reports whether a press at a place of the pane, in device pixels, is one that
// makes its document the current one.
func (v *View) yields(x, y float64) bool {
	return v.o.Yield != nil && v.s.Relating() == "" && !v.bar.holds(v, x) && v.rims.at(x, y) == nil
}

// across returns the first legal target of the relation in progress under the pointer,
// where that is over the pane beside; "" if there is none.
func (v *View) across() annotate.ID {
	peer := v.o.Peer()
	if peer == nil || peer.layout == nil {
		return ""
	}
	driver, scale := fyne.CurrentApp().Driver(), v.geometry.scale
	shift := driver.AbsolutePositionForObject(v).Subtract(driver.AbsolutePositionForObject(peer))
	x, y := v.mouse.x+float64(shift.X)*scale, v.mouse.y+float64(shift.Y)*scale
	if x < 0 || y < 0 || x >= peer.geometry.width || y >= peer.geometry.height {
		return ""
	}
	for _, id := range peer.spotAt(x, y).stack {
		if peer.s.Legal(id) {
			return id
		}
	}
	return ""
}
