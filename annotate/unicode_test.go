package annotate_test

import (
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	. "spanwright/annotate"
)

// Rows of Unicode 15.0's GraphemeBreakTest, WordBreakTest and SentenceBreakTest.
const (
	clusterRows = `
÷ 000D × 000A ÷ 0061 ÷ 000A ÷ 0308 ÷
÷ 0020 × 0308 ÷ 0020 ÷
÷ 0061 ÷ 1F1E6 × 1F1E7 × 200D ÷ 1F1E8 ÷ 0062 ÷
÷ 0061 ÷ 1F1E6 × 1F1E7 ÷ 1F1E8 × 1F1E9 ÷ 0062 ÷
÷ 1F476 × 1F3FF × 0308 × 200D × 1F476 × 1F3FF ÷
÷ 0061 × 0903 ÷ 0062 ÷
÷ 0061 ÷ 0600 × 0062 ÷
÷ AC01 × 11A8 ÷ 1100 ÷
÷ 0061 × 200D ÷ 1F6D1 ÷
`
	wordRows = `
÷ 000D × 000A ÷ 0061 ÷ 000A ÷ 0308 ÷
÷ 0020 × 200D ÷ 0646 ÷
÷ 0041 ÷ 003A ÷ 003A ÷ 0041 ÷
÷ 0031 × 002E × 2060 × 0308 × 0031 ÷ 003A ÷
÷ 05D0 × 0022 × 05D0 ÷
÷ 0041 × 005F × 0030 × 005F × 3031 × 005F ÷
÷ 0061 ÷ 1F1E6 × 1F1E7 ÷ 1F1E8 × 1F1E9 ÷ 0062 ÷
÷ 1F476 × 1F3FF × 0308 × 200D × 1F476 × 1F3FF ÷
÷ 0061 × 0308 × 200D × 0308 × 0062 ÷
÷ 0061 ÷ 0020 × 0020 ÷ 0062 ÷
`
	sentenceRows = `
÷ 000D × 000A ÷ 0061 × 000A ÷ 0308 ÷
÷ 0055 × 002E × 0053 × 002E × 0041 × 0300 × 002E × 0020 × 0069 × 0073 ÷
÷ 0055 × 002E × 0053 × 002E × 0041 × 0300 × 003F × 0020 ÷ 0048 × 0065 ÷
÷ 0033 × 002E × 0034 ÷
÷ 0043 × 002E × 0044 ÷
÷ 0065 × 0074 × 0063 × 002E × 0029 × 2019 × 00A0 × 2018 × 0028 × 0074 × 0068 × 0065 ÷
÷ 0065 × 0074 × 0063 × 002E × 0029 × 2019 × 00A0 ÷ 2018 × 0028 × 0054 × 0068 × 0065 ÷
÷ 0065 × 0074 × 0063 × 002E × 0029 × 000A ÷ 0308 × 0054 × 0068 × 0065 ÷
÷ 0065 × 0074 × 0063 × 002E × 3002 ÷
÷ 5B57 × 3002 ÷ 5B83 ÷
`
)

// row is a text with its boundaries: 0, those between, its end.
type row struct {
	text       string
	boundaries []int
}

func readRow(t *testing.T, line string) row {
	t.Helper()
	var text strings.Builder
	var found []int
	for _, field := range strings.Fields(line) {
		switch field {
		case "÷":
			found = append(found, text.Len())
		case "×":
		default:
			r, err := strconv.ParseInt(field, 16, 32)
			require.NoError(t, err, line)
			text.WriteRune(rune(r))
		}
	}
	return row{text.String(), found}
}

// eachRow calls f with the rows chosen by hand, and with all rows of Unicode's file
// where it is installed.
func eachRow(t *testing.T, chosen, file string, atLeast int, f func(t *testing.T, r row)) {
	t.Run("chosen", func(t *testing.T) {
		for _, line := range strings.Split(strings.TrimSpace(chosen), "\n") {
			f(t, readRow(t, line))
		}
	})
	t.Run("all", func(t *testing.T) {
		rows := 0
		lines := unicodeFile(t, "auxiliary/"+file)
		for lines.Scan() {
			if line, _, _ := strings.Cut(lines.Text(), "#"); strings.TrimSpace(line) != "" {
				f(t, readRow(t, line))
				rows++
			}
		}
		require.NoError(t, lines.Err())
		require.GreaterOrEqual(t, rows, atLeast)
	})
}

