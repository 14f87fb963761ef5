package panel

import (
	"fmt"
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"spanwright/app/session"
)

// exchangeBar is the top of the panes of import and export: what the pane is for, what
// comes of it in one sentence, what can be done, and below them how far work has got.
type exchangeBar struct {
	title    *prose
	summary  *prose
	commands *flow
	rail     *rail
	object   *fyne.Container
}

func newExchangeBar(title string, exits *Exits) *exchangeBar {
	b := &exchangeBar{
		title:    newProse(title, inkTone, style{titleSize, fyne.TextStyle{Bold: true}}, 1, insets{}),
		summary:  newProse("", dimTone, style{size: textSize}, 1, insets{}),
		commands: newFlow(exits),
		rail:     newRail(),
	}
	b.object = container.New(exchangeBarLayout{}, newGround(barTone), b.title, b.summary, b.commands, newGround(lineTone), b.rail)
	return b
}

// set shows what comes of it, and what can be done.
func (b *exchangeBar) set(summary string, t tone, commands []item) {
	b.summary.set(summary, t)
	b.commands.set(commands)
	b.object.Layout.Layout(b.object.Objects, b.object.Size())
}

// exchangeBarLayout puts the title at the left, the commands at the right and the summary
// between them or, where that leaves too little for it, below them.
type exchangeBarLayout struct{}

const (
	narrowBar    = 860 // width below which the summary has a line of its own
	barSaysBelow = 22  // height of that line
)

// exchangeBarTall returns the height of the bar in a page of that width.
func exchangeBarTall(width float32) float32 {
	if width < narrowBar {
		return barTall + barSaysBelow
	}
	return barTall
}

func (exchangeBarLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(300, barTall) }

func (exchangeBarLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	place(o[0], 0, 0, size.Width, size.Height)
	title, summary, commands := o[1].(*prose), o[2].(*prose), o[3].(*flow)
	room := title.natural() + 2
	place(title, rowInset, 6, room, barTall-6)
	var wide float32
	for i := range commands.items {
		wide += commands.items[i].natural() + itemGap
	}
	x, line := rowInset+room+16, summary.style.lineHeight()
	if size.Width < narrowBar {
		wide = min(wide, size.Width-x-rowInset)
		place(summary, rowInset, barTall-2, size.Width-2*rowInset, line)
	} else {
		wide = min(wide, size.Width*0.6)
		place(summary, x, (size.Height-line)/2, max(0, size.Width-wide-rowInset-16-x), size.Height)
	}
	place(commands, size.Width-wide-rowInset, (barTall-flowLine)/2, wide+1, flowLine)
	place(o[4], 0, size.Height-1, size.Width, 1)
	place(o[5], 0, size.Height-3, size.Width, 3)
}

// rail is a thin line whose part that is done is lit; it is not to be seen without work.
type rail struct {
	widget.BaseWidget
	share float32 // below 0 for none
	done  *canvas.Rectangle
}

func newRail() *rail {
	r := &rail{share: -1, done: canvas.NewRectangle(color.Transparent)}
	r.ExtendBaseWidget(r)
	return r
}

func (r *rail) set(running bool, p session.Pace) {
	share := float32(-1)
	if running {
		share = 0
		if p.Total > 0 {
			share = float32(p.Done) / float32(p.Total)
		}
	}
	if share != r.share {
		r.share = share
		r.Refresh()
	}
}

// CreateRenderer draws the part that is done.
func (r *rail) CreateRenderer() fyne.WidgetRenderer {
	layout := func(size fyne.Size) { place(r.done, 0, 0, size.Width*max(0, r.share), size.Height) }
	paint := func() {
		r.done.FillColor = palette().Focus
		if r.share < 0 {
			r.done.FillColor = color.Transparent
		}
	}
	paint()
	return drawing{
		objects: func() []fyne.CanvasObject { return []fyne.CanvasObject{r.done} },
		layout:  layout,
		minSize: func() fyne.Size { return fyne.NewSize(1, 1) },
		refresh: func() { paint(); layout(r.Size()); canvas.Refresh(r) },
	}
}

// InBytes tells how far work is that is counted in bytes, as "12.4 of 80.1 MB · 8.2 MB/s · 9 s left".
func InBytes(p session.Pace) string {
	const mega = 1e6
	text := fmt.Sprintf("%.1f of %.1f MB", float64(p.Done)/mega, float64(p.Total)/mega)
	if rate := p.Rate(); rate > 0 {
		text += fmt.Sprintf(" · %.1f MB/s", rate/mega)
	}
	return text + timeLeft(p)
}

// InDocuments tells how far work is that is counted in documents.
func InDocuments(p session.Pace) string {
	text := fmt.Sprintf("%d of %d documents", p.Done, p.Total)
	if rate := p.Rate(); rate > 0 {
		text += fmt.Sprintf(" · %.0f/s", rate)
	}
	return text + timeLeft(p)
}

func timeLeft(p session.Pace) string {
	left, known := p.Left()
	switch {
	case !known:
		return ""
	case left < time.Minute:
		return fmt.Sprintf(" · %.0f s left", left.Seconds())
	}
	return fmt.Sprintf(" · %.0f min left", left.Minutes())
}

// counted returns "1 span" or "2 spans".
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
