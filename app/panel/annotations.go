package panel

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"

	"spanwright/annotate"
	"spanwright/app/session"
)

// Annotations lists the spans of the document in reading order.
type Annotations struct {
	Exits
	session *session.Session
	list    *list
	object  *headed
	places  []annotate.ID
}

// NewAnnotations returns the list of the spans in s's current document.
func NewAnnotations(s *session.Session) *Annotations {
	a := &Annotations{session: s}
	a.list = newList(24, &a.Exits)
	a.list.length = func() int { return len(a.places) }
	a.list.show = a.row
	a.list.pick = func(i int) {
		a.leave()
		s.Reveal("", a.places[i])
	}
	a.object = newHeaded("IN THIS DOCUMENT", a.list)
	a.read()
	s.Subscribe(func(e session.Event) {
		switch {
		case e.Is(session.Opened | session.Edited | session.SchemeChanged):
			a.read()
		case e.Is(session.Focused):
			a.list.fill()
		}
		if e.Is(session.Focused | session.Opened) {
			a.follow()
		}
	})
	return a
}

// Object returns what to put into the window.
func (a *Annotations) Object() fyne.CanvasObject { return a.object }

// FocusList gives the keyboard to the list, at the focused span.
func (a *Annotations) FocusList() { giveFocus(a.list) }

func (a *Annotations) read() {
	a.places = a.places[:0]
	for span := range a.session.Layer().Spans() {
		a.places = append(a.places, span.ID)
	}
	a.list.update()
}

// follow brings the focused span on screen.
func (a *Annotations) follow() {
	span := a.session.FocusedSpan()
	if span == nil {
		return
	}
	if i, found := slices.BinarySearchFunc(a.places, span, a.compare); found {
		a.list.cursor = i
		a.list.reveal(i)
	}
}

// compare orders as the layer does: by start, the longer first, then by id.
func (a *Annotations) compare(id annotate.ID, span *annotate.Span) int {
	at, f := a.session.Layer().Span(id).Extent(), span.Extent()
	return cmp.Or(cmp.Compare(at.Start, f.Start), cmp.Compare(f.End, at.End), cmp.Compare(id, span.ID))
}

// linkedQuote is how many characters of a span stand before the name of its concept.
const linkedQuote = 30

func (a *Annotations) row(i int) rowContent {
	span := a.session.Layer().Span(a.places[i])
	c := rowContent{
		swatch: labelColor(a.session.Scheme().Span(span.Label)), label: span.Label, text: a.session.Quote(span, 80),
		open: a.session.OpenThreads(span.ID) > 0,
	}
	if concept := a.session.ConceptOf(span); concept != nil {
		quote := a.session.Quote(span, linkedQuote)
		if c.text = quote + " = " + concept.Name; annotate.Fold(quote) == annotate.Fold(concept.Name) {
			c.text = "= " + concept.Name
		}
	}
	if span.ID == a.session.Focused() {
		c.tint, c.current = "focus", true
	}
	return c
}
