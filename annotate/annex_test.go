package annotate_test

import (
	"bufio"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	. "spanwright/annotate"
)

// unicodeFile opens a file of the Unicode Character Database, or skips the test.
func unicodeFile(t *testing.T, name string) *bufio.Scanner {
	t.Helper()
	f, err := os.Open("/usr/share/unicode/" + name)
	if err != nil {
		t.Skip("the Unicode Character Database (package unicode-data) is not installed")
	}
	t.Cleanup(func() { assert.NoError(t, f.Close()) })
	return bufio.NewScanner(f)
}

// readProperty calls f with each range of characters a file of the database gives a value.
func readProperty(t *testing.T, name string, f func(first, last rune, value string)) {
	t.Helper()
	for lines := unicodeFile(t, name); lines.Scan(); {
		data, _, _ := strings.Cut(lines.Text(), "#")
		places, value, found := strings.Cut(data, ";")
		if !found {
			continue
		}
		from, to, isRange := strings.Cut(strings.TrimSpace(places), "..")
		if !isRange {
			to = from
		}
		first, err := strconv.ParseInt(from, 16, 32)
		require.NoError(t, err)
		last, err := strconv.ParseInt(to, 16, 32)
		require.NoError(t, err)
		f(rune(first), rune(last), strings.TrimSpace(value))
	}
}

// annex is a table of rules of Unicode Standard Annex #29. In the rules a character
// is the letter of its property value; the first rule whose left side ends, and
// whose right side begins, at a place decides whether there is a boundary.
type annex struct {
	file    string            // of the property
	letters map[string]string // of the property's values; an o has none of them
	ignored string            // what "X (Extend | Format)* → X" ignores after each character but those of the first rules
	rules   []annexRule
	last    bool // whether there is a boundary where no rule applies
}

type annexRule struct {
	left     string // "." is any character; a blank stands for what is ignored
	boundary bool
	right    string
}

const (
	joins  = false
	breaks = true
)

var clusterAnnex = annex{
	file: "auxiliary/GraphemeBreakProperty.txt",
	letters: map[string]string{
		"CR": "r", "LF": "n", "Control": "C", "Extend": "E", "ZWJ": "Z", "Regional_Indicator": "R", "Prepend": "P",
		"SpacingMark": "S", "L": "L", "V": "V", "T": "T", "LV": "v", "LVT": "t", "Extended_Pictographic": "X",
	},
	rules: []annexRule{
		{"r", joins, "n"},                  // GB3
		{"[Crn]", breaks, ""},              // GB4
		{"", breaks, "[Crn]"},              // GB5
		{"L", joins, "[LVvt]"},             // GB6
		{"[vV]", joins, "[VT]"},            // GB7
		{"[tT]", joins, "T"},               // GB8
		{"", joins, "[EZS]"},               // GB9, GB9a
		{"P", joins, ""},                   // GB9b
		{"XE*Z", joins, "X"},               // GB11
		{"(?:^|[^R])(?:RR)*R", joins, "R"}, // GB12, GB13
	},
	last: breaks,
}

var wordAnnex = annex{
	file: "auxiliary/WordBreakProperty.txt",
	letters: map[string]string{
		"CR": "r", "LF": "n", "Newline": "w", "Extend": "E", "ZWJ": "Z", "Format": "F", "Regional_Indicator": "R",
		"Katakana": "K", "Hebrew_Letter": "H", "ALetter": "A", "Single_Quote": "s", "Double_Quote": "d", "MidNumLet": "l",
		"MidLetter": "m", "MidNum": "u", "Numeric": "N", "ExtendNumLet": "X", "WSegSpace": "S", "Extended_Pictographic": "P",
	},
	ignored: "[EFZ]*",
	rules: []annexRule{
		{"r", joins, "n"},                         // WB3
		{"[rnw]", breaks, ""},                     // WB3a
		{"", breaks, "[rnw]"},                     // WB3b
		{"Z", joins, "P"},                         // WB3c
		{"S", joins, "S"},                         // WB3d
		{"", joins, "[EFZ]"},                      // WB4
		{"[AH] ", joins, "[AH]"},                  // WB5
		{"[AH] ", joins, "[mls] [AH]"},            // WB6
		{"[AH] [mls] ", joins, "[AH]"},            // WB7
		{"H ", joins, "s"},                        // WB7a
		{"H ", joins, "d H"},                      // WB7b
		{"H d ", joins, "H"},                      // WB7c
		{"N ", joins, "N"},                        // WB8
		{"[AH] ", joins, "N"},                     // WB9
		{"N ", joins, "[AH]"},                     // WB10
		{"N [uls] ", joins, "N"},                  // WB11
		{"N ", joins, "[uls] N"},                  // WB12
		{"K ", joins, "K"},                        // WB13
		{"[AHNKX] ", joins, "X"},                  // WB13a
		{"X ", joins, "[AHNK]"},                   // WB13b
		{"(?:^|[^REFZ]) (?:R R )*R ", joins, "R"}, // WB15, WB16
	},
	last: breaks,
}

