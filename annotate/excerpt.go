package annotate

import "strings"

// Excerpt returns at most n characters of text on one line, its middle replaced
// by an ellipsis if longer; n is at least 1.
func Excerpt(text string, n int) string {
	return elide(strings.Join(strings.Fields(text), " "), n)
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
