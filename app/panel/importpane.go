package panel

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/app/exchange"
	"spanwright/app/session"
)

// Excerpt draws a text with annotations as [Specimen] does, in the window's own colours.
type Excerpt interface {
	Specimen
	SetVariant(fyne.ThemeVariant)
}

// ImportPane prepares an import: the files and how they are read, the first documents as
// they will come in, what cannot be taken in, and what becomes of the labels that the
// scheme lacks. Nothing is written before it is told to.
type ImportPane struct {
	ImportExits
	session *session.Session
	draft   *session.ImportDraft
	exits   Exits
	opened  map[string]bool // of what all choices are shown
	adding  string          // the path being typed
	pointed *list           // documents or warnings, whichever cursor was moved last
	kept    exchange.Origin // file that was at hand last

	bar       *exchangeBar
	form      *form
	hint      *prose
	documents *list
	caption   *prose
	excerpt   Excerpt
	warnings  *list
	detail    *prose
	said      []warning
	saidOf    *exchange.Report // what they were made of, so that many are not made again for nothing
	saidWhy   error
	lacking   *list
	decide    *flow
	deciding  *container.Scroll // around it
	apply     *flow
	heads     struct{ documents, warnings, lacking *headed }
	foot      *fyne.Container
	object    *fyne.Container
	drawn     *annotate.Body // what the excerpt shows
	drawnAs   *annotate.Scheme
}

// ImportExits are the pane's ways back to the window. All of them may be nil.
type ImportExits struct {
	OnClose  func()
	OnKey    func(*fyne.KeyEvent)
	OnFile   func() // asks for files
	OnFolder func() // asks for a folder
	OnImport func()
	OnCancel func() // while it is being imported
	OnCopy   func(string)
}

// warning is something that is left out or taken otherwise.
type warning struct {
	dataset.Remark
	bad bool
}

// text tells it in a row.
func (w *warning) text() string { return upperFirst(w.Sentence) }

// where tells the place in a row, "" for none.
func (w *warning) where() string {
	switch {
	case w.File == "":
		return ""
	case w.Line > 0:
		return filepath.Base(w.File) + ":" + strconv.Itoa(w.Line)
	}
	return filepath.Base(w.File)
}

// NewImportPane returns the pane of a draft, whose documents excerpt draws.
func NewImportPane(s *session.Session, d *session.ImportDraft, excerpt Excerpt) *ImportPane {
	p := &ImportPane{session: s, draft: d, opened: map[string]bool{}, excerpt: excerpt}
	p.exits = Exits{OnLeave: func() { call(p.OnClose) }, OnKey: p.key}
	p.bar = newExchangeBar("Import", &p.exits)
	p.bar.commands.step = func(by int) {
		if by > 0 {
			p.form.focusFrom(0, 1)
		}
	}
	p.bar.commands.explain = p.explain
	p.form = newForm(p)
	p.hint = newProse("", dimTone, style{size: smallSize}, 2, insets{12, 5, 12, 5})
	p.makeDocuments()
	p.makeWarnings()
	p.makeLacking()
	left := container.New(hintBelow{}, newGround(paneTone), p.form.view, newGround(lineTone), p.hint)
	shown := container.New(excerptLayout{}, newGround(paneTone), p.caption, newGround(lineTone), p.excerpt)
	body := NewSplit(left, NewSplit(p.heads.documents, shown, 0.34), 0.36)
	p.foot = container.New(importFoot{}, newGround(paneTone), p.heads.warnings, p.detail, newGround(lineTone), p.heads.lacking, p.deciding, p.apply)
	p.object = container.New(importLayout{}, newGround(paneTone), p.bar.object, body, newGround(lineTone), p.foot)
	d.Subscribe(p.refresh)
	p.explain("")
	p.refresh()
	return p
}

// Object returns what to put into the window.
func (p *ImportPane) Object() fyne.CanvasObject { return p.object }

// Draft returns what is prepared.
func (p *ImportPane) Draft() *session.ImportDraft { return p.draft }

// Shown has the pane look at the files until Hidden.
func (p *ImportPane) Shown() { p.draft.Show() }

// Hidden ends that.
func (p *ImportPane) Hidden() { p.draft.Hide() }

