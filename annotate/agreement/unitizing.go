package agreement

import (
	"cmp"
	"slices"
)

// Unit is a stretch of a continuum that an annotator marked: positions Begin up to but
// not including End. A position is a code point of the text in projects.
type Unit struct {
	Begin, End int
	Label      string
}

// Len returns how many positions it has.
func (u Unit) Len() int { return u.End - u.Begin }

// Continuum is a text as a row of positions from Begin on, and the units that each
// annotator marked on it.
type Continuum struct {
	Begin, Length int
	Annotators    []string
	Units         [][]Unit // by annotator, in any order
}

// Only returns the continuum with the units of one label alone.
func (c *Continuum) Only(label string) *Continuum {
	only := *c
	only.Units = make([][]Unit, len(c.Units))
	for i, units := range c.Units {
		for _, u := range units {
			if u.Label == label {
				only.Units[i] = append(only.Units[i], u)
			}
		}
	}
	return &only
}

// Labels returns the labels of the units, sorted.
func (c *Continuum) Labels() []string {
	var labels []string
	for _, units := range c.Units {
		for _, u := range units {
			if at, found := slices.BinarySearch(labels, u.Label); !found {
				labels = slices.Insert(labels, at, u.Label)
			}
		}
	}
	return labels
}

// gap is the value of what lies between the units: φ in the papers. It is no label.
const gap = ""

// sections returns an annotator's units and the gaps between them, in order and without
// empty ones, or the first two units that overlap. Touching gaps do not occur.
func (c *Continuum) sections(annotator int) (sections []Unit, overlap [2]Unit) {
	units := slices.DeleteFunc(slices.Clone(c.Units[annotator]), func(u Unit) bool { return u.Len() <= 0 })
	slices.SortFunc(units, func(a, b Unit) int { return cmp.Or(cmp.Compare(a.Begin, b.Begin), cmp.Compare(a.End, b.End)) })
	at := c.Begin
	for i, u := range units {
		if u.Begin < at && i > 0 {
			return nil, [2]Unit{units[i-1], u}
		}
		if u.Begin > at {
			sections = append(sections, Unit{Begin: at, End: u.Begin})
		}
		sections = append(sections, u)
		at = u.End
	}
	if end := c.Begin + c.Length; at < end {
		sections = append(sections, Unit{Begin: at, End: end})
	}
	return sections, overlap
}

type valuePair struct{ c, k string }

// Unitizing gathers what the alpha family of Krippendorff, Mathet, Bouvry & Widlöcher
// (2016, Quality & Quantity 50: 2347) and Krippendorff (2019, section 12.6) is computed
// from. Texts are added one after the other, each with the annotators who worked on it.
type Unitizing struct {
	observed map[valuePair]float64 // l of equation 32, by two values
	single   map[string]float64    // Σ of the squared lengths by value, gaps by position: equation 33
	paired   map[string]float64    // the same of what other annotators' units cover
	overlap  string                // why the family is not defined; "" if it is
}

// NewUnitizing returns an empty one.
func NewUnitizing() *Unitizing {
	return &Unitizing{observed: map[valuePair]float64{}, single: map[string]float64{}, paired: map[string]float64{}}
}

// Add takes in a text, named for messages. Texts of fewer than two annotators are left out.
// Where units of one annotator overlap, the measures become undefined: each position
// must have one value. Then a label at a time still can be measured.
func (u *Unitizing) Add(name string, c *Continuum) {
	m := len(c.Units)
	if m < 2 || c.Length <= 0 {
		return
	}
	sections := make([][]Unit, m)
	for i := range c.Units {
		found, overlap := c.sections(i)
		if found == nil {
			where := ""
			if name != "" {
				where = " in " + name
			}
			u.overlap = "units of " + c.Annotators[i] + " overlap" + where + " (" + overlap[0].Label + " and " + overlap[1].Label + "); look at one label at a time"
			return
		}
		sections[i] = found
	}
	for i := range sections {
		for j := range sections {
			if i != j {
				u.intersect(sections[i], sections[j], 1/float64(m-1))
			}
		}
		u.lengths(sections, i)
	}
}

// intersect adds the lengths of what two annotators' sections share.
func (u *Unitizing) intersect(a, b []Unit, weight float64) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		if n := min(a[i].End, b[j].End) - max(a[i].Begin, b[j].Begin); n > 0 {
			u.observed[valuePair{a[i].Label, b[j].Label}] += weight * float64(n)
		}
		if a[i].End < b[j].End {
			i++
		} else {
			j++
		}
	}
}

// lengths adds what a unit would make by being paired with itself.
func (u *Unitizing) lengths(sections [][]Unit, annotator int) {
	covered := coveredByOthers(sections, annotator)
	next := 0
	for _, s := range sections[annotator] {
		if s.Label == gap {
			u.single[gap] += float64(s.Len())
			continue
		}
		n := float64(s.Len())
		u.single[s.Label] += n * n
		shared := 0
		for next > 0 && covered[next-1].End > s.Begin {
			next--
		}
		for ; next < len(covered) && covered[next].Begin < s.End; next++ {
			shared += max(0, min(covered[next].End, s.End)-max(covered[next].Begin, s.Begin))
		}
		u.paired[s.Label] += float64(shared * shared)
	}
}

// coveredByOthers returns, in order and joined, where any other annotator has a unit.
func coveredByOthers(sections [][]Unit, annotator int) []Unit {
	var all []Unit
	for i, list := range sections {
		if i == annotator {
			continue
		}
		for _, s := range list {
			if s.Label != gap {
				all = append(all, s)
			}
		}
	}
	slices.SortFunc(all, func(a, b Unit) int { return cmp.Compare(a.Begin, b.Begin) })
	var joined []Unit
	for _, s := range all {
		if n := len(joined); n > 0 && s.Begin <= joined[n-1].End {
			joined[n-1].End = max(joined[n-1].End, s.End)
			continue
		}
		joined = append(joined, s)
	}
	return joined
}
