package annotate

import "slices"

// none is the index of no step.
const none = -1

// nameRule is what becomes of a name.
type nameRule struct {
	step    int // that renames or removes it; none if it stays
	to      string
	removed bool
	lost    bool // removed, and nothing can be decided about it
}

// labelRule is what becomes of annotations of a label.
type labelRule struct {
	nameRule
	attributes map[string]*attributeRule
	roles      map[string]*nameRule // of relations
	// into are the attributes of the label that a removed one is led into.
	into map[string]*attributeRule
}

// attributeRule is what becomes of the values of an attribute.
type attributeRule struct {
	nameRule
	from, becomes *Attribute // either may be nil
	retype        int        // step that converts the values
	values        map[string]*nameRule
	said          bool   // the steps about it are written
	at            string // label that others inherit it from; empty if none do
}

// pair finds for each name of from what it is called in to. Names that no item of
// either has, but that one of to had before what is known to from, lead there too.
func pair[T any](from, to []T, name func(*T) string, formerly func(*T) []string) (rules map[string]*nameRule, order []string) {
	rules = map[string]*nameRule{}
	add := func(old, to string, removed bool) {
		if rules[old] == nil {
			rules[old] = &nameRule{step: none, to: to, removed: removed}
			order = append(order, old)
		}
	}
	is, had := map[string]bool{}, map[string]string{}
	for i := range to {
		is[name(&to[i])] = true
	}
	for i := range to {
		for _, old := range formerly(&to[i]) {
			if _, taken := had[old]; !is[old] && !taken {
				had[old] = name(&to[i])
			}
		}
	}
	known := map[string]bool{} // former names that from knows already
	for i := range from {
		n := name(&from[i])
		for _, old := range formerly(&from[i]) {
			known[old] = true
		}
		switch now, renamed := had[n]; {
		case is[n]:
			add(n, n, false)
		case renamed:
			add(n, now, false)
		default:
			add(n, "", true)
		}
	}
	for i := range to {
		for _, old := range formerly(&to[i]) {
			if now, led := had[old]; led && !known[old] {
				add(old, now, false)
			}
		}
	}
	return rules, order
}

func spanName(l *SpanLabel) string               { return l.Label }
func spanFormerly(l *SpanLabel) []string         { return l.Formerly }
func relationName(l *RelationLabel) string       { return l.Label }
func relationFormerly(l *RelationLabel) []string { return l.Formerly }
func roleName(r *Role) string                    { return r.Name }
func roleFormerly(r *Role) []string              { return r.Formerly }
func attributeName(a *Attribute) string          { return a.Name }
func attributeFormerly(a *Attribute) []string    { return a.Formerly }
func choiceName(c **Choice) string               { return (*c).Name }
func choiceFormerly(c **Choice) []string         { return (*c).Formerly }
func recordName(l **RecordLabel) string          { return (*l).Label }
func recordFormerly(l **RecordLabel) []string    { return (*l).Formerly }
func flagName(f *Flag) string                    { return f.Name }
func flagFormerly(f *Flag) []string              { return f.Formerly }
func kindName(k *string) string                  { return *k }
func kindFormerly(*string) []string              { return nil }

