package agreement

import (
	"sort"

	"spanwright/annotate"
)

// Binary counts tokens by whether each of two annotators has them inside a span.
type Binary struct{ Both, OnlyA, OnlyB, Neither float64 }

func (b *Binary) add(c Binary, times float64) {
	b.Both += c.Both * times
	b.OnlyA += c.OnlyA * times
	b.OnlyB += c.OnlyB * times
	b.Neither += c.Neither * times
}

// Contingency returns the counts as a table of the values out and in.
func (b Binary) Contingency() *Contingency {
	c := NewContingency([]string{"out", "in"})
	c.Add(0, 0, b.Neither)
	c.Add(0, 1, b.OnlyB)
	c.Add(1, 0, b.OnlyA)
	c.Add(1, 1, b.Both)
	return c
}

// TokensInside compares the spans of two annotators token by token: a token is in
// when a span touches it. tokens are in order; with nil each position of the whole is one.
func TokensInside(a, b []*annotate.Span, whole annotate.Fragment, tokens []annotate.Fragment) Binary {
	x, y := covered(a, tokens), covered(b, tokens)
	n := float64(whole.Len())
	if tokens != nil {
		n = float64(len(tokens))
	}
	both, inA, inB := float64(sharedBy(x, y)), lengthOf(x), lengthOf(y)
	return Binary{Both: both, OnlyA: inA - both, OnlyB: inB - both, Neither: max(0, n-inA-inB+both)}
}

// covered returns what spans cover, as ranges of token numbers or of positions.
func covered(spans []*annotate.Span, tokens []annotate.Fragment) []annotate.Fragment {
	var all []annotate.Fragment
	for _, s := range spans {
		for _, f := range s.Fragments {
			if tokens != nil {
				f = annotate.Fragment{
					Start: sort.Search(len(tokens), func(i int) bool { return tokens[i].End > f.Start }),
					End:   sort.Search(len(tokens), func(i int) bool { return tokens[i].Start >= f.End }),
				}
			}
			all = append(all, f)
		}
	}
	return annotate.NormalizeFragments(all)
}

func lengthOf(fragments []annotate.Fragment) float64 {
	n := 0
	for _, f := range fragments {
		n += f.Len()
	}
	return float64(n)
}
