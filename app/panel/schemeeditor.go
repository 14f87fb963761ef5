package panel

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"spanwright/annotate"
	"spanwright/app/session"
)

// Specimen draws a text with annotations as a document is drawn under a scheme.
type Specimen interface {
	fyne.CanvasObject
	Draw(scheme *annotate.Scheme, body *annotate.Body, layer *annotate.Layer, focused annotate.ID)
}

// SchemeEditor changes the project's scheme: an outline of everything in it, a form for
// the chosen item, a text drawn under the draft, and below them what is wrong with the
// draft and what applying it would do.
type SchemeEditor struct {
	SchemeExits
	session *session.Session
	draft   *session.SchemeDraft
	path    string // of the chosen item
	wanted  map[string]string

	outline  *outline
	form     *form
	title    *prose
	commands *flow
	hint     *prose
	sample   *prose
	light    Specimen
	dark     Specimen
	review   *session.SchemeReview
	examples *session.Examples
	foot     *schemeFoot
	body     *Split
	inner    *Split
	look     string // of what is drawn under the draft
	bar      *fyne.Container
	object   *fyne.Container
	busy     bool
}

// SchemeExits are the editor's ways back to the window. All of them may be nil.
type SchemeExits struct {
	OnClose  func()
	OnKey    func(*fyne.KeyEvent)
	OnImport func() // asks for a scheme to begin from
	OnExport func() // asks where to write the draft
}

// NewSchemeEditor returns an editor of a draft of s's scheme. The specimens show it in light and dark.
func NewSchemeEditor(s *session.Session, d *session.SchemeDraft, light, dark Specimen) *SchemeEditor {
	e := &SchemeEditor{session: s, draft: d, path: "$", wanted: map[string]string{}, light: light, dark: dark}
	e.outline = newOutline(e)
	e.form = newForm(e)
	e.title = newProse("", inkTone, style{titleSize, fyne.TextStyle{Bold: true}}, 1, insets{})
	e.commands = newFlow(&Exits{OnLeave: e.focusOutline, OnKey: e.key})
	e.commands.step = func(by int) {
		if by > 0 {
			e.focusOutline()
		}
	}
	e.commands.explain = e.explain
	e.hint = newProse("", dimTone, style{size: smallSize}, 2, insets{12, 5, 12, 5})
	e.sample = newProse("", dimTone, style{size: smallSize}, 1, insets{12, 2, 12, 6})
	e.review = s.NewSchemeReview(d)
	e.examples = s.NewExamples(e.showForm)
	e.foot = newSchemeFoot(e)
	e.inner = NewSplit(e.middle(), e.preview(), 0.6)
	e.body = NewSplit(e.outline.object, e.inner, 0.2)
	e.bar = container.New(schemeBar{}, newGround(barTone), e.title, e.commands, newGround(lineTone))
	e.object = container.New(schemeLayout{}, newGround(paneTone), e.bar, e.body, newGround(lineTone), e.foot.object)
	d.Subscribe(e.refresh)
	if len(d.Scheme().Spans) > 0 && d.Item("$.spans[0]") != nil {
		e.path = "$.spans[0]"
	}
	e.refresh()
	return e
}

// Object returns what to put into the window.
func (e *SchemeEditor) Object() fyne.CanvasObject { return e.object }

// Draft returns what is edited.
func (e *SchemeEditor) Draft() *session.SchemeDraft { return e.draft }

// Focus gives the keyboard to the outline. The toolkit does not know yet which canvas
// a pane that was just put into the window is on.
func (e *SchemeEditor) Focus(c fyne.Canvas) {
	c.Focus(e.outline.list)
	e.outline.toPath(e.path)
}

// Shown has the editor show the draft as it is now, and what applying it would do, until Hidden.
func (e *SchemeEditor) Shown() {
	e.refresh()
	e.review.Show()
}

// Hidden ends that.
func (e *SchemeEditor) Hidden() { e.review.Hide() }

// Replace makes the draft another scheme, as one read from a file.
func (e *SchemeEditor) Replace(s *annotate.Scheme) {
	e.draft.Replace(s)
	e.choose("$")
}

// Apply makes the draft the project's scheme. Where something has to be decided first
// the keyboard goes there.
func (e *SchemeEditor) Apply() {
	if e.review.Apply() != nil { // told to the person by the session
		e.foot.toUndecided()
	}
}

// CyclePane gives the keyboard to the next or previous of outline, form, problems and changes.
func (e *SchemeEditor) CyclePane(c fyne.Canvas, step int) {
	stops := []func(){
		e.focusOutline, func() { e.form.focusFrom(0, 1) }, func() { giveFocus(e.foot.wrong) }, func() { giveFocus(e.foot.steps) },
	}
	here := 1
	switch c.Focused() {
	case fyne.Focusable(e.outline.list), fyne.Focusable(e.outline.find):
		here = 0
	case fyne.Focusable(e.foot.wrong):
		here = 2
	case fyne.Focusable(e.foot.steps), fyne.Focusable(e.foot.decide):
		here = 3
	}
	stops[(here+step+len(stops))%len(stops)]()
}

