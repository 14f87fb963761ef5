package window

import (
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// mergeReport shows what files would bring and waits for a word. Enter merges, Esc does
// not, the arrows scroll.
type mergeReport struct {
	widget.BaseWidget
	window  *Window
	paths   []string // of the files that bring something
	text    *container.Scroll
	content fyne.CanvasObject
	popup   *widget.PopUp
}

// showMerge shows what was found out about files.
func (w *Window) showMerge(files []incoming) *mergeReport {
	m := &mergeReport{window: w}
	m.ExtendBaseWidget(m)
	lines := container.New(layout.NewCustomPaddedVBoxLayout(-8)) // labels bring air of their own
	for _, f := range files {
		for i, line := range reported(&f) {
			label := wrapped(line)
			label.TextStyle.Bold = i == 0
			lines.Add(label)
		}
		if f.err == nil && f.merged.Changes > 0 {
			m.paths = append(m.paths, f.path)
		}
	}
	m.text = container.NewVScroll(lines)
	cancel, merge := widget.NewButton("Cancel", m.close), widget.NewButton("Merge", m.merge)
	merge.Importance = widget.HighImportance
	buttons, keys := container.NewHBox(cancel, merge), "Enter merges · Esc leaves everything as it is"
	if len(m.paths) == 0 {
		cancel.SetText("Close")
		buttons, keys = container.NewHBox(cancel), "nothing to merge · Esc closes"
	}
	hint := widget.NewLabel(keys)
	hint.Importance = widget.LowImportance
	title := widget.NewLabelWithStyle("What merging would bring", fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	m.content = container.NewPadded(container.NewBorder(
		container.NewVBox(title, widget.NewSeparator()),
		container.NewVBox(widget.NewSeparator(), container.NewBorder(nil, nil, hint, buttons)), nil, nil, m.text))
	m.popup = widget.NewModalPopUp(m, w.win.Canvas())
	size := w.win.Canvas().Size()
	width := min(dialogWidth+80, size.Width-40)
	lines.Resize(fyne.NewSize(width-40, 0)) // so that they are as high as they will be
	const around = 130                      // title, hint and buttons
	m.popup.Resize(fyne.NewSize(width, min(lines.MinSize().Height+around, chooserHeight, size.Height-80)))
	m.popup.Show()
	w.win.Canvas().Focus(m)
	return m
}

// linesShown is how many changes that give way are shown of one file; all are in the journal.
const linesShown = 20

// reported returns what is to be said of a file: its name first.
func reported(f *incoming) []string {
	lines := []string{filepath.Base(f.path)}
	if f.err != nil {
		return append(lines, f.err.Error())
	}
	r := f.merged
	if r.Changes == 0 {
		return append(lines, fmt.Sprintf("nothing new; all %d changes are here already", r.Known))
	}
	for _, c := range r.Contributions {
		lines = append(lines, fmt.Sprintf("%s: %s%s", c.Annotator, c.What(), c.Where()))
	}
	for i, l := range r.Lost {
		if i == linesShown {
			lines = append(lines, fmt.Sprintf("and %d more changes give way", len(r.Lost)-i))
			break
		}
		lines = append(lines, l.String())
	}
	for _, t := range r.Texts {
		lines = append(lines, t.String())
	}
	return append(append(lines, r.Remarks...), fmt.Sprintf("%d new changes, %d known already", r.Changes, r.Known))
}

// CreateRenderer makes the report visible.
func (m *mergeReport) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(m.content)
}

// FocusGained is called when the report gets the keyboard.
func (m *mergeReport) FocusGained() {}

// FocusLost is called when it loses it.
func (m *mergeReport) FocusLost() {}

// TypedRune ignores characters.
func (m *mergeReport) TypedRune(rune) {}

// TypedKey decides or scrolls.
func (m *mergeReport) TypedKey(e *fyne.KeyEvent) {
	const line = 36
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		m.merge()
	case fyne.KeyEscape:
		m.close()
	case fyne.KeyDown:
		m.scroll(line)
	case fyne.KeyUp:
		m.scroll(-line)
	case fyne.KeyPageDown, fyne.KeySpace:
		m.scroll(m.text.Size().Height - line)
	case fyne.KeyPageUp:
		m.scroll(line - m.text.Size().Height)
	}
}

func (m *mergeReport) scroll(by float32) {
	most := max(0, m.text.Content.MinSize().Height-m.text.Size().Height)
	m.text.ScrollToOffset(fyne.NewPos(0, max(0, min(m.text.Offset.Y+by, most))))
}

func (m *mergeReport) close() {
	m.popup.Hide()
	m.window.focusText()
}

func (m *mergeReport) merge() {
	m.close()
	if len(m.paths) > 0 {
		m.window.merge(m.paths)
	}
}
