package window

import (
	"context"
	"errors"
	"net/url"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"spanwright/app/panel"
	"spanwright/app/session"
)

// toggleExport shows the pane that prepares an export; if it is there, the panes come back.
func (w *Window) toggleExport() {
	if w.exporting != nil && w.page == page(w.exporting) {
		w.closePage()
		return
	}
	if w.exporting == nil {
		w.exporting = panel.NewExportPane(w.session, w.session.NewExportDraft())
		w.exporting.ExportExits = panel.ExportExits{
			OnClose: w.closePage, OnKey: w.outsideText, OnBrowse: w.askExportFolder, OnExport: w.exportDraft, OnCancel: w.jobs.stop, OnFolder: w.openFolder,
			OnCopy: w.app.Clipboard().SetContent,
		}
	}
	w.showPage(w.exporting)
}

func (w *Window) askExportFolder() {
	draft := w.exporting.Draft()
	d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
		if err == nil && u != nil {
			draft.Edit(func(c *session.ExportChoices) { c.Path = filepath.Join(u.Path(), filepath.Base(c.Path)) })
		}
	}, w.win)
	w.browse(d, filepath.Dir(draft.Choices().Path))
}

// openFolder shows a folder where the system shows files.
func (w *Window) openFolder(path string) {
	if whole, err := filepath.Abs(path); err == nil {
		path = whole
	}
	w.report(w.app.OpenURL(&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}))
}

// exportDraft exports what was prepared, in the background.
func (w *Window) exportDraft() {
	s, draft := w.session, w.exporting.Draft()
	if w.jobs.busy {
		w.showError(errBusy)
		return
	}
	work, done, err := draft.Begin()
	if err != nil {
		return // told by the session
	}
	w.jobs.runTelling("Exporting", panel.InDocuments, func(ctx context.Context, progress func(int, int, string)) error {
		return work(ctx, progress)
	}, func(err error) {
		done(err)
		report, path, _ := draft.Outcome()
		switch {
		case errors.Is(err, context.Canceled):
			s.Tell("The export was cancelled; what was there before is there still.")
		case err != nil:
			s.Tell("Nothing was exported: " + err.Error())
		case !report.Passed():
			s.Tell("What was written to " + shorten(path) + " is not what was meant; Export (Ctrl+E) says more.")
		default:
			s.Tell("Exported to " + shorten(path) + ".")
		}
	})
}
