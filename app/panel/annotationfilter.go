package panel

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"spanwright/annotate"
	"spanwright/app/session"
)

// annotationFilter is what the list of annotations is filtered by.
type annotationFilter struct {
	words  []string // in lower case, all of them in label, covered text, flag or note
	flag   string   // "any" for any; "" for no matter
	lacks  string   // attribute without a value
	broken bool     // violations instead of spans
}

// lacksFilter stands before an attribute.
const lacksFilter = "lacks:"

func parseAnnotationFilter(text string) annotationFilter {
	var f annotationFilter
	for _, word := range strings.Fields(text) {
		flag, isFlag := strings.CutPrefix(word, session.FlagFilter)
		name, lacks := strings.CutPrefix(word, lacksFilter)
		switch {
		case isFlag && flag != "":
			f.flag = flag
		case lacks && name != "":
			f.lacks = name
		case word == session.BrokenFilter:
			f.broken = true
		default:
			f.words = append(f.words, strings.ToLower(word))
		}
	}
	return f
}

func (f *annotationFilter) filters() bool { return len(f.words) > 0 || f.flag != "" || f.lacks != "" }

func (f *annotationFilter) holds(text string) bool {
	return len(f.words) == 0 || holdsAll(strings.ToLower(text), f.words)
}

// finds reports whether a span is listed.
func (f *annotationFilter) finds(s *session.Session, span *annotate.Span) bool {
	flag := session.FlagWord(span.Flag)
	switch {
	case f.flag == "any" && flag == "" || f.flag != "" && f.flag != "any" && !strings.HasPrefix(flag, f.flag):
		return false
	case f.lacks != "" && !lacking(s, span, f.lacks):
		return false
	case len(f.words) == 0:
		return true
	}
	return f.holds(strings.Join([]string{span.Label, span.Covered(s.Body().Text()), span.Flag, span.Note}, " "))
}

// lacking reports whether an attribute, of which the beginning was typed, could have a
// value and has none.
func lacking(s *session.Session, span *annotate.Span, name string) bool {
	defs := s.AttributesOf(span.ID)
	return slices.ContainsFunc(defs, func(def annotate.Attribute) bool {
		_, set := span.Attributes[def.Name]
		return !set && strings.HasPrefix(def.Name, name) && def.Applies(defs, span.Attributes)
	})
}

func (a *Annotations) makeFilter() {
	a.filter = newEntry("filter…", false, &Exits{OnLeave: a.clearFilter, OnKey: a.Exits.key})
	a.filter.ActionItem = container.New(squareLayout(18), newLink("▾", dimTone, markStyle, a.showFilters))
	a.filter.menu = a.showFilters
	a.filter.OnChanged = func(text string) {
		a.wanted = parseAnnotationFilter(text)
		a.list.cursor = 0
		a.read()
	}
	a.filter.OnSubmitted = func(string) {
		if a.list.length() > 0 {
			a.list.picked(0)
		}
	}
	a.filter.step = func(by int) {
		if by > 0 {
			giveFocus(a.list)
		}
	}
}

func (a *Annotations) clearFilter() {
	if a.filter.Text != "" {
		a.filter.SetText("")
	}
	a.leave()
}

// ListViolations lists what breaks the scheme and gives the list the keyboard, in the
// window's canvas.
func (a *Annotations) ListViolations(c fyne.Canvas) {
	a.filter.SetText(session.BrokenFilter)
	c.Focus(a.list)
}

// showFilters offers what the list can be filtered by, with how many rows each finds.
func (a *Annotations) showFilters() {
	c := fyne.CurrentApp().Driver().CanvasForObject(a.filter)
	if c == nil {
		return
	}
	var items []*fyne.MenuItem
	add := func(word, title string, n int) {
		items = append(items, fyne.NewMenuItem(fmt.Sprintf("%s   %d", title, n), func() {
			a.filter.SetText(word)
			giveFocus(a.filter)
		}))
	}
	flags := map[string]int{}
	for span := range a.session.Layer().Spans() {
		flags[span.Flag]++
	}
	wrong, missing := a.session.Audit().Count()
	add("", "all", a.session.Layer().SpanCount())
	add(session.BrokenFilter, "violations", wrong+missing)
	for _, f := range a.session.Scheme().Flags {
		add(session.FlagFilter+session.FlagWord(f.Name), "⚑ "+f.Name, flags[f.Name])
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(a.filter)
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c, at.AddXY(0, a.filter.Size().Height+2))
}

// shortSentence returns what is wrong without what it is about, where that is shown already.
func shortSentence(sentence, label string) string {
	for _, subject := range []string{"”: ", "the document: ", "record " + label + ": "} {
		if _, rest, found := strings.Cut(sentence, subject); found {
			return rest
		}
	}
	return sentence
}

// brokenRow returns how a violation is listed.
func (a *Annotations) brokenRow(v annotate.Violation) rowContent {
	layer, scheme := a.session.Layer(), a.session.Scheme()
	c := rowContent{label: "document", text: v.Sentence, faint: v.Missing, ends: true}
	if span := layer.Span(v.Entity); span != nil {
		c.label, c.swatch = span.Label, labelColor(scheme.Span(span.Label))
	} else if r := layer.Relation(v.Entity); r != nil {
		c.label, c.swatch = r.Label, relationColor(scheme.Relation(r.Label))
	} else if r := layer.Record(v.Entity); r != nil {
		c.label = r.Label
	}
	c.text = shortSentence(v.Sentence, c.label)
	if v.Entity == a.session.Focused() {
		c.tint, c.current = "focus", true
	}
	return c
}
