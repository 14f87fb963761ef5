package annotate_test

import (
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	. "spanwright/annotate"
)

// articles generates ordinary texts of several windows: sentences of several
// scripts, most of them on one line.
func articles() *rapid.Generator[string] {
	sentence := rapid.SampledFrom([]string{
		"The minister said that the water fell twice in March. ", "“Who,” asked Mara Tollen, “is new?” ", "It cost 3 mln. euros, 10\u202f000.50 in all (or so). ",
		"Die Mole — sagte er — sei grau!  ", "Et l’eau « monte » encore…\u00a0\u00a0", "日本語の文章が続く。", "「いいえ」と彼は言った。カメラ屋へ。", "قال الوزير: «لا». ومن قال؟ ",
		"वह गया। हिन्दी में। ", "กำลังไปที่ตลาด ", "한국어 말. ", "Ok 👩‍👩‍👧 🇮🇳🇫🇷 👍🏽! ", "http://example.org/a?b=c&d=e ", "l. c. p. 12 et seq. ibid. ", "\n", "\n\n  ",
	})
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(sentence, 100, 300).Draw(t, "sentences"), "")
	})
}

// boundaries cuts a text from its beginning in one go.
func boundaries(text string, first func(string, int) (segment, rest string, state int)) []int {
	found := []int{0}
	for rest, state := text, -1; rest != ""; {
		_, rest, state = first(rest, state)
		found = append(found, len(text)-len(rest))
	}
	return found
}

func firstCluster(text string, state int) (string, string, int) {
	cluster, rest, _, state := uniseg.FirstGraphemeClusterInString(text, state)
	return cluster, rest, state
}

func TestWindowsMoveNoBoundaryOfOrdinaryText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := articles().Draw(t, "text")
		b := NewBody(text)
		clusters := boundaries(text, firstCluster)
		require.Equal(t, clusters[1:], clusterEnds(b))
		require.Equal(t, kept(text, boundaries(text, uniseg.FirstWordInString), clusters), tokensOf(b))
		require.Equal(t, kept(text, boundaries(text, uniseg.FirstSentenceInString), clusters), sentencesOf(b))
	})
}

// mixtures generates texts of several windows from hostile pieces.
func mixtures() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		var text strings.Builder
		for range rapid.IntRange(1, 4).Draw(t, "stretches") {
			piece := hostile[rapid.IntRange(0, len(hostile)-1).Draw(t, "piece")].piece
			text.WriteString(rapid.SampledFrom(awkward).Draw(t, "between"))
			text.WriteString(long(piece, rapid.IntRange(1000, 12_000).Draw(t, "size")))
		}
		return text.String()
	})
}

// answers is all a Body says about a place.
func answers(b *Body, at int) []any {
	var said []any
	say := func(f Fragment, ok bool) { said = append(said, f, ok) }
	say(b.TokenAt(at))
	say(b.NextToken(at))
	say(b.PreviousToken(at))
	say(b.SentenceAt(at))
	say(b.NextSentence(at))
	say(b.PreviousSentence(at))
	f := Fragment{at, min(at+9, len(b.Text()))}
	say(b.Phrase(f))
	return append(said, b.Snap(f), b.SnapClusters(f), b.NextCluster(at), b.PreviousCluster(at), b.Quotations(f), b.Trim(f))
}

func TestAnswersDoNotDependOnWhatWasAskedBefore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := mixtures().Draw(t, "text")
		asked := NewBody(text)
		for _, at := range rapid.SliceOfN(rapid.IntRange(0, len(text)), 1, 12).Draw(t, "places") {
			require.Equal(t, answers(NewBody(text), at), answers(asked, at), "at %d", at)
		}
	})
}

func TestAnswersDependOnTheTextNearbyAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		piece := hostile[rapid.IntRange(0, len(hostile)-1).Draw(t, "piece")].piece
		if blank(piece) {
			return // what stands next to blanks may be anywhere
		}
		text := long(piece, 60_000)
		at := len(text)/2 + rapid.IntRange(-8000, 8000).Draw(t, "at")
		before := long("a. B“c”, ", 5000)
		for !utf8.RuneStart(text[len(before)]) {
			before += "."
		}
		other := before + text[len(before):] + long("d! E ", 8000)
		require.Equal(t, answers(NewBody(text), at), answers(NewBody(other), at), "at %d", at)
	})
}

func TestHostileTextsAreCutInBoundedPiecesThatFitTogether(t *testing.T) {
	const bound = 2 * 4096
	rapid.Check(t, func(t *rapid.T) {
		text := mixtures().Draw(t, "text")
		b := NewBody(text)
		begins := map[int]bool{len(text): true}
		start := 0
		for _, end := range clusterEnds(b) {
			begins[start] = true
			require.Greater(t, end, start)
			require.LessOrEqual(t, end-start, bound, "cluster at %d", start)
			if at := (start + end) / 2; at%16 == 0 {
				whole := Fragment{start, end}
				require.Equal(t, whole, b.SnapClusters(Fragment{at, end}))
				require.Equal(t, whole, b.SnapClusters(whole), "snaps again")
				require.Equal(t, Fragment{start, start}, b.SnapClusters(Fragment{start, start}))
				require.Equal(t, end, b.NextCluster(at))
				require.Equal(t, start, b.PreviousCluster(end))
			}
			start = end
		}
		for name, segments := range map[string][]Fragment{"token": tokensOf(b), "sentence": sentencesOf(b)} {
			end := 0
			for _, f := range segments {
				require.True(t, begins[f.Start] && begins[f.End], "%s %v splits a cluster", name, f)
				require.True(t, f.Start >= end && blank(text[end:f.Start]), "before %s %v", name, f)
				require.LessOrEqual(t, f.Len(), bound, "%s at %d", name, f.Start)
				end = f.End
			}
			require.True(t, blank(text[end:]), "after the last %s", name)
		}
	})
}

func TestTokensAreTheSameForwardsAndBackwards(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := mixtures().Draw(t, "text")
		b := NewBody(text)
		var back []Fragment
		for f, ok := b.PreviousToken(len(text)); ok; f, ok = b.PreviousToken(f.Start) {
			back = append(back, f)
		}
		slices.Reverse(back)
		require.Equal(t, tokensOf(b), append([]Fragment{}, back...))
	})
}

func TestReadingAWholeTextKeepsLittleOfIt(t *testing.T) {
	text := long("The minister said that the water fell twice. Why? 日本語の文章。\n", 8<<20)
	b := NewBody(text)
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before := heap()
	for at := 0; at < len(text); at += 2000 {
		b.TokenAt(at)
		b.NextSentence(at)
		b.SnapClusters(Fragment{at, at})
	}
	assert.Less(t, heap(), before+4<<20)
	runtime.KeepAlive(b)
}
