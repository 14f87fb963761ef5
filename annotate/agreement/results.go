package agreement

import (
	"cmp"
	"slices"

	"spanwright/annotate"
)

// group is a set of figures that come from the same numbers.
type group struct {
	heads  []head   // what each figure is
	people []string // two, or nil
	of     func(times []int) ([]Figure, int)
}

// head says what a figure is: a measure of a subject.
type head struct{ measure, subject string }

// headsOf returns the measures of one subject.
func headsOf(subject string, measures ...string) []head {
	heads := make([]head, len(measures))
	for i, m := range measures {
		heads[i] = head{m, subject}
	}
	return heads
}

// Results returns the figures that were asked for, in the order of [Measures], then all
// together before each label, then pairs of annotators after their mean.
func (s *Study) Results() []Result {
	var found []Result
	for _, g := range s.groups() {
		found = append(found, s.results(g)...)
	}
	order := map[string]int{}
	for i, m := range Measures {
		order[m.Name] = i
	}
	slices.SortStableFunc(found, func(a, b Result) int {
		return cmp.Or(cmp.Compare(order[a.Measure], order[b.Measure]), cmp.Compare(a.Subject, b.Subject),
			slices.Compare(a.Annotators, b.Annotators))
	})
	return found
}

// results computes a group's figures for all documents and, where asked, for each.
func (s *Study) results(g group) []Result {
	figures, of := g.of(nil)
	intervals := Bootstrap(len(s.documents), s.options.Seed, func(times []int) []Figure {
		drawn, _ := g.of(times)
		return drawn
	})
	var found []Result
	for i, h := range g.heads {
		if !s.wants(h.measure) {
			continue
		}
		r := Result{Measure: h.measure, Subject: h.subject, Annotators: g.people, Figure: figures[i], Of: of}
		if intervals != nil && figures[i].Defined {
			r.Confidence = intervals[i]
		}
		found = append(found, r)
	}
	if !s.options.Documents {
		return found
	}
	times := make([]int, len(s.documents))
	for document, name := range s.documents {
		times[document] = 1
		figures, of := g.of(times)
		times[document] = 0
		if of == 0 {
			continue
		}
		for i, h := range g.heads {
			if s.wants(h.measure) {
				found = append(found, Result{Measure: h.measure, Subject: h.subject, Annotators: g.people, Document: name, Figure: figures[i], Of: of})
			}
		}
	}
	return found
}

func (s *Study) groups() []group {
	var all []group
	all = append(all, withMeans(groupsOf(s.spans, figuresOfSpans, F1Strict, F1Exact, F1Partial, F1Type))...)
	all = append(all, s.tokenGroups()...)
	all = append(all, s.unitGroups()...)
	all = append(all, groupsOf(s.old, figuresOfOld, UAlpha2004)...)
	all = append(all, s.gammaGroups()...)
	all = append(all, withMeans(groupsOf(s.relations, figuresOfRelations, RelationExact, RelationRelaxed, RelationMatched))...)
	all = append(all, s.roleGroups()...)
	all = append(all, s.valueGroups()...)
	for _, name := range annotate.SortedKeys(s.assessed) {
		all = append(all, s.assessmentGroups(name)...)
	}
	return all
}

