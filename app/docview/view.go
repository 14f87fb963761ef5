package docview

import (
	"math"
	"reflect"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"spanwright/annotate"
	"spanwright/app/session"
	"spanwright/app/theme"
	"spanwright/app/typeset"
)

// Options say how a View looks at first and where it sends what is not its own.
// All of it may be left out.
type Options struct {
	Density Density
	Zoom    float64 // 1 is the usual size; 0 counts as 1
	// Nastaliq has Urdu and Kashmiri set in that hand where a font for it is installed.
	Nastaliq bool
	Variant  fyne.ThemeVariant
	// Bold sets chips, curve labels and the like; the toolkit's bold if nil.
	Bold *typeset.Fonts
	// Modifiers returns the keys held down now; the toolkit's key and scroll events do not say.
	Modifiers func() fyne.KeyModifier
	// Key, Rune and Shortcut get what is typed into the pane and does not move the
	// cursor. They report whether it meant anything.
	Key      func(fyne.KeyName, fyne.KeyModifier) bool
	Rune     func(rune) bool
	Shortcut func(fyne.Shortcut) bool
	// ZoomBy is asked for one step more or less when the wheel turns with Ctrl held.
	ZoomBy func(steps int)
	// Menu shows the commands of the focused annotation at a place of the canvas.
	Menu func(at fyne.Position)
	// Yield makes the document of the pane the current one and passes a press on to the
	// pane that shows it then. Only the pane of the document beside has it.
	Yield func(e *desktop.MouseEvent)
	// Peer returns the pane beside, nil if there is none.
	Peer func() *View
	// After runs f on the goroutine of the widget once that time has passed.
	After func(d time.Duration, f func())
}

// View is the document pane: the current document of a session with what its
// annotator made of it. All methods are for the toolkit's goroutine.
type View struct {
	widget.BaseWidget
	s        *session.Session
	fonts    *typeset.Fonts
	o        Options
	palette  *theme.Palette
	painter  *painter
	density  Density
	zoom     float64
	nastaliq bool
	// allCurves has the curves of all relations shown, not only those of the focus.
	allCurves bool
	// invisibles has invisible characters marked.
	invisibles bool

	document  *annotate.Document // what layout is of
	languages []string           // of document
	layout    *typeset.Layout    // nil until there is a document and a size
	geometry  geometry
	offset    float64 // device pixels from the content's top to the pane's
	filling   bool
	awaiting  bool // somebody will look whether fonts have arrived

	scene      scene
	tiles      tiles
	visible    []*tile // top to bottom
	overlay    overlay
	curves     curveLayer
	rubber     rubber
	strip      strip
	rims       marginChips
	tags       laneTags
	shownLanes []session.Lane // those that there is room for
	firstLane  int            // index of the first of them in all
	card       card
	bar        scrollBar
	empty      emptyText
	ground     *canvas.Rectangle
	objects    []fyne.CanvasObject
	stale      bool // something changed since the objects were arranged
	arranged   bool // arrange is running
	gone       bool // the renderer was destroyed

	mouse mouse
	goal  float64 // x that up and down keep to, negative when they have none
	typed bool    // the pane has the keyboard
	walk  walk
}

var _ fyne.Widget = (*View)(nil)

// New returns a view of what s has open, now and later.
func New(s *session.Session, fonts *typeset.Fonts, o Options) *View {
	if o.Zoom == 0 {
		o.Zoom = 1
	}
	if o.Peer == nil {
		o.Peer = func() *View { return nil }
	}
	if o.Modifiers == nil {
		o.Modifiers = func() fyne.KeyModifier { return 0 }
	}
	if o.After == nil {
		o.After = func(d time.Duration, f func()) { time.AfterFunc(d, func() { fyne.Do(f) }) }
	}
	if o.Bold == nil {
		o.Bold, _ = typeset.NewFonts(fynetheme.DefaultTextBoldFont().Content()) // a font of the toolkit's own is never broken
	}
	v := &View{
		s: s, fonts: fonts, o: o, palette: theme.Of(o.Variant), density: o.Density, zoom: o.Zoom, nastaliq: o.Nastaliq,
		ground: canvas.NewRectangle(nil), goal: -1,
	}
	v.bar.init()
	v.ExtendBaseWidget(v)
	v.open()
	s.Subscribe(v.changed)
	return v
}