// match finds what becomes of every name.
func (r *Revision) match() {
	spans, _ := pair(r.From.Spans, r.To.Spans, spanName, spanFormerly)
	r.spans = labelRules(spans)
	for label, rule := range r.spans {
		if def := r.To.Span(rule.to); def != nil && !def.Open {
			rule.attributes = matchAttributes(r.From.AttributesOf(label), r.To.AttributesOf(rule.to))
		}
	}
	r.shareInherited()
	relations, _ := pair(r.From.Relations, r.To.Relations, relationName, relationFormerly)
	r.relations = labelRules(relations)
	for label, rule := range r.relations {
		from, to := r.From.Relation(label), r.To.Relation(rule.to)
		if from == nil || to == nil || to.Open {
			continue
		}
		rule.attributes = matchAttributes(from.Attributes, to.Attributes)
		rule.roles, _ = pair(from.Roles, to.Roles, roleName, roleFormerly)
	}
	records, _ := pair(recordLabels(r.From.Records), recordLabels(r.To.Records), recordName, recordFormerly)
	r.records = labelRules(records)
	for label, rule := range r.records {
		if from, to := r.From.RecordLabel(label), r.To.RecordLabel(rule.to); from != nil && to != nil {
			rule.attributes = matchAttributes(from.Attributes, to.Attributes)
		}
	}
	r.document = matchAttributes(r.From.Document, r.To.Document)
	r.flags, _ = pair(r.From.Flags, r.To.Flags, flagName, flagFormerly)
	r.kinds, _ = pair(r.From.Concepts, r.To.Concepts, kindName, kindFormerly)
}

func labelRules(names map[string]*nameRule) map[string]*labelRule {
	rules := make(map[string]*labelRule, len(names))
	for name, rule := range names {
		rules[name] = &labelRule{nameRule: *rule}
	}
	return rules
}

func matchAttributes(from, to []Attribute) map[string]*attributeRule {
	names, _ := pair(from, to, attributeName, attributeFormerly)
	rules := make(map[string]*attributeRule, len(names))
	for name, rule := range names {
		a := &attributeRule{nameRule: *rule, retype: none, from: attributeIn(from, name), becomes: attributeIn(to, rule.to)}
		a.matchValues()
		rules[name] = a
	}
	return rules
}

// matchValues finds what becomes of the choices of an attribute.
func (r *attributeRule) matchValues() {
	if r.from != nil && r.becomes != nil && r.from.chooses() && r.becomes.chooses() {
		r.values, _ = pair(choicesOf(r.from), choicesOf(r.becomes), choiceName, choiceFormerly)
	}
}

// attributeIn returns the attribute of that name, nil if there is none.
func attributeIn(list []Attribute, name string) *Attribute {
	i := slices.IndexFunc(list, func(a Attribute) bool { return a.Name == name })
	if i < 0 {
		return nil
	}
	return &list[i]
}

// chooses reports whether values of a are choices.
func (a *Attribute) chooses() bool { return a.Kind == ChoiceKind || a.Kind == SeveralKind }

func choicesOf(a *Attribute) []*Choice {
	var all []*Choice
	for c := range a.Choices() {
		all = append(all, c)
	}
	return all
}

// recordLabels returns record labels of any depth, each before those inside it.
func recordLabels(records []RecordLabel) []*RecordLabel {
	var all []*RecordLabel
	for i := range records {
		all = append(append(all, &records[i]), recordLabels(records[i].Records)...)
	}
	return all
}

// shareInherited makes what labels inherit from the same parent, before and after, one
// rule, so that it is one step however many labels there are.
func (r *Revision) shareInherited() {
	for i := range r.From.Spans {
		label := r.From.Spans[i].Label
		rule := r.spans[label]
		for name, own := range rule.attributes {
			parent := r.definer(r.From, label, name)
			if parent == label || parent == "" || r.spans[parent].removed {
				continue
			}
			theirs := r.spans[parent].attributes[name]
			if theirs != nil && theirs.to == own.to && (own.removed ||
				r.definer(r.To, rule.to, own.to) == r.definer(r.To, r.spans[parent].to, own.to)) {
				rule.attributes[name], theirs.at = theirs, parent
			}
		}
	}
}

// definer returns which of a label and its parents defines an attribute, "" if none does.
func (r *Revision) definer(s *Scheme, label, attribute string) string {
	for range len(s.Spans) + 1 {
		def := s.Span(label)
		switch {
		case def == nil:
			return ""
		case attributeIn(def.Attributes, attribute) != nil:
			return label
		}
		label = def.Parent
	}
	return ""
}
