package annotate

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
)

var (
	colorPattern = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)
	keyPattern   = regexp.MustCompile(`^[\p{L}\p{Nd}]$`)
)

// CommandKeys are the letters that do something in the text by themselves, so that they
// never reach a label or flag.
const CommandKeys = "aceEfknrx"

// manyLabels is from how many labels on a scheme is hard to work with.
const manyLabels = 100

// Check reports the first thing that makes the scheme contradict itself.
func (s *Scheme) Check() error {
	for _, p := range s.Problems() {
		if !p.Warning {
			return Errorf(Invalid, "%s", p.Sentence)
		}
	}
	return nil
}

// Problems returns everything that makes the scheme contradict itself, in the
// order it stands there, and warnings about what is probably not meant.
func (s *Scheme) Problems() []Problem {
	c := &schemeCheck{scheme: s, keys: map[string]string{}, spans: map[string]bool{}, relations: map[string]bool{}}
	c.check()
	return c.problems
}

// schemeCheck goes through a scheme and notes what is wrong.
type schemeCheck struct {
	scheme           *Scheme
	problems         []Problem
	keys             map[string]string // → what has the key
	spans, relations map[string]bool
}

func (c *schemeCheck) refuse(path, format string, args ...any) {
	c.problems = append(c.problems, Problem{Path: path, Sentence: fmt.Sprintf(format, args...)})
}

func (c *schemeCheck) warn(path, format string, args ...any) {
	c.problems = append(c.problems, Problem{Path: path, Warning: true, Sentence: fmt.Sprintf(format, args...)})
}

func (c *schemeCheck) check() {
	s := c.scheme
	if s.Name == "" {
		c.refuse("$.name", "the scheme has no name")
	}
	c.level("$.level", "the scheme", s.Level)
	if s.Snap != "" && s.Snap != TokenSnap && s.Snap != CharacterSnap {
		c.refuse("$.snap", "snap %q is neither token nor character", s.Snap)
	}
	for i, t := range s.Trim {
		if t != QuotesTrim && t != StopTrim {
			c.refuse(fmt.Sprintf("$.trim[%d]", i), "trim %q is neither quotes nor stop", t)
		}
	}
	for _, l := range s.Spans {
		c.spans[l.Label] = true
	}
	for _, r := range s.Relations {
		c.relations[r.Label] = true
	}
	seen := map[string]bool{}
	for i := range s.Spans {
		c.span(fmt.Sprintf("$.spans[%d]", i), &s.Spans[i], seen)
	}
	if len(s.Spans) > manyLabels {
		c.warn("$.spans", "the scheme has %d labels; beyond %d nobody finds them, and few have a key", len(s.Spans), manyLabels)
	}
	seen = map[string]bool{}
	for i := range s.Relations {
		c.relation(fmt.Sprintf("$.relations[%d]", i), &s.Relations[i], seen)
	}
	c.attributes("$.document", "the document", s.Document)
	c.records("$.records", "scheme "+s.Name, s.Records, map[string]bool{})
	for i, kind := range s.Concepts {
		if kind == "" || slices.Contains(s.Concepts[:i], kind) {
			c.refuse(fmt.Sprintf("$.concepts[%d]", i), "the kinds of concept of scheme %s need names of their own", s.Name)
		}
	}
	for i := range s.Rules {
		c.rule(fmt.Sprintf("$.rules[%d]", i), &s.Rules[i])
	}
	flags := map[string]bool{}
	for i, f := range s.Flags {
		path := fmt.Sprintf("$.flags[%d]", i)
		if f.Name == "" || flags[f.Name] {
			c.refuse(path, "the flags of scheme %s need names of their own", s.Name)
		}
		flags[f.Name] = true
		c.key(path+".key", "flag "+f.Name, f.Key)
	}
	former(c, "label", s.Spans, spanName, spanFormerly, inList("$.spans"))
	former(c, "relation", s.Relations, relationName, relationFormerly, inList("$.relations"))
	former(c, "flag", s.Flags, flagName, flagFormerly, inList("$.flags"))
	former(c, "record", recordLabels(s.Records), recordName, recordFormerly, func(int) string { return "$.records" })
}

