package exchange

import (
	"slices"

	"spanwright/annotate"
)

// Add is what becomes of a value that is added to the list of its attribute. Lists are
// closed, so that nothing is added to them unasked: without a decision a value comes in as
// it stands, and breaks the scheme.
const Add annotate.Fate = "add"

// valuesListed is how many values that the list of one attribute lacks are asked about.
// Where files have more, they have free text in the place of a choice.
const valuesListed = 200

// carried is what a state has values of: the owner of their attributes, and the values.
func carried(s annotate.State) (owner Key, values map[string]annotate.Value) {
	switch x := s.(type) {
	case *annotate.Span:
		return Key{Of: annotate.LabelItem, Owner: x.Label}, x.Attributes
	case *annotate.Relation:
		return Key{Of: annotate.RelationItem, Owner: x.Label}, x.Attributes
	case *annotate.Record:
		return Key{Of: annotate.RecordItem, Owner: x.Label}, x.Attributes
	case *annotate.Assessment:
		return Key{}, x.Labels
	}
	return Key{}, nil
}

// known reports whether a scheme has the owner of an attribute or value.
func (k Key) known(s *annotate.Scheme) bool {
	switch k.Of {
	case annotate.LabelItem:
		return s.Span(k.Owner) != nil
	case annotate.RelationItem:
		return s.Relation(k.Owner) != nil
	case annotate.RecordItem:
		return s.RecordLabel(k.Owner) != nil
	}
	return true
}

// unlisted calls f with each attribute of owner that has a list, and those of its values
// that are not in the list.
func unlisted(s *annotate.Scheme, owner Key, values map[string]annotate.Value, f func(a *annotate.Attribute, missing []string)) {
	if len(values) == 0 || !owner.known(s) {
		return
	}
	defs := owner.attributes(s)
	for i := range defs {
		a := &defs[i]
		v, set := values[a.Name]
		if !set || a.Kind != annotate.ChoiceKind && a.Kind != annotate.SeveralKind {
			continue
		}
		var missing []string
		for _, name := range namesIn(v) {
			if name != "" && a.Choice(name) == nil && !slices.Contains(missing, name) {
				missing = append(missing, name)
			}
		}
		if len(missing) > 0 {
			f(a, missing)
		}
	}
}

// namesIn returns the names that a value of a list consists of; none in other values.
func namesIn(v annotate.Value) []string {
	if several, ok := v.Choices(); ok {
		return several
	}
	if one, ok := v.Text(); ok {
		return []string{one}
	}
	return nil
}

// valueOf returns the key of a value of an attribute of owner.
func valueOf(owner Key, a *annotate.Attribute, name string) Key {
	owner.Kind, owner.Name, owner.Attribute = annotate.ValueItem, name, a.Name
	return owner
}

// choices maps the values of attributes that have a list in the scheme.
func (m *mapped) choices() {
	for _, s := range m.record.Spans {
		m.chosen(s)
	}
	for _, x := range m.record.Relations {
		m.chosen(x)
	}
	for _, x := range m.record.Records {
		m.chosen(x)
	}
	if m.record.Assessment != nil {
		m.chosen(m.record.Assessment)
	}
}

func (m *mapped) chosen(s annotate.State) {
	owner, values := carried(s)
	unlisted(m.scheme, owner, values, func(a *annotate.Attribute, missing []string) {
		var names []string
		for _, name := range namesIn(values[a.Name]) {
			if slices.Contains(missing, name) && !m.value(valueOf(owner, a, name), &name, s) {
				continue
			}
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		_, several := values[a.Name].Choices()
		switch {
		case len(names) == 0:
			delete(values, a.Name)
		case several:
			values[a.Name] = annotate.Choices(names...)
		default:
			values[a.Name] = annotate.Text(names[0])
		}
	})
}

// value makes the name of a value what was decided about it; false means that it is left out.
func (m *mapped) value(k Key, name *string, of annotate.State) bool {
	list := k
	list.Name = ""
	if m.met[k] == nil {
		if m.listed[list] == valuesListed && !m.decided(k) {
			return true
		}
		m.listed[list]++
	}
	switch d := m.use(k); d.Fate {
	case annotate.Into:
		*name = d.Into
		m.tell(of, k, d)
	case annotate.Drop:
		m.left = append(m.left, k.String()+" was left out")
		return false
	}
	return true
}

// extend returns the scheme with what states use and it lacks, and what was added, a
// sentence each. Lists of values grow only as was decided.
func (im *importer) extend(states []annotate.State) (*annotate.Scheme, []string) {
	extended, additions := im.scheme.Extend(states...)
	if im.mapping == nil || !im.mapping.adds() {
		return extended, additions
	}
	for _, s := range states {
		owner, values := carried(s)
		unlisted(extended, owner, values, func(a *annotate.Attribute, missing []string) {
			for _, name := range missing {
				k := valueOf(owner, a, name)
				if it := im.mapping.met[k]; it == nil || it.Decision.Fate != Add {
					continue
				}
				if extended == im.scheme {
					extended = extended.Clone()
				}
				addChoice(extended, k)
				additions = append(additions, k.String()+" was added to the scheme")
			}
		})
	}
	return extended, additions
}

// adds reports whether any value was decided to be added to a list.
func (m *mapping) adds() bool {
	for _, d := range m.decisions {
		if d.Fate == Add {
			return true
		}
	}
	return false
}

// addChoice adds the value that k names to the list of its attribute. What s has in common
// with other schemes is copied first.
func addChoice(s *annotate.Scheme, k Key) {
	attributes := k.definedIn(s)
	*attributes = slices.Clone(*attributes)
	for i := range *attributes {
		if a := &(*attributes)[i]; a.Name == k.Attribute {
			a.Values = append(slices.Clone(a.Values), annotate.Choice{Name: k.Name})
		}
	}
}

// definedIn returns the attributes among which that of a value is defined: those of its
// owner or, of labels, of the nearest parent that has it.
func (k Key) definedIn(s *annotate.Scheme) *[]annotate.Attribute {
	switch k.Of {
	case annotate.RelationItem:
		return &s.Relation(k.Owner).Attributes
	case annotate.RecordItem:
		return &s.RecordLabel(k.Owner).Attributes
	case annotate.LabelItem:
		def := s.Span(k.Owner)
		for !slices.ContainsFunc(def.Attributes, func(a annotate.Attribute) bool { return a.Name == k.Attribute }) {
			def = s.Span(def.Parent)
		}
		return &def.Attributes
	}
	return &s.Document
}
