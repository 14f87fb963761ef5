package window

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	commandline "spanwright/app/command"
	"spanwright/app/exchange"
	"spanwright/assets"
	"spanwright/store"
)

// dialogWidth is the usual width of a dialog, in device-independent pixels.
const dialogWidth = 620

func wrapped(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapWord
	return l
}

// showError shows one sentence that can be copied.
func (w *Window) showError(err error) {
	text := wrapped(err.Error())
	text.Selectable = true
	d := dialog.NewCustom("That did not work", "Close", text, w.win)
	d.Resize(fyne.NewSize(dialogWidth, 0))
	d.Show()
}

// pathEntry is a line for a path with buttons that browse for it.
type pathEntry struct {
	*widget.Entry
	object fyne.CanvasObject
}

// newPathEntry offers to choose a file, a folder, or both.
func (w *Window) newPathEntry(path string, file, folder bool) *pathEntry {
	p := &pathEntry{Entry: widget.NewEntry()}
	p.SetText(path)
	buttons := container.NewHBox()
	if file {
		buttons.Add(widget.NewButtonWithIcon("", theme.FileIcon(), func() {
			d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
				if err == nil && r != nil {
					_ = r.Close() // only its path is wanted
					p.SetText(r.URI().Path())
				}
			}, w.win)
			w.browse(d, p.Text)
		}))
	}
	if folder {
		buttons.Add(widget.NewButtonWithIcon("", theme.FolderOpenIcon(), func() {
			d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
				if err == nil && u != nil {
					p.SetText(u.Path())
				}
			}, w.win)
			w.browse(d, p.Text)
		}))
	}
	p.object = container.NewBorder(nil, nil, nil, buttons, p.Entry)
	return p
}

func (w *Window) browse(d *dialog.FileDialog, near string) {
	d.Resize(fyne.NewSize(820, 560))
	for dir := near; dir != "" && dir != "."; dir = filepath.Dir(dir) {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			if u, err := storage.ListerForURI(storage.NewFileURI(dir)); err == nil {
				d.SetLocation(u)
			}
			break
		}
	}
	d.Show()
}

// form shows a dialog of fields; confirm runs when it is accepted and may refuse with an error.
func (w *Window) form(title, accept string, first *widget.Entry, confirm func() error, items ...*widget.FormItem) {
	d := dialog.NewForm(title, accept, "Cancel", items, func(ok bool) {
		if ok {
			if err := confirm(); err != nil {
				w.showError(err)
				return
			}
		}
		w.focusText()
	}, w.win)
	for _, item := range items {
		entry, ok := item.Widget.(*widget.Entry)
		if c, bordered := item.Widget.(*fyne.Container); !ok && bordered {
			entry, ok = c.Objects[0].(*widget.Entry)
		}
		if ok {
			entry.OnSubmitted = func(string) { d.Submit() }
		}
	}
	d.Resize(fyne.NewSize(dialogWidth, 0))
	d.Show()
	w.win.Canvas().Focus(first)
	first.TypedShortcut(&fyne.ShortcutSelectAll{})
}

func (w *Window) askNew() { w.askNewWith(nil) }

// askNewWith makes a project and imports paths into it.
func (w *Window) askNewWith(paths []string) {
	file := w.newPathEntry(filepath.Join(w.folder(), "project"+projectExtension), false, false)
	scheme, about := newTemplateChoice(assets.SchemeNames())
	scheme.SetSelected(assets.DefaultScheme)
	annotator := widget.NewEntry()
	annotator.SetText(w.settings.annotator())
	texts := w.newPathEntry(strings.Join(paths, string(filepath.ListSeparator)), true, true)
	texts.SetPlaceHolder("a file or folder to import, or nothing yet")
	w.form("New project", "Create", file.Entry, func() error {
		path := strings.TrimSpace(file.Text)
		if filepath.Ext(path) != projectExtension {
			path += projectExtension
		}
		s, err := template(scheme.Selected)
		if err != nil {
			return err
		}
		project, err := store.Create(path, s)
		if err != nil {
			return err
		}
		if annotator.Text != "" {
			w.settings.setAnnotator(annotator.Text)
		}
		if err := project.Close(); err != nil {
			return err
		}
		w.openProjectThen(path, func() {
			if texts.Text != "" {
				w.showImport(filepath.SplitList(texts.Text)...)
			} else if len(s.Spans) == 0 { // there is nothing to label with yet
				w.showScheme()
			}
		})
		return nil
	},
		widget.NewFormItem("File", file.object), widget.NewFormItem("Scheme", scheme), widget.NewFormItem("", about),
		widget.NewFormItem("Annotator", annotator), widget.NewFormItem("Documents", texts.object))
}

func (w *Window) askOpen() {
	file := w.newPathEntry("", true, false)
	file.SetPlaceHolder(filepath.Join(w.folder(), "project"+projectExtension))
	if recent := w.settings.recent(); len(recent) > 0 {
		file.SetText(recent[0])
	}
	w.form("Open project", "Open", file.Entry, func() error {
		w.openProject(strings.TrimSpace(file.Text))
		return nil
	}, widget.NewFormItem("File", file.object))
}

func (w *Window) askSaveCopy() {
	path := w.newPathEntry(strings.TrimSuffix(w.session.Project().Path(), projectExtension)+"-copy"+projectExtension, false, false)
	w.form("Save a copy", "Save", path.Entry, func() error {
		return w.session.Project().SaveCopy(strings.TrimSpace(path.Text))
	}, widget.NewFormItem("File", path.object))
}