func (c *schemeCheck) level(path, owner string, l Level) {
	if l != "" && l != Warn && l != Forbid {
		c.refuse(path, "level %q of %s is neither warn nor forbid", l, owner)
	}
}

func (c *schemeCheck) key(path, owner, key string) {
	switch other := c.keys[key]; {
	case key == "":
	case !IsKey(key):
		c.refuse(path, "key %q of %s must be one digit or letter", key, owner)
	case other != "":
		c.refuse(path, "%s and %s have the same key %s", other, owner, key)
	default:
		c.keys[key] = owner
		if strings.Contains(CommandKeys, key) {
			c.warn(path, "key %s of %s does something else in the window and does not reach it", key, owner)
		}
	}
}

// IsKey reports whether key can arm a label: one digit or letter.
func IsKey(key string) bool { return keyPattern.MatchString(key) }

func (c *schemeCheck) color(path, owner, color string) {
	if color != "" && !colorPattern.MatchString(color) {
		c.refuse(path, "colour %q of %s must be written #rrggbb", color, owner)
	}
}

func (c *schemeCheck) span(path string, l *SpanLabel, seen map[string]bool) {
	if l.Label == "" {
		c.refuse(path+".label", "a span label of scheme %s is empty", c.scheme.Name)
	} else if seen[l.Label] {
		c.refuse(path+".label", "span label %s stands twice in scheme %s", l.Label, c.scheme.Name)
	}
	seen[l.Label] = true
	owner := "label " + l.Label
	c.key(path+".key", owner, l.Key)
	c.color(path+".color", owner, l.Color)
	c.level(path+".level", owner, l.Level)
	if l.Abstract && l.Key != "" {
		c.warn(path+".key", "label %s is abstract, so its key does nothing", l.Label)
	}
	attributes := l.Attributes
	if l.Parent != "" {
		switch {
		case !c.spans[l.Parent]:
			c.refuse(path+".parent", "the parent of label %s is %s, which the scheme does not have", l.Label, l.Parent)
		case c.descends(l):
			c.refuse(path+".parent", "label %s is its own parent by way of %s", l.Label, l.Parent)
		default:
			attributes = c.scheme.AttributesOf(l.Label)
		}
	}
	c.attributesFrom(path+".attributes", l.Label, attributes, len(attributes)-len(l.Attributes))
}

// descends reports whether going from parent to parent leads back to l.
func (c *schemeCheck) descends(l *SpanLabel) bool {
	at := l.Parent
	for range c.scheme.Spans {
		if at == l.Label {
			return true
		}
		def := c.scheme.Span(at)
		if def == nil || def.Parent == "" {
			return false
		}
		at = def.Parent
	}
	return true // it leads into a cycle further up
}

func (c *schemeCheck) relation(path string, r *RelationLabel, seen map[string]bool) {
	if r.Label == "" {
		c.refuse(path+".label", "a relation label of scheme %s is empty", c.scheme.Name)
	} else if seen[r.Label] {
		c.refuse(path+".label", "relation label %s stands twice in scheme %s", r.Label, c.scheme.Name)
	}
	seen[r.Label] = true
	owner := "relation " + r.Label
	c.color(path+".color", owner, r.Color)
	c.level(path+".level", owner, r.Level)
	if r.Scope != "" && !slices.Contains([]Scope{SentenceScope, ParagraphScope, DocumentScope, ProjectScope}, r.Scope) {
		c.refuse(path+".scope", "scope %q of relation %s is none of sentence, paragraph, document and project", r.Scope, r.Label)
	}
	if len(r.Roles) == 0 && !r.Open {
		c.refuse(path, "relation %s has no roles", r.Label)
	}
	if (r.Symmetric || r.Transitive) && len(r.Roles) == 1 && r.Roles[0].Max == 1 {
		c.refuse(path, "relation %s leads from its only role to itself; it needs two roles, or more than one filler", r.Label)
	}
	roles := map[string]bool{}
	for i := range r.Roles {
		role, at := &r.Roles[i], fmt.Sprintf("%s.roles[%d]", path, i)
		if role.Name == "" || roles[role.Name] {
			c.refuse(at+".name", "the roles of relation %s need names of their own", r.Label)
		}
		roles[role.Name] = true
		c.role(at, r, role)
	}
	former(c, "role", r.Roles, roleName, roleFormerly, inList(path+".roles"))
	c.attributes(path+".attributes", r.Label, r.Attributes)
}