var sentenceAnnex = annex{
	file: "auxiliary/SentenceBreakProperty.txt",
	letters: map[string]string{
		"CR": "r", "LF": "n", "Sep": "p", "Extend": "E", "Format": "F", "Sp": "s", "Lower": "L", "Upper": "U", "OLetter": "O",
		"Numeric": "N", "ATerm": "A", "SContinue": "C", "STerm": "T", "Close": "c",
	},
	ignored: "[EF]*",
	rules: []annexRule{
		{"r", joins, "n"},                             // SB3
		{"[rnp]", breaks, ""},                         // SB4
		{"", joins, "[EF]"},                           // SB5
		{"A ", joins, "N"},                            // SB6
		{"[UL] A ", joins, "U"},                       // SB7
		{"A (?:c )*(?:s )*", joins, "[^OULrnpAT]*L"},  // SB8
		{"[AT] (?:c )*(?:s )*", joins, "[CAT]"},       // SB8a
		{"[AT] (?:c )*", joins, "[csrnp]"},            // SB9
		{"[AT] (?:c )*(?:s )*", joins, "[srnp]"},      // SB10
		{"[AT] (?:c )*(?:s )*(?:[rnp])?", breaks, ""}, // SB11
	},
	last: joins,
}

// letterOf reads the property. A pictograph that is a letter too counts as a letter.
func (a *annex) letterOf(t *testing.T) map[rune]byte {
	letters := map[rune]byte{}
	read := func(file string) {
		readProperty(t, file, func(first, last rune, value string) {
			for r := first; r <= last; r++ {
				if letter := a.letters[value]; letter != "" && letters[r] == 0 {
					letters[r] = letter[0]
				}
			}
		})
	}
	read(a.file)
	read("emoji/emoji-data.txt")
	return letters
}

// boundaries returns a function that finds the boundaries of a text, by byte.
func (a *annex) boundaries(t *testing.T) func(text string) []int {
	type compiled struct {
		left, right *regexp.Regexp
		boundary    bool
	}
	var rules []compiled
	for _, r := range a.rules {
		side := func(s string) string { return "(?:" + strings.ReplaceAll(s, " ", a.ignored) + ")" }
		rules = append(rules, compiled{regexp.MustCompile(side(r.left) + "$"), regexp.MustCompile("^" + side(r.right)), r.boundary})
	}
	letters := a.letterOf(t)
	return func(text string) []int {
		var spelled []byte
		for _, r := range text {
			letter := letters[r]
			if letter == 0 {
				letter = 'o'
			}
			spelled = append(spelled, letter)
		}
		found := []int{0}
		i := 0
		for at := range text {
			if i > 0 {
				boundary := a.last
				for _, r := range rules {
					if r.left.Match(spelled[:i]) && r.right.Match(spelled[i:]) {
						boundary = r.boundary
						break
					}
				}
				if boundary {
					found = append(found, at)
				}
			}
			i++
		}
		if text != "" {
			found = append(found, len(text))
		}
		return found
	}
}

// kept returns the segments between boundaries as a Body has them: boundaries
// inside a cluster are none, and clusters of blanks are left out at the ends.
func kept(text string, boundaries, clusters []int) []Fragment {
	segments := []Fragment{}
	var f Fragment
	for i, end := range clusters[min(1, len(clusters)):] {
		if start := clusters[i]; !blank(text[start:end]) {
			if f.Empty() {
				f.Start = start
			}
			f.End = end
		}
		for len(boundaries) > 0 && boundaries[0] < end {
			boundaries = boundaries[1:]
		}
		if len(boundaries) > 0 && boundaries[0] == end && !f.Empty() {
			segments, f = append(segments, f), Fragment{}
		}
	}
	return segments
}

// telling are characters of the property values that awkward lacks.
var telling = []string{
	"\r", "\u0085", "\u00ad", "\u2060", ",", ":", ";", "\"", "’", "(", ")", "_", "-", "–", "!", "．", "א", "״", "カ", "ー", "々",
	"Ⅷ", "ª", "ǅ", "५", "١", "™", "ℹ", "©", "\U0001f1e6\u200d", "ﾞ", "ം", "ൎ", "\U000110bd", "ᄀ\u0308", "\u061c", "\ufeff",
}

func TestClustersTokensAndSentencesFollowTheRulesOfTheAnnex(t *testing.T) {
	clusters, words, sentences := clusterAnnex.boundaries(t), wordAnnex.boundaries(t), sentenceAnnex.boundaries(t)
	pieces := rapid.SliceOfN(rapid.SampledFrom(append(telling, awkward...)), 0, 12)
	rapid.Check(t, func(t *rapid.T) {
		for _, drawn := range rapid.SliceOfN(pieces, 50, 50).Draw(t, "texts") {
			text := strings.Join(drawn, "")
			b := NewBody(text)
			want := clusters(text)
			require.Equal(t, want, append([]int{0}, clusterEnds(b)...), "clusters of %+q", text)
			require.Equal(t, kept(text, words(text), want), tokensOf(b), "tokens of %+q", text)
			require.Equal(t, kept(text, sentences(text), want), sentencesOf(b), "sentences of %+q", text)
		}
	})
}
