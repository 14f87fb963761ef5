package agreement

import (
	"cmp"
	"math"
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
	// at, the most promising are, and the least disorder lies from Least to Disorder.
	Exact bool
	Least float64
	units float64 // mean number of units of an annotator
}

// None is the unit that an annotator who has none contributes to a unitary alignment.
var None = Unit{Begin: -1, End: -1}

// What bounds the search where units crowd. An alignment found without reaching a bound
// is the best.
const (
	width  = 64  // units that a tuple of units may reach ahead
	beam   = 64  // partial alignments that are followed at once
	choice = 256 // ways to choose partners that are looked at for a unit, roughly
	most   = 64  // of these ways that are followed
	rivals = 64  // cheaper partial alignments that each is compared with
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
	longest    int        // unit
	partners   [][]likely // of each unit, ahead of it, by annotator and then by likeness
	least      []float64  // what each unit at least adds to the cost of its tuple
	tuples     []tuple    // that begin at the current unit
	members    []int      // of the tuple that is being made
	spare      []partial  // room for the next step
}

// placed is a unit and whose it is.
type placed struct {
	Unit
	annotator int
}

// likely is a unit that another may be aligned with.
type likely struct {
	unit   int
	unlike float64
}

// tuple is a unitary alignment: the unit at hand and the later ones in mask. Its excess is
// what it costs beyond the least of its units.
type tuple struct {
	mask         uint64 // bit i is the unit i+1 places ahead
	cost, excess float64
}

// partial is a partial alignment of all units before the one at hand. Partials of
// equal excess are equally promising, whatever they have taken ahead.
type partial struct {
	taken        uint64 // bit i is the unit i places ahead
	cost, excess float64
	choiceMade
}

// choiceMade is how a partial alignment came about.
type choiceMade struct {
	mask  uint64 // of the tuple that was chosen at the unit before
	from  int32  // index of the partial it continues, among those one unit earlier
	alone bool   // a tuple was chosen there; else the unit was taken already
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
	slices.SortFunc(a.units, func(x, y placed) int {
		if c := cmp.Compare(x.Begin+x.End, y.Begin+y.End); c != 0 { // most often; cmp.Or looks at all
			return c
		}
		return cmp.Or(cmp.Compare(x.Begin, y.Begin), cmp.Compare(x.Label, y.Label), cmp.Compare(x.annotator, y.annotator))
	})
	return a
}

