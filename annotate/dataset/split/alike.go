package split

import (
	"cmp"
	"context"
	"slices"
)

// How much two texts must have in common.
const (
	// Duplicate is the Jaccard index from which on two texts are near-duplicates.
	Duplicate = 0.5
	// Similar is the Jaccard index from which on two texts in different parts are reported.
	Similar = 0.3
)

// bandRows is how many values of a signature make a band. Two texts whose index is s share one of the
// 64 bands with probability 1 - (1 - s²)⁶⁴: 0.998 at Similar, all but certain at Duplicate.
const bandRows = 2

// estimateMargin is how far below Similar the estimate of two texts may lie before they are compared: three
// standard errors there.
const estimateMargin = 0.12

// neighbours is with how many of those after it a text is compared in a band that very many texts
// share, for instance by a notice at their end; it keeps the time from growing with the square of their number.
const neighbours = 1000

// pair is two documents, by number, and the Jaccard index of their texts.
type pair struct {
	a, b  int32
	index float64
}

// finder looks for texts that are alike.
type finder struct {
	signatures []*Signature // nil of texts without words
	shingles   func(int32) ([]uint64, error)
	groups     *groups // near-duplicates are joined here, and what is together is not compared
	join       bool
	compared   map[[2]int32]bool
	found      []pair
	crowded    int // bands in which not all texts were compared with each other
}

// find returns the pairs that are at least Similar, of which those that are Duplicate have been joined.
func (f *finder) find(ctx context.Context) error {
	f.compared = map[[2]int32]bool{}
	type key struct {
		hash   uint64
		number int32
	}
	keys := make([]key, 0, len(f.signatures))
	for band := 0; band < len(Signature{}); band += bandRows {
		if err := ctx.Err(); err != nil {
			return err
		}
		keys = keys[:0]
		for i, s := range f.signatures {
			if s != nil {
				keys = append(keys, key{uint64(s[band])<<32 | uint64(s[band+1]), int32(i)})
			}
		}
		slices.SortFunc(keys, func(x, y key) int { return cmp.Or(cmp.Compare(x.hash, y.hash), cmp.Compare(x.number, y.number)) })
		for len(keys) > 0 {
			n := 1
			for n < len(keys) && keys[n].hash == keys[0].hash {
				n++
			}
			if n > neighbours+1 {
				f.crowded++
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			for i, x := range keys[:n] {
				for _, y := range keys[i+1 : min(n, i+1+neighbours)] {
					if err := f.compare(x.number, y.number); err != nil {
						return err
					}
				}
			}
			keys = keys[n:]
		}
	}
	slices.SortFunc(f.found, func(x, y pair) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) })
	return nil
}

// compare compares two texts, unless they are together already.
func (f *finder) compare(a, b int32) error {
	if f.groups.of(a) == f.groups.of(b) || f.signatures[a].Like(f.signatures[b]) < Similar-estimateMargin || f.compared[[2]int32{a, b}] {
		return nil
	}
	f.compared[[2]int32{a, b}] = true
	x, err := f.shingles(a)
	if err != nil {
		return err
	}
	y, err := f.shingles(b)
	if err != nil {
		return err
	}
	index := Jaccard(x, y)
	if index < Similar {
		return nil
	}
	f.found = append(f.found, pair{a, b, index})
	if f.join && index >= Duplicate {
		f.groups.join(a, b)
	}
	return nil
}

// groups are sets of documents that stay together (union-find); each is known by its smallest number.
type groups []int32

func newGroups(n int) *groups {
	g := make(groups, n)
	for i := range g {
		g[i] = int32(i)
	}
	return &g
}

func (g *groups) of(i int32) int32 {
	for (*g)[i] != i {
		(*g)[i] = (*g)[(*g)[i]]
		i = (*g)[i]
	}
	return i
}

func (g *groups) join(a, b int32) {
	a, b = g.of(a), g.of(b)
	(*g)[max(a, b)] = min(a, b)
}
