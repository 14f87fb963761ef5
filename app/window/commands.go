package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// command is something a person can do: one row of a menu, one line of the F1 sheet.
type command struct {
	menu  string // which menu it stands in; empty for keys only
	title string
	// shortcut is what the menu shows. One with Ctrl or Alt works everywhere; a
	// plain key works where the text has the focus, through key or char.
	shortcut fyne.Shortcut
	char     rune
	run      func(*Window)
	// startable commands work without a project.
	startable bool
	// ruled puts a line above it in the menu.
	ruled bool
}

const (
	ctrl      = fyne.KeyModifierControl
	ctrlShift = fyne.KeyModifierControl | fyne.KeyModifierShift
)

func chord(mod fyne.KeyModifier, key fyne.KeyName) *desktop.CustomShortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: mod}
}

func plain(key fyne.KeyName) *desktop.CustomShortcut { return chord(0, key) }

// menus is the order of the menu bar.
var menus = []string{"File", "Edit", "Annotate", "View", "Go", "Review", "Help"}

// commands returns every command, in menu order. It is a function because the
// sheet of keys is a command and reads the table.
func commands() []command {
	return []command{
		{menu: "File", title: "New project…", shortcut: chord(ctrl, fyne.KeyN), run: (*Window).askNew, startable: true},
		{menu: "File", title: "Open project…", shortcut: chord(ctrl, fyne.KeyO), run: (*Window).askOpen, startable: true},
		{menu: "File", title: "Open the sample project", run: (*Window).openSample, startable: true},
		{menu: "File", title: "Import documents…", shortcut: chord(ctrl, fyne.KeyI), run: (*Window).toggleImport, ruled: true},
		{menu: "File", title: "Export dataset…", shortcut: chord(ctrl, fyne.KeyE), run: (*Window).toggleExport},
		{menu: "File", title: "Merge…", shortcut: chord(ctrl, fyne.KeyM), run: (*Window).askMerge, ruled: true},
		{menu: "File", title: "Make packet…", shortcut: chord(ctrlShift, fyne.KeyM), run: (*Window).askPacket},
		{menu: "File", title: "Save a copy…", run: (*Window).askSaveCopy},
		{menu: "File", title: "Quit", shortcut: chord(ctrl, fyne.KeyQ), run: (*Window).quit, startable: true, ruled: true},

		{menu: "Edit", title: "Undo", shortcut: &fyne.ShortcutUndo{}, run: (*Window).undo},
		{menu: "Edit", title: "Redo", shortcut: chord(ctrlShift, fyne.KeyZ), run: (*Window).redo},
		{menu: "Edit", title: "Find in document", shortcut: chord(ctrl, fyne.KeyF), run: (*Window).showFind, ruled: true},
		{menu: "Edit", title: "Find in all documents", shortcut: chord(ctrlShift, fyne.KeyF), run: (*Window).showResults},
		{menu: "Edit", title: "Find next", shortcut: plain(fyne.KeyF3), run: (*Window).findNext},
		{menu: "Edit", title: "Find previous", shortcut: chord(fyne.KeyModifierShift, fyne.KeyF3), run: (*Window).findPrevious},
		{menu: "Edit", title: "Scheme…", shortcut: chord(ctrl, fyne.KeyT), run: (*Window).showScheme, ruled: true},
		{menu: "Edit", title: "Annotator…", run: (*Window).askAnnotator},

		{menu: "Annotate", title: "Relate the focused annotation", shortcut: plain(fyne.KeyR), char: 'r', run: (*Window).startRelation},
		{menu: "Annotate", title: "Assemble the focused annotation's relation", shortcut: plain(fyne.KeyA), char: 'a', run: (*Window).assemble},
		{menu: "Annotate", title: "Grow the selection", shortcut: plain(fyne.KeyE), char: 'e', run: func(w *Window) { w.session.Grow() }},
		{menu: "Annotate", title: "Shrink the selection", shortcut: chord(fyne.KeyModifierShift, fyne.KeyE), char: 'E', run: func(w *Window) { w.session.Shrink() }},
		{menu: "Annotate", title: "Repeat the last label", shortcut: plain(fyne.KeyPeriod), char: '.', run: (*Window).repeat},
		{menu: "Annotate", title: "Delete the focused annotation", shortcut: plain(fyne.KeyDelete), run: (*Window).delete},
		{menu: "Annotate", title: "Start one token to the left", shortcut: plain("["), char: '[', run: moveEdge(true, true), ruled: true},
		{menu: "Annotate", title: "Start one token to the right", shortcut: plain("]"), char: ']', run: moveEdge(true, false)},
		{menu: "Annotate", title: "End one token to the left", shortcut: plain("{"), char: '{', run: moveEdge(false, true)},
		{menu: "Annotate", title: "End one token to the right", shortcut: plain("}"), char: '}', run: moveEdge(false, false)},
		{menu: "Annotate", title: "Add the selection as a fragment", shortcut: plain(fyne.KeyPlus), char: '+', run: (*Window).addFragment},
		{menu: "Annotate", title: "Cut the selection out", shortcut: plain(fyne.KeyX), char: 'x', run: (*Window).cutFragment},
		{menu: "Annotate", title: "Attributes", shortcut: plain("Enter"), run: (*Window).toInspector, ruled: true},
		{menu: "Annotate", title: "Link to a concept", shortcut: plain(fyne.KeyK), char: 'k', run: (*Window).toConcept},
		{menu: "Annotate", title: "Flag", shortcut: plain(fyne.KeyF), char: 'f', run: (*Window).cycleFlag},
		{menu: "Annotate", title: "Note", shortcut: plain(fyne.KeyN), char: 'n', run: (*Window).toNote},
		{menu: "Annotate", title: "Comment", shortcut: plain(fyne.KeyC), char: 'c', run: (*Window).toComment},
		{menu: "Annotate", title: "Form of the document", shortcut: chord(ctrl, fyne.KeyD), run: (*Window).toForm, ruled: true},
		{menu: "Annotate", title: "Selection into the form", shortcut: chord(ctrlShift, fyne.KeyD), run: (*Window).fillForm},
		{menu: "Annotate", title: "Document done, next", shortcut: chord(ctrl, fyne.KeyReturn), run: (*Window).finish, ruled: true},
		{menu: "Annotate", title: "Submit, return, accept, reopen…", shortcut: chord(ctrlShift, fyne.KeyReturn), run: (*Window).toMoves},
		{menu: "Annotate", title: "Document not done", run: (*Window).reopen},
		{menu: "Annotate", title: "Document done under the present scheme", run: func(w *Window) { w.tolerate(w.session.Confirm()) }},

		{menu: "View", title: "Larger text", shortcut: chord(ctrl, fyne.KeyPlus), run: func(w *Window) { w.zoomBy(1) }},
		{menu: "View", title: "Smaller text", shortcut: chord(ctrl, fyne.KeyMinus), run: func(w *Window) { w.zoomBy(-1) }},
		{menu: "View", title: "Usual text size", shortcut: chord(ctrl, fyne.Key0), run: func(w *Window) { w.setZoom(1) }},
		{menu: "View", title: "Density: read, label, full", run: (*Window).cycleDensity, ruled: true},
		{menu: "View", title: "Curves of all annotations", run: (*Window).toggleAllCurves},
		{menu: "View", title: "Layers of others as lanes", shortcut: chord(ctrlShift, fyne.KeyL), run: func(w *Window) { w.tolerate(w.session.ToggleLanes()) }},
		{menu: "View", title: "Text font…", run: func(w *Window) { w.showFonts() }},
		{menu: "View", title: "Urdu and Kashmiri in Nastaliq", run: (*Window).toggleNastaliq},
		{menu: "View", title: "Invisible characters", run: (*Window).toggleInvisibles},
		{menu: "View", title: "Text direction: automatic, left to right, right to left", run: (*Window).cycleDirection},
		{menu: "View", title: "Dark or light", run: (*Window).toggleVariant, startable: true},
		{menu: "View", title: "Documents pane", run: (*Window).toggleDocuments, ruled: true},
		{menu: "View", title: "Annotation pane", run: (*Window).toggleAnnotations},
		{menu: "View", title: "Second document", shortcut: plain(fyne.KeyF7), run: (*Window).toggleBeside},
		{menu: "View", title: "Turn to the other document", shortcut: chord(fyne.KeyModifierShift, fyne.KeyF7), run: (*Window).turn},
		{menu: "View", title: "Next pane", shortcut: plain(fyne.KeyF6), run: func(w *Window) { w.cyclePane(1) }},
		{menu: "View", title: "Previous pane", shortcut: chord(fyne.KeyModifierShift, fyne.KeyF6), run: func(w *Window) { w.cyclePane(-1) }},
		{menu: "View", title: "Full screen", shortcut: plain(fyne.KeyF11), run: (*Window).toggleFullScreen, startable: true},

		{menu: "Go", title: "Command, label or document…", shortcut: chord(ctrl, fyne.KeyP), run: func(w *Window) { w.showPalette() }, startable: true},
		{menu: "Go", title: "Concepts and their mentions", shortcut: chord(ctrl, fyne.KeyK), run: (*Window).showConcepts},
		{menu: "Go", title: "Dashboard", shortcut: plain(fyne.KeyF9), run: (*Window).toggleDashboard},
		{menu: "Go", title: "Filter the documents", shortcut: chord(ctrl, fyne.KeyL), run: (*Window).toFilter},
		{menu: "Go", title: "Next document", shortcut: chord(ctrl, fyne.KeyPageDown), run: func(w *Window) { w.nextDocument(true) }, ruled: true},
		{menu: "Go", title: "Previous document", shortcut: chord(ctrl, fyne.KeyPageUp), run: func(w *Window) { w.nextDocument(false) }},
		{menu: "Go", title: "Next annotation", shortcut: plain(fyne.KeyTab), run: func(w *Window) { w.session.FocusNext(true) }, ruled: true},
		{menu: "Go", title: "Previous annotation", shortcut: chord(fyne.KeyModifierShift, fyne.KeyTab), run: func(w *Window) { w.session.FocusNext(false) }},
		{menu: "Go", title: "Next violation of the scheme", shortcut: plain(fyne.KeyF4), run: func(w *Window) { w.session.FocusViolation() }},
		{menu: "Go", title: "All violations in the document", shortcut: chord(fyne.KeyModifierShift, fyne.KeyF4), run: (*Window).toViolations},
		{menu: "Go", title: "Next annotation with a flag", shortcut: plain(fyne.KeyF5), run: func(w *Window) { w.session.FocusFlagged() }},
		{menu: "Go", title: "Next difference in the lanes", shortcut: chord(ctrl, fyne.KeyPeriod), run: func(w *Window) { w.session.FocusDifference(true) }},
		{menu: "Go", title: "Previous difference in the lanes", shortcut: chord(ctrlShift, fyne.KeyPeriod), run: func(w *Window) { w.session.FocusDifference(false) }},

		{menu: "Review", title: "Adjudicate", shortcut: plain(fyne.KeyF8), run: (*Window).adjudicate},
		{menu: "Review", title: "Next document with open differences", shortcut: chord(ctrl, fyne.KeyF8), run: (*Window).nextDifferences},
		{menu: "Review", title: "End adjudication", shortcut: chord(fyne.KeyModifierShift, fyne.KeyF8), run: (*Window).endAdjudication},
		{menu: "Review", title: "What was decided otherwise than I had it", shortcut: chord(fyne.KeyModifierShift, fyne.KeyF9), run: (*Window).toggleFeedback},
		{menu: "Review", title: "Measure time on documents: on or off", run: func(w *Window) { w.tolerate(w.session.MeasureTime(!w.session.Timed())) }, ruled: true},

		{menu: "Help", title: "Guideline of the scheme", shortcut: chord(ctrl, fyne.KeyG), run: (*Window).showGuide},
		{menu: "Help", title: "Keys", shortcut: plain(fyne.KeyF1), run: (*Window).showKeys, startable: true},
		{menu: "Help", title: "About Spanwright", run: (*Window).showAbout, startable: true},
	}
}