// separator parts what stands on its sides, by all the annex's rules (GB4 and 5,
// WB3a and b, SB4), and is a blank.
const separator = "\u2029"

// placed returns a row alone and in the midst of longer texts, also across the edge
// of what a Body cuts at a time; the row begins at byte at.
func (r row) placed(f func(text string, at int)) {
	f(r.text, 0)
	for _, at := range []int{100, 4096 - len(r.text)/2, 8192} {
		before := strings.Repeat("word ", at/5+1)[:at-len(separator)] + separator
		f(before+r.text+separator+"words", at)
	}
}

func TestClustersAreThoseOfUnicode(t *testing.T) {
	eachRow(t, clusterRows, "GraphemeBreakTest.txt", 600, func(t *testing.T, r row) {
		r.placed(func(text string, at int) {
			b := NewBody(text)
			for i, floor := range r.boundaries[:len(r.boundaries)-1] {
				floor, ceil := at+floor, at+r.boundaries[i+1]
				require.Equal(t, Fragment{floor, floor}, b.SnapClusters(Fragment{floor, floor}), "%+q", r.text)
				require.Equal(t, ceil, b.NextCluster(floor), "%+q", r.text)
				require.Equal(t, floor, b.PreviousCluster(ceil), "%+q", r.text)
				require.Equal(t, ceil, b.ClusterEnd(floor), "%+q", r.text)
				for inside := floor + 1; inside < ceil; inside++ {
					require.Equal(t, Fragment{floor, ceil}, b.SnapClusters(Fragment{inside, inside}), "%+q", r.text)
					require.Equal(t, ceil, b.NextCluster(inside), "%+q", r.text)
					require.Equal(t, floor, b.PreviousCluster(inside), "%+q", r.text)
				}
			}
		})
	})
}

// splitFlag is the one text of the rows in which a word ends inside a grapheme
// cluster, of the last two letters before b. A token does not.
const splitFlag = "a\U0001f1e6\u200d\U0001f1e7\U0001f1e8b"

// segments returns what stands between a row's boundaries as a Body has it: blanks
// at the ends left out, so that nothing remains of a segment of blanks alone. But for
// splitFlag that is all in which the rows and a Body differ: where a paragraph ends,
// before and after LF, the rows have a boundary too, or blanks that are left out anyhow.
func (r row) segments(at int) []Fragment {
	found := []Fragment{}
	for i, start := range r.boundaries[:len(r.boundaries)-1] {
		segment := r.text[start:r.boundaries[i+1]]
		left := strings.TrimLeftFunc(segment, unicode.IsSpace)
		if left == "" {
			continue
		}
		begin := at + start + len(segment) - len(left)
		if onBlank(segment, left) {
			begin-- // the rows have marks on U+0020 alone
		}
		end := at + start + len(strings.TrimRightFunc(segment, unicode.IsSpace))
		if n := len(found) - 1; r.text == splitFlag && n >= 0 && end == at+len(r.text)-1 {
			found[n].End = end
			continue
		}
		found = append(found, Fragment{begin, end})
	}
	return found
}

// onBlank reports whether what is left of a segment begins with a mark or joiner on U+0020.
func onBlank(segment, left string) bool {
	for _, r := range left {
		return strings.HasSuffix(strings.TrimSuffix(segment, left), " ") && (unicode.Is(unicode.M, r) || r == '\u200d')
	}
	return false
}

func testSegments(t *testing.T, r row, next func(b *Body, offset int) (Fragment, bool)) {
	t.Helper()
	r.placed(func(text string, at int) {
		b := NewBody(text)
		got := []Fragment{}
		for f, ok := next(b, at); ok && f.Start < at+len(r.text); f, ok = next(b, f.End) {
			got = append(got, f)
		}
		require.Equal(t, r.segments(at), got, "%+q at %d", r.text, at)
	})
}

func TestTokensAreTheWordsOfUnicode(t *testing.T) {
	eachRow(t, wordRows, "WordBreakTest.txt", 1800, func(t *testing.T, r row) { testSegments(t, r, (*Body).NextToken) })
}

func TestSentencesAreThoseOfUnicode(t *testing.T) {
	eachRow(t, sentenceRows, "SentenceBreakTest.txt", 500, func(t *testing.T, r row) { testSegments(t, r, (*Body).NextSentence) })
}
