package annotate

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Audit holds what in a layer breaks the scheme, and keeps up with the layer's
// changes at a cost that does not grow with the document.
type Audit struct {
	scheme         *Scheme
	layer          *Layer
	body           *Body
	lookup         Lookup
	found          map[ID][]Violation
	cycles         map[ID][]Violation // of relations that lead in a circle; found for all at once
	wrong, missing int                // violations
	rules          auditRules
}

// auditRules are the rules of a scheme by what they are about.
type auditRules struct {
	forbids  bool // something
	overlaps bool
	degrees  map[string][]*Rule // span label → rules
	circular [][]string         // sets of relation labels that must not lead in a circle
	levels   []Level            // of each
	says     []string           // of each
	orders   []*RelationLabel   // those that are transitive
}

// NewAudit examines a whole layer of the document whose text is in body.
func NewAudit(s *Scheme, layer *Layer, body *Body, lookup Lookup) *Audit {
	a := &Audit{scheme: s, layer: layer, body: body, lookup: lookup, found: map[ID][]Violation{}}
	a.rules = s.auditRules()
	for span := range layer.Spans() {
		a.put(span.ID, a.span(span))
	}
	for _, r := range layer.relations {
		a.put(r.ID, a.relation(r))
	}
	for _, r := range layer.records {
		a.put(r.ID, a.record(r))
	}
	a.put(layer.Assessment.EntityID(), a.document())
	a.findCycles()
	return a
}

func (s *Scheme) auditRules() auditRules {
	rules := auditRules{degrees: map[string][]*Rule{}, forbids: s.forbids()}
	for i := range s.Relations {
		if def := &s.Relations[i]; def.Transitive {
			rules.orders = append(rules.orders, def)
		}
	}
	for i := range s.Rules {
		r := &s.Rules[i]
		rules.overlaps = rules.overlaps || len(r.Overlap) > 0
		for j := range s.Spans {
			l := s.Spans[j].Label
			if slices.ContainsFunc(r.Of, func(label string) bool { return label == anyLabel || s.Is(l, label) }) {
				rules.degrees[l] = append(rules.degrees[l], r)
			}
		}
		if len(r.Acyclic) > 0 {
			rules.circular = append(rules.circular, r.Acyclic)
			rules.levels = append(rules.levels, s.level(r.Level))
			rules.says = append(rules.says, r.Says)
		}
	}
	return rules
}

// Of returns how an annotation, or the assessment, breaks the scheme.
func (a *Audit) Of(id ID) []Violation {
	if cycle := a.cycles[id]; len(cycle) > 0 {
		return append(slices.Clone(a.found[id]), cycle...)
	}
	return a.found[id]
}

// Count returns how many violations there are: of what is there, and for want of something.
func (a *Audit) Count() (wrong, missing int) { return a.wrong, a.missing }

// All returns every violation: those of spans in reading order, of relations, of records,
// then of the document.
func (a *Audit) All() []Violation {
	all := make([]Violation, 0, a.wrong+a.missing)
	if cap(all) == 0 {
		return all
	}
	for span := range a.layer.Spans() {
		all = append(all, a.Of(span.ID)...)
	}
	for _, r := range a.layer.Relations() {
		all = append(all, a.Of(r.ID)...)
	}
	for _, r := range a.layer.AllRecords() {
		all = append(all, a.Of(r.ID)...)
	}
	return append(all, a.Of(a.layer.Assessment.EntityID())...)
}

func (a *Audit) put(id ID, found []Violation) {
	a.tally(a.found[id], -1)
	a.tally(found, 1)
	if len(found) == 0 {
		delete(a.found, id)
		return
	}
	a.found[id] = found
}

// Refusal returns a violation of a rule that forbids, which the changes would bring
// about, nil if there is none. The layer must not have applied them. What is only
// missing, or was wrong before, is not refused.
func (a *Audit) Refusal(changes ...Change) *Violation {
	if !a.rules.forbids {
		return nil
	}
	before := map[Violation]bool{}
	for _, v := range a.forbidden(changes) {
		before[v] = true
	}
	for i := range changes {
		a.layer.Apply(&changes[i])
	}
	a.Update(changes...)
	var refusal *Violation
	for _, v := range a.forbidden(changes) {
		if !before[v] && !v.Missing {
			refusal = &v
			break
		}
	}
	back := Invert(changes)
	for i := range back {
		a.layer.Apply(&back[i])
	}
	a.Update(back...)
	return refusal
}

