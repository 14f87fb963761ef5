package panel

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"spanwright/app/session"
)

// GuidePage shows all that the scheme says, with a search above it.
type GuidePage struct {
	Exits
	session  *session.Session
	search   *entry
	sections []guideSection // those that the search finds
	shown    int            // of them, so many have widgets
	stack    *stack
	view     *scrolled
	object   fyne.CanvasObject
}

// sectionsAtOnce is how many sections get their widgets at a time, as one scrolls down.
const sectionsAtOnce = 30

// NewGuidePage returns the page of s's scheme.
func NewGuidePage(s *session.Session) *GuidePage {
	g := &GuidePage{session: s, stack: newStack()}
	g.view = newScrolled(g.stack)
	g.view.scroll.OnScrolled = func(at fyne.Position) { g.fill(at.Y + 2*g.view.scroll.Size().Height) }
	g.search = newEntry("search the guideline…", false, &Exits{OnLeave: g.close, OnKey: g.Exits.key})
	g.search.OnChanged = func(string) { g.find() }
	g.search.before = g.scrollBy
	g.object = container.NewStack(newGround(paneTone), container.New(guideLayout{}, g.search, g.view))
	g.find()
	s.Subscribe(func(e session.Event) {
		if e.Is(session.SchemeChanged) {
			g.find()
		}
	})
	return g
}

// Object returns what to put into the window.
func (g *GuidePage) Object() fyne.CanvasObject { return g.object }

// Open gives the keyboard to the search, in the window's canvas, and shows what the scheme
// says of a label of spans, relations or records, or its beginning for "".
func (g *GuidePage) Open(c fyne.Canvas, label string) {
	g.search.SetText("")
	g.find()
	for i := range g.sections {
		if s := &g.sections[i]; label != "" && s.name == label && s.depth == 0 {
			for g.shown <= i {
				g.more()
			}
			g.stack.arrange(g.stack.Size())
			g.view.Refresh()
			g.fill(g.stack.parts[i].Position().Y + 2*g.view.scroll.Size().Height)
			g.view.scroll.ScrollToOffset(fyne.NewPos(0, g.stack.parts[i].Position().Y))
			break
		}
	}
	c.Focus(g.search)
}

// close empties the search, and then gives the keyboard back.
func (g *GuidePage) close() {
	if g.search.Text != "" {
		g.search.SetText("")
		return
	}
	g.leave()
}

// scrollBy scrolls by keys that mean nothing to one line of text.
func (g *GuidePage) scrollBy(k *fyne.KeyEvent) bool {
	height := g.view.scroll.Size().Height
	steps := map[fyne.KeyName]float32{fyne.KeyUp: -40, fyne.KeyDown: 40, fyne.KeyPageUp: 40 - height, fyne.KeyPageDown: height - 40}
	by, moves := steps[k.Name]
	if moves {
		most := g.stack.MinSize().Height - height
		g.view.scroll.ScrollToOffset(fyne.NewPos(0, max(0, min(g.view.scroll.Offset.Y+by, most))))
		g.fill(g.view.scroll.Offset.Y + 2*height)
	}
	return moves
}

// find shows the sections that hold every word of the search.
func (g *GuidePage) find() {
	words := strings.Fields(strings.ToLower(g.search.Text))
	g.sections, g.shown = nil, 0
	for _, s := range guideSections(g.session.Scheme()) {
		if holdsAll(s.folded, words) {
			g.sections = append(g.sections, s)
		}
	}
	g.stack.set(nil)
	g.view.scroll.ScrollToTop()
	g.more()
	if len(g.sections) == 0 {
		g.stack.set([]fyne.CanvasObject{newProse("Nothing in the guideline has these words.", dimTone, style{size: smallSize}, 0, insets{12, 8, 12, 8})})
	}
	g.view.Refresh()
}

func holdsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// more makes the widgets of the next sections.
func (g *GuidePage) more() {
	parts := g.stack.parts[:g.shown:g.shown]
	for _, s := range g.sections[g.shown:min(g.shown+sectionsAtOnce, len(g.sections))] {
		parts = append(parts, newSection(s))
	}
	g.shown = len(parts)
	g.stack.set(parts)
}

// fill makes the widgets of sections down to y.
func (g *GuidePage) fill(y float32) {
	made := false
	for g.shown < len(g.sections) && g.stack.heightFor(g.stack.Size().Width) < y {
		g.more()
		made = true
	}
	if made {
		g.view.Refresh()
	}
}

// sectionOf is the widget of a section: a heading, and below it what is said.
type sectionOf struct {
	widget.BaseWidget
	section    guideSection
	swatch     *canvas.Rectangle
	name, kind *prose
	words      *rich
}

func newSection(s guideSection) *sectionOf {
	w := &sectionOf{
		section: s, swatch: canvas.NewRectangle(nil),
		name: newProse(s.name, inkTone, style{textSize, fyne.TextStyle{Bold: true}}, 1, insets{}),
		kind: newProse(s.sort, dimTone, style{size: smallSize}, 1, insets{}),
	}
	w.words = newRich(inkTone, insets{w.inset(), 0, 12, 4})
	w.words.set(s.words)
	w.swatch.CornerRadius = 3
	w.ExtendBaseWidget(w)
	return w
}

func (w *sectionOf) inset() float32 { return float32(12 + w.section.depth*16) }

// top is where the words begin.
func (w *sectionOf) top() float32 {
	if w.section.depth > 0 {
		return 25
	}
	return 36
}

func (w *sectionOf) heightFor(width float32) float32 { return w.top() + w.words.heightFor(width) }

// CreateRenderer draws the section.
func (w *sectionOf) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{w.swatch, w.name, w.kind, w.words}
	layout := func(size fyne.Size) {
		x, y := w.inset(), w.top()-20
		w.swatch.Hide()
		if w.section.color != "" {
			w.swatch.FillColor = palette().Label(w.section.color).Line
			place(w.swatch, x, y+3, swatchWidth, swatchWidth)
			w.swatch.Show()
			x += swatchWidth + rowGap
		}
		wide := min(w.name.natural()+1, size.Width-x-rowInset)
		place(w.name, x, y, wide, w.name.style.lineHeight())
		x += wide + rowGap
		place(w.kind, x, y+1, max(0, size.Width-x-rowInset), w.kind.style.lineHeight())
		place(w.words, 0, w.top(), size.Width, w.words.heightFor(size.Width))
	}
	return drawing{
		objects: func() []fyne.CanvasObject { return objects },
		layout:  layout,
		minSize: func() fyne.Size { return fyne.NewSize(60, w.heightFor(w.Size().Width)) },
		refresh: func() { layout(w.Size()); canvas.Refresh(w) },
	}
}

// guideLayout puts the search above the sections.
type guideLayout struct{}

func (guideLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(260, 240) }

func (guideLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	top := o[0].MinSize().Height
	place(o[0], 10, 8, size.Width-20, top)
	place(o[1], 0, top+14, size.Width, max(0, size.Height-top-14))
}
