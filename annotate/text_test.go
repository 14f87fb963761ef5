package annotate_test

import (
	"bufio"
	"bytes"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/rivo/uniseg"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	. "spanwright/annotate"
)

func covered(text string, fragments []Fragment) []string {
	found := []string{}
	for _, f := range fragments {
		found = append(found, text[f.Start:f.End])
	}
	return found
}

func TestParagraphsEndAtLineFeeds(t *testing.T) {
	tests := []struct {
		text string
		want []Fragment
	}{
		{"", []Fragment{{0, 0}}},
		{"one", []Fragment{{0, 3}}},
		{"one\n", []Fragment{{0, 3}, {4, 4}}},
		{"\n\n", []Fragment{{0, 0}, {1, 1}, {2, 2}}},
		{"é\n日本", []Fragment{{0, 2}, {3, 9}}},
		{"a\u2028b", []Fragment{{0, 5}}}, // only LF ends a paragraph
	}
	for _, test := range tests {
		b := NewBody(test.text)
		var got []Fragment
		for i := range b.Paragraphs() {
			got = append(got, b.Paragraph(i))
		}
		assert.Equal(t, test.want, got, "%q", test.text)
	}
}

func TestEveryOffsetLiesInTheParagraphItsLineFeedsCount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		b := NewBody(text)
		for at := 0; at <= len(text); at++ {
			if got, want := b.ParagraphAt(at), strings.Count(text[:at], "\n"); got != want {
				t.Fatalf("ParagraphAt(%d) = %d, want %d", at, got, want)
			}
		}
	})
}

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
		{"flags (WB15)", "🇮🇳🇫🇷🇩", []string{"🇮🇳", "🇫🇷", "🇩"}},
		{"Arabic", "قال الوزير: «لا».", []string{"قال", "الوزير", ":", "«", "لا", "»", "."}},
		{"Arabic vowel signs (WB4)", "قَالَ", []string{"قَالَ"}},
		{"Hebrew gershayim (WB7b, c)", `צה"ל`, []string{`צה"ל`}},
		{"Han by character (WB999)", "日本語。", []string{"日", "本", "語", "。"}},
		{"Katakana together (WB13)", "カメラ屋", []string{"カメラ", "屋"}},
		{"Hangul syllables (WB5)", "한국어 말", []string{"한국어", "말"}},
		{"Devanagari", "हिन्दी में", []string{"हिन्दी", "में"}},
		{"no token crosses a paragraph", "one\ntwo", []string{"one", "two"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := NewBody(test.text)
			got := []string{}
			for i := range b.Paragraphs() {
				got = append(got, covered(test.text, b.Tokens(i))...)
			}
			assert.Equal(t, test.want, got)
		})
	}
}

// Expected sentences follow rules SB1 to SB998 of Unicode Standard Annex #29, counted by hand.
func TestSentences(t *testing.T) {
	tests := []struct {
		name string
		text string
		want []string
	}{
		{"nothing", "", []string{}},
		{"blanks", "  \t ", []string{}},
		{"one without an end", "no stop", []string{"no stop"}},
		{"two (SB11)", "He left. She stayed.", []string{"He left.", "She stayed."}},
		{"blanks between are left out", "  One!   Two?  ", []string{"One!", "Two?"}},
		{"lower case goes on (SB8)", "It cost 3 mln. euros. Much.", []string{"It cost 3 mln. euros.", "Much."}},
		{"stop in a number (SB6)", "It rose 3.5 points. Then fell.", []string{"It rose 3.5 points.", "Then fell."}},
		{"stop between capitals (SB7)", "The U.S.A. Team won.", []string{"The U.S.A.", "Team won."}},
		{"closing quotation stays (SB9)", "“No.” He left.", []string{"“No.”", "He left."}},
		{"comma goes on (SB8a)", "“Why?”, he asked.", []string{"“Why?”, he asked."}},
		{"CJK stop without blank", "終わり。次の文。", []string{"終わり。", "次の文。"}},
		{"Arabic question mark", "من قال؟ لا أحد.", []string{"من قال؟", "لا أحد."}},
		{"Devanagari danda", "वह गया। वह आया।", []string{"वह गया।", "वह आया।"}},
		{"emoji", "Great 😀! Yes.", []string{"Great 😀!", "Yes."}},
		{"no sentence crosses a paragraph", "A heading\nThe text. More.", []string{"A heading", "The text.", "More."}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := NewBody(test.text)
			got := []string{}
			for i := range b.Paragraphs() {
				got = append(got, covered(test.text, b.Sentences(i))...)
			}
			assert.Equal(t, test.want, got)
		})
	}
}

