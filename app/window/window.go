package window

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"

	"spanwright/annotate"
	"spanwright/app/docview"
	"spanwright/app/lettering"
	"spanwright/app/panel"
	"spanwright/app/session"
	"spanwright/app/theme"
	"spanwright/app/typeset"
	"spanwright/assets"
	"spanwright/store"
)

// Window is the program's window, with or without an open project.
type Window struct {
	app      fyne.App
	post     func(func()) // runs a function on the toolkit's goroutine
	win      fyne.Window
	settings settings
	theme    *theme.Theme
	// installed is looked for while the window opens.
	installed   *typeset.Installed
	fonts, bold *typeset.Fonts

	session     *session.Session // nil on the start screen
	view        *docview.View
	documents   *panel.Documents
	results     *panel.Results // shown in the place of documents while searching
	searching   bool
	registry    *panel.Registry // shown in the same place while registering
	registering bool
	judge       *panel.Adjudication // shown in the same place while the session adjudicates
	jumped      bool                // from a mention to the text; Esc goes back
	inspector   *panel.Inspector
	labels      *panel.Palette
	annotations *panel.Annotations
	finder      *finder
	editor      *panel.SchemeEditor // nil until it is shown for the first time
	page        page                // what is in the place of the panes, nil for nothing
	importing   *panel.ImportPane   // nil until it is shown for the first time
	exporting   *panel.ExportPane   // the same
	jobs        *jobBar
	moves       *panel.Moves
	dashboard   *panel.Dashboard // nil until it is shown for the first time
	feedback    *panel.Feedback  // the same
	left, right *panel.Split
	middle      fyne.CanvasObject
	front       fyne.CanvasObject // the current document
	beside      *docview.View     // the document beside it, nil if there is none
	back        fyne.CanvasObject // the pane of that document
	both        *panel.Split      // the two, nil with one
	turnedOver  bool              // the current document stands at the right of the other
	folded      bool              // the documents give their room to the document beside
	rightSide   fyne.CanvasObject
	fields      *panel.Form
	formSide    fyne.CanvasObject
	guide       *panel.GuidePage
	reading     bool        // the guideline stands in their place
	tabs        *panel.Tabs // between the three
	forming     bool        // the form is wanted
	tabbed      bool        // the panes were last arranged for a scheme with records
	tools       *toolbar
	pane        int // which pane F6 went to last
}

// Start names what to open first.
type Start struct {
	Project   string // path; empty shows the start screen
	Annotator string // empty means the one of last time
	Document  string // name; empty means the first that is not done
}

// Run opens the window and returns when it is closed. A project that cannot be
// opened is an error, and no window appears.
func Run(app fyne.App, start Start) error {
	w, err := open(app, start, fyne.Do)
	if err != nil {
		return err
	}
	w.win.ShowAndRun()
	return nil
}

// newWindow makes the toolkit's window. Where there is no display the toolkit panics.
func newWindow(app fyne.App) (win fyne.Window, err error) {
	defer func() {
		if recover() != nil {
			err = annotate.Errorf(annotate.Unsupported, "no window can be opened on this display; the commands work without one, see spanwright --help")
		}
	}()
	return app.NewWindow("Spanwright"), nil
}

func open(app fyne.App, start Start, post func(func())) (*Window, error) {
	w := &Window{app: app, post: post, settings: settings{p: app.Preferences(), as: start.Annotator}, installed: typeset.FindInstalled()}
	var err error
	if w.win, err = newWindow(app); err != nil {
		return nil, err
	}
	if w.fonts, err = w.installed.Fonts(fynetheme.DefaultTextFont().Content(), fynetheme.DefaultEmojiFont().Content()); err != nil {
		return nil, err
	}
	if w.bold, err = w.installed.Fonts(fynetheme.DefaultTextBoldFont().Content()); err != nil {
		return nil, err
	}
	lettering.Start(w.installed, post, func() { w.win.Content().Refresh() })
	var project *store.Project
	if start.Project != "" {
		if project, err = store.Open(start.Project); err != nil {
			return nil, err
		}
		if start.Document != "" {
			if _, err = project.DocumentByName(start.Document); err != nil {
				return nil, errors.Join(err, project.Close())
			}
		}
	}
	w.theme = theme.New(w.settings.mode())
	app.Settings().SetTheme(w.theme)
	app.SetIcon(fyne.NewStaticResource("icon.png", assets.Icon()))
	w.win.SetMaster()
	w.win.SetPadded(false)
	w.win.Resize(w.settings.size())
	w.win.SetCloseIntercept(w.quit)
	w.win.SetOnDropped(w.dropped)
	w.win.SetMainMenu(w.mainMenu())
	w.win.Canvas().SetOnTypedKey(w.strayKey)
	w.win.Canvas().SetOnTypedRune(w.strayRune)
	if project == nil {
		w.showStart()
	} else {
		w.take(project, start.Document)
	}
	return w, nil
}