// more lists further keys of commands that stand in the table already.
var more = []struct {
	shortcut fyne.Shortcut
	run      func(*Window)
}{
	{&fyne.ShortcutRedo{}, (*Window).redo},
	{chord(ctrl, fyne.KeyEqual), func(w *Window) { w.zoomBy(1) }},
	{chord(ctrlShift, fyne.KeyEqual), func(w *Window) { w.zoomBy(1) }},
	{chord(ctrl, fyne.KeyEnter), (*Window).finish},
	{chord(ctrlShift, fyne.KeyEnter), (*Window).toMoves},
}

// textKeys is what the sheet says of keys that need the text to mean anything.
var textKeys = [][2]string{
	{"← →", "the token at the left, right"},
	{"↑ ↓ PgUp PgDn", "line, page"},
	{"Home End", "line ends"},
	{"Ctrl+Home Ctrl+End", "document ends"},
	{"Ctrl+← Ctrl+→", "previous, next sentence"},
	{"Shift + any of these", "select by whole tokens"},
	{"Alt+Shift+← →", "select by character"},
	{"Enter", "armed label on the selection; else to the attributes"},
	{"Esc", "cancel, disarm, clear the selection, unfocus"},
}

// caseKeys is what the sheet says of keys in the list of cases while adjudicating.
var caseKeys = [][2]string{
	{"1 … 9", "take what that annotator has"},
	{"Enter", "take what most have; go on; to what waits in another document"},
	{"Backspace", "back from there"},
	{"B 0", "both; neither"},
	{"N", "begin something new, changed in the text; Esc comes back"},
	{"R G", "the reason; the guideline is unclear"},
	{"A M", "take over what all, what most agree on"},
	{"Tab Shift+Tab", "next, previous case that is open"},
	{"← → O S", "kind; order; settled ones too"},
	{"D Shift+D", "next, previous document with open differences"},
}

