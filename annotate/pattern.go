package annotate

import (
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Pattern is words to be looked for in texts, character by character as they stand,
// but in upper and lower case alike: two characters are the same where Unicode's
// simple case folding makes them the same (CaseFolding.txt, status C and S, as
// [unicode.SimpleFold] has it). So σ, ς and Σ are one, and ß and ẞ; but é is not e,
// ß is not ss, and İ and ı are nobody's capital or small letter. A Pattern may be
// used by several goroutines at once.
type Pattern struct {
	words  string
	folds  [][]rune // of each character of words, what is the same
	anchor anchor
}

// anchor is the part of a pattern that is looked for first, as it is seldom found
// where the pattern is not.
type anchor struct {
	first, count int      // which characters of the pattern
	forms        []string // how it may be written
}

// NewPattern returns the pattern of words; that of "" is found nowhere.
func NewPattern(words string) *Pattern {
	p := &Pattern{words: words}
	for _, r := range words {
		same := []rune{r}
		for o := unicode.SimpleFold(r); o != r; o = unicode.SimpleFold(o) {
			same = append(same, o)
		}
		p.folds = append(p.folds, same)
	}
	p.anchor = p.chooseAnchor()
	return p
}

// Words returns what is looked for.
func (p *Pattern) Words() string { return p.words }

// All returns where the pattern stands in a text, from left to right; what is found
// does not overlap. A hit may begin or end in the midst of a word or grapheme cluster.
func (p *Pattern) All(text string) iter.Seq[Fragment] {
	return func(yield func(Fragment) bool) {
		var room [4]int // as many as any character has forms
		next := room[:0]
		for _, form := range p.anchor.forms {
			next = append(next, indexFrom(text, form, 0))
		}
		for end := 0; len(next) > 0; {
			i := least(next)
			at := next[i]
			if at == len(text) {
				return
			}
			if f, ok := p.around(text, at, at+len(p.anchor.forms[i])); ok && f.Start >= end {
				if !yield(f) {
					return
				}
				end = f.End
			}
			next[i] = indexFrom(text, p.anchor.forms[i], at+1)
		}
	}
}

// indexFrom returns where form next stands in text, its length if nowhere.
func indexFrom(text, form string, from int) int {
	if at := strings.Index(text[from:], form); at >= 0 {
		return from + at
	}
	return len(text)
}

func least(places []int) int {
	best := 0
	for i, at := range places {
		if at < places[best] {
			best = i
		}
	}
	return best
}

// around returns the hit whose anchor stands at start to end, if there is one.
func (p *Pattern) around(text string, start, end int) (f Fragment, ok bool) {
	for i := p.anchor.first - 1; i >= 0; i-- {
		r, size := utf8.DecodeLastRuneInString(text[:start])
		if size == 0 || !slices.Contains(p.folds[i], r) {
			return f, false
		}
		start -= size
	}
	for _, same := range p.folds[p.anchor.first+p.anchor.count:] {
		r, size := utf8.DecodeRuneInString(text[end:])
		if size == 0 || !slices.Contains(same, r) {
			return f, false
		}
		end += size
	}
	return Fragment{start, end}, true
}

// chooseAnchor picks a character, or several in a row that have no case. Each choice
// finds the same; one that is rare in most texts finds it faster.
func (p *Pattern) chooseAnchor() anchor {
	var best anchor
	least := 0
	for i := 0; i < len(p.folds); {
		a := anchor{first: i, count: 1}
		for len(p.folds[i]) == 1 && i+a.count < len(p.folds) && len(p.folds[i+a.count]) == 1 {
			a.count++
		}
		if common := p.common(a); best.count == 0 || common < least {
			best, least = a, common
		}
		i += a.count
	}
	if best.count > 1 {
		var form strings.Builder
		for _, same := range p.folds[best.first : best.first+best.count] {
			form.WriteRune(same[0])
		}
		best.forms = []string{form.String()}
	} else if best.count == 1 {
		for _, r := range p.folds[best.first] {
			best.forms = append(best.forms, string(r))
		}
	}
	return best
}

// byFrequency is the blank and the letters of English, the most common first.
const byFrequency = " etaoinsrhldcumfpgwybvkxjqz"

// common returns a number that is greater the more often a is to be expected.
func (p *Pattern) common(a anchor) int {
	const perCharacter = 8 // several in a row are rarer
	least := len(byFrequency)
	for _, same := range p.folds[a.first : a.first+a.count] {
		rank := len(byFrequency) / 2 // digits, signs, and letters of other scripts
		for _, r := range same {
			if at := strings.IndexRune(byFrequency, r); at >= 0 {
				rank = at
			}
		}
		least = min(least, len(byFrequency)-rank)
	}
	return least - perCharacter*(a.count-1)
}
