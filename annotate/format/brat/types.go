package brat

import (
	"slices"
	"strings"

	"spanwright/annotate"
)

// Names that brat uses for the arguments of relations and attributes.
const (
	relationType = "<REL-TYPE>"
	argument     = "Arg"
	valueArg     = "Value"
	defaultArg   = "<DEFAULT>"
)

// types turns annotation.conf into labels, relations, attributes and rules. An event
// becomes two things, as its annotations do: the label of its trigger, and a relation
// that leads from the trigger to the arguments.
func (c *configuration) types(found map[string]*section) {
	entities, events := c.settings(found["entities"]), c.settings(found["events"])
	relations, attributes := c.settings(found["relations"]), c.settings(found["attributes"])
	for _, s := range entities {
		c.entity(s)
	}
	var defined []*setting
	for _, s := range events {
		if c.event(s) {
			defined = append(defined, s)
		}
	}
	var overlaps []*setting
	for _, s := range relations {
		if s.name == overlapType || s.name == nestingType {
			overlaps = append(overlaps, s)
			continue
		}
		c.relation(s)
	}
	for _, s := range defined {
		c.eventRelation(s)
	}
	for _, s := range relations {
		if def := c.scheme.Relation(s.name); def != nil && !s.unused && c.related[s.name] != unknownKind {
			c.relationRoles(s, def)
		}
	}
	for i := range c.scheme.Relations {
		c.settleRelation(&c.scheme.Relations[i])
	}
	for _, s := range defined {
		c.eventRoles(s)
	}
	for _, s := range attributes {
		c.attributeType(s)
	}
	c.overlaps(overlaps)
}

// entity adds a label.
func (c *configuration) entity(s *setting) {
	if c.known[s.name] != unknownKind {
		c.remark(s.file, s.line, "type %s stands there twice; the first was kept", s.name)
		return
	}
	c.known[s.name] = entityKind
	c.label(s, entityKind)
	for _, a := range s.args {
		if a.key == "<NORM>" {
			c.remark(s.file, s.line, "%s is to be linked to entries of %s; a scheme has no place for that database", s.name, strings.Join(a.types, ", "))
			continue
		}
		c.remark(s.file, s.line, "an entity has no arguments; %s of %s was left out", a.key, s.name)
	}
}

// label adds the span label of a type.
func (c *configuration) label(s *setting, k kind) {
	l := annotate.SpanLabel{Label: s.name, Abstract: s.unused, Guideline: strings.Join(s.terms, ", ")}
	if s.parent != nil && (c.known[s.parent.name] == entityKind) == (k == entityKind) && c.scheme.Span(s.parent.name) != nil && s.parent.name != s.name {
		l.Parent = s.parent.name
	}
	if stored := storageForm(s.name); stored != s.name {
		c.remark(s.file, s.line, "brat itself takes only letters without accents, digits, _ and - in names, and calls %s %s", s.name, stored)
	}
	c.scheme.Spans = append(c.scheme.Spans, l)
}

// storageForm returns what brat makes of a name in its files.
func storageForm(name string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 && (r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_' || r == '-') {
			return r
		}
		return '_'
	}, name)
}

// event adds the label of an event's trigger; false if the event is none.
func (c *configuration) event(s *setting) bool {
	switch c.known[s.name] {
	case unknownKind:
		c.known[s.name] = eventKind
		if s.unused {
			c.known[s.name] = abstractKind
		}
		c.label(s, eventKind)
	case entityKind:
		c.remark(s.file, s.line, "%s is an entity as well as an event; it was kept as an entity", s.name)
		return false
	default:
		c.remark(s.file, s.line, "type %s stands there twice; the first was kept", s.name)
		return false
	}
	return !s.unused
}

// relation adds a relation, whose roles come later.
func (c *configuration) relation(s *setting) {
	if s.unused { // only a heading for others
		return
	}
	k := relationKind
	types := s.slot(relationType)
	if types == nil && s.name == "Equiv" || relationTypes(types, "symmetric") && relationTypes(types, "transitive") {
		k = equivalenceKind
	}
	switch {
	case c.known[s.name] == eventKind:
		c.remark(s.file, s.line, "%s is an event as well as a relation; it was kept as an event", s.name)
	case c.related[s.name] == unknownKind:
		def := annotate.RelationLabel{Label: s.name, Guideline: strings.Join(s.terms, ", ")}
		if s.parent != nil {
			def.Group = s.parent.name
		}
		c.scheme.Relations = append(c.scheme.Relations, def)
		c.related[s.name] = k
	case k == equivalenceKind:
		c.related[s.name] = k
	}
}

// relationTypes reports whether "symmetric-transitive" has that part.
func relationTypes(a *slot, part string) bool {
	return a != nil && slices.ContainsFunc(a.types, func(t string) bool { return slices.Contains(strings.Split(t, "-"), part) })
}

