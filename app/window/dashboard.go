package window

import (
	"context"
	"errors"
	"fmt"
	"image"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2/widget"

	"spanwright/app/panel"
	reporting "spanwright/app/report"
)

// toggleDashboard shows how the work stands, read anew; if it is there, the panes come back.
func (w *Window) toggleDashboard() {
	if w.dashboard != nil && w.page == page(w.dashboard) {
		w.closePage()
		return
	}
	if w.session.Blind() {
		w.session.Tell("This project keeps annotators from seeing one another’s work, and the dashboard shows everybody’s.")
		return
	}
	if w.dashboard == nil {
		w.dashboard = panel.NewDashboard(w.session)
		w.dashboard.OnFilter = w.filterDocuments
		w.dashboard.OnClose, w.dashboard.OnRead, w.dashboard.OnSave, w.dashboard.OnKey = w.closePage, w.readDashboard, w.askReport, w.outsideText
	}
	w.showPage(w.dashboard)
	w.readDashboard()
}

// readDashboard reads the project and paints its pictures in the background.
func (w *Window) readDashboard() {
	if w.jobs.busy {
		w.showError(errBusy)
		return
	}
	s, d, colours := w.session, w.dashboard, w.palette()
	judges := s.Judges()
	var facts *reporting.Facts
	var pictures []*image.RGBA
	w.jobs.run("Reading the project", func(ctx context.Context, progress func(int, int, string)) (err error) {
		if err = s.Flush(); err != nil {
			return err
		}
		if facts, err = reporting.Gather(ctx, s.Project(), progress); err != nil {
			return err
		}
		if !judges {
			facts.OnlyTimeOf(s.Annotator())
		}
		painter, err := reporting.NewPainter(colours.Dark, fmt.Sprintf("#%02x%02x%02x", colours.Pane.R, colours.Pane.G, colours.Pane.B))
		if err != nil {
			return err
		}
		for _, p := range facts.Pictures() {
			pictures = append(pictures, painter.Paint(p.Picture))
		}
		return ctx.Err()
	}, func(err error) {
		switch {
		case errors.Is(err, context.Canceled):
			s.Tell("The dashboard was not read to its end.")
		case err != nil:
			w.report(err)
		default:
			d.Set(facts, pictures)
		}
	})
}

// askReport asks where the report goes, or its pictures.
func (w *Window) askReport() {
	facts := w.dashboard.Facts()
	if facts == nil {
		return
	}
	base := strings.TrimSuffix(filepath.Base(w.session.Project().Path()), projectExtension)
	path := w.newPathEntry(filepath.Join(w.folder(), base+"-report.html"), false, false)
	path.SetPlaceHolder("NAME.html or NAME.md for the report, NAME.png or NAME.svg for its pictures")
	w.form("Save the report", "Save", path.Entry, func() error {
		written, err := facts.Save(strings.TrimSpace(path.Text))
		for i := range written {
			written[i] = shorten(written[i])
		}
		if err == nil {
			w.session.Tell("Wrote " + strings.Join(written, ", ") + ".")
		}
		return err
	}, widget.NewFormItem("File", path.object))
}
