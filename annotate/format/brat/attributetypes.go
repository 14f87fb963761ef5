package brat

import (
	"slices"
	"strings"

	"spanwright/annotate"
)

// attributeType adds an attribute to the labels and relations it can be set on.
func (c *configuration) attributeType(s *setting) {
	on := s.slot(argument)
	if on == nil {
		c.remark(s.file, s.line, "attribute %s does not say with %s: what it is set on, so that brat does not use it; it was left out", s.name, argument)
		return
	}
	if s.unused { // only a heading for others
		return
	}
	a := annotate.Attribute{Name: s.name, Kind: annotate.BooleanKind, Guideline: strings.Join(s.terms, ", ")}
	for i := range s.args {
		c.attributeArgument(s, &s.args[i], &a)
	}
	if d := s.slot(defaultArg); d != nil && len(d.types) > 0 {
		v := annotate.Text(d.types[0])
		if a.Kind == annotate.BooleanKind {
			v = annotate.Bool(true)
		}
		if a.Problem(v) == "" {
			a.Default = &v
		} else {
			c.remark(s.file, s.line, "the default %s of attribute %s is no value of it", d.types[0], s.name)
		}
	}
	t := c.targets(s, on)
	for i := range c.scheme.Relations {
		r := &c.scheme.Relations[i]
		if (slices.Contains(t.relations, r.Label) || t.any && c.related[r.Label] == unknownKind) && c.related[r.Label] != equivalenceKind {
			r.Attributes = c.set(s, r.Label, r.Attributes, r.Attributes, a)
		}
	}
	labels := t.spans
	if t.any {
		labels = nil
		for i := range c.scheme.Spans {
			if l := c.scheme.Spans[i].Label; c.known[l] == entityKind {
				labels = append(labels, l)
			}
		}
	}
	for _, label := range c.topmost(s, on, labels) {
		c.setOnLabel(s, label, a)
	}
}

// attributeArgument reads what a line says of an attribute besides what it is set on.
func (c *configuration) attributeArgument(s *setting, given *slot, a *annotate.Attribute) {
	switch given.key {
	case argument, defaultArg:
	case valueArg:
		if len(given.types) > 0 {
			a.Kind = annotate.ChoiceKind
		}
		for _, v := range given.types {
			a.Values = append(a.Values, annotate.Choice{Name: v})
		}
	default:
		c.remark(s.file, s.line, "%s of attribute %s has no place in a scheme", given.key, s.name)
	}
}

// setOnLabel adds an attribute to a label, unless one above or below has it already.
func (c *configuration) setOnLabel(s *setting, label string, a annotate.Attribute) {
	for i := range c.scheme.Spans {
		other := &c.scheme.Spans[i]
		if c.scheme.Is(label, other.Label) || c.scheme.Is(other.Label, label) {
			if slices.ContainsFunc(other.Attributes, func(b annotate.Attribute) bool { return b.Name == a.Name }) {
				c.remark(s.file, s.line, "%s has an attribute %s already, which was kept", other.Label, a.Name)
				return
			}
		}
	}
	l := c.scheme.Span(label)
	l.Attributes = append(l.Attributes, a)
}

// set adds an attribute to those of a relation, unless it has one of the name.
func (c *configuration) set(s *setting, owner string, all, to []annotate.Attribute, a annotate.Attribute) []annotate.Attribute {
	if slices.ContainsFunc(all, func(b annotate.Attribute) bool { return b.Name == a.Name }) {
		c.remark(s.file, s.line, "%s has an attribute %s already, which was kept", owner, a.Name)
		return to
	}
	return append(to, a)
}