// pageKeys is what the sheet says of the pages that take the place of the panes.
var pageKeys = [][2]string{
	{"F6 Shift+F6", "next, previous part of the page"},
	{"↑ ↓ Enter", "choose a row; Enter to what can be decided about it"},
	{"← → Space, 1 to 9", "choose among pills"},
	{"+", "take all suggestions of an import"},
	{"Ctrl+C", "copy the warning or loss at the cursor"},
	{"Ctrl+Enter", "import, export, apply the scheme"},
	{"Esc", "back to the text"},
}

func moveEdge(start, left bool) func(*Window) {
	return func(w *Window) { w.tolerate(w.session.MoveEdge(start, left)) }
}

// mainMenu makes the menu bar from the table.
func (w *Window) mainMenu() *fyne.MainMenu {
	bar := fyne.NewMainMenu()
	for _, title := range menus {
		menu := fyne.NewMenu(title)
		for _, c := range commands() {
			if c.menu != title {
				continue
			}
			if c.ruled {
				menu.Items = append(menu.Items, fyne.NewMenuItemSeparator())
			}
			item := fyne.NewMenuItem(c.title, func() { w.performFromMenu(&c) })
			item.Shortcut = c.shortcut
			item.IsQuit = c.title == "Quit"
			menu.Items = append(menu.Items, item)
		}
		if title == "File" {
			w.recentMenu(menu)
		}
		bar.Items = append(bar.Items, menu)
	}
	return bar
}

// perform runs a command, if it makes sense now.
func (w *Window) perform(run func(*Window), startable bool) {
	if w.session != nil || startable {
		run(w)
	}
}

// onShortcut handles the shortcuts that the menu has no row for.
func (w *Window) onShortcut(s fyne.Shortcut) bool {
	if _, copying := s.(*fyne.ShortcutCopy); copying {
		w.copySelection()
		return true
	}
	for _, m := range more {
		if m.shortcut.ShortcutName() == s.ShortcutName() {
			w.perform(m.run, false)
			return true
		}
	}
	return false
}
