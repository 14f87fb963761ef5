package typeset

import (
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// boundaryRow is a row of the Unicode Character Database's LineBreakTest.txt or
// GraphemeBreakTest.txt: ÷ where there is a boundary, × where there is none.
type boundaryRow struct {
	runes    []rune
	boundary []bool   // before each rune, and at the end
	rules    []string // by which, in the same places; none where the row does not say
}

func readBoundaryRow(t *testing.T, row string) (r boundaryRow) {
	t.Helper()
	data, comment, _ := strings.Cut(row, "#")
	for i, field := range strings.Fields(data) {
		if i%2 == 0 {
			require.Contains(t, []string{"÷", "×"}, field, row)
			r.boundary = append(r.boundary, field == "÷")
			continue
		}
		code, err := strconv.ParseUint(field, 16, 32)
		require.NoError(t, err, row)
		r.runes = append(r.runes, rune(code))
	}
	for _, part := range strings.Split(comment, "[")[1:] {
		rule, _, _ := strings.Cut(part, "]")
		r.rules = append(r.rules, rule)
	}
	require.Len(t, r.boundary, len(r.runes)+1, row)
	return r
}

// whole returns a text as a passage reads it, from left to right.
func whole(text string) (body *annotate.Body, f annotate.Fragment, open *embedding) {
	return annotate.NewBody(text), annotate.Fragment{End: len(text)}, newEmbedding(0)
}

// everyRow calls f with the rows of a Unicode test file.
func everyRow(t *testing.T, name string, f func(row string)) {
	t.Helper()
	lines := unicodeFile(t, "/usr/share/unicode/auxiliary/"+name)
	for lines.Scan() {
		if row := lines.Text(); row != "" && row[0] != '#' {
			f(row)
		}
	}
	require.NoError(t, lines.Err())
}

// lineBreakRows are rows of LineBreakTest.txt of Unicode 15.0, and the number of
// the rule behind each.
const lineBreakRows = `
× 000B ÷ 0020 ÷ 0023 ÷ # [0.3] [4.0] [18.0] [0.3]
× 000D × 000A ÷ 0061 × 000A ÷ 0308 ÷ # [0.3] [5.01] [5.03] [6.0] [5.03] [0.3]
× 0023 × 0308 × 0020 ÷ 2014 ÷ # [0.3] [9.0] [7.01] [18.0] [0.3]
× 2014 × 0020 × 2014 ÷ # [0.3] [7.01] [17.0] [0.3]
× 05D0 × 002D × 05D0 ÷ # [0.3] [21.02] [21.1] [0.3]
× 200B × 0020 ÷ 0030 ÷ # [0.3] [7.01] [8.0] [0.3]
× 306F × 0020 ÷ 0022 × 0073 × 0022 × 0020 ÷ # [0.3] [7.01] [18.0] [19.02] [19.01] [7.01] [0.3]
× 4F8B × FF1A ÷ 00A3 × 0032 × 0033 ÷ # [0.3] [21.03] [999.0] [25.01] [25.03] [0.3]
× 91CF × 0029 × 0020 × 301C × 0020 ÷ 0028 × 0070 × 006F ÷ # [0.3] [13.02] [7.01] [16.0] [7.01] [18.0] [14.0] [28.0] [0.3]
× 1F1F7 × 1F1FA × 200B ÷ 1F1F8 × 1F1EA ÷ # [0.3] [30.11] [7.02] [8.0] [30.12] [0.3]
× 1F02C × 1F3FF ÷ # [0.3] [30.22] [0.3]
× 0020 ÷ 0308 ÷ 2014 ÷ # [0.3] [18.0] [999.0] [0.3]
`

// lineBreakRow compares where the lines of a row may and must end. A grapheme
// cluster stays whole even where a line may break inside it; reported is how often.
func lineBreakRow(t *testing.T, row string) (kept int) {
	t.Helper()
	r := readBoundaryRow(t, row)
	require.Len(t, r.rules, len(r.runes)+1, row)
	var s setter
	s.read(whole(string(r.runes)))
	s.findBreaks()
	for c := range s.count() {
		for i := int(s.clusters[c]) + 1; i < int(s.clusters[c+1]); i++ {
			if r.boundary[i] {
				kept++
				require.True(t, extends(r.runes[i]), "%s: the cluster goes on with %U", row, r.runes[i])
			}
		}
		end := int(s.clusters[c+1])
		require.Equal(t, r.boundary[end], s.traits[c]&mayBreak != 0, "%s: behind character %d", row, end)
		if end < len(r.runes) {
			must := r.boundary[end] && (strings.HasPrefix(r.rules[end], "4.") || strings.HasPrefix(r.rules[end], "5."))
			require.Equal(t, must, s.traits[c]&mustBreak != 0, "%s: behind character %d", row, end)
		}
	}
	return kept
}

// extends reports whether UAX #29 joins r to whatever stands before it (rule GB9),
// among the characters of Unicode's rows.
func extends(r rune) bool {
	return unicode.Is(unicode.M, r) || r == '\u200D' || '\U0001F3FB' <= r && r <= '\U0001F3FF'
}

func TestLinesBreakInChosenRowsWhereUnicodeSays(t *testing.T) {
	for _, row := range strings.Split(strings.TrimSpace(lineBreakRows), "\n") {
		lineBreakRow(t, row)
	}
}

func TestLinesBreakWhereUnicodeSays(t *testing.T) {
	rows, kept := 0, 0
	everyRow(t, "LineBreakTest.txt", func(row string) {
		kept += lineBreakRow(t, row)
		rows++
	})
	t.Logf("%d rows; %d opportunities lie inside a grapheme cluster", rows, kept)
	require.Greater(t, rows, 7000)
}

// clusterRows are rows of GraphemeBreakTest.txt of Unicode 15.0.
const clusterRows = `
÷ 000D × 000A ÷ 0061 ÷ 000A ÷ 0308 ÷
÷ 0061 ÷ 1F1E6 × 1F1E7 × 200D ÷ 1F1E8 ÷ 0062 ÷
÷ 1F476 × 1F3FF × 0308 × 200D × 1F476 × 1F3FF ÷
÷ 0061 × 0903 ÷ 0062 ÷
÷ 0061 ÷ 0600 × 0062 ÷
÷ AC01 × 11A8 ÷ 1100 ÷
÷ 1100 × 1160 ÷
÷ 0061 × 200D ÷ 1F6D1 ÷
÷ 1F6D1 × 200D × 1F6D1 ÷
`

func clusterRow(t *testing.T, row string) {
	t.Helper()
	r := readBoundaryRow(t, row)
	var p passage
	p.read(whole(string(r.runes)))
	begins := make([]bool, len(r.runes)+1)
	for _, i := range p.clusters {
		begins[i] = true
	}
	require.Equal(t, r.boundary, begins, row)
}

func TestClustersOfChosenRowsAreThoseOfUnicode(t *testing.T) {
	for _, row := range strings.Split(strings.TrimSpace(clusterRows), "\n") {
		clusterRow(t, row)
	}
}

func TestClustersAreThoseOfUnicode(t *testing.T) {
	everyRow(t, "GraphemeBreakTest.txt", func(row string) { clusterRow(t, row) })
}
