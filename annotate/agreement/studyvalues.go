package agreement

import (
	"slices"

	"spanwright/annotate"
)

// valueCounts counts pairs of values; "" is none.
type valueCounts map[[2]string]float64

// countValues compares the values of attributes on spans and relations that are the same
// for both annotators, by label and attribute. What neither gave a value is not counted.
func (s *Study) countValues(a, b *Layer) map[string]valueCounts {
	counts := map[string]valueCounts{}
	compare := func(label string, x, y map[string]annotate.Value) {
		for _, name := range unionOfKeys(x, y) {
			key := label + "." + name
			if counts[key] == nil {
				counts[key] = valueCounts{}
			}
			counts[key][[2]string{x[name].String(), y[name].String()}]++
		}
	}
	for _, p := range Match(a.Spans, b.Spans) {
		if p.A < 0 || p.B < 0 {
			continue
		}
		x, y := a.Spans[p.A], b.Spans[p.B]
		if x.Label == y.Label && s.looksAt(x.Label) && slices.Equal(x.Fragments, y.Fragments) {
			compare(x.Label, x.Attributes, y.Attributes)
		}
	}
	frames := map[string]*annotate.Relation{}
	for _, f := range framesOf(b, s.options.Symmetric) {
		frames[f.key] = f.relation
	}
	for _, f := range framesOf(a, s.options.Symmetric) {
		if r := frames[f.key]; r != nil && s.looksAt(r.Label) {
			compare(r.Label, f.relation.Attributes, r.Attributes)
		}
	}
	return counts
}

// contingency returns the table of the values among names, which are sorted.
func (v valueCounts) contingency(names []string) *Contingency {
	c := NewContingency(names)
	for pair, n := range v {
		i, _ := slices.BinarySearch(names, pair[0])
		j, _ := slices.BinarySearch(names, pair[1])
		c.Add(i, j, n)
	}
	return c
}

// valueGroups makes the groups of attributes.
func (s *Study) valueGroups() []group {
	tables := table[*Contingency]{}
	for at, parts := range s.values {
		seen := map[string]bool{}
		for _, p := range parts {
			for pair := range p.is {
				seen[pair[0]], seen[pair[1]] = true, true
			}
		}
		names := annotate.SortedKeys(seen)
		for _, p := range parts {
			tables.put(at, p.document, p.is.contingency(names))
		}
	}
	return withMeans(groupsOf(tables, figuresOfValues, ValueObserved, ValueKappa, ValueAlpha))
}

func figuresOfValues(parts []part[*Contingency], times []int) ([]Figure, int) {
	sum := NewContingency(parts[0].is.Categories)
	for _, p := range parts {
		if n := timesOf(times, p.document); n > 0 {
			for i, row := range p.is.counts {
				for j, count := range row {
					sum.counts[i][j] += n * count
				}
			}
		}
	}
	return []Figure{sum.Observed(), sum.CohenKappa(), sum.Coincidences().Alpha(Nominal)}, int(sum.Total())
}

// ratingsOf returns what annotators said of documents as a whole about one attribute, for the
// documents taken times.
func (s *Study) ratingsOf(attribute string, people []string, times []int) *Ratings {
	values := make([][]string, 0, len(s.documents))
	for document := range s.documents {
		item := make([]string, len(people))
		for i, name := range people {
			item[i] = s.assessed[attribute][document][name]
		}
		for range int(timesOf(times, document)) {
			values = append(values, item)
		}
	}
	return NewRatings(people, values)
}