func (c *schemeCheck) role(path string, r *RelationLabel, role *Role) {
	c.level(path+".level", "role "+role.Name+" of relation "+r.Label, role.Level)
	if role.Min < 0 || role.Max < 0 {
		c.refuse(path, "role %s of relation %s cannot have fewer than 0 fillers", role.Name, r.Label)
	}
	if role.Max != 0 && role.Max < role.Min {
		c.refuse(path+".max", "role %s of relation %s wants at least %d fillers and at most %d", role.Name, r.Label, role.Min, role.Max)
	}
	for i, l := range role.Labels {
		if !c.spans[l] {
			c.refuse(fmt.Sprintf("%s.labels[%d]", path, i), "role %s of relation %s admits label %s, which the scheme does not have", role.Name, r.Label, l)
		}
	}
	for i, l := range role.Relations {
		if !c.relations[l] {
			c.refuse(fmt.Sprintf("%s.relations[%d]", path, i), "role %s of relation %s admits relation %s, which the scheme does not have", role.Name, r.Label, l)
		}
	}
}

func (c *schemeCheck) records(path, owner string, records []RecordLabel, seen map[string]bool) {
	for i := range records {
		r, at := &records[i], fmt.Sprintf("%s[%d]", path, i)
		if r.Label == "" || seen[r.Label] {
			c.refuse(at+".label", "the records of %s need names of their own, in the whole scheme", owner)
		}
		seen[r.Label] = true
		c.level(at+".level", "record "+r.Label, r.Level)
		if r.Min < 0 || r.Max < 0 || r.Max != 0 && r.Max < r.Min {
			c.refuse(at, "record %s is wanted at least %d times and at most %d", r.Label, r.Min, r.Max)
		}
		c.attributes(at+".attributes", r.Label, r.Attributes)
		c.records(at+".records", "record "+r.Label, r.Records, seen)
	}
}

func (c *schemeCheck) rule(path string, r *Rule) {
	c.level(path+".level", "a rule", r.Level)
	kinds := 0
	for _, list := range [][]string{r.Overlap, r.Degree, r.Acyclic} {
		if len(list) > 0 {
			kinds++
		}
	}
	if kinds != 1 {
		c.refuse(path, "a rule of scheme %s needs one of overlap, degree and acyclic", c.scheme.Name)
		return
	}
	relations := func(field string, labels []string) {
		for i, l := range labels {
			if !c.relations[l] {
				c.refuse(fmt.Sprintf("%s.%s[%d]", path, field, i), "a rule names relation %s, which the scheme does not have", l)
			}
		}
	}
	spans := func(field string, labels []string) {
		for i, l := range labels {
			if !c.spans[l] && l != anyLabel {
				c.refuse(fmt.Sprintf("%s.%s[%d]", path, field, i), "a rule names label %s, which the scheme does not have", l)
			}
		}
	}
	switch {
	case len(r.Overlap) > 0:
		spans("overlap", r.Overlap)
		if len(r.Overlap) > 2 {
			c.refuse(path+".overlap", "an overlap rule is about one or two labels, not %d", len(r.Overlap))
		}
		if !slices.Contains([]Overlap{FreeOverlap, NestOverlap, NoOverlap}, r.Allow) {
			c.refuse(path+".allow", "an overlap rule must allow free, nest or none, not %q", r.Allow)
		}
	case len(r.Degree) > 0:
		relations("degree", r.Degree)
		spans("of", r.Of)
		if len(r.Of) == 0 || r.Role == "" {
			c.refuse(path, "a degree rule needs the span labels it is of, and the role they play")
		}
		if r.Role != "" && !slices.ContainsFunc(r.Degree, func(l string) bool {
			def := c.scheme.Relation(l)
			return def == nil || def.Role(r.Role) != nil
		}) {
			c.refuse(path+".role", "none of the relations %s has a role %s", strings.Join(r.Degree, ", "), r.Role)
		}
		if r.Min < 0 || r.Max != nil && *r.Max < r.Min || r.Min == 0 && r.Max == nil {
			c.refuse(path, "a degree rule needs a least number, a greatest one that is not smaller, or both")
		}
	default:
		relations("acyclic", r.Acyclic)
		for i, l := range r.Acyclic {
			if def := c.scheme.Relation(l); def != nil && !def.Open && (len(def.Roles) < 2 || def.Symmetric) {
				c.warn(fmt.Sprintf("%s.acyclic[%d]", path, i), "relation %s does not lead from one role to another, so it is in no circle", l)
			}
		}
	}
}

