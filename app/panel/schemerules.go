package panel

import (
	"slices"
	"strconv"
	"strings"

	"spanwright/annotate"
	"spanwright/app/session"
)

var attributeKinds = []alternative{
	{"boolean", "yes or no", "One of two."},
	{"choice", "choice", "One of several values."},
	{"several", "several", "Any number of values at once."},
	{"integer", "whole number", "As in 12."},
	{"number", "number", "As in 3.5."},
	{"text", "text", "What is typed."},
	{"date", "date", "As in 2026, 2026-03 or 2026-03-31."},
	{"concept", "concept", "Something of the project's registry, such as an actor."},
}

func (b *fieldSet) attribute(a *annotate.Attribute) {
	set := func(property string, f func(*annotate.Attribute)) { session.Set(b.draft, b.path, property, f) }
	b.name("name", a.Name, "What annotators and exports call it.", a.Formerly)
	b.pick("kind", "takes", string(a.Kind), attributeKinds, "What values it can have.", func(v string) {
		set("kind", func(a *annotate.Attribute) { become(a, annotate.AttributeKind(v)) })
	})
	switch a.Kind {
	case annotate.ChoiceKind, annotate.SeveralKind:
		b.children("values", "values", "value")
	case annotate.IntegerKind, annotate.NumberKind:
		b.float("min", "at least", a.Min, func(n *float64) { set("min", func(a *annotate.Attribute) { a.Min = n }) })
		b.float("max", "at most", a.Max, func(n *float64) { set("max", func(a *annotate.Attribute) { a.Max = n }) })
	case annotate.TextKind:
		b.entry("pattern", "pattern", a.Pattern, "any text", "A regular expression (RE2) that the whole text must match, as in [A-Z]{2}[0-9]+.", func(t string) {
			set("pattern", func(a *annotate.Attribute) { a.Pattern = t })
		})
	case annotate.ConceptKind:
		if kinds := b.draft.Scheme().Concepts; len(kinds) > 0 {
			b.many("of", "of kinds", kinds, a.Of, "Which kinds of concept it can be; none means any.", func(names []string) {
				set("of", func(a *annotate.Attribute) { a.Of = names })
			})
		}
	}
	b.heading("WHEN AND HOW")
	b.conditions(a, set)
	b.switches("required", "it is", "", item{text: "required", on: a.Required, guide: "Where it applies it must be set, and the document is not done before.", act: func() {
		set("required", func(a *annotate.Attribute) { a.Required = !a.Required })
	}})
	b.initial(a, set)
	if a.Kind == annotate.ChoiceKind && !strings.HasPrefix(b.path, "$.document") && !strings.HasPrefix(b.path, "$.rec") {
		b.switches("derive", "read from text", "", item{
			text: "quotation marks", on: a.Derive == annotate.QuotationDerivation,
			guide: "Direct, indirect or mixed, from the quotation marks around the span; it needs these three values.", act: func() {
				set("derive", func(a *annotate.Attribute) {
					if a.Derive != "" {
						a.Derive = ""
					} else {
						a.Derive = annotate.QuotationDerivation
					}
				})
			},
		})
	}
	b.level(a.Level, false, func(v annotate.Level) { set("level", func(a *annotate.Attribute) { a.Level = v }) })
	b.texts(a.Guideline, a.Example, func(t string) { set("guideline", func(a *annotate.Attribute) { a.Guideline = t }) },
		func(t string) { set("example", func(a *annotate.Attribute) { a.Example = t }) })
}

// become makes an attribute one of another kind, without what only its old kind has.
func become(a *annotate.Attribute, kind annotate.AttributeKind) {
	choice := kind == annotate.ChoiceKind || kind == annotate.SeveralKind
	number := kind == annotate.IntegerKind || kind == annotate.NumberKind
	a.Kind = kind
	if !choice {
		a.Values, a.Derive = nil, ""
	} else if len(a.Values) == 0 {
		a.Values = []annotate.Choice{{Name: "value"}}
	}
	if !number {
		a.Min, a.Max = nil, nil
	}
	if kind != annotate.TextKind {
		a.Pattern = ""
	}
	if kind != annotate.ConceptKind {
		a.Of = nil
	}
	if a.Default != nil && a.Problem(*a.Default) != "" {
		a.Default = nil
	}
}

// float adds a number to type; an empty line is none.
func (b *fieldSet) float(property, name string, value *float64, set func(*float64)) {
	text := ""
	if value != nil {
		text = strconv.FormatFloat(*value, 'g', -1, 64)
	}
	b.entry(property, name, text, "no bound", "The bound itself is allowed.", func(text string) {
		if n, err := strconv.ParseFloat(strings.TrimSpace(text), 64); err == nil {
			set(&n)
		} else {
			set(nil)
		}
	})
	b.fields[len(b.fields)-1].check = func(text string) string {
		if text = strings.TrimSpace(text); text != "" {
			if _, ok := annotate.Number(text); !ok {
				return "A number, as in 3 or -0.5, or nothing."
			}
		}
		return ""
	}
}

