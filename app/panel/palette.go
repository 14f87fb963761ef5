package panel

import (
	"strconv"

	"fyne.io/fyne/v2"

	"spanwright/annotate"
	"spanwright/app/session"
	"spanwright/store"
)

// Palette lists the scheme's labels: a click labels what is selected, and a block
// of text says what the label means.
type Palette struct {
	Exits
	session *session.Session
	list    *list
	pointed int    // row under the pointer, -1 if none
	told    string // what another panel wants explained
	meaning *rich
	quotes  map[string][]store.Quotation // spans of a label in this project; nil while they are being read
	labels  *headed
	words   *scrolled
	guide   *headed
	// explained is told that the block holds other text. May be nil.
	explained func()
}

// NewPalette returns the palette of s's scheme.
func NewPalette(s *session.Session) *Palette {
	p := &Palette{session: s, pointed: -1, quotes: map[string][]store.Quotation{}}
	p.list = newList(26, &p.Exits)
	p.list.length = func() int { return len(s.Scheme().Spans) }
	p.list.show = p.row
	p.list.pick = func(i int) {
		p.leave()
		_ = s.Label(s.Scheme().Spans[i].Label) // told to the person by the session
	}
	p.list.hovered = func(i int) { p.pointed = i; p.explain() }
	p.labels = newHeaded("LABELS", p.list)
	p.meaning = newRich(dimTone, insets{12, 0, 12, 0})
	p.words = newScrolled(newStack(p.meaning))
	p.guide = newHeaded("GUIDELINE", p.words)
	p.explain()
	s.Subscribe(func(e session.Event) {
		if e.Is(session.Opened | session.Edited | session.Armed | session.SchemeChanged) {
			p.list.update()
		}
		if e.Is(session.Opened) {
			clear(p.quotes)
		}
		if e.Is(session.Opened | session.Edited | session.Armed | session.Focused | session.SchemeChanged) {
			p.explain()
		}
	})
	return p
}

// Object returns the labels, to put into the window.
func (p *Palette) Object() fyne.CanvasObject { return p.labels }

// Guideline returns the block that says what a label means, to put into the window.
func (p *Palette) Guideline() fyne.CanvasObject { return p.guide }

// FocusList gives the keyboard to the list of labels.
func (p *Palette) FocusList() { giveFocus(p.list) }

// Explain shows a text in the place of a label's guideline; "" ends that.
func (p *Palette) Explain(text string) {
	p.told = text
	p.explain()
}

func (p *Palette) row(i int) rowContent {
	def := &p.session.Scheme().Spans[i]
	c := rowContent{mark: def.Key, keycap: true, swatch: labelColor(def), text: def.Label}
	if n := p.session.Layer().Count(def.Label); n > 0 {
		c.count = strconv.Itoa(n)
	}
	if def.Label == p.session.Armed() {
		c.tint = c.swatch
	}
	return c
}

// labelColor returns the colour of a label, grey if the scheme gives it none.
func labelColor(def *annotate.SpanLabel) string {
	if def == nil || def.Color == "" {
		return "#7f7f7f"
	}
	return def.Color
}

// explain shows what is pointed at, focused or armed, in that order, or else what the scheme is for.
func (p *Palette) explain() {
	scheme := p.session.Scheme()
	said := scheme.Guideline
	label := p.session.Armed()
	if span := p.session.FocusedSpan(); span != nil {
		label = span.Label
	}
	if def := scheme.Span(label); def != nil {
		said = withExample(def.Guideline, def.Example) + p.inProject(label)
	}
	if r := p.session.FocusedRelation(); r != nil {
		if def := scheme.Relation(r.Label); def != nil {
			said = withExample(def.Guideline, def.Example)
		}
	}
	if p.told != "" {
		said = p.told
	}
	if p.pointed >= 0 && p.pointed < len(scheme.Spans) {
		said = withExample(scheme.Spans[p.pointed].Guideline, scheme.Spans[p.pointed].Example)
	}
	if said == "" {
		said = "The scheme has no guideline for this."
	}
	if !p.meaning.set(said) {
		return
	}
	p.words.stack.Refresh()
	p.words.scroll.ScrollToTop()
	p.words.Refresh()
	call(p.explained)
}

// withExample puts an example below what a thing means.
func withExample(meaning, example string) string {
	if example == "" {
		return meaning
	}
	return meaning + "\n\n" + quoted(escapeMarkdown(example))
}

// inProject quotes some spans of a label in this project, which are read on another goroutine.
func (p *Palette) inProject(label string) string {
	found, asked := p.quotes[label]
	if !asked {
		p.quotes[label] = nil
		p.session.Quotations(label, func(found []store.Quotation) {
			if len(found) > 0 {
				p.quotes[label] = found
				p.explain()
			}
		})
	}
	said := ""
	for _, q := range found {
		said += "\n\n" + quoted("“"+escapeMarkdown(annotate.Excerpt(q.Words, 90))+"” — "+escapeMarkdown(q.Document))
	}
	if said != "" {
		said = "\n\nIn this project:" + said
	}
	return said
}
