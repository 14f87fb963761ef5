package docview

import (
	"image/color"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"spanwright/annotate"
)

// rubber is the curve from a chip to the pointer while a relation is drawn.
type rubber struct {
	target annotate.ID // that a release would take, "" if none
	lines  []*canvas.Line
	shown  bool
}

// startLink begins a relation from the chip that was pressed. Until the pointer
// moves it outlives the release, to be completed with a click.
func (v *View) startLink() {
	m := &v.mouse
	v.s.ClearSelection()
	v.s.Focus(m.chip)
	_ = v.s.StartRelation() // the session tells what is wrong
	m.act, v.rubber.target, m.kept = idle, "", true
	if v.s.Relating() != "" {
		m.act = linking
	}
}

// link finds the legal target under the pointer.
func (v *View) link() {
	m := &v.mouse
	if v.s.Relating() == "" { // cancelled with a key meanwhile
		m.act = idle
		return
	}
	v.rubber.target, m.pointer = "", desktop.CrosshairCursor
	target := v.across()
	if stack := v.spotAt(m.x, m.y).stack; target == "" {
		if i := slices.IndexFunc(stack, v.s.Legal); i >= 0 {
			target = stack[i]
		}
	}
	if target != "" {
		v.rubber.target, m.pointer = target, desktop.PointerCursor
	}
	v.Refresh()
}

// finishLink relates to the target under the pointer; without one it drops the relation.
func (v *View) finishLink() {
	target := v.rubber.target
	v.rubber.target = ""
	switch {
	case v.s.Relating() == "" || v.mouse.kept:
	case target != "":
		v.s.PickTarget(target)
	default:
		v.s.Cancel()
	}
	v.Refresh()
}

// rubberSteps is how many straight lines the rubber curve is made of.
const rubberSteps = 24

func (r *rubber) place(v *View) {
	from := v.s.Layer().Span(v.s.Relating())
	r.shown = v.mouse.act == linking && !v.mouse.kept && from != nil && v.layout != nil
	if !r.shown {
		return
	}
	path := rubberPath(v.chipTop(from), v.rubberEnd(), 30*v.geometry.scale)
	ink := v.palette.Dim
	if r.target != "" {
		ink = v.palette.Focus
	}
	for len(r.lines) < len(path)+1 {
		r.lines = append(r.lines, canvas.NewLine(color.Transparent))
	}
	for i := range path[1:] {
		r.line(v, i, path[i], path[i+1], ink)
	}
	tip, head := path[len(path)-1], 6*v.geometry.scale
	r.line(v, len(path)-1, point{tip.x - head*0.6, tip.y - head}, tip, ink)
	r.line(v, len(path), point{tip.x + head*0.6, tip.y - head}, tip, ink)
}

func (r *rubber) line(v *View, i int, from, to point, ink color.NRGBA) {
	l := r.lines[i]
	l.StrokeColor, l.StrokeWidth = ink, 2
	l.Position1, l.Position2 = v.units(from.x, from.y), v.units(to.x, to.y)
	l.Refresh()
}

func (r *rubber) objects() []fyne.CanvasObject {
	if !r.shown {
		return nil
	}
	shown := make([]fyne.CanvasObject, len(r.lines))
	for i, l := range r.lines {
		shown[i] = l
	}
	return shown
}

// rubberPath returns an arch from one point to another that rises by at least so much above both.
func rubberPath(from, to point, rise float64) []point {
	rise = math.Min(rise, math.Hypot(to.x-from.x, to.y-from.y)/2)
	top := math.Min(from.y, to.y) - rise
	path := make([]point, rubberSteps+1)
	for i := range path {
		t := float64(i) / rubberSteps
		u := 1 - t
		a, b, c, d := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
		path[i] = point{
			a*from.x + b*(from.x+(to.x-from.x)*0.1) + c*(to.x-(to.x-from.x)*0.1) + d*to.x,
			a*from.y + (b+c)*top + d*to.y,
		}
	}
	return path
}

// rubberEnd returns where the rubber curve ends: on the chip of its target, else at the pointer.
func (v *View) rubberEnd() point {
	if target := v.s.Layer().Span(v.rubber.target); target != nil {
		return v.chipTop(target)
	}
	return point{v.mouse.x, v.mouse.y}
}

// chipTop returns where curves meet a span, in device pixels of the pane; for one
// out of sight a place just beyond the pane's edge.
func (v *View) chipTop(span *annotate.Span) point {
	g, m := &v.geometry, &v.painter.metrics
	start := span.Fragments[0].Start
	for _, t := range v.visible {
		if t.line.Start <= start && start < t.line.End {
			c := curver{p: v.painter, line: t.line.Line, drawn: &t.drawn}
			x, y := c.anchor(span, 0)
			return point{g.left + x, t.y + y}
		}
	}
	line := v.layout.LineOf(start)
	x := 0.0
	for _, seg := range line.Segments(annotate.Fragment{Start: start, End: start + 1}) {
		x = seg.X
	}
	y := g.top + line.Top - v.offset
	return point{g.left + x, math.Max(-m.pitch, math.Min(y, g.height+m.pitch))}
}
