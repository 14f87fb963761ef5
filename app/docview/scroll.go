package docview

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"spanwright/annotate"
)

// Reveal scrolls so that f can be seen with some of what stands around it. What
// can be seen so already does not move.
func (v *View) Reveal(f annotate.Fragment) {
	v.reveal(f)
	v.Refresh()
}

func (v *View) reveal(f annotate.Fragment) {
	if f == (annotate.Fragment{}) {
		return
	}
	if v.layout == nil {
		v.relayout(v.Size())
	}
	if v.layout == nil {
		return
	}
	g, pitch := &v.geometry, v.painter.metrics.pitch
	v.keepingPlace(func() bool { // what is asked about may not be laid out yet
		v.layout.LineOf(f.Start)
		v.layout.LineOf(max(f.Start, f.End-1))
		return true
	})
	top := v.layout.LineOf(f.Start).Top + g.top
	bottom := v.layout.LineOf(max(f.Start, f.End-1)).Top + g.top + pitch
	margin := math.Min(math.Max(pitch, stripRoom*g.scale), math.Max(0, (g.height-pitch)/3))
	switch {
	case top-v.offset >= margin && bottom-v.offset <= g.height-margin:
	case bottom-top > g.height-2*margin && top < v.offset+g.height-pitch && bottom > v.offset+pitch:
		// It is larger than the pane and fills some of it already.
	case bottom-top > g.height-2*margin || top < v.offset+margin:
		v.bring(f.Start, margin)
	default:
		v.bring(max(f.Start, f.End-1), g.height-margin-pitch)
	}
}

// revealProposed shows the whole of the frame being assembled, if the pane has room for
// it, and below it the strip.
func (v *View) revealProposed() {
	proposed, _ := v.s.Assembling()
	if proposed == nil || v.layout == nil || v.mouse.acting {
		return
	}
	f := v.extentOf(proposed)
	first, last := v.lineAt(f.Start), v.lineAt(max(f.Start, f.End-1))
	if last.Top+last.Height-first.Top <= v.geometry.height-2*stripRoom*v.geometry.scale {
		v.reveal(f)
	}
}

// bring scrolls so that the top of the line that holds a byte offset stands at y
// in the pane, in device pixels. The lines that come into sight above it are laid
// out first, as their heights were only estimated.
func (v *View) bring(offset int, y float64) {
	g := &v.geometry
	for range 8 {
		before := v.offset
		v.offset = math.Max(0, math.Round(v.layout.LineOf(offset).Top+g.top-y))
		if v.offset == before {
			break
		}
		v.layout.Lines(v.offset-g.top, v.offset-g.top+g.height)
	}
	v.limitOffset()
}

// ScrollTo puts the line that holds a byte offset at the pane's top.
func (v *View) ScrollTo(offset int) {
	if v.layout == nil {
		v.relayout(v.Size())
	}
	if v.layout == nil {
		return
	}
	v.bring(offset, 0)
	v.Refresh()
}

// Top returns the byte offset of the line at the pane's top.
func (v *View) Top() int {
	if v.layout == nil {
		return 0
	}
	return v.layout.AnchorAt(v.offset - v.geometry.top).Offset
}

// scrollBy moves by device pixels. Over short distances the lines on screen move
// by just that, whatever lies between them and the document's top.
func (v *View) scrollBy(dy float64) {
	if v.layout == nil {
		return
	}
	g := &v.geometry
	if math.Abs(dy) < 2*g.height {
		v.keepingPlace(func() bool {
			v.layout.Lines(v.offset+dy-g.top, v.offset+dy-g.top+g.height)
			return true
		})
	}
	v.card.hide()
	v.offset += dy
	v.limitOffset()
	v.Refresh()
}

// wheelStep is how far, in units of the toolkit's own scrolling, a wheel moves the text.
const wheelStep = 1.6

// Scrolled turns the wheel into scrolling, with Ctrl into zoom.
func (v *View) Scrolled(e *fyne.ScrollEvent) {
	v.s.Active()
	if v.o.Modifiers()&fyne.KeyModifierShortcutDefault != 0 {
		if v.o.ZoomBy != nil && e.Scrolled.DY != 0 {
			v.o.ZoomBy(int(math.Copysign(1, float64(e.Scrolled.DY))))
		}
		return
	}
	v.scrollBy(-float64(e.Scrolled.DY) * wheelStep * v.geometry.scale)
}

// scrollBar shows which part of the document is in the pane.
type scrollBar struct {
	thumb  *canvas.Rectangle
	shown  bool
	top    float64 // device pixels
	height float64
}

func (b *scrollBar) init() {
	b.thumb = canvas.NewRectangle(color.Transparent)
	b.thumb.CornerRadius = 3
}

const (
	barWidth   = 6.0
	barInset   = 3.0
	leastThumb = 28.0
)

func (b *scrollBar) place(v *View) {
	g := &v.geometry
	content := v.contentHeight()
	b.shown = v.layout != nil && content > g.height && g.height > 0
	if !b.shown {
		return
	}
	b.height = math.Min(g.height, math.Max(leastThumb*g.scale, g.height*g.height/content))
	b.top = (g.height - b.height) * v.offset / (content - g.height)
	ink := v.palette.Ink
	ink.A = 0x38
	if v.mouse.onBar || v.mouse.act == scrolling {
		ink.A = 0x70
	}
	if b.thumb.FillColor != color.Color(ink) {
		b.thumb.FillColor = ink
		b.thumb.Refresh()
	}
	b.thumb.Move(v.units(g.width-(barWidth+barInset)*g.scale, b.top))
	b.thumb.Resize(v.unitSize(barWidth*g.scale, b.height))
}

func (b *scrollBar) objects() []fyne.CanvasObject {
	if !b.shown {
		return nil
	}
	return []fyne.CanvasObject{b.thumb}
}

// holds reports whether a place of the pane, in device pixels, belongs to the bar.
func (b *scrollBar) holds(v *View, x float64) bool {
	return b.shown && x >= v.geometry.width-barRoom*v.geometry.scale
}

// drag scrolls so that the thumb's top comes to y, in device pixels.
func (b *scrollBar) drag(v *View, y float64) {
	g := &v.geometry
	if room := g.height - b.height; room > 0 {
		v.offset = math.Max(0, math.Min(1, y/room)) * (v.contentHeight() - g.height)
		v.limitOffset()
		v.Refresh()
	}
}
