package agreement

import "spanwright/annotate"

// gammaPart is what gamma needs to know of a document.
type gammaPart struct {
	units, observed, expected float64 // mean units of an annotator, and the disorders
	count                     int     // units of all annotators
	all                       catPart
	label                     map[string]catPart
	why                       string // there is none
}

// catPart is the disorder of labels: observed, and expected by chance.
type catPart struct {
	observed weighted
	expected float64
}

// oldPart is the first unitizing alpha of a document.
type oldPart struct {
	figure Figure
	units  int
}

// continuum returns the text with the fragments of its spans as units, or with their
// extents: gamma aligns whole spans.
func (t *Text) continuum(layers []*Layer, extents bool) *Continuum {
	c := &Continuum{Begin: t.Whole.Start, Length: t.Whole.Len()}
	for _, l := range layers {
		units := make([]Unit, 0, len(l.Spans))
		for _, s := range l.Spans {
			fragments := s.Fragments
			if extents {
				fragments = []annotate.Fragment{s.Extent()}
			}
			for _, f := range fragments {
				units = append(units, Unit{f.Start, f.End, s.Label})
			}
		}
		c.Annotators = append(c.Annotators, l.Annotator)
		c.Units = append(c.Units, units)
	}
	return c
}

// addUnits measures what all annotators of a document made of it as a continuum.
func (s *Study) addUnits(document int, t *Text, layers []*Layer, labels []string) {
	c := t.continuum(layers, false)
	gather := func(label string, c *Continuum) {
		if s.wants(UAlpha, UAlphaBinary, CUAlpha, KUAlpha) {
			u := NewUnitizing()
			u.Add(t.Name, c)
			s.units.put(subject{what: label}, document, u)
		}
		if s.wants(UAlpha2004) && len(c.Labels()) > 0 {
			s.old.put(subject{what: label}, document, oldPart{NewOldUnitizing(c).Alpha(), c.count()})
		}
	}
	gather("", c)
	for _, label := range labels {
		s.spanLabels[label] = true
		gather(label, c.Only(label))
	}
	if s.wants(GammaName, GammaCat, GammaK) {
		g := NewGamma(t.continuum(layers, true), GammaOptions{Seed: s.options.Seed, Precision: s.options.Precision})
		if g.why == "" && !g.Exact {
			s.inexact++
		}
		s.gamma.put(subject{}, document, g.part())
	}
}

func (c *Continuum) count() int {
	n := 0
	for _, units := range c.Units {
		n += len(units)
	}
	return n
}

// part keeps of a gamma what documents add up to.
func (g *Gamma) part() gammaPart {
	p := gammaPart{why: g.why, label: map[string]catPart{}}
	if g.why != "" {
		return p
	}
	p.units, p.observed, p.expected = g.Best.units, g.Best.Disorder, g.Expected
	p.count = int(g.Best.units*float64(g.annotators) + 0.5)
	all := func(c *categorical) *weighted { return &c.all }
	p.all = catPart{g.observed.all, g.expectedOf(all)}
	for _, label := range g.labels {
		of := func(c *categorical) *weighted { return c.label[label] }
		if w := of(g.observed); w != nil {
			p.label[label] = catPart{*w, g.expectedOf(of)}
		}
	}
	return p
}

// pool returns the agreement of several documents as of one in which no unit is aligned
// across them: disorders weigh by the number of units.
func pool(parts []part[gammaPart], times []int) (gamma, cat Figure, of int) {
	observed, expected, why := 0.0, 0.0, noUnits
	var all []weightedCat
	for _, p := range parts {
		n := timesOf(times, p.document)
		if n == 0 {
			continue
		}
		if p.is.why != "" {
			why = p.is.why
			continue
		}
		observed += n * p.is.units * p.is.observed
		expected += n * p.is.units * p.is.expected
		all = append(all, weightedCat{p.is.all, n})
		of += int(n) * p.is.count
	}
	if of == 0 {
		return unknown("%s", why), unknown("%s", why), 0
	}
	gamma = unknown("random texts are in order too")
	if expected > 0 {
		gamma = known(1 - observed/expected)
	}
	return gamma, poolCat(all), of
}

type weightedCat struct {
	catPart
	times float64
}

// poolCat returns 1 - observed/expected disorder of labels, each document weighing by what is
// aligned in it.
func poolCat(parts []weightedCat) Figure {
	observed, expected, weight := 0.0, 0.0, 0.0
	for _, p := range parts {
		observed += p.times * p.observed.sum
		expected += p.times * p.observed.weight * p.expected
		weight += p.times * p.observed.weight
	}
	switch {
	case weight == 0:
		return unknown("no two units of it are aligned")
	case expected == 0:
		return unknown(noVariation)
	}
	return known(1 - observed/expected)
}

// timesOf returns how often a document is taken; nil takes each once.
func timesOf(times []int, document int) float64 {
	if times == nil {
		return 1
	}
	return float64(times[document])
}
