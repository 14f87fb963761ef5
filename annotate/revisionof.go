package annotate

import "slices"

// Of returns what a state becomes, nil if it is deleted, and which steps touch it, each
// once and in order. A state that nothing touches, or whose every touch is a Keep, is
// returned itself. What points at something deleted is the caller's business.
func (r *Revision) Of(state State) (after State, touched []Touch) {
	t := &becoming{revision: r, fates: map[int]Fate{}}
	switch e := state.(type) {
	case *Span:
		c := e.Clone()
		t.label(r.spans, &c.Label, &c.Attributes)
		t.flag(&c.Flag)
		after = c
	case *Relation:
		c := e.Clone()
		t.relation(c)
		after = c
	case *Record:
		c := e.Clone()
		t.label(r.records, &c.Label, &c.Attributes)
		t.flag(&c.Flag)
		after = c
	case *Assessment:
		c := e.Clone()
		c.Labels = t.values(r.document, c.Labels)
		t.flag(&c.Flag)
		after = c
	case *Concept:
		c := e.Clone()
		t.name(r.kinds[c.Kind], &c.Kind)
		after = c
	}
	switch {
	case t.deleted:
		return nil, t.touches()
	case !t.changed:
		return state, t.touches()
	}
	return after, t.touches()
}

// becoming collects what happens to one state.
type becoming struct {
	revision *Revision
	fates    map[int]Fate
	changed  bool
	deleted  bool
}

// fateOrder is what a step is said to do to a state to which it does several things.
var fateOrder = map[Fate]int{Keep: 1, Into: 2, Drop: 3}

// touch notes what a step does. Without a step nothing is to be counted.
func (t *becoming) touch(step int, fate Fate) {
	t.changed = t.changed || fate != Keep
	if step != none && fateOrder[fate] > fateOrder[t.fates[step]] {
		t.fates[step] = fate
	}
}

func (t *becoming) touches() []Touch {
	var all []Touch
	for _, step := range SortedKeys(t.fates) {
		all = append(all, Touch{step, t.fates[step]})
	}
	return all
}

// label makes the label and the values of an annotation what they become.
func (t *becoming) label(rules map[string]*labelRule, label *string, values *map[string]Value) *labelRule {
	rule := rules[*label]
	if rule == nil {
		return nil
	}
	attributes := rule.attributes
	switch t.name(&rule.nameRule, label) {
	case Drop:
		t.deleted = true
		return rule
	case Into:
		if rule.removed {
			attributes = rule.into
		}
	}
	*values = t.values(attributes, *values)
	return rule
}

// name makes a name what it becomes and returns its fate, "" if nothing happens to it.
// A dropped one becomes empty.
func (t *becoming) name(rule *nameRule, name *string) Fate {
	if rule == nil || !rule.removed && rule.to == *name {
		return ""
	}
	fate, to := Into, rule.to
	switch {
	case rule.lost:
		fate = Drop
	case rule.removed:
		decided := &t.revision.Steps[rule.step]
		fate, to = decided.Fate(), decided.Decision.Into
	}
	t.touch(rule.step, fate)
	if fate != Keep {
		*name = to
	}
	return fate
}

func (t *becoming) flag(flag *string) {
	if !t.deleted {
		t.name(t.revision.flags[*flag], flag)
	}
}

// relation makes a relation what it becomes. One that is left without arguments goes.
func (t *becoming) relation(r *Relation) {
	rule := t.label(t.revision.relations, &r.Label, &r.Attributes)
	if t.deleted {
		return
	}
	t.flag(&r.Flag)
	if rule == nil || len(rule.roles) == 0 {
		return
	}
	kept := r.Arguments[:0]
	for _, a := range r.Arguments {
		if t.name(rule.roles[a.Role], &a.Role) != Drop && !slices.Contains(kept, a) {
			kept = append(kept, a)
		}
	}
	r.Arguments = kept
	t.deleted = len(kept) == 0
}

// values returns what values become; those that are moved to another name stand back
// behind one that is there.
func (t *becoming) values(rules map[string]*attributeRule, values map[string]Value) map[string]Value {
	after := map[string]Value{}
	var moved []string
	for _, name := range SortedKeys(values) {
		rule := rules[name]
		if rule == nil {
			after[name] = values[name]
			continue
		}
		if to := rule.target(t.revision.Steps); to != name && to != "" {
			moved = append(moved, name)
			continue
		}
		t.value(rule, name, values[name], after)
	}
	for _, name := range moved {
		t.value(rules[name], name, values[name], after)
	}
	if len(after) == 0 {
		return nil
	}
	return after
}

// target returns the name under which values are kept, "" if they are dropped.
func (r *attributeRule) target(steps []Step) string {
	if !r.removed || r.lost {
		return r.to
	}
	switch step := &steps[r.step]; step.Fate() {
	case Keep:
		return step.From
	case Into:
		return step.Decision.Into
	}
	return ""
}

// value puts what one value becomes into after.
func (t *becoming) value(rule *attributeRule, name string, v Value, after map[string]Value) {
	to := rule.target(t.revision.Steps)
	_, taken := after[to]
	switch {
	case to == "" || taken:
		t.touch(rule.step, Drop)
		return
	case rule.removed && to == name:
		t.touch(rule.step, Keep)
		after[name] = v
		return
	case to != name:
		t.touch(rule.step, Into)
	}
	v, ok := t.choices(rule, v)
	if ok && rule.from != nil && rule.becomes != nil && rule.from.Kind != rule.becomes.Kind {
		v, ok = t.convert(rule, v)
	}
	if ok {
		after[to] = v
	}
}

