package session

import (
	"slices"

	"spanwright/annotate"
)

// nameOf returns where an item's name lies, and where the names it had; nil for what
// has none.
func nameOf(item any) (name *string, formerly *[]string) {
	switch x := item.(type) {
	case *annotate.Scheme:
		return &x.Name, nil
	case *annotate.SpanLabel:
		return &x.Label, &x.Formerly
	case *annotate.RelationLabel:
		return &x.Label, &x.Formerly
	case *annotate.RecordLabel:
		return &x.Label, &x.Formerly
	case *annotate.Role:
		return &x.Name, &x.Formerly
	case *annotate.Attribute:
		return &x.Name, &x.Formerly
	case *annotate.Choice:
		return &x.Name, &x.Formerly
	case *annotate.Flag:
		return &x.Name, &x.Formerly
	case *string:
		return x, nil
	}
	return nil, nil
}

// mention is what mentions of an item are found by.
type mention struct {
	kind  annotate.ItemKind
	name  string
	owner string // path of the item that a role, attribute or value lies in
}

// rewrite gives each list of names in s in which something is mentioned to f, with
// the list's name in paths, and takes what f returns. Lists are replaced, never written to.
func rewrite(s *annotate.Scheme, m mention, f func(list string, names []string) []string) {
	change := func(list string, names *[]string) {
		if slices.Contains(*names, m.name) {
			*names = f(list, *names)
		}
	}
	switch m.kind {
	case annotate.LabelItem:
		s.Spans, s.Rules = slices.Clone(s.Spans), slices.Clone(s.Rules)
		for i := range s.Rules {
			change("overlap", &s.Rules[i].Overlap)
			change("of", &s.Rules[i].Of)
		}
		eachRole(s, func(r *annotate.Role) { change("labels", &r.Labels) })
	case annotate.RelationItem:
		s.Rules = slices.Clone(s.Rules)
		for i := range s.Rules {
			change("degree", &s.Rules[i].Degree)
			change("acyclic", &s.Rules[i].Acyclic)
		}
		eachRole(s, func(r *annotate.Role) { change("relations", &r.Relations) })
	case annotate.ConceptItem:
		for _, owner := range attributeOwners(s) {
			eachAttribute(s, owner, func(a *annotate.Attribute) { change("of", &a.Of) })
		}
	}
}

func eachRole(s *annotate.Scheme, f func(*annotate.Role)) {
	s.Relations = slices.Clone(s.Relations)
	for i := range s.Relations {
		s.Relations[i].Roles = slices.Clone(s.Relations[i].Roles)
		for k := range s.Relations[i].Roles {
			f(&s.Relations[i].Roles[k])
		}
	}
}

// attributeOwners returns the paths of the items that have attributes.
func attributeOwners(s *annotate.Scheme) []string {
	owners := []string{rootPath}
	for _, item := range itemsOf(s) {
		if item.Kind == annotate.LabelItem || item.Kind == annotate.RelationItem || item.Kind == annotate.RecordItem {
			owners = append(owners, item.Path)
		}
	}
	return owners
}

// eachAttribute gives f each attribute of an owner, to be changed.
func eachAttribute(s *annotate.Scheme, owner string, f func(*annotate.Attribute)) {
	at, ok := find(s, owner, true)
	if !ok {
		return
	}
	name := "attributes"
	if owner == rootPath {
		name = "document"
	}
	if list := listIn(at.item, name); list != nil && list.length() > 0 {
		list.own()
		for i := range list.length() {
			f(list.at(i).(*annotate.Attribute))
		}
	}
}

// heirs returns the owners whose attributes can depend on those of the owner at path:
// it, and for a label those below it.
func heirs(s *annotate.Scheme, owner string) []string {
	found := []string{owner}
	at, _ := find(s, owner, false)
	general, ok := at.item.(*annotate.SpanLabel)
	if !ok {
		return found
	}
	for i := range s.Spans {
		if l := s.Spans[i].Label; l != general.Label && descends(s, l, general.Label) {
			found = append(found, indexed("$.spans", i))
		}
	}
	return found
}