// geometry is the size of the pane and of what is in it, in device pixels.
type geometry struct {
	scale         float64 // device pixels in a toolkit unit, without zoom
	width, height float64
	left          float64 // of the text
	measure       float64 // width of the text
	top, bottom   float64 // free above the first line and below the last
}

const (
	maxMeasure  = 860.0 // toolkit units at zoom 1
	usualMargin = 34.0
	leastMargin = 12.0
	barRoom     = 12.0
)

// newGeometry returns the geometry of a pane; tags is the room that must be free at the
// left of the text, in toolkit units.
func newGeometry(size fyne.Size, scale, zoom, tags float64) geometry {
	width := float64(size.Width)
	margin := math.Max(leastMargin+tags, math.Min(usualMargin, width*0.06))
	measure := math.Max(40, math.Min(maxMeasure*zoom, width-2*margin))
	return geometry{
		scale: scale, width: math.Round(width * scale), height: math.Round(float64(size.Height) * scale),
		left: math.Round(margin * scale), measure: math.Floor(measure * scale),
		top: math.Round((firstLineRoom*zoom + 6) * scale), bottom: math.Round(60 * scale),
	}
}

// opened shows another document from its top; one that was only read again, or
// has other metadata, stays where it is.
func (v *View) opened() {
	now, shown := v.s.Document(), v.document
	if now != nil && shown != nil && now.ID == shown.ID && now.Hash == shown.Hash {
		v.document = now
		v.languages = languagesOf(now)
		return
	}
	v.open()
}

// languagesOf returns the languages that a document says it is in or seems to be in.
func languagesOf(d *annotate.Document) []string {
	if d == nil {
		return nil
	}
	return typeset.Languages(d.Meta["language"], d.Text)
}

// open shows the session's current document from its top.
func (v *View) open() {
	v.document, v.layout, v.offset, v.goal = v.s.Document(), nil, 0, -1
	v.languages = languagesOf(v.document)
	v.forgetDrawn()
}

// forgetDrawn drops what belongs to the document shown before.
func (v *View) forgetDrawn() {
	v.walk = walk{}
	v.tiles.clear()
	v.curves.clear()
	v.overlay.forget()
	v.mouse.forget()
	v.strip.hide()
	v.card.hide()
	v.rims.forget()
}

// canvasScale returns how many device pixels a toolkit unit has where o is shown.
func canvasScale(o fyne.CanvasObject) float64 {
	if app := fyne.CurrentApp(); app != nil {
		if c := app.Driver().CanvasForObject(o); c != nil {
			return float64(c.Scale())
		}
	}
	return 1
}

// textStyle returns what the document asks for of a style, and the shape its text has.
func (v *View) textStyle() (typeset.Style, textShape) {
	style := typeset.Style{Languages: v.languages, Nastaliq: v.nastaliq && typeset.TakesNastaliq(v.languages), Invisibles: v.invisibles}
	if v.document != nil {
		style.Direction = v.document.Direction()
	}
	if style.Nastaliq {
		return style, nastaliq
	}
	return style, upright
}

// relayout makes layout fit size, scale, zoom and density; what stood at the
// pane's top stays there.
func (v *View) relayout(size fyne.Size) {
	tags := 0.0
	if len(v.s.Lanes()) > 0 {
		tags = tagRoom * v.zoom
	}
	g := newGeometry(size, canvasScale(v), v.zoom, tags)
	style, shape := v.textStyle()
	own := metricsOf(v.density, shape, g.scale*v.zoom)
	v.chooseLanes(own, g.height)
	m := own.withLanes(len(v.shownLanes))
	if v.painter == nil {
		v.painter = newPainter(v.o.Bold, m)
	}
	style = m.style(g.measure, style)
	same := v.layout != nil && v.painter.metrics == m && v.layout.Fonts() == v.fonts && reflect.DeepEqual(v.layout.Style(), style)
	old, oldGeometry := v.layout, v.geometry
	v.geometry = g
	if same {
		return
	}
	pitch := v.painter.metrics.pitch
	v.painter.metrics = m
	v.tiles.clear()
	v.curves.clear()
	v.layout = nil
	if v.document == nil || g.width <= 0 || g.height <= 0 {
		return
	}
	v.layout = typeset.NewLayout(v.s.Body(), v.fonts, style)
	if old != nil && v.offset > 0 {
		a := old.AnchorAt(v.offset - oldGeometry.top)
		a.Delta *= m.pitch / pitch
		v.offset = v.layout.Y(a) + g.top
	}
	v.fill()
}

