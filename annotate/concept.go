package annotate

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/cases"
)

// Concept is something that a project speaks of in many documents: an actor, an
// organisation, a place, a claim as it is made again and again. Annotations are
// linked to it by an attribute of kind concept, whose value is its id. It belongs
// to the project, and to nobody's layer.
type Concept struct {
	ID      ID       `json:"id"`
	Kind    string   `json:"kind,omitempty"` // one of the scheme's kinds; free where the scheme has none
	Name    string   `json:"name"`
	Aliases []string `json:"aliases,omitempty"`
	Note    string   `json:"note,omitempty"`
	// Into is the concept that it was found to be the same as; what is linked to this
	// one is taken to be linked to that one.
	Into ID `json:"into,omitempty"`
}

// NewConcept returns a concept of that kind and name.
func NewConcept(kind, name string) *Concept {
	return &Concept{ID: NewID(), Kind: kind, Name: name}
}

// EntityKind says that a Concept is a concept.
func (c *Concept) EntityKind() EntityKind { return ConceptEntity }

// EntityID returns the concept's id.
func (c *Concept) EntityID() ID { return c.ID }

// DocumentID returns "": a concept belongs to no document.
func (c *Concept) DocumentID() ID { return "" }

// Clone returns a copy that shares nothing changeable with c.
func (c *Concept) Clone() *Concept {
	d := *c
	d.Aliases = slices.Clone(c.Aliases)
	return &d
}

// Check reports the first thing that makes c impossible.
func (c *Concept) Check() error {
	switch {
	case c.ID == "":
		return Errorf(Invalid, "a concept has no id")
	case strings.TrimSpace(c.Name) == "":
		return Errorf(Invalid, "concept %s has no name", c.ID)
	case c.Into == c.ID:
		return Errorf(Invalid, "concept %s (%s) cannot be merged into itself", c.ID, c.Name)
	case slices.Contains(c.Aliases, ""):
		return Errorf(Invalid, "concept %s (%s) has an empty alias", c.ID, c.Name)
	}
	return nil
}

// Registry is the concepts of a project, in memory. It may be used on any goroutine.
type Registry struct {
	mu       sync.RWMutex
	concepts map[ID]*Concept
}

// NewRegistry returns a registry of these concepts.
func NewRegistry(concepts ...*Concept) *Registry {
	g := &Registry{}
	g.Set(concepts...)
	return g
}

// Set makes the registry hold these concepts and no others.
func (g *Registry) Set(concepts ...*Concept) {
	held := make(map[ID]*Concept, len(concepts))
	for _, c := range concepts {
		held[c.ID] = c
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.concepts = held
}

// Apply makes the registry hold what c leaves behind; changes of other entities pass.
func (g *Registry) Apply(c *Change) {
	if c.EntityKind() != ConceptEntity {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if after, ok := c.After.(*Concept); ok {
		g.concepts[after.ID] = after
	} else {
		delete(g.concepts, c.EntityID())
	}
}

// Concept returns the concept of that id, or that which it was merged into; nil if
// there is none.
func (g *Registry) Concept(id ID) *Concept {
	g.mu.RLock()
	defer g.mu.RUnlock()
	for range len(g.concepts) + 1 { // merges that lead in a circle end too
		c := g.concepts[id]
		if c == nil || c.Into == "" || g.concepts[c.Into] == nil {
			return c
		}
		id = c.Into
	}
	return g.concepts[id]
}

// Len returns how many concepts there are, merged ones counted.
func (g *Registry) Len() int {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return len(g.concepts)
}

// Get returns the concept of exactly that id, nil if there is none.
func (g *Registry) Get(id ID) *Concept {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return g.concepts[id]
}

// Concepts returns those of the kinds, or of all kinds without any, that are not merged
// into another, in order of name.
func (g *Registry) Concepts(kinds ...string) []*Concept {
	g.mu.RLock()
	defer g.mu.RUnlock()
	var found []*Concept
	for _, c := range g.concepts {
		if c.Into == "" && (len(kinds) == 0 || slices.Contains(kinds, c.Kind)) {
			found = append(found, c)
		}
	}
	slices.SortFunc(found, func(a, b *Concept) int {
		return cmp.Or(cmp.Compare(Fold(a.Name), Fold(b.Name)), cmp.Compare(a.ID, b.ID))
	})
	return found
}

// Find returns the concepts of the kinds in whose name or an alias each word that was
// typed begins a word, the best first: those whose name or alias is what was typed, then
// those that begin with it, then the others, in order of name. Case and blanks do not matter.
func (g *Registry) Find(typed string, kinds ...string) []*Concept {
	wanted := strings.Fields(Fold(typed))
	all := g.Concepts(kinds...)
	if len(wanted) == 0 {
		return all
	}
	rank := map[ID]int{}
	found := slices.DeleteFunc(all, func(c *Concept) bool {
		best := 3
		for _, name := range append([]string{c.Name}, c.Aliases...) {
			best = min(best, nameRank(strings.Fields(Fold(name)), wanted))
		}
		rank[c.ID] = best
		return best == 3
	})
	slices.SortStableFunc(found, func(a, b *Concept) int { return rank[a.ID] - rank[b.ID] })
	return found
}

// nameRank says how well a name answers what is wanted: 0 entirely, 1 from its
// beginning, 2 somehow, 3 not at all.
func nameRank(name, wanted []string) int {
	if slices.Equal(name, wanted) {
		return 0
	}
	if strings.HasPrefix(strings.Join(name, " "), strings.Join(wanted, " ")) {
		return 1
	}
	for _, w := range wanted {
		if !slices.ContainsFunc(name, func(n string) bool { return strings.HasPrefix(n, w) }) {
			return 3
		}
	}
	return 2
}

// Fold returns text as it is compared where case and the width of blanks do not matter.
func Fold(text string) string {
	return cases.Fold().String(strings.Join(strings.Fields(text), " "))
}
