package assets

import (
	"fmt"
	"slices"
	"strings"

	"spanwright/annotate"
)

// breaking is a rule of a scheme, something small that breaks it, and the violation
// that must be found then.
type breaking struct {
	rule   string
	states []annotate.State
	want   string
}

// word is what the spans of breakings cover.
const word = "word word\nword word word"

// wordAt returns the i-th word.
func wordAt(i int) annotate.Fragment { return annotate.Fragment{Start: 5 * i, End: 5*i + 4} }

func made(id, label string, attributes map[string]annotate.Value, words ...int) *annotate.Span {
	s := &annotate.Span{ID: annotate.ID(id), Document: writtenDocument, Annotator: writtenAnnotator, Label: label, Attributes: attributes}
	for _, i := range words {
		s.Fragments = append(s.Fragments, wordAt(i))
	}
	return s
}

func joined(id, label string, arguments ...annotate.Argument) *annotate.Relation {
	return &annotate.Relation{ID: annotate.ID(id), Document: writtenDocument, Annotator: writtenAnnotator, Label: label, Arguments: arguments}
}

// breakings returns one for each rule that stands with a label, a role or an attribute. Rules
// between annotations, exclusive roles and what leads in circles are broken by hand.
func breakings(s *annotate.Scheme) []breaking {
	var all []breaking
	for i := range s.Spans {
		l := &s.Spans[i]
		subject := l.Label + " “word”"
		level := level(s, l.Level)
		if l.Abstract {
			all = append(all, breaking{
				"abstract " + l.Label,
				[]annotate.State{made("s", l.Label, nil, 0)},
				fmt.Sprintf("%s label: %s: label %s only groups others; choose one of %s", level, subject, l.Label, strings.Join(s.Children(l.Label), ", ")),
			})
		}
		if l.Contiguous {
			all = append(all, breaking{
				"contiguous " + l.Label,
				[]annotate.State{made("s", l.Label, nil, 0, 2)},
				fmt.Sprintf("%s contiguous: %s “word word” has a gap, but a %s must not", level, l.Label, l.Label),
			})
		}
		owner := l
		if l.Abstract { // what has its attributes is one below it
			owner = s.Span(s.Children(l.Label)[0])
			subject = owner.Label + " “word”"
		}
		all = append(all, brokenAttributes(s, l.Label, subject, l.Attributes, func(values map[string]annotate.Value) annotate.State {
			return made("s", owner.Label, values, 0)
		})...)
	}
	for i := range s.Relations {
		all = append(all, brokenRelation(s, &s.Relations[i])...)
	}
	all = append(all, brokenAttributes(s, "document", "the document", s.Document, func(values map[string]annotate.Value) annotate.State {
		return &annotate.Assessment{Document: writtenDocument, Annotator: writtenAnnotator, Status: annotate.Done, Labels: values}
	})...)
	return append(all, brokenRecords(s, s.Records, "the document", "")...)
}

func level(s *annotate.Scheme, levels ...annotate.Level) annotate.Level {
	for _, l := range append(levels, s.Level, annotate.Warn) {
		if l != "" {
			return l
		}
	}
	return ""
}

