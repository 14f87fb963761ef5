package annotate

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/cases"
)

// Registry is the concepts of a project, in memory, in order of name. It may be used on
// any goroutine. A change costs it little, however many concepts there are.
type Registry struct {
	mu       sync.RWMutex
	concepts map[ID]*entry
	order    []*entry    // all of them
	merged   map[ID][]ID // concept → those merged right into it
	changes  int
}

// entry is a concept with its name and aliases as they are compared.
type entry struct {
	*Concept
	names []foldedName // the name first
}

type foldedName struct {
	whole string
	words []string
}

func newEntry(c *Concept) *entry {
	e := &entry{Concept: c}
	for _, name := range append([]string{c.Name}, c.Aliases...) {
		folded := Fold(name)
		e.names = append(e.names, foldedName{folded, strings.Fields(folded)})
	}
	return e
}

func compareEntries(a, b *entry) int {
	return cmp.Or(cmp.Compare(a.names[0].whole, b.names[0].whole), cmp.Compare(a.ID, b.ID))
}

// NewRegistry returns a registry of these concepts.
func NewRegistry(concepts ...*Concept) *Registry {
	g := &Registry{}
	g.Set(concepts...)
	return g
}

// Set makes the registry hold these concepts and no others.
func (g *Registry) Set(concepts ...*Concept) {
	held := make(map[ID]*entry, len(concepts))
	merged := map[ID][]ID{}
	order := make([]*entry, 0, len(concepts))
	for _, c := range concepts {
		e := newEntry(c)
		held[c.ID] = e
		order = append(order, e)
		if c.Into != "" {
			merged[c.Into] = append(merged[c.Into], c.ID)
		}
	}
	slices.SortFunc(order, compareEntries)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.concepts, g.order, g.merged = held, order, merged
	g.changes++
}

