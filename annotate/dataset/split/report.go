package split

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// Report tells how documents were divided.
type Report struct {
	Seed     uint64       `json:"seed"`
	Parts    []PartReport `json:"parts"`
	Groups   int          `json:"groups"` // of documents that stay together
	Together []Bond       `json:"together"`
	GroupBy  []string     `json:"group_by,omitempty"`
	Stratify []string     `json:"stratify,omitempty"`
	// Strata are the labels and values that the parts were to have their shares of.
	Strata []Stratum `json:"strata,omitempty"`
	// Large are the groups that have more documents than the smallest part should have, the
	// largest first; LargeGroups is how many there are.
	Large       []LargeGroup `json:"large,omitempty"`
	LargeGroups int          `json:"large_groups,omitempty"`
	// Leaks are what is in several parts all the same.
	Leaks []Leak `json:"leaks,omitempty"`
	// Crowded is in how many of the 64 bands more texts met than were compared.
	Crowded int `json:"crowded_bands,omitempty"`
}

// PartReport is what a part got.
type PartReport struct {
	Name      string  `json:"name"`
	Share     float64 `json:"share"` // in percent
	Aim       float64 `json:"aim"`   // in documents
	Documents int     `json:"documents"`
	Groups    int     `json:"groups"`
}

// Stratum is a label with how many annotations the parts have of it, or a value with how many documents.
type Stratum struct {
	Name  string `json:"name"`
	Total int    `json:"total"`
	Parts []int  `json:"parts"`
}

// LargeGroup is a group that is large beside the parts.
type LargeGroup struct {
	Part      string   `json:"part"`
	Documents int      `json:"documents"`
	Names     []string `json:"names"` // of its first documents
	// Bonds are what most of its documents have in common, with how many have it.
	Bonds []string `json:"bonds,omitempty"`
}

// Leak is something that documents in different parts have in common.
type Leak struct {
	What      string   `json:"what"`
	Count     int      `json:"count"`
	Documents int      `json:"documents"` // that are concerned
	Examples  []string `json:"examples"`
}

// How much of something a report names.
const (
	largeTold    = 20
	namesTold    = 5
	bondsTold    = 3
	examplesTold = 20
)

// report tells what came of dividing; parts are those of the documents.
func (c *Collection) report(f *finder, p *placement, parts []int) *Report {
	r := &Report{
		Seed: c.options.Seed, Groups: len(p.groups), Together: append([]Bond{}, c.options.Together...), GroupBy: c.options.GroupBy,
		Stratify: c.options.Stratify, Crowded: f.crowded,
	}
	documents := len(c.ordered) // the stratum that counts them
	for i, part := range c.options.Parts {
		r.Parts = append(r.Parts, PartReport{part.Name, float64(part.Share) * 100 / whole, p.aim[i][documents], int(p.has[i][documents]), p.count[i]})
	}
	for i, s := range c.ordered {
		stratum := Stratum{Name: s.String()}
		for part := range c.options.Parts {
			n := int(p.has[part][i])
			stratum.Parts = append(stratum.Parts, n)
			stratum.Total += n
		}
		r.Strata = append(r.Strata, stratum)
	}
	slices.SortFunc(r.Strata, func(x, y Stratum) int { return cmp.Compare(x.Name, y.Name) })
	c.reportLarge(r, p)
	c.reportLeaks(r, f, parts)
	return r
}

func (c *Collection) reportLarge(r *Report, p *placement) {
	smallest := r.Parts[0].Aim
	for _, part := range r.Parts {
		smallest = min(smallest, part.Aim)
	}
	var large []int
	for i, g := range p.groups {
		if len(g.members) > 1 && float64(len(g.members)) > smallest {
			large = append(large, i)
		}
	}
	slices.SortStableFunc(large, func(x, y int) int { return cmp.Compare(len(p.groups[y].members), len(p.groups[x].members)) })
	r.LargeGroups = len(large)
	for _, i := range large[:min(len(large), largeTold)] {
		g := p.groups[i]
		told := LargeGroup{Part: r.Parts[p.of[i]].Name, Documents: len(g.members), Bonds: c.bondsOf(g)}
		for _, number := range g.members[:min(len(g.members), namesTold)] {
			told.Names = append(told.Names, c.documents[number].name)
		}
		r.Large = append(r.Large, told)
	}
}