func brokenRelation(s *annotate.Scheme, def *annotate.RelationLabel) []breaking {
	var all []breaking
	// filled returns a relation whose roles each have so many fillers, and these.
	filled := func(count func(role *annotate.Role) int, label func(role *annotate.Role) string, place int) []annotate.State {
		var states []annotate.State
		r := joined("r", def.Label)
		for i := range def.Roles {
			role := &def.Roles[i]
			for n := range count(role) {
				id := fmt.Sprintf("%s%d", role.Name, n)
				states = append(states, made(id, label(role), nil, i*place))
				r.Arguments = append(r.Arguments, annotate.Argument{Role: role.Name, Span: annotate.ID(id)})
			}
		}
		return append(states, r)
	}
	one := func(*annotate.Role) int { return 1 }
	admitted := func(role *annotate.Role) string {
		for i := range s.Spans {
			if s.Admits(role, s.Spans[i].Label) && !s.Spans[i].Abstract {
				return s.Spans[i].Label
			}
		}
		return ""
	}
	for i := range def.Roles {
		role := &def.Roles[i]
		of := func(n int) func(*annotate.Role) int {
			return func(other *annotate.Role) int {
				if other.Name == role.Name {
					return n
				}
				return 1
			}
		}
		level := level(s, role.Level)
		if role.Min > 0 {
			all = append(all, breaking{
				fmt.Sprintf("few %s %s", role.Name, def.Label), filled(of(role.Min-1), admitted, 1),
				fmt.Sprintf("%s cardinality: relation %s needs at least %d %s and has %d", level, def.Label, role.Min, role.Name, role.Min-1),
			})
		}
		if role.Max > 0 {
			all = append(all, breaking{
				fmt.Sprintf("many %s %s", role.Name, def.Label), filled(of(role.Max+1), admitted, 1),
				fmt.Sprintf("%s cardinality: relation %s takes at most %d %s and has %d", level, def.Label, role.Max, role.Name, role.Max+1),
			})
		}
		foreign := slices.IndexFunc(s.Spans, func(l annotate.SpanLabel) bool { return !s.Admits(role, l.Label) && !l.Abstract })
		if foreign < 0 {
			continue
		}
		names := slices.Clone(role.Labels)
		for _, r := range role.Relations {
			names = append(names, "relation "+r)
		}
		wrong := s.Spans[foreign].Label
		all = append(all, breaking{fmt.Sprintf("filler of %s %s", role.Name, def.Label), filled(one, func(other *annotate.Role) string {
			if other.Name == role.Name {
				return wrong
			}
			return admitted(other)
		}, 1), fmt.Sprintf("%s filler: the %s of relation %s must be %s, not %s", level, role.Name, def.Label, strings.Join(names, " or "), wrong)})
	}
	if def.Scope == annotate.ParagraphScope || def.Scope == annotate.SentenceScope {
		all = append(all, breaking{"scope " + def.Label, filled(one, admitted, 2), fmt.Sprintf("%s scope: relation %s must stay inside one %s, but its %s lies in another",
			level(s, def.Level), def.Label, def.Scope, def.Roles[1].Name)})
	}
	return append(all, brokenAttributes(s, def.Label, "relation "+def.Label, def.Attributes, func(values map[string]annotate.Value) annotate.State {
		r := joined("r", def.Label, annotate.Argument{Role: def.Roles[0].Name, Implicit: true})
		r.Attributes = values
		return r
	})...)
}

func brokenRecords(s *annotate.Scheme, defs []annotate.RecordLabel, around string, parent annotate.ID) []breaking {
	var all []breaking
	for i := range defs {
		def := &defs[i]
		some := func(n int) []annotate.State {
			var states []annotate.State
			if parent != "" {
				states = append(states, &annotate.Record{ID: parent, Document: writtenDocument, Annotator: writtenAnnotator, Label: strings.TrimPrefix(around, "record "), Rank: "V"})
			}
			for k := range n {
				states = append(states, &annotate.Record{ID: annotate.ID(fmt.Sprint(def.Label, k)), Document: writtenDocument, Annotator: writtenAnnotator, Label: def.Label, Parent: parent, Rank: "V"})
			}
			return states
		}
		if def.Min > 0 {
			all = append(all, breaking{"few " + def.Label, some(def.Min - 1), fmt.Sprintf("%s cardinality: %s needs at least %d %s and has %d", level(s, def.Level), around, def.Min, def.Label, def.Min-1)})
		}
		if def.Max > 0 {
			all = append(all, breaking{"many " + def.Label, some(def.Max + 1), fmt.Sprintf("%s cardinality: %s takes at most %d %s and has %d", level(s, def.Level), around, def.Max, def.Label, def.Max+1)})
		}
		all = append(all, brokenAttributes(s, def.Label, "record "+def.Label, def.Attributes, func(values map[string]annotate.Value) annotate.State {
			return &annotate.Record{ID: "x", Document: writtenDocument, Annotator: writtenAnnotator, Label: def.Label, Parent: parent, Rank: "V", Attributes: values}
		})...)
		all = append(all, brokenRecords(s, def.Records, "record "+def.Label, annotate.ID(def.Label+" around"))...)
	}
	return all
}

