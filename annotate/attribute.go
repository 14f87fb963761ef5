package annotate

import (
	"iter"
	"slices"
)

// AttributeKind says what values an attribute takes.
type AttributeKind string

// The kinds of attribute.
const (
	BooleanKind AttributeKind = "boolean"
	ChoiceKind  AttributeKind = "choice"  // one of Values or of those inside them
	SeveralKind AttributeKind = "several" // several of them at once
	IntegerKind AttributeKind = "integer"
	NumberKind  AttributeKind = "number"
	TextKind    AttributeKind = "text"
	DateKind    AttributeKind = "date"    // ISO 8601: 2026, 2026-03 or 2026-03-31
	ConceptKind AttributeKind = "concept" // the id of a [Concept]
)

// Attribute is a property of a span, relation, record or document.
type Attribute struct {
	Name     string        `json:"name" yaml:"name"`
	Formerly []string      `json:"formerly,omitempty" yaml:"formerly,omitempty"`
	Kind     AttributeKind `json:"kind" yaml:"kind"`
	Values   []Choice      `json:"values,omitempty" yaml:"values,omitempty"`   // of choice and several
	Min      *float64      `json:"min,omitempty" yaml:"min,omitempty"`         // of integer and number
	Max      *float64      `json:"max,omitempty" yaml:"max,omitempty"`         // of integer and number
	Of       []string      `json:"of,omitempty" yaml:"of,omitempty"`           // of concept: the admissible kinds of concept; none means any
	Pattern  string        `json:"pattern,omitempty" yaml:"pattern,omitempty"` // of text: a regular expression (RE2) for the whole of it
	// When lists conditions on other attributes of the same annotation; only where
	// all hold the attribute has a value.
	When     []Condition `json:"when,omitempty" yaml:"when,omitempty"`
	Required bool        `json:"required,omitempty" yaml:"required,omitempty"`
	// Default is the value a new annotation begins with, nil for none.
	Default *Value `json:"default,omitempty" yaml:"default,omitempty"`
	// Derive says what a new span's value is read from instead.
	Derive    Derivation `json:"derive,omitempty" yaml:"derive,omitempty"`
	Level     Level      `json:"level,omitempty" yaml:"level,omitempty"`
	Guideline string     `json:"guideline,omitempty" yaml:"guideline,omitempty"`
	Example   string     `json:"example,omitempty" yaml:"example,omitempty"`
}

// Choice is one value an attribute can take, and the narrower ones inside it.
type Choice struct {
	Name      string   `json:"name" yaml:"name"`
	Formerly  []string `json:"formerly,omitempty" yaml:"formerly,omitempty"`
	Title     string   `json:"title,omitempty" yaml:"title,omitempty"` // what a code of a code book stands for
	Guideline string   `json:"guideline,omitempty" yaml:"guideline,omitempty"`
	Example   string   `json:"example,omitempty" yaml:"example,omitempty"`
	Values    []Choice `json:"values,omitempty" yaml:"values,omitempty"`
	// Heading marks a choice that only groups those inside it.
	Heading bool `json:"heading,omitempty" yaml:"heading,omitempty"`
}

// Condition holds where the attribute has one of the values, or any of a
// several-choices value is one of them. A choice stands for those inside it too.
type Condition struct {
	Attribute string  `json:"attribute" yaml:"attribute"`
	Is        []Value `json:"is" yaml:"is"`
}

// Derivation is what a value can be read from.
type Derivation string

// QuotationDerivation reads from the quotation marks around a span whether it is
// quoted: the value is direct, indirect or mixed.
const QuotationDerivation Derivation = "quotation"

// Choices yields every choice of a, at any depth, and how deep it lies, in order.
func (a *Attribute) Choices() iter.Seq2[*Choice, int] {
	return func(yield func(*Choice, int) bool) { eachChoice(a.Values, 0, yield) }
}

func eachChoice(choices []Choice, depth int, yield func(*Choice, int) bool) bool {
	for i := range choices {
		if !yield(&choices[i], depth) || !eachChoice(choices[i].Values, depth+1, yield) {
			return false
		}
	}
	return true
}

