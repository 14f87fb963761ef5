package panel

import (
	"cmp"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"spanwright/app/lettering"
	"spanwright/app/theme"
)

// rowContent is what a row of a list shows, from left to right. Empty parts take no room.
type rowContent struct {
	mark   string // one symbol of the bundled monospace font, or a key
	keycap bool   // mark is a key
	swatch string // #rrggbb
	label  string // in a column of its own, dim
	text   string
	faint  bool // text is dim
	ends   bool // text loses its end where it is too long, not its middle
	open   bool // people talk about it: a speech bubble at the right
	count  string

	tint    string // #rrggbb laid thinly under the row; "focus" for the accent
	current bool   // an accent bar at the left
	heading bool   // text is the heading of the rows below
	level   int    // steps that the row is moved to the right
	bad     bool   // mark and count tell of something wrong
	cursor  bool   // the keyboard is here
}

// Places of a row's parts, in toolkit units.
const (
	rowInset     = 12
	rowGap       = 8
	markWidth    = 14
	keycapWidth  = 20
	swatchWidth  = 12
	labelWidth   = 66
	countWidth   = 34
	accentWidth  = 3
	bubbleWidth  = 11
	bubbleHeight = 9
	bubbleRound  = 4
	currentShare = 0.12 // of the accent in the current row
	labelShare   = 0.16 // of a label's colour in its armed row
	levelWidth   = 16
)

var (
	rowStyle   = style{size: textSize}
	countStyle = style{size: smallSize}
	markStyle  = style{15, fyne.TextStyle{Monospace: true}}
	keyStyle   = style{headingSize, fyne.TextStyle{Monospace: true}}
)

// row is one line of a list. It is used again for other content while scrolling.
type row struct {
	widget.BaseWidget
	list    *list
	index   int
	content rowContent
	hovered bool

	ground, accent, outline, cap, swatch, bubble *canvas.Rectangle
	mark, count                                  *canvas.Text
	label, text                                  *lettering.Text
}

func newRow(l *list) *row {
	rect := func() *canvas.Rectangle { return canvas.NewRectangle(color.Transparent) }
	text := func(s style) *canvas.Text {
		t := canvas.NewText("", color.Transparent)
		t.TextSize, t.TextStyle = s.size, s.TextStyle
		return t
	}
	r := &row{
		list: l, index: -1, ground: rect(), accent: rect(), outline: rect(), cap: rect(), swatch: rect(), bubble: rect(),
		mark: text(markStyle), count: text(countStyle),
	}
	r.label, r.text = rowStyle.newText(r.again), rowStyle.newText(r.again)
	r.cap.CornerRadius, r.swatch.CornerRadius, r.outline.CornerRadius = 4, 3, 4
	r.cap.StrokeWidth, r.outline.StrokeWidth = 1, 1.5
	// One sharp corner, where it points at who speaks.
	r.bubble.TopLeftCornerRadius, r.bubble.TopRightCornerRadius, r.bubble.BottomRightCornerRadius = bubbleRound, bubbleRound, bubbleRound
	r.mark.Alignment, r.count.Alignment = fyne.TextAlignCenter, fyne.TextAlignTrailing
	r.ExtendBaseWidget(r)
	return r
}

// set shows the i-th row of the list.
func (r *row) set(i int, c rowContent) {
	if i == r.index && c == r.content {
		return
	}
	r.index, r.content = i, c
	r.arrange(r.Size())
	r.Refresh()
}

// again sets the texts anew.
func (r *row) again() {
	r.arrange(r.Size())
	r.Refresh()
}

