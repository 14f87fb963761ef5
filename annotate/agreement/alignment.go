package agreement

import (
	"cmp"
	"math/bits"
	"slices"
)

// Alignment divides all units into unitary alignments, each of at most one unit of each
// annotator (Mathet et al. 2015, section 4.2).
type Alignment struct {
	Unitary [][]Unit // by annotator
	// Disorder is the sum of the disorders of the unitary alignments over the mean number
	// of units of an annotator (section 4.3).
	Disorder float64
	// Exact tells that no alignment has less disorder. Where too many are to be looked
	// at, the most promising are, and Disorder is an upper bound.
	Exact bool
	units float64 // mean number of units of an annotator
}

// None is the unit that an annotator who has none contributes to a unitary alignment.
var None = Unit{Begin: -1, End: -1}

// width is how many units ahead a tuple of units may reach, and beam how many partial
// alignments are followed at once.
const (
	width = 64
	beam  = 512
)

// many is what each unitary alignment costs on top: of alignments with equal disorder the
// one with the fewest is taken.
const many = 1e-9

// BestAlignment returns the alignment with the least disorder, and of several that with
// the fewest unitary alignments.
func BestAlignment(c *Continuum, d Dissimilarity) Alignment {
	a := newAligner(c, d)
	return a.align()
}

// aligner looks for the best alignment by going through the units in the order of
// their middles. What is decided at a unit is which later units it is aligned with; so a
// partial alignment is known by its cost and by which of the units ahead are taken.
type aligner struct {
	d          Dissimilarity
	units      []placed
	annotators int
	pairs      float64 // of annotators
	exact      bool
	tuples     []tuple // that begin at the current unit
	longest    int     // unit
}

// placed is a unit and whose it is.
type placed struct {
	Unit
	annotator int
}

// tuple is a unitary alignment: the unit at hand and the later ones in mask.
type tuple struct {
	mask uint64 // bit i is the unit i+1 places ahead
	cost float64
}

// partial is a partial alignment of all units before the one at hand.
type partial struct {
	taken uint64 // bit i is the unit i places ahead
	cost  float64
	from  int32  // index of the partial it continues, among those one unit earlier
	mask  uint64 // of the tuple that was chosen there; none when the unit was taken
	alone bool   // a tuple was chosen there
}

func newAligner(c *Continuum, d Dissimilarity) *aligner {
	a := &aligner{d: d, annotators: len(c.Units), exact: true}
	for i, units := range c.Units {
		for _, u := range units {
			a.units = append(a.units, placed{u, i})
			a.longest = max(a.longest, u.Len())
		}
	}
	a.pairs = float64(a.annotators*(a.annotators-1)) / 2
	slices.SortStableFunc(a.units, func(x, y placed) int {
		return cmp.Or(cmp.Compare(x.Begin+x.End, y.Begin+y.End), cmp.Compare(x.Begin, y.Begin))
	})
	return a
}

func (a *aligner) align() Alignment {
	n := len(a.units)
	result := Alignment{Exact: true}
	if n == 0 || a.annotators < 2 {
		return result
	}
	steps := make([][]partial, n+1)
	steps[0] = []partial{{}}
	for at := range n {
		a.findTuples(at)
		steps[at+1] = a.step(steps[at])
	}
	best := steps[n][0]
	result.units = float64(n) / float64(a.annotators)
	result.Exact = a.exact
	for at, p := n-1, best; at >= 0; at-- {
		if p.alone {
			result.Unitary = append(result.Unitary, a.unitary(at, p.mask))
		}
		p = steps[at][p.from]
	}
	slices.Reverse(result.Unitary)
	result.Disorder = max(0, best.cost-many*float64(len(result.Unitary))) / result.units
	return result
}

// unitary returns the units of a tuple by annotator.
func (a *aligner) unitary(at int, mask uint64) []Unit {
	units := make([]Unit, a.annotators)
	for i := range units {
		units[i] = None
	}
	units[a.units[at].annotator] = a.units[at].Unit
	for ; mask != 0; mask &= mask - 1 {
		u := a.units[at+1+bits.TrailingZeros64(mask)]
		units[u.annotator] = u.Unit
	}
	return units
}

