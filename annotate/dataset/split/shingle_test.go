package split

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestShinglesAreCountedAsByHand(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       int
	}{
		{"no words", " — … \n", 0},
		{"one word", "Stay", 1},
		{"three words", "She said no.", 1},
		{"five words", "She said that he stayed.", 3},
		{"a run that repeats", "no no no no no", 1},
		{"six letters of Chinese", "他说他不去。", 1},     // five letters: one short text
		{"eight letters of Chinese", "他们说他不会去的", 3}, // 8 - 6 + 1
		{"ten Thai letters with their marks", "ที่นี่ไม่มีใครอยู่", 5},
		{"Urdu words", "اس نے کہا کہ وہ نہیں جائے گا", 6}, // 8 - 3 + 1
		{"Hindi words, whose marks are part of them", "उसने कहा कि वह नहीं जाएगी", 4},
	} {
		assert.Len(t, Shingles(test.text), test.want, test.name)
	}
}

func TestTextsThatLookAlikeHaveTheSameShingles(t *testing.T) {
	for a, b := range map[string]string{
		"She said: “No, never!”":      "she SAID no never",
		"caf\u00e9 is closed today":   "cafe\u0301 is closed today",
		"ﬁnal oﬀer was made":          "final offer was made",
		"ＡＢＣ broadcasting company":    "abc broadcasting company",
		"میں نے\u200c کہا تھا":        "میں نے کہا تھا",
		"soft\u00adhyphen in a word":  "softhyphen in a word",
		"العـــربية هي لغة":           "العربية هي لغة",
		"他们说，他不会\n去的":                 "他们说他不会去的",
		"one\ttwo\n\nthree\r\nfour !": "one two three four",
	} {
		assert.Equal(t, Shingles(a), Shingles(b), a)
	}
}

func TestTheJaccardIndexIsTheShareOfCommonShingles(t *testing.T) {
	// Runs of three words: 4 in each, 2 in both, 6 in either.
	a, b := Shingles("one two three four five six"), Shingles("three four five six seven eight")
	assert.InDelta(t, 2.0/6, Jaccard(a, b), 1e-12)
	assert.Equal(t, 1.0, Jaccard(a, a))
	assert.Zero(t, Jaccard(a, Shingles("nothing of the kind at all")))
	assert.Zero(t, Jaccard(nil, nil))
	// Letters: 9 runs of six and 8 of six, 4 in both.
	a, b = Shingles("一二三四五六七八九十甲乙丙丁"), Shingles("六七八九十甲乙丙丁戊己庚辛")
	assert.InDelta(t, 4.0/13, Jaccard(a, b), 1e-12)
}

// TestNumbersAreThoseOfSplitMix64 compares with the first outputs of the authors' program for seed 0.
func TestNumbersAreThoseOfSplitMix64(t *testing.T) {
	state := uint64(0)
	for _, want := range []uint64{0xe220a8397b1dcdaf, 0x6e789e6aa1b965f4, 0x06c45d188009454f, 0xf88bb8a8724c81ec} {
		assert.Equal(t, want, mix(state))
		state += 0x9e3779b97f4a7c15
	}
	assert.Equal(t, function{0xe220a8397b1dcdaf, 0x6e789e6aa1b965f4}, functions[0])
}

// TestSignaturesEstimateTheJaccardIndex draws sets with a known index. Of 200 estimates the mean lies
// within 0.01 of it, and their spread is that of 128 coins, sqrt(j(1-j)/128).
func TestSignaturesEstimateTheJaccardIndex(t *testing.T) {
	source := rand.New(rand.NewPCG(1, 2))
	for _, index := range []float64{0, 0.1, 0.3, 0.5, 0.8, 1} {
		for _, size := range []int{20, 400} {
			sum, squares := 0.0, 0.0
			exact := 0.0
			const times = 200
			for range times {
				shared := int(math.Round(2 * float64(size) * index / (1 + index)))
				var a, b []uint64
				for i := range 2*size - shared {
					x := source.Uint64()
					if i < size {
						a = append(a, x)
					}
					if i >= size-shared {
						b = append(b, x)
					}
				}
				slices.Sort(a)
				slices.Sort(b)
				exact = Jaccard(a, b)
				d := Sign(a).Like(Sign(b)) - exact
				sum, squares = sum+d, squares+d*d
			}
			require.InDelta(t, index, exact, 0.03)
			assert.InDelta(t, 0, sum/times, 0.01, "%v of %d", index, size)
			assert.InDelta(t, math.Sqrt(exact*(1-exact)/128), math.Sqrt(squares/times), 0.01, "%v of %d", index, size)
		}
	}
}

func BenchmarkSign(b *testing.B) {
	var text strings.Builder
	source := rand.New(rand.NewPCG(1, 2))
	for text.Len() < 2000 {
		fmt.Fprintf(&text, "word%d ", source.IntN(5000))
	}
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		Sign(Shingles(text.String()))
	}
}
