package window

import (
	"spanwright/app/session"
	"spanwright/app/typeset"
)

// textFonts returns the fonts of the document's text: the family the person chose,
// if any, before the built-in one.
func (w *Window) textFonts() *typeset.Fonts {
	if family := w.settings.font(); family != "" {
		return w.fonts.WithFamily(family)
	}
	return w.fonts
}

// setFont sets the document's text in an installed family from now on, in the
// built-in one where it is "".
func (w *Window) setFont(family string) {
	w.settings.setFont(family)
	for _, v := range w.views() {
		v.SetFonts(w.textFonts())
	}
	go w.checkFont(w.session, family)
}

// checkFont says why text is in the built-in font though another family was chosen.
func (w *Window) checkFont(s *session.Session, family string) {
	if family == "" {
		return
	}
	err := w.installed.Check(family)
	if err == nil {
		return
	}
	w.post(func() {
		if w.session == s && w.settings.font() == family {
			s.Tell(err.Error())
		}
	})
}

// toggleNastaliq sets Urdu and Kashmiri in Nastaliq from now on, or no more.
func (w *Window) toggleNastaliq() {
	on := !w.settings.nastaliq()
	if on && w.installed.LacksNastaliq() {
		w.session.Tell("No Nastaliq font is installed, so nothing changes; Noto Nastaliq Urdu is one, on Debian in fonts-noto-core.")
		return
	}
	w.settings.setNastaliq(on)
	for _, v := range w.views() {
		v.SetNastaliq(on)
	}
	if on {
		w.session.Tell("Documents in Urdu and Kashmiri are shown in Nastaliq.")
	} else {
		w.session.Tell("Documents in Urdu and Kashmiri are shown in Naskh.")
	}
}
