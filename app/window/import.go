package window

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"spanwright/app/docview"
	"spanwright/app/panel"
)

// toggleImport shows the pane that prepares an import; if it is there, the panes come back.
func (w *Window) toggleImport() {
	if w.importing != nil && w.page == page(w.importing) {
		w.closePage()
		return
	}
	w.showImport()
}

// showImport shows the pane that prepares an import, with more paths in it.
func (w *Window) showImport(paths ...string) {
	if w.importing == nil {
		w.makeImport()
	}
	if w.page != page(w.importing) {
		w.showPage(w.importing)
	}
	if len(paths) > 0 {
		w.importing.Draft().Add(paths...)
		w.focusText()
	}
}

func (w *Window) makeImport() {
	excerpt := docview.NewSpecimen(w.textFonts(), w.bold, w.variant()).Await(w.after).Close()
	w.importing = panel.NewImportPane(w.session, w.session.NewImportDraft(), excerpt)
	w.importing.ImportExits = panel.ImportExits{
		OnClose: w.closePage, OnKey: w.outsideText, OnFile: w.askImportFile, OnFolder: w.askImportFolder, OnImport: w.importDraft, OnCancel: w.jobs.stop,
		OnCopy: w.app.Clipboard().SetContent,
	}
}

// after calls f on the toolkit's goroutine some time later.
func (w *Window) after(d time.Duration, f func()) { time.AfterFunc(d, func() { w.post(f) }) }

func (w *Window) askImportFile() {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err == nil && r != nil {
			_ = r.Close() // only its path is wanted
			w.showImport(r.URI().Path())
		}
	}, w.win)
	w.browse(d, w.folder())
}

func (w *Window) askImportFolder() {
	d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if err == nil && u != nil {
			w.showImport(u.Path())
		}
	}, w.win)
	w.browse(d, w.folder())
}

// importDraft imports what was prepared, in the background.
func (w *Window) importDraft() {
	s, pane := w.session, w.importing
	if w.jobs.busy {
		w.showError(errBusy)
		return
	}
	work, done, err := pane.Draft().Begin()
	if err != nil {
		return // told by the session
	}
	w.jobs.runTelling("Importing", panel.InBytes, func(ctx context.Context, progress func(int, int, string)) error {
		return work(ctx, progress)
	}, func(err error) {
		done(err)
		w.tolerate(s.Refresh())
		report, problem := pane.Draft().Outcome()
		switch {
		case problem != nil:
			s.Tell("The import did not come in: " + problem.Error() + ".")
		case len(report.Skipped)+len(report.Remarks) == 0:
			s.Tell(summary(report))
			if w.page == page(pane) {
				w.closePage()
			}
		default:
			s.Tell(summary(report) + fmt.Sprintf(" %d warnings are listed under Import (Ctrl+I).", len(report.Skipped)+len(report.Remarks)))
		}
		w.focusText()
	})
}