// choices returns a value with its choices as they are called now; ok is false if none is left.
func (t *becoming) choices(rule *attributeRule, v Value) (_ Value, ok bool) {
	if len(rule.values) == 0 {
		return v, true
	}
	if one, is := v.Text(); is {
		if fate := t.name(rule.values[one], &one); fate == Drop {
			return v, false
		}
		return Text(one), true
	}
	several, is := v.Choices()
	if !is {
		return v, true
	}
	var left []string
	for _, one := range several {
		if t.name(rule.values[one], &one) != Drop && !slices.Contains(left, one) {
			left = append(left, one)
		}
	}
	if len(left) == 0 && len(several) > 0 {
		return v, false
	}
	return Choices(left...), true
}

// convert returns the value of another kind that a value becomes; ok is false if it is
// dropped because there is none.
func (t *becoming) convert(rule *attributeRule, v Value) (_ Value, ok bool) {
	if converted, ok := rule.from.convert(v, rule.becomes); ok {
		t.touch(rule.retype, Into)
		return converted, true
	}
	if step := &t.revision.Steps[rule.retype]; step.Kind == RetypeStep && step.Fate() == Keep {
		t.touch(rule.retype, Keep)
		return v, true
	}
	t.touch(rule.retype, Drop)
	return v, false
}

// lead makes what a step removes become an item of the new scheme.
func (r *Revision) lead(step int, into string) error {
	s := &r.Steps[step]
	found := false
	switch s.About {
	case LabelItem:
		if def := r.To.Span(into); def != nil && !def.Abstract {
			found = true
			r.spans[s.From].into = leadAttributes(step, r.From.AttributesOf(s.From), r.To.AttributesOf(into), def.Open)
		}
	case RelationItem:
		if def := r.To.Relation(into); def != nil {
			found = true
			r.relations[s.From].into = leadAttributes(step, r.From.Relation(s.From).Attributes, def.Attributes, def.Open)
		}
	case RecordItem:
		if def := r.To.RecordLabel(into); def != nil {
			found = true
			r.records[s.From].into = leadAttributes(step, r.From.RecordLabel(s.From).Attributes, def.Attributes, false)
		}
	case RoleItem:
		found = r.offers(step, into)
	case AttributeItem:
		found = r.leadAttribute(step, into)
	case ValueItem:
		found = r.offersValue(step, into)
	case FlagItem:
		found = r.To.Flag(into) != nil
	case ConceptItem:
		found = slices.Contains(r.To.Concepts, into)
	}
	if !found {
		return Errorf(Invalid, "%s cannot become %q, which the new scheme does not have in its place", s.Item(), into)
	}
	return nil
}

// leadAttributes matches the attributes of a label with those of another that it
// becomes by a step, which loses the values that nothing takes.
func leadAttributes(step int, from, to []Attribute, open bool) map[string]*attributeRule {
	if open {
		return nil
	}
	rules := matchAttributes(from, to)
	for _, rule := range rules {
		rule.retype = step
		if rule.removed {
			rule.step, rule.lost = step, true
		}
		rule.loseValues(step)
	}
	return rules
}

// loseValues makes a step lose the choices that are not there after it.
func (r *attributeRule) loseValues(step int) {
	for _, value := range r.values {
		if value.removed {
			value.step, value.lost = step, true
		}
	}
}

// offers reports whether the relation whose role a step removes has another of that name.
func (r *Revision) offers(step int, role string) bool {
	for _, rule := range r.relations {
		if own := rule.roles[r.Steps[step].From]; own != nil && own.step == step {
			return r.To.Relation(rule.to).Role(role) != nil
		}
	}
	return false
}

// offersValue reports whether the attribute whose value a step removes has another of that name.
func (r *Revision) offersValue(step int, value string) bool {
	offers := false
	r.eachAttribute(func(rule *attributeRule, _ []Attribute) {
		own := rule.values[r.Steps[step].From]
		offers = offers || own != nil && own.step == step && rule.becomes.has(value)
	})
	return offers
}

// leadAttribute makes the attribute that a step removes become another of its label.
// It reports whether there is one of that name.
func (r *Revision) leadAttribute(step int, into string) bool {
	found := false
	r.eachAttribute(func(rule *attributeRule, after []Attribute) {
		if other := attributeIn(after, into); rule.step == step && !rule.lost && other != nil {
			found = true
			rule.becomes, rule.retype = other, step
			rule.matchValues()
			rule.loseValues(step)
		}
	})
	return found
}

// eachAttribute calls do with what becomes of every attribute, and the attributes that
// its owner has afterwards.
func (r *Revision) eachAttribute(do func(rule *attributeRule, after []Attribute)) {
	each := func(rules map[string]*attributeRule, after []Attribute) {
		for _, rule := range rules {
			do(rule, after)
		}
	}
	for _, rule := range r.spans {
		each(rule.attributes, r.To.AttributesOf(rule.to))
	}
	for _, rule := range r.relations {
		if def := r.To.Relation(rule.to); def != nil {
			each(rule.attributes, def.Attributes)
		}
	}
	for _, rule := range r.records {
		if def := r.To.RecordLabel(rule.to); def != nil {
			each(rule.attributes, def.Attributes)
		}
	}
	each(r.document, r.To.Document)
}
