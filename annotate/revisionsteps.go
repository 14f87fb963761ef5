package annotate

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// comparison writes down the steps of a revision, in the order of the schemes.
type comparison struct {
	*Revision
	merging bool // two items into one: only what happens to the values of the one that goes is said
}

// owner is what the items of a list belong to.
type owner struct {
	of    string // as in "label Claim"; empty for the scheme
	short string
}

func (c *comparison) scheme() {
	differ(c, SchemeItem, owner{}, "", c.From, c.To, schemeFields)
	c.labels()
	c.relationLabels()
	c.attributes(owner{"the document", "document"}, c.From.Document, c.To.Document, c.document)
	c.recordLabels()
	c.flagsAndKinds()
	c.rules()
}

// differ adds a step for what is looked at differently and one for what else is
// different between an item before and after.
func differ[T any](c *comparison, about ItemKind, in owner, name string, from, to *T, fields []field[T], more ...string) {
	var look, other []string
	for _, f := range fields {
		switch {
		case same(f.of(from), f.of(to)):
		case f.look:
			look = append(look, f.name)
		default:
			other = append(other, f.name)
		}
	}
	c.differs(LookStep, about, in, name, look)
	c.differs(AlterStep, about, in, name, append(other, more...))
}

func (c *comparison) differs(kind StepKind, about ItemKind, in owner, name string, fields []string) {
	if len(fields) == 0 || c.merging {
		return
	}
	c.add(Step{
		Kind: kind, About: about, From: name, To: name, Fields: fields,
		Sentence: fmt.Sprintf("changes %s of %s", joined(fields), itemName(about, name, in.of)),
	}, in)
}

// same compares two fields; a list that is not there is an empty one.
func same(x, y any) bool {
	if a, b := reflect.ValueOf(x), reflect.ValueOf(y); a.Kind() == reflect.Slice && a.Len() == 0 && b.Len() == 0 {
		return true
	}
	if v, ok := x.(*Value); ok {
		w := y.(*Value)
		return v == nil && w == nil || v != nil && w != nil && v.Equal(*w)
	}
	return reflect.DeepEqual(x, y)
}

