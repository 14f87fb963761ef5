package panel

import (
	"cmp"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"spanwright/annotate"
	"spanwright/app/session"
	"spanwright/app/typeset"
)

// Annotations lists the spans of the document in reading order, or those that a filter
// finds, or what in the document breaks the scheme.
type Annotations struct {
	Exits
	session *session.Session
	list    *list
	object  *headed
	filter  *entry
	wanted  annotationFilter
	places  []annotate.ID
	broken  []annotate.Violation // listed instead of places where the filter asks for them
}

// NewAnnotations returns the list of the spans in s's current document.
func NewAnnotations(s *session.Session) *Annotations {
	a := &Annotations{session: s}
	a.list = newList(24, &a.Exits)
	a.list.length = func() int { return len(a.places) + len(a.broken) }
	a.list.show = a.row
	a.list.pick = a.pick
	a.list.typed = func(r rune) { // typing in the list filters
		if r != ' ' { // which picked a row
			giveFocus(a.filter)
			a.filter.TypedRune(r)
		}
	}
	a.makeFilter()
	a.object = newHeaded(spansHeading, a.list)
	a.object.aside = container.NewThemeOverride(a.filter, compact{fyne.CurrentApp().Settings().Theme()})
	a.read()
	s.Subscribe(func(e session.Event) {
		if e.Is(session.Opened) && a.filter.Text != "" {
			a.filter.SetText("") // which reads anew
		}
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

// spansHeading stands above all spans.
const spansHeading = "IN THIS DOCUMENT"

func (a *Annotations) read() {
	a.places, a.broken = a.places[:0], nil
	heading := spansHeading
	switch {
	case a.wanted.broken:
		for _, v := range a.session.Audit().All() {
			if a.wanted.holds(v.Sentence) {
				a.broken = append(a.broken, v)
			}
		}
		heading = fmt.Sprintf("VIOLATIONS %d", len(a.broken))
	default:
		for span := range a.session.Layer().Spans() {
			if a.wanted.finds(a.session, span) {
				a.places = append(a.places, span.ID)
			}
		}
		if a.wanted.filters() {
			heading = fmt.Sprintf("%d OF %d HERE", len(a.places), a.session.Layer().SpanCount())
		}
	}
	a.object.heading.set(heading, dimTone)
	a.list.update()
}

// pick goes to what the i-th row is about.
func (a *Annotations) pick(i int) {
	a.leave()
	if len(a.broken) > 0 {
		a.session.Show(a.broken[i].Entity)
		return
	}
	a.session.Reveal("", a.places[i])
}

// follow brings the focused span on screen.
func (a *Annotations) follow() {
	span := a.session.FocusedSpan()
	if span == nil || a.wanted.broken {
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
	if len(a.broken) > 0 {
		return a.brokenRow(a.broken[i])
	}
	span := a.session.Layer().Span(a.places[i])
	c := rowContent{
		swatch: labelColor(a.session.Scheme().Span(span.Label)), label: span.Label, text: a.session.Quote(span, 80),
		open: a.session.OpenThreads(span.ID) > 0,
	}
	if concept := a.session.ConceptOf(span); concept != nil {
		quote := a.session.Quote(span, linkedQuote)
		if c.text = typeset.Isolate(quote) + " = " + typeset.Isolate(concept.Name); annotate.Fold(quote) == annotate.Fold(concept.Name) {
			c.text = "= " + typeset.Isolate(concept.Name)
		}
	}
	if span.ID == a.session.Focused() {
		c.tint, c.current = "focus", true
	}
	return c
}
