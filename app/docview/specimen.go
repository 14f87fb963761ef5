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
	gone    bool // the renderer was destroyed
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

// Await has the specimen painted again when fonts that its text needs have been found;
// after calls on the toolkit's goroutine.
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
func (s *Specimen) CreateRenderer() fyne.WidgetRenderer { return &specimenRenderer{s} }

func (s *Specimen) density() Density {
	if s.close && len(s.scene.layer.Relations()) == 0 {
		return Labels
	}
	return Full
}

// paint draws the lines that have room in size.
func (s *Specimen) paint(size fyne.Size) {
	scale := canvasScale(s)
	whole := image.NewRGBA(image.Rect(0, 0, int(math.Round(float64(size.Width)*scale)), int(math.Round(float64(size.Height)*scale))))
	if whole.Rect.Empty() {
		return
	}
	draw.Draw(whole, whole.Rect, image.NewUniform(s.scene.palette.Pane), image.Point{}, draw.Src)
	m := metricsOf(s.density(), upright, scale)
	if s.painter == nil || s.painter.metrics != m {
		s.painter = newPainter(s.bold, m)
	}
	width := math.Max(1, float64(whole.Rect.Dx()-2*m.margin))
	layout := typeset.NewLayout(s.scene.body, s.fonts, m.style(width, typeset.Style{}))
	arcs := s.scene.arcs(s.scene.focused, s.scene.palette.Focus)
	var above drawn
	var last float64
	top := m.px(firstLineRoom)
	for i, line := range layout.Lines(0, float64(whole.Rect.Dy())) {
		if line.Top+line.Height+float64(top) > float64(whole.Rect.Dy()) {
			break
		}
		tile := image.NewRGBA(image.Rectangle{Max: m.tileSize(width)})
		d := s.painter.tile(tile, &s.scene, line.Line, width)
		at := image.Pt(0, int(line.Top)+top)
		draw.Draw(whole, tile.Rect.Add(at), tile, image.Point{}, draw.Src)
		room := m.firstHeadroom()
		if i > 0 {
			room = m.headroom(&above, line.Top-last-m.pitch)
		}
		if curves := s.painter.curves(line.Line, &d, width, room, arcs); len(curves) > 0 {
			overlay := image.NewRGBA(image.Rect(0, 0, tile.Rect.Dx(), m.overlayHeight(room.ceiling)))
			s.painter.drawCurves(overlay, s.scene.palette.Pane, room, curves, d.chips)
			draw.Draw(whole, overlay.Rect.Add(at).Add(image.Pt(0, int(math.Floor(room.ceiling)))), overlay, image.Point{}, draw.Over)
		}
		above, last = d, line.Top
	}
	s.image.Image = whole
	s.image.Move(fyne.NewPos(float32(nudge/scale), float32(nudge/scale)))
	s.image.Resize(fyne.NewSize(float32(float64(whole.Rect.Dx())/scale), float32(float64(whole.Rect.Dy())/scale)))
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
