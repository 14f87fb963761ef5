package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"spanwright/app/docview"
)

// toolbar is the thin row under the menu: undo, redo, layer, find, density, theme.
type toolbar struct {
	object  fyne.CanvasObject
	layer   *widget.Button
	density *widget.Button
	body    *fyne.Container // the panes, for rearranging them
	window  *Window
}

func newToolbar(w *Window) *toolbar {
	t := &toolbar{window: w}
	button := func(text string, icon fyne.Resource, run func()) *widget.Button {
		b := widget.NewButtonWithIcon(text, icon, run)
		b.Importance = widget.LowImportance
		return b
	}
	t.layer = button("", nil, w.askAnnotator)
	t.density = button("", nil, w.cycleDensity)
	t.refresh()
	t.object = container.NewHScroll(container.NewHBox( // narrower than its buttons it can be moved under the pointer
		button("", theme.ContentUndoIcon(), w.undo),
		button("", theme.ContentRedoIcon(), w.redo),
		button("", theme.SearchIcon(), w.showFind),
		layout.NewSpacer(),
		t.layer,
		t.density,
		button("", theme.ColorPaletteIcon(), w.toggleVariant),
	))
	return t
}

var densityNames = map[docview.Density]string{docview.Read: "read", docview.Labels: "label", docview.Full: "full"}

func (t *toolbar) refresh() {
	layer := "layer " + t.window.session.Annotator()
	if t.window.session.Adjudicating() {
		layer = "adjudicated layer, by " + t.window.session.Annotator()
	}
	t.layer.SetText(layer)
	t.density.SetText("density " + densityNames[t.window.settings.density()])
}