// bondsOf names what most documents of a group have in common.
func (c *Collection) bondsOf(g group) []string {
	type bond struct {
		name string
		with int
	}
	var bonds []bond
	for l, with := range c.links {
		if _, in := slices.BinarySearch(g.members, with[0]); in && len(with) > 1 && c.binds(l) {
			bonds = append(bonds, bond{c.called(l), len(with)})
		}
	}
	slices.SortFunc(bonds, func(x, y bond) int { return cmp.Or(cmp.Compare(y.with, x.with), cmp.Compare(x.name, y.name)) })
	var told []string
	for _, b := range bonds[:min(len(bonds), bondsTold)] {
		told = append(told, fmt.Sprintf("%s in %d documents", b.name, b.with))
	}
	return told
}

// leak collects what documents of different parts have in common.
type leak struct {
	Leak
	concerned map[int32]bool
}

func (l *leak) add(example string, concerned ...int32) {
	l.Count++
	if len(l.Examples) < examplesTold {
		l.Examples = append(l.Examples, example)
	}
	if l.concerned == nil {
		l.concerned = map[int32]bool{}
	}
	for _, number := range concerned {
		l.concerned[number] = true
	}
}

func (c *Collection) reportLeaks(r *Report, f *finder, parts []int) {
	in := func(number int32) string {
		return fmt.Sprintf("%s (%s)", c.documents[number].name, r.Parts[parts[number]].Name)
	}
	tell := func(what string, l *leak) {
		if l.Count > 0 {
			l.What, l.Documents = what, len(l.concerned)
			r.Leaks = append(r.Leaks, l.Leak)
		}
	}
	var duplicates, similar, relations leak
	slices.SortStableFunc(f.found, func(x, y pair) int { return cmp.Compare(y.index, x.index) })
	for _, x := range f.found {
		if parts[x.a] == parts[x.b] {
			continue
		}
		to := &similar
		if x.index >= Duplicate {
			to = &duplicates
		}
		to.add(fmt.Sprintf("%s and %s: %.2f", in(x.a), in(x.b), x.index), x.a, x.b)
	}
	for _, x := range c.relations {
		if to, known := c.numbers[x.to]; known && parts[x.from] != parts[to] {
			relations.add(in(x.from)+" and "+in(to), x.from, to)
		}
	}
	tell("pair of near-duplicates in different parts", &duplicates)
	tell("pair of similar texts in different parts", &similar)
	tell("relation between documents of different parts", &relations)
	tell("concept in several parts", c.spread("", r, parts))
	for _, field := range watched {
		tell(field+" in several parts", c.spread(field, r, parts))
	}
}

// spread collects the values of a field, or with "" the concepts, that are in several parts, the most frequent first.
func (c *Collection) spread(field string, r *Report, parts []int) *leak {
	var links []link
	for l, with := range c.links {
		if l.field == field && slices.ContainsFunc(with, func(number int32) bool { return parts[number] != parts[with[0]] }) {
			links = append(links, l)
		}
	}
	slices.SortFunc(links, func(x, y link) int {
		return cmp.Or(cmp.Compare(len(c.links[y]), len(c.links[x])), cmp.Compare(c.called(x), c.called(y)), cmp.Compare(x.value, y.value))
	})
	found := &leak{}
	for _, l := range links {
		counts := map[int]int{}
		for _, number := range c.links[l] {
			counts[parts[number]]++
		}
		example := c.called(l) + ":"
		for i, part := range slices.Sorted(maps.Keys(counts)) {
			example += fmt.Sprintf("%s %d in %s", map[bool]string{true: ",", false: ""}[i > 0], counts[part], r.Parts[part].Name)
		}
		found.add(example, c.links[l]...)
	}
	return found
}
