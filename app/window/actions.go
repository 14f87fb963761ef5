package window

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"

	"spanwright/annotate"
	"spanwright/app/docview"
	"spanwright/app/session"
	"spanwright/app/theme"
)

// typing returns the entry that is being typed in, nil if none: undo and redo
// are its own then.
func (w *Window) typing() interface {
	Undo()
	Redo()
} {
	entry, _ := w.win.Canvas().Focused().(interface {
		Undo()
		Redo()
	})
	return entry
}

func (w *Window) undo() {
	if w.editing() {
		w.undoScheme()
		return
	}
	if entry := w.typing(); entry != nil {
		entry.Undo()
		return
	}
	w.session.Undo()
}

func (w *Window) redo() {
	if w.editing() {
		w.redoScheme()
		return
	}
	if entry := w.typing(); entry != nil {
		entry.Redo()
		return
	}
	w.session.Redo()
}

func (w *Window) startRelation() { w.tolerate(w.session.StartRelation()) }
func (w *Window) assemble()      { w.tolerate(w.session.Assemble()) }
func (w *Window) repeat()        { w.tolerate(w.session.Repeat()) }
func (w *Window) delete()        { w.tolerate(w.session.Delete()) }
func (w *Window) addFragment()   { w.tolerate(w.session.AddFragment()) }
func (w *Window) cutFragment()   { w.tolerate(w.session.CutFragment()) }
func (w *Window) cycleFlag()     { w.tolerate(w.session.CycleFlag()) }
func (w *Window) reopen()        { w.tolerate(w.session.SetStatus(annotate.InProgress)) }

// finish marks the document done, unless a note is being typed: then it only hands that in.
func (w *Window) finish() {
	if w.page != nil {
		w.page.Apply()
		return
	}
	if w.inspector.Commit() {
		w.focusText()
		return
	}
	w.tolerate(w.session.Finish())
}

func (w *Window) nextDocument(forward bool) { w.tolerate(w.session.NextDocument(forward)) }

func (w *Window) toInspector() {
	w.showAnnotationsPane()
	w.inspector.FocusFirst()
}

// toViolations lists what in the document breaks the scheme.
func (w *Window) toViolations() {
	if w.filling() || w.reading || !w.settings.showAnnotations() {
		w.showAnnotationsPane()
	}
	w.annotations.ListViolations(w.win.Canvas())
}

// toFilter goes to the filter of documents, and from there to what it can ask for.
func (w *Window) toFilter() {
	if !w.settings.showDocuments() {
		w.toggleDocuments()
	}
	if w.searching {
		w.leaveResults()
	}
	if w.documents.Filtering() {
		w.documents.ShowFilters()
		return
	}
	w.documents.FocusFilter()
}

// filterDocuments shows the list of documents through a filter, with the keyboard in it.
func (w *Window) filterDocuments(filter string) {
	if !w.settings.showDocuments() {
		w.toggleDocuments()
	}
	if w.searching || w.registering {
		w.searching, w.registering = false, false
		w.arrange(w.tools.body)
	}
	w.documents.SetFilter(w.win.Canvas(), filter)
	if w.session.Adjudicating() {
		w.focusText()
		w.session.Tell("The list of documents is filtered; it is to be seen when adjudication ends (Shift+F8).")
	}
}

func (w *Window) toNote() {
	w.showAnnotationsPane()
	w.inspector.FocusNote()
}

func (w *Window) toComment() {
	w.showAnnotationsPane()
	w.inspector.FocusComment()
}

// toConcept goes to the concept that the focused annotation is linked to, or will be.
func (w *Window) toConcept() {
	w.showAnnotationsPane()
	if !w.inspector.FocusConcept() {
		w.session.Tell("Focus an annotation that the scheme links to a concept: Tab, or a click; then K links it.")
	}
}

func (w *Window) copySelection() {
	if f := w.session.Selection(); !f.Empty() {
		w.app.Clipboard().SetContent(w.session.Body().Text()[f.Start:f.End])
	}
}

// contextMenu shows the commands of the annotation under the pointer.
func (w *Window) contextMenu(at fyne.Position) {
	var items []*fyne.MenuItem
	for _, c := range commands() {
		if c.menu == "Annotate" {
			item := fyne.NewMenuItem(c.title, func() { c.run(w) })
			item.Shortcut = c.shortcut
			items = append(items, item)
		}
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), w.win.Canvas(), at)
}

// zooms are the sizes of text, as factors of the usual one.
var zooms = []float64{0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3}

// zoomBy makes the text so many steps larger, smaller where steps is negative.
func (w *Window) zoomBy(steps int) {
	if w.session != nil {
		w.setZoom(zoomed(w.settings.zoom(), steps))
	}
}

// zoomed returns the size that lies some steps from another, which need not be a step itself.
func zoomed(zoom float64, steps int) float64 {
	i, exact := slices.BinarySearch(zooms, zoom)
	if !exact && steps > 0 {
		i-- // the next larger one is the first step
	}
	return zooms[max(0, min(i+steps, len(zooms)-1))]
}

func (w *Window) setZoom(zoom float64) {
	w.settings.setZoom(zoom)
	for _, v := range w.views() {
		v.SetZoom(zoom)
	}
}

func (w *Window) cycleDensity() {
	next := (w.settings.density() + 1) % (docview.Full + 1)
	w.settings.setDensity(next)
	for _, v := range w.views() {
		v.SetDensity(next)
	}
	w.tools.refresh()
}

