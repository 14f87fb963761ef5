package agreement

import (
	"cmp"
	"slices"
)

// Overlap counts what two annotators have in common: Both of the A and B that each has.
type Overlap struct {
	Both int `json:"both"`
	A    int `json:"a"`
	B    int `json:"b"`
}

// F1 returns 2·Both/(A+B), the same whoever comes first.
func (o Overlap) F1() Figure { return ratio(2*float64(o.Both), float64(o.A+o.B), noUnits) }

func (o *Overlap) add(p Overlap, times int) {
	o.Both += p.Both * times
	o.A += p.A * times
	o.B += p.B * times
}

// Relations compares the relations of two annotators of one document. They are told
// apart by label and by who plays which role, never by their ids, and are sets.
type Relations struct {
	Exact   Overlap // same label, and the same spans with the same labels in each role
	Relaxed Overlap // the spans may differ as long as they overlap and have the same label
	// Matched is Exact among the relations whose spans both annotators have. What
	// differs in spans does not count there a second time.
	Matched Overlap
	Roles   map[string]Overlap // fillers by role, of relations that are paired by what they share
}

// framePair is a relation of one annotator and that of another which it is compared
// with; an index is -1 where there is none.
type framePair struct{ a, b int }

// CompareRelations compares the relations of two layers with the label, or all with "".
func CompareRelations(a, b *Layer, label string, symmetric Symmetric) Relations {
	x, y := framesWith(a, label, symmetric), framesWith(b, label, symmetric)
	result := Relations{Exact: Overlap{A: len(x), B: len(y)}, Relaxed: Overlap{A: len(x), B: len(y)}, Roles: map[string]Overlap{}}
	spansA, spansB := spanKeys(a), spanKeys(b)
	theirs := map[string]bool{}
	for _, f := range y {
		theirs[f.key] = true
		if f.within(spansA) {
			result.Matched.B++
		}
	}
	for _, f := range x {
		matched := f.within(spansB)
		if matched {
			result.Matched.A++
		}
		if theirs[f.key] {
			result.Exact.Both++
			if matched {
				result.Matched.Both++
			}
		}
	}
	for _, p := range pairFrames(x, y) {
		if p.a >= 0 && p.b >= 0 && x[p.a].alike(y[p.b]) {
			result.Relaxed.Both++
		}
		countRoles(result.Roles, x, y, p)
	}
	return result
}

func framesWith(l *Layer, label string, symmetric Symmetric) []frame {
	return slices.DeleteFunc(framesOf(l, symmetric), func(f frame) bool { return label != "" && f.relation.Label != label })
}

func spanKeys(l *Layer) map[string]bool {
	keys := make(map[string]bool, len(l.Spans))
	for _, s := range l.Spans {
		keys[spanKey(s)] = true
	}
	return keys
}

// within reports whether every span that the relation rests on is among those. Ends in
// other documents are taken to be.
func (f frame) within(spans map[string]bool) bool {
	return !slices.ContainsFunc(f.spans, func(key string) bool { return !spans[key] })
}

// alike reports whether the fillers of two relations pair off, overlapping at least.
func (f frame) alike(g frame) bool {
	return f.relation.Label == g.relation.Label && len(f.fillers) == len(g.fillers) && likeFillers(f, g) == len(f.fillers)
}

// pairFrames pairs relations of one label that have a filler in common: first those with
// all in common, then those whose fillers all overlap, then by how many are equal and by
// how many overlap.
func pairFrames(x, y []frame) []framePair {
	type scored struct {
		framePair
		same, alike bool
		equal, like int
		from        int
	}
	var found []scored
	for i, f := range x {
		for j, g := range y {
			if f.relation.Label != g.relation.Label || !f.extent.Overlaps(g.extent) && f.key != g.key {
				continue
			}
			s := scored{framePair: framePair{i, j}, same: f.key == g.key, equal: equalFillers(f, g), like: likeFillers(f, g)}
			if s.like == 0 {
				continue
			}
			s.alike = f.alike(g)
			s.from = f.extent.Start + g.extent.Start
			found = append(found, s)
		}
	}
	slices.SortStableFunc(found, func(a, b scored) int {
		return cmp.Or(first(a.same, b.same), first(a.alike, b.alike), cmp.Compare(b.equal, a.equal), cmp.Compare(b.like, a.like), cmp.Compare(a.from, b.from))
	})
	takenX, takenY := make([]bool, len(x)), make([]bool, len(y))
	var pairs []framePair
	for _, s := range found {
		if !takenX[s.a] && !takenY[s.b] {
			takenX[s.a], takenY[s.b] = true, true
			pairs = append(pairs, s.framePair)
		}
	}
	for i, taken := range takenX {
		if !taken {
			pairs = append(pairs, framePair{i, -1})
		}
	}
	for j, taken := range takenY {
		if !taken {
			pairs = append(pairs, framePair{-1, j})
		}
	}
	return pairs
}

// first orders true before false.
func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

// countRoles adds the fillers of a pair by role.
func countRoles(roles map[string]Overlap, x, y []frame, p framePair) {
	left := map[filler]int{}
	if p.a >= 0 {
		for _, f := range x[p.a].fillers {
			o := roles[f.role]
			o.A++
			roles[f.role] = o
			left[filler{role: f.role, key: f.key}]++
		}
	}
	if p.b >= 0 {
		for _, f := range y[p.b].fillers {
			o := roles[f.role]
			o.B++
			if k := (filler{role: f.role, key: f.key}); left[k] > 0 {
				left[k]--
				o.Both++
			}
			roles[f.role] = o
		}
	}
}