// brokenAttributes breaks what is said of attributes.
func brokenAttributes(s *annotate.Scheme, owner, subject string, defs []annotate.Attribute, with func(map[string]annotate.Value) annotate.State) []breaking {
	var all []breaking
	for i := range defs {
		a := &defs[i]
		add := func(rule string, values map[string]annotate.Value, format string, args ...any) {
			all = append(all, breaking{
				fmt.Sprintf("%s %s.%s", rule, owner, a.Name),
				[]annotate.State{with(values)},
				fmt.Sprintf("%s %s: %s: %s", level(s, a.Level), map[string]string{
					"required": "required", "condition": "condition",
				}[rule]+map[bool]string{true: "attribute"}[rule != "required" && rule != "condition"], subject, a.Name) + fmt.Sprintf(format, args...),
			})
		}
		set := func(v annotate.Value) map[string]annotate.Value {
			values := conditions(defs, a)
			values[a.Name] = v
			return values
		}
		if a.Required {
			add("required", conditions(defs, a), " is not set")
		}
		if len(a.When) > 0 {
			wanted := make([]string, len(a.When[0].Is))
			for k, v := range a.When[0].Is {
				wanted[k] = v.String()
			}
			add("condition", map[string]annotate.Value{a.Name: annotate.Text("x")}, " has a value, but %s is not %s", a.When[0].Attribute, strings.Join(wanted, " or "))
		}
		if a.Min != nil {
			n, _ := annotate.Number(fmt.Sprint(*a.Min - 1))
			add("least", set(n), " must be at least %v, not %v", *a.Min, *a.Min-1)
		}
		if a.Max != nil {
			n, _ := annotate.Number(fmt.Sprint(*a.Max + 1))
			add("most", set(n), " must be at most %v, not %v", *a.Max, *a.Max+1)
		}
		switch {
		case a.Pattern != "":
			add("pattern", set(annotate.Text("?")), " must look like %s, which %q does not", a.Pattern, "?")
		case a.Kind == annotate.DateKind:
			add("date", set(annotate.Text("soon")), " must be a date such as 2026, 2026-03 or 2026-03-31, not soon")
		case a.Kind == annotate.BooleanKind:
			add("value", set(annotate.Text("?")), " must be yes or no, not ?")
		case a.Kind == annotate.IntegerKind:
			add("value", set(annotate.Text("?")), " must be a whole number, not ?")
		case a.Kind == annotate.ConceptKind:
			add("concept", set(annotate.Text("nobody")), " is a concept that does not exist")
		case a.Kind == annotate.ChoiceKind:
			add("value", set(annotate.Text("?")), ` cannot be "?"; choose one of %s`, choices(a))
		case a.Kind == annotate.SeveralKind:
			add("value", set(annotate.Choices("?")), ` cannot contain "?"; choose from %s`, choices(a))
		}
	}
	return all
}

func choices(a *annotate.Attribute) string {
	var names []string
	for c := range a.Choices() {
		if !c.Heading {
			names = append(names, c.Name)
		}
	}
	return strings.Join(names, ", ")
}

// conditions returns values under which a applies.
func conditions(defs []annotate.Attribute, a *annotate.Attribute) map[string]annotate.Value {
	values := map[string]annotate.Value{}
	for _, c := range a.When {
		i := slices.IndexFunc(defs, func(d annotate.Attribute) bool { return d.Name == c.Attribute })
		for name, v := range conditions(defs, &defs[i]) {
			values[name] = v
		}
		values[c.Attribute] = c.Is[0]
	}
	return values
}