// siblings returns the other attributes of the same annotation.
func (b *fieldSet) siblings(a *annotate.Attribute) []annotate.Attribute {
	var all []annotate.Attribute
	switch x := b.draft.Item(b.draft.Owner(b.path)).(type) {
	case *annotate.Scheme:
		all = x.Document
	case *annotate.SpanLabel:
		all = b.draft.Scheme().AttributesOf(x.Label)
	case *annotate.RelationLabel:
		all = x.Attributes
	case *annotate.RecordLabel:
		all = x.Attributes
	}
	return slices.DeleteFunc(slices.Clone(all), func(o annotate.Attribute) bool { return o.Name == a.Name })
}

// conditions adds, for each other attribute that can be one, the values of it with
// which this one applies.
func (b *fieldSet) conditions(a *annotate.Attribute, set func(string, func(*annotate.Attribute))) {
	others := b.siblings(a)
	shown := false
	for i := range others {
		o := &others[i]
		var values []annotate.Value
		switch o.Kind {
		case annotate.BooleanKind:
			values = []annotate.Value{annotate.Bool(true), annotate.Bool(false)}
		case annotate.ChoiceKind, annotate.SeveralKind:
			for c := range o.Choices() {
				values = append(values, annotate.Text(c.Name))
			}
		}
		at := slices.IndexFunc(a.When, func(c annotate.Condition) bool { return c.Attribute == o.Name })
		if len(values) == 0 || len(values) > 2*shownAtOnce && at < 0 {
			continue
		}
		items := make([]item, len(values))
		for k, v := range values {
			on := at >= 0 && slices.ContainsFunc(a.When[at].Is, v.Equal)
			items[k] = item{text: sayValue(v), on: on, act: func() {
				set("when", func(a *annotate.Attribute) { a.When = toggled(a.When, o.Name, v, on) })
			}}
		}
		name := "only if " + o.Name
		b.switches("when "+o.Name, name, "It applies only where the other attribute has one of these values.", items...)
		shown = true
	}
	for _, c := range a.When { // of attributes that are gone
		if !slices.ContainsFunc(others, func(o annotate.Attribute) bool { return o.Name == c.Attribute }) {
			b.switches("when", "only if "+c.Attribute, "", item{text: "no longer there: drop the condition", act: func() {
				set("when", func(a *annotate.Attribute) {
					a.When = emptyless(slices.DeleteFunc(slices.Clone(a.When), func(o annotate.Condition) bool { return o.Attribute == c.Attribute }))
				})
			}})
			shown = true
		}
	}
	if !shown {
		b.add(formField{field: field{kind: readingField, key: "when", name: "applies", text: "always"}, tone: dimTone})
	}
}

func emptyless(when []annotate.Condition) []annotate.Condition {
	if len(when) == 0 {
		return nil
	}
	return when
}

// toggled returns conditions with one value more or less.
func toggled(when []annotate.Condition, name string, v annotate.Value, on bool) []annotate.Condition {
	when = slices.Clone(when)
	at := slices.IndexFunc(when, func(c annotate.Condition) bool { return c.Attribute == name })
	if at < 0 {
		return append(when, annotate.Condition{Attribute: name, Is: []annotate.Value{v}})
	}
	is := slices.DeleteFunc(slices.Clone(when[at].Is), v.Equal)
	if !on {
		is = append(is, v)
	}
	if len(is) == 0 {
		return emptyless(slices.Delete(when, at, at+1))
	}
	when[at].Is = is
	return when
}

func sayValue(v annotate.Value) string {
	if yes, ok := v.Bool(); ok {
		if yes {
			return "yes"
		}
		return "no"
	}
	return v.String()
}

// initial adds the value that a new annotation begins with.
func (b *fieldSet) initial(a *annotate.Attribute, set func(string, func(*annotate.Attribute))) {
	const hint = "What a new annotation begins with."
	put := func(v *annotate.Value) { set("default", func(a *annotate.Attribute) { a.Default = v }) }
	var values []annotate.Value
	switch a.Kind {
	case annotate.BooleanKind:
		values = []annotate.Value{annotate.Bool(true), annotate.Bool(false)}
	case annotate.ChoiceKind:
		for c := range a.Choices() {
			if !c.Heading {
				values = append(values, annotate.Text(c.Name))
			}
		}
	case annotate.ConceptKind:
		return
	case annotate.SeveralKind:
		var chosen []string
		if a.Default != nil {
			chosen, _ = a.Default.Choices()
		}
		var all []string
		for c := range a.Choices() {
			all = append(all, c.Name)
		}
		b.many("default", "default", all, chosen, hint, func(names []string) {
			if len(names) == 0 {
				put(nil)
				return
			}
			v := annotate.Choices(names...)
			put(&v)
		})
		return
	default:
		text := ""
		if a.Default != nil {
			text = a.Default.String()
		}
		b.entry("default", "default", text, "none", hint, func(text string) {
			if text == "" {
				put(nil)
				return
			}
			v := annotate.Text(text)
			if n, ok := annotate.Number(text); ok && a.Kind != annotate.TextKind && a.Kind != annotate.DateKind {
				v = n
			}
			put(&v)
		})
		return
	}
	if len(values) > 2*shownAtOnce { // a code book: typed
		text := ""
		if a.Default != nil {
			text = a.Default.String()
		}
		b.entry("default", "default", text, "none", hint, func(text string) {
			v := annotate.Text(text)
			if text == "" {
				put(nil)
				return
			}
			put(&v)
		})
		return
	}
	items := []item{{text: "none", on: a.Default == nil, act: func() { put(nil) }}}
	for _, v := range values {
		items = append(items, item{text: sayValue(v), on: a.Default != nil && a.Default.Equal(v), act: func() { put(&v) }})
	}
	b.switches("default", "default", hint, items...)
}

