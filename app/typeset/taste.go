package typeset

import (
	"fmt"
	"unicode"

	"github.com/go-text/typesetting/language"
)

// taste is what the choice of fonts and glyphs depends on besides the characters,
// and what was chosen by it.
type taste struct {
	languages map[language.Script]language.Language
	hand      map[language.Script]hand // only where it is not the script's own
	known     map[string]choice
	ascii     [unicode.MaxASCII + 1]choice
}

// hand is a way of writing that fonts are made for, named by the four letters of
// ISO 15924: a script, or one of several ways to write it.
type hand string

// Hands that a script has several of.
const (
	simplified  hand = "Hans"
	traditional hand = "Hant"
	hongKong    hand = "Hant-HK"
	japanese    hand = "Jpan"
	korean      hand = "Kore"
	nastaliq    hand = "Aran"
	emoji       hand = "Zsye"
)

// taste returns that of a style.
func (f *Fonts) taste(s Style) *taste {
	key := fmt.Sprint(s.Nastaliq, s.Languages)
	if t := f.tastes[key]; t != nil {
		return t
	}
	t := newTaste(s)
	f.tastes[key] = t
	return t
}

func newTaste(s Style) *taste {
	t := &taste{
		languages: map[language.Script]language.Language{}, known: map[string]choice{},
		hand: map[language.Script]hand{
			language.Han: simplified, language.Bopomofo: traditional,
			language.Hiragana: japanese, language.Katakana: japanese, language.Hangul: korean,
		},
	}
	for _, tag := range s.Languages {
		for _, script := range writtenIn(tag) {
			if _, known := t.languages[script]; known {
				continue
			}
			t.languages[script] = language.NewLanguage(tag)
			switch {
			case script == language.Han:
				t.hand[script] = hanHand(tag)
			case script == language.Arabic && s.Nastaliq && takesNastaliq(tag):
				t.hand[script] = nastaliq
			}
		}
	}
	return t
}

// language returns the language that text of a script is taken to be in.
func (t *taste) language(script language.Script) language.Language {
	if l, known := t.languages[script]; known {
		return l
	}
	return und
}

// handOf returns the hand that the first character of a cluster is written in.
// Punctuation that belongs with one script is in that script's.
func (t *taste) handOf(first rune, script language.Script) hand {
	if script == language.Common {
		script = home(first)
	}
	if h, special := t.hand[script]; special {
		return h
	}
	return hand(script.String())
}

// hanHand returns the hand that a language writes Chinese characters in.
func hanHand(tag string) hand {
	t := parsed(tag)
	script, _ := t.Script()
	region, _ := t.Region()
	switch h := hand(script.String()); {
	case h == traditional && (region.String() == "HK" || region.String() == "MO"):
		return hongKong
	case h == traditional, h == japanese, h == korean:
		return h
	}
	return simplified
}

// takesNastaliq reports whether text in a language, in Arabic letters, is usually in Nastaliq.
func takesNastaliq(tag string) bool {
	base, _ := parsed(tag).Base()
	switch base.String() {
	case "ur", "ks", "pa", "pnb", "skr":
		return true
	}
	return false
}

// TakesNastaliq reports whether what a text of those languages has in Arabic letters
// is usually written in Nastaliq: Urdu, Kashmiri, Punjabi and Saraiki are.
func TakesNastaliq(languages []string) bool {
	return newTaste(Style{Languages: languages, Nastaliq: true}).hand[language.Arabic] == nastaliq
}

// homes lists the characters that Unicode gives no script of their own but that
// only some scripts use: the one whose fonts have them at their best. The first
// row counts that holds a character.
var homes = []struct {
	first, last rune
	script      language.Script
}{
	{0x0589, 0x058F, language.Armenian},
	{0x0600, 0x06FF, language.Arabic},
	{0x0964, 0x0965, language.Devanagari},
	{0x0E3F, 0x0E3F, language.Thai},
	{0x10FB, 0x10FB, language.Georgian},
	{0x1CD0, 0x1CF6, language.Devanagari},
	{0x2E80, 0x2FFF, language.Han},
	{0x3031, 0x3035, language.Hiragana},
	{0x3099, 0x30A0, language.Hiragana},
	{0x30FC, 0x30FC, language.Hiragana},
	{0xFF70, 0xFF70, language.Hiragana},
	{0xFF9E, 0xFF9F, language.Hiragana},
	{0x3000, 0x33FF, language.Han},
	{0xA830, 0xA839, language.Devanagari},
	{0xFD3E, 0xFDFF, language.Arabic},
	{0xFE10, 0xFE1F, language.Han},
	{0xFE30, 0xFE6F, language.Han},
	{0xFF00, 0xFFEF, language.Han},
	{0x1F200, 0x1F2FF, language.Han},
}

func home(r rune) language.Script {
	for _, h := range homes {
		if h.first <= r && r <= h.last {
			return h.script
		}
	}
	return language.Common
}
