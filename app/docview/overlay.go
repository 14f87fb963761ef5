package docview

import (
	"image/color"
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"spanwright/annotate"
	"spanwright/app/theme"
	"spanwright/app/typeset"
)

// overlay holds the rectangles above the tiles: what the pointer is on, the
// selection, the cursor, and the flash of an edit. Moving them paints no line anew.
type overlay struct {
	pool  []*canvas.Rectangle
	used  int
	glow  []annotate.Fragment // what flashes
	level float64             // of the flash, 1 to 0
	fade  *fyne.Animation
}

// forget drops what belongs to another document.
func (o *overlay) forget() {
	o.glow = nil
}

func (o *overlay) objects() []fyne.CanvasObject {
	shown := make([]fyne.CanvasObject, o.used)
	for i := range shown {
		shown[i] = o.pool[i]
	}
	return shown
}

// shape is how one rectangle of the overlay looks.
type shape struct {
	fill, stroke color.NRGBA
	thick        float32 // width of the stroke in toolkit units, 1 if 0
	radius       float32 // toolkit units
	grow         float64 // outwards, device pixels
}

func (o *overlay) place(v *View) {
	o.used = 0
	if v.layout == nil {
		return
	}
	p := v.palette
	if span := v.shownSpan(v.mouse.hovered); span != nil {
		for _, f := range span.Fragments {
			o.cover(v, f, shape{fill: p.Hover, radius: 3})
		}
		o.related(v, span.ID)
	}
	if span := v.shownSpan(v.scene.foreign); span != nil {
		for _, f := range span.Fragments {
			o.cover(v, f, shape{stroke: p.Focus, radius: 4, grow: 2})
		}
	}
	for _, f := range o.glow {
		o.cover(v, f, shape{fill: theme.Alpha(p.Focus, 0.35*o.level), radius: 3, grow: 1})
	}
	if span := v.s.Layer().Span(v.rubber.target); span != nil && v.mouse.act == linking {
		for _, f := range span.Fragments {
			o.cover(v, f, shape{stroke: p.Focus, thick: 2, radius: 4, grow: 3})
		}
	}
	for _, hole := range v.s.Holes() { // what assembling would cut out pales
		o.cover(v, hole, shape{fill: theme.Alpha(p.Pane, 0.5)})
	}
	selection := v.s.Selection()
	o.cover(v, selection, shape{fill: p.Selection})
	if selection.Empty() {
		strength := 0.30
		if v.typed {
			strength = 0.75
		}
		o.cover(v, v.s.Cursor(), shape{stroke: theme.Alpha(p.Ink, strength), radius: 3, grow: 1})
	}
}

// mostRelated is how many ends of one annotation's relations light up.
const mostRelated = 60

// related lights up the other ends in sight of a span's relations.
func (o *overlay) related(v *View, id annotate.ID) {
	lit := 0
	layer := v.sceneWith(id).layer
	for _, r := range layer.Involving(id) {
		for _, a := range r.Arguments {
			span := layer.Span(a.Span)
			if span == nil || a.Span == id || lit == mostRelated || !span.Extent().Overlaps(v.inSight()) {
				continue
			}
			lit++
			for _, f := range span.Fragments {
				o.cover(v, f, shape{fill: v.palette.Hover, stroke: theme.Alpha(v.palette.Focus, 0.5), radius: 3})
			}
		}
	}
}

// cover lays a rectangle on each part of f in sight.
func (o *overlay) cover(v *View, f annotate.Fragment, s shape) {
	if f.Empty() {
		return
	}
	g, m := &v.geometry, &v.painter.metrics
	for _, t := range v.visible {
		if !t.line.Overlaps(f) {
			continue
		}
		for _, seg := range t.line.Segments(f) {
			r := o.next()
			x0, x1 := g.left+math.Round(seg.X)-s.grow, g.left+math.Round(seg.X+seg.W)+s.grow
			r.FillColor, r.StrokeColor, r.StrokeWidth, r.CornerRadius = s.fill, s.stroke, 0, s.radius
			if s.stroke.A > 0 {
				r.StrokeWidth = max(1, s.thick)
			}
			r.Move(v.units(x0, t.y+float64(m.boxTop)-s.grow))
			r.Resize(v.unitSize(x1-x0, float64(m.boxBottom-m.boxTop)+2*s.grow))
		}
	}
}

func (o *overlay) next() *canvas.Rectangle {
	if o.used == len(o.pool) {
		o.pool = append(o.pool, canvas.NewRectangle(color.Transparent))
	}
	o.used++
	return o.pool[o.used-1]
}

// flashTime is how long an edit shows.
const flashTime = 500 * time.Millisecond

// flash lets spans light up and fade, to show where an edit took place.
func (o *overlay) flash(v *View, spans []annotate.ID) {
	if o.fade != nil {
		o.fade.Stop()
		o.fade = nil
	}
	o.glow = nil
	for _, id := range spans {
		if span := v.s.Layer().Span(id); span != nil {
			o.glow = append(o.glow, span.Fragments...)
		}
	}
	if len(o.glow) == 0 || v.layout == nil {
		return
	}
	o.fade = fyne.NewAnimation(flashTime, func(done float32) {
		o.level = 1 - float64(done)
		if done >= 1 {
			o.glow = nil
		}
		v.Refresh()
	})
	o.fade.Curve = fyne.AnimationLinear
	o.fade.Start()
}

// partsOf returns where f lies in the pane, in device pixels: one box per line, as
// wide as its parts there.
func (v *View) partsOf(f annotate.Fragment) []box {
	var found []box
	for _, t := range v.visible {
		if segments := t.line.Segments(f); len(segments) > 0 {
			found = append(found, v.boxAround(t, segments))
		}
	}
	return found
}

func (v *View) boxAround(t *tile, segments []typeset.Segment) box {
	last := segments[len(segments)-1]
	left, m := v.geometry.left, &v.painter.metrics
	return box{left + segments[0].X, t.y + float64(m.boxTop), left + last.X + last.W, t.y + float64(m.boxBottom)}
}
