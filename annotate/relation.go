package annotate

import (
	"maps"
	"slices"
)

// Roles of the ordinary binary relation and of an equivalence class.
const (
	Head   = "head"
	Tail   = "tail"
	Member = "member"
)

// Argument is one participant of a relation: a span, another relation (an
// attribution inside an attribution), or implicit — meant, but not in the text.
type Argument struct {
	Role     string `json:"role"`
	Span     ID     `json:"span,omitempty"`
	Relation ID     `json:"relation,omitempty"`
	// Document is where the span or relation lies when that is not the relation's own document.
	Document ID   `json:"document,omitempty"`
	Implicit bool `json:"implicit,omitempty"`
}

// Target returns the id of the span or relation the argument points at, "" if implicit.
func (a Argument) Target() ID {
	if a.Span != "" {
		return a.Span
	}
	return a.Relation
}

// Relation ties spans together by roles. Two arguments named head and tail make
// the ordinary binary relation; an attribution with source, cue and contents is
// the same thing with three roles; an equivalence class is n members.
type Relation struct {
	ID         ID               `json:"id"`
	Document   ID               `json:"document"` // where it was made; arguments may lie elsewhere
	Annotator  string           `json:"annotator"`
	Label      string           `json:"label"`
	Arguments  []Argument       `json:"arguments"`
	Attributes map[string]Value `json:"attributes,omitempty"`
	Flag       string           `json:"flag,omitempty"`
	Note       string           `json:"note,omitempty"`
}

// EntityKind says that a Relation is a relation.
func (r *Relation) EntityKind() EntityKind { return RelationEntity }

// EntityID returns the relation's id.
func (r *Relation) EntityID() ID { return r.ID }

// DocumentID returns the id of the document it was made in.
func (r *Relation) DocumentID() ID { return r.Document }

// Clone returns a copy that shares nothing changeable with r.
func (r *Relation) Clone() *Relation {
	c := *r
	c.Arguments = slices.Clone(r.Arguments)
	c.Attributes = maps.Clone(r.Attributes)
	return &c
}

// Role returns the arguments that have that role, in order.
func (r *Relation) Role(role string) []Argument {
	var found []Argument
	for _, a := range r.Arguments {
		if a.Role == role {
			found = append(found, a)
		}
	}
	return found
}

// Involves reports whether an argument points at the span or relation id.
func (r *Relation) Involves(id ID) bool {
	return slices.ContainsFunc(r.Arguments, func(a Argument) bool { return a.Target() == id })
}

// Check reports the first thing that makes r impossible whatever its scheme says.
func (r *Relation) Check() error {
	switch {
	case r.ID == "":
		return Errorf(Invalid, "a relation has no id")
	case r.Document == "":
		return Errorf(Invalid, "relation %s belongs to no document", r.ID)
	case r.Annotator == "":
		return Errorf(Invalid, "relation %s belongs to no annotator", r.ID)
	case r.Label == "":
		return Errorf(Invalid, "relation %s has no label", r.ID)
	case len(r.Arguments) == 0:
		return Errorf(Invalid, "relation %s (%s) has no arguments", r.ID, r.Label)
	}
	seen := map[Argument]bool{}
	for _, a := range r.Arguments {
		pointers := 0
		for _, set := range []bool{a.Span != "", a.Relation != "", a.Implicit} {
			if set {
				pointers++
			}
		}
		switch {
		case a.Role == "":
			return Errorf(Invalid, "an argument of relation %s (%s) has no role", r.ID, r.Label)
		case pointers != 1:
			return Errorf(Invalid, "the %s of relation %s (%s) must be a span, a relation or implicit", a.Role, r.ID, r.Label)
		case a.Relation == r.ID:
			return Errorf(Invalid, "relation %s (%s) points at itself", r.ID, r.Label)
		case seen[a]:
			return Errorf(Invalid, "relation %s (%s) has the same %s twice", r.ID, r.Label, a.Role)
		}
		seen[a] = true
	}
	return nil
}
