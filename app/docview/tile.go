package docview

import (
	"image"
	"image/draw"
	"math"
	"slices"

	"spanwright/app/glyph"
	"spanwright/app/typeset"
)

// painter draws lines. It keeps glyphs and measured labels; it is for one goroutine.
type painter struct {
	metrics  metrics
	bold     *typeset.Fonts // chips, curve labels
	pen      pen
	glyphs   *glyph.Cache
	measured map[measureKey]*typeset.Line
}

type measureKey struct {
	text string
	size float64
}

func newPainter(bold *typeset.Fonts, m metrics) *painter {
	return &painter{metrics: m, bold: bold, glyphs: glyph.NewCache(), measured: map[measureKey]*typeset.Line{}}
}

// measuredLimit bounds the labels kept; a scheme has far fewer.
const measuredLimit = 4096

// measure returns a label set in bold.
func (p *painter) measure(text string, size float64) *typeset.Line {
	key := measureKey{text, size}
	if l := p.measured[key]; l != nil {
		return l
	}
	if len(p.measured) >= measuredLimit {
		clear(p.measured)
	}
	l := typeset.Measure(p.bold, text, size)
	p.measured[key] = l
	return l
}

// tileSize returns the size in device pixels of the tile of a line of that measure.
func (m *metrics) tileSize(width float64) image.Point {
	return image.Pt(int(math.Ceil(width))+2*m.margin, int(m.pitch))
}

// drawn is what a tile shows and where, for hit tests and curves.
type drawn struct {
	pieces []piece
	chips  []chip
	lanes  []laneRow
}

// tile draws one line on dst, which has the size of tileSize for the measure.
// The line's left edge lies metrics.margin right of dst's.
func (p *painter) tile(dst *image.RGBA, s *scene, line *typeset.Line, width float64) drawn {
	draw.Draw(dst, dst.Rect, image.NewUniform(s.palette.Pane), image.Point{}, draw.Src)
	touching := s.touch(line.Fragment)
	d := drawn{pieces: s.pieces(line, &touching)}
	if p.metrics.hasChips() {
		d.chips = newChipper(p, width).place(s, line, d.pieces, touching.hidden)
	}
	p.highlights(dst, s, d.pieces)
	p.joins(dst, line, d.pieces)
	p.underlines(dst, d.pieces)
	p.marks(dst, s, line)
	p.glyphs.Draw(dst, line.Glyphs, float64(p.metrics.margin), p.metrics.baseline, s.palette.Ink)
	p.outlines(dst, s, d.pieces)
	for i := range d.chips {
		p.chip(dst, s, &d.chips[i])
	}
	if !p.metrics.hasChips() && s.relating != nil {
		p.bareHints(dst, s, line, d.pieces)
	}
	d.lanes = p.laneRows(s, line)
	p.lanesPainted(dst, s, line, d.lanes, width)
	return d
}

// edge returns the device pixel a distance from the line's left edge lies at.
func (p *painter) edge(x float64) int { return int(math.Round(x)) + p.metrics.margin }

// highlights lays the tints of the pieces on one another. Where pieces lie over
// one another each further tint is mixed with what lies under it, so that text
// stays readable; nested ones stand inside a frame of their own, and of those that
// coincide the first has its tint.
func (p *painter) highlights(dst *image.RGBA, s *scene, pieces []piece) {
	var edges []int
	for i := range pieces {
		for _, seg := range pieces[i].segments {
			edges = append(edges, p.edge(seg.X), p.edge(seg.X+seg.W))
		}
	}
	slices.Sort(edges)
	edges = slices.Compact(edges)
	for i := 0; i+1 < len(edges); i++ {
		p.tintColumn(dst, s, pieces, edges[i], edges[i+1])
	}
	for i := range pieces {
		if pieces[i].depth > 0 {
			p.frame(dst, &pieces[i])
		}
	}
}

// maxTints is how many tints lie on one another; more would only be mud.
const maxTints = 3

// tintColumn lays all tints between two neighbouring edges.
func (p *painter) tintColumn(dst *image.RGBA, s *scene, pieces []piece, x0, x1 int) {
	ground, tints := s.palette.Pane, 0
	for i := range pieces {
		pc := &pieces[i]
		for _, seg := range pc.segments {
			left, right := p.edge(seg.X), p.edge(seg.X+seg.W)
			if left > x0 || right < x1 || tints == maxTints || s.under(pieces[:i], pc) {
				continue
			}
			tints++
			ground = s.palette.Tint(ground, pc.colors.Line)
			if s.dims(pc.span.ID) {
				ground = pc.colors.Tint
			}
			b := p.inside(pc, float64(x0), float64(x1))
			radius := 3 * p.metrics.scale
			p.pen.fill(dst, ground, b.rounded(onlyIf(left == x0, radius), onlyIf(right == x1, radius)))
		}
	}
}

