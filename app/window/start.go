package window

import (
	"context"
	"errors"
	"image/color"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"spanwright/annotate"
	"spanwright/app/exchange"
	"spanwright/assets"
)

// showStart offers what one can do without a project.
func (w *Window) showStart() {
	icon := canvas.NewImageFromResource(fyne.NewStaticResource("icon.png", assets.Icon()))
	icon.FillMode = canvas.ImageFillContain
	icon.SetMinSize(fyne.NewSize(72, 72))
	title := canvas.NewText("Spanwright", w.palette().Ink)
	title.TextSize, title.TextStyle.Bold, title.Alignment = 26, true, fyne.TextAlignCenter
	claim := canvas.NewText("Label claims: who said what, about whom, on what evidence.", w.palette().Dim)
	claim.TextSize, claim.Alignment = 14, fyne.TextAlignCenter

	sample := widget.NewButton("Open the sample project", w.openSample)
	sample.Importance = widget.HighImportance
	hint := canvas.NewText("or drop .txt files, folders or a project here", w.palette().Dim)
	hint.TextSize, hint.Alignment = 12, fyne.TextAlignCenter
	box := container.New(layout.NewCustomPaddedVBoxLayout(8), icon, title, claim, air(14),
		sample, widget.NewButton("New project…", w.askNew), widget.NewButton("Open project…", w.askOpen), air(2), hint)
	if recent := w.settings.recent(); len(recent) > 0 {
		heading := canvas.NewText("RECENT", w.palette().Dim)
		heading.TextSize, heading.TextStyle.Bold = 11, true
		list := container.New(layout.NewCustomPaddedVBoxLayout(0), heading)
		for _, path := range recent {
			b := widget.NewButton(shorten(path), func() { w.openProject(path) })
			b.Importance, b.Alignment = widget.LowImportance, widget.ButtonAlignLeading
			list.Add(b)
		}
		box.Add(air(10))
		box.Add(list)
	}
	w.win.SetContent(container.NewStack(
		canvas.NewRectangle(w.palette().Pane),
		container.NewCenter(container.New(layout.NewCustomPaddedLayout(0, 40, 24, 24), box)),
	))
}

// air keeps that many device-independent pixels of height free.
func air(height float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(1, height))
	return r
}

// recentMenu adds the projects opened lately to the File menu.
func (w *Window) recentMenu(menu *fyne.Menu) {
	recent := w.settings.recent()
	if len(recent) == 0 {
		return
	}
	item := fyne.NewMenuItem("Recent projects", nil)
	item.ChildMenu = fyne.NewMenu("")
	for _, path := range recent {
		item.ChildMenu.Items = append(item.ChildMenu.Items, fyne.NewMenuItem(shorten(path), func() { w.openProject(path) }))
	}
	const afterSample = 3
	menu.Items = append(menu.Items[:afterSample:afterSample], append([]*fyne.MenuItem{item}, menu.Items[afterSample:]...)...)
}

// openSample opens the person's copy of the sample project, made the first time.
func (w *Window) openSample() {
	path, err := samplePath()
	if err == nil {
		_, err = os.Stat(path)
		if errors.Is(err, os.ErrNotExist) {
			err = exchange.CreateSample(context.Background(), path, w.settings.annotator())
		}
	}
	if err != nil {
		w.showError(err)
		return
	}
	w.openProject(path)
}

// errBusy is why a second long job, or closing the project, has to wait.
var errBusy = annotate.Errorf(annotate.Conflict, "an import or export is running; wait for it or cancel it")
