package split

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
)

// group is documents that stay together.
type group struct {
	members []int32 // in order
	place   float64 // from 0 to 1: where it stands among all, by a hash of seed and text
	amounts []amount
}

// amount is how much of a stratum a group has.
type amount struct {
	stratum int
	n       float64
}

// place returns the place of a text: the first 53 bits of the SHA-256 of the seed and the text's own
// hash, as a fraction.
func place(seed uint64, hash string) float64 {
	sum := sha256.Sum256(fmt.Appendf(nil, "spanwright split 1\n%d\n%s", seed, hash))
	return float64(binary.BigEndian.Uint64(sum[:])>>11) / (1 << 53)
}

// placement is groups on their way into parts. Strata are counted from 0; the documents are one of their
// own, the last. All figures are whole numbers but for the aims.
type placement struct {
	groups  []group
	of      []int       // part of each group
	count   []int       // groups in each part
	has     [][]float64 // by part and stratum
	aim     [][]float64
	weight  []float64 // of a stratum: 1 over its mean amount in groups that have any
	ends    []float64 // of the parts among the places
	largest float64   // documents in the largest group
}

func newPlacement(parts []Part, strata int, all []group) *placement {
	p := &placement{groups: all, of: make([]int, len(all)), count: make([]int, len(parts)), weight: make([]float64, strata+1)}
	total, having := make([]float64, strata+1), make([]float64, strata+1)
	for i := range all {
		g := &all[i]
		g.amounts = append(g.amounts, amount{strata, float64(len(g.members))})
		p.largest = max(p.largest, float64(len(g.members)))
		for _, a := range g.amounts {
			total[a.stratum] += a.n
			having[a.stratum]++
		}
	}
	end := 0
	for _, part := range parts {
		aim := make([]float64, strata+1)
		for s, n := range total {
			aim[s] = n * float64(part.Share) / whole
		}
		end += part.Share
		p.aim, p.has, p.ends = append(p.aim, aim), append(p.has, make([]float64, strata+1)), append(p.ends, float64(end)/whole)
	}
	for s := range total {
		if total[s] > 0 {
			p.weight[s] = having[s] / total[s]
		}
	}
	for i, g := range all {
		for part, end := range p.ends {
			if g.place < end || part == len(p.ends)-1 {
				p.of[i] = part
				break
			}
		}
		p.count[p.of[i]]++
		p.add(p.of[i], i, 1)
	}
	return p
}

// add adds a group to what a part has, or with sign -1 takes it away.
func (p *placement) add(part, g int, sign float64) {
	for _, a := range p.groups[g].amounts {
		p.has[part][a.stratum] += sign * a.n
	}
}

func (p *placement) move(g, to int) {
	p.add(p.of[g], g, -1)
	p.add(to, g, 1)
	p.count[p.of[g]]--
	p.count[to]++
	p.of[g] = to
}

// over returns by how many documents a part is over its aim.
func (p *placement) over(part int) float64 {
	last := len(p.weight) - 1
	return p.has[part][last] - p.aim[part][last]
}

// change returns what moving a group does to the sum that is to be small: over all parts and strata, the square of
// what a part is off its aim, over the aim, in mean groups. Conversions keep machines
// from computing with more digits than others.
func (p *placement) change(g, to int) float64 {
	from, sum := p.of[g], 0.0
	for _, a := range p.groups[g].amounts {
		less := p.has[from][a.stratum] - p.aim[from][a.stratum]
		more := p.has[to][a.stratum] - p.aim[to][a.stratum]
		without := float64(a.n*(a.n-2*less)) / p.aim[from][a.stratum]
		with := float64(a.n*(a.n+2*more)) / p.aim[to][a.stratum]
		sum += float64((without + with) * p.weight[a.stratum])
	}
	return sum
}

// fits reports whether moving a group leaves both parts within one group of their aims, or nearer to them
// than they were.
func (p *placement) fits(g, to int) bool {
	size, from := float64(len(p.groups[g].members)), p.of[g]
	return p.near(p.over(from)-size, p.over(from)) && p.near(p.over(to)+size, p.over(to))
}