// openProject opens another project in the window; on failure the present one stays.
func (w *Window) openProject(path string) { w.openProjectThen(path, func() {}) }

// openProjectThen opens another project and goes on with it.
func (w *Window) openProjectThen(path string, then func()) {
	project, err := store.Open(path)
	if err != nil {
		w.report(err)
		return
	}
	if w.leave(func() { w.openProjectThen(path, then) }) {
		w.take(project, "")
		then()
	} else {
		w.report(project.Close())
	}
}

// leave closes the present project; false means it must stay, as an edit is not
// saved, a comment not handed over, or long work goes on. Where a person can decide that
// it may be left all the same, again is done then.
func (w *Window) leave(again func()) bool {
	if w.session == nil {
		return true
	}
	if w.jobs.busy {
		w.showError(errBusy)
		return false
	}
	if len(w.session.Drafts()) > 0 {
		w.askDrafts(again)
		return false
	}
	w.keepLayout()
	if w.page != nil {
		w.page.Hidden() // nothing is looked at any more
	}
	if err := w.session.Close(); err != nil {
		w.askUnsaved(err)
		return false
	}
	w.session = nil
	return true
}

// take shows an open project.
func (w *Window) take(project *store.Project, document string) {
	annotator, err := w.annotatorOf(project)
	if err != nil {
		w.report(err)
		return
	}
	s, err := session.New(project, session.Options{Annotator: annotator, Post: w.post})
	if err != nil {
		w.report(err)
		return
	}
	w.session = s
	w.settings.addRecent(project.Path())
	w.win.SetMainMenu(w.mainMenu())
	w.entitle()
	w.win.SetContent(w.compose())
	s.Subscribe(w.follow)
	s.List().Refresh()
	w.report(s.OpenFirst(document))
	w.report(project.ReadOnly())
	told := keysOfCommands(s.Scheme())
	if s.Timed() {
		told = strings.TrimSpace(session.TimingNotice(true) + " " + told)
	}
	if told != "" {
		s.Tell(told)
	}
	w.focusText()
	go w.watch(s)
	go w.checkFont(s, w.settings.font())
}

// annotatorOf returns who works on a project: of a packet whoever it is for, unless the
// command line or the person says otherwise.
func (w *Window) annotatorOf(project *store.Project) (string, error) {
	owner, err := project.Owner()
	if owner == "" || w.settings.as != "" {
		owner = w.settings.annotator()
	}
	return owner, err
}

// entitle names the document and the project in the window's title.
func (w *Window) entitle() {
	title := filepath.Base(w.session.Project().Path()) + " — Spanwright"
	if d := w.session.Document(); d != nil {
		title = d.Name + " — " + title
	}
	w.win.SetTitle(title)
}

// outsideText handles keys that work in every pane.
func (w *Window) outsideText(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyF1, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6, fyne.KeyF7, fyne.KeyF8, fyne.KeyF9, fyne.KeyF11:
		w.onKey(e.Name, modifiers())
	}
}

// follow does what panes cannot do for themselves after an event.
func (w *Window) follow(e session.Event) {
	if !e.Reveal.Empty() {
		w.view.Reveal(e.Reveal)
	}
	if e.Is(session.Shown) {
		w.showForm()
		w.fields.FocusRecord(e.Record)
	}
	if e.Is(session.SchemeChanged) && w.tabbed != w.recording() {
		w.arrange(w.tools.body)
	}
	if e.Is(session.Turned) {
		w.turned()
	}
	if e.Is(session.Opened) {
		w.entitle()
		if w.win.Canvas().Focused() == nil {
			w.focusText()
		}
	}
}

