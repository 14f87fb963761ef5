package spacy

import (
	"slices"
	"sort"

	"spanwright/annotate"
)

// token is a piece of a text, without the blank that may follow it.
type token struct {
	annotate.Fragment
	space bool // a blank follows
}

// tokensOf cuts a text into tokens as spaCy has them: together with the blanks that follow
// some of them they are the text, to the byte. One in which a span begins or ends is cut there.
func tokensOf(text string, spans []*annotate.Span) []token {
	if text == "" {
		return nil
	}
	cuts := []int{0, len(text)}
	body := annotate.NewBody(text)
	for f := range body.Tokens(annotate.Fragment{End: len(text)}) {
		cuts = append(cuts, f.Start, f.End)
	}
	for _, s := range spans {
		for _, f := range s.Fragments {
			cuts = append(cuts, f.Start, f.End)
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var tokens []token
	for i, start := range cuts[:len(cuts)-1] {
		end := cuts[i+1]
		if n := len(tokens); text[start] == ' ' && n > 0 && !tokens[n-1].space {
			tokens[n-1].space = true // no span begins or ends with a blank, unless inside of its gaps
			start++
		}
		if start < end {
			tokens = append(tokens, token{Fragment: annotate.Fragment{Start: start, End: end}})
		}
	}
	return tokens
}

// tokensIn returns the first token of a stretch and the one behind its last.
func tokensIn(tokens []token, f annotate.Fragment) (first, behind int) {
	first = sort.Search(len(tokens), func(i int) bool { return tokens[i].Start >= f.Start })
	behind = sort.Search(len(tokens), func(i int) bool { return tokens[i].Start >= f.End })
	return first, behind
}
