package typeset

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNamesAreTheAbbreviationsOfUnicode(t *testing.T) {
	lines := unicodeFile(t, "/usr/share/unicode/NameAliases.txt")
	abbreviations := map[rune][]string{0x2028: {"LS"}, 0x2029: {"PS"}} // which have none there
	for lines.Scan() {
		if fields := strings.Split(lines.Text(), ";"); len(fields) == 3 && fields[2] == "abbreviation" {
			code, err := strconv.ParseUint(fields[0], 16, 32)
			require.NoError(t, err)
			abbreviations[rune(code)] = append(abbreviations[rune(code)], fields[1])
		}
	}
	require.NoError(t, lines.Err())
	named := 0
	for r := rune(0); r < 0x10000; r++ {
		if name := nameOf(r); name != "" && r != '\n' {
			named++
			assert.True(t, slices.Contains(abbreviations[r], name), "%U is not %s", r, name)
		}
	}
	assert.Equal(t, 32+33-2+22, named, "control codes but for tab and LF, and format characters")
}
