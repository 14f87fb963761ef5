package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// saidLine is a comment of a thread: who wrote it and when, what can be done with it,
// and below that its words. Answers are indented. It is one stop for the keyboard even
// where nothing can be done, so that a long thread can be read without a mouse.
type saidLine struct {
	widget.BaseWidget
	id     string
	indent float32
	head   *flow
	words  *prose
	bar    *canvas.Rectangle
}

const answerIndent = 14

func newSaidLine(f *field, exits *Exits) *saidLine {
	l := &saidLine{
		id: f.key, head: newFlow(exits), words: newProse("", inkTone, style{size: textSize}, 0, insets{}),
		bar: canvas.NewRectangle(nil),
	}
	l.ExtendBaseWidget(l)
	l.show(f)
	return l
}

func (l *saidLine) key() string  { return l.id }
func (l *saidLine) stop() target { return l.head }

func (l *saidLine) show(f *field) {
	l.indent = 0
	if f.answer {
		l.indent = answerIndent
	}
	l.head.set(f.items)
	tone := inkTone
	if f.faint {
		tone = dimTone
	}
	l.words.set(f.text, tone)
	l.Refresh()
}

func (l *saidLine) heightFor(width float32) float32 {
	w := l.room(width)
	return linePad + l.head.heightFor(w) + l.words.heightFor(w) + linePad
}

func (l *saidLine) room(width float32) float32 {
	return max(leastValue, width-2*rowInset-l.indent)
}

// CreateRenderer draws the comment.
func (l *saidLine) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{l.bar, l.head, l.words}
	layout := func(size fyne.Size) {
		x, w := rowInset+l.indent, l.room(size.Width)
		h := l.head.heightFor(w)
		place(l.head, x, linePad, w, h)
		place(l.words, x, linePad+h, w, l.words.heightFor(w))
		place(l.bar, x-6, linePad+2, 2, size.Height-2*linePad-2)
	}
	paint := func() {
		p := palette()
		switch {
		case l.head.focused:
			l.bar.FillColor = p.Focus
		default:
			l.bar.FillColor = p.Line
		}
	}
	paint()
	return drawing{
		objects: func() []fyne.CanvasObject { return objects },
		layout:  layout,
		minSize: func() fyne.Size { return fyne.NewSize(80, l.heightFor(l.Size().Width)) },
		refresh: func() { paint(); layout(l.Size()); canvas.Refresh(l) },
	}
}
