package annotate

import (
	"bufio"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
)

// propertyValues reads the values a file of the Unicode Character Database gives to characters.
func propertyValues(t *testing.T, name string) map[rune]string {
	t.Helper()
	f, err := os.Open("/usr/share/unicode/" + name)
	if err != nil {
		t.Skip("the Unicode Character Database (package unicode-data) is not installed")
	}
	defer func() { require.NoError(t, f.Close()) }()
	values := map[rune]string{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
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
		for r := rune(first); r <= rune(last); r++ {
			values[r] = strings.TrimSpace(value)
		}
	}
	return values
}

func TestLonersJoinNoWord(t *testing.T) {
	words := propertyValues(t, "auxiliary/WordBreakProperty.txt")
	pictographs := propertyValues(t, "emoji/emoji-data.txt")
	blanks := map[string]bool{"": true, "WSegSpace": true, "CR": true, "LF": true, "Newline": true}
	for r := range unicode.MaxRune + 1 {
		if !isLoner(r) {
			continue
		}
		if words[r] != "" && !(partsWords(r) && blanks[words[r]]) || pictographs[r] == "Extended_Pictographic" {
			t.Errorf("%U is %s, %s", r, words[r], pictographs[r])
		}
	}
}

func TestPartsOfSentencesAreThoseOfUnicode(t *testing.T) {
	values := propertyValues(t, "auxiliary/SentenceBreakProperty.txt")
	part := map[string]part{"Sp": space, "Close": closer}
	for r := range unicode.MaxRune + 1 {
		if sentencePart(r) != part[values[r]] {
			t.Errorf("%U is %s", r, values[r])
		}
		for _, sure := range []struct {
			of     bool
			values []string
		}{
			{isLineEnd(r), []string{"CR", "LF", "Sep"}},
			{isIgnored(r), []string{"Extend", "Format"}},
			{startsSentence(r), []string{"Upper", "OLetter"}},
			{strings.ContainsRune(fullStops, r), []string{"ATerm"}},
			{strings.ContainsRune(terminators, r), []string{"STerm"}},
		} {
			if sure.of && !slices.Contains(sure.values, values[r]) {
				t.Errorf("%U is %s, not one of %v", r, values[r], sure.values)
			}
		}
	}
}
