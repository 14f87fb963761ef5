package annotate

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Excerpt returns at most n characters of text on one line, its middle replaced
// by an ellipsis if longer; n is at least 1. It reads no more of a long text than it returns.
func Excerpt(text string, n int) string {
	start, all := opening(text, n)
	if all {
		return strings.Join(strings.Fields(text), " ")
	}
	head := (n - 1) * 2 / 3
	return string(start[:head]) + "…" + string(ending(text, n-1-head))
}

// opening returns the first n characters of text on one line; all reports that there are no more.
func opening(text string, n int) (line []rune, all bool) {
	gap := false
	for _, r := range text {
		if unicode.IsSpace(r) {
			gap = len(line) > 0
			continue
		}
		if gap {
			line, gap = append(line, ' '), false
		}
		if len(line) >= n {
			return line[:n], false
		}
		line = append(line, r)
	}
	return line, true
}

// ending returns the last n characters of text on one line.
func ending(text string, n int) []rune {
	var line []rune // from the end
	gap := false
	for len(text) > 0 && len(line) < n {
		r, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
		if unicode.IsSpace(r) {
			gap = len(line) > 0
			continue
		}
		if gap {
			line, gap = append(line, ' '), false
		}
		line = append(line, r)
	}
	line = line[:min(n, len(line))]
	slices.Reverse(line)
	return line
}

// elide is Excerpt that keeps blanks as they are.
func elide(text string, n int) string {
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	head := (n - 1) * 2 / 3
	return string(runes[:head]) + "…" + string(runes[len(runes)-(n-1-head):])
}
