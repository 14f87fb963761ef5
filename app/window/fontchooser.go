package window

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"spanwright/app/docview"
)

// builtIn is what the font that comes with the program is called.
const builtIn = "Built-in (Noto Sans)"

// fontChooser picks the font of the document's text.
type fontChooser struct {
	window   *Window
	popup    *widget.PopUp
	entry    *pickEntry
	list     *widget.List
	sample   *docview.Sample
	families []string // the built-in one first, as ""
	shown    []string
	at       int
}

// chooserHeight is the most the chooser takes, in device-independent pixels.
const chooserHeight = 520

func (w *Window) showFonts() *fontChooser {
	c := &fontChooser{window: w, families: []string{""}}
	if family := w.settings.font(); family != "" {
		c.families = append(c.families, family) // until all are known
	}
	c.entry = newPickEntry("part of a font’s name…", c.key)
	c.entry.OnChanged = c.search
	c.sample = w.view.Sample(w.fonts.WithFamily(w.settings.font()))
	c.list = widget.NewList(func() int { return len(c.shown) }, func() fyne.CanvasObject { return widget.NewLabel("") }, func(i int, o fyne.CanvasObject) {
		o.(*widget.Label).SetText(fontTitle(c.shown[i]))
	})
	c.list.OnSelected = c.show
	c.search("")
	cancel, take := widget.NewButton("Cancel", c.close), widget.NewButton("Use this font", c.take)
	take.Importance = widget.HighImportance
	buttons := container.NewBorder(nil, nil, nil, container.NewHBox(cancel, take))
	below := container.NewVBox(widget.NewSeparator(), c.sample, widget.NewSeparator(), buttons)
	c.popup = widget.NewModalPopUp(container.NewPadded(container.NewBorder(c.entry, below, nil, nil, c.list)), w.win.Canvas())
	size := w.win.Canvas().Size()
	c.popup.Resize(fyne.NewSize(min(dialogWidth, size.Width-40), min(chooserHeight, size.Height-80)))
	c.popup.Show()
	w.win.Canvas().Focus(c.entry)
	go func() {
		families := w.installed.Families()
		w.post(func() {
			c.families = append([]string{""}, families...)
			c.search(c.entry.Text)
		})
	}()
	return c
}

func fontTitle(family string) string {
	if family == "" {
		return builtIn
	}
	return family
}

// search lists the families whose names have all the words of text, and selects the
// one in use or else the first.
func (c *fontChooser) search(text string) {
	words := strings.Fields(strings.ToLower(text))
	c.shown = slices.DeleteFunc(slices.Clone(c.families), func(family string) bool {
		title := strings.ToLower(fontTitle(family))
		return slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(title, word) })
	})
	c.list.Refresh()
	c.list.UnselectAll()
	if len(c.shown) > 0 {
		c.list.Select(max(0, slices.Index(c.shown, c.window.settings.font())))
	}
}

// show shows the sample in the font of a row.
func (c *fontChooser) show(row int) {
	c.at = row
	c.sample.SetFonts(c.window.fonts.WithFamily(c.shown[row]))
	if c.popup != nil {
		c.window.win.Canvas().Focus(c.entry) // a click on the row took it
	}
}

// key moves in the list, takes what is selected on Enter, and closes on Esc.
func (c *fontChooser) key(name fyne.KeyName) bool {
	const page = 8
	switch name {
	case fyne.KeyDown:
		c.move(1)
	case fyne.KeyUp:
		c.move(-1)
	case fyne.KeyPageDown:
		c.move(page)
	case fyne.KeyPageUp:
		c.move(-page)
	case fyne.KeyReturn, fyne.KeyEnter:
		c.take()
	case fyne.KeyEscape:
		c.close()
	default:
		return false
	}
	return true
}

func (c *fontChooser) move(rows int) {
	if len(c.shown) > 0 {
		c.list.Select(max(0, min(c.at+rows, len(c.shown)-1)))
	}
}

func (c *fontChooser) close() {
	c.popup.Hide()
	c.window.focusText()
}

// take sets the text in the selected font.
func (c *fontChooser) take() {
	if c.at >= len(c.shown) {
		return
	}
	family := c.shown[c.at]
	c.close()
	c.window.setFont(family)
}
