package typeset

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Mark makes an invisible character visible ([Style.Invisibles]).
type Mark struct {
	Rune rune
	// X and Width are the mark's room, in device pixels from the line's left edge.
	// That of a blank is the blank itself.
	X, Width float64
	RTL      bool // the text around it reads from right to left
	// Glyphs are the sign of a line end, or a name to be drawn in a box as wide as
	// the mark; there are none for blanks and tabs.
	Glyphs []Glyph
}

// Named reports whether the mark is a box with a name in it.
func (m *Mark) Named() bool { return len(m.Glyphs) > 0 && m.Rune != '\n' }

const (
	nameSize = 0.5 // of names in boxes, in em
	namePad  = 0.2 // left and right of a name, frame included, in em
	lineEnd  = "\u00B6"
)

// names holds the abbreviations of invisible characters, as in Unicode's NameAliases.txt.
var names = map[rune]string{
	'\u00AD': "SHY", '\u034F': "CGJ", '\u061C': "ALM", '\u180E': "MVS",
	'\u200B': "ZWSP", '\u200C': "ZWNJ", '\u200D': "ZWJ", '\u200E': "LRM", '\u200F': "RLM",
	'\u2028': "LS", '\u2029': "PS",
	'\u202A': "LRE", '\u202B': "RLE", '\u202C': "PDF", '\u202D': "LRO", '\u202E': "RLO",
	'\u2060': "WJ", '\u2066': "LRI", '\u2067': "RLI", '\u2068': "FSI", '\u2069': "PDI",
	'\uFEFF': "BOM",
}

// controls holds the abbreviations of the control codes 0 to 1F and 7F to 9F.
var controls = strings.Fields(`
	NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI
	DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US
	DEL
	PAD HOP BPH NBH IND NEL SSA ESA HTS HTJ VTS PLD PLU RI SS2 SS3
	DCS PU1 PU2 STS CCH MW SPA EPA SOS SGC SCI CSI ST OSC PM APC`)

// nameOf returns what is written for a character that shows nothing itself: a
// name, the sign of a line end, or "" where nothing is.
func nameOf(r rune) string {
	switch {
	case r == '\n':
		return lineEnd
	case r == '\t':
		return ""
	case r < ' ':
		return controls[r]
	case 0x7F <= r && r < 0xA0:
		return controls[' '+r-0x7F]
	case r < 0xA0:
		return ""
	}
	return names[r]
}

// isSpace reports whether r is a blank of some width.
func isSpace(r rune) bool {
	return r == ' ' || r >= 0xA0 && unicode.Is(unicode.Zs, r) && r != '\u1680' // which is a stroke
}

// room returns the width of the names of a section's invisible characters, in pixels.
func (s *setter) room(first, last int) (width float64) {
	if !s.invisibles {
		return 0
	}
	for _, r := range s.runes[s.clusters[first]:s.clusters[last]] {
		width += s.nameRoom(r)
	}
	return width
}

// nameRoom returns the room that r takes to be visible, in pixels.
func (s *setter) nameRoom(r rune) float64 {
	name := nameOf(r)
	switch {
	case name == "":
		return 0
	case r == '\n':
		return s.written(name, s.size, 0).width
	}
	return s.written(name, nameSize*s.size, 0).width + 2*namePad*s.size
}

// label is a short text set without shaping, in the first face.
type label struct {
	glyphs []Glyph
	width  float64 // pixels
}

// written sets a short text that begins at x.
func (s *setter) written(text string, size, x float64) (l label) {
	face := s.fonts.faces[0]
	for _, r := range text {
		id, _ := face.NominalGlyph(r)
		advance := float64(face.HorizontalAdvance(id)) * size / float64(face.Upem())
		l.glyphs = append(l.glyphs, Glyph{Face: face, ID: id, X: float32(x + l.width), Advance: float32(advance), Size: float32(size)})
		l.width += advance
	}
	return l
}

// mark appends the marks of a section whose clusters were placed last and whose
// room for names begins at x.
func (s *setter) mark(line *Line, sec *section, x float64, rtl bool) {
	if !s.invisibles {
		return
	}
	for _, c := range line.Clusters[len(line.Clusters)-(sec.last-sec.first):] {
		if r, _ := utf8.DecodeRuneInString(s.text[c.Start-s.passage.start:]); isSpace(r) || r == '\t' {
			line.Marks = append(line.Marks, Mark{Rune: r, X: c.X, Width: c.Width, RTL: rtl})
		}
	}
	runes := s.runes[s.clusters[sec.first]:s.clusters[sec.last]]
	for k := range runes {
		r := runes[k]
		if rtl {
			r = runes[len(runes)-1-k]
		}
		if width := s.nameRoom(r); width > 0 {
			line.Marks = append(line.Marks, s.named(r, x, width, rtl, s.offset(sec.first)))
			x += width
		}
	}
}

// named returns the mark of r in its room.
func (s *setter) named(r rune, x, width float64, rtl bool, offset int) Mark {
	size, inset := nameSize*s.size, namePad*s.size
	if r == '\n' {
		size, inset = s.size, 0
	}
	m := Mark{Rune: r, X: x, Width: width, RTL: rtl, Glyphs: s.written(nameOf(r), size, x+inset).glyphs}
	for i := range m.Glyphs {
		m.Glyphs[i].Offset = offset
	}
	return m
}
