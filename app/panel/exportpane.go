package panel

import (
	"fmt"
	"path/filepath"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"spanwright/annotate/dataset"
	"spanwright/app/session"
)

// ExportPane prepares an export: the formats with what each would lose of this project,
// what is written and how, and what came of it once it was read again.
type ExportPane struct {
	ExportExits
	session *session.Session
	draft   *session.ExportDraft
	exits   Exits
	all     []*dataset.Format
	labels  []string // that were found in what is divided, most frequent first; they stay while it is divided anew
	meta    []string // fields of metadata, the same

	bar     *exchangeBar
	formats *list
	form    *form
	hint    *prose
	lines   []outcomeLine
	losses  *list
	detail  *prose
	apply   *flow
	heads   struct{ formats, losses *headed }
	right   *fyne.Container
	object  *fyne.Container
}

// ExportExits are the pane's ways back to the window. All of them may be nil.
type ExportExits struct {
	OnClose  func()
	OnKey    func(*fyne.KeyEvent)
	OnBrowse func() // asks for the folder to write into
	OnExport func()
	OnCancel func()            // while it is being exported
	OnFolder func(path string) // shows what was written where the system shows files
	OnCopy   func(string)
}

// outcomeLine is a loss that is foreseen, or something that came of the export.
type outcomeLine struct {
	mark, text, count string
	whole             string // the text in full, where that is more
	bad               bool
	faint             bool
	heading           bool
	choice            string // property of the form that decides about a loss; empty for none
	loss              string // its name
}

// NewExportPane returns the pane of a draft.
func NewExportPane(s *session.Session, d *session.ExportDraft) *ExportPane {
	p := &ExportPane{session: s, draft: d, all: session.WritableFormats()}
	p.exits = Exits{OnLeave: func() { call(p.OnClose) }, OnKey: p.key}
	p.bar = newExchangeBar("Export", &p.exits)
	p.bar.commands.step = func(by int) {
		if by > 0 {
			giveFocus(p.formats)
		}
	}
	p.bar.commands.explain = p.explain
	p.form = newForm(p)
	p.hint = newProse("", dimTone, style{size: smallSize}, 2, insets{12, 5, 12, 5})
	p.makeFormats()
	p.losses = newList(footRow, &p.exits)
	p.losses.length = func() int { return max(1, len(p.lines)) }
	p.losses.show = p.lineRow
	p.losses.pick = p.chooseLoss
	p.losses.moved = func(int) { p.showDetail() }
	p.losses.hovered = func(int) { p.explain("") }
	p.losses.shortcuts = p.shortcut(func() string { return p.detail.text })
	p.heads.losses = newHeaded("WHAT IS LOST", p.losses)
	p.detail = newProse("", dimTone, style{size: smallSize}, 4, insets{12, 3, 12, 6})
	p.apply = newFlow(&p.exits)
	p.apply.step = func(int) { giveFocus(p.losses) }
	p.apply.explain = p.explain
	middle := container.New(hintBelow{}, newGround(paneTone), p.form.view, newGround(lineTone), p.hint)
	p.right = container.New(outcomeLayout{}, newGround(paneTone), p.heads.losses, p.detail, newGround(lineTone), p.apply)
	body := NewSplit(p.heads.formats, NewSplit(middle, p.right, 0.53), 0.24)
	p.object = container.New(exportLayout{}, newGround(paneTone), p.bar.object, body)
	d.Subscribe(p.refresh)
	p.explain("")
	p.refresh()
	p.formats.cursor = p.chosen()
	return p
}

// Object returns what to put into the window.
func (p *ExportPane) Object() fyne.CanvasObject { return p.object }

// Draft returns what is prepared.
func (p *ExportPane) Draft() *session.ExportDraft { return p.draft }

// Shown has the pane look at the project until Hidden.
func (p *ExportPane) Shown() { p.draft.Show() }

// Hidden ends that.
func (p *ExportPane) Hidden() { p.draft.Hide() }

// Apply exports.
func (p *ExportPane) Apply() { call(p.OnExport) }

// Focus gives the keyboard to the formats.
func (p *ExportPane) Focus(c fyne.Canvas) {
	p.formats.cursor = p.chosen()
	c.Focus(p.formats)
}

// CyclePane gives the keyboard to the next or previous of formats, form, losses and commands.
func (p *ExportPane) CyclePane(c fyne.Canvas, step int) {
	stops := []func(){
		func() { giveFocus(p.formats) }, func() { p.form.focusFrom(0, 1) }, func() { giveFocus(p.losses) }, func() { giveFocus(p.apply) },
	}
	here := 1
	switch c.Focused() {
	case fyne.Focusable(p.formats):
		here = 0
	case fyne.Focusable(p.losses):
		here = 2
	case fyne.Focusable(p.apply), fyne.Focusable(p.bar.commands):
		here = 3
	}
	stops[(here+step+len(stops))%len(stops)]()
}

func (p *ExportPane) leaveForm() { giveFocus(p.formats) }

func (p *ExportPane) endTyping() {}

func (p *ExportPane) canvas() fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(p.object)
}

func (p *ExportPane) key(k *fyne.KeyEvent) {
	if p.OnKey != nil {
		p.OnKey(k)
	}
}

func (p *ExportPane) explain(hint string) {
	if hint == "" {
		hint = "↑ ↓ choose a format, F6 goes round, Ctrl+Enter exports, Esc goes back to the text. What is written is read again and compared."
	}
	p.hint.set(hint, dimTone)
}

