package docview

import (
	"image"
	"image/draw"
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"spanwright/annotate"
	"spanwright/app/theme"
	"spanwright/app/typeset"
)

// Specimen shows a short text with annotations as the pane draws them under a scheme,
// which need not be that of the project. All methods are for the toolkit's goroutine.
type Specimen struct {
	widget.BaseWidget
	fonts   *typeset.Fonts
	scene   scene
	painter *painter
	bold    *typeset.Fonts
	image   *canvas.Image
	after   func(d time.Duration, f func()) // nil where no font is waited for
	waiting bool
	gone    bool      // the renderer was destroyed
	under   *painting // what is being painted, nil for nothing
	// close has the lines stand no further apart than what is drawn needs.
	close bool
}

// NewSpecimen returns an empty specimen in the colours of a variant, its text set in
// fonts and its chips in bold.
func NewSpecimen(fonts, bold *typeset.Fonts, variant fyne.ThemeVariant) *Specimen {
	s := &Specimen{fonts: fonts, bold: bold, image: newImage()}
	s.scene = scene{
		palette: theme.Of(variant), scheme: &annotate.Scheme{}, body: annotate.NewBody(""), layer: annotate.NewLayer("", ""),
		talked: func(annotate.ID) bool { return false },
	}
	s.ExtendBaseWidget(s)
	return s
}

// Close has lines of a text without relations stand as close as in a document whose
// labels are shown.
func (s *Specimen) Close() *Specimen {
	s.close = true
	return s
}

// Await has the specimen painted a few lines at a time, so that keys are answered meanwhile, and
// again when fonts that its text needs have been found; after calls on the toolkit's goroutine.
func (s *Specimen) Await(after func(d time.Duration, f func())) *Specimen {
	s.after = after
	return s
}

// SetVariant shows the specimen in light or dark.
func (s *Specimen) SetVariant(variant fyne.ThemeVariant) {
	s.scene.palette, s.painter = theme.Of(variant), nil
	s.paint(s.Size())
}

// Draw draws a text with a layer under a scheme, and the curves of the focused
// annotation, "" for none.
func (s *Specimen) Draw(scheme *annotate.Scheme, body *annotate.Body, layer *annotate.Layer, focused annotate.ID) {
	s.scene.scheme, s.scene.body, s.scene.layer, s.scene.focused = scheme, body, layer, focused
	s.paint(s.Size())
}

// MinSize returns the height of a line or two.
func (s *Specimen) MinSize() fyne.Size {
	s.ExtendBaseWidget(s)
	return fyne.NewSize(120, 90)
}

// CreateRenderer is the toolkit's way to draw s.
func (s *Specimen) CreateRenderer() fyne.WidgetRenderer {
	s.gone = false
	return &specimenRenderer{s}
}

func (s *Specimen) density() Density {
	if s.close && len(s.scene.layer.Relations()) == 0 {
		return Labels
	}
	return Full
}

// painting is a picture of a specimen that is being painted.
type painting struct {
	whole  *image.RGBA
	scale  float64
	m      metrics
	width  float64
	lines  []typeset.Placed
	arcs   []arc
	above  drawn // the line above the next one
	last   float64
	next   int
	height float64
}

// linesAtOnce is how many lines are painted before something else may be done: a line takes
// a millisecond or two, the first of a script three.
const linesAtOnce = 2

// paint draws the lines that have room in size; what was being painted is given up.
func (s *Specimen) paint(size fyne.Size) {
	scale := canvasScale(s)
	whole := image.NewRGBA(image.Rect(0, 0, int(math.Round(float64(size.Width)*scale)), int(math.Round(float64(size.Height)*scale))))
	s.under = nil
	if whole.Rect.Empty() {
		return
	}
	draw.Draw(whole, whole.Rect, image.NewUniform(s.scene.palette.Pane), image.Point{}, draw.Src)
	m := metricsOf(s.density(), upright, scale)
	if s.painter == nil || s.painter.metrics != m {
		s.painter = newPainter(s.bold, m)
	}
	p := &painting{whole: whole, scale: scale, m: m, width: math.Max(1, float64(whole.Rect.Dx()-2*m.margin)), height: float64(whole.Rect.Dy())}
	p.lines = typeset.NewLayout(s.scene.body, s.fonts, m.style(p.width, typeset.Style{})).Lines(0, p.height)
	p.arcs = s.scene.arcs(s.scene.focused, s.scene.palette.Focus)
	s.under = p
	s.goOn(p)
}

// goOn paints the next lines, and shows the picture once there are no more.
func (s *Specimen) goOn(p *painting) {
	for p == s.under && s.paintLine(p) {
		if s.after != nil && p.next%linesAtOnce == 0 {
			s.after(0, func() { s.goOn(p) })
			return
		}
	}
	if p == s.under {
		s.under = nil
		s.show(p)
	}
}

// paintLine paints the next line; false means that no other has room.
func (s *Specimen) paintLine(p *painting) bool {
	top := p.m.px(firstLineRoom)
	if p.next == len(p.lines) || p.lines[p.next].Top+p.lines[p.next].Height+float64(top) > p.height {
		return false
	}
	line := p.lines[p.next]
	tile := image.NewRGBA(image.Rectangle{Max: p.m.tileSize(p.width)})
	d := s.painter.tile(tile, &s.scene, line.Line, p.width)
	at := image.Pt(0, int(line.Top)+top)
	draw.Draw(p.whole, tile.Rect.Add(at), tile, image.Point{}, draw.Src)
	room := p.m.firstHeadroom()
	if p.next > 0 {
		room = p.m.headroom(&p.above, line.Top-p.last-p.m.pitch)
	}
	if curves := s.painter.curves(line.Line, &d, p.width, room, p.arcs); len(curves) > 0 {
		overlay := image.NewRGBA(image.Rect(0, 0, tile.Rect.Dx(), p.m.overlayHeight(room.ceiling)))
		s.painter.drawCurves(overlay, s.scene.palette.Pane, room, curves, d.chips)
		draw.Draw(p.whole, overlay.Rect.Add(at).Add(image.Pt(0, int(math.Floor(room.ceiling)))), overlay, image.Point{}, draw.Over)
	}
	p.above, p.last = d, line.Top
	p.next++
	return true
}

// show puts a picture into the place of the one before.
func (s *Specimen) show(p *painting) {
	s.image.Image = p.whole
	s.image.Move(fyne.NewPos(float32(nudge/p.scale), float32(nudge/p.scale)))
	s.image.Resize(fyne.NewSize(float32(float64(p.whole.Rect.Dx())/p.scale), float32(float64(p.whole.Rect.Dy())/p.scale)))
	s.image.Refresh()
	s.await()
}

// await paints again once the fonts are there.
func (s *Specimen) await() {
	if s.after == nil || s.waiting || !s.fonts.Awaits() {
		return
	}
	s.waiting = true
	s.after(fontPause, func() {
		s.waiting = false
		if s.gone {
			return
		}
		if s.fonts.Renew() {
			s.paint(s.Size())
		}
		s.await()
	})
}

// specimenRenderer shows the image that the specimen paints.
type specimenRenderer struct{ s *Specimen }

func (r *specimenRenderer) Layout(size fyne.Size) { r.s.paint(size) }

func (r *specimenRenderer) MinSize() fyne.Size { return r.s.MinSize() }

func (r *specimenRenderer) Refresh() { canvas.Refresh(r.s) }

func (r *specimenRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.s.image} }

func (r *specimenRenderer) Destroy() { r.s.gone = true }
