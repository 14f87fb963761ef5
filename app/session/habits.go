package session

import (
	"math"
	"math/bits"

	"spanwright/annotate"
	"spanwright/store"
)

// habits is where the fillers of the annotator's own relations stood: for each two roles
// of a relation, on which side of the one the other was found and how far away. Nobody
// else's work is counted, so that annotators stay independent of each other.
type habits map[habit]*places

// habit is a role whose filler is known, and one whose filler is looked for.
type habit struct{ relation, known, wanted string }

// places counts where fillers were.
type places struct {
	sides [3]float64 // before, over and after what was known
	gaps  [gapSteps]float64
	all   float64
}

const (
	// gapSteps is how many distances are told apart; each is twice the one before.
	gapSteps = 20
	// expectation is how many relations it takes to count as much as the expectation
	// that fillers are near and as often on one side as on the other.
	expectation = 2
	habitsKey   = "\x00habits"
)

// habitsOf counts pairs of fillers.
func habitsOf(pairs []store.Pair) habits {
	h := habits{}
	for i := range pairs {
		p := &pairs[i]
		key := habit{p.Relation, p.Role, p.Other}
		if h[key] == nil {
			h[key] = &places{}
		}
		side, gap := placeOf(p.Here, p.There)
		h[key].sides[side]++
		h[key].gaps[gap]++
		h[key].all++
	}
	return h
}

// placeOf returns on which side of here something stands, and how far away.
func placeOf(here, there annotate.Fragment) (side, gap int) {
	const finest = 4 // bytes: next to each other, but for a comma and a quotation mark
	gap = min(bits.Len(uint(gapBetween(here, there)/finest)), gapSteps-1)
	switch {
	case there.End <= here.Start:
		return 0, gap
	case there.Start >= here.End:
		return 2, gap
	}
	return 1, gap
}

// likelihood returns how well it fits the habits that there plays a role beside what plays
// the known one here, as a logarithm. Without any habit it is larger for what is nearer.
func (h habits) likelihood(key habit, here, there annotate.Fragment) float64 {
	p := h[key]
	if p == nil {
		p = &places{}
	}
	side, gap := placeOf(here, there)
	// A distance that was seen makes its neighbours likely too, so that a few relations tell something.
	near := expectation * math.Exp2(-float64(gap))
	for i, n := range p.gaps {
		near += n * math.Exp2(-math.Abs(float64(i-gap)))
	}
	aside := (p.sides[side] + expectation/3.) / (p.all + expectation)
	return math.Log(aside) + math.Log(near/(p.all+expectation))
}

// habits returns what is known of where fillers stand, and has it read again where more
// was committed since.
func (s *Session) habits() habits {
	annotator := s.annotator
	s.ask(habitsKey, func(p *store.Project) (func(), error) {
		pairs, err := p.Pairs(annotator)
		counted := habitsOf(pairs)
		return func() { s.links.habits = counted }, err
	})
	return s.links.habits
}