// under reports whether one of the pieces stands for the tint of pc, which coincides
// with it: colours mixed would look like a third label's. Underlines and chips tell
// them apart.
func (s *scene) under(pieces []piece, pc *piece) bool {
	return slices.ContainsFunc(pieces, func(other piece) bool {
		return other.fragment == pc.fragment && other.row != pc.row && slices.Equal(other.span.Fragments, pc.span.Fragments) &&
			(s.dims(pc.span.ID) || !s.dims(other.span.ID))
	})
}

func onlyIf(condition bool, v float64) float64 {
	if condition {
		return v
	}
	return 0
}

// inside returns the box of a piece between two edges: nested ones are lower by
// a pixel or two on each side.
func (p *painter) inside(pc *piece, x0, x1 float64) box {
	inset := float64(pc.depth * p.metrics.px(1.5))
	return box{x0, float64(p.metrics.boxTop) + inset, x1, float64(p.metrics.boxBottom) - inset - onlyIf(pc.depth > 0, float64(p.metrics.px(1)))}
}

// frame draws the border of a nested piece.
func (p *painter) frame(dst *image.RGBA, pc *piece) {
	c := pc.colors.Line
	c.A = 0xb0
	for _, seg := range pc.segments {
		b := p.inside(pc, float64(p.edge(seg.X)), float64(p.edge(seg.X+seg.W)))
		p.pen.ring(dst, b, 3*p.metrics.scale, float64(p.metrics.px(1)), c)
	}
}

// underline returns where a piece's underline lies: at the bottom of its box,
// those of overlapping spans in rows of their own under and over it.
func (p *painter) underline(pc *piece) (top, bottom int) {
	m := &p.metrics
	thick := m.px(2)
	if m.density == Read {
		thick = m.px(1.5)
	}
	bottom = int(p.inside(pc, 0, 0).y1)
	switch step := thick + m.px(1); pc.row {
	case 1:
		bottom += step
	case maxRow:
		bottom -= step
	}
	return bottom - thick, bottom
}

func (p *painter) underlines(dst *image.RGBA, pieces []piece) {
	for i := range pieces {
		top, bottom := p.underline(&pieces[i])
		for _, seg := range pieces[i].segments {
			b := box{float64(p.edge(seg.X)), float64(top), float64(p.edge(seg.X + seg.W)), float64(bottom)}
			p.pen.roundBox(dst, b, p.metrics.scale, pieces[i].colors.Line)
		}
	}
}

// joins draws dashes through the gaps between the fragments of a span, on the
// lines where a gap begins and ends.
func (p *painter) joins(dst *image.RGBA, line *typeset.Line, pieces []piece) {
	for i := range pieces {
		pc := &pieces[i]
		fragments := pc.span.Fragments
		top, bottom := p.underline(pc)
		dash := func(segments []typeset.Segment) {
			for _, seg := range segments {
				bar := rect(p.edge(seg.X), max(top, bottom-p.metrics.px(1.5)), p.edge(seg.X+seg.W), bottom)
				p.pen.dashes(dst, bar, p.metrics.px(3), p.metrics.px(2.5), pc.colors.Line)
			}
		}
		if next := pc.fragment + 1; next < len(fragments) {
			dash(line.Segments(gap(fragments[pc.fragment], fragments[next])))
		}
		if previous := pc.fragment - 1; previous >= 0 && fragments[previous].End <= line.Start {
			dash(line.Segments(gap(fragments[previous], fragments[pc.fragment])))
		}
	}
}

// outlines draws the focus outline round the pieces that have it.
func (p *painter) outlines(dst *image.RGBA, s *scene, pieces []piece) {
	m := &p.metrics
	for i := range pieces {
		pc := &pieces[i]
		if !s.outlined(pc.span.ID) {
			continue
		}
		for _, seg := range pc.segments {
			b := box{float64(p.edge(seg.X)), float64(m.boxTop), float64(p.edge(seg.X + seg.W)), float64(m.boxBottom)}
			if pc.depth > 0 {
				b = p.inside(pc, b.x0, b.x1)
			}
			_, bottom := p.underline(pc)
			b.y1 = math.Max(float64(bottom), p.inside(pc, 0, 0).y1)
			p.pen.ring(dst, b.inset(-float64(m.px(2))), 4*m.scale, float64(m.px(2)), s.palette.Focus)
		}
	}
}
