package annotate_test

import "strings"

// hostile are texts in which there is nowhere to begin anew, or nothing to find,
// for as long as one likes.
var hostile = []struct {
	name  string
	piece string
}{
	{"words on one line", "many words in one line, "},
	{"one word", "abcdefgh"},
	{"Chinese on one line", "日本語の文章が続く。"},
	{"isolates", "\u2067"},
	{"marks", "\u0301"},
	{"joiners", "\u200d"},
	{"flags", "🇮🇳"},
	{"blanks", " "},
	{"wide blanks", "\u3000"},
	{"line ends", "\n"},
	{"prepended marks", "\u0600"},
	{"Hangul letters", "ᄀ"},
	{"stops", "."},
	{"quotation marks", "“"},
	{"stops and brackets", "a.)))))))))))))))))))))))))))))))))))))))))))))))))))))))"},
	{"abbreviations", "a.b:c."},
	{"apostrophes and marks", "a'\u0301\u0301\u0301\u0301"},
	{"emoji with joiners", "👩\u200d"},
	{"marks on blanks", " \u0301"},
}

// long returns a text of about size bytes.
func long(piece string, size int) string { return strings.Repeat(piece, size/len(piece)) }
