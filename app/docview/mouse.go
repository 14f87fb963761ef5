package docview

import (
	"math"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"spanwright/annotate"
)

// act is what the pressed mouse is doing.
type act int

const (
	idle      act = iota
	pressing      // pressed on text, not moved yet
	sweeping      // selecting
	scrolling     // dragging the scroll bar
	linking       // dragging from a chip to what it is to be related to
)

// mouse is the state of the pointer over the pane.
type mouse struct {
	act      act
	acting   bool // a handler runs: what the person points at is in sight, so nothing scrolls
	x, y     float64
	pressX   float64
	pressY   float64
	from     int         // byte offset the sweep began at
	chip     annotate.ID // whose chip the press was on
	kept     bool        // the relation outlives the release, as the pointer has not moved yet
	count    int         // of clicks at one place, 1 to 3
	last     time.Time
	before   annotate.ID // what was focused before the press
	blank    bool        // the press was on text without annotations
	exact    bool        // Alt: by characters
	plain    bool        // Ctrl: without labelling
	selected bool        // the press itself selected something
	grab     float64     // from the thumb's top to where it was taken
	press    int         // counts presses, to tell whether another one came
	nudging  bool        // scrolling because the pointer is near the edge
	hovered  annotate.ID // span of any layer
	tag      string      // whose lane's tag the pointer is on, "" if it is on none
	onBar    bool
	pointer  desktop.Cursor
}

// forget drops what belongs to another document.
func (m *mouse) forget() {
	m.act, m.hovered, m.tag, m.before = idle, "", "", ""
}

var (
	_ desktop.Mouseable  = (*View)(nil)
	_ desktop.Hoverable  = (*View)(nil)
	_ desktop.Cursorable = (*View)(nil)
	_ fyne.Draggable     = (*View)(nil)
	_ fyne.Scrollable    = (*View)(nil)
)

const (
	clickTime     = 400 * time.Millisecond // between two clicks of a double click
	clickDistance = 4.0                    // toolkit units
	edgeRoom      = 26.0                   // near the upper and lower edge a drag scrolls
	nudgePause    = 25 * time.Millisecond
)

// at takes down where the pointer is, in device pixels.
func (v *View) at(p fyne.Position) (x, y float64) {
	v.mouse.x, v.mouse.y = float64(p.X)*v.geometry.scale, float64(p.Y)*v.geometry.scale
	return v.mouse.x, v.mouse.y
}

// gesture marks what f does as coming from the pointer.
func (v *View) gesture(f func()) {
	v.mouse.acting = true
	defer func() { v.mouse.acting = false }()
	f()
}

// MouseDown reacts to a press at once; nothing waits for a double click.
func (v *View) MouseDown(e *desktop.MouseEvent) {
	v.s.Active()
	if x, y := v.at(e.Position); v.yields(x, y) {
		v.o.Yield(e)
		return
	}
	if app := fyne.CurrentApp(); app != nil && v.o.Yield == nil {
		if c := app.Driver().CanvasForObject(v); c != nil {
			c.Focus(v)
		}
	}
	v.goal = -1
	x, y := v.at(e.Position)
	m := &v.mouse
	m.press++
	v.card.hide()
	switch {
	case v.strip.press(v, x, y):
	case e.Button == desktop.MouseButtonPrimary && v.rims.press(v, x, y):
	case v.bar.holds(v, x) && e.Button == desktop.MouseButtonPrimary:
		m.act, m.grab = scrolling, y-v.bar.top
		if m.grab < 0 || m.grab > v.bar.height {
			m.grab = v.bar.height / 2
			v.bar.drag(v, y-m.grab)
		}
	case v.layout == nil:
	case e.Button == desktop.MouseButtonSecondary:
		v.gesture(func() { v.context(x, y) })
		if v.o.Menu != nil {
			v.o.Menu(e.AbsolutePosition)
		}
	case e.Button == desktop.MouseButtonPrimary:
		v.gesture(func() { v.pressText(x, y, e.Modifier) })
	}
}

