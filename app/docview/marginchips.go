package docview

import (
	"cmp"
	"fmt"
	"image"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"spanwright/annotate"
	"spanwright/app/session"
	"spanwright/app/typeset"
)

// marginChips shows, at the pane's upper and lower edge, the ends of relations
// that cannot be seen: those of the annotation that has the focus or is under the
// pointer. A click goes there.
type marginChips struct {
	rims    [2]rim
	about   marginState
	others  map[annotate.ID]session.Elsewhere // spans of other documents, as far as they were read
	awaited map[annotate.ID]bool
}

// rim is the chips along one edge.
type rim struct {
	image *canvas.Image
	chips []marginChip
	size  image.Point // device pixels
	x, y  float64     // in the pane
	shown bool
}

// marginState is what the chips depend on.
type marginState struct {
	focused, hovered annotate.ID
	visible          annotate.Fragment
	geometry         geometry
	read             int // how many spans of other documents are known
}

// marginChip is one end that cannot be seen.
type marginChip struct {
	far
	box box // device pixels, in the rim
}

// far is a span that lies out of sight.
type far struct {
	span     *annotate.Span
	document string // its name when it is another one
	part     string // what it is to the annotation: a role, a relation, its label
	quote    string
	above    bool
}

// Measures of margin chips, in toolkit units, and what of a quote they show.
const (
	marginText  = 12.0
	marginHigh  = 22.0
	marginPad   = 8.0
	marginGap   = 6.0
	marginInset = 5.0
	marginQuote = 30 // characters
	marginName  = 24 // characters of a document's name
	// widestMargin is how wide a chip is at most.
	widestMargin = 400.0
	// mostRead is how many spans of other documents are read at once; a rim has room for fewer.
	mostRead = 24
)

// forget has everything read and drawn anew.
func (c *marginChips) forget() {
	c.others, c.awaited, c.about = map[annotate.ID]session.Elsewhere{}, map[annotate.ID]bool{}, marginState{}
}

func (c *marginChips) objects() []fyne.CanvasObject {
	var found []fyne.CanvasObject
	for i := range c.rims {
		if c.rims[i].shown {
			found = append(found, c.rims[i].image)
		}
	}
	return found
}

// place draws the chips if anything they depend on has changed.
func (c *marginChips) place(v *View) {
	if v.layout == nil || len(v.visible) == 0 {
		c.rims[0].shown, c.rims[1].shown = false, false
		return
	}
	state := marginState{v.scene.focused, v.mouse.hovered, v.sight(), v.geometry, len(c.others)}
	if state == c.about {
		return
	}
	c.about = state
	ends := c.ends(v)
	for i, above := range []bool{true, false} {
		var mine []far
		for _, f := range ends {
			if f.above == above {
				mine = append(mine, f)
			}
		}
		c.rims[i].draw(v, mine, above)
	}
}

// sight returns the part of the text whose lines lie wholly in the pane.
func (v *View) sight() annotate.Fragment {
	var f annotate.Fragment
	m := &v.painter.metrics
	for _, t := range v.visible {
		if t.y+float64(m.boxTop) < 0 || t.y+float64(m.boxBottom) > v.geometry.height {
			continue
		}
		if f.Empty() {
			f = t.line.Fragment
		}
		f.End = t.line.End
	}
	return f
}

// ends returns what is out of sight of the focused annotation, its relations and
// those of the one under the pointer.
func (c *marginChips) ends(v *View) []far {
	var found []far
	var unread []annotate.ID
	seen := map[annotate.ID]bool{}
	add := func(id annotate.ID, part string) {
		if id == "" || seen[id] {
			return
		}
		seen[id] = true
		if span := v.s.Layer().Span(id); span != nil {
			if f, hidden := c.hidden(v, span); hidden {
				f.part = part
				found = append(found, f)
			}
			return
		}
		if other, known := c.others[id]; known {
			found = append(found, far{span: other.Span, document: other.Document, part: part, quote: other.Quote})
		} else if !c.awaited[id] && len(unread) < mostRead {
			c.awaited[id] = true
			unread = append(unread, id)
		}
	}
	for _, id := range []annotate.ID{v.scene.focused, v.mouse.hovered} {
		if span := v.s.Layer().Span(id); span != nil {
			add(id, span.Label)
		}
		relations := v.s.RelationsOf(id)
		if r := v.s.Layer().Relation(id); r != nil {
			relations = append(relations, r)
		}
		for _, r := range relations {
			for _, a := range r.Arguments {
				part := a.Role
				if a.Role == annotate.Head || a.Role == annotate.Tail || a.Role == annotate.Member {
					part = r.Label
				}
				add(a.Span, part)
			}
		}
	}
	if len(unread) > 0 {
		v.s.FindElsewhere(unread, marginQuote, func(read []session.Elsewhere) {
			for _, other := range read {
				c.others[other.Span.ID] = other
			}
			if !v.gone {
				v.Refresh()
			}
		})
	}
	slices.SortStableFunc(found, func(a, b far) int { // in reading order, those of other documents last
		if (a.document == "") != (b.document == "") {
			return cmp.Compare(a.document, b.document)
		}
		return a.span.Fragments[0].Start - b.span.Fragments[0].Start
	})
	return found
}

