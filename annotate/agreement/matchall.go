package agreement

import (
	"slices"

	"spanwright/annotate"
)

// MatchAll groups the spans of several annotators as [Match] pairs those of two: the best
// pairs of any two annotators first. A group has at most one span of each annotator, and
// each two of its spans share text. A group is a list of indices, one an annotator, -1 where
// they have none; the groups are in no order that means anything, but always the same.
func MatchAll(layers [][]*annotate.Span) [][]int {
	g := grouping{layers: layers, group: make([][]int, len(layers))}
	for i, layer := range layers {
		g.group[i] = make([]int, len(layer))
		for j := range layer {
			g.group[i][j] = len(g.groups)
			alone := slices.Repeat([]int{-1}, len(layers))
			alone[i] = j
			g.groups = append(g.groups, alone)
		}
	}
	type across struct {
		candidate
		x, y int // layers
	}
	var found []across
	for x := range layers {
		for y := x + 1; y < len(layers); y++ {
			for _, c := range candidates(layers[x], layers[y]) {
				found = append(found, across{c, x, y})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b across) int { return a.compare(b.candidate) })
	for _, f := range found {
		g.join(g.group[f.x][f.a], g.group[f.y][f.b])
	}
	return slices.DeleteFunc(g.groups, func(group []int) bool { return group == nil })
}

// grouping is groups under way.
type grouping struct {
	layers [][]*annotate.Span
	groups [][]int // nil for one that was joined to another
	group  [][]int // layer, span → group
}

// join makes two groups one, if they have no annotator in common and all of it shares text.
func (g *grouping) join(a, b int) {
	if a == b {
		return
	}
	x, y := g.groups[a], g.groups[b]
	for i := range x {
		if x[i] >= 0 && y[i] >= 0 {
			return
		}
		for j := range y {
			if x[i] >= 0 && y[j] >= 0 && !g.meet(g.layers[i][x[i]], g.layers[j][y[j]]) {
				return
			}
		}
	}
	for j, k := range y {
		if k >= 0 {
			x[j], g.group[j][k] = k, a
		}
	}
	g.groups[b] = nil
}

func (g *grouping) meet(s, t *annotate.Span) bool {
	return sharedBy(s.Fragments, t.Fragments) > 0 || slices.Equal(s.Fragments, t.Fragments)
}
