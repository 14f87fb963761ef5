package annotate_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	. "spanwright/annotate"
)

// Expected tokens follow rules WB1 to WB999 of Unicode Standard Annex #29, counted by hand.
func TestTokens(t *testing.T) {
	tests := []struct {
		name string
		text string
		want []string
	}{
		{"nothing", "", []string{}},
		{"blanks", " \t\u00a0\u3000 ", []string{}},
		{"words and stops (WB5)", "He left, alone.", []string{"He", "left", ",", "alone", "."}},
		{"apostrophe and inner stop (WB6, 7)", "don't ask the U.N. now", []string{"don't", "ask", "the", "U.N", ".", "now"}},
		{"typographic apostrophe", "l’eau", []string{"l’eau"}},
		{"hyphen divides", "well-known", []string{"well", "-", "known"}},
		{"numbers (WB8, 11, 12)", "3,000.50 in 2025, 40%", []string{"3,000.50", "in", "2025", ",", "40", "%"}},
		{"letters with digits (WB9, 10)", "A4 4x", []string{"A4", "4x"}},
		{"underscore joins (WB13a, b)", "snake_case", []string{"snake_case"}},
		{"quotation", "“No,” he said", []string{"“", "No", ",", "”", "he", "said"}},
		{"combining mark (WB4)", "cafe\u0301 noir", []string{"cafe\u0301", "noir"}},
		{"emoji", "ok 😀😀", []string{"ok", "😀", "😀"}},
		{"skin tone (WB4)", "👍🏽!", []string{"👍🏽", "!"}},
		{"family (WB3c)", "👩‍👩‍👧 x", []string{"👩‍👩‍👧", "x"}},
		{"joiner, mark, emoji (WB3c)", "a\u200d\u0301😀", []string{"a\u200d\u0301", "😀"}},
		{"joiner between blanks (WB3d)", "a \u200d b", []string{"a", " \u200d", "b"}},
		{"joiner between marked blanks (WB3d)", " \u200d\u0301 \u0301", []string{" \u200d\u0301", " \u0301"}},
		{"flags (WB15)", "🇮🇳🇫🇷🇩", []string{"🇮🇳", "🇫🇷", "🇩"}},
		{"Arabic", "قال الوزير: «لا».", []string{"قال", "الوزير", ":", "«", "لا", "»", "."}},
		{"Arabic vowel signs (WB4)", "قَالَ", []string{"قَالَ"}},
		{"Hebrew gershayim (WB7b, c)", `צה"ל`, []string{`צה"ל`}},
		{"Han by character (WB999)", "日本語。", []string{"日", "本", "語", "。"}},
		{"Katakana together (WB13)", "カメラ屋", []string{"カメラ", "屋"}},
		{"Hangul syllables (WB5)", "한국어 말", []string{"한국어", "말"}},
		{"Devanagari", "हिन्दी में", []string{"हिन्दी", "में"}},
		{"narrow no-break space in a number (WB13a, b)", "10\u202f000 km", []string{"10\u202f000", "km"}},
		{"a mark on a blank is shown with it", "a \u0301b", []string{"a", " \u0301", "b"}},
		{"Thai vowel sign stays with its letter", "กำ", []string{"กำ"}},
		{"no token crosses a paragraph", "one\ntwo", []string{"one", "two"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, covered(test.text, tokensOf(NewBody(test.text))))
		})
	}
}

func TestTokenAt(t *testing.T) {
	//            0   4    9 10    13
	const text = "one two  \n\nthree "
	b := NewBody(text)
	tests := []struct {
		at   int
		want string
	}{
		{0, "one"},
		{2, "one"},
		{3, "two"},
		{6, "two"},
		{7, "three"}, // blank at the end of a paragraph: the next one's
		{9, "three"},
		{10, "three"},
		{16, "three"}, // nothing after: the last
		{17, "three"},
	}
	for _, test := range tests {
		f, ok := b.TokenAt(test.at)
		require.True(t, ok)
		assert.Equal(t, test.want, text[f.Start:f.End], "at %d", test.at)
	}
	for _, empty := range []string{"", " ", "\n \n"} {
		_, ok := NewBody(empty).TokenAt(0)
		assert.False(t, ok, "%q", empty)
	}
}

func TestSnapWidensToTokens(t *testing.T) {
	tests := []struct {
		text     string
		from, to int
		want     string
	}{
		{"the minister said", 6, 7, "minister"},
		{"the minister said", 0, 3, "the"},
		{"the minister said", 3, 5, "minister"},
		{"the minister said", 2, 14, "the minister said"},
		{"the minister said", 3, 4, ""},
		{"don't go", 1, 4, "don't"},
		{"“No,” he", 0, 4, "“No"},
		{"one\ntwo", 2, 5, "one\ntwo"},
		{"日本語", 3, 6, "本"},
		{"a 👩‍👩‍👧 b", 2, 6, "👩‍👩‍👧"},
		{"", 0, 0, ""},
		{"   ", 0, 3, ""},
	}
	for _, test := range tests {
		f := NewBody(test.text).Snap(Fragment{test.from, test.to})
		assert.Equal(t, test.want, test.text[f.Start:f.End], "%q %d to %d", test.text, test.from, test.to)
	}
}

func TestSnapCoversWhatWasSweptInWholeTokens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		start, end := drawRange(t, text)
		b := NewBody(text)
		got := b.Snap(Fragment{start, end})
		var want *Fragment // the hull of the tokens that share a character that is no blank with the sweep
		for _, token := range tokensOf(b) {
			shared := Fragment{max(start, token.Start), min(end, token.End)}
			if shared.Empty() || strings.TrimSpace(text[shared.Start:shared.End]) == "" {
				continue
			}
			if want == nil {
				want = &Fragment{token.Start, token.End}
			}
			want.End = token.End
		}
		switch {
		case want == nil && !got.Empty():
			t.Fatalf("blanks snap to %v", got)
		case want != nil && got != *want:
			t.Fatalf("%d to %d snaps to %v, want %v", start, end, got, *want)
		}
		if again := b.Snap(got); again != got && want != nil {
			t.Fatalf("%v snaps again to %v", got, again)
		}
	})
}
