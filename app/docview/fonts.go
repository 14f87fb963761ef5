package docview

import "time"

// fontPause is the time between two looks whether fonts have arrived.
const fontPause = 8 * time.Millisecond

// awaitFonts sees to it that what was painted without some font is painted again
// when the font is there.
func (v *View) awaitFonts() {
	if v.awaiting || !v.fonts.Awaits() && !v.o.Bold.Awaits() {
		return
	}
	v.awaiting = true
	v.o.After(fontPause, func() {
		v.awaiting = false
		if v.gone {
			return
		}
		text, bold := v.fonts.Renew(), v.o.Bold.Renew()
		if text || bold {
			v.renewed()
		}
		v.awaitFonts()
	})
}

// renewed sets and paints anew what may have waited for a font. The line at the
// pane's top stays there.
func (v *View) renewed() {
	if v.layout != nil {
		v.keepingPlace(func() bool {
			v.layout.Renew()
			return true
		})
		clear(v.painter.measured)
		v.tiles.clear()
		v.fill()
	}
	v.curves.clear()
	v.strip.stale = true
	v.card.about = ""
	v.rims.about = marginState{}
	v.Refresh()
}
