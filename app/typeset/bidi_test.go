package typeset

import (
	"bufio"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/bidi"
)

// characterRows are rows of the Unicode Character Database's BidiCharacterTest.txt:
// code points; paragraph direction (0 LTR, 1 RTL, 2 by first strong character);
// resolved base level; levels (x: removed); visual order.
const characterRows = `
0028 0061 05D0 005B 0029 05D1;0;0;0 0 1 0 0 1;0 1 2 3 4 5
0061 005D 0028 05D0 0062 0029 2680;0;0;0 0 0 1 0 0 0;0 1 2 3 4 5 6
0028 005B 005D 0061 2680 05D0 0029;1;1;1 1 1 2 1 1 1;6 5 4 3 2 1 0
0028 05D0 0028 2680 005B 0029 05D1 0061 005D;1;1;1 1 1 1 1 1 1 2 1;8 7 6 5 4 3 2 1 0
05D0 0020 2329 05D1 002E 0031 3009;0;0;1 1 1 1 1 2 1;6 5 4 3 2 1 0
202D 0661 202B 0662 202C 2068 0663 2069 202B 0664 202C 0665 202C;0;0;x 2 x 4 x 2 6 2 x 4 x 2 x;1 3 5 6 7 9 11
202D 05D0 202B 05D1 202C 2068 05D2 2069 202B 05D3 202C 05D4 202C;2;1;x 2 x 3 x 2 3 2 x 3 x 2 x;1 3 5 6 7 9 11
0661 0028 0332 0662 0029 0333;0;0;2 1 1 2 1 1;5 4 3 2 1 0
05D0 202B 0062 202C 0020 0031 0020 0032;0;0;1 x 2 x 1 2 1 2;7 6 5 4 2 0
0661 0009 0028 0662 0029;2;0;2 0 1 2 1;0 1 4 3 2
`

// baseLevel returns the level of a paragraph of characters of those classes.
func baseLevel(classes []bidi.Class) uint8 {
	var lead leader
	for _, c := range classes {
		if level, found := lead.read(c); found {
			return level
		}
	}
	return 0
}

func characterRow(t *testing.T, row string) {
	t.Helper()
	fields := strings.Split(row, ";")
	require.Len(t, fields, 5, row)
	var runes []rune
	var classes []bidi.Class
	for _, hex := range strings.Fields(fields[0]) {
		r, err := strconv.ParseUint(hex, 16, 32)
		require.NoError(t, err)
		p, _ := bidi.LookupRune(rune(r))
		runes, classes = append(runes, rune(r)), append(classes, p.Class())
	}
	base := baseLevel(classes)
	if fields[1] != "2" {
		base = fields[1][0] - '0'
	}
	require.Equal(t, fields[2], strconv.Itoa(int(base)), row)
	levels, order := settle(classes, runes, base)
	require.Equal(t, fields[3], levels, row)
	require.Equal(t, strings.TrimSpace(fields[4]), order, row)
}

// settle returns levels and order as the Unicode test files write them.
func settle(classes []bidi.Class, runes []rune, base uint8) (levels, order string) {
	resolved := resolveLevels(classes, runes, newEmbedding(base))
	resetTrailing(resolved, classes, base)
	written := make([]string, len(resolved))
	for i, l := range resolved {
		written[i] = strconv.Itoa(int(l))
		if isRemoved(classes[i]) {
			written[i] = "x"
		}
	}
	var visible []string
	for _, i := range visualOrder(resolved) {
		if !isRemoved(classes[i]) {
			visible = append(visible, strconv.Itoa(i))
		}
	}
	return strings.Join(written, " "), strings.Join(visible, " ")
}

func TestLevelsOfChosenRowsAreThoseOfUnicode(t *testing.T) {
	for _, row := range strings.Split(strings.TrimSpace(characterRows), "\n") {
		characterRow(t, row)
	}
}

// unicodeFile opens a file of the Unicode Character Database, or skips the test.
func unicodeFile(t *testing.T, patterns ...string) *bufio.Scanner {
	t.Helper()
	for _, pattern := range patterns {
		names, _ := filepath.Glob(pattern)
		if len(names) == 0 {
			continue
		}
		f, err := os.Open(names[0])
		require.NoError(t, err)
		t.Cleanup(func() { assert.NoError(t, f.Close()) })
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<20)
		return lines
	}
	t.Skip("the Unicode Character Database (package unicode-data) is not installed")
	return nil
}

func TestLevelsOfCharactersAreThoseOfUnicode(t *testing.T) {
	lines := unicodeFile(t, "/usr/share/unicode/BidiCharacterTest.txt", "../../../shared/conformance/unicode/BidiCharacterTest*.txt")
	for lines.Scan() {
		if row := lines.Text(); row != "" && row[0] != '#' {
			characterRow(t, row)
		}
	}
	require.NoError(t, lines.Err())
}

var classNames = map[string]bidi.Class{
	"L": bidi.L, "R": bidi.R, "EN": bidi.EN, "ES": bidi.ES, "ET": bidi.ET, "AN": bidi.AN, "CS": bidi.CS,
	"B": bidi.B, "S": bidi.S, "WS": bidi.WS, "ON": bidi.ON, "BN": bidi.BN, "NSM": bidi.NSM, "AL": bidi.AL,
	"LRO": bidi.LRO, "RLO": bidi.RLO, "LRE": bidi.LRE, "RLE": bidi.RLE, "PDF": bidi.PDF,
	"LRI": bidi.LRI, "RLI": bidi.RLI, "FSI": bidi.FSI, "PDI": bidi.PDI,
}

func TestLevelsOfClassesAreThoseOfUnicode(t *testing.T) {
	lines := unicodeFile(t, "/usr/share/unicode/BidiTest.txt", "../../../shared/conformance/unicode/BidiTest*.txt")
	var levels, order string
	for lines.Scan() {
		line := lines.Text()
		switch {
		case line == "" || line[0] == '#':
		case strings.HasPrefix(line, "@Levels:"):
			levels = strings.Join(strings.Fields(line)[1:], " ")
		case strings.HasPrefix(line, "@Reorder:"):
			order = strings.Join(strings.Fields(line)[1:], " ")
		case line[0] != '@':
			classRow(t, line, levels, order)
		}
	}
	require.NoError(t, lines.Err())
}

func classRow(t *testing.T, line, levels, order string) {
	t.Helper()
	input, bits, found := strings.Cut(line, ";")
	require.True(t, found, line)
	set, err := strconv.ParseUint(strings.TrimSpace(bits), 16, 8)
	require.NoError(t, err)
	var classes []bidi.Class
	for _, name := range strings.Fields(input) {
		c, known := classNames[name]
		require.True(t, known, name)
		classes = append(classes, c)
	}
	for bit, base := range map[uint64]uint8{1: baseLevel(classes), 2: 0, 4: 1} {
		if set&bit == 0 {
			continue
		}
		gotLevels, gotOrder := settle(classes, nil, base)
		if gotLevels != levels || gotOrder != order {
			t.Fatalf("%s at base %d: levels %s, order %s; want %s, %s", input, base, gotLevels, gotOrder, levels, order)
		}
	}
}