// allOf collects the segments of every paragraph.
func allOf(b *Body, segments func(int) []Fragment) []Fragment {
	var all []Fragment
	for i := range b.Paragraphs() {
		all = append(all, segments(i)...)
	}
	return all
}

func TestTokensAndSentencesHoldEveryCharacterThatIsNoBlankOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		b := NewBody(text)
		for name, segments := range map[string]func(int) []Fragment{"tokens": b.Tokens, "sentences": b.Sentences} {
			end := 0
			for _, f := range append(allOf(b, segments), Fragment{len(text), len(text)}) {
				if f.Start < end || strings.TrimSpace(text[end:f.Start]) != "" {
					t.Fatalf("%s leave out or repeat something before byte %d", name, f.Start)
				}
				if covered := text[f.Start:f.End]; strings.TrimSpace(covered) != covered || strings.Contains(covered, "\n") {
					t.Fatalf("%s include the blanks or line ends of %q", name, covered)
				}
				end = f.End
			}
		}
	})
}

func TestNextAndPreviousAgreeWithLookingThroughAll(t *testing.T) {
	type move func(int) (Fragment, bool)
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		b := NewBody(text)
		at := rapid.IntRange(0, len(text)).Draw(t, "at")
		for _, by := range []struct {
			segments       func(int) []Fragment
			next, previous move
		}{{b.Tokens, b.NextToken, b.PreviousToken}, {b.Sentences, b.NextSentence, b.PreviousSentence}} {
			var next, previous *Fragment
			for _, f := range allOf(b, by.segments) {
				if f.Start >= at && next == nil {
					next = &f
				}
				if f.End <= at {
					previous = &f
				}
			}
			got, ok := by.next(at)
			if ok != (next != nil) || ok && got != *next {
				t.Fatalf("next from %d is %v, %v, want %v", at, got, ok, next)
			}
			got, ok = by.previous(at)
			if ok != (previous != nil) || ok && got != *previous {
				t.Fatalf("previous from %d is %v, %v, want %v", at, got, ok, previous)
			}
		}
	})
}

func TestWalkingForwardAndBackMeetsTheSameTokens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		b := NewBody(text)
		tokens := allOf(b, b.Tokens)
		var forward, back []Fragment
		for f, ok := b.NextToken(0); ok; f, ok = b.NextToken(f.End) {
			forward = append(forward, f)
		}
		for f, ok := b.PreviousToken(len(text)); ok; f, ok = b.PreviousToken(f.Start) {
			back = append([]Fragment{f}, back...)
		}
		assert.Equal(t, tokens, forward)
		assert.Equal(t, tokens, back)
		for i := 1; i < len(tokens); i++ {
			if f, _ := b.PreviousToken(tokens[i].Start); f != tokens[i-1] {
				t.Fatalf("before token %d comes %v, want %v", i, f, tokens[i-1])
			}
		}
	})
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

func TestSentenceAt(t *testing.T) {
	const text = "One is. Two is.\n\nThree."
	b := NewBody(text)
	for at, want := range map[int]string{0: "One is.", 6: "One is.", 8: "Two is.", 14: "Two is.", 17: "Three."} {
		f, ok := b.SentenceAt(at)
		require.True(t, ok, "at %d", at)
		assert.Equal(t, want, text[f.Start:f.End])
	}
	for _, between := range []int{7, 15, 16, len(text)} {
		_, ok := b.SentenceAt(between)
		assert.False(t, ok, "at %d", between)
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
		swept := strings.TrimSpace(text[start:end])
		if swept == "" {
			if !got.Empty() {
				t.Fatalf("blanks snap to %v", got)
			}
			return
		}
		var want *Fragment // the hull of the tokens that share a byte with the sweep
		for _, token := range allOf(b, b.Tokens) {
			if !token.Overlaps(Fragment{start, end}) || strings.TrimSpace(text[max(start, token.Start):min(end, token.End)]) == "" {
				continue
			}
			if want == nil {
				want = &Fragment{token.Start, token.End}
			}
			want.End = token.End
		}
		if want == nil || got != *want {
			t.Fatalf("%d to %d snaps to %v, want %v", start, end, got, want)
		}
		if again := b.Snap(got); again != got {
			t.Fatalf("%v snaps again to %v", got, again)
		}
	})
}

