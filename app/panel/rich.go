package panel

import (
	"image/color"
	"net/url"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"spanwright/app/lettering"
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
	text  *lettering.Text
	link  string
	zones []zone // of a set line, whose words may stand in several orders
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
	barWidth   = 2
)

func (r *rich) heightFor(width float32) float32 {
	r.arrange(width)
	return r.height
}

// fitting returns the greatest height up to height at which no line is cut; one line at least.
func (r *rich) fitting(height, width float32) float32 {
	r.arrange(width)
	var fits float32
	for _, p := range r.pieces {
		if bottom := p.text.Position().Y + p.text.Size().Height; fits == 0 || bottom > fits && bottom <= height {
			fits = bottom
		}
	}
	return fits
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
	fromRight := b.fromRight()
	top, bar := y, left
	switch b.kind {
	case itemBlock:
		indent, s := float32(b.depth+1)*itemIndent, b.runStyle(run{})
		at := left + indent - 4 - s.width(b.marker)
		if fromRight {
			at, right = right-indent+4, right-indent
		} else {
			left += indent
		}
		r.put(b, y, piece{}, b.marker, s, at)
	case quoteBlock:
		if fromRight {
			bar, right = right-barWidth, right-barIndent
		} else {
			left += barIndent
		}
	}
	if b.plain() {
		y = r.layWords(b, left, right, y)
	} else {
		y = r.layLines(b, left, right, y)
	}
	if b.kind == quoteBlock {
		line := canvas.NewRectangle(color.Transparent)
		place(line, bar, top+1, barWidth, y-top-2)
		r.bars = append(r.bars, line)
	}
	return y
}

// put adds a text at x in the line at y.
func (r *rich) put(b *block, y float32, p piece, text string, s style, x float32) {
	p.text = s.newText(r.again)
	p.text.Set(text)
	place(p.text, x, y, s.width(text), b.runStyle(run{}).lineHeight())
	r.pieces = append(r.pieces, p)
}

// layWords sets a block that the toolkit can show, each run in a style of its own.
func (r *rich) layWords(b *block, left, right, y float32) float32 {
	tall := b.runStyle(run{}).lineHeight()
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
					r.put(b, y, piece{link: words.link}, text, s, from)
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
	return y + tall
}

// again sets the text anew.
func (r *rich) again() {
	r.width = 0
	r.arrange(r.Size().Width)
	r.Refresh()
}

func (r *rich) paint() {
	p := palette()
	for _, piece := range r.pieces {
		ink := r.tone(p)
		if piece.link != "" {
			ink = p.Focus
		}
		piece.text.SetColor(ink)
		piece.mark(p)
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
		if pos.X < at.X || pos.X >= at.X+size.Width || pos.Y < at.Y || pos.Y >= at.Y+size.Height {
			continue
		}
		if link := p.linkAt(pos.X - at.X); link != "" {
			return link
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