func (b *fieldSet) rule(r *annotate.Rule) {
	set := func(property string, f func(*annotate.Rule)) { session.Set(b.draft, b.path, property, f) }
	scheme := b.draft.Scheme()
	about := "overlap"
	switch {
	case len(r.Degree) > 0:
		about = "degree"
	case len(r.Acyclic) > 0:
		about = "acyclic"
	}
	relations := relationNames(scheme)
	b.pick("about", "is about", about, []alternative{
		{"overlap", "overlap", "How spans of two labels may share text."},
		{"degree", "degree", "In how many relations a span plays a role."},
		{"acyclic", "circles", "Relations that never lead from anything back to itself."},
	}, "What the rule is about.", func(v string) {
		if v == about || v != "overlap" && len(relations) == 0 {
			return
		}
		set("about", func(r *annotate.Rule) { *r = ruleAbout(v, scheme, r) })
	})
	switch about {
	case "overlap":
		b.many("overlap", "spans of", append([]string{"*"}, labelNames(scheme)...), r.Overlap, "One label, or two; * stands for any.", func(names []string) {
			set("overlap", func(r *annotate.Rule) { r.Overlap = names })
		})
		b.pick("allow", "may", string(r.Allow), []alternative{
			{"free", "overlap freely", "They may share text as they like."}, {"nest", "nest", "One may lie inside the other."}, {"none", "not overlap", "They share no character."},
		}, "The first rule that names both labels decides.", func(v string) { set("allow", func(r *annotate.Rule) { r.Allow = annotate.Overlap(v) }) })
	case "degree":
		b.many("degree", "relations", relations, r.Degree, "They are counted together.", func(names []string) {
			set("degree", func(r *annotate.Rule) { r.Degree = names })
		})
		b.many("of", "spans of", append([]string{"*"}, labelNames(scheme)...), r.Of, "Whose spans are meant; * stands for any.", func(names []string) {
			set("of", func(r *annotate.Rule) { r.Of = names })
		})
		var roles []alternative
		for _, name := range r.Degree {
			if def := scheme.Relation(name); def != nil {
				for i := range def.Roles {
					if n := def.Roles[i].Name; !slices.ContainsFunc(roles, func(o alternative) bool { return o.value == n }) {
						roles = append(roles, alternative{n, n, ""})
					}
				}
			}
		}
		b.pick("role", "play the role", r.Role, roles, "The role that is counted.", func(v string) { set("role", func(r *annotate.Rule) { r.Role = v }) })
		b.number("min", "at least", r.Min, "0", "In how many of the relations.", func(n int) { set("min", func(r *annotate.Rule) { r.Min = n }) })
		b.entry("max", "at most", whole(r.Max), "any number", "In how many of the relations; 0 forbids it.", func(text string) {
			set("max", func(r *annotate.Rule) {
				r.Max = nil
				if n, err := strconv.Atoi(strings.TrimSpace(text)); err == nil {
					r.Max = &n
				}
			})
		})
	default:
		b.many("acyclic", "relations", relations, r.Acyclic, "Together they never lead from anything back to itself.", func(names []string) {
			set("acyclic", func(r *annotate.Rule) { r.Acyclic = names })
		})
	}
	b.level(r.Level, false, func(v annotate.Level) { set("level", func(r *annotate.Rule) { r.Level = v }) })
	b.entry("says", "says", r.Says, session.SayRule(&annotate.Rule{Overlap: r.Overlap, Allow: r.Allow, Degree: r.Degree, Of: r.Of, Role: r.Role, Min: r.Min, Max: r.Max, Acyclic: r.Acyclic}),
		"The sentence shown to who breaks the rule.", func(t string) { set("says", func(r *annotate.Rule) { r.Says = t }) })
}

// ruleAbout returns a rule about something else, right as it is.
func ruleAbout(about string, s *annotate.Scheme, r *annotate.Rule) annotate.Rule {
	next := annotate.Rule{Says: r.Says, Level: r.Level}
	switch about {
	case "overlap":
		next.Overlap, next.Allow = []string{"*"}, annotate.NestOverlap
	case "degree":
		one := 1
		next.Degree, next.Of, next.Max = []string{s.Relations[0].Label}, []string{"*"}, &one
		if roles := s.Relations[0].Roles; len(roles) > 0 {
			next.Role = roles[0].Name
		}
	default:
		next.Acyclic = []string{s.Relations[0].Label}
	}
	return next
}