// Apply imports.
func (p *ImportPane) Apply() { call(p.OnImport) }

// SetVariant shows the documents in light or dark.
func (p *ImportPane) SetVariant(v fyne.ThemeVariant) { p.excerpt.SetVariant(v) }

// Focus gives the keyboard to the documents, or while there are no files to where they are named.
func (p *ImportPane) Focus(c fyne.Canvas) {
	if report, _ := p.draft.Outcome(); report != nil {
		c.Focus(p.warnings)
		return
	}
	if len(p.draft.Choices().Paths) > 0 {
		c.Focus(p.documents)
		return
	}
	for _, l := range p.form.lines {
		if l.stop() != nil {
			c.Focus(l.stop())
			return
		}
	}
}

// CyclePane gives the keyboard to the next or previous of form, documents, warnings and
// what the scheme lacks.
func (p *ImportPane) CyclePane(c fyne.Canvas, step int) {
	stops := []func(){
		func() { p.form.focusFrom(0, 1) }, func() { giveFocus(p.documents) }, func() { giveFocus(p.warnings) }, func() { giveFocus(p.lacking) },
		func() { giveFocus(p.apply) }, func() { giveFocus(p.bar.commands) },
	}
	here := 0
	switch c.Focused() {
	case fyne.Focusable(p.documents):
		here = 1
	case fyne.Focusable(p.warnings):
		here = 2
	case fyne.Focusable(p.lacking), fyne.Focusable(p.decide):
		here = 3
	case fyne.Focusable(p.apply):
		here = 4
	case fyne.Focusable(p.bar.commands):
		here = 5
	}
	stops[(here+step+len(stops))%len(stops)]()
}

func (p *ImportPane) leaveForm() { giveFocus(p.documents) }

func (p *ImportPane) endTyping() {}

func (p *ImportPane) canvas() fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(p.object)
}

func (p *ImportPane) key(k *fyne.KeyEvent) {
	if p.OnKey != nil {
		p.OnKey(k)
	}
}

const importHint = "F6 goes round, Ctrl+Enter imports, Esc leaves. Nothing is written before; one undo takes it back."

func (p *ImportPane) explain(hint string) {
	if hint == "" {
		hint = importHint
	}
	p.hint.set(hint, dimTone)
}

// complaints returns what is wrong with the choices.
func (p *ImportPane) complaints(string) map[string]string {
	said := map[string]string{}
	if problem := p.draft.EncodingProblem(); problem != "" {
		said["encoding"] = upperFirst(problem) + "."
	}
	if err := p.draft.Err(); err != nil && p.draft.EncodingProblem() == "" {
		said["path"] = upperFirst(err.Error()) + "."
	}
	return said
}

// refresh shows the draft as it is now.
func (p *ImportPane) refresh() {
	p.showBar()
	p.form.show("import", p.fields())
	p.showDocuments()
	p.showWarnings()
	p.showLacking()
}

func (p *ImportPane) showBar() {
	looking, pace := p.draft.Looking()
	p.bar.rail.set((looking || p.draft.Importing()) && pace.Total > 0, pace)
	offer := func(text, guide string, act func()) item {
		return item{kind: offerItem, text: text, guide: guide, act: act}
	}
	commands := []item{
		offer("files…", "Adds a file to what is imported.", p.OnFile),
		offer("folder…", "Adds a folder and all that is in it.", p.OnFolder),
	}
	if looking {
		commands = append(commands, offer("stop looking", "Ends looking at the files; they can be imported all the same.", p.draft.Stop))
	}
	if preview := p.draft.Preview(); preview != nil && preview.Misplaced > 0 && !p.draft.Choices().Reanchor {
		commands = append(commands, offer(fmt.Sprintf("re-anchor %s", counted(preview.Misplaced, "document")),
			"They are left out because words do not stand where the offsets say; this moves those words to the nearest place where they do.",
			func() { p.draft.SetReanchor(true) }))
	}
	if n := len(p.draft.Suggested()); n > 0 {
		commands = append(commands, offer(fmt.Sprintf("take %s  +", counted(n, "suggestion")), "Takes each label, role and attribute that the scheme lacks for the first that is suggested.", p.draft.TakeSuggestions))
	}
	text, tone := p.summary()
	p.bar.set(text, tone, commands)
	p.showApply()
}

