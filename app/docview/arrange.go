package docview

import (
	"math"

	"fyne.io/fyne/v2"

	"spanwright/annotate"
	"spanwright/app/typeset"
)

// arrange brings the objects up to date with everything they depend on: it lays
// out and paints the lines in sight and places what lies over them.
func (v *View) arrange(size fyne.Size) {
	if v.arranged {
		v.stale = true
		return
	}
	v.arranged = true
	defer func() {
		v.arranged = false
		v.awaitFonts()
	}()
	for range 2 { // telling what is visible may change what is to be seen
		v.stale = false
		v.relayout(size)
		v.ground.FillColor = v.palette.Pane
		v.ground.Resize(size)
		v.look()
		v.paintLines()
		v.tags.place(v)
		v.overlay.place(v)
		v.curves.place(v)
		v.rubber.place(v)
		v.rims.place(v)
		v.strip.place(v)
		v.card.place(v)
		v.bar.place(v)
		v.empty.place(v, size)
		v.collect()
		v.tellVisible()
		if !v.stale {
			return
		}
	}
}

// look takes down what tiles are painted from.
func (v *View) look() {
	s := v.s
	v.scene = scene{
		palette: v.palette, scheme: s.Scheme(), body: s.Body(), layer: s.Layer(), focused: s.Focused(),
		violations: s.Violations,
		talked:     func(id annotate.ID) bool { return s.OpenThreads(id) > 0 },
	}
	v.scene.proposed, _ = s.Assembling()
	v.lookAtLanes()
	if from := s.Relating(); from != "" {
		hints := map[annotate.ID]string{}
		for _, t := range s.Targets() {
			hints[t.Span] = t.Hint
		}
		v.scene.relating = &relatingScene{from: from, candidate: s.Candidate(), legal: s.Legal, hints: hints}
	}
}

// paintLines makes the tiles in sight and puts them where they belong.
func (v *View) paintLines() {
	v.visible = v.visible[:0]
	if v.layout == nil {
		return
	}
	g, m := &v.geometry, &v.painter.metrics
	lines := v.linesInSight()
	v.tiles.begin(len(lines))
	for _, line := range lines {
		t := v.tiles.get(line)
		if t.stale {
			t.prepare(m.tileSize(g.measure))
			t.drawn = v.painter.tile(t.pixels, &v.scene, line.Line, g.measure)
			t.stale = false
			t.image.Refresh()
			v.curves.forget(line.Start)
		}
		t.y = math.Round(g.top + line.Top - v.offset)
		t.image.Move(v.units(g.left-float64(m.margin), t.y))
		size := t.pixels.Rect.Size()
		t.image.Resize(v.unitSize(float64(size.X), float64(size.Y)))
		v.visible = append(v.visible, t)
	}
}

// linesInSight lays out what is in the pane. Near the document's end that may
// show that the document is shorter than estimated.
func (v *View) linesInSight() []typeset.Placed {
	g := &v.geometry
	for range 4 {
		v.limitOffset()
		before := v.offset
		lines := v.layout.Lines(v.offset-g.top, v.offset-g.top+g.height)
		if v.limitOffset(); v.offset == before {
			return lines
		}
	}
	return v.layout.Lines(v.offset-g.top, v.offset-g.top+g.height)
}

// limitOffset keeps the document in the pane.
func (v *View) limitOffset() {
	v.offset = math.Max(0, math.Min(math.Round(v.offset), v.contentHeight()-v.geometry.height))
}

// contentHeight returns the height of the document with the room above and below it, in device pixels.
func (v *View) contentHeight() float64 {
	if v.layout == nil {
		return 0
	}
	return v.geometry.top + v.layout.Height() + v.geometry.bottom
}

// collect lists the objects from the bottom up.
func (v *View) collect() {
	v.objects = append(v.objects[:0:0], v.ground)
	for _, t := range v.visible {
		v.objects = append(v.objects, t.image)
	}
	v.objects = append(v.objects, v.tags.objects()...)
	v.objects = append(v.objects, v.overlay.objects()...)
	v.objects = append(v.objects, v.curves.objects()...)
	v.objects = append(v.objects, v.rubber.objects()...)
	v.objects = append(v.objects, v.empty.objects()...)
	v.objects = append(v.objects, v.bar.objects()...)
	v.objects = append(v.objects, v.rims.objects()...)
	v.objects = append(v.objects, v.strip.objects()...)
	v.objects = append(v.objects, v.card.objects()...)
}

// tellVisible lets the session give hints to what can be seen.
func (v *View) tellVisible() {
	if len(v.visible) > 0 {
		v.s.SetVisible(v.inSight())
	}
}

// inSight returns the part of the text that some of is in the pane.
func (v *View) inSight() annotate.Fragment {
	n := len(v.visible)
	if n == 0 {
		return annotate.Fragment{}
	}
	return annotate.Fragment{Start: v.visible[0].line.Start, End: v.visible[n-1].line.End}
}