// context focuses what the menu is to be about.
func (v *View) context(x, y float64) {
	here := v.spotAt(x, y)
	switch {
	case here.relation != "":
		v.s.Focus(here.relation)
	case len(here.stack) > 0 && !slices.Contains(here.stack, v.s.Focused()):
		v.s.Focus(here.stack[0])
	case len(here.bars) > 0 && !slices.Contains(here.bars, v.scene.foreign):
		v.s.FocusForeign(here.bars[0])
	}
}

// pressText begins a click or a sweep on the text.
func (v *View) pressText(x, y float64, held fyne.KeyModifier) {
	m := &v.mouse
	here := v.spotAt(x, y)
	if v.s.Relating() != "" {
		if len(here.stack) > 0 {
			v.s.PickTarget(v.legalFirst(here.stack))
		}
		return
	}
	m.countClick(x, y, clickDistance*v.geometry.scale)
	m.act, m.from, m.blank, m.selected, m.chip = pressing, here.offset, false, false, here.chip
	m.exact, m.plain = held&fyne.KeyModifierAlt != 0, held&fyne.KeyModifierControl != 0
	if m.exact {
		v.awaitAlt()
	}
	switch {
	case m.count == 2:
		v.selectPart(v.s.Body().TokenAt(here.cluster))
	case m.count == 3:
		v.selectPart(v.s.Body().SentenceAt(here.cluster))
	case held&fyne.KeyModifierShift != 0:
		v.s.ExtendTo(here.cluster)
		m.selected = true
	case m.plain && m.chip != "":
		v.startLink()
	case m.plain:
	default:
		m.before = v.s.Focused()
		v.click(&here)
	}
}

// countClick tells single, double and triple clicks apart.
func (m *mouse) countClick(x, y, distance float64) {
	now := time.Now()
	near := math.Hypot(x-m.pressX, y-m.pressY) <= distance
	if near && now.Sub(m.last) <= clickTime && m.count < 3 {
		m.count++
	} else {
		m.count = 1
	}
	m.last, m.pressX, m.pressY = now, x, y
}

// legalFirst returns the first of the spans that the relation in progress may go to, else the first.
func (v *View) legalFirst(stack []annotate.ID) annotate.ID {
	if i := slices.IndexFunc(stack, v.s.Legal); i >= 0 {
		return stack[i]
	}
	return stack[0]
}

func (v *View) selectPart(f annotate.Fragment, found bool) {
	if found {
		v.s.Select(f)
		v.mouse.selected = true
	}
}

// click focuses what lies there, the next one if one of them has the focus
// already; on plain text it moves the cursor.
func (v *View) click(here *spot) {
	switch i := slices.Index(here.stack, v.s.Focused()); {
	case here.relation != "":
		v.s.ClearSelection()
		v.s.Focus(here.relation)
	case len(here.stack) > 0:
		v.s.ClearSelection()
		v.s.Focus(here.stack[(i+1)%len(here.stack)])
	case len(here.bars) > 0:
		v.s.ClearSelection()
		v.s.FocusForeign(here.bars[(slices.Index(here.bars, v.scene.foreign)+1)%len(here.bars)])
	default:
		v.mouse.blank = true
		v.s.MoveTo(here.cluster)
	}
}

// Dragged sweeps over the text, draws a relation from a chip, or drags the scroll bar.
func (v *View) Dragged(e *fyne.DragEvent) {
	v.s.Active()
	m := &v.mouse
	x, y := v.at(e.Position)
	moved := math.Hypot(x-m.pressX, y-m.pressY)
	switch {
	case m.act == pressing && m.chip != "":
		if moved > clickDistance*v.geometry.scale {
			v.gesture(v.startLink)
		}
	case m.act == pressing && moved > 2*v.geometry.scale:
		m.act = sweeping
		if m.count == 1 && !m.plain {
			v.gesture(func() { v.s.Focus(m.before) })
		}
	}
	switch m.act {
	case scrolling:
		v.bar.drag(v, y-m.grab)
	case sweeping, linking:
		if m.kept = m.kept && moved <= clickDistance*v.geometry.scale; m.kept {
			break
		}
		v.gesture(v.follow)
		v.nudge()
	}
}

// follow brings what a drag does up to date with where the pointer is now.
func (v *View) follow() {
	if v.mouse.act == linking {
		v.link()
		return
	}
	v.sweep()
}

