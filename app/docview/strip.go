package docview

import (
	"fmt"
	"image"
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"spanwright/annotate"
	"spanwright/app/session"
	"spanwright/app/theme"
	"spanwright/app/typeset"
)

// strip is a small row of buttons beside what was swept over, or beside the
// target of a relation: the labels, or the relations, to choose from; or beside an
// annotation the fillers proposed for its frame. It is gone at the next act.
type strip struct {
	labels  bool // offer labels for the selection
	stale   bool // it has to be drawn anew
	image   *canvas.Image
	buttons []button
	size    image.Point // device pixels
	x, y    float64     // in the pane
	shown   bool
}

// button is one choice of a strip.
type button struct {
	text      string
	fill, ink color.NRGBA
	ring      bool // it is the one that keys act on
	box       box  // device pixels, in the strip
	choose    func()
}

// show offers the labels for the selection.
func (s *strip) show(v *View) {
	s.labels, s.stale = true, true
	v.Refresh()
}

// hide takes the labels away; a choice of relations stays as long as there is one.
func (s *strip) hide() { s.labels, s.stale = false, true }

func (s *strip) objects() []fyne.CanvasObject {
	if !s.shown {
		return nil
	}
	return []fyne.CanvasObject{s.image}
}

// place draws the strip and puts it below what it belongs to, or above where
// there is no room.
func (s *strip) place(v *View) {
	target := annotate.Fragment{}
	choices := v.s.RelationChoices()
	_, slots := v.s.Assembling()
	switch {
	case v.layout == nil:
	case len(slots) > 0:
		target = v.proposedExtent()
	case len(choices) > 0:
		target, _ = v.s.Extent(v.s.Candidate())
	case s.labels:
		target = v.s.Selection()
	}
	parts := v.partsOfIf(target)
	s.shown = len(parts) > 0
	if !s.shown {
		return
	}
	if s.stale || s.image == nil {
		switch {
		case len(slots) > 0:
			s.buttons = slotButtons(v, slots)
		case len(choices) > 0:
			s.buttons = relationButtons(v)
		default:
			s.buttons = labelButtons(v)
		}
		s.draw(v)
	}
	s.stale = false
	if s.shown = len(s.buttons) > 0; !s.shown {
		return
	}
	s.beside(v, parts[0], parts[len(parts)-1])
}

func (v *View) partsOfIf(f annotate.Fragment) []box {
	if f.Empty() {
		return nil
	}
	return v.partsOf(f)
}

// beside puts the strip below the last line, near where the sweep ended; where
// there is no room above the first; and where that is far away or out of the pane
// above the last line, as that is where the eye is.
func (s *strip) beside(v *View, first, last box) {
	g := &v.geometry
	gap, high := 5*g.scale, float64(s.size.Y)
	x := last.x0
	if s.labels {
		x = math.Max(x, math.Min(v.mouse.x, last.x1)-float64(s.size.X)/2)
	}
	s.x = math.Max(gap, math.Min(x-stripPad*g.scale, g.width-float64(s.size.X)-gap-barRoom*g.scale))
	s.y = last.y1 + gap
	if s.y+high > g.height {
		s.y = first.y0 - gap - high
		if s.y < 0 || last.y0-first.y0 > 3*high {
			s.y = last.y0 - gap - high
		}
	}
	s.x, s.y = math.Round(s.x), math.Round(math.Max(gap, s.y))
	s.image.Move(v.units(s.x, s.y))
	s.image.Resize(v.unitSize(float64(s.size.X), float64(s.size.Y)))
}

func labelButtons(v *View) []button {
	var buttons []button
	for i := range v.s.Scheme().Spans {
		def := &v.s.Scheme().Spans[i]
		colors := v.palette.Label(def.Color)
		text := def.Label
		if def.Key != "" {
			text = def.Key + " " + def.Label
		}
		buttons = append(buttons, button{text: text, fill: colors.Chip, ink: colors.ChipText, choose: func() {
			_ = v.s.Label(def.Label) // the session tells what is wrong
		}})
	}
	return buttons
}

func relationButtons(v *View) []button {
	var buttons []button
	for i, choice := range v.s.RelationChoices() {
		b := button{text: fmt.Sprintf("%d %s", i+1, choice.Title), fill: v.palette.Focus, ink: v.palette.OnFocus}
		if choice.Color != "" {
			colors := v.palette.Label(choice.Color)
			b.fill, b.ink = colors.Chip, colors.ChipText
		}
		b.choose = func() { v.s.ChooseRelation(i) }
		buttons = append(buttons, b)
	}
	return buttons
}

// proposedExtent returns the stretch of text in which the frame being assembled
// and the focused annotation lie: the strip must cover none of them.
func (v *View) proposedExtent() annotate.Fragment { return v.extentOf(v.scene.proposed) }

