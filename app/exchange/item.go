package exchange

import (
	"fmt"
	"slices"

	"spanwright/annotate"
)

// Item is something of a scheme that files use and the project's scheme lacks.
type Item struct {
	Key
	Uses int `json:"uses"`
	// Choices are the names of what it can be taken for, Suggestions those of them that
	// are most like it, best first.
	Choices     []string `json:"-"`
	Suggestions []string `json:"suggestions,omitempty"`
	// Decision is what was decided about it; its zero value is none: the item is added to the
	// scheme, or if it is a value comes in as it stands.
	Decision annotate.StepDecision `json:"decision,omitzero"`
}

// Key names an item.
type Key struct {
	Kind annotate.ItemKind `json:"kind"`
	Name string            `json:"name"`
	// Of is what a role or attribute belongs to, and Owner the label of that; both are
	// empty for attributes of a document.
	Of    annotate.ItemKind `json:"of,omitempty"`
	Owner string            `json:"owner,omitempty"`
	// Attribute is the one that a value is of, which Of and Owner have.
	Attribute string `json:"attribute,omitempty"`
}

// String names the item in full, as in "role Arg1 of relation attacks" or "value song of
// attribute type of label Claim".
func (k Key) String() string {
	text := fmt.Sprintf("%s %s", k.Kind, k.Name)
	if k.Attribute != "" {
		text += " of attribute " + k.Attribute
	}
	if k.Owner != "" {
		text += fmt.Sprintf(" of %s %s", k.Of, k.Owner)
	}
	return text
}

// Short names it without saying what it is, as in "attacks.Arg1" or "Claim.type.song".
func (k Key) Short() string {
	text := k.Name
	if k.Attribute != "" {
		text = k.Attribute + "." + text
	}
	if k.Owner != "" {
		text = k.Owner + "." + text
	}
	return text
}

// choices returns the names of what an item can be taken for in a scheme.
func (k Key) choices(s *annotate.Scheme) []string {
	var found []string
	switch k.Kind {
	case annotate.LabelItem:
		for i := range s.Spans {
			if !s.Spans[i].Abstract {
				found = append(found, s.Spans[i].Label)
			}
		}
	case annotate.RelationItem:
		for i := range s.Relations {
			found = append(found, s.Relations[i].Label)
		}
	case annotate.RecordItem:
		found = recordLabels(s.Records)
	case annotate.FlagItem:
		for i := range s.Flags {
			found = append(found, s.Flags[i].Name)
		}
	case annotate.ConceptItem:
		found = s.Concepts
	case annotate.RoleItem:
		for i := range s.Relation(k.Owner).Roles {
			found = append(found, s.Relation(k.Owner).Roles[i].Name)
		}
	case annotate.AttributeItem:
		for _, a := range k.attributes(s) {
			found = append(found, a.Name)
		}
	case annotate.ValueItem:
		for choice := range k.attribute(s).Choices() {
			if !choice.Heading {
				found = append(found, choice.Name)
			}
		}
	}
	return found
}

// attribute returns the one that a value is of.
func (k Key) attribute(s *annotate.Scheme) *annotate.Attribute {
	defs := k.attributes(s)
	i := slices.IndexFunc(defs, func(a annotate.Attribute) bool { return a.Name == k.Attribute })
	return &defs[i]
}

// attributes returns those that the owner of an attribute has in a scheme.
func (k Key) attributes(s *annotate.Scheme) []annotate.Attribute {
	switch k.Of {
	case annotate.LabelItem:
		return s.AttributesOf(k.Owner)
	case annotate.RelationItem:
		return s.Relation(k.Owner).Attributes
	case annotate.RecordItem:
		return s.RecordLabel(k.Owner).Attributes
	}
	return s.Document
}

func recordLabels(records []annotate.RecordLabel) []string {
	var found []string
	for i := range records {
		found = append(append(found, records[i].Label), recordLabels(records[i].Records)...)
	}
	return found
}

// aliases returns other names that a choice of an item goes by: shorter forms of a label,
// what a code stands for.
func (k Key) aliases(s *annotate.Scheme, choice string) []string {
	if k.Kind == annotate.ValueItem {
		return []string{k.attribute(s).Choice(choice).Title}
	}
	if def := s.Span(choice); k.Kind == annotate.LabelItem && def != nil {
		return def.Short
	}
	if def := s.Relation(choice); k.Kind == annotate.RelationItem && def != nil {
		return def.Short
	}
	return nil
}

// has reports whether a scheme has something of that kind and name anywhere.
func has(s *annotate.Scheme, name string) bool {
	attribute := func(a annotate.Attribute) bool { return a.Name == name || a.Choice(name) != nil }
	if slices.Contains(s.Concepts, name) || s.Flag(name) != nil || s.RecordLabel(name) != nil || slices.ContainsFunc(s.Document, attribute) {
		return true
	}
	for i := range s.Spans {
		if s.Spans[i].Label == name || slices.ContainsFunc(s.Spans[i].Attributes, attribute) {
			return true
		}
	}
	for i := range s.Relations {
		if r := &s.Relations[i]; r.Label == name || r.Role(name) != nil || slices.ContainsFunc(r.Attributes, attribute) {
			return true
		}
	}
	return slices.ContainsFunc(recordLabels(s.Records), func(l string) bool { return slices.ContainsFunc(s.RecordLabel(l).Attributes, attribute) })
}