// Apply makes the registry hold what c leaves behind; changes of other entities pass.
func (g *Registry) Apply(c *Change) {
	if c.EntityKind() != ConceptEntity {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.changes++
	if old := g.concepts[c.EntityID()]; old != nil {
		if i, found := slices.BinarySearchFunc(g.order, old, compareEntries); found {
			g.order = slices.Delete(g.order, i, i+1)
		}
		g.merged[old.Into] = slices.DeleteFunc(g.merged[old.Into], func(id ID) bool { return id == old.ID })
		delete(g.concepts, old.ID)
	}
	if after, ok := c.After.(*Concept); ok {
		e := newEntry(after)
		i, _ := slices.BinarySearchFunc(g.order, e, compareEntries)
		g.order = slices.Insert(g.order, i, e)
		g.concepts[after.ID] = e
		if after.Into != "" {
			g.merged[after.Into] = append(g.merged[after.Into], after.ID)
		}
	}
}

// Concept returns the concept of that id, or that which it was merged into; nil if
// there is none.
func (g *Registry) Concept(id ID) *Concept {
	g.mu.RLock()
	defer g.mu.RUnlock()
	if e := g.standing(id); e != nil {
		return e.Concept
	}
	return nil
}

// standing returns the entry that stands for id, itself or what it was merged into. Of
// merges that lead in a circle, which two people can make apart from each other, the
// concept of the smallest id stands.
func (g *Registry) standing(id ID) *entry {
	e := g.concepts[id]
	if e == nil || e.Into == "" || g.concepts[e.Into] == nil {
		return e
	}
	path := []ID{id}
	for e.Into != "" && g.concepts[e.Into] != nil {
		if i := slices.Index(path, e.Into); i >= 0 {
			return g.concepts[slices.Min(path[i:])]
		}
		e = g.concepts[e.Into]
		path = append(path, e.ID)
	}
	return e
}

func (g *Registry) stands(e *entry) bool { return e.Into == "" || g.standing(e.ID) == e }

// Len returns how many concepts there are, merged ones counted.
func (g *Registry) Len() int {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return len(g.concepts)
}

// Changes returns how often what the registry holds has changed.
func (g *Registry) Changes() int {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return g.changes
}

// Get returns the concept of exactly that id, nil if there is none.
func (g *Registry) Get(id ID) *Concept {
	g.mu.RLock()
	defer g.mu.RUnlock()
	if e := g.concepts[id]; e != nil {
		return e.Concept
	}
	return nil
}

// Family returns the concept that stands for id and all that were merged into it, in
// however many steps, the one that stands first; none if there is no such concept.
func (g *Registry) Family(id ID) []*Concept {
	g.mu.RLock()
	defer g.mu.RUnlock()
	e := g.standing(id)
	if e == nil {
		return nil
	}
	family := []*Concept{e.Concept}
	for i := 0; i < len(family); i++ {
		for _, id := range g.merged[family[i].ID] {
			if c := g.concepts[id].Concept; !slices.Contains(family, c) {
				family = append(family, c)
			}
		}
	}
	return family
}

// Concepts returns those of the kinds, or of all kinds without any, that are not merged
// into another, in order of name.
func (g *Registry) Concepts(kinds ...string) []*Concept {
	g.mu.RLock()
	defer g.mu.RUnlock()
	var found []*Concept
	for _, e := range g.order {
		if g.stands(e) && isKind(e.Concept, kinds) {
			found = append(found, e.Concept)
		}
	}
	return found
}

func isKind(c *Concept, kinds []string) bool {
	return len(kinds) == 0 || slices.Contains(kinds, c.Kind)
}

// Found is a concept with the name it was found by.
type Found struct {
	*Concept
	By    string // an alias, or the name or an alias of one merged into it; "" if it was its own name
	Exact bool   // that name is what was looked for, and no more
}

// Find returns the concepts of the kinds in whose name or an alias each word that was
// typed begins a word, the best first: those whose name or alias is what was typed, then
// those that begin with it, then the others, in order of name. Case and blanks do not
// matter. What was merged into a concept is one of its aliases.
func (g *Registry) Find(typed string, kinds ...string) []Found {
	whole := Fold(typed)
	wanted := strings.Fields(whole)
	return g.ranked(kinds, func(name *foldedName) int { return nameRank(name, whole, wanted) })
}

// Within returns the concepts of the kinds of whose name or an alias each word is among
// some words, in order of name.
func (g *Registry) Within(words string, kinds ...string) []Found {
	known := map[string]bool{}
	for _, w := range strings.Fields(Fold(words)) {
		known[w] = true
	}
	return g.ranked(kinds, func(name *foldedName) int {
		if slices.ContainsFunc(name.words, func(w string) bool { return !known[w] }) {
			return noRank
		}
		return 0
	})
}

// noRank is the rank of a name that does not answer what is wanted.
const noRank = 3

// ranked returns concepts by the best rank among their names, from 0 on, and of one rank
// in order of name.
func (g *Registry) ranked(kinds []string, rank func(*foldedName) int) []Found {
	g.mu.RLock()
	defer g.mu.RUnlock()
	answers := make([]answer, len(g.order))
	inherited := map[ID]answer{} // from those merged into it
	for i, e := range g.order {
		answers[i] = e.best(rank)
		if answers[i].rank == noRank || e.Into == "" {
			continue
		}
		if root := g.standing(e.ID); root != e {
			a := answers[i]
			a.by = cmp.Or(a.by, e.Name)
			if known, found := inherited[root.ID]; !found || a.rank < known.rank {
				inherited[root.ID] = a
			}
		}
	}
	var found [noRank][]Found
	for i, e := range g.order {
		a := answers[i]
		if other, ok := inherited[e.ID]; ok && other.rank < a.rank {
			a = other
		}
		if a.rank != noRank && isKind(e.Concept, kinds) && g.stands(e) {
			found[a.rank] = append(found[a.rank], Found{e.Concept, a.by, a.rank == 0})
		}
	}
	return slices.Concat(found[:]...)
}

// answer is how well a concept answers what is wanted, and by which of its names.
type answer struct {
	rank int
	by   string // an alias, "" for the name
}

// best returns the best answer among the names of e, the first of equals.
func (e *entry) best(rank func(*foldedName) int) answer {
	best := answer{rank: noRank}
	for i := range e.names {
		if r := rank(&e.names[i]); r < best.rank {
			best = answer{rank: r}
			if i > 0 {
				best.by = e.Aliases[i-1]
			}
		}
	}
	return best
}

// nameRank says how well a name answers what is wanted: 0 entirely, 1 from its
// beginning, 2 somehow, noRank not at all.
func nameRank(name *foldedName, whole string, wanted []string) int {
	if name.whole == whole {
		return 0
	}
	if strings.HasPrefix(name.whole, whole) {
		return 1
	}
	for _, w := range wanted {
		if !slices.ContainsFunc(name.words, func(n string) bool { return strings.HasPrefix(n, w) }) {
			return noRank
		}
	}
	return 2
}

// Fold returns text as it is compared where case and the width of blanks do not matter.
func Fold(text string) string {
	return cases.Fold().String(strings.Join(strings.Fields(text), " "))
}
