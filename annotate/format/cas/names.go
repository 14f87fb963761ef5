package cas

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Packages of the types that are written. Spans are in the one in which INCEpTION has the
// layers that people make; the others are apart from it, so that a span and a relation can
// have the same label.
const (
	spanPackage     = "webanno.custom."
	relationPackage = "webanno.custom.relation."
	slotPackage     = "webanno.custom.slots."
	linkPackage     = "webanno.custom.link."
	documentPackage = "webanno.custom.document."
)

// short returns the name of a type without its package.
func short(kind string) string { return kind[strings.LastIndexByte(kind, '.')+1:] }

// elevated are packages whose types only repeat a value of the one named: DKPro has a type
// for each part of speech, say, and keeps in a feature which it is.
var elevated = []struct{ before, label string }{
	{"de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.", "POS"},
	{"de.tudarmstadt.ukp.dkpro.core.api.ner.type.", "NamedEntity"},
	{"de.tudarmstadt.ukp.dkpro.core.api.syntax.type.dependency.", "Dependency"},
	{"de.tudarmstadt.ukp.dkpro.core.api.syntax.type.constituent.", "Constituent"},
	{"de.tudarmstadt.ukp.dkpro.core.api.syntax.type.chunk.", "Chunk"},
}

// label returns the label of what has a type.
func label(kind string) string {
	for _, e := range elevated {
		if strings.HasPrefix(kind, e.before) {
			return e.label
		}
	}
	return unescape(short(kind))
}

// Marks inside the name of a type or feature: what stands before begins, or from ends on, is
// no part of what it names. Any other _xHHHH_ is the character of that code, as in SQL/XML
// (ISO 9075-14).
const (
	begins = "_xFFFFFF_"
	ends   = "_x000000_"
)

var marks = regexp.MustCompile(`_x[0-9A-F]{4,6}_`)

// escape returns text as the name of a type or feature: letters, digits and underscores that
// begin with a letter.
func escape(text string) string {
	var b strings.Builder
	if first, _ := utf8.DecodeRuneInString(text); !unicode.Is(letters, first) {
		b.WriteString("n" + begins)
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

// unescape returns what a type or feature names.
func unescape(name string) string {
	var b strings.Builder
	at := 0
	for _, m := range marks.FindAllStringIndex(name, -1) {
		b.WriteString(name[at:m[0]])
		at = m[1]
		switch mark := name[m[0]:m[1]]; mark {
		case begins:
			b.Reset()
		case ends:
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

// Features that have a meaning.
const (
	governor  = "Governor"
	dependent = "Dependent"
	target    = "target"
	role      = "role"
	arguments = "arguments"
	note      = "spanwright_note"
	flag      = "spanwright_flag"
)

// taken are the names that features cannot have: those of UIMA's own, those above, and those that
// Python, in which many read the files, keeps to itself.
var taken = map[string]bool{}

func init() {
	for _, name := range strings.Fields(governor + " " + dependent + " " + target + " " + role + " " + arguments + " " + note + " " + flag +
		` begin end sofa first next xmiID self type
		False None True and as assert async await break class continue def del elif else except finally for from global if import in is
		lambda nonlocal not or pass raise return try while with yield`) {
		taken[name] = true
	}
}

// featureName returns what the feature of an attribute is called.
func featureName(attribute string) string {
	name := escape(attribute)
	if taken[name] {
		name += ends
	}
	return name
}