func (p *placement) near(after, before float64) bool {
	return abs(after) <= p.largest || abs(after) < abs(before)
}

func abs(x float64) float64 { return max(x, -x) }

// distance returns how far the place of a group is from a part.
func (p *placement) distance(g, part int) float64 {
	start := 0.0
	if part > 0 {
		start = p.ends[part-1]
	}
	return max(start-p.groups[g].place, p.groups[g].place-p.ends[part], 0)
}

// option is a group that may be moved.
type option struct {
	group, to int
	change    float64
}

// better reports whether a is to be preferred: it does more good, or as much and its place is nearer.
func (p *placement) better(a, b option) bool {
	if b.group < 0 || a.change < b.change-epsilon {
		return true
	}
	return a.change <= b.change+epsilon && p.distance(a.group, a.to) < p.distance(b.group, b.to)
}

// epsilon is a change too small to be worth a move.
const epsilon = 1e-9

// best returns the best move from one part into another that may be made; group is -1 if there is none.
func (p *placement) best(from, to int, may func(g int) bool) option {
	found := option{group: -1}
	if p.count[from] < 2 {
		return found // no part becomes empty
	}
	for g := range p.groups {
		if p.of[g] != from || !may(g) {
			continue
		}
		if o := (option{g, to, p.change(g, to)}); p.better(o, found) {
			found = o
		}
	}
	return found
}

// mostMoves is how often groups are moved to come nearer to the aims, at most.
const mostMoves = 20_000

// settle moves groups until the parts are as near to their aims as single moves, and exchanges of two, can bring them.
func (p *placement) settle(ctx context.Context) error {
	p.fill()
	p.even()
	for range mostMoves {
		if err := ctx.Err(); err != nil {
			return err
		}
		if !p.step() && !p.exchange() {
			break
		}
	}
	return nil
}

// fill gives each empty part a group: the smallest of the part that has most of them.
func (p *placement) fill() {
	for to := range p.count {
		if p.count[to] > 0 {
			continue
		}
		from := 0
		for part, n := range p.count {
			if n > p.count[from] {
				from = part
			}
		}
		found := -1
		for g := range p.groups {
			if p.of[g] != from {
				continue
			}
			if found < 0 || len(p.groups[g].members) < len(p.groups[found].members) ||
				len(p.groups[g].members) == len(p.groups[found].members) && p.distance(g, to) < p.distance(found, to) {
				found = g
			}
		}
		p.move(found, to)
	}
}

// even moves groups from the part that is most over its aim to the one that is most under, until all
// are within one group of their aims.
func (p *placement) even() {
	for {
		from, to := -1, 0
		for part := range p.count {
			if p.count[part] > 1 && (from < 0 || p.over(part) > p.over(from)) {
				from = part
			}
			if p.over(part) < p.over(to) {
				to = part
			}
		}
		if from < 0 || p.over(from) <= p.largest && -p.over(to) <= p.largest || p.over(from) <= 0 {
			return
		}
		p.move(p.best(from, to, func(int) bool { return true }).group, to)
	}
}

// step makes the best move there is, and reports whether it did any good.
func (p *placement) step() bool {
	found := option{group: -1}
	for from := range p.count {
		for to := range p.count {
			if from == to {
				continue
			}
			if o := p.best(from, to, func(g int) bool { return p.fits(g, to) }); o.group >= 0 && p.better(o, found) {
				found = o
			}
		}
	}
	if found.group < 0 || found.change > -epsilon {
		return false
	}
	p.move(found.group, found.to)
	return true
}

// exchange makes the first move that does good together with one the other way, and reports whether there is one.
func (p *placement) exchange() bool {
	any := func(int) bool { return true }
	for from := range p.count {
		for to := range p.count {
			if from == to {
				continue
			}
			there := p.best(from, to, any)
			if there.group < 0 {
				continue
			}
			p.move(there.group, to)
			back := p.best(to, from, func(g int) bool { return g != there.group && p.fits(g, from) })
			if back.group >= 0 && there.change+back.change < -epsilon {
				p.move(back.group, from)
				return true
			}
			p.move(there.group, from)
		}
	}
	return false
}
