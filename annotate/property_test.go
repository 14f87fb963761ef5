package annotate

import (
	"bufio"
	"os"
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
		require.True(t, words[r] == "" || partsWords(r) && blanks[words[r]], "%U is %s", r, words[r])
		require.NotEqual(t, "Extended_Pictographic", pictographs[r], "%U", r)
	}
}

func TestPartsOfSentencesAreThoseOfUnicode(t *testing.T) {
	values := propertyValues(t, "auxiliary/SentenceBreakProperty.txt")
	part := map[string]part{"Sp": space, "Close": closer}
	for r := range unicode.MaxRune + 1 {
		require.Equal(t, part[values[r]], sentencePart(r), "%U is %s", r, values[r])
		switch value := values[r]; {
		case isLineEnd(r):
			require.Contains(t, []string{"CR", "LF", "Sep"}, value, "%U", r)
		case isIgnored(r):
			require.Contains(t, []string{"Extend", "Format"}, value, "%U", r)
		case startsSentence(r):
			require.Contains(t, []string{"Upper", "OLetter"}, value, "%U", r)
		case strings.ContainsRune(fullStops, r):
			require.Equal(t, "ATerm", value, "%U", r)
		case strings.ContainsRune(terminators, r):
			require.Equal(t, "STerm", value, "%U", r)
		}
	}
}