func TestTrimTakesBlanksOffBothEnds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		start, end := drawRange(t, text)
		got := NewBody(text).Trim(Fragment{start, end})
		if text[got.Start:got.End] != strings.TrimFunc(text[start:end], unicode.IsSpace) || got.Start < start || got.End > end {
			t.Fatalf("%d to %d trims to %v", start, end, got)
		}
	})
}

// clusterStarts cuts each paragraph of text from its beginning.
func clusterStarts(text string) []int {
	var starts []int
	base := 0
	for _, paragraph := range strings.SplitAfter(text, "\n") {
		g := uniseg.NewGraphemes(paragraph)
		for g.Next() {
			from, _ := g.Positions()
			starts = append(starts, base+from)
		}
		base += len(paragraph)
	}
	return append(starts, len(text))
}

func TestClustersAreNeverSplit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		start, end := drawRange(t, text)
		b := NewBody(text)
		starts := clusterStarts(text)
		floor := func(at int) int {
			found := 0
			for _, s := range starts {
				if s <= at {
					found = s
				}
			}
			return found
		}
		after := func(at int) int {
			for _, s := range starts {
				if s > at {
					return s
				}
			}
			return len(text)
		}
		want := Fragment{floor(start), end}
		if floor(end) != end {
			want.End = after(end)
		}
		if got := b.SnapClusters(Fragment{start, end}); got != want {
			t.Fatalf("SnapClusters(%d to %d) = %v, want %v", start, end, got, want)
		}
		if got := b.NextCluster(start); got != after(start) {
			t.Fatalf("NextCluster(%d) = %d, want %d", start, got, after(start))
		}
		if got, want := b.PreviousCluster(start), floor(max(0, start-1)); got != want {
			t.Fatalf("PreviousCluster(%d) = %d, want %d", start, got, want)
		}
	})
}

func TestLongRowsOfFlagsAndMarksAreCutRightly(t *testing.T) {
	flags := NewBody(strings.Repeat("🇮🇳", 300)) // 8 bytes each
	assert.Equal(t, Fragment{8 * 200, 8 * 201}, flags.SnapClusters(Fragment{8*200 + 4, 8*200 + 4}))
	marks := NewBody("a" + strings.Repeat("\u0301", 1000) + "b")
	assert.Equal(t, Fragment{0, 2001}, marks.SnapClusters(Fragment{1501, 1503}))
}

// unicodeGraphemes is Unicode's own test, laid beside the checkout where it is available.
const unicodeGraphemes = "../../shared/conformance/unicode/GraphemeBreakTest.txt"

func TestClustersAreThoseOfUnicodesOwnTest(t *testing.T) {
	raw, err := os.ReadFile(unicodeGraphemes)
	if err != nil {
		t.Skip("GraphemeBreakTest.txt is not here")
	}
	lines := bufio.NewScanner(bytes.NewReader(raw))
	rows := 0
	for lines.Scan() {
		row, _, _ := strings.Cut(lines.Text(), "#")
		if strings.TrimSpace(row) == "" || strings.Contains(row, "000D") || strings.Contains(row, "000A") {
			continue // CR is gone from every text and LF parts paragraphs
		}
		rows++
		var text strings.Builder
		var want, got []int
		for _, word := range strings.Fields(row) {
			switch word {
			case "÷":
				want = append(want, text.Len())
			case "×":
			default:
				r, err := strconv.ParseInt(word, 16, 32)
				require.NoError(t, err)
				text.WriteRune(rune(r))
			}
		}
		b := NewBody(text.String())
		for at := 0; ; at = b.NextCluster(at) {
			got = append(got, at)
			if at == text.Len() {
				break
			}
		}
		assert.Equal(t, want, got, row)
	}
	assert.Greater(t, rows, 400)
}

func TestMovingByClustersInEmptyText(t *testing.T) {
	b := NewBody("")
	assert.Equal(t, 0, b.NextCluster(0))
	assert.Equal(t, 0, b.PreviousCluster(0))
	assert.Equal(t, Fragment{}, b.SnapClusters(Fragment{}))
	_, ok := b.NextToken(0)
	assert.False(t, ok)
	_, ok = b.PreviousSentence(0)
	assert.False(t, ok)
}

func TestCutsInALongParagraphAreQuick(t *testing.T) {
	if testing.Short() {
		t.Skip("cuts a megabyte")
	}
	text := strings.Repeat("日本語の文章が続く。قال الوزير ", 20_000)
	b := NewBody(text)
	began := time.Now()
	for i := range 1000 {
		b.SnapClusters(Fragment{i * 1000, i*1000 + 3})
	}
	assert.Less(t, time.Since(began), time.Second, "a cut must not depend on the paragraph's length")
}