// joined lists words as a sentence does.
func joined(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

func (c *comparison) add(s Step, in owner) int {
	s.Of, s.short = in.of, in.short
	c.Steps = append(c.Steps, s)
	return len(c.Steps) - 1
}

// names adds a step for each name that is another one, gone or new, and notes it in the
// rules. It calls both for what is in both schemes, by its old and its new name.
func (c *comparison) names(about ItemKind, in owner, from, to []string, rules map[string]*nameRule, both func(old, now string)) {
	came := map[string]bool{}
	for _, name := range from {
		rule := rules[name]
		came[rule.to] = true
		c.named(about, in, name, rule)
		if !rule.removed && both != nil {
			merging := c.merging
			c.merging = merging || rule.to != name && slices.Contains(from, rule.to)
			both(name, rule.to)
			c.merging = merging
		}
	}
	for _, name := range SortedKeys(rules) { // those that the old scheme did not have
		if !slices.Contains(from, name) {
			c.named(about, in, name, rules[name])
		}
	}
	for _, name := range to {
		if came[name] || c.merging {
			continue
		}
		sentence := fmt.Sprintf("adds %s %s", about, name)
		if in.of != "" {
			sentence += " to " + in.of
		}
		c.add(Step{Kind: AddStep, About: about, To: name, Sentence: sentence}, in)
	}
	c.order(about, in, from, to, rules)
}

// named adds the step for a name that is another one or gone.
func (c *comparison) named(about ItemKind, in owner, name string, rule *nameRule) {
	switch {
	case rule.step != none: // inherited, and said already
	case rule.removed:
		sentence := fmt.Sprintf("removes %s %s", about, name)
		if in.of != "" {
			sentence += " from " + in.of
		}
		rule.step = c.add(Step{Kind: RemoveStep, About: about, From: name, Sentence: sentence}, in)
	case rule.to != name:
		rule.step = c.add(Step{
			Kind: RenameStep, About: about, From: name, To: rule.to,
			Sentence: fmt.Sprintf("%s becomes %s", itemName(about, name, in.of), rule.to),
		}, in)
	}
}

// order adds a step if what is in both schemes stands in another order. That of roles
// says which way a relation leads.
func (c *comparison) order(about ItemKind, in owner, from, to []string, rules map[string]*nameRule) {
	var before, after []string
	for _, name := range from {
		if rule := rules[name]; !rule.removed && !slices.Contains(before, rule.to) {
			before = append(before, rule.to)
		}
	}
	for _, name := range to {
		if slices.Contains(before, name) && !slices.Contains(after, name) {
			after = append(after, name)
		}
	}
	if slices.Equal(before, after) || c.merging {
		return
	}
	kind := LookStep
	if about == RoleItem {
		kind = AlterStep
	}
	sentence := fmt.Sprintf("changes the order of the %ss", about)
	if in.of != "" {
		sentence += " of " + in.of
	}
	c.add(Step{Kind: kind, About: about, Fields: []string{"order"}, Sentence: sentence}, in)
}

func namesOf[T any](list []T, name func(*T) string) []string {
	names := make([]string, len(list))
	for i := range list {
		names[i] = name(&list[i])
	}
	return names
}

// labelNames returns the rules for the names alone; their steps are those of the labels.
func labelNames(rules map[string]*labelRule) map[string]*nameRule {
	names := make(map[string]*nameRule, len(rules))
	for label, rule := range rules {
		names[label] = &rule.nameRule
	}
	return names
}

func (c *comparison) labels() {
	c.names(LabelItem, owner{}, namesOf(c.From.Spans, spanName), namesOf(c.To.Spans, spanName), labelNames(c.spans), func(old, now string) {
		from, to := *c.From.Span(old), c.To.Span(now)
		if rule := c.spans[from.Parent]; rule != nil && !rule.removed {
			from.Parent = rule.to
		}
		differ(c, LabelItem, owner{}, old, &from, to, spanFields)
		if to.Open {
			return
		}
		c.attributesOf(owner{"label " + old, old}, c.From.AttributesOf(old), c.To.AttributesOf(now), c.spans[old].attributes,
			func(name string) bool { return c.definer(c.To, now, name) == now })
	})
}

func (c *comparison) relationLabels() {
	c.names(RelationItem, owner{}, namesOf(c.From.Relations, relationName), namesOf(c.To.Relations, relationName), labelNames(c.relations), func(old, now string) {
		from, to := c.From.Relation(old), c.To.Relation(now)
		in := owner{"relation " + old, old}
		differ(c, RelationItem, owner{}, old, from, to, relationFields)
		if to.Open {
			return
		}
		c.names(RoleItem, in, namesOf(from.Roles, roleName), namesOf(to.Roles, roleName), c.relations[old].roles, func(old, now string) {
			role := *from.Role(old)
			role.Labels = renamedAll(role.Labels, labelNames(c.spans))
			role.Relations = renamedAll(role.Relations, labelNames(c.relations))
			differ(c, RoleItem, in, old, &role, to.Role(now), roleFields)
		})
		c.attributes(in, from.Attributes, to.Attributes, c.relations[old].attributes)
	})
}

// renamedAll returns names as they are called now.
func renamedAll(names []string, rules map[string]*nameRule) []string {
	var now []string
	for _, name := range names {
		if rule := rules[name]; rule != nil && !rule.removed {
			name = rule.to
		}
		if !slices.Contains(now, name) {
			now = append(now, name)
		}
	}
	return now
}

func (c *comparison) recordLabels() {
	from, to := recordLabels(c.From.Records), recordLabels(c.To.Records)
	c.names(RecordItem, owner{}, namesOf(from, recordName), namesOf(to, recordName), labelNames(c.records), func(old, now string) {
		from, to := c.From.RecordLabel(old), c.To.RecordLabel(now)
		var moved []string
		parent := c.From.RecordParent(old)
		if renamedAll([]string{parent}, labelNames(c.records))[0] != c.To.RecordParent(now) {
			moved = []string{"place"}
		}
		differ(c, RecordItem, owner{}, old, from, to, recordFields, moved...)
		c.attributes(owner{"record " + old, old}, from.Attributes, to.Attributes, c.records[old].attributes)
	})
}

func (c *comparison) flagsAndKinds() {
	c.names(FlagItem, owner{}, namesOf(c.From.Flags, flagName), namesOf(c.To.Flags, flagName), c.flags, func(old, now string) {
		differ(c, FlagItem, owner{}, old, c.From.Flag(old), c.To.Flag(now), flagFields)
	})
	c.names(ConceptItem, owner{}, c.From.Concepts, c.To.Concepts, c.kinds, nil)
}

func (c *comparison) attributes(in owner, from, to []Attribute, rules map[string]*attributeRule) {
	c.attributesOf(in, from, to, rules, func(string) bool { return true })
}

// attributesOf compares the attributes of a label; own tells which of those after are
// not inherited. What is inherited alike is said once, where it stands.
func (c *comparison) attributesOf(in owner, from, to []Attribute, rules map[string]*attributeRule, own func(string) bool) {
	names := make(map[string]*nameRule, len(rules))
	for name, rule := range rules {
		if rule.at == "" || rule.at == in.short {
			names[name] = &rule.nameRule
		}
	}
	old := slices.DeleteFunc(namesOf(from, attributeName), func(name string) bool { return names[name] == nil })
	now := slices.DeleteFunc(namesOf(to, attributeName), func(name string) bool {
		return !own(name) && !slices.ContainsFunc(old, func(o string) bool { return names[o].to == name })
	})
	c.names(AttributeItem, in, old, now, names, func(old, now string) {
		rule := rules[old]
		if rule.from == nil || rule.becomes == nil || rule.retype != none || rule.said {
			return
		}
		rule.said = true
		c.attribute(in, rule, rules)
	})
}

func (c *comparison) attribute(in owner, rule *attributeRule, siblings map[string]*attributeRule) {
	from, to := *rule.from, rule.becomes
	if from.Kind != to.Kind {
		rule.retype = c.add(Step{
			Kind: RetypeStep, About: AttributeItem, From: from.Name, To: to.Name,
			Sentence: fmt.Sprintf("%s becomes one of kind %s, which was %s", itemName(AttributeItem, from.Name, in.of), to.Kind, from.Kind),
		}, in)
	}
	within := owner{fmt.Sprintf("attribute %s of %s", from.Name, in.of), in.short + "." + from.Name}
	if rule.values != nil {
		before, after := choicesOf(&from), choicesOf(to)
		c.names(ValueItem, within, namesOf(before, choiceName), namesOf(after, choiceName), rule.values, func(old, now string) {
			var moved []string
			above := renamedAll([]string{from.above(old)}, rule.values)[0]
			if above != to.above(now) {
				moved = []string{"place"}
			}
			differ(c, ValueItem, within, old, from.Choice(old), to.Choice(now), choiceFields, moved...)
		})
	}
	from.When = renamedConditions(from.When, siblings)
	if from.Default != nil {
		v := rule.renamedValue(*from.Default)
		from.Default = &v
	}
	from.Of = renamedAll(from.Of, c.kinds)
	differ(c, AttributeItem, in, from.Name, &from, to, attributeFields)
}

// above returns the choice in which the one of that name lies, "" at the top.
func (a *Attribute) above(name string) string {
	for outer := range a.Choices() {
		if slices.ContainsFunc(outer.Values, func(inner Choice) bool { return inner.Name == name }) {
			return outer.Name
		}
	}
	return ""
}

// renamedConditions returns conditions with attributes and values as they are called now.
func renamedConditions(when []Condition, rules map[string]*attributeRule) []Condition {
	var now []Condition
	for _, w := range when {
		w.Is = slices.Clone(w.Is)
		if rule := rules[w.Attribute]; rule != nil && !rule.removed {
			w.Attribute = rule.to
			for i := range w.Is {
				w.Is[i] = rule.renamedValue(w.Is[i])
			}
		}
		now = append(now, w)
	}
	return now
}

// renamedValue returns a value with its choices as they are called now.
func (r *attributeRule) renamedValue(v Value) Value {
	if name, ok := v.Text(); ok {
		return Text(renamedAll([]string{name}, r.values)[0])
	}
	if names, ok := v.Choices(); ok {
		return Choices(renamedAll(names, r.values)...)
	}
	return v
}

// rules compares the rules between annotations; one that is different is another one.
func (c *comparison) rules() {
	var before []string
	for i := range c.From.Rules {
		rule := c.From.Rules[i]
		rule.Overlap = renamedAll(rule.Overlap, labelNames(c.spans))
		rule.Of = renamedAll(rule.Of, labelNames(c.spans))
		if len(rule.Degree) > 0 {
			rule.Role = c.renamedRole(rule.Degree, rule.Role)
		}
		rule.Degree = renamedAll(rule.Degree, labelNames(c.relations))
		rule.Acyclic = renamedAll(rule.Acyclic, labelNames(c.relations))
		before = append(before, rule.String())
	}
	after := namesOf(c.To.Rules, func(r *Rule) string { return r.String() })
	for _, rule := range before {
		if !slices.Contains(after, rule) {
			c.add(Step{Kind: RemoveStep, About: RuleItem, From: rule, Sentence: "removes the rule that " + rule}, owner{})
		}
	}
	for _, rule := range after {
		if !slices.Contains(before, rule) {
			c.add(Step{Kind: AddStep, About: RuleItem, To: rule, Sentence: "adds the rule that " + rule}, owner{})
		}
	}
}

// renamedRole returns what a role of the first of some relations that has it is called now.
func (c *comparison) renamedRole(relations []string, role string) string {
	for _, label := range relations {
		if rule := c.relations[label]; rule != nil && rule.roles[role] != nil && !rule.roles[role].removed {
			return rule.roles[role].to
		}
	}
	return role
}

// String returns the rule as the end of a sentence that begins with "the rule that".
func (r *Rule) String() string {
	var s string
	switch {
	case len(r.Overlap) > 0:
		pair := r.Overlap[0] + " and " + r.Overlap[len(r.Overlap)-1]
		s = map[Overlap]string{FreeOverlap: pair + " may share text", NestOverlap: pair + " lie in each other or apart", NoOverlap: pair + " share no text"}[r.Allow]
	case len(r.Degree) > 0:
		s = fmt.Sprintf("%s is %s of %s at least %s", strings.Join(r.Of, " or "), r.Role, strings.Join(r.Degree, " or "), times(r.Min))
		if r.Max != nil {
			s += fmt.Sprintf(" and at most %s", times(*r.Max))
		}
	default:
		s = strings.Join(r.Acyclic, " and ") + " lead in no circle"
	}
	if r.Level != "" {
		s += fmt.Sprintf(" (%s)", r.Level)
	}
	if r.Says != "" {
		s += fmt.Sprintf(": “%s”", r.Says)
	}
	return s
}
