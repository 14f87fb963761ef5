package typeset

import (
	"math"

	"github.com/go-text/typesetting/font"

	"spanwright/annotate"
)

// build makes the line of a stretch. Left-to-right paragraphs stand at the left
// edge, the others at the right end of the measure; an infinite measure puts both at the left.
func (s *setter) build(l stretch, measure float64) *Line {
	sections := s.lineSections(l)
	line := &Line{
		Fragment: annotate.Fragment{Start: s.offset(l.from), End: s.offset(l.to)},
		RTL:      s.base == 1,
		Glyphs:   make([]Glyph, 0, glyphCount(sections)),
		Clusters: make([]Cluster, 0, l.to-l.from),
		mixed:    s.mixed,
		hangs:    l.to > l.from && (s.traits[l.to-1]&blank != 0 || isLineEnd(s.runes[s.clusters[l.to-1]])),
	}
	widths := make([]float64, len(sections))
	for i, sec := range sections {
		widths[i] = sec.width
		if sec.kind == tab {
			widths[i] = s.nextStop(line.Width) - line.Width
		}
		line.Width += widths[i]
	}
	x := 0.0
	if line.RTL && !math.IsInf(measure, 1) {
		x = measure - line.Width
	}
	line.end = x + line.Width
	if line.RTL {
		line.end = x
	}
	levels := s.lineLevels(sections)
	for k := range sections {
		i := k
		if levels != nil {
			i = levels.order[k]
		}
		s.place(line, &sections[i], x, widths[i], levels.rtl(i))
		x += widths[i]
	}
	return line
}

func glyphCount(sections []section) int {
	n := 0
	for i := range sections {
		n += len(sections[i].glyphs)
	}
	return n
}

// lineOrder is the visual order of a line's sections; nil when it is that of the text.
type lineOrder struct {
	levels []uint8
	order  []int
}

func (o *lineOrder) rtl(i int) bool { return o != nil && o.levels[i]%2 == 1 }

// lineLevels orders the sections of a line, blanks at its end by rule L1. A hyphen
// there belongs to its word.
func (s *setter) lineLevels(sections []section) *lineOrder {
	if !s.mixed {
		return nil
	}
	levels := make([]uint8, len(sections))
	for i, sec := range sections {
		levels[i] = sec.level
	}
	for i := len(sections) - 1; i >= 0 && s.traits[sections[i].first]&resettable != 0 && !sections[i].hyphen; i-- {
		levels[i] = s.base
	}
	return &lineOrder{levels, visualOrder(levels)}
}

// place appends the glyphs and clusters of a section that begins at x.
func (s *setter) place(line *Line, sec *section, x, width float64, rtl bool) {
	n := sec.last - sec.first
	share := width / float64(n)
	for k := range n {
		c := sec.first + k
		if rtl {
			c = sec.last - 1 - k
		}
		line.Clusters = append(line.Clusters, Cluster{
			Fragment: annotate.Fragment{Start: s.offset(c), End: s.offset(c + 1)},
			X:        x + float64(k)*share, Width: share, RTL: rtl,
		})
	}
	behind := x + width - sec.room
	if rtl {
		behind, x = x, x+sec.room
	}
	s.mark(line, sec, behind, rtl)
	if sec.kind == boxed {
		line.Glyphs = append(line.Glyphs, Glyph{
			Face: s.fonts.faces[0], X: float32(x), Advance: float32(width - sec.room), Size: float32(s.size),
			Offset: s.offset(sec.first), Missing: s.runes[s.clusters[sec.first]],
		})
		return
	}
	for _, g := range sec.glyphs {
		advance := s.pixels(g.XAdvance)
		glyph := Glyph{
			Face: sec.face, ID: g.GlyphID,
			X: float32(x + s.pixels(g.XOffset)), Y: float32(-s.pixels(g.YOffset)),
			Advance: float32(advance), Size: float32(s.size), Offset: s.offset(sec.first),
		}
		if g.GlyphID == 0 {
			glyph.Missing = s.missing(sec, sec.face)
		}
		line.Glyphs = append(line.Glyphs, glyph)
		x += advance
	}
}

// missing returns the first character of a section that its face has no glyph for.
func (s *setter) missing(sec *section, face *font.Face) rune {
	runes := s.runes[s.clusters[sec.first]:s.clusters[sec.last]]
	for _, r := range runes {
		if !hasGlyph(face.Font, r) {
			return r
		}
	}
	return runes[0]
}

// Measure sets text on one line however wide it is, at size (em) pixels, as for a
// label. Offsets count from the start of text; line ends in it have no width.
func Measure(fonts *Fonts, text string, size float64) *Line {
	return measure(fonts, fonts.taste(Style{}), text, size)
}

func measure(fonts *Fonts, t *taste, text string, size float64) *Line {
	s := &fonts.setter
	s.invisibles = false
	s.prepare(annotate.NewBody(text), annotate.Fragment{End: len(text)}, newEmbedding(textLevel(text)), t, size)
	return s.build(stretch{0, s.count()}, math.Inf(1))
}

// Wrap sets a short text in lines no wider than style.Width, as one paragraph that
// nothing is kept of; of the lengths of the style only Size and Width count. Offsets
// count from the start of text, which has no line ends.
func Wrap(fonts *Fonts, text string, style Style) []*Line {
	level := textLevel(text)
	switch style.Direction {
	case annotate.LeftToRight:
		level = 0
	case annotate.RightToLeft:
		level = 1
	}
	s := &fonts.setter
	s.invisibles = false
	s.prepare(annotate.NewBody(text), annotate.Fragment{End: len(text)}, newEmbedding(level), fonts.taste(style), style.Size)
	var lines []*Line
	for _, l := range s.wrap(style.Width) {
		lines = append(lines, s.build(l, style.Width))
	}
	return lines
}