func (r *row) arrange(size fyne.Size) {
	if size.Width <= 0 {
		return
	}
	c := &r.content
	place(r.ground, 0, 0, size.Width, size.Height)
	place(r.accent, 0, 0, accentWidth, size.Height)
	place(r.outline, 2, 1, size.Width-4, size.Height-2)
	x := cmp.Or(r.list.inset, rowInset) + float32(c.level*levelWidth)
	line := func(t fyne.CanvasObject, x, width float32) {
		h := t.MinSize().Height
		place(t, x, (size.Height-h)/2, width, h)
	}
	show := func(o fyne.CanvasObject, shown bool) bool {
		if shown {
			o.Show()
		} else {
			o.Hide()
		}
		return shown
	}
	r.mark.Text, r.mark.TextSize = c.mark, markStyle.size
	if c.keycap {
		r.mark.TextSize = keyStyle.size
	}
	if show(r.cap, c.keycap) {
		place(r.cap, x, (size.Height-17)/2, keycapWidth, 17)
		line(r.mark, x, keycapWidth)
		x += keycapWidth + rowGap
	} else if show(r.mark, c.mark != "") {
		line(r.mark, x-2, markWidth)
		x += markWidth + rowGap
	}
	show(r.mark, c.mark != "")
	if show(r.swatch, c.swatch != "") {
		place(r.swatch, x, (size.Height-swatchWidth)/2, swatchWidth, swatchWidth)
		x += swatchWidth + rowGap
	}
	if show(r.label, c.label != "") {
		r.label.Set(rowStyle.fit(c.label, labelWidth))
		line(r.label, x, labelWidth)
		x += labelWidth + rowGap
	}
	room := size.Width - rowInset - x
	if show(r.count, c.count != "") {
		r.count.Text = c.count
		line(r.count, size.Width-rowInset-countWidth, countWidth)
		room -= countStyle.width(c.count) + rowGap
	}
	if show(r.bubble, c.open) {
		place(r.bubble, x+room-bubbleWidth, (size.Height-bubbleHeight)/2, bubbleWidth, bubbleHeight)
		room -= bubbleWidth + rowGap
	}
	s := rowStyle
	if c.heading {
		s = style{headingSize, fyne.TextStyle{Bold: true}}
	}
	r.text.SetStyle(s.set())
	if c.label == "" && !c.ends {
		r.text.Set(s.fitMiddle(c.text, room))
	} else {
		r.text.Set(s.fit(c.text, room))
	}
	line(r.text, x, room)
}

func (r *row) paint() {
	p, c := palette(), &r.content
	var clear color.NRGBA
	r.ground.FillColor = clear
	switch {
	case c.tint == "focus":
		r.ground.FillColor = theme.Mix(p.Pane, p.Focus, currentShare)
	case c.tint != "":
		r.ground.FillColor = theme.Mix(p.Pane, p.Label(c.tint).Line, labelShare)
	case r.hovered:
		r.ground.FillColor = p.Hover
	}
	choose := func(on bool, c color.NRGBA) color.NRGBA {
		if on {
			return c
		}
		return clear
	}
	r.accent.FillColor = choose(c.current, p.Focus)
	r.outline.StrokeColor = choose(c.cursor, p.Focus)
	r.cap.StrokeColor = p.Edge
	if c.swatch != "" {
		r.swatch.FillColor = p.Label(c.swatch).Line
	}
	r.bubble.FillColor = p.Dim
	r.mark.Color = p.Ink
	if c.keycap {
		r.mark.Color = p.Dim
	}
	r.count.Color = p.Dim
	r.label.SetColor(p.Dim)
	if c.faint || c.heading {
		r.text.SetColor(p.Dim)
	} else {
		r.text.SetColor(p.Ink)
	}
	if c.bad {
		r.count.Color = p.Bad
		if !c.keycap {
			r.mark.Color = p.Bad
		}
	}
}

// CreateRenderer draws the row.
func (r *row) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{r.ground, r.accent, r.cap, r.swatch, r.bubble, r.mark, r.label, r.text, r.count, r.outline}
	r.paint()
	return drawing{
		objects: func() []fyne.CanvasObject { return objects },
		layout:  r.arrange,
		minSize: func() fyne.Size { return fyne.NewSize(60, r.list.rowHeight) },
		refresh: func() { r.paint(); canvas.Refresh(r) },
	}
}

// MouseDown picks the row.
func (r *row) MouseDown(e *desktop.MouseEvent) {
	if e.Button == desktop.MouseButtonPrimary {
		r.list.picked(r.index)
	}
}

// MouseUp has nothing to do: the press already did it.
func (r *row) MouseUp(*desktop.MouseEvent) {}

// MouseIn lights the row up.
func (r *row) MouseIn(*desktop.MouseEvent) { r.hover(true) }

// MouseMoved has nothing to do.
func (r *row) MouseMoved(*desktop.MouseEvent) {}

// MouseOut puts the light out.
func (r *row) MouseOut() { r.hover(false) }

func (r *row) hover(in bool) {
	r.hovered = in
	r.Refresh()
	if in {
		r.list.point(r.index)
	} else {
		r.list.point(-1)
	}
}
