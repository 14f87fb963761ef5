package agreement

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
)

// shuffle returns a random text (Mathet et al. 2015, section 5.2): each of its annotators
// has the units of one drawn at random, moved on by a random distance and round the end.
// The distances of two differ by more than half the mean length of a unit, where that is possible.
func shuffle(c *Continuum, random *rand.Rand) *Continuum {
	mean, units := 0.0, 0
	for _, list := range c.Units {
		for _, u := range list {
			mean += float64(u.Len())
			units++
		}
	}
	s := &Continuum{Begin: c.Begin, Length: c.Length, Annotators: c.Annotators, Units: make([][]Unit, len(c.Units))}
	for empty := true; empty; {
		var pivots []int
		for i := range s.Units {
			pivots = append(pivots, pivot(c.Length, pivots, mean/float64(units)/2, random))
			from := c.Units[random.IntN(len(c.Units))]
			empty = empty && len(from) == 0
			s.Units[i] = moved(from, pivots[i], c)
		}
	}
	return s
}

// pivot draws a distance to move by that keeps away from the others. After some trials
// there is no room left, and any will do.
func pivot(length int, others []int, away float64, random *rand.Rand) int {
	at := 0
	for range 100 {
		at = random.IntN(max(length, 1))
		free := true
		for _, o := range others {
			free = free && float64(abs(at-o)) > away
		}
		if free {
			break
		}
	}
	return at
}

// moved returns the units moved on by a distance; those that would begin beyond the end
// begin anew from the start.
func moved(units []Unit, by int, c *Continuum) []Unit {
	list := make([]Unit, len(units))
	for i, u := range units {
		shift := by
		if u.Begin+shift >= c.Begin+c.Length {
			shift -= c.Length
		}
		list[i] = Unit{u.Begin + shift, u.End + shift, u.Label}
	}
	return list
}

// statistics is what random texts are made from by pygamma-agreement's default sampler:
// normally distributed numbers of units, lengths and gaps, and labels as often as found.
type statistics struct {
	annotators          []string
	units, gaps, length normal
	labels              []string // one for each unit
}

type normal struct{ mean, deviation float64 }

func (n normal) draw(random *rand.Rand) float64 { return n.mean + n.deviation*random.NormFloat64() }

func normalOf(values []float64) normal {
	mean, deviation := moments(values)
	return normal{mean, deviation}
}

func newStatistics(c *Continuum) *statistics {
	s := &statistics{annotators: c.Annotators}
	var counts, lengths []float64
	gaps := []float64{0} // which keeps a single unit from having none
	for _, list := range c.Units {
		units := slices.Clone(list)
		slices.SortFunc(units, func(a, b Unit) int { return cmp.Or(cmp.Compare(a.Begin, b.Begin), cmp.Compare(a.End, b.End)) })
		counts = append(counts, float64(len(units)))
		for i, u := range units {
			lengths = append(lengths, float64(u.Len()))
			s.labels = append(s.labels, u.Label)
			switch {
			case i > 0:
				gaps = append(gaps, float64(u.Begin-units[i-1].End))
			case u.Begin > c.Begin:
				gaps = append(gaps, float64(u.Begin-c.Begin))
			}
		}
	}
	s.units, s.gaps, s.length = normalOf(counts), normalOf(gaps), normalOf(lengths)
	return s
}

// draw returns a random text. It is finer by fine than the original, for lengths are not
// whole; no dissimilarity depends on the scale.
func (s *statistics) draw(random *rand.Rand) *Continuum {
	const fine = 1 << 10
	c := &Continuum{Annotators: s.annotators, Units: make([][]Unit, len(s.annotators))}
	any := false
	for i := range s.annotators {
		n := abs(int(s.units.draw(random)))
		if !any {
			n = max(n, 1)
		}
		at := 0.0
		for range n {
			begin := at + s.gaps.draw(random)
			end := begin
			for int(end*fine) <= int(begin*fine) && s.length.mean > 0 {
				end = begin + math.Abs(s.length.draw(random))
			}
			at = end
			c.Units[i] = append(c.Units[i], Unit{int(begin * fine), int(end * fine), s.labels[random.IntN(len(s.labels))]})
			any = true
		}
	}
	return c
}
