package docview

import (
	"image"
	"image/draw"
	"math"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"spanwright/annotate"
	"spanwright/app/theme"
	"spanwright/app/typeset"
)

// Sample shows the beginning of a text as the pane would show it in some fonts,
// without annotations. All methods are for the toolkit's goroutine.
type Sample struct {
	widget.BaseWidget
	body    *annotate.Body
	style   typeset.Style
	shape   textShape
	fonts   *typeset.Fonts
	palette *theme.Palette
	zoom    float64
	after   func(d time.Duration, f func())
	image   *canvas.Image
	waiting bool
	gone    bool // the renderer was destroyed
}

// sampleText bounds how much of a text a sample sets, in bytes.
const sampleText = 2000

// usualSample shows where the pane has no text.
const usualSample = "Sphinx of black quartz, judge my vow. 0123456789"

// Sample returns a sample of what stands at the pane's top, to be shown in fonts.
func (v *View) Sample(fonts *typeset.Fonts) *Sample {
	body, text := v.s.Body(), usualSample
	if v.document != nil {
		top := v.Top()
		end := body.SnapClusters(annotate.Fragment{Start: min(top+sampleText, len(body.Text())), End: min(top+sampleText, len(body.Text()))}).Start
		if here := strings.TrimSpace(body.Text()[top:end]); here != "" {
			text = here
		}
	}
	s := &Sample{
		body: annotate.NewBody(text), fonts: fonts, palette: v.palette, zoom: v.zoom, after: v.o.After,
		image: newImage(),
	}
	s.style, s.shape = v.textStyle()
	s.ExtendBaseWidget(s)
	return s
}

// SetFonts shows the sample in other fonts.
func (s *Sample) SetFonts(fonts *typeset.Fonts) {
	s.fonts = fonts
	s.paint(s.Size())
}

// MinSize returns the height of some lines.
func (s *Sample) MinSize() fyne.Size {
	s.ExtendBaseWidget(s)
	return fyne.NewSize(200, 130)
}

// CreateRenderer is the toolkit's way to draw s.
func (s *Sample) CreateRenderer() fyne.WidgetRenderer { return &sampleRenderer{s} }

// paint draws the lines that have room in size.
func (s *Sample) paint(size fyne.Size) {
	scale := canvasScale(s)
	pixels := image.NewRGBA(image.Rect(0, 0, int(math.Round(float64(size.Width)*scale)), int(math.Round(float64(size.Height)*scale))))
	if pixels.Rect.Empty() {
		return
	}
	draw.Draw(pixels, pixels.Rect, image.NewUniform(s.palette.Pane), image.Point{}, draw.Src)
	m := metricsOf(Read, s.shape, scale*s.zoom)
	p := newPainter(nil, m)
	margin := float64(m.margin)
	layout := typeset.NewLayout(s.body, s.fonts, m.style(math.Max(1, float64(pixels.Rect.Dx())-2*margin), s.style))
	for _, line := range layout.Lines(0, float64(pixels.Rect.Dy())) {
		if line.Top+line.Height+margin > float64(pixels.Rect.Dy()) {
			break
		}
		p.glyphs.Draw(pixels, line.Glyphs, margin, line.Top+margin+m.baseline, s.palette.Ink)
	}
	s.image.Image = pixels
	s.image.Move(fyne.NewPos(float32(nudge/scale), float32(nudge/scale)))
	s.image.Resize(fyne.NewSize(float32(float64(pixels.Rect.Dx())/scale), float32(float64(pixels.Rect.Dy())/scale)))
	s.image.Refresh()
	s.await()
}

// await paints again once the fonts are there.
func (s *Sample) await() {
	if s.waiting || !s.fonts.Awaits() {
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

// sampleRenderer shows the image that the sample paints.
type sampleRenderer struct{ s *Sample }

func (r *sampleRenderer) Layout(size fyne.Size) { r.s.paint(size) }

func (r *sampleRenderer) MinSize() fyne.Size { return r.s.MinSize() }

func (r *sampleRenderer) Refresh() { canvas.Refresh(r.s) }

func (r *sampleRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.s.image} }

func (r *sampleRenderer) Destroy() { r.s.gone = true }