// newView returns a pane for the document of a session, with what all of them have in common.
func (w *Window) newView(s *session.Session, o docview.Options) *docview.View {
	o.Density, o.Zoom, o.Nastaliq, o.Variant = w.settings.density(), w.settings.zoom(), w.settings.nastaliq(), w.variant()
	o.Bold, o.Modifiers, o.ZoomBy = w.bold, modifiers, w.zoomBy
	o.After = func(d time.Duration, f func()) { time.AfterFunc(d, func() { w.post(f) }) }
	v := docview.New(s, w.textFonts(), o)
	v.SetAllCurves(w.settings.allCurves())
	v.SetInvisibles(w.settings.invisibles())
	return v
}

// views returns the panes that show documents.
func (w *Window) views() []*docview.View {
	if w.beside != nil {
		return []*docview.View{w.view, w.beside}
	}
	return []*docview.View{w.view}
}

// compose builds the panes around the session.
func (w *Window) compose() fyne.CanvasObject {
	s := w.session
	w.view = w.newView(s, docview.Options{Key: w.onKey, Rune: w.onRune, Shortcut: w.onShortcut, Menu: w.contextMenu, Peer: w.peer})
	exits := panel.Exits{OnLeave: w.focusText, OnKey: w.outsideText}
	w.documents = panel.NewDocuments(s)
	w.documents.Exits = exits
	w.results, w.searching = panel.NewResults(s), false
	w.results.OnOpen = w.openedHit
	w.results.Exits = panel.Exits{OnLeave: w.leaveResults, OnKey: w.outsideText}
	w.inspector = panel.NewInspector(s)
	w.inspector.Exits = panel.Exits{OnLeave: w.leaveInspector, OnKey: w.outsideText}
	w.registering = false
	w.registry = panel.NewRegistry(s)
	w.registry.Exits = panel.Exits{OnLeave: w.leaveConcepts, OnKey: w.outsideText}
	w.judge = panel.NewAdjudication(s)
	w.judge.Exits = panel.Exits{OnLeave: w.endAdjudication, OnKey: w.outsideText}
	w.judge.OnEdit = w.editCase
	w.registry.OnOpen, w.registry.OnEdit, w.registry.OnMove = w.openedMention, w.toConceptName, w.toMove
	palette := panel.NewPalette(s)
	palette.Exits = exits
	annotations := panel.NewAnnotations(s)
	annotations.Exits = exits
	w.labels, w.annotations = palette, annotations
	header := panel.NewHeader(s)
	w.finder = newFinder(w)
	w.editor, w.importing, w.exporting, w.dashboard, w.feedback, w.page = nil, nil, nil, nil, nil, nil
	w.jobs = newJobBar(w.post)
	w.moves = panel.NewMoves(s)
	w.moves.Exits = panel.Exits{OnLeave: w.leaveMoves, OnKey: w.outsideText}
	w.tools = newToolbar(w)
	status := panel.NewStatus(s)
	status.OnSaveElsewhere, status.OnCopy, status.OnKeys = w.askSaveElsewhere, w.app.Clipboard().SetContent, w.showKeys
	w.beside, w.both, w.turnedOver, w.folded = nil, nil, false, false
	w.front = container.NewBorder(container.NewVBox(header.Object(), w.finder.object), nil, nil, nil, w.view)
	w.middle = w.front
	w.rightSide = panel.Side(palette, w.inspector, annotations)
	w.composeForm(exits)
	body := container.NewStack()
	w.arrange(body)
	return container.NewBorder(w.tools.object, container.NewVBox(w.moves.Object(), w.jobs.object, status.Object()), nil, nil, body)
}

// arrange puts the panes that are wanted beside the text.
func (w *Window) arrange(body *fyne.Container) {
	if w.page != nil {
		return // it has the whole body; the panes come back with it gone
	}
	content := w.middle
	w.left, w.right = nil, nil
	if w.settings.showAnnotations() {
		w.right = w.rightOf(content)
		content = w.right
	}
	judging := w.session.Adjudicating()
	if judging || w.settings.showDocuments() && (!w.folded || w.searching || w.registering) {
		side, usual := w.documents.Object(), 0.17
		switch {
		case w.registering:
			side, usual = w.registry.Object(), 0.34
		case w.searching:
			side = w.results.Object()
		case judging:
			side, usual = w.judge.Object(), 0.36
		}
		w.left = panel.NewSplit(side, content, w.settings.split(w.leftSplit(), usual))
		w.left.Side = side
		content = w.left
	}
	w.tools.body = body
	body.Objects = []fyne.CanvasObject{content}
	body.Refresh()
}