// Undo takes the last edit of the draft back; it reports whether there was one.
func (e *SchemeEditor) Undo() bool { return e.stepped(e.draft.CanUndo(), e.draft.Undo) }

// Redo makes the last edit that was taken back again; it reports whether there was one.
func (e *SchemeEditor) Redo() bool { return e.stepped(e.draft.CanRedo(), e.draft.Redo) }

func (e *SchemeEditor) stepped(can bool, step func() string) bool {
	if can {
		e.choose(step())
	}
	return can
}

func (e *SchemeEditor) canvas() fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(e.object)
}

func (e *SchemeEditor) focusOutline() {
	giveFocus(e.outline.list)
	e.outline.toPath(e.path)
}

func (e *SchemeEditor) leave() { call(e.OnClose) }

func (e *SchemeEditor) leaveForm() { e.focusOutline() }

func (e *SchemeEditor) endTyping() { e.draft.EndTyping() }

// complaints returns what is wrong with the item at path, by property.
func (e *SchemeEditor) complaints(path string) map[string]string {
	said := map[string]string{}
	for _, p := range e.draft.ProblemsAt(path) {
		_, property := e.draft.Place(p.Path)
		if said[property] == "" {
			said[property] = upperFirst(p.Sentence) + "."
		}
	}
	return said
}

func (e *SchemeEditor) key(k *fyne.KeyEvent) {
	if e.OnKey != nil {
		e.OnKey(k)
	}
}

func (e *SchemeEditor) explain(hint string) {
	if hint == "" {
		hint = "↑ ↓ choose, Enter edits, + adds, Del removes, Alt+↑ ↓ moves, Ctrl+D doubles; Esc goes back. Nothing changes in the project before it is applied."
	}
	e.hint.set(hint, dimTone)
}

// choose shows an item.
func (e *SchemeEditor) choose(path string) {
	if path = e.draft.Nearest(path); path != e.path {
		e.path, e.wanted = path, map[string]string{}
		e.draft.EndTyping()
	}
	e.refresh()
	e.outline.toPath(e.path)
}

func (e *SchemeEditor) add(list string, i int) {
	if path := e.draft.Add(list, i); path != "" {
		e.choose(path)
		e.form.focusName()
	}
}

func (e *SchemeEditor) remove(path string) {
	e.draft.Remove(path)
	e.choose(path)
}

func (e *SchemeEditor) move(path string, by int) { e.choose(e.draft.Move(path, by)) }
func (e *SchemeEditor) duplicate(path string)    { e.choose(e.draft.Duplicate(path)) }

// refresh shows the draft as it is now.
func (e *SchemeEditor) refresh() {
	if e.busy {
		return
	}
	e.busy = true
	defer func() { e.busy = false }()
	e.path = e.draft.Nearest(e.path)
	e.title.set("Scheme "+e.draft.Scheme().Name, inkTone)
	e.showCommands()
	e.outline.refresh()
	e.showForm()
	e.showSample()
	e.foot.refresh()
}

func (e *SchemeEditor) showForm() {
	e.form.show(e.path, e.fieldsOf(e.path))
}

// showSample draws the text under the draft if it looks otherwise than before, a moment
// later and one after the other: drawing takes longer than a letter may.
func (e *SchemeEditor) showSample() {
	p := e.session.Specimen(e.draft, e.path)
	scheme := e.draft.Scheme()
	look := p.Document + "\n" + p.Body.Text() + "\n" + string(p.Focused)
	for span := range p.Layer.Spans() {
		look += fmt.Sprintf("\n%s %s %v", span.ID, span.Label, span.Attributes)
		if def := scheme.Span(span.Label); def != nil {
			look += fmt.Sprint(def.Color, def.Short, def.Parent)
		}
	}
	for _, r := range p.Layer.Relations() {
		look += fmt.Sprintf("\n%s %v", r.Label, r.Arguments)
		if def := scheme.Relation(r.Label); def != nil {
			look += fmt.Sprint(def.Symmetric, def.Roles)
		}
	}
	if look == e.look {
		return
	}
	e.look = look
	from := "An invented text"
	if p.Document != "" {
		from = "From " + p.Document
	}
	e.sample.set(from, dimTone)
	for _, specimen := range []Specimen{e.light, e.dark} {
		e.session.Post(func() {
			if e.look == look {
				specimen.Draw(scheme, p.Body, p.Layer, p.Focused)
			}
		})
	}
}

