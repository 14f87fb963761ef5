package docview

import (
	"spanwright/annotate"
	"spanwright/app/session"
)

// acts are the events that end what a strip of buttons was offered for.
const acts = session.Opened | session.Edited | session.Selected | session.Focused | session.Armed | session.Related

// changed brings the view up to date with what happened in the session. Only
// the lines that an edit touches are painted again.
func (v *View) changed(e session.Event) {
	if !e.Is(acts | session.SchemeChanged | session.Laned) {
		return
	}
	if e.Is(session.Opened) || v.s.Document() != v.document {
		v.opened()
	}
	if e.Is(session.SchemeChanged | session.Related | session.Opened | session.Laned) {
		v.tiles.stale()
	}
	if e.Is(session.Edited | session.Focused) {
		v.tiles.staleIn(v.neighbours(e.Dirty))
	}
	if e.Kind&^session.Selected != 0 {
		v.curves.clear()
	}
	if e.Is(acts) {
		v.strip.hide()
		v.card.hide()
	}
	if !v.mouse.acting {
		v.reveal(e.Reveal)
	}
	if e.Is(session.Related) {
		v.revealProposed()
	}
	if e.Is(session.Edited) {
		v.rims.forget()
		v.overlay.flash(v, e.Spans)
	}
	v.Refresh()
}

// neighbours adds to fragments the extents of the spans that touch them: how
// those lie to one another may have changed.
func (v *View) neighbours(fragments []annotate.Fragment) []annotate.Fragment {
	const enough = 256
	widened := append([]annotate.Fragment(nil), fragments...)
	for _, f := range fragments {
		for span := range v.s.Layer().Touching(f) {
			if widened = append(widened, span.Extent()); len(widened) > enough {
				return append(fragments[:len(fragments):len(fragments)], annotate.Fragment{End: len(v.s.Body().Text()) + 1})
			}
		}
	}
	return widened
}
