package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/sahilm/fuzzy"

	"spanwright/annotate"
	"spanwright/app/lettering"
	"spanwright/store"
)

// choice is something the command palette can do.
type choice struct {
	title, kind, key string
	run              func()
}

// palette is the command palette: every command, label and document by a few letters.
type palette struct {
	window  *Window
	popup   *widget.PopUp
	entry   *pickEntry
	list    *widget.List
	fixed   []choice // commands and labels
	shown   []choice
	at      int
	request int // answers to older questions are thrown away
}

// documentsShown is how many documents the palette offers at once.
const documentsShown = 20

func (w *Window) showPalette() *palette {
	p := &palette{window: w}
	p.entry = newPickEntry("a command, a label or a document…", p.key)
	p.entry.OnChanged = p.search
	for _, c := range commands() {
		key := ""
		if c.shortcut != nil {
			key = keyName(c.shortcut)
		}
		p.fixed = append(p.fixed, choice{c.title, c.menu, key, func() { w.performFromMenu(&c) }})
	}
	if w.session != nil {
		for _, name := range w.session.Others() {
			p.fixed = append(p.fixed, choice{"Lane of " + name, "View", "", func() { w.tolerate(w.session.ToggleLane(name)) }})
		}
		for _, l := range w.session.Scheme().Spans {
			p.fixed = append(p.fixed, choice{l.Label, "Label", l.Key, func() { w.tolerate(w.session.Label(l.Label)) }})
		}
	}
	p.list = widget.NewList(func() int { return len(p.shown) }, newPaletteRow, func(i int, o fyne.CanvasObject) {
		row := o.(*fyne.Container).Objects // the title, then what stands at the right
		right := row[1].(*fyne.Container).Objects
		row[0].(*fyne.Container).Layout.(*titleLayout).show(p.shown[i].title, row[0].(*fyne.Container))
		right[0].(*widget.Label).SetText(p.shown[i].key)
		right[1].(*widget.Label).SetText(p.shown[i].kind)
	})
	p.list.OnSelected = func(i int) { p.at = i }
	p.search("")
	p.popup = widget.NewModalPopUp(container.NewBorder(p.entry, nil, nil, nil, p.list), w.win.Canvas())
	size := w.win.Canvas().Size()
	p.popup.Resize(fyne.NewSize(min(dialogWidth, size.Width-40), min(420, size.Height-80)))
	p.popup.Show()
	w.win.Canvas().Focus(p.entry)
	return p
}

func newPaletteRow() fyne.CanvasObject {
	key, kind := widget.NewLabel(""), widget.NewLabel("")
	key.Importance, kind.Importance = widget.LowImportance, widget.LowImportance
	return container.NewBorder(nil, nil, nil, container.NewHBox(key, kind), newTitle())
}

// titleLayout cuts a title to its room and stands it where a label would.
type titleLayout struct {
	style lettering.Style
	text  *lettering.Text
	whole string
}

func newTitle() *fyne.Container {
	l := &titleLayout{style: lettering.Style{Size: fynetheme.TextSize()}}
	title := &fyne.Container{Layout: l}
	l.text = lettering.New(l.style, func() { l.Layout(nil, title.Size()) })
	title.Add(l.text)
	return title
}

func (l *titleLayout) show(whole string, title *fyne.Container) {
	l.whole = whole
	l.text.SetColor(fynetheme.Color(fynetheme.ColorNameForeground))
	l.Layout(nil, title.Size())
}

func (l *titleLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(40, l.text.MinSize().Height+2*fynetheme.InnerPadding())
}

func (l *titleLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	pad := fynetheme.InnerPadding()
	l.text.Move(fyne.NewSquareOffsetPos(pad))
	l.text.Resize(size.SubtractWidthHeight(2*pad, 2*pad))
	l.text.Set(lettering.Fit(l.whole, l.style, max(0, size.Width-2*pad)))
}

// search shows what matches text: commands and labels at once, documents when the project has answered.
func (p *palette) search(text string) {
	p.request++
	p.shown = p.shown[:0:0]
	if text == "" {
		p.shown = append(p.shown, p.fixed...)
	}
	for _, m := range fuzzy.FindFrom(text, titles(p.fixed)) {
		p.shown = append(p.shown, p.fixed[m.Index])
	}
	p.select0()
	w, request := p.window, p.request
	if text == "" || w.session == nil {
		return
	}
	s := w.session
	go func() {
		rows, err := s.Project().Documents(store.DocumentQuery{Annotator: s.Annotator(), Filter: text, Limit: documentsShown})
		w.post(func() {
			if request != p.request {
				return
			}
			w.report(err)
			for _, row := range rows {
				p.shown = append(p.shown, choice{row.Name, "Document", "", func() { p.open(row.ID) }})
			}
			p.select0()
		})
	}()
}

func (p *palette) open(id annotate.ID) { p.window.session.OpenDocument(id) }

// titles lets the fuzzy matcher read choices.
type titles []choice

func (t titles) String(i int) string { return t[i].title }
func (t titles) Len() int            { return len(t) }

func (p *palette) select0() {
	p.list.Refresh()
	p.list.UnselectAll()
	if len(p.shown) > 0 {
		p.list.Select(0)
	}
}

// key moves in the list, takes what is selected on Enter, and closes on Esc.
func (p *palette) key(name fyne.KeyName) bool {
	switch name {
	case fyne.KeyDown:
		p.list.Select(min(p.at+1, len(p.shown)-1))
	case fyne.KeyUp:
		p.list.Select(max(p.at-1, 0))
	case fyne.KeyReturn, fyne.KeyEnter:
		p.popup.Hide()
		p.window.focusText()
		if p.at < len(p.shown) {
			p.shown[p.at].run()
		}
	case fyne.KeyEscape:
		p.popup.Hide()
		p.window.focusText()
	default:
		return false
	}
	return true
}
