package agreement

import (
	"cmp"
	"slices"

	"spanwright/annotate"
)

// Pair is a span of one annotator and the span of another that it is compared with,
// as indices; -1 where there is none.
type Pair struct{ A, B int }

// Match pairs the spans of two annotators: first those of the same text and label, then
// those of the same text, then those that share most characters, of the same label if
// two share equally many. Each span is in one pair; spans that share nothing are not
// paired. The pairs are in the order of the text.
func Match(a, b []*annotate.Span) []Pair {
	candidates := candidates(a, b)
	slices.SortStableFunc(candidates, candidate.compare)
	pairs := make([]Pair, 0, max(len(a), len(b)))
	takenA, takenB := make([]bool, len(a)), make([]bool, len(b))
	for _, c := range candidates {
		if !takenA[c.a] && !takenB[c.b] {
			takenA[c.a], takenB[c.b] = true, true
			pairs = append(pairs, Pair{c.a, c.b})
		}
	}
	for i, taken := range takenA {
		if !taken {
			pairs = append(pairs, Pair{i, -1})
		}
	}
	for i, taken := range takenB {
		if !taken {
			pairs = append(pairs, Pair{-1, i})
		}
	}
	place := func(p Pair) annotate.Fragment {
		if p.A >= 0 {
			return a[p.A].Extent()
		}
		return b[p.B].Extent()
	}
	slices.SortStableFunc(pairs, func(p, q Pair) int {
		x, y := place(p), place(q)
		return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End))
	})
	return pairs
}

// candidate is a pair of spans that share text.
type candidate struct {
	a, b     int
	rank     int // 0 same text and label, 1 same text, 2 other
	shared   int // positions
	label    int // 0 same, 1 other
	apart    int // how far the ends lie apart
	from, to int // sums of the starts and of the ends, the same whoever is first
}

func (c candidate) compare(d candidate) int {
	return cmp.Or(cmp.Compare(c.rank, d.rank), cmp.Compare(d.shared, c.shared), cmp.Compare(c.label, d.label),
		cmp.Compare(c.apart, d.apart), cmp.Compare(c.from, d.from), cmp.Compare(c.to, d.to))
}

// candidates returns the pairs that share text, found by a sweep over the starts.
func candidates(a, b []*annotate.Span) []candidate {
	order := make([]int, len(b))
	longest := 0
	for i := range b {
		order[i] = i
		longest = max(longest, b[i].Extent().Len())
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(b[i].Extent().Start, b[j].Extent().Start) })
	var found []candidate
	for i, s := range a {
		x := s.Extent()
		first, _ := slices.BinarySearchFunc(order, x.Start-longest, func(k, at int) int { return cmp.Compare(b[k].Extent().Start, at) })
		for _, k := range order[first:] {
			y := b[k].Extent()
			if y.Start > x.End {
				break
			}
			same := slices.Equal(s.Fragments, b[k].Fragments)
			shared := sharedBy(s.Fragments, b[k].Fragments)
			if !same && shared == 0 {
				continue
			}
			c := candidate{a: i, b: k, rank: 2, shared: shared, apart: abs(x.Start-y.Start) + abs(x.End-y.End), from: x.Start + y.Start, to: x.End + y.End}
			if s.Label != b[k].Label {
				c.label = 1
			}
			if same {
				c.rank = c.label
			}
			found = append(found, c)
		}
	}
	return found
}

func abs(n int) int { return max(n, -n) }

// sharedBy returns how many positions two lists of fragments share.
func sharedBy(a, b []annotate.Fragment) int {
	shared := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		shared += max(0, min(a[i].End, b[j].End)-max(a[i].Start, b[j].Start))
		if a[i].End < b[j].End {
			i++
		} else {
			j++
		}
	}
	return shared
}
