package annotate_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"spanwright/annotate"
)

// foldable are characters that are the same as others but for their case, and some
// that look so and are not, between pieces of other scripts.
var foldable = []string{
	"a", "A", "á", "a\u0301", "Á", "i", "I", "İ", "ı", "ß", "ẞ", "ss", "SS", "σ", "ς", "Σ", "k", "K", "\u212a", "s", "ſ", "S",
	"θ", "ϑ", "Θ", "ϴ", "ж", "Ж", "日", "本", "か", "م", "ق", "क", "\u094d", "😀", "ǆ", "ǅ", "Ǆ", "å", "\u212b", " ", "\n", "1", ".", "(", "\u0345", "ι",
}

func foldableText(pieces int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(foldable), 0, pieces).Draw(t, "pieces"), "")
	})
}

// TestAPatternFindsWhatTheRegexpOfItsWordsFinds compares with package regexp, whose
// flag i is defined by the same folding of Unicode.
func TestAPatternFindsWhatTheRegexpOfItsWordsFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(foldableText(200), texts()).Draw(t, "text")
		words := rapid.OneOf(foldableText(4), rapid.Custom(func(t *rapid.T) string {
			start, end := drawRange(t, text)
			return text[start:min(end, start+40)]
		})).Draw(t, "words")
		words = strings.ToValidUTF8(words, "")
		var want []annotate.Fragment
		if words != "" {
			for _, m := range regexp.MustCompile("(?i)"+regexp.QuoteMeta(words)).FindAllStringIndex(text, -1) {
				want = append(want, annotate.Fragment{m[0], m[1]})
			}
		}
		require.Equal(t, want, slices.Collect(annotate.NewPattern(words).All(text)), "%q in %q", words, text)
	})
}

func TestAPatternEquatesCasesAndNothingElse(t *testing.T) {
	for _, test := range []struct {
		name, words, text string
		want              []annotate.Fragment
	}{
		{"upper and lower", "lake", "The LAKE, the Lake", []annotate.Fragment{{4, 8}, {14, 18}}},
		{"in the midst of a word", "port", "reporters", []annotate.Fragment{{2, 6}}},
		{"no overlaps", "aa", "aaaaa", []annotate.Fragment{{0, 2}, {2, 4}}},
		{"the final sigma", "ΟΔΟΣ", "οδος", []annotate.Fragment{{0, 8}}},
		{"sharp s is its capital", "straße", "STRAẞE", []annotate.Fragment{{0, 8}}},
		{"but not two s", "straße", "STRASSE", nil},
		{"dotted capital i", "i", "İ", nil},
		{"dotless small i", "I", "ı", nil},
		{"the Kelvin sign", "k", "\u212a", []annotate.Fragment{{0, 3}}},
		{"an accent counts", "cafe", "café", nil},
		{"a combining one follows", "cafe", "cafe\u0301", []annotate.Fragment{{0, 4}}},
		{"one sign or two is not the same", "é", "e\u0301", nil},
		{"no blanks between words", "水位", "湖の水位が下がった。", []annotate.Fragment{{6, 12}}},
		{"what means something in a regular expression", "a.c", "abc a.c", []annotate.Fragment{{4, 7}}},
		{"nothing", "", "abc", nil},
		{"in nothing", "abc", "", nil},
		{"longer than the text", "abcd", "abc", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			require.Equal(t, test.want, slices.Collect(annotate.NewPattern(test.words).All(test.text)))
		})
	}
}

func TestAPatternStopsWhenAsked(t *testing.T) {
	n := 0
	for range annotate.NewPattern("a").All("aaaa") {
		if n++; n == 2 {
			break
		}
	}
	require.Equal(t, 2, n)
}
