package typeset

import (
	"unicode"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/harfbuzz"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/segmenter"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"

	"spanwright/annotate"
)

// shapedSize is the em at which everything is shaped, in pixels; results are
// scaled to the size asked for. The shaper rounds sizes up to whole pixels and
// advances to 1/64 pixel, and more than 1024 overflows its 32-bit arithmetic.
const shapedSize = 1024

// faceCache is how many faces the shaper keeps prepared. Its default keeps none.
const faceCache = 64

// boxWidth returns the width in em of the box shown for a character without glyph:
// room for two or three columns of digits.
func boxWidth(r rune) float64 {
	if r > 0xFFFF {
		return 1.25
	}
	return 0.95
}

// awaitedWidth returns the width in em that is kept free for a character whose font
// is not read yet.
func awaitedWidth(script language.Script) float64 {
	switch script {
	case language.Han, language.Hiragana, language.Katakana, language.Hangul:
		return 1
	}
	return 0.55
}

// item is a stretch of clusters that is shaped in one go.
type item struct {
	first, last int // clusters
	kind        kind
	face        *font.Face
	script      language.Script
	level       uint8
}

// section is the smallest part whose glyphs belong together: usually one cluster,
// several when they form a ligature.
type section struct {
	first, last int // clusters
	kind        kind
	level       uint8
	safe        bool // a line may begin here without shaping anew
	hyphen      bool // a soft hyphen at the end of a line
	face        *font.Face
	glyphs      []shaping.Glyph // left to right
	width       float64         // pixels; of tabs known only in a line
	room        float64         // the part of width, behind the glyphs, for names of invisible characters
}

// setter lays out one passage at a time and keeps its memory for the next.
type setter struct {
	fonts     *Fonts
	shaper    shaping.HarfbuzzShaper
	segmenter segmenter.Segmenter
	passage
	taste     *taste
	size      float64 // em in pixels
	items     []item
	itemOf    []int32 // of each cluster
	sections  []section
	sectionOf []int32 // of each cluster
	again     []section
	awaits    bool // some cluster's font is not read yet
}

func (s *setter) start(f *Fonts) {
	s.fonts = f
	s.shaper.SetFontCacheSize(faceCache)
}

// prepare reads and shapes the part f of a document, which stands in open embeddings.
func (s *setter) prepare(body *annotate.Body, f annotate.Fragment, open *embedding, t *taste, size float64) {
	s.taste, s.size, s.awaits = t, size, false
	s.read(body, f, open)
	s.findBreaks()
	s.itemize()
	s.sections = s.sections[:0]
	for _, it := range s.items {
		s.sections = s.shape(s.sections, it)
	}
	s.sectionOf = s.sectionOf[:0]
	for i, sec := range s.sections {
		for range sec.last - sec.first {
			s.sectionOf = append(s.sectionOf, int32(i))
		}
	}
}

// itemize cuts the passage where face, script, level or kind change. Clusters
// that belong to no script join the one before, or after at the beginning.
func (s *setter) itemize() {
	s.items, s.itemOf = s.items[:0], s.itemOf[:0]
	var before *font.Face
	for c := range s.count() {
		text, runes := s.clusterText(c)
		it := item{first: c, last: c + 1, kind: s.kinds[c], level: s.levels[c], script: scriptOf(runes)}
		if it.kind == shaped {
			face, waits := s.fonts.face(s.taste, text, runes, it.script, before)
			switch {
			case waits:
				it.kind, s.awaits, s.fonts.awaits = awaited, true, true
			case face == nil:
				it.kind = boxed
			default:
				it.face = face
				if !s.fonts.hasPictures(face) { // its blanks are as wide as emoji, its digits those of keycaps
					before = face
				}
			}
			s.kinds[c] = it.kind
		}
		if n := len(s.items); n == 0 || !s.items[n-1].join(it) {
			s.items = append(s.items, it)
		}
		s.itemOf = append(s.itemOf, int32(len(s.items)-1))
	}
}

// join takes another item in when they can be shaped together.
func (it *item) join(next item) bool {
	if it.kind != next.kind || it.face != next.face || it.level != next.level || it.kind != shaped {
		return false
	}
	if next.script != language.Common && next.script != it.script {
		if it.script != language.Common {
			return false
		}
		it.script = next.script
	}
	it.last = next.last
	return true
}

