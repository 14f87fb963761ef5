package typeset

import (
	"slices"
	"unicode"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/unicodedata"
	"golang.org/x/text/width"
)

// The selectors by which a writer says how a character is meant.
const (
	textSelector  = 0xFE0E
	emojiSelector = 0xFE0F
)

// wideSigns are the wide pictographs that are text unless a selector says otherwise.
var wideSigns = []rune{0x3030, 0x303D, 0x3297, 0x3299, 0x1F202, 0x1F237, 0x1F260, 0x1F261, 0x1F262, 0x1F263, 0x1F264, 0x1F265}

// isEmoji reports whether a cluster is meant as a picture, as Unicode Technical
// Standard #51 has it: by its selector, else by what its first character is by
// default or because it is a sequence that only emoji form.
func isEmoji(runes []rune) bool {
	switch {
	case len(runes) == 1:
		return isPicture(runes[0])
	case slices.Contains(runes, textSelector):
		return false
	case slices.Contains(runes, emojiSelector), isPicture(runes[0]):
		return true
	}
	return unicode.Is(unicodedata.Extended_Pictographic, runes[0]) && slices.ContainsFunc(runes[1:], isPicture)
}

// isPicture reports whether r has the property Emoji_Presentation. It follows from
// others: wide pictographs have it, and modifiers and regional indicators.
func isPicture(r rune) bool {
	switch {
	case r < 0x231A:
		return false
	case r >= 0x1F1E6 && r <= 0x1F1FF, r >= 0x1F3FB && r <= 0x1F3FF:
		return true
	}
	return unicode.Is(unicodedata.Extended_Pictographic, r) && width.LookupRune(r).Kind() == width.EastAsianWide && !slices.Contains(wideSigns, r)
}

// isPrivate reports whether what r means is agreed upon in private, so that a font
// that was not asked for has something else for it.
func isPrivate(r rune) bool { return unicode.Is(unicode.Co, r) }

// pictures reports whether a face has a picture in colour for r that can be drawn.
// Those made of coloured layers cannot.
func pictures(face *font.Face, r rune) bool {
	glyph, ok := face.NominalGlyph(r)
	if !ok {
		return false
	}
	switch face.GlyphData(glyph).(type) {
	case font.GlyphBitmap, font.GlyphSVG:
		return true
	}
	return false
}