// sweep selects from where the press was to where the pointer is.
func (v *View) sweep() {
	if v.layout == nil {
		return
	}
	m := &v.mouse
	to := v.spotAt(m.x, m.y).offset
	f := annotate.Fragment{Start: min(m.from, to), End: max(m.from, to)}
	if m.exact != (v.s.Scheme().Snap == annotate.CharacterSnap) {
		f = v.s.Body().SnapClusters(f)
	} else {
		f = v.s.Body().Snap(f)
	}
	if f == v.s.Selection() {
		return
	}
	v.s.Select(f)
}

// nudge scrolls on while a drag is held near an edge, the faster the nearer.
func (v *View) nudge() {
	m := &v.mouse
	edge := edgeRoom * v.geometry.scale
	beyond := math.Max(0, m.y-(v.geometry.height-edge)) - math.Max(0, edge-m.y)
	if beyond == 0 || m.nudging {
		return
	}
	m.nudging = true
	v.o.After(nudgePause, func() {
		m.nudging = false
		if m.act != sweeping && m.act != linking || v.gone {
			return
		}
		before := v.offset
		v.scrollBy(beyond / 2)
		v.gesture(v.follow)
		if v.offset != before {
			v.nudge()
		}
	})
}

// DragEnd ends a drag that left the pane, too.
func (v *View) DragEnd() { v.release() }

// MouseUp ends a click or a drag.
func (v *View) MouseUp(*desktop.MouseEvent) { v.release() }

func (v *View) release() {
	m := &v.mouse
	was := m.act
	m.act = idle
	v.gesture(func() {
		switch {
		case was == sweeping, was == pressing && m.selected:
			v.finishSweep()
		case was == pressing && m.blank:
			v.s.Focus("")
		case was == linking:
			v.finishLink()
		}
	})
	if was == scrolling {
		v.Refresh()
	}
}

// finishSweep labels what was swept over, or offers the labels. A double click
// waits for a third one before it labels.
func (v *View) finishSweep() {
	m := &v.mouse
	switch {
	case m.plain || v.s.Selection().Empty():
	case v.s.Armed() == "":
		v.strip.show(v)
	case m.count == 2:
		press := m.press
		v.o.After(clickTime, func() {
			if m.press == press && !v.gone {
				v.s.SweepDone()
			}
		})
	default:
		v.s.SweepDone()
	}
}

// MouseIn notices the pointer.
func (v *View) MouseIn(e *desktop.MouseEvent) { v.MouseMoved(e) }

// MouseMoved lights up the span under the pointer, with all its fragments and relations.
func (v *View) MouseMoved(e *desktop.MouseEvent) {
	v.s.Active()
	m := &v.mouse
	x, y := v.at(e.Position)
	hovered, tag, onBar := annotate.ID(""), "", v.bar.holds(v, x)
	m.pointer = desktop.DefaultCursor
	switch {
	case v.strip.holds(x, y), v.rims.at(x, y) != nil:
		m.pointer = desktop.PointerCursor
	case onBar, v.layout == nil:
	default:
		here := v.spotAt(x, y)
		if here.onText {
			m.pointer = desktop.TextCursor
		} else if len(here.stack) > 0 || here.relation != "" || len(here.bars) > 0 {
			m.pointer = desktop.PointerCursor
		}
		if under := append(here.stack, here.bars...); len(under) > 0 {
			hovered = under[0]
		}
		tag = v.tags.laneAt(v, x, y)
	}
	v.hover(hovered, tag, onBar)
}

// MouseOut notices that the pointer is gone.
func (v *View) MouseOut() { v.hover("", "", false) }

func (v *View) hover(id annotate.ID, tag string, onBar bool) {
	m := &v.mouse
	if m.hovered == id && m.tag == tag && m.onBar == onBar {
		return
	}
	if m.hovered != id {
		v.curves.clear()
	}
	if m.hovered, m.tag, m.onBar = id, tag, onBar; id != v.card.span || id == "" {
		v.card.wait(v)
	}
	v.Refresh()
}

// Cursor returns the shape of the pointer.
func (v *View) Cursor() desktop.Cursor {
	if v.mouse.pointer == nil {
		return desktop.DefaultCursor
	}
	return v.mouse.pointer
}
