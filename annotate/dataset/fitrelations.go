package dataset

import (
	"slices"

	"spanwright/annotate"
)

// relations fits the relations. One that loses its arguments is left out, and then those
// that are about it lose theirs, so it goes on until nothing more changes.
func (f *fitter) relations() {
	standing := map[annotate.ID]bool{}
	for _, r := range f.record.Relations {
		standing[r.ID], f.own[r.ID] = true, true
	}
	fitted := slices.Clone(f.record.Relations)
	for changed := true; changed; {
		changed = false
		var kept []*annotate.Relation
		for _, r := range fitted {
			c := f.relation(r, standing)
			if c == nil {
				delete(standing, r.ID)
				changed = true
				continue
			}
			kept = append(kept, c)
		}
		fitted = kept
	}
	for _, r := range fitted {
		if f.drop(RelationAttributes, "attribute of a relation", len(r.Attributes)) {
			r.Attributes = nil
		}
		r.Attributes = f.values(r.Attributes)
		r.Flag, r.Note = f.said(r.Flag, r.Note)
	}
	f.record.Relations = fitted
}

// relation returns r with the arguments that the format can hold, nil if too few are left.
func (f *fitter) relation(r *annotate.Relation, standing map[annotate.ID]bool) *annotate.Relation {
	c := *r
	c.Arguments = nil
	for _, a := range r.Arguments {
		if what := f.lost(a, standing); what != "" {
			f.losses.Add(what)
			continue
		}
		c.Arguments = append(c.Arguments, a)
	}
	two := len(c.Arguments) == 2 && c.Arguments[0].Role != c.Arguments[1].Role
	switch {
	case len(c.Arguments) == 0, len(c.Arguments) < 2 && (isBinary(r) || f.lacks(Nary)):
		f.losses.Add("relation that has too little left to be written")
		return nil
	case two && f.lacks(Binary):
		f.losses.Add("relation")
		return nil
	case !two && f.lacks(Nary):
		if len(c.Arguments) > 2 || f.lacks(Binary) {
			f.losses.Add("relation of more than two arguments")
			return nil
		}
	}
	if f.lacks(Roles) && !f.lacks(Binary) && len(c.Arguments) == 2 && !isBinary(&c) {
		f.losses.Add("roles of a relation, written as head and tail")
		c.Arguments[0].Role, c.Arguments[1].Role = annotate.Head, annotate.Tail
	}
	return &c
}

// isBinary reports whether r is the ordinary relation of a head and a tail.
func isBinary(r *annotate.Relation) bool {
	return len(r.Arguments) == 2 && len(r.Role(annotate.Head)) == 1 && len(r.Role(annotate.Tail)) == 1
}

// lost returns what kind of argument a is if the format cannot hold it, "" if it can.
func (f *fitter) lost(a annotate.Argument, standing map[annotate.ID]bool) string {
	switch {
	case a.Implicit:
		if f.lacks(Implicit) {
			return "implicit argument of a relation"
		}
	case a.Relation != "" && f.lacks(RelationArguments):
		return "argument that is a relation"
	case f.kept[a.Span] || standing[a.Relation]:
	case f.own[a.Target()]:
		return "argument that is left out itself"
	case f.lacks(Distant):
		return "argument that lies in another document or layer"
	}
	return ""
}
