package exchange

import (
	"fmt"
	"slices"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// mapping makes what files say in words of their own say it in those of the project's
// scheme, as was decided, and counts what the scheme lacks.
type mapping struct {
	scheme    *annotate.Scheme // as it was when the import began
	decisions map[string]annotate.StepDecision
	used      map[string]bool // decisions that were about something
	met       map[Key]*Item
	order     []*Item     // in the order first met
	listed    map[Key]int // how many values were met, by their attribute
}

// newMapping returns a mapping onto a scheme. Decisions go by [Key.String] or [Key.Short];
// into something that the scheme does not have is a NotFound error.
func newMapping(scheme *annotate.Scheme, decisions map[string]annotate.StepDecision) (*mapping, error) {
	for _, name := range annotate.SortedKeys(decisions) {
		if d := decisions[name]; d.Fate == annotate.Into && !has(scheme, d.Into) {
			return nil, annotate.Errorf(annotate.NotFound, "%s cannot be taken for %q, which the project's scheme does not have", name, d.Into)
		}
	}
	return &mapping{scheme: scheme, decisions: decisions, used: map[string]bool{}, met: map[Key]*Item{}, listed: map[Key]int{}}, nil
}

// item returns what is known of something that the scheme lacks.
func (m *mapping) item(k Key) *Item {
	it := m.met[k]
	if it != nil {
		return it
	}
	it = &Item{Key: k, Choices: k.choices(m.scheme)}
	it.Suggestions = k.suggest(m.scheme, it.Choices)
	for _, name := range []string{k.String(), k.Short()} {
		d, decided := m.decisions[name]
		if !decided || d.Fate == annotate.Into && !slices.Contains(it.Choices, d.Into) || d.Fate == Add && k.Kind != annotate.ValueItem {
			continue // a short name may mean something of another kind
		}
		it.Decision, m.used[name] = d, true
		break
	}
	m.met[k] = it
	m.order = append(m.order, it)
	return it
}

// decided reports whether something was decided about an item.
func (m *mapping) decided(k Key) bool {
	_, long := m.decisions[k.String()]
	_, short := m.decisions[k.Short()]
	return long || short
}

// unused returns the decisions that were about nothing.
func (m *mapping) unused() []string {
	return slices.DeleteFunc(annotate.SortedKeys(m.decisions), func(name string) bool { return m.used[name] })
}

// say tells that a decision was about nothing.
func (m *mapping) say(name string) string {
	if d := m.decisions[name]; d.Fate == annotate.Into {
		return fmt.Sprintf("the files use nothing called %q that the scheme lacks and that could be taken for %s", name, d.Into)
	}
	return fmt.Sprintf("the files use nothing called %q that the scheme lacks", name)
}

// mapped is one record on its way through a mapping.
type mapped struct {
	*mapping
	record *dataset.Record
	said   readings
	left   []string // what was left out, a sentence each
	gone   map[annotate.ID]bool
}

// use counts one use of an item and returns what becomes of it.
func (m *mapped) use(k Key) annotate.StepDecision {
	it := m.item(k)
	it.Uses++
	return it.Decision
}

// name makes a name what was decided about it, if anything was; false means that what is
// called so is left out.
func (m *mapped) name(k Key, name *string, of annotate.State) bool {
	if m.item(k).Decision.Fate != annotate.Into && m.item(k).Decision.Fate != annotate.Drop {
		return true // counted by lacking, if it is still there then
	}
	d := m.use(k)
	if d.Fate == annotate.Drop {
		m.left = append(m.left, k.String()+" was left out")
		return false
	}
	*name = d.Into
	m.tell(of, k, d)
	return true
}

func (m *mapped) tell(of annotate.State, k Key, d annotate.StepDecision) {
	m.said[of] = append(m.said[of], fmt.Sprintf("%s was taken for %s", k, d.Into))
}

// labels maps the labels of spans, relations and records, flags, and kinds of concept.
// What is about something that is left out goes with it.
func (m *mapped) labels() {
	r := m.record
	r.Spans = slices.DeleteFunc(r.Spans, func(s *annotate.Span) bool {
		lacking := m.scheme.Span(s.Label) == nil
		if lacking && !m.name(Key{Kind: annotate.LabelItem, Name: s.Label}, &s.Label, s) {
			m.gone[s.ID] = true
			return true
		}
		m.flag(&s.Flag, s)
		return false
	})
	r.Relations = slices.DeleteFunc(r.Relations, func(x *annotate.Relation) bool {
		lacking := m.scheme.Relation(x.Label) == nil
		if lacking && !m.name(Key{Kind: annotate.RelationItem, Name: x.Label}, &x.Label, x) {
			m.gone[x.ID] = true
			return true
		}
		m.flag(&x.Flag, x)
		return false
	})
	r.Records = slices.DeleteFunc(r.Records, func(x *annotate.Record) bool {
		if m.gone[x.Parent] {
			m.left = append(m.left, fmt.Sprintf("record %s was left out with the one it lies in", x.Label))
			m.gone[x.ID] = true
			return true
		}
		lacking := m.scheme.RecordLabel(x.Label) == nil
		if lacking && !m.name(Key{Kind: annotate.RecordItem, Name: x.Label}, &x.Label, x) {
			m.gone[x.ID] = true
			return true
		}
		m.flag(&x.Flag, x)
		return false
	})
	if r.Assessment != nil {
		m.flag(&r.Assessment.Flag, r.Assessment)
	}
	for _, c := range r.Concepts {
		if c.Kind != "" && len(m.scheme.Concepts) > 0 && !slices.Contains(m.scheme.Concepts, c.Kind) &&
			!m.name(Key{Kind: annotate.ConceptItem, Name: c.Kind}, &c.Kind, c) {
			c.Kind = ""
		}
	}
	m.widow()
}

func (m *mapped) flag(flag *string, of annotate.State) {
	if *flag != "" && m.scheme.Flag(*flag) == nil && !m.name(Key{Kind: annotate.FlagItem, Name: *flag}, flag, of) {
		*flag = ""
	}
}

// widow leaves out the relations that are about something left out, then those about these.
func (m *mapped) widow() {
	for again := len(m.gone) > 0; again; {
		again = false
		m.record.Relations = slices.DeleteFunc(m.record.Relations, func(x *annotate.Relation) bool {
			if !slices.ContainsFunc(x.Arguments, func(a annotate.Argument) bool { return m.gone[a.Target()] }) {
				return false
			}
			m.left = append(m.left, fmt.Sprintf("relation %s was left out with what it is about", x.Label))
			m.gone[x.ID], again = true, true
			return true
		})
	}
}

// parts maps the attributes and roles of labels that the scheme has.
func (m *mapped) parts() {
	r := m.record
	for _, s := range r.Spans {
		if m.scheme.Span(s.Label) != nil {
			m.values(Key{Of: annotate.LabelItem, Owner: s.Label}, s.Attributes, s)
		}
	}
	r.Relations = slices.DeleteFunc(r.Relations, func(x *annotate.Relation) bool {
		def := m.scheme.Relation(x.Label)
		if def == nil {
			return false
		}
		m.values(Key{Of: annotate.RelationItem, Owner: x.Label}, x.Attributes, x)
		m.roles(def, x)
		if len(x.Arguments) == 0 {
			m.gone[x.ID] = true
			m.left = append(m.left, fmt.Sprintf("relation %s was left out with its last argument", x.Label))
		}
		return len(x.Arguments) == 0
	})
	for _, x := range r.Records {
		if m.scheme.RecordLabel(x.Label) != nil {
			m.values(Key{Of: annotate.RecordItem, Owner: x.Label}, x.Attributes, x)
		}
	}
	if r.Assessment != nil {
		m.values(Key{}, r.Assessment.Labels, r.Assessment)
	}
	m.widow()
}

// values maps the names of attributes. One that is there already stands.
func (m *mapped) values(owner Key, values map[string]annotate.Value, of annotate.State) {
	if len(values) == 0 {
		return
	}
	defs := owner.attributes(m.scheme)
	for _, name := range annotate.SortedKeys(values) {
		if slices.ContainsFunc(defs, func(a annotate.Attribute) bool { return a.Name == name }) {
			continue
		}
		k := owner
		k.Kind, k.Name = annotate.AttributeItem, name
		d := m.use(k)
		_, taken := values[d.Into]
		v := values[name]
		switch {
		case d.Fate == annotate.Into && !taken:
			delete(values, name)
			values[d.Into] = v
			m.tell(of, k, d)
		case d.Fate == annotate.Into:
			delete(values, name)
			m.left = append(m.left, fmt.Sprintf("%s was left out beside a value of %s", k, d.Into))
		case d.Fate == annotate.Drop:
			delete(values, name)
			m.left = append(m.left, k.String()+" was left out")
		}
	}
}

// roles maps the roles of a relation's arguments.
func (m *mapped) roles(def *annotate.RelationLabel, x *annotate.Relation) {
	kept := x.Arguments[:0]
	for _, a := range x.Arguments {
		if def.Role(a.Role) == nil {
			k := Key{Kind: annotate.RoleItem, Name: a.Role, Of: annotate.RelationItem, Owner: x.Label}
			switch d := m.use(k); d.Fate {
			case annotate.Into:
				a.Role = d.Into
				m.tell(x, k, d)
			case annotate.Drop:
				m.left = append(m.left, k.String()+" was left out")
				continue
			}
		}
		if !slices.Contains(kept, a) {
			kept = append(kept, a)
		}
	}
	x.Arguments = kept
}

// lacking counts what is to be added to the scheme: labels, flags and kinds of concept
// that were left as they are.
func (m *mapped) lacking() {
	r := m.record
	count := func(kind annotate.ItemKind, name string, known bool) {
		if name != "" && !known {
			m.use(Key{Kind: kind, Name: name})
		}
	}
	flag := func(name string) { count(annotate.FlagItem, name, m.scheme.Flag(name) != nil) }
	for _, s := range r.Spans {
		count(annotate.LabelItem, s.Label, m.scheme.Span(s.Label) != nil)
		flag(s.Flag)
	}
	for _, x := range r.Relations {
		count(annotate.RelationItem, x.Label, m.scheme.Relation(x.Label) != nil)
		flag(x.Flag)
	}
	for _, x := range r.Records {
		count(annotate.RecordItem, x.Label, m.scheme.RecordLabel(x.Label) != nil)
		flag(x.Flag)
	}
	if r.Assessment != nil {
		flag(r.Assessment.Flag)
	}
	for _, c := range r.Concepts {
		count(annotate.ConceptItem, c.Kind, len(m.scheme.Concepts) == 0 || slices.Contains(m.scheme.Concepts, c.Kind))
	}
}
