package typeset

import (
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// softHyphen shows nothing inside a line and is a hyphen where a line ends behind it.
const softHyphen = '\u00AD'

// isSoftHyphen reports whether cluster c is a soft hyphen, which is always one by itself.
func (s *setter) isSoftHyphen(c int) bool { return s.runes[s.clusters[c]] == softHyphen }

// hyphenated reports whether a line ends with a hyphen: it is broken behind a soft
// one that has something before it.
func (s *setter) hyphenated(l stretch) bool {
	return l.to < s.count() && l.to-l.from > 1 && s.isSoftHyphen(l.to-1)
}

// hyphen returns the section of a soft hyphen at which a line is broken. The letters
// before it keep the shapes they have inside the word (UAX #14, section 5.4), and
// the hyphen stands behind them in their direction, not the paragraph's.
func (s *setter) hyphen(c int) section {
	it := s.items[s.itemOf[c]]
	face, id := hyphenOf(it.face)
	if face == nil {
		face, id = hyphenOf(s.fonts.faces[0])
	}
	sec := section{first: c, last: c + 1, level: it.level, safe: true, face: face, hyphen: true}
	if face != nil {
		advance := float64(face.HorizontalAdvance(id)) * 64 * shapedSize / float64(face.Upem())
		sec.glyphs = []shaping.Glyph{{GlyphID: id, XAdvance: fixed.Int26_6(advance)}}
		sec.width = s.pixels(sec.glyphs[0].XAdvance)
	}
	sec.room = s.room(c, c+1)
	sec.width += sec.room
	return sec
}

// hyphenOf returns the glyph of a face's hyphen, and no face where it has none.
func hyphenOf(face *font.Face) (*font.Face, font.GID) {
	for _, r := range "\u2010-" {
		if id, ok := face.NominalGlyph(r); ok {
			return face, id
		}
	}
	return nil, 0
}
