package dataset

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Packages of the types of UIMA that are written. Spans are in the one in which INCEpTION has
// the layers that people make; the others are apart from it, so that a span and a relation can
// have the same label.
const (
	SpanPackage     = "webanno.custom."
	RelationPackage = "webanno.custom.relation."
	SlotPackage     = "webanno.custom.slots."
	DocumentPackage = "webanno.custom.document."
	LinkType        = "webanno.custom.link.Argument"
)

// Marks inside the name of a type or feature: what stands before NameBegins, or from NameEnds on, is
// no part of what it names. Any other _xHHHH_ is the character of that code, as in SQL/XML
// (ISO 9075-14).
const (
	NameBegins = "_xFFFFFF_"
	NameEnds   = "_x000000_"
)

var marks = regexp.MustCompile(`_x[0-9A-F]{4,6}_`)

// TypeName returns text as the name of a type or feature: letters, digits and underscores that
// begin with a letter.
func TypeName(text string) string {
	var b strings.Builder
	if first, _ := utf8.DecodeRuneInString(text); !unicode.Is(letters, first) {
		b.WriteString("n" + NameBegins)
	}
	for i, r := range text {
		switch {
		case unicode.Is(letters, r), '0' <= r && r <= '9', r == '_' && !strings.HasPrefix(text[i:], "_x"):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "_x%04X_", r)
		}
	}
	return b.String()
}

// letters are those that UIMA and every edition of XML 1.0 have in names: the common ones of
// the scripts that many people write, without those that only stand with others.
var letters = &unicode.RangeTable{R16: []unicode.Range16{
	{'A', 'Z', 1},
	{'a', 'z', 1},
	{0xC0, 0xD6, 1},
	{0xD8, 0xF6, 1},
	{0xF8, 0x131, 1},
	{0x134, 0x13E, 1},
	{0x141, 0x148, 1},
	{0x14A, 0x17E, 1}, // Latin
	{0x391, 0x3A1, 1},
	{0x3A3, 0x3CE, 1}, // Greek
	{0x401, 0x40C, 1},
	{0x40E, 0x44F, 1},
	{0x451, 0x45C, 1}, // Cyrillic
	{0x5D0, 0x5EA, 1},
	{0x621, 0x63A, 1},
	{0x641, 0x64A, 1}, // Hebrew, Arabic
	{0x3041, 0x3094, 1},
	{0x30A1, 0x30FA, 1},
	{0x4E00, 0x9FA5, 1},
	{0xAC00, 0xD7A3, 1}, // kana, Han, Hangul
}, LatinOffset: 6}

// NamedByType returns what a type or feature names.
func NamedByType(name string) string {
	var b strings.Builder
	at := 0
	for _, m := range marks.FindAllStringIndex(name, -1) {
		b.WriteString(name[at:m[0]])
		at = m[1]
		switch mark := name[m[0]:m[1]]; mark {
		case NameBegins:
			b.Reset()
		case NameEnds:
			return b.String()
		default:
			code, _ := strconv.ParseUint(mark[2:len(mark)-1], 16, 32) // at most six digits
			if !utf8.ValidRune(rune(code)) {
				b.WriteString(mark)
				continue
			}
			b.WriteRune(rune(code))
		}
	}
	b.WriteString(name[at:])
	return b.String()
}