// forbidden returns what breaks rules that forbid among all that changes concern.
func (a *Audit) forbidden(changes []Change) []Violation {
	var found []Violation
	stale, _ := a.stale(changes)
	for _, id := range slices.Sorted(maps.Keys(stale)) {
		for _, v := range a.Of(id) {
			if v.Level == Forbid {
				found = append(found, v)
			}
		}
	}
	return found
}

// Unfinished returns what is missing: that which forbids calling the document done,
// and that which is only worth a look.
func (a *Audit) Unfinished() (forbidding, warning []Violation) {
	for _, v := range a.All() {
		switch {
		case !v.Missing:
		case v.Level == Forbid:
			forbidding = append(forbidding, v)
		default:
			warning = append(warning, v)
		}
	}
	return forbidding, warning
}

func (a *Audit) tally(found []Violation, by int) {
	for _, v := range found {
		if v.Missing {
			a.missing += by
		} else {
			a.wrong += by
		}
	}
}

// Update takes in changes that the layer has applied.
func (a *Audit) Update(changes ...Change) {
	stale, circular := a.stale(changes)
	for id := range stale {
		a.refresh(id)
	}
	if circular {
		a.findCycles()
	}
}

// stale returns what has to be looked at again because of changes, and whether
// that includes relations.
func (a *Audit) stale(changes []Change) (stale map[ID]bool, circular bool) {
	stale = map[ID]bool{}
	for i := range changes {
		if changes[i].EntityKind() == ConceptEntity {
			a.staleLinked(&changes[i], stale)
		}
		for _, state := range []State{changes[i].Before, changes[i].After} {
			switch e := state.(type) {
			case *Span:
				a.staleAround(e, stale)
			case *Relation:
				stale[e.ID] = true
				circular = true
				for _, arg := range e.Arguments {
					stale[arg.Target()] = true
					for _, r := range a.layer.involving[arg.Target()] {
						stale[r] = true
					}
				}
			case *Record:
				a.staleRecord(e, stale)
			case *Assessment:
				stale[e.EntityID()] = true
			}
		}
	}
	return stale, circular
}

// staleAround marks what has to be looked at again when a span comes, goes or changes.
func (a *Audit) staleAround(s *Span, stale map[ID]bool) {
	stale[s.ID] = true
	for _, r := range a.layer.involving[s.ID] {
		stale[r] = true
	}
	if !a.rules.overlaps {
		return
	}
	for near := range a.layer.Touching(s.Extent()) {
		stale[near.ID] = true
	}
}

func (a *Audit) refresh(id ID) {
	switch {
	case a.layer.spans[id] != nil:
		a.put(id, a.span(a.layer.spans[id]))
	case a.layer.relations[id] != nil:
		a.put(id, a.relation(a.layer.relations[id]))
	case a.layer.records[id] != nil:
		a.put(id, a.record(a.layer.records[id]))
	case id == a.layer.Assessment.EntityID():
		a.put(id, a.document())
	default:
		a.put(id, nil)
	}
}

// span returns what of s its label, and what lies around it, does not allow.
func (a *Audit) span(span *Span) []Violation {
	s := a.scheme
	b := &breaches{document: span.Document, entity: span.ID, lookup: a.lookup, name: func() string {
		return fmt.Sprintf("%s “%s”", span.Label, Excerpt(span.Covered(a.body.Text()), 40))
	}}
	def := s.Span(span.Label)
	switch {
	case def == nil:
		b.add(LabelBreach, s.level(), "%s: the scheme has no span label %s; relabel it or add the label", b, span.Label)
	case def.Abstract:
		b.add(LabelBreach, s.level(def.Level), "%s: label %s only groups others; choose one of %s", b, span.Label, strings.Join(s.Children(span.Label), ", "))
	case !def.Open:
		b.attributes(s, s.AttributesOf(span.Label), span.Attributes)
	}
	b.flag(s, span.Flag)
	if def == nil {
		return b.found
	}
	if def.Contiguous && len(span.Fragments) > 1 {
		b.add(ContiguousBreach, s.level(def.Level), "%s has a gap, but a %s must not", b, span.Label)
	}
	a.trimmed(b, def, span)
	a.overlaps(b, span)
	a.degrees(b, span)
	return b.found
}

