package agreement

import (
	"slices"

	"spanwright/annotate"
)

// Text is one document and the layers that are compared. All places count the same
// positions, code points in projects.
type Text struct {
	Name   string
	Whole  annotate.Fragment   // what could be marked
	Tokens []annotate.Fragment // in order; nil when each position is one
	Layers []*Layer            // of those who worked on it
}

// Options say what a [Study] computes.
type Options struct {
	Labels    []string // of the spans and relations that are looked at; nil for all
	Measures  []string // names; nil for all
	Symmetric Symmetric
	Seed      uint64  // of the random texts of gamma, and of confidence intervals
	Precision float64 // of gamma; see [GammaOptions]
	// Documents asks for a figure for each document too.
	Documents bool
}

// Study computes agreement on documents that are added one at a time. Of each it keeps
// a few numbers and neither text nor annotations.
type Study struct {
	options   Options
	documents []string // that two annotators or more worked on
	left      int      // documents that were left out
	people    []string // in order of appearance

	spans      table[Evaluation]
	tokens     table[Binary]
	units      table[*Unitizing]
	old        table[oldPart]
	gamma      table[gammaPart]
	relations  table[Relations]
	values     table[valueCounts]
	assessed   map[string]map[int]map[string]string // attribute → document → annotator → value
	inexact    int                                  // documents whose gamma is not of the best alignments
	spanLabels map[string]bool
}

// NewStudy returns an empty study.
func NewStudy(o Options) *Study {
	return &Study{
		options: o, spans: table[Evaluation]{}, tokens: table[Binary]{}, units: table[*Unitizing]{}, old: table[oldPart]{},
		gamma: table[gammaPart]{}, relations: table[Relations]{}, values: table[valueCounts]{},
		assessed: map[string]map[int]map[string]string{}, spanLabels: map[string]bool{},
	}
}

// subject is what a figure is about: two annotators, or none for all of them, and a label
// or the like, "" for everything.
type subject struct {
	a, b string
	what string
}

// part is what one document contributes.
type part[T any] struct {
	document int
	is       T
}

// table holds the contributions of documents by subject.
type table[T any] map[subject][]part[T]

func (t table[T]) put(s subject, document int, is T) { t[s] = append(t[s], part[T]{document, is}) }

// Documents returns how many documents were compared, and how many were left out because
// fewer than two annotators had worked on them.
func (s *Study) Documents() (compared, left int) { return len(s.documents), s.left }

// Annotators returns whose layers were compared, in order.
func (s *Study) Annotators() []string { return slices.Sorted(slices.Values(s.people)) }

// Inexact returns in how many documents gamma rests on alignments that may not be the best.
func (s *Study) Inexact() int { return s.inexact }

// wants reports whether any of the measures is asked for.
func (s *Study) wants(names ...string) bool {
	return len(s.options.Measures) == 0 || slices.ContainsFunc(names, func(n string) bool { return slices.Contains(s.options.Measures, n) })
}

func (s *Study) looksAt(label string) bool {
	return len(s.options.Labels) == 0 || slices.Contains(s.options.Labels, label)
}

// Add takes in a document.
func (s *Study) Add(t *Text) {
	if len(t.Layers) < 2 {
		s.left++
		return
	}
	document := len(s.documents)
	s.documents = append(s.documents, t.Name)
	layers := make([]*Layer, len(t.Layers))
	for i, l := range t.Layers {
		layers[i] = s.look(l)
		if !slices.Contains(s.people, l.Annotator) {
			s.people = append(s.people, l.Annotator)
		}
	}
	slices.SortFunc(layers, func(x, y *Layer) int { return compareNames(x.Annotator, y.Annotator) })
	spanLabels := labelsOf(layers)
	for i, a := range layers {
		for _, b := range layers[i+1:] {
			s.addPair(document, t, a, b, spanLabels)
		}
	}
	s.addUnits(document, t, layers, spanLabels)
	for _, l := range layers {
		for name, v := range l.Labels {
			s.assess(name, document, l.Annotator, v.String())
		}
	}
}

func compareNames(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func (s *Study) assess(name string, document int, annotator, value string) {
	if s.assessed[name] == nil {
		s.assessed[name] = map[int]map[string]string{}
	}
	if s.assessed[name][document] == nil {
		s.assessed[name][document] = map[string]string{}
	}
	s.assessed[name][document][annotator] = value
}

// look returns a layer with the spans of the labels that are looked at. Relations keep all
// spans, for they may rest on others.
func (s *Study) look(l *Layer) *Layer {
	if len(s.options.Labels) == 0 {
		return l
	}
	kept := *l
	kept.Spans = slices.DeleteFunc(slices.Clone(l.Spans), func(x *annotate.Span) bool { return !s.looksAt(x.Label) })
	return &kept
}

func labelsOf(layers []*Layer) []string {
	var labels []string
	for _, l := range layers {
		for _, x := range l.Spans {
			if at, found := slices.BinarySearch(labels, x.Label); !found {
				labels = slices.Insert(labels, at, x.Label)
			}
		}
	}
	return labels
}

func only(spans []*annotate.Span, label string) []*annotate.Span {
	if label == "" {
		return spans
	}
	return slices.DeleteFunc(slices.Clone(spans), func(x *annotate.Span) bool { return x.Label != label })
}

// addPair compares two layers, with all labels together ("") and each alone.
func (s *Study) addPair(document int, t *Text, a, b *Layer, labels []string) {
	for _, label := range append([]string{""}, labels...) {
		at, x, y := subject{a.Annotator, b.Annotator, label}, only(a.Spans, label), only(b.Spans, label)
		if s.wants(F1Strict, F1Exact, F1Partial, F1Type) {
			s.spans.put(at, document, Evaluate(x, y))
		}
		if s.wants(TokenKappa) {
			s.tokens.put(at, document, TokensInside(x, y, t.Whole, t.Tokens))
		}
	}
	full := [2]*Layer{t.layer(a.Annotator), t.layer(b.Annotator)}
	if s.wants(RelationExact, RelationRelaxed, RelationMatched, RoleF1) {
		s.addRelations(document, full[0], full[1])
	}
	if s.wants(ValueObserved, ValueKappa, ValueAlpha) {
		for what, counts := range s.countValues(full[0], full[1]) {
			s.values.put(subject{a.Annotator, b.Annotator, what}, document, counts)
		}
	}
}

// layer returns the layer of an annotator with all its spans.
func (t *Text) layer(annotator string) *Layer {
	return t.Layers[slices.IndexFunc(t.Layers, func(l *Layer) bool { return l.Annotator == annotator })]
}

func (s *Study) addRelations(document int, a, b *Layer) {
	var labels []string
	for _, l := range []*Layer{a, b} {
		for _, r := range l.Relations {
			if s.looksAt(r.Label) && !slices.Contains(labels, r.Label) {
				labels = append(labels, r.Label)
			}
		}
	}
	whole := Relations{Roles: map[string]Overlap{}}
	for _, label := range labels {
		r := CompareRelations(a, b, label, s.options.Symmetric)
		s.relations.put(subject{a.Annotator, b.Annotator, label}, document, r)
		whole.add(r, 1)
	}
	if len(labels) > 0 {
		s.relations.put(subject{a.Annotator, b.Annotator, ""}, document, whole)
	}
}

func (r *Relations) add(o Relations, times int) {
	r.Exact.add(o.Exact, times)
	r.Relaxed.add(o.Relaxed, times)
	r.Matched.add(o.Matched, times)
	for role, overlap := range o.Roles {
		sum := r.Roles[role]
		sum.add(overlap, times)
		r.Roles[role] = sum
	}
}
