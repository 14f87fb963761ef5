package docview

import (
	"fmt"
	"image"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"spanwright/annotate"
	"spanwright/app/session"
)

// lookAtLanes takes down what tiles show of the lanes.
func (v *View) lookAtLanes() {
	lanes := v.shownLanes
	v.scene.lanes = make([]laneScene, len(lanes))
	for i, lane := range lanes {
		v.scene.lanes[i] = laneScene{lane, &scene{palette: v.palette, scheme: v.scene.scheme, body: v.scene.body, layer: lane.Layer}}
	}
	v.scene.compared = v.s.Compared()
	v.scene.across, v.scene.agrees = v.s.Across(), v.s.Agreed
	v.scene.foreign = ""
	if span, _ := v.s.Foreign(); span != nil {
		v.scene.foreign = span.ID
	}
}

// leastLines is how many lines of text lanes leave room for in the pane.
const leastLines = 4

// chooseLanes finds the lanes that are in sight: as many as there is room for between lines of that shape, the
// one with the focus among them.
func (v *View) chooseLanes(m metrics, height float64) {
	all := v.s.Lanes()
	room := int(height/leastLines-m.pitch) - m.px(laneAbove) - m.px(laneBelow)
	n := min(len(all), max(leastLanes, room/m.laneStride()))
	if _, focused := v.s.Foreign(); focused != nil {
		at := slices.IndexFunc(all, func(l session.Lane) bool { return l.Annotator == focused.Annotator })
		v.firstLane = min(max(v.firstLane, at-n+1), at)
	}
	v.firstLane = max(0, min(v.firstLane, len(all)-n))
	if chosen := all[v.firstLane : v.firstLane+n]; !slices.Equal(chosen, v.shownLanes) {
		v.shownLanes = chosen
		v.tiles.stale()
	}
}

// leastLanes are shown however low the pane is: fewer compare nothing.
const leastLanes = 2

// laneOf returns the lane that a span or relation is in, nil if none has it.
func (v *View) laneOf(id annotate.ID) *laneScene {
	for i := range v.scene.lanes {
		if l := &v.scene.lanes[i]; id != "" && (l.Layer.Span(id) != nil || l.Layer.Relation(id) != nil) {
			return l
		}
	}
	return nil
}

// sceneWith returns the scene of the lane that a span is in, or else of one's own layer.
func (v *View) sceneWith(id annotate.ID) *scene {
	if l := v.laneOf(id); l != nil {
		return l.scene
	}
	return &v.scene
}

// shownSpan returns a span of the annotator's own layer or of a lane, nil if none has it.
func (v *View) shownSpan(id annotate.ID) *annotate.Span {
	if span := v.s.Layer().Span(id); span != nil || id == "" {
		return span
	}
	span, _ := v.s.LaneSpan(id)
	return span
}

// barsAt returns the spans of the bars at a place of a tile, in device pixels from the line's left
// edge and top, the one on top first.
func (t *tile) barsAt(x, y float64) []annotate.ID {
	var found []annotate.ID
	for _, row := range t.drawn.lanes {
		for i := len(row.bars) - 1; i >= 0; i-- {
			if b := &row.bars[i]; slices.ContainsFunc(b.boxes, func(at box) bool { return at.contains(x, y) }) {
				found = append(found, b.span.ID)
			}
		}
	}
	return found
}

// laneTags names the lanes at the left of every line.
type laneTags struct {
	lanes  []session.Lane
	more   int           // how many there is no room for
	about  laneTagsState // what pixels shows
	pixels *image.RGBA
	pool   []*canvas.Image
	used   int
}

// laneTagsState is what the picture of the tags depends on.
type laneTagsState struct {
	names   string
	metrics metrics
	dark    bool
}

const (
	tagText       = 9.5
	moreLanesText = 8.5
	tagRoom       = 22.0 // toolkit units at zoom 1
)

func (l *laneTags) objects() []fyne.CanvasObject {
	found := make([]fyne.CanvasObject, l.used)
	for i := range found {
		found[i] = l.pool[i]
	}
	return found
}

// place puts the tags beside the lanes of each line in sight. They all look the same,
// so that they are painted once.
func (l *laneTags) place(v *View) {
	l.used = 0
	l.lanes, l.more = v.shownLanes, len(v.s.Lanes())-len(v.shownLanes)
	m := &v.painter.metrics
	if v.layout == nil || m.lanes == 0 {
		return
	}
	l.paint(v)
	for _, t := range v.visible {
		if t.drawn.lanes == nil {
			continue
		}
		if l.used == len(l.pool) {
			l.pool = append(l.pool, newImage())
		}
		tag := l.pool[l.used]
		l.used++
		if tag.Image != image.Image(l.pixels) {
			tag.Image = l.pixels
			tag.Refresh()
		}
		size := l.pixels.Rect.Size()
		tag.Move(v.units(v.geometry.left-float64(m.margin+size.X), t.y+float64(m.lanesTop)))
		tag.Resize(v.unitSize(float64(size.X), float64(size.Y)))
	}
}

func (l *laneTags) paint(v *View) {
	m := &v.painter.metrics
	state := laneTagsState{metrics: *m, dark: v.palette.Dark}
	for _, lane := range l.lanes {
		state.names += lane.Tag + "\n"
	}
	if l.more > 0 {
		state.names += l.moreText()
	}
	if state == l.about {
		return
	}
	l.about = state
	l.pixels = image.NewRGBA(image.Rect(0, 0, m.px(tagRoom), m.lanes*m.laneStride()+m.px(laneBelow)))
	right := float64(l.pixels.Rect.Dx())
	for i, lane := range l.lanes {
		text := v.painter.measure(lane.Tag, tagText*m.scale)
		top, bottom := m.laneBox(i, 0)
		at := box{0, top - float64(m.lanesTop), right, bottom - float64(m.lanesTop)}
		v.painter.label(l.pixels, text, math.Max(0, math.Round(at.x1-text.Width)), at, v.palette.Dim)
	}
	if l.more > 0 {
		text := v.painter.measure(l.moreText(), moreLanesText*m.scale)
		top := float64(m.lanes * m.laneStride())
		v.painter.label(l.pixels, text, math.Max(0, math.Round(right-text.Width)), box{0, top, right, top + float64(m.px(laneBelow)-1)}, v.palette.Dim)
	}
}

// moreText says how many lanes there is no room for.
func (l *laneTags) moreText() string { return fmt.Sprintf("+%d", l.more) }

// laneAt returns whose tag stands at a place of the pane, in device pixels; "" if none does.
func (l *laneTags) laneAt(v *View, x, y float64) string {
	if l.used == 0 || x >= v.geometry.left-float64(v.painter.metrics.margin) {
		return ""
	}
	m := &v.painter.metrics
	for _, t := range v.visible {
		if t.drawn.lanes == nil {
			continue
		}
		for i := range l.lanes {
			if top, bottom := m.laneBox(i, 0); y-t.y >= top && y-t.y < bottom {
				return l.lanes[i].Annotator
			}
		}
	}
	return ""
}
