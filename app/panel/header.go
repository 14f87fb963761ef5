package panel

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"spanwright/annotate"
	"spanwright/app/session"
	"spanwright/app/typeset"
)

// Header names the current document and says how far the work is. A click on the
// number of violations goes to the next one.
type Header struct {
	session        *session.Session
	name           *prose
	meta           *prose
	tally          *link
	object         *fyne.Container
	wrong, missing int // violations
	behind         bool
}

// NewHeader returns the header of s's current document.
func NewHeader(s *session.Session) *Header {
	h := &Header{
		session: s,
		name:    newProse("", inkTone, style{titleSize, fyne.TextStyle{Bold: true}}, 1, insets{}),
		meta:    newProse("", dimTone, style{size: smallSize}, 1, insets{}),
	}
	h.tally = newLink("", dimTone, style{size: smallSize}, nil)
	h.object = &fyne.Container{
		Layout: headerLayout{h}, Objects: []fyne.CanvasObject{newGround(paneTone), h.name, h.meta, h.tally},
	}
	h.wrong, h.missing = h.session.Audit().Count()
	h.refresh()
	s.Subscribe(func(e session.Event) {
		if e.Is(session.Opened | session.Edited | session.SchemeChanged) {
			h.wrong, h.missing = h.session.Audit().Count()
		}
		if e.Is(session.Opened | session.Edited | session.Listed | session.SchemeChanged) {
			h.refresh()
		}
	})
	return h
}

// Behind has the name shown dim, as of a document that is not the current one.
func (h *Header) Behind() *Header {
	h.behind = true
	h.refresh()
	return h
}

// Object returns what to put into the window.
func (h *Header) Object() fyne.CanvasObject { return h.object }

func (h *Header) refresh() {
	name, meta := "", ""
	if d := h.session.Document(); d != nil {
		name, meta = d.Name, dotted(h.timed(), h.reviewed(), describeMeta(d.Meta))
		if names := h.session.Assigned(); len(names) > 0 {
			meta = dotted(meta, "assigned to "+strings.Join(names, ", "))
		}
	}
	tone := inkTone
	if h.behind {
		tone = dimTone
	}
	h.name.set(name, tone)
	h.meta.set(meta, dimTone)
	h.tally.set(h.standing(), dimTone)
	h.tally.act = nil
	if h.wrong+h.missing > 0 {
		h.tally.act = h.session.FocusViolation
	}
	h.object.Layout.Layout(h.object.Objects, h.object.Size())
}

// timed says, where time is measured, that it is, and how much of it the annotator has
// spent on the document.
func (h *Header) timed() string {
	if !h.session.Timed() {
		return ""
	}
	return "time measured: " + minutes(h.session.TimeSpent())
}

// minutes says how long something took.
func minutes(d time.Duration) string {
	if d < time.Minute {
		return "under 1 min"
	}
	return fmt.Sprintf("%d min", int(d.Round(time.Minute)/time.Minute))
}

// reviewed says where the review of the document stands: of the annotator's own work,
// and of what waits for them in that of others.
func (h *Header) reviewed() string {
	var parts []string
	if own := h.session.Own(); own.Review != nil {
		parts = append(parts, strings.TrimPrefix(StandingOf(own), typeset.Isolate(own.Annotator)+" · "))
	}
	for _, w := range h.session.Works() {
		if w.Review != nil {
			parts = append(parts, StandingOf(w))
		}
	}
	return dotted(parts...)
}

// dotted puts a dot between what there is.
func dotted(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), " · ")
}

// describeMeta returns the date and source, then the other fields by name.
func describeMeta(meta map[string]string) string {
	var parts []string
	for _, field := range []string{"date", "source"} {
		if meta[field] != "" {
			parts = append(parts, meta[field])
		}
	}
	for _, field := range annotate.SortedKeys(meta) {
		if field != "date" && field != "source" && meta[field] != "" {
			parts = append(parts, field+" "+meta[field])
		}
	}
	return strings.Join(parts, " · ")
}

func (h *Header) standing() string {
	p := h.session.List().Progress()
	if p.Total == 0 {
		return ""
	}
	standing := fmt.Sprintf("%d/%d done", p.Done, p.Total)
	if a := h.session.Layer().Assessment; h.session.Behind() {
		standing += fmt.Sprintf(" · done under scheme %d, now %d", a.Scheme, h.session.Scheme().Revision)
	}
	if h.wrong == 1 {
		standing += " · 1 violation"
	} else if h.wrong > 1 {
		standing += fmt.Sprintf(" · %d violations", h.wrong)
	}
	if h.missing > 0 {
		standing += fmt.Sprintf(" · %d incomplete", h.missing)
	}
	return standing
}

// headerLayout puts the name above the metadata and the standing at the right of both.
type headerLayout struct{ *Header }

func (l headerLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(120, headerHeight)
}

const (
	headerHeight = 66
	headerInset  = 34
	leastInset   = 12
)

func (l headerLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	place(o[0], 0, 0, size.Width, size.Height)
	inset := max(leastInset, min(headerInset, size.Width*0.06)) // as the text below it
	room := size.Width - 2*inset
	right := min(l.tally.natural()+2, room)
	place(l.name, inset, 14, room, l.name.style.lineHeight())
	place(l.meta, inset, 40, max(0, room-right-12), l.meta.style.lineHeight())
	place(l.tally, inset+room-right, 40, right, l.tally.style.lineHeight())
}
