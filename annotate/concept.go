package annotate

import (
	"slices"
	"strings"
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
