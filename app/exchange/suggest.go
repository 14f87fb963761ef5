package exchange

import (
	"slices"
	"strings"
	"unicode"

	"spanwright/annotate"
)

// suggestionsKept is how many choices are suggested for one item.
const suggestionsKept = 3

// suggest returns the choices of an item whose names are like its own, best first.
func (k Key) suggest(s *annotate.Scheme, choices []string) []string {
	type ranked struct {
		name string
		far  int
	}
	var near []ranked
	for _, choice := range choices {
		far, like := distance(k.Name, choice)
		for _, alias := range k.aliases(s, choice) {
			if d, ok := distance(k.Name, alias); ok && d == 0 {
				far, like = 1, true
			}
		}
		if like {
			near = append(near, ranked{choice, far})
		}
	}
	slices.SortStableFunc(near, func(a, b ranked) int { return a.far - b.far })
	var names []string
	for _, r := range near[:min(len(near), suggestionsKept)] {
		names = append(names, r.name)
	}
	return names
}

// distance says how far two names are from each other, and whether that is near enough
// to be the same: 0 if they differ in case, blanks and punctuation alone, 2 for singular
// and plural, 3 where one is the beginning or a word of the other, else more than
// their edits.
func distance(a, b string) (far int, like bool) {
	x, y := plainName(a), plainName(b)
	switch {
	case x == "" || y == "":
		return 0, false
	case x == y:
		return 0, true
	case singular(x) == singular(y):
		return 2, true
	case hasWord(a, b) || hasWord(b, a):
		return 3, true
	}
	short, long := []rune(x), []rune(y)
	if len(short) > len(long) {
		short, long = long, short
	}
	if len(short) >= 3 && strings.HasPrefix(string(long), string(short)) {
		return 3, true
	}
	edits := editsBetween(short, long)
	return 3 + edits, len(short) >= 4 && 3*edits <= len(long)
}

// plainName returns the letters and digits of a name, without their case.
func plainName(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return r
		}
		return -1
	}, annotate.Fold(name))
}

// singular takes the plural's ending off an English word.
func singular(word string) string {
	for _, end := range []struct{ plural, one string }{{"ies", "y"}, {"sses", "ss"}, {"xes", "x"}, {"ches", "ch"}, {"shes", "sh"}, {"ss", "ss"}, {"s", ""}} {
		if stem, found := strings.CutSuffix(word, end.plural); found && len(stem) > 1 {
			return stem + end.one
		}
	}
	return word
}

// hasWord reports whether a name of several words has another name among them.
func hasWord(name, word string) bool {
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
	plain := plainName(word)
	return len(words) > 1 && len(plain) > 2 && slices.ContainsFunc(words, func(w string) bool { return singular(plainName(w)) == singular(plain) })
}

// editsBetween counts the letters that must be put in, taken out or exchanged.
func editsBetween(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
