package window

// toggleNastaliq sets Urdu and Kashmiri in Nastaliq from now on, or no more.
func (w *Window) toggleNastaliq() {
	on := !w.settings.nastaliq()
	if on && w.installed.LacksNastaliq() {
		w.session.Tell("No Nastaliq font is installed, so nothing changes; Noto Nastaliq Urdu is one, on Debian in fonts-noto-core.")
		return
	}
	w.settings.setNastaliq(on)
	w.view.SetNastaliq(on)
	if on {
		w.session.Tell("Documents in Urdu and Kashmiri are shown in Nastaliq.")
	} else {
		w.session.Tell("Documents in Urdu and Kashmiri are shown in Naskh.")
	}
}