// keepLayout remembers sizes for the next start.
func (w *Window) keepLayout() {
	if w.left != nil {
		w.settings.setSplit(w.leftSplit(), w.left.Offset)
	}
	if w.right != nil {
		w.settings.setSplit(w.rightName(), w.right.Offset)
	}
	if w.both != nil {
		w.settings.setSplit("beside", w.both.Offset)
	}
	w.settings.setSize(w.win.Canvas().Size())
}

// leftSplit names the width of what stands at the left: concepts and cases need more than documents.
func (w *Window) leftSplit() string {
	switch {
	case w.registering:
		return "concepts"
	case w.session.Adjudicating() && !w.searching:
		return "adjudication"
	}
	return "left"
}

func (w *Window) focusText() {
	if w.page != nil {
		w.page.Focus(w.win.Canvas())
		return
	}
	if w.view != nil && w.session != nil {
		w.session.Choose("") // what is focused in the text is looked at again
		w.win.Canvas().Focus(w.view)
	}
}

// strayKey receives keys while nothing has the focus, as over a dialog.
func (w *Window) strayKey(e *fyne.KeyEvent) {
	if top := w.win.Canvas().Overlays().Top(); top != nil && e.Name == fyne.KeyEscape {
		top.Hide()
		w.focusText()
		return
	}
	if w.session != nil && w.win.Canvas().Overlays().Top() == nil {
		w.focusText()
		if w.page == nil {
			w.view.TypedKey(e)
		}
		return
	}
	if e.Name == fyne.KeyF1 {
		w.showKeys()
	}
}

// strayRune receives characters while nothing has the focus: they are meant for the text.
func (w *Window) strayRune(r rune) {
	if w.session != nil && w.win.Canvas().Overlays().Top() == nil {
		w.focusText()
		if w.page == nil {
			w.view.TypedRune(r)
		}
	}
}

func modifiers() fyne.KeyModifier {
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		return d.CurrentKeyModifiers()
	}
	return 0
}

// report shows an error that nobody has shown yet; nil passes.
func (w *Window) report(err error) {
	if err != nil {
		w.showError(err)
	}
}

// quit closes the window once everything is saved.
func (w *Window) quit() {
	if w.leave(w.quit) {
		w.settings.setSize(w.win.Canvas().Size())
		w.app.Quit()
	}
}

// askUnsaved asks what to do about edits that the disk refuses.
func (w *Window) askUnsaved(reason error) {
	ask := dialog.NewCustomConfirm("Not saved", "Save elsewhere…", "Go back", wrapped(
		"The last edits could not be saved: "+reason.Error()+". Save the project to another place, or go back and try again.",
	), func(elsewhere bool) {
		if elsewhere {
			w.askSaveElsewhere()
		}
	}, w.win)
	ask.Show()
}

// askDrafts asks whether comments that are written but not handed over may be lost: with
// the window they cannot be brought back.
func (w *Window) askDrafts(again func()) {
	drafts := w.session.Drafts()
	text := "You wrote a comment and have not saved it"
	if len(drafts) > 1 {
		text = fmt.Sprintf("You wrote %d comments and have not saved them; the first is", len(drafts))
	}
	ask := dialog.NewCustomConfirm("Comment not saved", "Go back to it", "Discard", wrapped(
		text+": “"+annotate.Excerpt(drafts[0].Text, 200)+"”.",
	), func(back bool) {
		if back {
			w.session.Reveal(drafts[0].Document, drafts[0].Subject)
			return
		}
		w.session.ForgetDrafts()
		again()
	}, w.win)
	ask.Show()
}

// dropped opens a project, merges copies of the open one, or imports files and folders let fall on the window.
func (w *Window) dropped(_ fyne.Position, uris []fyne.URI) {
	var paths []string
	for _, u := range uris {
		paths = append(paths, u.Path())
	}
	if len(paths) > 0 && !slices.ContainsFunc(paths, func(path string) bool { return filepath.Ext(path) != projectExtension }) {
		w.droppedProjects(paths)
		return
	}
	if w.session == nil {
		w.askNewWith(paths)
		return
	}
	w.showImport(paths...)
}

const projectExtension = ".spanwright"

// samplePath is where the copy of the sample project lies.
func samplePath() (string, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(home, "Spanwright")
	return filepath.Join(dir, "sample"+projectExtension), os.MkdirAll(dir, 0o755)
}