// step returns the partial alignments that go one unit further, the cheapest first.
func (a *aligner) step(before []partial) []partial {
	after := make([]partial, 0, len(before)*2)
	for i, p := range before {
		if p.taken&1 != 0 {
			after = append(after, partial{taken: p.taken >> 1, cost: p.cost, from: int32(i)})
			continue
		}
		for _, t := range a.tuples {
			if p.taken>>1&t.mask == 0 {
				after = append(after, partial{taken: p.taken>>1 | t.mask, cost: p.cost + t.cost, from: int32(i), mask: t.mask, alone: true})
			}
		}
	}
	if len(after) == 1 {
		return after
	}
	slices.SortFunc(after, func(x, y partial) int { return cmp.Or(cmp.Compare(x.cost, y.cost), cmp.Compare(x.taken, y.taken)) })
	return a.prune(after)
}

// prune keeps the partials, in order of cost, that can still become the best. One is
// beaten by a cheaper one if the cheaper can be completed in the same way: units that only
// the cheaper has yet to place stand alone there, at Δ∅ each; units that it has already
// taken drop out of their tuples, which costs at most 2Δ∅ over the number of annotators.
func (a *aligner) prune(sorted []partial) []partial {
	dropping := 2 * a.d.Empty / float64(a.annotators)
	kept := sorted[:0]
next:
	for _, p := range sorted {
		for _, better := range kept {
			alone, dropped := bits.OnesCount64(p.taken&^better.taken), bits.OnesCount64(better.taken&^p.taken)
			if p.cost >= better.cost+float64(alone)*(many+a.d.Empty)+float64(dropped)*dropping-tiny {
				continue next
			}
		}
		kept = append(kept, p)
		if len(kept) == beam && len(sorted) > beam {
			a.exact = false
			break
		}
	}
	return kept
}

// findTuples lists the tuples that can be part of a best alignment and begin at a unit.
func (a *aligner) findTuples(at int) {
	a.tuples = append(a.tuples[:0], tuple{cost: many + a.d.Empty})
	members := make([]int, 1, a.annotators)
	members[0] = at
	a.extend(members, 0)
}

// extend adds later units to the tuple of members, whose dissimilarities add up to sum.
func (a *aligner) extend(members []int, sum float64) {
	if len(members) == a.annotators {
		return
	}
	at, last := members[0], members[len(members)-1]
	// A unit that is as unlike the others as this is better left alone.
	limit := a.d.Empty * (float64(a.annotators-1) + a.pairs)
	for next := last + 1; next < len(a.units); next++ {
		u := a.units[next]
		if a.beyond(at, next) {
			break
		}
		likeness, fits := 0.0, true
		for _, m := range members {
			if a.units[m].annotator == u.annotator {
				fits = false
				break
			}
			likeness += a.d.Between(a.units[m].Unit, u.Unit)
		}
		if !fits || likeness > limit {
			continue
		}
		if next-at > width-1 {
			a.exact = false
			break
		}
		larger := append(members, next)
		if a.worthwhile(larger) {
			a.tuples = append(a.tuples, a.tuple(larger, sum+likeness))
		}
		a.extend(larger, sum+likeness)
	}
}

// beyond reports whether the unit at next and all after it lie too far from that at to
// stand in one tuple with it: their middles are apart at most as far as their ends.
func (a *aligner) beyond(at, next int) bool {
	x, y := a.units[at], a.units[next]
	share := float64(y.Begin+y.End-x.Begin-x.End) / float64(max(x.Len()+a.longest, 1))
	return a.d.Alpha*share*share >= float64(a.annotators-1)+a.pairs
}

func (a *aligner) tuple(members []int, sum float64) tuple {
	size := float64(len(members))
	t := tuple{cost: many + (sum+(a.pairs-size*(size-1)/2)*a.d.Empty)/a.pairs}
	for _, m := range members[1:] {
		t.mask |= 1 << (m - members[0] - 1)
	}
	return t
}

// worthwhile reports whether no member of a tuple would better stand alone.
func (a *aligner) worthwhile(members []int) bool {
	limit := a.d.Empty * (float64(len(members)-1) + a.pairs)
	for _, m := range members {
		unlike := 0.0
		for _, o := range members {
			if o != m {
				unlike += a.d.Between(a.units[m].Unit, a.units[o].Unit)
			}
		}
		if unlike > limit {
			return false
		}
	}
	return true
}
