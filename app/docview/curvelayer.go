package docview

import (
	"cmp"
	"image"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"spanwright/annotate"
	"spanwright/app/theme"
)

// curveLayer holds the pictures of the relation curves above the lines in sight.
type curveLayer struct {
	byStart map[int]*curvePicture // by where the line begins
	shown   []*curvePicture
}

// curvePicture is the curves above one line; image is nil when there are none.
type curvePicture struct {
	image  *canvas.Image
	curves []curve
	room   headroom
	top    float64 // from the line's top, device pixels
	y      float64 // of the line's top in the pane
}

// clear has all curves drawn anew, as relations, focus or lines are others now.
func (l *curveLayer) clear() { clear(l.byStart) }

// forget has the curves of a line drawn anew, as its chips may stand elsewhere.
func (l *curveLayer) forget(start int) { delete(l.byStart, start) }

func (l *curveLayer) objects() []fyne.CanvasObject {
	found := make([]fyne.CanvasObject, len(l.shown))
	for i, p := range l.shown {
		found[i] = p.image
	}
	return found
}

// place draws the curves of the focused annotation, of the one the pointer is on,
// and faintly, if they are to be seen, of all others.
func (l *curveLayer) place(v *View) {
	l.shown = l.shown[:0]
	if v.layout == nil {
		return
	}
	if l.byStart == nil {
		l.byStart = map[int]*curvePicture{}
	}
	arcs := v.arcs()
	if len(arcs) == 0 && !v.allCurves {
		return
	}
	for i, t := range v.visible {
		p := l.byStart[t.line.Start]
		if room := v.headroom(i); p == nil || p.room.ceiling != room.ceiling || !slices.Equal(p.room.chips, room.chips) {
			p = v.drawCurvesOf(t, room, arcs)
			l.byStart[t.line.Start] = p
		}
		if p.image == nil {
			continue
		}
		p.y = t.y
		m := &v.painter.metrics
		p.image.Move(v.units(v.geometry.left-float64(m.margin), t.y+p.top))
		size := p.image.Image.Bounds().Size()
		p.image.Resize(v.unitSize(float64(size.X), float64(size.Y)))
		l.shown = append(l.shown, p)
	}
}

// arcs returns the curves to show.
func (v *View) arcs() []arc {
	arcs := v.sceneWith(v.scene.foreign).arcs(cmp.Or(v.scene.focused, v.scene.foreign), v.palette.Focus)
	if h := v.mouse.hovered; h != "" && h != v.scene.focused && h != v.scene.foreign {
		seen := map[annotate.ID]bool{}
		for i := range arcs {
			seen[arcs[i].relation] = true
		}
		for _, a := range v.sceneWith(h).arcs(h, theme.Mix(v.palette.Focus, v.palette.Dim, 0.5)) {
			if !seen[a.relation] {
				arcs = append(arcs, a)
			}
		}
	}
	return arcs
}

// headroom returns the room above the i-th line in sight. Empty lines are room, too.
func (v *View) headroom(i int) headroom {
	m, t := &v.painter.metrics, v.visible[i]
	if t.line.Start == 0 {
		return m.firstHeadroom()
	}
	bottom := t.y
	for i--; i >= 0; i-- {
		above := v.visible[i]
		if above.line.Height >= m.pitch {
			return m.headroom(&above.drawn, math.Max(0, t.y-above.y-m.pitch))
		}
		bottom = above.y
	}
	return m.headroom(&drawn{}, t.y-bottom)
}

func (v *View) drawCurvesOf(t *tile, room headroom, arcs []arc) *curvePicture {
	m, g := &v.painter.metrics, &v.geometry
	if v.allCurves { // the faint ones lie below
		arcs = append(v.scene.faintArcs(&t.drawn, arcs, v.palette.Dim), arcs...)
	}
	p := &curvePicture{room: room, top: math.Floor(room.ceiling), curves: v.painter.curves(t.line.Line, &t.drawn, g.measure, room, arcs)}
	if len(p.curves) == 0 {
		return p
	}
	pixels := image.NewRGBA(image.Rect(0, 0, m.tileSize(g.measure).X, m.overlayHeight(room.ceiling)))
	v.painter.drawCurves(pixels, v.palette.Pane, room, p.curves, t.drawn.chips)
	p.image = newImage()
	p.image.Image = pixels
	return p
}

// relationAt returns the relation whose label stands at a place of the pane, in
// device pixels; "" if none does.
func (l *curveLayer) relationAt(v *View, x, y float64) annotate.ID {
	for _, p := range l.shown {
		for i := range p.curves {
			if p.curves[i].label.contains(x-v.geometry.left, y-p.y) {
				return p.curves[i].relation
			}
		}
	}
	return ""
}
