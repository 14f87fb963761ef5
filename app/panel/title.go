package panel

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"spanwright/app/lettering"
)

// titleLine is the chip of a label as it stands in the text, and what it covers.
type titleLine struct {
	widget.BaseWidget
	id    string
	hex   string
	name  string
	chip  *canvas.Rectangle
	label *lettering.Text
	quote *prose
}

const chipTall = 19

var chipStyle = style{smallSize, fyne.TextStyle{Bold: true}}

func newTitleLine(f *field) *titleLine {
	l := &titleLine{
		id: f.key, hex: f.color, name: f.name,
		chip:  canvas.NewRectangle(color.Transparent),
		quote: newProse(f.text, inkTone, style{size: textSize}, 2, insets{}),
	}
	l.chip.CornerRadius = chipTall / 2
	l.label = chipStyle.newText(l.Refresh).Align(fyne.TextAlignCenter)
	l.ExtendBaseWidget(l)
	return l
}

func (l *titleLine) key() string  { return l.id }
func (l *titleLine) stop() target { return nil }

func (l *titleLine) show(f *field) {
	l.hex, l.name = f.color, f.name
	l.quote.set(f.text, inkTone)
	l.Refresh()
}

func (l *titleLine) chipWidth() float32 {
	return min(chipStyle.width(l.name)+2*pillPad, nameWidth+nameGap/2+20)
}

func (l *titleLine) quoteAt() float32 {
	return rowInset + max(nameWidth, l.chipWidth()) + nameGap
}

func (l *titleLine) heightFor(width float32) float32 {
	return max(chipTall, l.quote.heightFor(width-l.quoteAt()-rowInset)) + 2*linePad
}

// CreateRenderer draws the line.
func (l *titleLine) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{l.chip, l.label, l.quote}
	layout := func(size fyne.Size) {
		w := l.chipWidth()
		l.label.Set(chipStyle.fit(l.name, w-2*pillPad+2))
		h := l.label.MinSize().Height
		place(l.chip, rowInset, linePad, w, chipTall)
		place(l.label, rowInset, linePad+(chipTall-h)/2, w, h)
		x := l.quoteAt()
		place(l.quote, x, linePad, size.Width-x-rowInset, size.Height-2*linePad)
	}
	paint := func() {
		c := palette().Label(l.hex)
		l.chip.FillColor = c.Chip
		l.label.SetColor(c.ChipText)
	}
	paint()
	return drawing{
		objects: func() []fyne.CanvasObject { return objects },
		layout:  layout,
		minSize: func() fyne.Size { return fyne.NewSize(80, chipTall+2*linePad) },
		refresh: func() { paint(); layout(l.Size()); canvas.Refresh(l) },
	}
}