// showCommands shows what can be done with the draft as a whole and with the chosen item.
func (e *SchemeEditor) showCommands() {
	offer := func(text, guide string, can bool, act func()) item {
		if !can {
			act = nil
		}
		return item{kind: offerItem, text: text, guide: guide, act: act}
	}
	var items []item
	if list, i, ok := splitPath(e.path); ok {
		one := kindNames[e.draft.Describe(e.path).Kind]
		path := e.path
		items = append(items,
			offer("+ "+one, "Adds "+withArticle(one)+" below this one (+).", true, func() { e.add(list, i+1) }),
			offer("double", "Adds a copy of it (Ctrl+D).", true, func() { e.duplicate(path) }),
			offer("remove", "Removes it from the draft (Del).", true, func() { e.remove(path) }))
	}
	items = append(items,
		offer("import…", "Begins from a template or a file; what there is now can be had back with Ctrl+Z.", e.OnImport != nil, e.OnImport),
		offer("export…", "Writes the draft as a YAML file.", e.OnExport != nil, e.OnExport))
	if e.draft.Changed() {
		items = append(items, offer("discard", "Gives the draft up; Ctrl+Z brings it back.", true, func() { e.draft.Discard() }))
	}
	same := slices.EqualFunc(items, e.commands.items, func(a, b item) bool { return a.text == b.text })
	e.commands.set(items)
	if !same {
		e.bar.Layout.Layout(e.bar.Objects, e.bar.Size())
	}
	e.explain("")
}

// middle is the form with its line of hints.
func (e *SchemeEditor) middle() fyne.CanvasObject {
	return container.New(hintBelow{}, newGround(paneTone), e.form.view, newGround(lineTone), e.hint)
}

// preview is the text drawn under the draft, in light above dark.
func (e *SchemeEditor) preview() fyne.CanvasObject {
	return container.New(previewLayout{}, newGround(paneTone), newHeading("AS IT LOOKS"), e.light, e.dark, e.sample)
}

// upperFirst returns a sentence with a capital at its beginning.
func upperFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// schemeLayout puts the bar above the body and the foot below it.
type schemeLayout struct{}

const (
	barTall   = 36
	footShare = 0.25
	footLeast = 130
)

func (schemeLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(600, 360) }

func (schemeLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	foot := max(footLeast, size.Height*footShare)
	place(o[0], 0, 0, size.Width, size.Height)
	place(o[1], 0, 0, size.Width, barTall)
	place(o[2], 0, barTall, size.Width, max(0, size.Height-barTall-foot))
	place(o[3], 0, size.Height-foot, size.Width, 1)
	place(o[4], 0, size.Height-foot+1, size.Width, foot-1)
}

// schemeBar puts the title at the left and the commands at the right.
type schemeBar struct{}

func (schemeBar) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, barTall) }

func (schemeBar) Layout(o []fyne.CanvasObject, size fyne.Size) {
	place(o[0], 0, 0, size.Width, size.Height)
	title, commands := o[1].(*prose), o[2].(*flow)
	room := min(title.natural()+2, size.Width*0.4)
	place(title, rowInset, 6, room, size.Height-6)
	var wide float32
	for i := range commands.items {
		wide += commands.items[i].natural() + itemGap
	}
	x := max(rowInset+room+24, size.Width-wide-rowInset)
	place(commands, x, (size.Height-flowLine)/2, max(0, size.Width-x), flowLine)
	place(o[3], 0, size.Height-1, size.Width, 1)
}

// hintBelow puts two lines of hints below a part.
type hintBelow struct{}

func (hintBelow) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(280, 120) }

func (hintBelow) Layout(o []fyne.CanvasObject, size fyne.Size) {
	below := 2*o[3].(*prose).style.lineHeight() + 10
	place(o[0], 0, 0, size.Width, size.Height)
	place(o[1], 0, 6, size.Width, max(0, size.Height-below-7))
	place(o[2], 0, size.Height-below-1, size.Width, 1)
	place(o[3], 0, size.Height-below, size.Width, below)
}

// previewLayout puts the light specimen above the dark one.
type previewLayout struct{}

func (previewLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(220, 200) }

func (previewLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	place(o[0], 0, 0, size.Width, size.Height)
	top := heightOf(o[1], size.Width)
	place(o[1], 0, 0, size.Width, top)
	below := heightOf(o[4], size.Width)
	each := float32(int((size.Height - top - below) / 2))
	place(o[2], 0, top, size.Width, each)
	place(o[3], 0, top+each, size.Width, each)
	place(o[4], 0, size.Height-below, size.Width, below)
}

// Counted reports whether it is known what applying the draft would do.
func (e *SchemeEditor) Counted() bool { return e.review.Plan() != nil }