func (v *View) extentOf(proposed *annotate.Relation) annotate.Fragment {
	extent, _ := v.s.Extent(v.s.Focused())
	for _, a := range proposed.Arguments {
		if filler, here := v.s.Extent(a.Span); here {
			extent.Start, extent.End = min(extent.Start, filler.Start), max(extent.End, filler.End)
		}
	}
	return extent
}

// slotQuote is how many characters of a proposed filler its button shows.
const slotQuote = 28

// slotButtons shows what is proposed for each empty role of the frame being
// assembled; a click on the current one proposes the next candidate.
func slotButtons(v *View, slots []session.Slot) []button {
	var buttons []button
	for i, slot := range slots {
		b := button{text: fmt.Sprintf("%d %s: –", i+1, slot.Role), ink: v.palette.Dim, fill: theme.Mix(v.palette.Pane, v.palette.Dim, 0.16), ring: slot.Current}
		if span := v.s.Layer().Span(slot.Span); span != nil {
			colors := v.scene.colors(span)
			b.fill, b.ink = colors.Chip, colors.ChipText
			b.text = fmt.Sprintf("%d %s: %s", i+1, slot.Role, typeset.Isolate(v.s.Quote(span, slotQuote)))
		}
		if slot.Implicit {
			b.text = fmt.Sprintf("%d %s: implicit", i+1, slot.Role)
		}
		b.choose = func() { v.s.ChooseSlot(i) }
		if slot.Current {
			b.choose = func() { v.s.NextFiller(true) }
		}
		buttons = append(buttons, b)
	}
	proposed, _ := v.s.Assembling()
	take := button{text: "Enter " + proposed.Label, fill: v.palette.Focus, ink: v.palette.OnFocus}
	take.choose = func() { _ = v.s.TakeFrame() } // the session tells what is wrong
	return append(buttons, take)
}

// Measures of a strip, in toolkit units.
const (
	stripPad    = 7.0
	stripGap    = 5.0
	stripText   = 12.0
	buttonPad   = 7.0
	buttonHigh  = 19.0
	stripShadow = 8.0
	stripRoom   = 54.0 // what one row takes below a line
)

// draw paints the buttons in rows as wide as the pane allows.
func (s *strip) draw(v *View) {
	scale := v.geometry.scale
	shadow, pad, gap := math.Round(stripShadow*scale), math.Round(stripPad*scale), math.Round(stripGap*scale)
	most := math.Max(v.geometry.width-barRoom*scale-4*pad-2*shadow, 60*scale)
	x, y, widest, high := 0.0, 0.0, 0.0, math.Round(buttonHigh*scale)
	for i := range s.buttons {
		b := &s.buttons[i]
		width := math.Min(most, math.Ceil(v.painter.measure(b.text, stripText*scale).Width+2*buttonPad*scale))
		if x > 0 && x+width > most {
			x, y = 0, y+high+gap
		}
		left, top := shadow+pad+x, shadow+pad+y
		b.box = box{left, top, left + width, top + high}
		x += width + gap
		widest = math.Max(widest, x-gap)
	}
	panel := box{shadow, shadow, shadow + widest + 2*pad, shadow + y + high + 2*pad}
	s.size = image.Pt(int(panel.x1+shadow), int(panel.y1+shadow))
	pixels := image.NewRGBA(image.Rectangle{Max: s.size})
	s.paint(v, pixels, panel)
	if s.image == nil {
		s.image = newImage()
	}
	s.image.Image = pixels
	s.image.Refresh()
}

func (s *strip) paint(v *View, pixels *image.RGBA, panel box) {
	scale, p := v.geometry.scale, v.painter
	p.raised(pixels, v.palette, panel, scale)
	for i := range s.buttons {
		b := &s.buttons[i]
		p.pen.roundBox(pixels, b.box, 7*scale, b.fill)
		if b.ring {
			p.pen.ring(pixels, b.box.inset(-2.5*scale), 9*scale, 1.5*scale, v.palette.Focus)
		}
		p.label(pixels, p.measure(b.text, stripText*scale), b.box.x0+buttonPad*scale, b.box, b.ink)
	}
}

// holds reports whether the strip lies at a place of the pane, in device pixels.
func (s *strip) holds(x, y float64) bool {
	return s.shown && box{s.x, s.y, s.x + float64(s.size.X), s.y + float64(s.size.Y)}.contains(x, y)
}

// press takes the choice at that place; it reports whether the strip lies there.
func (s *strip) press(v *View, x, y float64) bool {
	if !s.holds(x, y) {
		return false
	}
	for _, b := range s.buttons {
		if b.box.contains(x-s.x, y-s.y) {
			v.gesture(b.choose)
			break
		}
	}
	return true
}