// anyLabel stands for every span label in a rule.
const anyLabel = "*"

func (c *schemeCheck) attributes(path, owner string, attributes []Attribute) {
	c.attributesFrom(path, owner, attributes, 0)
}

// attributesFrom checks attributes of which the first few are inherited and have
// been checked where they stand.
func (c *schemeCheck) attributesFrom(path, owner string, attributes []Attribute, inherited int) {
	seen, named := map[string]bool{}, map[string]*Attribute{}
	for i := range attributes {
		if name := attributes[i].Name; named[name] == nil {
			named[name] = &attributes[i]
		}
	}
	for i := range attributes {
		a, at := &attributes[i], fmt.Sprintf("%s[%d]", path, i-inherited)
		fresh := a.Name != "" && !seen[a.Name]
		seen[a.Name] = true
		if i < inherited {
			continue
		}
		if !fresh {
			c.refuse(at+".name", "the attributes of %s need names of their own", owner)
			continue
		}
		c.attribute(at, owner, a)
		c.conditions(at, owner, a, named)
	}
	former(c, "attribute", attributes[inherited:], attributeName, attributeFormerly, inList(path))
}

func (c *schemeCheck) attribute(path, owner string, a *Attribute) {
	c.level(path+".level", "attribute "+a.Name+" of "+owner, a.Level)
	choice, number, concept := false, false, false
	switch a.Kind {
	case BooleanKind, TextKind, DateKind:
	case ConceptKind:
		concept = true
	case IntegerKind, NumberKind:
		number = true
	case ChoiceKind, SeveralKind:
		choice = true
		c.choices(path, owner, a)
	default:
		c.refuse(path+".kind", "attribute %s of %s is of unknown kind %q", a.Name, owner, a.Kind)
		return
	}
	if !choice && len(a.Values) > 0 {
		c.refuse(path+".values", "attribute %s of %s has values to choose from, but is of kind %s", a.Name, owner, a.Kind)
	}
	if !number && (a.Min != nil || a.Max != nil) {
		c.refuse(path, "attribute %s of %s has a range, but is of kind %s", a.Name, owner, a.Kind)
	}
	if !concept && len(a.Of) > 0 {
		c.refuse(path+".of", "attribute %s of %s names kinds of concept, but is of kind %s", a.Name, owner, a.Kind)
	}
	for i, kind := range a.Of {
		if len(c.scheme.Concepts) > 0 && !slices.Contains(c.scheme.Concepts, kind) {
			c.refuse(fmt.Sprintf("%s.of[%d]", path, i), "attribute %s of %s names concepts of kind %s, which the scheme does not have", a.Name, owner, kind)
		}
	}
	for _, bound := range []*float64{a.Min, a.Max} {
		if bound != nil && (math.IsInf(*bound, 0) || math.IsNaN(*bound)) {
			c.refuse(path, "attribute %s of %s has a bound that is no number; leave it out", a.Name, owner)
		}
	}
	if a.Min != nil && a.Max != nil && *a.Min > *a.Max {
		c.refuse(path+".max", "attribute %s of %s is at least %v and at most %v", a.Name, owner, *a.Min, *a.Max)
	}
	if a.Pattern != "" {
		if a.Kind != TextKind {
			c.refuse(path+".pattern", "attribute %s of %s has a pattern, but is of kind %s", a.Name, owner, a.Kind)
		} else if _, err := regexp.Compile(a.Pattern); err != nil {
			c.refuse(path+".pattern", "the pattern of attribute %s of %s is no regular expression: %s", a.Name, owner, oneLine(err.Error()))
		}
	}
	if a.Derive != "" && a.Derive != QuotationDerivation {
		c.refuse(path+".derive", "attribute %s of %s cannot be derived from %q, only from quotation", a.Name, owner, a.Derive)
	}
	if a.Derive != "" && !strings.HasPrefix(path, "$.spans") {
		c.warn(path+".derive", "attribute %s of %s is derived only where spans have it", a.Name, owner)
	}
	if a.Derive == QuotationDerivation && (a.Kind != ChoiceKind || a.Choice(directVoice) == nil || a.Choice(indirectVoice) == nil || a.Choice(mixedVoice) == nil) {
		c.refuse(path+".derive", "attribute %s of %s is derived from quotation marks, so it must be a choice of direct, indirect and mixed", a.Name, owner)
	}
	if a.Default != nil {
		if problem := a.Problem(*a.Default); problem != "" {
			c.refuse(path+".default", "the default of attribute %s of %s is no value of it: %s", a.Name, owner, problem)
		}
	}
}