// shortcut has a list copy the text of the row at its cursor.
func (p *ExportPane) shortcut(text func() string) func(fyne.Shortcut) {
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

func (p *ExportPane) makeFormats() {
	p.formats = newList(26, &p.exits)
	p.formats.length = func() int { return len(p.all) }
	p.formats.show = func(i int) rowContent {
		f := p.all[i]
		c := rowContent{text: f.Name, current: f.Name == p.draft.Choices().Format}
		if c.current {
			c.tint = "focus"
		}
		prospect := p.draft.Prospect()
		if prospect == nil {
			return c
		}
		lost := lostIn(prospect.Losses[f.Name])
		c.mark = "✓"
		if lost > 0 {
			c.mark, c.count = "−", strconv.Itoa(lost)
		}
		return c
	}
	p.formats.pick = p.choose
	p.formats.moved = p.choose
	p.formats.hovered = func(i int) {
		if i < 0 || i >= len(p.all) {
			p.explain("")
			return
		}
		p.explain(upperFirst(p.all[i].Title) + ".")
	}
	p.formats.shortcuts = p.shortcut(func() string { return p.draft.Choices().Format })
	p.heads.formats = newHeaded("FORMAT", p.formats)
}

// lostIn counts all that is lost.
func lostIn(losses dataset.Losses) int {
	n := 0
	for _, l := range losses {
		n += l.Count
	}
	return n
}

func (p *ExportPane) chosen() int {
	for i, f := range p.all {
		if f.Name == p.draft.Choices().Format {
			return i
		}
	}
	return 0
}

func (p *ExportPane) choose(i int) {
	if name := p.all[i].Name; name != p.draft.Choices().Format {
		p.draft.Edit(func(c *session.ExportChoices) { c.Format = name })
	}
}

// refresh shows the draft as it is now.
func (p *ExportPane) refresh() {
	if d := p.draft.Division(); d != nil {
		p.labels, p.meta = nil, d.Fields
		for _, l := range d.Labels {
			p.labels = append(p.labels, l.Name)
		}
	}
	p.showBar()
	title := "FORMAT"
	if p.draft.Prospect() != nil {
		title = "FORMAT · and how much of this it loses"
	}
	p.heads.formats.heading.set(title, dimTone)
	p.formats.update()
	p.form.show("export", p.fields())
	p.showLines()
}

func (p *ExportPane) showBar() {
	looking, pace := p.draft.Looking()
	p.bar.rail.set((looking || p.draft.Exporting()) && pace.Total > 0, pace)
	report, path, problem := p.draft.Outcome()
	text, tone := "", dimTone
	switch prospect := p.draft.Prospect(); {
	case p.draft.Exporting() && pace.Total > 0:
		text = "exporting: " + InDocuments(pace)
	case p.draft.Exporting():
		text = "exporting…"
	case problem != nil:
		text, tone = problem.Error(), badTone
	case report != nil && !report.Passed():
		text, tone = "what was written is not what was meant; see at the right", badTone
	case report != nil:
		text, tone = fmt.Sprintf("wrote %s, %s, %s", counted(report.Documents, "document"), counted(report.Spans, "span"), counted(report.Relations, "relation")), goodTone
	case looking && pace.Total > 0 && pace.Elapsed > slowLook:
		text = "looking: " + InDocuments(pace)
	case prospect != nil:
		text, tone = fmt.Sprintf("%s, %s, %s", counted(prospect.Documents, "document"), counted(prospect.Spans, "span"), counted(prospect.Relations, "relation")), inkTone
	case looking:
		text = "looking…"
	}
	p.bar.set(text, tone, nil)
	it := item{kind: offerItem, text: "export  Ctrl+Enter", guide: "Writes the files, reads them again, and says whether they are what was meant."}
	if p.draft.Exporting() {
		it = item{kind: pillItem, text: "cancel", guide: "Leaves what was there before.", act: p.OnCancel}
	} else {
		it.kind, it.on, it.act = pillItem, true, p.Apply
	}
	items := []item{it}
	if report != nil {
		items = []item{{kind: offerItem, text: "open the folder", guide: "Shows what was written where the system shows files.", act: func() {
			if p.OnFolder != nil {
				p.OnFolder(filepath.Dir(path))
			}
		}}, it}
	}
	p.apply.set(items)
}

// slowLook is how long the project is looked at before that takes the place of what was
// known, in nanoseconds.
const slowLook = 400_000_000

// exportLayout puts the bar above the body.
type exportLayout struct{}

func (exportLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(600, 360) }

func (exportLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	place(o[0], 0, 0, size.Width, size.Height)
	bar := exchangeBarTall(size.Width)
	place(o[1], 0, 0, size.Width, bar)
	place(o[2], 0, bar, size.Width, max(0, size.Height-bar))
}

// outcomeLayout puts what is lost over the row at its cursor in full, and the way to export.
type outcomeLayout struct{}

func (outcomeLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 160) }

func (outcomeLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	place(o[0], 0, 0, size.Width, size.Height)
	detail, apply := o[2].(*prose), o[4].(*flow)
	const under = flowLine + 12
	below := float32(0)
	if detail.text != "" {
		below = detail.heightFor(size.Width)
	}
	place(o[1], 0, 0, size.Width, wholeRows(size.Height-under-below, o[1].(*headed), size.Width, footRow))
	place(detail, 0, size.Height-under-below, size.Width, below)
	place(o[3], 0, size.Height-under, size.Width, 1)
	var wide float32
	for i := range apply.items {
		wide += apply.items[i].natural() + itemGap
	}
	place(apply, size.Width-rowInset-wide, size.Height-under+6, wide+1, flowLine)
}