// summary says what would come of the import, or what came of it.
func (p *ImportPane) summary() (string, tone) {
	report, problem := p.draft.Outcome()
	looking, pace := p.draft.Looking()
	switch preview := p.draft.Preview(); {
	case p.draft.Importing() && pace.Total > 0:
		return "importing: " + InBytes(pace), dimTone
	case p.draft.Importing():
		return "importing…", dimTone
	case problem != nil:
		return problem.Error(), badTone
	case report != nil:
		return "imported " + brought(report) + "; Ctrl+Z takes it back, Esc goes back to the text", goodTone
	case looking && pace.Total > 0:
		return "looking: " + InBytes(pace), dimTone
	case looking:
		return "looking…", dimTone
	case preview != nil:
		return "would bring " + brought(&preview.Report), inkTone
	}
	return "text, annotations and tables of other tools", dimTone
}

// brought says what an import brings.
func brought(r *exchange.Report) string {
	parts := []string{counted(r.Documents, "new document"), counted(r.Spans, "span"), counted(r.Relations, "relation")}
	if r.Records > 0 {
		parts = append(parts, counted(r.Records, "record"))
	}
	text := strings.Join(parts, ", ")
	if r.Present > 0 {
		text += fmt.Sprintf("; %s in already", counted(r.Present, "document"))
	}
	if n := len(r.Skipped); n > 0 {
		text += fmt.Sprintf("; %d left out", n)
	}
	if r.Reanchored > 0 {
		text += fmt.Sprintf("; %s re-anchored", counted(r.Reanchored, "span"))
	}
	return text
}

func (p *ImportPane) showApply() {
	it := item{kind: offerItem, text: "import  Ctrl+Enter", guide: "Brings all of it in, as one step that Ctrl+Z takes back."}
	switch {
	case p.draft.Importing():
		it = item{kind: pillItem, text: "cancel", guide: "Takes back what is in, as if nothing had been imported.", act: p.OnCancel}
	case len(p.draft.Choices().Paths) > 0:
		it.kind, it.on, it.act = pillItem, !p.nothingNew(), p.Apply
	}
	p.apply.set([]item{it})
}

// nothingNew reports whether an import is known to bring nothing.
func (p *ImportPane) nothingNew() bool {
	looking, _ := p.draft.Looking()
	preview := p.draft.Preview()
	return preview != nil && !looking && preview.Documents+preview.Spans+preview.Relations+preview.Records == 0
}

// copied has a list copy the text of the row at its cursor.
func (p *ImportPane) copied(text func() string) func(fyne.Shortcut) {
	return func(s fyne.Shortcut) {
		if _, copying := s.(*fyne.ShortcutCopy); copying && p.OnCopy != nil {
			p.OnCopy(text())
			return
		}
		if c, ok := s.(*desktop.CustomShortcut); ok && c.KeyName == fyne.KeyReturn {
			p.Apply()
		}
	}
}

// importLayout puts the bar above the body and the foot below it.
type importLayout struct{}

const (
	importFootShare = 0.34
	importFootLeast = 160
)

func (importLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(600, 360) }

func (importLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	foot := float32(int(max(importFootLeast, size.Height*importFootShare)))
	place(o[0], 0, 0, size.Width, size.Height)
	bar := exchangeBarTall(size.Width)
	place(o[1], 0, 0, size.Width, bar)
	place(o[2], 0, bar, size.Width, max(0, size.Height-bar-foot))
	place(o[3], 0, size.Height-foot, size.Width, 1)
	place(o[4], 0, size.Height-foot+1, size.Width, foot-1)
}

// excerptLayout puts a caption above the drawn text.
type excerptLayout struct{}

func (excerptLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(220, 100) }

func (excerptLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	place(o[0], 0, 0, size.Width, size.Height)
	top := o[1].(*prose).heightFor(size.Width)
	place(o[1], 0, 0, size.Width, top)
	place(o[2], 0, top, size.Width, 1)
	place(o[3], 0, top+1, size.Width, max(0, size.Height-top-1))
}