// descends is [annotate.Scheme.Is] for schemes that may go in circles.
func descends(s *annotate.Scheme, label, general string) bool {
	for range s.Spans {
		def := s.Span(label)
		if def == nil || def.Parent == "" {
			return false
		}
		if label = def.Parent; label == general {
			return true
		}
	}
	return false
}

// follow makes everything that mentions an item by its old name mention it by the new one.
func follow(s *annotate.Scheme, m mention, to string) {
	rewrite(s, m, func(_ string, names []string) []string {
		names = slices.Clone(names)
		for i := range names {
			if names[i] == m.name {
				names[i] = to
			}
		}
		return names
	})
	switch m.kind {
	case annotate.LabelItem:
		for i := range s.Spans {
			if s.Spans[i].Parent == m.name {
				s.Spans[i].Parent = to
			}
		}
	case annotate.RoleItem:
		at, _ := find(s, m.owner, false)
		s.Rules = slices.Clone(s.Rules)
		for i := range s.Rules {
			if r := &s.Rules[i]; r.Role == m.name && slices.Equal(r.Degree, []string{describe(at.item).Name}) {
				r.Role = to
			}
		}
	case annotate.AttributeItem:
		for _, owner := range heirs(s, m.owner) {
			eachCondition(s, owner, func(c *annotate.Condition) {
				if c.Attribute == m.name {
					c.Attribute = to
				}
			})
		}
	case annotate.ValueItem:
		followValue(s, m, to)
	}
}

// followValue is follow for a value of an attribute, at any depth of its code book.
func followValue(s *annotate.Scheme, m mention, to string) {
	path := m.owner
	at, ok := find(s, path, true)
	for ok && describe(at.item).Kind == annotate.ValueItem {
		path = at.owner
		at, ok = find(s, path, true)
	}
	attribute, isAttribute := at.item.(*annotate.Attribute)
	if !isAttribute {
		return
	}
	renamed := func(v annotate.Value) annotate.Value {
		if names, several := v.Choices(); several {
			names = slices.Clone(names)
			for i := range names {
				if names[i] == m.name {
					names[i] = to
				}
			}
			return annotate.Choices(names...)
		}
		if name, text := v.Text(); text && name == m.name {
			return annotate.Text(to)
		}
		return v
	}
	if attribute.Default != nil {
		v := renamed(*attribute.Default)
		attribute.Default = &v
	}
	name := attribute.Name
	for _, owner := range heirs(s, at.owner) {
		eachCondition(s, owner, func(c *annotate.Condition) {
			if c.Attribute == name {
				c.Is = slices.Clone(c.Is)
				for i := range c.Is {
					c.Is[i] = renamed(c.Is[i])
				}
			}
		})
	}
}

func eachCondition(s *annotate.Scheme, owner string, f func(*annotate.Condition)) {
	eachAttribute(s, owner, func(a *annotate.Attribute) {
		a.When = slices.Clone(a.When)
		for i := range a.When {
			f(&a.When[i])
		}
	})
}

// forget takes an item's name out of the lists that mention it. The last name that a
// role admits stays, and is a problem then: an empty list would admit everything. Rules
// that are about nothing any more go, and labels below one that goes move up.
func forget(s *annotate.Scheme, m mention) {
	def := s.Span(m.name)
	rewrite(s, m, func(list string, names []string) []string {
		rest := slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n == m.name })
		switch {
		case list == "overlap": // what is said of a pair is not said of one of the two
			return nil
		case len(rest) == 0 && (list == "labels" || list == "relations" || m.kind == annotate.ConceptItem):
			return names
		}
		return rest
	})
	s.Rules = slices.DeleteFunc(s.Rules, func(r annotate.Rule) bool {
		return len(r.Overlap) == 0 && len(r.Acyclic) == 0 && (len(r.Degree) == 0 || len(r.Of) == 0)
	})
	for i := range s.Spans {
		if m.kind == annotate.LabelItem && def != nil && s.Spans[i].Parent == m.name {
			s.Spans[i].Parent = def.Parent
		}
	}
}