func (w *Window) toggleAllCurves() {
	w.settings.setAllCurves(!w.settings.allCurves())
	for _, v := range w.views() {
		v.SetAllCurves(w.settings.allCurves())
	}
}

func (w *Window) toggleInvisibles() {
	w.settings.setInvisibles(!w.settings.invisibles())
	for _, v := range w.views() {
		v.SetInvisibles(w.settings.invisibles())
	}
}

// directions are the directions of a document's paragraphs, in the order in which
// they take turns.
var directions = []struct {
	annotate.Direction
	name string
}{
	{annotate.Automatic, "automatic, by the first letter of each paragraph"},
	{annotate.LeftToRight, "left to right"},
	{annotate.RightToLeft, "right to left"},
}

func (w *Window) cycleDirection() {
	now := annotate.Automatic
	if d := w.session.Document(); d != nil {
		now = d.Direction()
	}
	for i, d := range directions {
		if next := directions[(i+1)%len(directions)]; d.Direction == now && w.session.SetDirection(next.Direction) == nil {
			w.session.Tell("Text direction: " + next.name + ".")
		}
	}
}

func (w *Window) toggleVariant() {
	mode := theme.Dark
	if w.palette().Dark {
		mode = theme.Light
	}
	w.settings.setMode(mode)
	w.theme = theme.New(mode)
	w.app.Settings().SetTheme(w.theme)
	if w.session == nil {
		w.showStart()
		return
	}
	for _, v := range w.views() {
		v.SetVariant(w.variant())
	}
	if w.importing != nil {
		w.importing.SetVariant(w.variant())
	}
}

// variant returns whether the window is dark or light now.
func (w *Window) variant() fyne.ThemeVariant { return w.theme.Variant(w.app.Settings().ThemeVariant()) }

func (w *Window) palette() *theme.Palette { return theme.Of(w.variant()) }

func (w *Window) toggleDocuments() {
	w.keepLayout()
	if w.folded { // they come back, whatever room that leaves
		w.folded = false
	} else {
		w.settings.setShowDocuments(!w.settings.showDocuments())
	}
	w.arrange(w.tools.body)
}

func (w *Window) toggleAnnotations() {
	w.keepLayout()
	w.settings.setShowAnnotations(!w.settings.showAnnotations())
	w.arrange(w.tools.body)
}

// showAnnotationsPane shows what is labelled beside the text.
func (w *Window) showAnnotationsPane() {
	w.keepLayout()
	w.settings.setShowAnnotations(true)
	w.reading = false
	w.turnTo(false)
}

// cyclePane moves the keyboard to the next or previous pane.
func (w *Window) cyclePane(step int) {
	if w.page != nil {
		w.page.CyclePane(w.win.Canvas(), step)
		return
	}
	enter := []func(){w.focusText}
	here := 0
	if w.beside != nil {
		enter = append(enter, w.turn)
	}
	switch {
	case w.right == nil || !w.right.Sided():
	case w.reading:
		enter = append(enter, func() { w.guide.Open(w.win.Canvas(), "") })
	case w.filling():
		enter = append(enter, w.fields.FocusFirst)
	default:
		enter = append(enter, w.labels.FocusList, w.inspector.FocusFirst, w.annotations.FocusList)
	}
	if w.left != nil && w.left.Sided() {
		switch {
		case w.registering:
			enter = append(enter, func() { w.registry.FocusList(w.win.Canvas()) })
		case w.searching:
			enter = append(enter, func() { w.results.Ask(w.win.Canvas(), "") })
		case w.session.Adjudicating():
			enter = append(enter, func() { w.judge.Ask(w.win.Canvas()) })
		default:
			enter = append(enter, w.documents.FocusList)
		}
	}
	switch focused := w.win.Canvas().Focused(); {
	case focused == fyne.Focusable(w.view) && (w.beside == nil || w.pane != 1): // else it was turned to
	default:
		here = w.pane % len(enter)
	}
	w.pane = (here + step + len(enter)) % len(enter)
	enter[w.pane]()
}

func (w *Window) toggleFullScreen() { w.win.SetFullScreen(!w.win.FullScreen()) }

// watchEvery is how often the window looks whether another program wrote to the project.
const watchEvery = 2 * time.Second

// watch takes in what other programs write to the project while it is open.
func (w *Window) watch(s *session.Session) {
	last, err := s.Project().DataVersion()
	if err != nil {
		return
	}
	for range time.Tick(watchEvery) {
		now, err := s.Project().DataVersion()
		if err != nil {
			return // closed
		}
		if now == last {
			continue
		}
		last = now
		w.post(func() {
			if w.session == s {
				w.tolerate(s.Refresh())
			}
		})
	}
}

// askAnnotator changes whose layer is edited.
func (w *Window) askAnnotator() {
	if len(w.session.Drafts()) > 0 { // in nobody else's name
		w.askDrafts(w.askAnnotator)
		return
	}
	name := widget.NewEntry()
	name.SetText(w.session.Annotator())
	form := dialog.NewForm("Annotator", "Use this layer", "Cancel", []*widget.FormItem{widget.NewFormItem("Name", name)}, func(ok bool) {
		if !ok || name.Text == "" || name.Text == w.session.Annotator() {
			return
		}
		path := w.session.Project().Path()
		w.settings.setAnnotator(name.Text)
		w.settings.as = name.Text // a packet is opened as the person says, too
		w.openProject(path)
	}, w.win)
	form.Resize(fyne.NewSize(420, 0))
	form.Show()
	w.win.Canvas().Focus(name)
}