// groupsOf makes a group for each subject of a table.
func groupsOf[T any](t table[T], figures func([]part[T], []int) ([]Figure, int), measures ...string) []group {
	subjects := make([]subject, 0, len(t))
	for s := range t {
		subjects = append(subjects, s)
	}
	slices.SortFunc(subjects, func(x, y subject) int {
		return cmp.Or(cmp.Compare(x.what, y.what), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
	})
	groups := make([]group, len(subjects))
	for i, at := range subjects {
		parts := t[at]
		groups[i] = group{heads: headsOf(at.what, measures...), of: func(times []int) ([]Figure, int) { return figures(parts, times) }}
		if at.a != "" {
			groups[i].people = []string{at.a, at.b}
		}
	}
	return groups
}

// withMeans adds the mean over pairs where there are several of one subject.
func withMeans(groups []group) []group {
	pairs := map[string][]group{}
	for _, g := range groups {
		pairs[g.heads[0].subject] = append(pairs[g.heads[0].subject], g)
	}
	for _, subject := range annotate.SortedKeys(pairs) {
		if same := pairs[subject]; len(same) > 1 {
			groups = append(groups, group{heads: same[0].heads, of: func(times []int) ([]Figure, int) { return meanOf(same, times) }})
		}
	}
	return groups
}

func meanOf(pairs []group, times []int) ([]Figure, int) {
	columns, total := make([][]Figure, len(pairs[0].heads)), 0
	for _, g := range pairs {
		figures, of := g.of(times)
		total += of
		for i, f := range figures {
			columns[i] = append(columns[i], f)
		}
	}
	means := make([]Figure, len(columns))
	for i, column := range columns {
		means[i], _ = Mean(column)
	}
	return means, total
}

func figuresOfSpans(parts []part[Evaluation], times []int) ([]Figure, int) {
	var sum Evaluation
	for _, p := range parts {
		sum.add(p.is, int(timesOf(times, p.document)))
	}
	return []Figure{sum.Strict.F1(), sum.Exact.F1(), sum.Partial.F1(), sum.Type.F1()}, sum.Strict.Possible() + sum.Strict.Actual()
}

func figuresOfTokens(parts []part[Binary], times []int) ([]Figure, int) {
	var sum Binary
	for _, p := range parts {
		sum.add(p.is, timesOf(times, p.document))
	}
	c := sum.Contingency()
	return []Figure{c.CohenKappa()}, int(c.Total())
}

// figuresOfOld averages over documents: that alpha is of one continuum.
func figuresOfOld(parts []part[oldPart], times []int) ([]Figure, int) {
	var figures []Figure
	units := 0
	for _, p := range parts {
		for range int(timesOf(times, p.document)) {
			figures = append(figures, p.is.figure)
			units += p.is.units
		}
	}
	mean, _ := Mean(figures)
	return []Figure{mean}, units
}

func figuresOfRelations(parts []part[Relations], times []int) ([]Figure, int) {
	sum := addRelations(parts, times)
	return []Figure{sum.Exact.F1(), sum.Relaxed.F1(), sum.Matched.F1()}, sum.Exact.A + sum.Exact.B
}

func addRelations(parts []part[Relations], times []int) Relations {
	sum := Relations{Roles: map[string]Overlap{}}
	for _, p := range parts {
		sum.add(p.is, int(timesOf(times, p.document)))
	}
	return sum
}

// roleGroups makes a group for each role of each relation label.
func (s *Study) roleGroups() []group {
	var groups []group
	for at, parts := range s.relations {
		if at.what == "" {
			continue
		}
		roles := map[string]bool{}
		for _, p := range parts {
			for role := range p.is.Roles {
				roles[role] = true
			}
		}
		for role := range roles {
			groups = append(groups, group{
				heads: headsOf(at.what+"."+role, RoleF1), people: []string{at.a, at.b},
				of: func(times []int) ([]Figure, int) {
					o := addRelations(parts, times).Roles[role]
					return []Figure{o.F1()}, o.A + o.B
				},
			})
		}
	}
	slices.SortFunc(groups, func(x, y group) int {
		return cmp.Or(cmp.Compare(x.heads[0].subject, y.heads[0].subject), slices.Compare(x.people, y.people))
	})
	return withMeans(groups)
}

// assessmentGroups makes the groups of an attribute of documents: fixed items that
// all annotators rate.
func (s *Study) assessmentGroups(attribute string) []group {
	people := s.Annotators()
	name := "document." + attribute
	groups := []group{{
		heads: headsOf(name, ObservedName, FleissName, AC1Name, AlphaName),
		of: func(times []int) ([]Figure, int) {
			r := s.ratingsOf(attribute, people, times)
			return []Figure{r.Observed(), r.FleissKappa(), r.GwetAC1(), r.Alpha(Nominal)}, r.Len()*len(people) - r.Missing()
		},
	}}
	var pairs []group
	for i, a := range people {
		for _, b := range people[i+1:] {
			pairs = append(pairs, group{heads: headsOf(name, KappaName), people: []string{a, b}, of: func(times []int) ([]Figure, int) {
				c := s.ratingsOf(attribute, []string{a, b}, times).Contingency(0, 1)
				return []Figure{c.CohenKappa()}, 2 * int(c.Total())
			}})
		}
	}
	return append(groups, withMeans(pairs)...)
}
