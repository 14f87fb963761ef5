package adjudication

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/agreement"
)

// frame is a relation by what it says: who plays which role, where spans that were
// grouped as one are one.
type frame struct {
	relation *annotate.Relation
	of       int      // annotator, as an index
	roles    []string // of each filler; the two of a relation without direction have one name
	fillers  []string // keys, equal for what is the same
}

// implicit is the key of what fills a role without being in the text.
const implicit = "implicit"

// key is equal for equal frames, whatever their labels.
func (f *frame) key() string {
	parts := make([]string, len(f.fillers))
	for i := range f.fillers {
		parts[i] = f.roles[i] + "\x00" + f.fillers[i]
	}
	slices.Sort(parts)
	return strings.Join(parts, "\x00")
}

// bag returns the keys of the fillers in order, whatever their roles.
func (f *frame) bag() string { return strings.Join(slices.Sorted(slices.Values(f.fillers)), "\x00") }

// role returns the keys of what fills a role, in order.
func (f *frame) role(role string) []string {
	var keys []string
	for i, r := range f.roles {
		if r == role {
			keys = append(keys, f.fillers[i])
		}
	}
	slices.Sort(keys)
	return keys
}

// framer makes frames of relations, those inside others first.
type framer struct {
	known     map[annotate.ID]string // span or relation → key
	relations map[annotate.ID]*annotate.Relation
	symmetric agreement.Symmetric
	elsewhere map[annotate.ID]Elsewhere
}

// deepest is how far relations inside relations are followed; the rest may go in circles.
const deepest = 8

// depth returns how many relations deep a relation rests on others.
func (f *framer) depth(r *annotate.Relation, seen int) int {
	deep := 0
	if seen >= deepest {
		return deep
	}
	for _, a := range r.Arguments {
		if inner := f.relations[a.Relation]; inner != nil {
			deep = max(deep, 1+f.depth(inner, seen+1))
		}
	}
	return deep
}

func (f *framer) frame(r *annotate.Relation, of int) *frame {
	made := &frame{relation: r, of: of}
	exchanged := f.symmetric[r.Label]
	for _, a := range r.Arguments {
		role := a.Role
		if role != "" && (role == exchanged[0] || role == exchanged[1]) {
			role = exchanged[0] + "/" + exchanged[1]
		}
		made.roles = append(made.roles, role)
		made.fillers = append(made.fillers, f.key(a))
	}
	return made
}

func (f *framer) key(a annotate.Argument) string {
	if a.Implicit {
		return implicit
	}
	if key := f.known[a.Target()]; key != "" {
		return key
	}
	if e, known := f.elsewhere[a.Target()]; known {
		return "elsewhere " + string(e.Case)
	}
	return "?" + string(a.Target()) // not to be found, so equal to nothing else
}

// likeness is how much two frames or records of different annotators have in common.
type likeness struct {
	a, b  int // indices
	rank  int
	share float64
}

// The ranks of likeness, the best first.
const (
	sameFrame   = iota // label and fillers
	otherLabel         // fillers in their roles
	otherFiller        // label and some fillers in their roles
	otherRole          // fillers, in other roles
)

// alike returns how two frames are alike; ok is false if they have too little in common.
func alike(f, g *frame) (l likeness, ok bool) {
	label := f.relation.Label == g.relation.Label
	shared := 0
	left := map[string]int{}
	for i := range f.fillers {
		left[f.roles[i]+"\x00"+f.fillers[i]]++
	}
	firm := false // something in common that is in the text
	for i := range g.fillers {
		if k := g.roles[i] + "\x00" + g.fillers[i]; left[k] > 0 {
			left[k]--
			shared++
			firm = firm || g.fillers[i] != implicit
		}
	}
	l.share = 2 * float64(shared) / float64(len(f.fillers)+len(g.fillers))
	all := shared == len(f.fillers) && shared == len(g.fillers)
	switch {
	case all && label:
		l.rank = sameFrame
	case all && firm:
		l.rank = otherLabel
	case label && firm:
		l.rank = otherFiller
	case f.bag() == g.bag():
		l.rank = otherRole
	default:
		return l, false
	}
	return l, true
}

// matchFrames groups the frames of several annotators, the best pairs first, each annotator
// at most once in a group. Groups are lists of indices in the order of the first of them.
func matchFrames(frames []*frame) [][]int {
	var found []likeness
	by := map[string][]int{}
	for i, f := range frames {
		met := map[int]bool{}
		for _, key := range f.fillers {
			for _, j := range by[key] {
				if g := frames[j]; g.of != f.of && !met[j] {
					met[j] = true
					if l, ok := alike(g, f); ok {
						l.a, l.b = j, i
						found = append(found, l)
					}
				}
			}
		}
		for _, key := range slices.Compact(slices.Sorted(slices.Values(f.fillers))) {
			by[key] = append(by[key], i)
		}
	}
	slices.SortStableFunc(found, func(l, m likeness) int {
		return cmp.Or(cmp.Compare(l.rank, m.rank), cmp.Compare(m.share, l.share), cmp.Compare(l.a, m.a), cmp.Compare(l.b, m.b))
	})
	return groups(len(frames), func(i int) int { return frames[i].of }, found)
}

// groups puts n things together by their likenesses, the best of which come first, each annotator at
// most once in a group. Groups are lists of indices in the order of the first of them.
func groups(n int, of func(int) int, found []likeness) [][]int {
	group := make([]int, n)
	members := make([][]int, n)
	for i := range n {
		group[i], members[i] = i, []int{i}
	}
	for _, l := range found {
		a, b := group[l.a], group[l.b]
		if a == b || slices.ContainsFunc(members[a], func(i int) bool {
			return slices.ContainsFunc(members[b], func(j int) bool { return of(i) == of(j) })
		}) {
			continue
		}
		for _, j := range members[b] {
			group[j] = a
		}
		members[a], members[b] = append(members[a], members[b]...), nil
	}
	return slices.DeleteFunc(members, func(m []int) bool { return m == nil })
}

// differentFrames says in what two relations differ.
func (d *Desk) differentFrames(f, g *frame) []difference {
	var found []difference
	roles := slices.Compact(slices.Sorted(slices.Values(append(slices.Clone(f.roles), g.roles...))))
	for _, role := range roles {
		if !slices.Equal(f.role(role), g.role(role)) {
			found = append(found, difference{agreement.RoleKind, role})
		}
	}
	if f.relation.Label != g.relation.Label {
		return append(found, difference{kind: agreement.LabelKind})
	}
	return append(found, d.differentValues(f.relation.Attributes, g.relation.Attributes)...)
}

// caseKey is the key of what fills a role where it is one of this document's cases.
func caseKey(i int) string { return "case " + strconv.Itoa(i) }
