package panel

import (
	"image/color"
	"net/url"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// rich is text in Markdown, wrapped to its width; a click follows a link.
type rich struct {
	widget.BaseWidget
	source string
	blocks []block
	tone   tone
	pad    insets

	width, height float32
	pieces        []piece
	bars          []*canvas.Rectangle // at the left of quotations
	hovered       string              // link under the pointer
}

// piece is words of one run in one line.
type piece struct {
	text *canvas.Text
	link string
}

func newRich(t tone, pad insets) *rich {
	r := &rich{tone: t, pad: pad}
	r.ExtendBaseWidget(r)
	return r
}

// set shows another text. It reports whether it is another one.
func (r *rich) set(source string) bool {
	if source == r.source {
		return false
	}
	r.source, r.blocks, r.width = source, parseMarkdown(source), 0
	r.arrange(r.Size().Width)
	r.Refresh()
	return true
}

const (
	blockGap   = 4  // between paragraphs
	itemIndent = 14 // of a list
	barIndent  = 10 // of a quotation
)

func (r *rich) heightFor(width float32) float32 {
	r.arrange(width)
	return r.height
}

// runStyle returns how a run is set in a block.
func (b *block) runStyle(s run) style {
	size := float32(smallSize)
	if b.kind == headingBlock {
		size = textSize
	}
	return style{size, fyne.TextStyle{Bold: s.bold, Italic: s.italic && !s.mono, Monospace: s.mono}}
}

func (r *rich) arrange(width float32) {
	if width <= 0 || width == r.width {
		return
	}
	r.width, r.pieces, r.bars = width, nil, nil
	y := r.pad.top
	for i := range r.blocks {
		b := &r.blocks[i]
		if i > 0 && (b.kind != r.blocks[i-1].kind || b.kind == paragraphBlock || b.kind == headingBlock) {
			y += blockGap
		}
		y = r.lay(b, y)
	}
	r.height = y + r.pad.bottom
	r.paint()
}

// lay sets one block from y on and returns where it ends.
func (r *rich) lay(b *block, y float32) float32 {
	left, right := r.pad.left, r.width-r.pad.right
	tall := b.runStyle(run{}).lineHeight()
	put := func(text string, s style, link string, x float32) {
		t := canvas.NewText(text, color.Transparent)
		t.TextSize, t.TextStyle = s.size, s.TextStyle
		place(t, x, y, s.width(text), tall)
		r.pieces = append(r.pieces, piece{t, link})
	}
	top := y
	switch b.kind {
	case itemBlock:
		left += float32(b.depth+1) * itemIndent
		s := b.runStyle(run{})
		put(b.marker, s, "", left-4-s.width(b.marker))
	case quoteBlock:
		left += barIndent
	}
	x, blank := left, false
	for _, words := range b.runs {
		s := b.runStyle(words)
		gap := s.width(" ")
		for n, line := range strings.Split(words.text, "\n") {
			if n > 0 {
				x, y, blank = left, y+tall, false
			}
			blank = blank || strings.HasPrefix(line, " ")
			var text string
			from := x
			flush := func() {
				if text != "" {
					put(text, s, words.link, from)
				}
				text = ""
			}
			for _, w := range s.words(line, right-left) {
				space := float32(0)
				if x > left && (blank || text != "" && !w.joined) {
					space = gap
				}
				if x > left && x+space+w.width > right {
					flush()
					x, y, space = left, y+tall, 0
				}
				if text == "" {
					from = x + space
				} else if space > 0 {
					text += " "
				}
				text += w.text
				x += space + w.width
				blank = false
			}
			flush()
			blank = blank || strings.HasSuffix(line, " ")
		}
	}
	y += tall
	if b.kind == quoteBlock {
		bar := canvas.NewRectangle(color.Transparent)
		place(bar, r.pad.left, top+1, 2, y-top-2)
		r.bars = append(r.bars, bar)
	}
	return y
}

func (r *rich) paint() {
	p := palette()
	for _, piece := range r.pieces {
		piece.text.Color = r.tone(p)
		if piece.link != "" {
			piece.text.Color = p.Focus
		}
	}
	for _, bar := range r.bars {
		bar.FillColor = p.Edge
	}
}

// CreateRenderer draws the words.
func (r *rich) CreateRenderer() fyne.WidgetRenderer {
	return drawing{
		objects: func() []fyne.CanvasObject {
			objects := make([]fyne.CanvasObject, 0, len(r.pieces)+len(r.bars))
			for _, bar := range r.bars {
				objects = append(objects, bar)
			}
			for _, piece := range r.pieces {
				objects = append(objects, piece.text)
			}
			return objects
		},
		layout:  func(size fyne.Size) { r.arrange(size.Width) },
		minSize: func() fyne.Size { return fyne.NewSize(40, r.pad.top+r.pad.bottom) },
		refresh: func() { r.paint(); canvas.Refresh(r) },
	}
}

func (r *rich) linkAt(pos fyne.Position) string {
	for _, p := range r.pieces {
		at, size := p.text.Position(), p.text.Size()
		if p.link != "" && pos.X >= at.X && pos.X < at.X+size.Width && pos.Y >= at.Y && pos.Y < at.Y+size.Height {
			return p.link
		}
	}
	return ""
}

// MouseDown follows the link under the pointer, if it leads to the web.
func (r *rich) MouseDown(e *desktop.MouseEvent) {
	u, err := url.Parse(r.linkAt(e.Position))
	if err == nil && (u.Scheme == "https" || u.Scheme == "http") && e.Button == desktop.MouseButtonPrimary {
		_ = fyne.CurrentApp().OpenURL(u) // where there is no browser nothing opens, which one sees
	}
}

// MouseUp has nothing to do: the press already did it.
func (r *rich) MouseUp(*desktop.MouseEvent) {}

// MouseIn notes what is under the pointer.
func (r *rich) MouseIn(e *desktop.MouseEvent) { r.hovered = r.linkAt(e.Position) }

// MouseMoved notes what is under the pointer.
func (r *rich) MouseMoved(e *desktop.MouseEvent) { r.hovered = r.linkAt(e.Position) }

// MouseOut forgets it.
func (r *rich) MouseOut() { r.hovered = "" }

// Cursor shows a hand over a link.
func (r *rich) Cursor() desktop.Cursor {
	if r.hovered != "" {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}
