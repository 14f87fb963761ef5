package typeset

import (
	"strings"
	"unicode/utf8"

	"github.com/go-text/typesetting/language"
	bcp47 "golang.org/x/text/language"
)

// und is the language of what no language is known for.
const und language.Language = "und"

// scriptsOf lists the scripts that stand for several, by the tag a language has.
var scriptsOf = map[string][]language.Script{
	"Jpan": {language.Han, language.Hiragana, language.Katakana},
	"Kore": {language.Han, language.Hangul},
	"Hans": {language.Han, language.Bopomofo},
	"Hant": {language.Han, language.Bopomofo},
}

// parsed returns what a BCP 47 tag says, nothing where it is none.
func parsed(tag string) bcp47.Tag {
	t, err := bcp47.Parse(tag)
	if err != nil {
		return bcp47.Und
	}
	return t
}

// writtenIn returns the scripts a language is usually written in, nil where tag is
// none that is known.
func writtenIn(tag string) []language.Script {
	t := parsed(tag)
	if t == bcp47.Und {
		return nil
	}
	script, _ := t.Script()
	if several := scriptsOf[script.String()]; several != nil {
		return several
	}
	if s, err := language.ParseScript(script.String()); err == nil {
		return []language.Script{s}
	}
	return nil
}

// letters are by which a language gives itself away among those of its script.
type letters struct {
	script   language.Script
	language string // BCP 47
	least    int    // of a thousand letters of the script that must be such
	letters  string
}

// telltales lists languages that are set differently from others of their script,
// in glyphs or by font. Of each script the first row counts that applies.
var telltales = []letters{
	{language.Arabic, "ug", 3, "ۈۋ"},
	{language.Arabic, "ckb", 3, "ڕڵێ"},
	{language.Arabic, "sd", 3, "ڀٺٽٿڄڃڇڌڍڦڳڱڻڪ"},
	{language.Arabic, "ps", 3, "ټډړږښڼۍ"},
	{language.Arabic, "ks", 3, "ٲٳۄؠ"},
	{language.Arabic, "ur", 10, "ٹڈڑںہے"},
	{language.Arabic, "fa", 10, "گچپژی"},
	{language.Cyrillic, "mk", 3, "ѓќѕЃЌЅ"},
	{language.Cyrillic, "sr", 3, "ћђЋЂ"},
	{language.Devanagari, "mr", 2, "ळऱ"},
	{language.Han, "ja", 50, "のにはをたがでてとしれさいるもなっンスルトー"},
	{language.Han, "ko", 50, "이다의는을가에고하한지도로은를서기사"},
	{language.Han, "zh-Hant", 10, "們這個說會國對發還讓學來時為"},
	{language.Latin, "ro", 10, "ățșţşĂȚȘ"},
}

// rowsOf tells by letter which rows of telltales it is in, as bits.
var rowsOf = func() map[rune]uint32 {
	rows := map[rune]uint32{}
	for i, t := range telltales {
		for _, r := range t.letters {
			rows[r] |= 1 << i
		}
	}
	return rows
}()

// The sample by which languages are guessed: so many pieces, evenly spread, of so
// many bytes each.
const (
	guessPieces = 8
	guessPiece  = 2048
)

// Languages returns the languages of a text for [Style], as BCP 47 tags: those it is
// declared to be in, as in the metadata field "language" of a document, and for the
// scripts that those are not written in what the letters of a sample tell. A
// declaration may name several, apart by blanks or commas; what is no tag is left out.
func Languages(declared, text string) []string {
	var tags []string
	known := map[language.Script]bool{}
	for _, tag := range strings.FieldsFunc(declared, func(r rune) bool { return strings.ContainsRune(" ,;/\t\n", r) }) {
		scripts := writtenIn(tag)
		for _, s := range scripts {
			known[s] = true
		}
		if scripts != nil {
			tags = append(tags, tag)
		}
	}
	c := countLetters(text)
	for i, t := range telltales {
		if !known[t.script] && c.telling[i] > 0 && c.telling[i]*1000 >= t.least*c.letters[t.script] {
			known[t.script] = true
			tags = append(tags, t.language)
		}
	}
	return tags
}

// letterCount is how many letters of each script, and of each row of telltales, a
// sample has.
type letterCount struct {
	letters map[language.Script]int
	telling []int
}

func countLetters(text string) letterCount {
	c := letterCount{map[language.Script]int{}, make([]int, len(telltales))}
	if len(text) <= guessPieces*guessPiece {
		c.add(text)
		return c
	}
	for i := range guessPieces {
		at := (len(text) - guessPiece) / (guessPieces - 1) * i
		c.add(text[at : at+guessPiece])
	}
	return c
}

func (c *letterCount) add(piece string) {
	for i := 0; i < len(piece); {
		if b := piece[i]; b < utf8.RuneSelf {
			if 'a' <= b|0x20 && b|0x20 <= 'z' {
				c.letters[language.Latin]++
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(piece[i:]) // a character cut off at the piece's edge counts for nothing
		i += size
		switch s := language.LookupScript(r); s {
		case language.Hiragana, language.Katakana, language.Hangul, language.Han:
			c.letters[language.Han]++
		default:
			c.letters[s]++
		}
		for i, rows := 0, rowsOf[r]; rows != 0; i, rows = i+1, rows>>1 {
			c.telling[i] += int(rows & 1)
		}
	}
}
