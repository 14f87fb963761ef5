package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// finder is the bar above the text that looks for words in it.
type finder struct {
	object *fyne.Container
	entry  *findEntry
}

// findEntry is an entry in which Enter goes on searching and Esc returns to the text.
type findEntry struct {
	widget.Entry
	window *Window
}

func newFinder(w *Window) *finder {
	f := &finder{entry: &findEntry{window: w}}
	f.entry.ExtendBaseWidget(f.entry)
	f.entry.SetPlaceHolder("find in this document…")
	button := func(icon fyne.Resource, run func()) *widget.Button {
		b := widget.NewButtonWithIcon("", icon, run)
		b.Importance = widget.LowImportance
		return b
	}
	bar := container.NewBorder(nil, nil, nil, container.NewHBox(
		button(theme.MoveUpIcon(), w.findPrevious), button(theme.MoveDownIcon(), w.findNext), button(theme.CancelIcon(), w.hideFind),
	), f.entry)
	f.object = container.New(layout.NewCustomPaddedLayout(6, 2, 30, 20), bar)
	f.object.Hide()
	return f
}

// TypedKey searches on Enter, forwards or with Shift backwards, and closes on Esc.
func (e *findEntry) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeyF3:
		e.window.find(modifiers()&fyne.KeyModifierShift == 0)
	case fyne.KeyEscape:
		e.window.hideFind()
	default:
		e.Entry.TypedKey(key)
	}
}

// TypedShortcut keeps the window's own shortcuts working while one types here.
func (e *findEntry) TypedShortcut(s fyne.Shortcut) {
	if _, custom := s.(*desktop.CustomShortcut); custom && e.window.onShortcut(s) {
		return
	}
	e.Entry.TypedShortcut(s)
}

func (w *Window) showFind() {
	if f := w.session.Selection(); !f.Empty() && f.Len() < 200 {
		w.finder.entry.SetText(w.session.Body().Text()[f.Start:f.End])
	}
	w.finder.object.Show()
	w.win.Canvas().Focus(w.finder.entry)
	w.finder.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
}

func (w *Window) hideFind() {
	w.finder.object.Hide()
	w.focusText()
}

// showResults searches all documents, for the selection or what was looked for last.
func (w *Window) showResults() {
	words := ""
	if f := w.session.Selection(); !f.Empty() && f.Len() < 200 {
		words = w.session.Body().Text()[f.Start:f.End]
	}
	if !w.searching || w.registering {
		w.keepLayout()
		w.searching, w.registering = true, false
		w.settings.setShowDocuments(true)
		w.arrange(w.tools.body)
	}
	w.results.Ask(w.win.Canvas(), words)
}

// openedHit goes to the text, where F3 finds the same words again.
func (w *Window) openedHit(words string) {
	w.finder.entry.SetText(words)
	w.focusText()
}

// leaveResults shows the documents again and goes back to the text.
func (w *Window) leaveResults() {
	if w.searching {
		w.keepLayout()
		w.searching = false
		w.arrange(w.tools.body)
	}
	w.focusText()
}

func (w *Window) findNext()     { w.find(true) }
func (w *Window) findPrevious() { w.find(false) }

func (w *Window) find(forward bool) {
	if w.finder.entry.Text == "" {
		w.showFind()
		return
	}
	w.session.Find(w.finder.entry.Text, forward)
}