// fillStep and fillPause share the toolkit's goroutine between laying out what
// is not on screen and everything else.
const (
	fillStep  = 4 * time.Millisecond
	fillPause = 12 * time.Millisecond
)

// fill lays out the rest of the document little by little.
func (v *View) fill() {
	if v.filling || v.layout == nil {
		return
	}
	v.filling = true
	v.o.After(fillPause, func() {
		v.filling = false
		if v.layout == nil || v.gone {
			return
		}
		done := v.keepingPlace(func() bool { return v.layout.Fill(fillStep) })
		if !done {
			v.fill()
		}
		v.bar.place(v)
	})
}

// keepingPlace runs f, which may correct heights, and holds on to what stands at the pane's top.
func (v *View) keepingPlace(f func() bool) bool {
	if v.offset <= v.geometry.top {
		return f()
	}
	a := v.layout.AnchorAt(v.offset - v.geometry.top)
	result := f()
	v.offset = v.layout.Y(a) + v.geometry.top
	return result
}

// SetZoom sets the size of text, 1 being the usual.
func (v *View) SetZoom(zoom float64) {
	v.zoom = zoom
	v.Refresh()
}

// Zoom returns the size of text, 1 being the usual.
func (v *View) Zoom() float64 { return v.zoom }

// SetDensity sets how much room lines leave for what is said about them.
func (v *View) SetDensity(d Density) {
	v.density = d
	v.Refresh()
}

// SetFonts sets text in other fonts from now on.
func (v *View) SetFonts(fonts *typeset.Fonts) {
	v.fonts = fonts
	v.card.hide()
	v.Refresh()
}

// SetNastaliq sets documents in Urdu or Kashmiri in the Nastaliq hand, where a font
// for it is installed, or in the Naskh hand of Arabic. Nastaliq needs higher lines.
func (v *View) SetNastaliq(on bool) {
	v.nastaliq = on
	v.Refresh()
}

// SetAllCurves shows the curves of all relations in sight, thin and dim but for
// those of the focused annotation; or only the latter.
func (v *View) SetAllCurves(all bool) {
	v.allCurves = all
	v.curves.clear()
	v.Refresh()
}

// AllCurves reports whether the curves of all relations in sight are shown.
func (v *View) AllCurves() bool { return v.allCurves }

// SetInvisibles marks blanks, tabs, line ends and characters without width.
func (v *View) SetInvisibles(marked bool) {
	v.invisibles = marked
	v.Refresh()
}

// Invisibles reports whether invisible characters are marked.
func (v *View) Invisibles() bool { return v.invisibles }

// SetVariant shows the colours of the light or the dark variant.
func (v *View) SetVariant(variant fyne.ThemeVariant) {
	v.palette = theme.Of(variant)
	v.tiles.stale()
	v.curves.clear()
	v.strip.stale = true
	v.rims.about = marginState{}
	v.card.hide()
	v.Refresh()
}

// MinSize returns the least size the pane is of use at.
func (v *View) MinSize() fyne.Size {
	v.ExtendBaseWidget(v)
	return fyne.NewSize(200, 80)
}

// CreateRenderer is the toolkit's way to draw v.
func (v *View) CreateRenderer() fyne.WidgetRenderer {
	v.ExtendBaseWidget(v)
	return &renderer{v}
}

// renderer shows the objects that the view arranges.
type renderer struct{ v *View }

func (r *renderer) Layout(size fyne.Size) {
	r.v.arrange(size)
}

func (r *renderer) MinSize() fyne.Size { return r.v.MinSize() }

func (r *renderer) Refresh() {
	r.v.arrange(r.v.Size())
	canvas.Refresh(r.v)
}

func (r *renderer) Objects() []fyne.CanvasObject { return r.v.objects }

func (r *renderer) Destroy() { r.v.gone = true }

// IsClip makes the toolkit cut off what lies outside the pane.
func (r *renderer) IsClip() {}
