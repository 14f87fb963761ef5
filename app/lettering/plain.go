package lettering

import (
	"bytes"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	fynetheme "fyne.io/fyne/v2/theme"
	"github.com/go-text/typesetting/font"
)

// Plain reports whether the toolkit shows text as it should be: all of it is in the
// bundled font and of scripts that are read from the left and stand letter by letter.
func Plain(text string) bool {
	for i := 0; i < len(text); {
		if b := text[i]; b < utf8.RuneSelf {
			if b < ' ' || b == 0x7f {
				return false
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if !simple(r) {
			return false
		}
		i += size
	}
	return true
}

// alphabets are the scripts that the bundled font has and that need no shaping, and
// what goes with them.
var alphabets = []*unicode.RangeTable{unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Common, unicode.Inherited}

// signs are what the toolkit draws from its other bundled fonts.
const signs = "…→←↑↓⇧⌘▾▸⚑⋯✓×"

// bundledFont is the toolkit's font, to look up what it has.
var bundledFont = sync.OnceValue(func() *font.Font {
	face, err := font.ParseTTF(bytes.NewReader(fynetheme.DefaultTextFont().Content()))
	if err != nil {
		return nil // the toolkit's own font is never broken
	}
	return face.Font
})

// simple reports whether a character beyond ASCII is plain.
func simple(r rune) bool {
	if strings.ContainsRune(signs, r) {
		return true
	}
	if !unicode.In(r, alphabets...) || unicode.Is(unicode.C, r) || r == '\u2028' || r == '\u2029' || bundledFont() == nil {
		return false
	}
	_, has := bundledFont().NominalGlyph(r)
	return has
}
