package window

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"spanwright/annotate"
	"spanwright/annotate/configuration"
	"spanwright/app/docview"
	"spanwright/app/panel"
	"spanwright/assets"
)

// showScheme puts the editor of the scheme in the place of the panes; if it is there
// already, the panes come back.
func (w *Window) showScheme() {
	if w.editing() {
		w.closeScheme()
		return
	}
	if w.editor == nil {
		w.makeEditor()
	}
	w.showPage(w.editor)
}

// editing reports whether the editor of the scheme is in the place of the panes.
func (w *Window) editing() bool { return w.editor != nil && w.page == page(w.editor) }

func (w *Window) makeEditor() {
	w.editor = panel.NewSchemeEditor(w.session, w.session.SchemeDraft(reserved),
		docview.NewSpecimen(w.textFonts(), w.bold, fynetheme.VariantLight), docview.NewSpecimen(w.textFonts(), w.bold, fynetheme.VariantDark))
	w.editor.SchemeExits = panel.SchemeExits{OnClose: w.closeScheme, OnKey: w.outsideText, OnImport: w.askSchemeImport, OnExport: w.askSchemeExport}
}

// reserved says which command a key is for, "" if a label can have it.
func reserved(key string) string {
	for _, c := range commands() {
		if c.char != 0 && string(c.char) == key {
			return c.title
		}
	}
	return ""
}

// closeScheme brings the panes back. What was changed and not applied waits.
func (w *Window) closeScheme() {
	if !w.editing() {
		return
	}
	w.closePage()
	if w.editor.Draft().Changed() {
		w.session.Tell("The scheme's changes wait in the editor (Ctrl+T) until you apply or discard them.")
	}
}

// undoScheme takes back the last edit of the draft or, without any, of the project.
func (w *Window) undoScheme() {
	if !w.editor.Undo() {
		w.session.Undo()
	}
}

func (w *Window) redoScheme() {
	if !w.editor.Redo() {
		w.session.Redo()
	}
}

// performFromMenu runs a command; one that is about the text brings the text back first.
func (w *Window) performFromMenu(c *command) {
	applies := c.shortcut != nil && keyName(c.shortcut) == "Ctrl+Enter"
	if w.page != nil && !applies && (c.menu == "Annotate" || c.menu == "Go" || c.menu == "Review" || strings.HasPrefix(c.title, "Find")) {
		if w.editing() {
			w.closeScheme()
		}
		w.closePage()
	}
	w.perform(c.run, c.startable)
}

// fromFile stands among the names of templates for a file of one's own.
const fromFile = "a file…"

// askSchemeImport asks for a template or a file to go on from in the draft.
func (w *Window) askSchemeImport() {
	path := w.newPathEntry("", true, true)
	path.SetPlaceHolder("YAML, brat's annotation.conf, or a labelling configuration of Label Studio")
	from, about := newTemplateChoice(append([]string{fromFile}, assets.SchemeNames()...))
	from.SetSelected(fromFile)
	path.OnChanged = func(string) { from.SetSelected(fromFile) }
	w.form("Import a scheme into the draft", "Import", path.Entry, func() error {
		if from.Selected != fromFile {
			s, err := template(from.Selected)
			if err == nil {
				w.editor.Replace(s)
			}
			return err
		}
		w.importScheme(strings.TrimSpace(path.Text))
		return nil
	}, widget.NewFormItem("Scheme", from), widget.NewFormItem("File", path.object), widget.NewFormItem("", about))
}

// importScheme reads a scheme file of any kind on another goroutine, makes the draft say
// what it says, and tells what of it has no place here.
func (w *Window) importScheme(path string) {
	editor := w.editor
	go func() {
		s, remarks, err := configuration.Read(path)
		w.post(func() {
			if err != nil {
				w.report(err)
				return
			}
			if editor == w.editor {
				editor.Replace(s)
				w.report(remarked(remarks))
			}
		})
	}()
}

// newTemplateChoice returns a choice among templates, and what the chosen one is for.
func newTemplateChoice(names []string) (choice *widget.Select, about *widget.Label) {
	about = wrapped("\n\n\n") // room for what is said, so that nothing moves
	choice = widget.NewSelect(names, func(name string) { about.SetText(describeTemplate(name)) })
	return choice, about
}

// askSchemeExport asks where to write the draft.
func (w *Window) askSchemeExport() {
	s := w.editor.Draft().Scheme()
	path := w.newPathEntry(filepath.Join(w.folder(), s.Name+".yaml"), false, false)
	w.form("Export the scheme", "Export", path.Entry, func() error {
		raw, err := s.Marshal()
		if err != nil {
			return err
		}
		if err := writeNew(strings.TrimSpace(path.Text), raw); err != nil {
			return annotate.Errorf(annotate.Invalid, "the scheme was not written: %w", err)
		}
		w.session.Tell("The scheme was written to " + shorten(path.Text) + ".")
		return nil
	}, widget.NewFormItem("File", path.object))
}

// writeNew writes a file that is not there yet.
func writeNew(path string, raw []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = file.Write(raw)
	return errors.Join(err, file.Close())
}