func (a *Audit) trimmed(b *breaches, def *SpanLabel, span *Span) {
	if len(a.scheme.Trim) == 0 || def.Open {
		return
	}
	trimmed := a.body.TrimSpan(span.Fragments, a.scheme.Trim)
	for i, f := range span.Fragments {
		switch {
		case trimmed[i].End != f.End:
			b.add(TrimBreach, a.scheme.level(def.Level), "%s ends with a mark that does not belong to it", b)
			return
		case trimmed[i] != f:
			b.add(TrimBreach, a.scheme.level(def.Level), "%s begins with a mark that does not belong to it", b)
			return
		}
	}
}

// maxOverlaps is how many spans one may be reported to overlap with.
const maxOverlaps = 8

// overlaps reports the spans before s in reading order that it may not share text with.
func (a *Audit) overlaps(b *breaches, span *Span) {
	if !a.rules.overlaps {
		return
	}
	said := 0
	for other := range a.layer.Touching(span.Extent()) {
		if other.ID == span.ID || said == maxOverlaps {
			return // what comes later in reading order reports it
		}
		rule := a.scheme.overlapRule(span.Label, other.Label)
		if rule == nil {
			continue
		}
		found := overlapOf(span.Fragments, other.Fragments)
		if rule.Allow.permits(found) {
			continue
		}
		said++
		if rule.Says != "" {
			b.add(OverlapBreach, a.scheme.level(rule.Level), "%s: %s", b, rule.Says)
			continue
		}
		verb := "shares text with"
		if rule.Allow == NestOverlap {
			verb = "crosses"
		}
		b.add(OverlapBreach, a.scheme.level(rule.Level), "%s %s %s “%s”, which is not allowed",
			b, verb, other.Label, Excerpt(other.Covered(a.body.Text()), 40))
	}
}

// overlapRule returns the first rule about spans of two labels sharing text, nil if there is none.
func (s *Scheme) overlapRule(x, y string) *Rule {
	is := func(label, named string) bool { return named == anyLabel || s.Is(label, named) }
	for i := range s.Rules {
		pair := s.Rules[i].Overlap
		if len(pair) == 0 {
			continue
		}
		one, two := pair[0], pair[len(pair)-1]
		if is(x, one) && is(y, two) || is(x, two) && is(y, one) {
			return &s.Rules[i]
		}
	}
	return nil
}

func (a *Audit) degrees(b *breaches, span *Span) {
	for _, rule := range a.rules.degrees[span.Label] {
		n := 0
		for _, id := range a.layer.involving[span.ID] {
			r := a.layer.relations[id]
			if slices.Contains(rule.Degree, r.Label) && slices.ContainsFunc(r.Role(rule.Role), func(arg Argument) bool { return arg.Span == span.ID }) {
				n++
			}
		}
		what := fmt.Sprintf("%s of %s", rule.Role, strings.Join(rule.Degree, " or "))
		level := a.scheme.level(rule.Level)
		switch {
		case n < rule.Min && rule.Says != "":
			b.lack(DegreeBreach, level, "%s: %s", b, rule.Says)
		case n < rule.Min:
			b.lack(DegreeBreach, level, "%s must be %s at least %s, and is %s", b, what, times(rule.Min), times(n))
		case rule.Max != nil && n > *rule.Max && rule.Says != "":
			b.add(DegreeBreach, level, "%s: %s", b, rule.Says)
		case rule.Max != nil && n > *rule.Max:
			b.add(DegreeBreach, level, "%s may be %s at most %s, and is %s", b, what, times(*rule.Max), times(n))
		}
	}
}

func times(n int) string {
	switch n {
	case 0:
		return "never"
	case 1:
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// document returns what of the assessment the scheme does not allow.
func (a *Audit) document() []Violation {
	said := a.layer.Assessment
	b := &breaches{document: said.Document, entity: said.EntityID(), lookup: a.lookup, name: func() string { return "the document" }}
	b.attributes(a.scheme, a.scheme.Document, said.Labels)
	b.flag(a.scheme, said.Flag)
	a.countRecords(b, a.scheme.Records, "")
	return b.found
}

func (a *Audit) spanOf(id ID) *Span {
	if span := a.layer.spans[id]; span != nil || a.lookup.Span == nil {
		return span
	}
	return a.lookup.Span(id)
}