func (w *Window) askSaveElsewhere() {
	home, err := os.UserHomeDir()
	w.report(err)
	path := w.newPathEntry(filepath.Join(home, "rescued"+projectExtension), false, false)
	w.form("Save elsewhere", "Save", path.Entry, func() error {
		return w.session.SaveElsewhere(strings.TrimSpace(path.Text))
	}, widget.NewFormItem("File", path.object))
}

// folder is where dialogs begin to look.
func (w *Window) folder() string {
	if w.session != nil {
		return filepath.Dir(w.session.Project().Path())
	}
	if dir, err := os.Getwd(); err == nil {
		return dir
	}
	return ""
}

func (w *Window) showAbout() {
	text := wrapped("Spanwright " + commandline.Version +
		"\n\nLabels claims by hand: who said what, about whom, on what evidence.\nWorks offline; everything lies in one SQLite file.")
	d := dialog.NewCustom("About Spanwright", "Close", text, w.win)
	d.Resize(fyne.NewSize(dialogWidth, 0))
	d.Show()
}

// showKeys shows every key on one sheet.
func (w *Window) showKeys() {
	line := func(keys, does string) fyne.CanvasObject {
		k := widget.NewLabelWithStyle(keys, fyne.TextAlignTrailing, fyne.TextStyle{Bold: true})
		return container.New(&sheetLine{}, k, widget.NewLabel(does))
	}
	columns := []*fyne.Container{container.New(&tight{}), container.New(&tight{})}
	add := func(i int, o fyne.CanvasObject) { columns[i].Add(o) }
	heading := func(i int, text string) {
		add(i, widget.NewLabelWithStyle(text, fyne.TextAlignLeading, fyne.TextStyle{Bold: true}))
	}
	heading(0, "In the text")
	for _, k := range textKeys {
		add(0, line(k[0], k[1]))
	}
	if w.session != nil {
		heading(0, "Labels")
		for _, l := range w.session.Scheme().Spans {
			if l.Key != "" {
				add(0, line(l.Key, l.Label))
			}
		}
	}
	heading(1, "In import, export and the scheme")
	for _, k := range pageKeys {
		add(1, line(k[0], k[1]))
	}
	heading(0, "While adjudicating, in the list of cases")
	for _, k := range caseKeys {
		add(0, line(k[0], k[1]))
	}
	column := map[string]int{"Review": 0, "Annotate": 0, "File": 1, "Edit": 1, "View": 1, "Go": 1}
	for _, menu := range menus {
		i, listed := column[menu]
		if !listed {
			continue
		}
		heading(i, menu)
		for _, c := range commands() {
			if c.menu == menu && c.shortcut != nil {
				add(i, line(keyName(c.shortcut), c.title))
			}
		}
	}
	d := dialog.NewCustom("Keys", "Close", container.NewVScroll(container.NewGridWithColumns(2, columns[0], columns[1])), w.win)
	size := w.win.Canvas().Size()
	d.Resize(fyne.NewSize(min(1040, size.Width-60), min(760, size.Height-80)))
	d.SetOnClosed(w.focusText)
	d.Show()
	w.win.Canvas().Unfocus()
}

// keyName writes a shortcut as people read it.
func keyName(s fyne.Shortcut) string {
	names := map[string]string{"Undo": "Ctrl+Z", "Redo": "Ctrl+Y"}
	if known := names[s.ShortcutName()]; known != "" {
		return known
	}
	k, ok := s.(fyne.KeyboardShortcut)
	if !ok {
		return s.ShortcutName()
	}
	var parts []string
	for _, m := range []struct {
		mod  fyne.KeyModifier
		name string
	}{{fyne.KeyModifierControl, "Ctrl"}, {fyne.KeyModifierAlt, "Alt"}, {fyne.KeyModifierShift, "Shift"}} {
		if k.Mod()&m.mod != 0 {
			parts = append(parts, m.name)
		}
	}
	readable := map[fyne.KeyName]string{
		fyne.KeyPageDown: "PgDn", fyne.KeyPageUp: "PgUp", fyne.KeyReturn: "Enter", fyne.KeyPeriod: ".",
	}
	name := readable[k.Key()]
	if name == "" {
		name = string(k.Key())
	}
	return strings.Join(append(parts, name), "+")
}

// template returns a scheme that comes with the program.
func template(name string) (*annotate.Scheme, error) {
	raw, err := assets.Scheme(name)
	if err != nil {
		return nil, err
	}
	return annotate.ParseScheme(name, raw)
}

// summary says in one sentence what an import did.
func summary(r *exchange.Report) string {
	text := fmt.Sprintf("%d documents, %d spans, %d relations imported", r.Documents, r.Spans, r.Relations)
	if r.Present > 0 {
		text += fmt.Sprintf("; %d documents were there already", r.Present)
	}
	return text + "."
}

// remarked returns remarks to be shown as one error, nil if there are none.
func remarked(remarks []dataset.Remark) error {
	var lines []string
	for _, remark := range remarks {
		lines = append(lines, remark.String())
	}
	if len(lines) == 0 {
		return nil
	}
	const shown = 12
	if more := len(lines) - shown; more > 0 {
		lines = append(lines[:shown:shown], fmt.Sprintf("and %d more", more))
	}
	return errors.New(strings.Join(lines, "\n"))
}
