package annotate

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Violation is a place where annotations break their scheme's rules.
type Violation struct {
	Document ID     `json:"document"`
	Entity   ID     `json:"entity"` // span, relation, record or assessment
	Rule     Breach `json:"rule"`
	Level    Level  `json:"level"`
	Missing  bool   `json:"missing,omitempty"` // something is not there yet; nothing that is there is wrong
	Sentence string `json:"sentence"`
}

// Breach names the rule that is broken.
type Breach string

// The rules.
const (
	LabelBreach       Breach = "label"       // no such label, or an abstract one
	AttributeBreach   Breach = "attribute"   // no such attribute, or not a value of it
	RequiredBreach    Breach = "required"    // an attribute that must be set is not
	ConditionBreach   Breach = "condition"   // an attribute is set that does not apply
	FlagBreach        Breach = "flag"        // no such flag
	TrimBreach        Breach = "trim"        // begins or ends with what should be left out
	ContiguousBreach  Breach = "contiguous"  // has a gap
	RoleBreach        Breach = "role"        // no such role
	FillerBreach      Breach = "filler"      // what plays a role may not
	CardinalityBreach Breach = "cardinality" // too few or too many play a role, or records
	ExclusiveBreach   Breach = "exclusive"   // plays a role in two relations
	ScopeBreach       Breach = "scope"       // arguments too far apart
	RepeatedBreach    Breach = "repeated"    // the same relation twice, or one that follows from others
	OverlapBreach     Breach = "overlap"
	DegreeBreach      Breach = "degree"
	CycleBreach       Breach = "cycle"
)

// Lookup finds what annotations point at and what is not in their layer. A nil
// function means that there is no such thing.
type Lookup struct {
	Span    func(ID) *Span    // of any document
	Concept func(ID) *Concept // what others were merged into for them
}

// breaches collects what is wrong with one entity. It prints as what sentences
// call the entity, which costs nothing while there is nothing to say.
type breaches struct {
	document, entity ID
	lookup           Lookup
	name             func() string
	found            []Violation
}

func (b *breaches) String() string { return b.name() }

func (b *breaches) add(rule Breach, level Level, format string, args ...any) {
	b.found = append(b.found, Violation{Document: b.document, Entity: b.entity, Rule: rule, Level: level, Sentence: fmt.Sprintf(format, args...)})
}

// lack adds that something is missing yet.
func (b *breaches) lack(rule Breach, level Level, format string, args ...any) {
	b.add(rule, level, format, args...)
	b.found[len(b.found)-1].Missing = true
}

// attributes checks values against their definitions. Whatever has a value that
// applies is also looked at for what else is required.
func (b *breaches) attributes(s *Scheme, defs []Attribute, values map[string]Value) {
	known := map[string]bool{}
	for i := range defs {
		a := &defs[i]
		known[a.Name] = true
		v, set := values[a.Name]
		applies := a.Applies(defs, values)
		switch {
		case set && !applies:
			b.add(ConditionBreach, s.level(a.Level), "%s: %s has a value, but %s", b, a.Name, a.unmet(defs, values))
		case !set && applies && a.Required:
			b.lack(RequiredBreach, s.level(a.Level), "%s: %s is not set", b, a.Name)
		case set:
			problem := a.Problem(v)
			if problem == "" && a.Kind == ConceptKind && b.lookup.Concept != nil {
				problem = a.linked(v, b.lookup.Concept)
			}
			if problem != "" {
				b.add(AttributeBreach, s.level(a.Level), "%s: %s", b, problem)
			}
		}
	}
	for _, name := range SortedKeys(values) {
		if !known[name] {
			b.add(AttributeBreach, s.level(), "%s: the scheme gives it no attribute %s", b, name)
		}
	}
}

// linked says why a may not be linked to the concept whose id v is, or nothing.
func (a *Attribute) linked(v Value, concept func(ID) *Concept) string {
	id, _ := v.Text()
	c := concept(ID(id))
	switch {
	case c == nil:
		return fmt.Sprintf("%s is a concept that does not exist", a.Name)
	case len(a.Of) > 0 && !slices.Contains(a.Of, c.Kind):
		return fmt.Sprintf("%s must be %s, but %s is %s", a.Name, strings.Join(a.Of, " or "), c.Name, cmp.Or(c.Kind, "of no kind"))
	}
	return ""
}