// relationRoles adds what a line says of a relation's two arguments. A relation may
// have several lines.
func (c *configuration) relationRoles(s *setting, def *annotate.RelationLabel) {
	var places []*slot
	for i := range s.args {
		if a := &s.args[i]; !a.special() {
			places = append(places, a)
		} else if a.key != relationType {
			c.remark(s.file, s.line, "%s of %s has no place in a scheme", a.key, s.name)
		}
	}
	if len(places) != 2 {
		c.remark(s.file, s.line, "relation %s has %d arguments, and brat uses only those of two; what it lacks may be anything", s.name, len(places))
	}
	types := s.slot(relationType)
	def.Symmetric = def.Symmetric || relationTypes(types, "symmetric")
	def.Transitive = def.Transitive || relationTypes(types, "transitive")
	fresh := len(def.Roles) == 0
	if fresh {
		def.Roles = []annotate.Role{{Name: annotate.Head, Min: 1, Max: 1}, {Name: annotate.Tail, Min: 1, Max: 1}}
		if len(places) == 2 && (places[0].key != "Arg1" || places[1].key != "Arg2") {
			def.Roles[0].Name, def.Roles[1].Name = places[0].key, places[1].key
		}
	} else {
		c.often(s.file, s.line, "relation "+s.name+" has a line for each pair of types; here each of the one side may stand with each of the other")
	}
	for i := range def.Roles {
		if i < len(places) {
			c.admit(s, places[i], &def.Roles[i], fresh)
		} else {
			def.Roles[i].Labels, def.Roles[i].Relations = nil, nil
		}
	}
}

// admit adds the types of an argument to a role.
func (c *configuration) admit(s *setting, a *slot, role *annotate.Role, fresh bool) {
	t := c.targets(s, a)
	if t.any || !fresh && len(role.Labels)+len(role.Relations) == 0 {
		role.Labels, role.Relations = nil, nil
		return
	}
	role.Labels = c.topmost(s, a, union(role.Labels, t.spans))
	role.Relations = union(role.Relations, t.relations)
}

func union(a, b []string) []string {
	for _, x := range b {
		if !slices.Contains(a, x) {
			a = append(a, x)
		}
	}
	return a
}

// settleRelation makes a symmetric and transitive relation what its annotations are:
// one of any number of members.
func (c *configuration) settleRelation(def *annotate.RelationLabel) {
	if c.related[def.Label] != equivalenceKind {
		return
	}
	def.Symmetric, def.Transitive = true, true
	member := annotate.Role{Name: annotate.Member, Min: 2}
	for i, role := range def.Roles {
		if len(role.Labels)+len(role.Relations) == 0 {
			member.Labels, member.Relations = nil, nil
			break
		}
		if i == 0 {
			member.Labels, member.Relations = slices.Clone(role.Labels), slices.Clone(role.Relations)
			continue
		}
		member.Labels, member.Relations = union(member.Labels, role.Labels), union(member.Relations, role.Relations)
	}
	def.Roles = []annotate.Role{member}
}

// eventRelation adds the relation of an event, whose roles come later.
func (c *configuration) eventRelation(s *setting) {
	def := annotate.RelationLabel{Label: s.name}
	if l := c.scheme.Span(s.name); l != nil {
		def.Group = l.Parent
	}
	def.Roles = []annotate.Role{{Name: Trigger, Labels: []string{s.name}, Min: 1, Max: 1}}
	c.scheme.Relations = append(c.scheme.Relations, def)
}

// eventRoles adds the roles of an event's arguments.
func (c *configuration) eventRoles(s *setting) {
	def := c.scheme.Relation(s.name)
	for i := range s.args {
		a := &s.args[i]
		switch {
		case a.special():
			c.remark(s.file, s.line, "%s of %s has no place in a scheme", a.key, s.name)
			continue
		case def.Role(a.key) != nil:
			c.remark(s.file, s.line, "the role %s of %s is the name of its trigger here; it was left out", a.key, s.name)
			continue
		}
		role := annotate.Role{Name: a.key, Min: a.min, Max: a.max}
		c.admit(s, a, &role, true)
		def.Roles = append(def.Roles, role)
	}
}

// targets are what the types of an argument stand for.
type targets struct {
	spans, relations []string
	any              bool
}

// targets resolves the types of an argument.
func (c *configuration) targets(s *setting, a *slot) targets {
	var t targets
	for _, name := range a.types {
		switch name {
		case "<ANY>":
			t.any = true
		case "<ENTITY>":
			for i := range c.scheme.Spans {
				if l := &c.scheme.Spans[i]; c.known[l.Label] == entityKind {
					t.spans = union(t.spans, []string{l.Label})
				}
			}
		case "<EVENT>", "<RELATION>":
			for i := range c.scheme.Relations {
				l := c.scheme.Relations[i].Label
				if (c.related[l] == unknownKind) == (name == "<EVENT>") {
					t.relations = union(t.relations, []string{l})
				}
			}
		default:
			switch k := c.known[name]; {
			case k == entityKind:
				t.spans = union(t.spans, []string{name})
			case k == eventKind || c.related[name] != unknownKind:
				t.relations = union(t.relations, []string{name})
			case k == abstractKind:
				c.often(s.file, s.line, name+" is named as what an argument may be, and there are no events of it")
			default:
				c.often(s.file, s.line, name+" is named as what an argument may be, and no type is called so; it was left out")
			}
		}
	}
	if !t.any && len(t.spans)+len(t.relations) == 0 {
		c.often(s.file, s.line, "an argument has no type that there is; anything was allowed")
		t.any = true
	}
	return t
}

// topmost returns labels without those that another one among them is above. Brat
// means each label alone; here what is below it is meant too, which is told.
func (c *configuration) topmost(s *setting, a *slot, labels []string) []string {
	top := slices.DeleteFunc(slices.Clone(labels), func(l string) bool {
		return slices.ContainsFunc(labels, func(above string) bool { return above != l && c.scheme.Is(l, above) })
	})
	for i := range c.scheme.Spans {
		l := &c.scheme.Spans[i]
		if !l.Abstract && !slices.Contains(labels, l.Label) && slices.ContainsFunc(top, func(above string) bool { return c.scheme.Is(l.Label, above) }) {
			c.often(s.file, s.line, "brat means "+strings.Join(top, ", ")+" alone; here what is below is meant too")
			break
		}
	}
	return top
}