func (a *aligner) align() Alignment {
	n := len(a.units)
	result := Alignment{Exact: true}
	if n == 0 || a.annotators < 2 {
		return result
	}
	a.findPartners()
	steps := make([][]choiceMade, n+1)
	now := append(make([]partial, 0, 4*beam), partial{})
	a.spare = make([]partial, 0, 4*beam)
	for at := range n {
		a.findTuples(at)
		now, a.spare = a.step(now), now
		steps[at+1] = make([]choiceMade, len(now))
		for i := range now {
			steps[at+1][i] = now[i].choiceMade
		}
	}
	result.Exact, result.units = a.exact, float64(n)/float64(a.annotators)
	for at, i := n, int32(0); at > 0; at-- {
		c := steps[at][i]
		if c.alone {
			result.Unitary = append(result.Unitary, a.unitary(at-1, c.mask))
		}
		i = c.from
	}
	slices.Reverse(result.Unitary)
	for _, least := range a.least {
		result.Least += least / result.units
	}
	result.Disorder = max(0, now[0].cost-many*float64(len(result.Unitary))) / result.units
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

// findPartners lists for each unit those ahead that it may be aligned with, and what it
// costs at least: with each other annotator half of the dissimilarity to the unit most like
// it, or Δ∅ if none is.
func (a *aligner) findPartners() {
	n := len(a.units)
	a.partners, a.least = make([][]likely, n), make([]float64, n)
	nearest := make([]float64, n*a.annotators)
	for i := range nearest {
		nearest[i] = a.d.Empty
	}
	limit := a.limit(a.annotators)
	var found []likely
	for at, u := range a.units {
		found = found[:0]
		for next := at + 1; next < n && !a.beyond(at, next); next++ {
			v := a.units[next]
			if v.annotator == u.annotator {
				continue
			}
			unlike := a.d.Between(u.Unit, v.Unit)
			if unlike > limit {
				continue
			}
			if next-at >= width {
				a.exact = false
				break
			}
			found = append(found, likely{next, unlike})
			for _, k := range [2]int{at*a.annotators + v.annotator, next*a.annotators + u.annotator} {
				nearest[k] = min(nearest[k], unlike/2)
			}
		}
		a.partners[at] = a.mostLike(found)
		for other := range a.annotators {
			if other != u.annotator {
				a.least[at] += nearest[at*a.annotators+other] / a.pairs
			}
		}
	}
}

// mostLike keeps the partners most alike of each annotator, as many as leave the ways to
// choose from all annotators few enough.
func (a *aligner) mostLike(partners []likely) []likely {
	slices.SortFunc(partners, func(x, y likely) int {
		return cmp.Or(cmp.Compare(a.units[x.unit].annotator, a.units[y.unit].annotator), cmp.Compare(x.unlike, y.unlike), cmp.Compare(x.unit, y.unit))
	})
	each := max(1, int(math.Pow(choice, 1/float64(a.annotators-1)))-1)
	kept := make([]likely, 0, len(partners))
	of, n := -1, 0
	for _, p := range partners {
		if annotator := a.units[p.unit].annotator; annotator != of {
			of, n = annotator, 0
		}
		if n++; n > each {
			a.exact = false
			continue
		}
		kept = append(kept, p)
	}
	return kept
}

// limit is how unlike, added up, a member of a tuple of that size and the others can be: if it
// is more, it is better left alone.
func (a *aligner) limit(size int) float64 { return a.d.Empty * (float64(size-1) + a.pairs) }

// beyond reports whether the unit at next and all after it lie too far from that at to
// stand in one tuple with it: their middles are apart at most as far as their ends.
func (a *aligner) beyond(at, next int) bool {
	x, y := a.units[at], a.units[next]
	share := float64(y.Begin+y.End-x.Begin-x.End) / float64(max(x.Len()+a.longest, 1))
	return a.d.Alpha*share*share > float64(a.annotators-1)+a.pairs
}

// findTuples lists the tuples that can be part of a best alignment and begin at a unit.
func (a *aligner) findTuples(at int) {
	a.tuples = a.tuples[:0]
	a.members = append(a.members[:0], at)
	a.extend(a.partners[at], 0)
	slices.SortFunc(a.tuples, func(x, y tuple) int { return cmp.Or(cmp.Compare(x.excess, y.excess), cmp.Compare(x.mask, y.mask)) })
	if len(a.tuples) > most {
		a.tuples, a.exact = a.tuples[:most], false
	}
	alone := tuple{cost: many + a.d.Empty, excess: many + a.d.Empty - a.least[at]}
	i, _ := slices.BinarySearchFunc(a.tuples, alone, func(x, y tuple) int { return cmp.Compare(x.excess, y.excess) })
	a.tuples = slices.Insert(a.tuples, i, alone)
}

// extend makes tuples of the members, whose dissimilarities add up to sum, and partners of
// annotators who have none among them.
func (a *aligner) extend(partners []likely, sum float64) {
	for i, p := range partners {
		annotator := a.units[p.unit].annotator
		unlike := p.unlike
		for _, m := range a.members[1:] {
			unlike += a.d.Between(a.units[m].Unit, a.units[p.unit].Unit)
		}
		if unlike > a.limit(a.annotators) {
			continue
		}
		a.members = append(a.members, p.unit)
		if a.worthwhile() {
			a.tuples = append(a.tuples, a.tuple(sum+unlike))
		}
		rest := partners[i+1:]
		for len(rest) > 0 && a.units[rest[0].unit].annotator == annotator {
			rest = rest[1:]
		}
		a.extend(rest, sum+unlike)
		a.members = a.members[:len(a.members)-1]
	}
}

func (a *aligner) tuple(sum float64) tuple {
	size := float64(len(a.members))
	t := tuple{cost: many + (sum+(a.pairs-size*(size-1)/2)*a.d.Empty)/a.pairs}
	t.excess = t.cost
	for _, m := range a.members {
		t.excess -= a.least[m]
	}
	for _, m := range a.members[1:] {
		t.mask |= 1 << (m - a.members[0] - 1)
	}
	return t
}

// worthwhile reports whether no member would better stand alone.
func (a *aligner) worthwhile() bool {
	limit := a.limit(len(a.members))
	for _, m := range a.members {
		unlike := 0.0
		for _, o := range a.members {
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

// step returns the partial alignments that go one unit further, the most promising first.
func (a *aligner) step(before []partial) []partial {
	after := a.spare[:0]
	best, worst := partial{excess: math.Inf(1)}, math.Inf(1)
	add := func(p partial) (promising bool) {
		switch {
		case p.excess >= worst:
			a.exact = false
			return false
		case p.excess < best.excess:
			best = p
		case a.beaten(p, best):
			return true
		}
		if after = append(after, p); len(after) == cap(after) {
			if after = a.prune(after); len(after) == beam {
				worst = after[beam-1].excess
			}
		}
		return true
	}
	for i, p := range before {
		if p.taken&1 != 0 {
			add(partial{p.taken >> 1, p.cost, p.excess, choiceMade{from: int32(i)}})
			continue
		}
		for _, t := range a.tuples {
			if p.taken>>1&t.mask == 0 && !add(partial{p.taken>>1 | t.mask, p.cost + t.cost, p.excess + t.excess, choiceMade{t.mask, int32(i), true}}) {
				break // the tuples after it exceed by more
			}
		}
	}
	return a.prune(after)
}

// prune keeps the partials, in order of excess, that can still become the best.
func (a *aligner) prune(all []partial) []partial {
	slices.SortFunc(all, func(x, y partial) int {
		if x.excess != y.excess {
			return cmp.Compare(x.excess, y.excess)
		}
		return cmp.Or(cmp.Compare(x.taken, y.taken), cmp.Compare(x.from, y.from))
	})
	kept := all[:0]
next:
	for _, p := range all {
		for i, better := range kept {
			if p.taken == better.taken || i < rivals && a.beaten(p, better) {
				continue next
			}
		}
		if len(kept) == beam {
			a.exact = false
			break
		}
		kept = append(kept, p)
	}
	return kept
}

// beaten reports whether another partial alignment can be completed like p at no more cost:
// units that it alone has yet to place stand alone there, at Δ∅ each; units that it has
// already taken drop out of their tuples, which costs at most 2Δ∅ over the number of annotators.
func (a *aligner) beaten(p, by partial) bool {
	alone, dropped := bits.OnesCount64(p.taken&^by.taken), bits.OnesCount64(by.taken&^p.taken)
	return p.cost >= by.cost+float64(alone)*(many+a.d.Empty)+float64(dropped)*2*a.d.Empty/float64(a.annotators)-tiny
}
