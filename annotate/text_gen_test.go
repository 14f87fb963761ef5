package annotate_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// awkward holds what breaks text programs: characters of every UTF-8 and UTF-16
// length, combining marks, joiners, flags, Hangul parts, right-to-left letters,
// blanks of several kinds.
var awkward = []string{
	"a", "B", "7", " ", "  ", "\t", "\n", ".", "? ", "”", "'", "é", "ß", "e\u0301", "\u0301", "\u200d", "\u200c", "\u00a0", "\u202f", "\u3000",
	"日", "本", "。", "か", "가", "ᄀ", "ᅡ", "ᆨ", "م", "ق", "\u064e", "\u0600", "क", "\u094d", "ष", "ि", "ก", "ำ",
	"😀", "👍🏽", "👩‍👩‍👧", "🇮🇳", "🇮", "❤\ufe0f", "𝒳", "\u2028", "\U0001f3fd",
}

// texts generates texts of up to a few hundred awkward characters in several paragraphs.
func texts() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.Custom(func(t *rapid.T) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(awkward), 0, 60).Draw(t, "pieces"), "")
		}),
		rapid.Custom(func(t *rapid.T) string {
			piece := rapid.SampledFrom(awkward).Draw(t, "repeated")
			head := rapid.SampledFrom(awkward).Draw(t, "head")
			return head + strings.Repeat(piece, rapid.IntRange(0, 400).Draw(t, "times")) + "z"
		}),
		rapid.String(),
	)
}

// characterStarts returns the byte offsets at which a character of text begins, and its end.
func characterStarts(text string) []int {
	var starts []int
	for i := range text {
		starts = append(starts, i)
	}
	return append(starts, len(text))
}

// drawRange draws two character boundaries of text, in order.
func drawRange(t *rapid.T, text string) (start, end int) {
	places := characterStarts(text)
	i := rapid.IntRange(0, len(places)-1).Draw(t, "from")
	j := rapid.IntRange(i, len(places)-1).Draw(t, "to")
	return places[i], places[j]
}

func TestGeneratedTextsAreUTF8(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		if strings.ToValidUTF8(text, "") != text {
			t.Fatalf("%q is not UTF-8", text)
		}
	})
}