// Choice returns the choice of that name at any depth, nil if there is none.
func (a *Attribute) Choice(name string) *Choice {
	for c := range a.Choices() {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// Applies reports whether a may have a value beside the other values of its
// annotation, whose attributes are defined by defs.
func (a *Attribute) Applies(defs []Attribute, values map[string]Value) bool {
	return !slices.ContainsFunc(a.When, func(c Condition) bool { return !c.holds(defs, values) })
}

func (c *Condition) holds(defs []Attribute, values map[string]Value) bool {
	v, set := values[c.Attribute]
	i := slices.IndexFunc(defs, func(a Attribute) bool { return a.Name == c.Attribute })
	if !set || i < 0 {
		return false
	}
	for _, wanted := range c.Is {
		if v.Equal(wanted) {
			return true
		}
		name, _ := wanted.Text()
		choice := defs[i].Choice(name)
		if choice == nil {
			continue
		}
		chosen, several := v.Choices()
		if !several {
			one, _ := v.Text()
			chosen = []string{one}
		}
		if slices.ContainsFunc(chosen, func(n string) bool { return choice.covers(n) }) {
			return true
		}
	}
	return false
}

// covers reports whether a choice is or contains the one of that name.
func (c *Choice) covers(name string) bool {
	return c.Name == name || slices.ContainsFunc(c.Values, func(inner Choice) bool { return inner.covers(name) })
}

// AttributesOf returns the attributes of spans of that label, those of its parents first.
func (s *Scheme) AttributesOf(label string) []Attribute {
	def := s.Span(label)
	switch {
	case def == nil:
		return nil
	case def.Parent == "":
		return def.Attributes
	}
	var lists [][]Attribute
	for range s.Spans { // a scheme that was not checked may lead in a circle
		lists = append(lists, def.Attributes)
		if def = s.Span(def.Parent); def == nil {
			break
		}
	}
	slices.Reverse(lists)
	return slices.Concat(lists...)
}

// Is reports whether label is that general one or has it among its parents.
func (s *Scheme) Is(label, general string) bool {
	for range len(s.Spans) + 1 { // a scheme that was not checked may lead in a circle
		if label == general {
			return true
		}
		def := s.Span(label)
		if def == nil || def.Parent == "" {
			return false
		}
		label = def.Parent
	}
	return false
}

// Admits reports whether a span of that label may play the role.
func (s *Scheme) Admits(r *Role, label string) bool {
	return len(r.Labels) == 0 && len(r.Relations) == 0 ||
		slices.ContainsFunc(r.Labels, func(general string) bool { return s.Is(label, general) })
}

// AdmitsRelation reports whether a relation of that label may play the role.
func (r *Role) AdmitsRelation(label string) bool {
	return len(r.Labels) == 0 && len(r.Relations) == 0 || slices.Contains(r.Relations, label)
}

// Settle makes values hold what follows from a change of them: what no longer applies
// goes, and what applies now and did not before begins with its default.
func Settle(defs []Attribute, before, values map[string]Value) {
	for range defs { // what goes may have been the condition of something else
		for i := range defs {
			a := &defs[i]
			_, set := values[a.Name]
			applies := a.Applies(defs, values)
			switch {
			case set && !applies && a.Applies(defs, before):
				delete(values, a.Name)
			case !set && applies && a.Default != nil && !a.Applies(defs, before):
				values[a.Name] = *a.Default
			}
		}
	}
}

// Initial returns the values that a new annotation begins with: what is read from
// the text around its fragments, and defaults.
func Initial(defs []Attribute, b *Body, fragments []Fragment) map[string]Value {
	values := map[string]Value{}
	for range defs { // a condition may come after what depends on it
		for i := range defs {
			a := &defs[i]
			if _, set := values[a.Name]; set || !a.Applies(defs, values) {
				continue
			}
			if v, ok := a.DeriveFrom(b, fragments); ok {
				values[a.Name] = v
			} else if a.Default != nil {
				values[a.Name] = *a.Default
			}
		}
	}
	if len(values) == 0 {
		return nil
	}
	return values
}

// Rederive returns values with those read from the text read anew after a span's
// fragments became others. What somebody changed since stays.
func Rederive(defs []Attribute, b *Body, before, after []Fragment, values map[string]Value) map[string]Value {
	for i := range defs {
		was, ok := defs[i].DeriveFrom(b, before)
		if v, set := values[defs[i].Name]; !ok || !set || !v.Equal(was) {
			continue
		}
		values[defs[i].Name], _ = defs[i].DeriveFrom(b, after)
	}
	return values
}