// hidden tells whether nothing of a span is in sight, and on which side it lies.
func (c *marginChips) hidden(v *View, span *annotate.Span) (f far, hidden bool) {
	for _, fragment := range span.Fragments {
		if fragment.Overlaps(c.about.visible) {
			return f, false
		}
	}
	return far{span: span, above: span.Fragments[0].Start < c.about.visible.Start}, true
}

// draw paints the chips side by side, as many as there is room for, and counts the rest.
func (r *rim) draw(v *View, ends []far, above bool) {
	r.chips = r.chips[:0]
	if r.shown = len(ends) > 0; !r.shown {
		return
	}
	scale, g := v.geometry.scale, &v.geometry
	shadow, high := math.Round(stripShadow*scale), math.Round(marginHigh*scale)
	most := g.width - (barRoom+2*marginInset)*scale - 2*shadow
	x := shadow
	var faces []marginFace
	for i, f := range ends {
		if f.document == "" {
			f.quote = v.s.Quote(f.span, marginQuote)
		}
		face := v.marginFace(f, math.Min(most, widestMargin*scale))
		rest := v.painter.measure(fmt.Sprintf("+%d", len(ends)-i), marginText*scale)
		room := most
		if i+1 < len(ends) {
			room -= rest.Width + (2*marginPad+marginGap)*scale
		}
		if x-shadow+face.width > room && i > 0 {
			face = marginFace{part: rest, width: math.Ceil(rest.Width + 2*marginPad*scale)}
			f = far{}
		}
		faces = append(faces, face)
		r.chips = append(r.chips, marginChip{f, box{x, shadow, x + face.width, shadow + high}})
		x += face.width + math.Round(marginGap*scale)
		if f.span == nil {
			break
		}
	}
	r.size = image.Pt(int(x+shadow), int(high+2*shadow))
	pixels := image.NewRGBA(image.Rectangle{Max: r.size})
	for i := range r.chips {
		v.painter.marginChip(pixels, v, &r.chips[i], &faces[i])
	}
	if r.image == nil {
		r.image = newImage()
	}
	r.image.Image = pixels
	r.image.Refresh()
	r.x = math.Round(math.Max(0, math.Min(g.left, g.width-float64(r.size.X)-barRoom*scale)) - shadow)
	r.y = math.Round(marginInset*scale) - shadow
	if !above {
		r.y = g.height - math.Round(marginInset*scale) - high - shadow
	}
	r.image.Move(v.units(r.x, r.y))
	r.image.Resize(v.unitSize(float64(r.size.X), float64(r.size.Y)))
}

// marginFace is what a margin chip says: an arrow, the part in bold, the words.
type marginFace struct {
	part, quote *typeset.Line
	width       float64 // device pixels
}

// marginFace sets a chip no wider than most.
func (v *View) marginFace(f far, most float64) marginFace {
	scale := v.geometry.scale
	part := f.part
	if f.document != "" {
		part = typeset.Isolate(annotate.Excerpt(f.document, marginName)) + " · " + typeset.Isolate(part)
	}
	face := marginFace{part: v.painter.measure(part, marginText*scale)}
	for n := marginQuote; ; n = n * 3 / 4 {
		face.quote = typeset.Measure(v.fonts, annotate.Excerpt(f.quote, n), marginText*scale)
		face.width = math.Ceil(face.part.Width + face.quote.Width + (3*marginPad+arrowRoom)*scale)
		if face.width <= most || n < 4 {
			return face
		}
	}
}

// arrowRoom is the room of the arrow on a margin chip, in toolkit units.
const arrowRoom = 13.0

func (p *painter) marginChip(pixels *image.RGBA, v *View, k *marginChip, face *marginFace) {
	scale := v.geometry.scale
	p.raised(pixels, v.palette, k.box, scale)
	x := k.box.x0 + marginPad*scale
	if k.span == nil {
		p.label(pixels, face.part, x, k.box, v.palette.Dim)
		return
	}
	colors := v.scene.colors(k.span)
	middle, half := math.Round((k.box.y0+k.box.y1)/2), 4*scale
	switch {
	case k.document != "":
		p.pen.fill(pixels, colors.Line, []point{{x, middle - half}, {x + 1.6*half, middle}, {x, middle + half}})
	case k.above:
		p.pen.fill(pixels, colors.Line, []point{{x, middle + half*0.8}, {x + half, middle - half*0.8}, {x + 2*half, middle + half*0.8}})
	default:
		p.pen.fill(pixels, colors.Line, []point{{x, middle - half*0.8}, {x + 2*half, middle - half*0.8}, {x + half, middle + half*0.8}})
	}
	x += arrowRoom * scale
	p.label(pixels, face.part, x, k.box, v.palette.Dim)
	x += math.Ceil(face.part.Width) + marginPad*scale
	p.label(pixels, face.quote, x, k.box, v.palette.Ink)
}

// at returns the chip at a place of the pane, in device pixels; nil if there is none.
func (c *marginChips) at(x, y float64) *marginChip {
	for i := range c.rims {
		r := &c.rims[i]
		for k := range r.chips {
			if r.shown && r.chips[k].box.contains(x-r.x, y-r.y) {
				return &r.chips[k]
			}
		}
	}
	return nil
}

// press goes to the span whose chip lies at that place; it reports whether one does.
func (c *marginChips) press(v *View, x, y float64) bool {
	k := c.at(x, y)
	if k == nil {
		return false
	}
	if k.span != nil {
		v.s.Reveal(k.span.Document, k.span.ID)
	}
	return true
}
