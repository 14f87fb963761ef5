package typeset

import (
	"slices"

	"golang.org/x/text/unicode/bidi"
)

// farClosers holds the opening brackets whose closing one is not the next code
// point (Unicode Character Database, BidiBrackets.txt).
var farClosers = map[rune]rune{
	'[': ']', '{': '}', '［': '］', '｛': '｝',
	'\u298D': '\u2990', '\u298F': '\u298E',
}

// canonicalBrackets maps brackets to those they are canonically equivalent to.
var canonicalBrackets = map[rune]rune{'\u2329': '\u3008', '\u232A': '\u3009'}

// bracketStack is how many open brackets are remembered (BD16).
const bracketStack = 63

// closer returns the canonical closing bracket of an opening one.
func closer(open rune) rune {
	if canonical, ok := canonicalBrackets[open]; ok {
		open = canonical
	}
	if closing, ok := farClosers[open]; ok {
		return closing
	}
	return open + 1
}

// bracketPair holds places in an isolating run sequence.
type bracketPair struct{ open, close int }

// pairs finds the bracket pairs of a sequence in the order of their opening (BD16).
func (t *bidiText) pairs(s sequence) []bracketPair {
	type opened struct {
		closing rune
		at      int
	}
	var found []bracketPair
	var stack []opened
	for k, i := range s.at {
		if t.types[i] != bidi.ON {
			continue
		}
		p, _ := bidi.LookupRune(t.runes[i])
		switch {
		case !p.IsBracket():
		case p.IsOpeningBracket():
			if len(stack) == bracketStack {
				return nil
			}
			stack = append(stack, opened{closer(t.runes[i]), k})
		default:
			r := t.runes[i]
			if canonical, ok := canonicalBrackets[r]; ok {
				r = canonical
			}
			for top := len(stack) - 1; top >= 0; top-- {
				if stack[top].closing == r {
					found = append(found, bracketPair{stack[top].at, k})
					stack = stack[:top]
					break
				}
			}
		}
	}
	slices.SortFunc(found, func(a, b bracketPair) int { return a.open - b.open })
	return found
}

// brackets applies rule N0: both brackets of a pair get one direction.
func (t *bidiText) brackets(s sequence) {
	for _, p := range t.pairs(s) {
		embedding := direction(t.levels[s.at[p.open]])
		inside := bidi.Class(bidi.ON)
		for _, i := range s.at[p.open+1 : p.close] {
			if strong := strongOf(t.types[i]); strong == embedding {
				inside = embedding
				break
			} else if strong != bidi.ON {
				inside = strong
			}
		}
		if inside == bidi.ON {
			continue
		}
		if inside != embedding && t.strongBefore(s, p.open) != inside {
			inside = embedding
		}
		t.setBracket(s, p.open, inside)
		t.setBracket(s, p.close, inside)
	}
}

// strongBefore returns the direction of the last strong type before place k.
func (t *bidiText) strongBefore(s sequence, k int) bidi.Class {
	for k--; k >= 0; k-- {
		if strong := strongOf(t.types[s.at[k]]); strong != bidi.ON {
			return strong
		}
	}
	return s.sos
}

// setBracket gives the bracket at place k, and the marks on it, a direction.
func (t *bidiText) setBracket(s sequence, k int, c bidi.Class) {
	t.types[s.at[k]] = c
	for k++; k < len(s.at) && t.classes[s.at[k]] == bidi.NSM; k++ {
		t.types[s.at[k]] = c
	}
}