// scriptOf returns the script of the first character that has one of its own.
func scriptOf(runes []rune) language.Script {
	for _, r := range runes {
		switch {
		case 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z':
			return language.Latin
		case r < 0x80:
			continue
		}
		if s := language.LookupScript(r); s != language.Common && s != language.Inherited && s != language.Unknown {
			return s
		}
	}
	return language.Common
}

// shape appends the sections of an item in the order of the text.
func (s *setter) shape(sections []section, it item) []section {
	if it.kind != shaped {
		for c := it.first; c < it.last; c++ {
			sec := section{first: c, last: c + 1, kind: it.kind, level: it.level, safe: true, room: s.room(c, c+1)}
			sec.width = sec.room
			switch it.kind {
			case boxed:
				sec.width += boxWidth(s.runes[s.clusters[c]]) * s.size
			case awaited:
				sec.width += awaitedWidth(it.script) * s.size
			}
			sections = append(sections, sec)
		}
		return sections
	}
	in := shaping.Input{
		Text:      s.runes,
		RunStart:  int(s.clusters[it.first]),
		RunEnd:    int(s.clusters[it.last]),
		Direction: di.DirectionLTR,
		Face:      it.face,
		Size:      fixed.I(shapedSize),
		Script:    it.script,
		Language:  s.taste.language(it.script),
	}
	if it.level%2 == 1 {
		in.Direction = di.DirectionRTL
	}
	return s.divide(sections, it, s.shaper.Shape(in).Glyphs)
}

// divide cuts an item's glyphs into sections where both a grapheme cluster and one
// of the shaper's begin.
func (s *setter) divide(sections []section, it item, glyphs []shaping.Glyph) []section {
	n, rtl := len(glyphs), it.level%2 == 1
	base := len(sections)
	sections = append(sections, section{first: it.first, last: it.last, face: it.face, level: it.level, safe: true})
	from := 0 // first glyph of the last section, counted in the order of the text
	for i := range n {
		g := glyphs[i]
		if rtl {
			g = glyphs[n-1-i]
		}
		c := int(s.clusterOf[g.ClusterIndex])
		last := &sections[len(sections)-1]
		if int(s.clusters[c]) == g.ClusterIndex && c > last.first {
			s.fill(last, glyphs, from, i, rtl)
			last.last = c
			sections = append(sections, section{
				first: c, last: it.last, face: it.face, level: it.level,
				safe: g.Mask&harfbuzz.GlyphUnsafeToBreak == 0,
			})
			from = i
		}
	}
	s.fill(&sections[len(sections)-1], glyphs, from, n, rtl)
	sections[base].safe = true
	sections = s.joinEmpty(sections, base)
	for i := range sections[base:] {
		sec := &sections[base+i]
		sec.room = s.room(sec.first, sec.last)
		sec.width += sec.room
	}
	return sections
}

// joinEmpty joins letters without a width of their own to what stands before them,
// or else behind: some fonts write a ligature, as lam with alef, as one glyph that
// has all the width and one that has none. Base is the first section of the item.
func (s *setter) joinEmpty(sections []section, base int) []section {
	joined := sections[:base+1]
	for _, next := range sections[base+1:] {
		last := &joined[len(joined)-1]
		if !s.emptyLetter(last) && !s.emptyLetter(&next) {
			joined = append(joined, next)
			continue
		}
		n := len(last.glyphs) + len(next.glyphs) // they lie beside each other in one slice
		if last.level%2 == 1 {
			last.glyphs = next.glyphs[:n]
		} else {
			last.glyphs = last.glyphs[:n]
		}
		last.last, last.width = next.last, last.width+next.width
	}
	return joined
}

func (s *setter) emptyLetter(sec *section) bool {
	return sec.width <= 0 && unicode.IsLetter(s.runes[s.clusters[sec.first]])
}

// fill gives a section the glyphs from up to to, counted in the order of the text.
func (s *setter) fill(sec *section, glyphs []shaping.Glyph, from, to int, rtl bool) {
	if rtl {
		from, to = len(glyphs)-to, len(glyphs)-from
	}
	sec.glyphs = glyphs[from:to]
	for _, g := range sec.glyphs {
		sec.width += s.pixels(g.XAdvance)
	}
}

// pixels converts a length at the shaped size to one at the size asked for.
func (s *setter) pixels(v fixed.Int26_6) float64 { return float64(v) * s.size / (64 * shapedSize) }