// unmet says which condition of a does not hold.
func (a *Attribute) unmet(defs []Attribute, values map[string]Value) string {
	for _, c := range a.When {
		if !c.holds(defs, values) {
			wanted := make([]string, len(c.Is))
			for i, v := range c.Is {
				wanted[i] = v.String()
			}
			return fmt.Sprintf("%s is not %s", c.Attribute, strings.Join(wanted, " or "))
		}
	}
	return ""
}

func (b *breaches) flag(s *Scheme, flag string) {
	if flag != "" && s.Flag(flag) == nil {
		b.add(FlagBreach, s.level(), "%s: the scheme has no flag %s", b, flag)
	}
}

// Problem says why v is not a value of a, or nothing.
func (a *Attribute) Problem(v Value) string {
	switch a.Kind {
	case BooleanKind:
		if _, ok := v.Bool(); !ok {
			return fmt.Sprintf("%s must be yes or no, not %s", a.Name, v)
		}
	case ChoiceKind:
		if choice, ok := v.Text(); !ok || !a.has(choice) {
			return fmt.Sprintf("%s cannot be %q; choose one of %s", a.Name, v, a.choices())
		}
	case SeveralKind:
		chosen, ok := v.Choices()
		if !ok {
			return fmt.Sprintf("%s must be a list of choices, not %s", a.Name, v)
		}
		for _, c := range chosen {
			if !a.has(c) {
				return fmt.Sprintf("%s cannot contain %q; choose from %s", a.Name, c, a.choices())
			}
		}
	case IntegerKind:
		digits, ok := v.Number()
		if _, err := strconv.ParseInt(digits, 10, 64); !ok || err != nil {
			return fmt.Sprintf("%s must be a whole number, not %s", a.Name, v)
		}
		return a.outside(digits)
	case NumberKind:
		digits, ok := v.Number()
		if !ok {
			return fmt.Sprintf("%s must be a number, not %s", a.Name, v)
		}
		return a.outside(digits)
	case DateKind:
		if text, ok := v.Text(); !ok || !isDate(text) {
			return fmt.Sprintf("%s must be a date such as 2026, 2026-03 or 2026-03-31, not %s", a.Name, v)
		}
	case ConceptKind:
		if id, ok := v.Text(); !ok || id == "" {
			return fmt.Sprintf("%s must be a concept, not %s", a.Name, v)
		}
	case TextKind:
		// Open attributes are of kind text and take lists too, as imported.
		if text, ok := v.Text(); ok && a.Pattern != "" && !matchesWhole(a.Pattern, text) {
			return fmt.Sprintf("%s must look like %s, which %q does not", a.Name, a.Pattern, text)
		}
	}
	return ""
}

// outside says that a number is not in a's range, or nothing.
func (a *Attribute) outside(digits string) string {
	n, err := strconv.ParseFloat(digits, 64)
	switch {
	case err != nil:
		return fmt.Sprintf("%s cannot be as large as %s", a.Name, digits)
	case a.Min != nil && n < *a.Min:
		return fmt.Sprintf("%s must be at least %v, not %s", a.Name, *a.Min, digits)
	case a.Max != nil && n > *a.Max:
		return fmt.Sprintf("%s must be at most %v, not %s", a.Name, *a.Max, digits)
	}
	return ""
}

// isDate reports whether s is a calendar date, month or year of ISO 8601.
func isDate(s string) bool {
	for _, layout := range []string{"2006-01-02", "2006-01", "2006"} {
		if _, err := time.Parse(layout, s); err == nil {
			return true
		}
	}
	return false
}

// compiled keeps the regular expressions of attributes, by their text.
var compiled sync.Map

func matchesWhole(pattern, text string) bool {
	known, ok := compiled.Load(pattern)
	if !ok {
		expression, err := regexp.Compile(`\A(?:` + pattern + `)\z`)
		if err != nil {
			return true // the scheme is refused for it
		}
		known, _ = compiled.LoadOrStore(pattern, expression)
	}
	return known.(*regexp.Regexp).MatchString(text)
}

// has reports whether a choice can be chosen.
func (a *Attribute) has(choice string) bool {
	c := a.Choice(choice)
	return c != nil && !c.Heading
}

// choices lists what can be chosen, the first few where there are many.
func (a *Attribute) choices() string {
	const listed = 12
	var names []string
	for c := range a.Choices() {
		if c.Heading {
			continue
		}
		if len(names) == listed {
			return strings.Join(names, ", ") + " …"
		}
		names = append(names, c.Name)
	}
	return strings.Join(names, ", ")
}
