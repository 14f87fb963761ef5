package panel

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"spanwright/app/lettering"
)

// insets are the empty edges of a widget.
type insets struct{ left, top, right, bottom float32 }

// prose is text in one tone, wrapped to its width.
type prose struct {
	widget.BaseWidget
	text  string
	tone  tone
	style style
	limit int // lines; 0 means as many as it takes
	pad   insets

	self  fyne.Widget // the widget it is part of, as the toolkit knows it
	lines []*lettering.Text
	width float32 // that lines are wrapped to
}

func newProse(text string, t tone, s style, limit int, pad insets) *prose {
	p := &prose{text: text, tone: t, style: s, limit: limit, pad: pad}
	p.extend(p)
	return p
}

func (p *prose) extend(self fyne.Widget) {
	p.self = self
	p.ExtendBaseWidget(self)
}

// newHeading returns the small capitals above a part of a panel.
func newHeading(text string) *prose {
	return newProse(text, dimTone, style{headingSize, fyne.TextStyle{Bold: true}}, 1, insets{12, 10, 12, 3})
}

// newProblem returns a sentence that says what is wrong.
func newProblem(text string) *prose {
	return newProse(text, badTone, style{size: smallSize}, 4, insets{12, 1, 12, 1})
}

// set changes text and tone.
func (p *prose) set(text string, t tone) {
	if text == p.text && t(palette()) == p.tone(palette()) {
		return
	}
	if text != p.text {
		p.text, p.width = text, 0
	}
	p.tone = t
	p.wrapTo(p.Size().Width)
	p.Refresh()
}

func (p *prose) heightFor(width float32) float32 {
	if p.text == "" && p.limit == 0 {
		return 0
	}
	n := 1
	if p.limit != 1 {
		n = len(p.style.lines(p.text, width-p.pad.left-p.pad.right, p.limit))
	}
	return p.pad.top + float32(n)*p.style.lineHeight() + p.pad.bottom
}

func (p *prose) wrapTo(width float32) {
	if width == p.width || width <= 0 {
		return
	}
	p.width = width
	room := width - p.pad.left - p.pad.right
	var wrapped []proseLine
	if p.limit == 1 {
		text, marked := strings.CutSuffix(p.text, wantedMark) // which is never cut off
		if marked {
			room -= p.style.width(wantedMark)
		}
		text = p.style.fit(text, room)
		if marked {
			text += wantedMark
		}
		wrapped = []proseLine{{text: text}}
	} else {
		wrapped = p.style.lines(p.text, room, p.limit)
	}
	p.lines = p.lines[:0]
	for i, line := range wrapped {
		t := p.style.newText(p.again)
		line.show(t)
		t.SetColor(p.tone(palette()))
		place(t, p.pad.left, p.pad.top+float32(i)*p.style.lineHeight(), room, p.style.lineHeight())
		p.lines = append(p.lines, t)
	}
}

// again wraps the text anew.
func (p *prose) again() {
	p.width = 0
	p.wrapTo(p.Size().Width)
	p.Refresh()
}

// CreateRenderer draws the lines.
func (p *prose) CreateRenderer() fyne.WidgetRenderer {
	return drawing{
		objects: func() []fyne.CanvasObject {
			objects := make([]fyne.CanvasObject, len(p.lines))
			for i, t := range p.lines {
				objects[i] = t
			}
			return objects
		},
		layout: func(size fyne.Size) { p.wrapTo(size.Width) },
		minSize: func() fyne.Size {
			return fyne.NewSize(p.pad.left+p.pad.right, p.pad.top+p.style.lineHeight()+p.pad.bottom)
		},
		refresh: func() {
			c := p.tone(palette())
			for _, t := range p.lines {
				t.SetColor(c)
			}
			canvas.Refresh(p.self)
		},
	}
}

// natural returns the width that shows the text on one line.
func (p *prose) natural() float32 {
	if p.text == "" {
		return 0
	}
	return p.pad.left + p.style.width(p.text) + p.pad.right
}

// link is a prose that does something when clicked.
type link struct {
	prose
	act func()
}

func newLink(text string, t tone, s style, act func()) *link {
	l := &link{prose: prose{text: text, tone: t, style: s, limit: 1}, act: act}
	l.extend(l)
	return l
}

// MouseDown follows the link.
func (l *link) MouseDown(e *desktop.MouseEvent) {
	if e.Button == desktop.MouseButtonPrimary && l.act != nil {
		l.act()
	}
}

// MouseUp has nothing to do: the press already did it.
func (l *link) MouseUp(*desktop.MouseEvent) {}

// Cursor shows a hand where a click does something.
func (l *link) Cursor() desktop.Cursor {
	if l.act == nil || l.text == "" {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}