// former warns of former names that lead nowhere, or that two items have.
func former[T any](c *schemeCheck, what string, items []T, name func(*T) string, formerly func(*T) []string, path func(item int) string) {
	is, had := map[string]bool{}, map[string]string{}
	for i := range items {
		is[name(&items[i])] = true
	}
	for i := range items {
		for _, old := range formerly(&items[i]) {
			switch other := had[old]; {
			case is[old]:
				c.warn(path(i), "%s %s was called %s formerly, but %s is a %s of its own", what, name(&items[i]), old, old, what)
			case other != "":
				c.warn(path(i), "%ss %s and %s were both called %s formerly; what is still called so becomes %s", what, other, name(&items[i]), old, other)
			default:
				had[old] = name(&items[i])
			}
		}
	}
}

// inList returns how the former names of the items of a list are found.
func inList(path string) func(int) string {
	return func(item int) string { return fmt.Sprintf("%s[%d].formerly", path, item) }
}

func (c *schemeCheck) choices(path, owner string, a *Attribute) {
	names, usable := map[string]bool{}, false
	for choice := range a.Choices() {
		if choice.Name == "" || names[choice.Name] {
			c.refuse(path+".values", "the values of attribute %s of %s need names of their own", a.Name, owner)
			return
		}
		names[choice.Name] = true
		usable = usable || !choice.Heading
	}
	former(c, "value", choicesOf(a), choiceName, choiceFormerly, func(int) string { return path + ".values" })
	if !usable {
		c.refuse(path, "attribute %s of %s has no values to choose from", a.Name, owner)
	}
}

func (c *schemeCheck) conditions(path, owner string, a *Attribute, named map[string]*Attribute) {
	for i := range a.When {
		w, at := &a.When[i], fmt.Sprintf("%s.when[%d]", path, i)
		other := named[w.Attribute]
		if other == nil {
			c.refuse(at+".attribute", "attribute %s of %s depends on %s, which %s does not have", a.Name, owner, w.Attribute, owner)
			continue
		}
		if len(w.Is) == 0 {
			c.refuse(at, "attribute %s of %s depends on %s, but on no value of it", a.Name, owner, w.Attribute)
		}
		for k, v := range w.Is {
			if !other.canBe(v) {
				c.refuse(fmt.Sprintf("%s.is[%d]", at, k), "attribute %s of %s depends on %s being %s, which it never is", a.Name, owner, w.Attribute, v)
			}
		}
	}
	if dependsOn(a, a.Name, named) {
		c.refuse(path+".when", "attribute %s of %s depends on itself", a.Name, owner)
	}
}

// canBe reports whether v, or for several choices a value that has v in it, is a value of a.
func (a *Attribute) canBe(v Value) bool {
	if name, ok := v.Text(); ok && (a.Kind == ChoiceKind || a.Kind == SeveralKind) {
		return a.Choice(name) != nil
	}
	return a.Problem(v) == ""
}

// dependsOn reports whether the conditions of a lead to the attribute of that name.
func dependsOn(a *Attribute, name string, named map[string]*Attribute) bool {
	seen := map[string]bool{}
	for open := []*Attribute{a}; len(open) > 0; {
		last := open[len(open)-1]
		open = open[:len(open)-1]
		for _, w := range last.When {
			if w.Attribute == name {
				return true
			}
			if next := named[w.Attribute]; next != nil && !seen[w.Attribute] {
				seen[w.Attribute] = true
				open = append(open, next)
			}
		}
	}
	return false
}
