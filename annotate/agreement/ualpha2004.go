package agreement

import (
	"cmp"
	"slices"

	"spanwright/annotate"
)

// OldUnitizing gathers what Krippendorff's first alpha for unitizing is computed from
// (1995, Sociological Methodology 25: 47; 2004: 251–255), which DKPro and INCEpTION
// show. It is another measure than [Unitizing.Alpha] and depends on the grid of positions.
// Each label is a continuum of its own, so that units of different labels may overlap.
type OldUnitizing struct {
	labels     map[string]*oldLabel
	annotators int
	length     float64
	why        string // it is not defined; "" if it is
}

// oldLabel is what is known of one label.
type oldLabel struct {
	observed float64   // Σδ² over ordered pairs of annotators
	units    []float64 // lengths
	gaps     []float64
}

// NewOldUnitizing returns what is to be known of one continuum.
func NewOldUnitizing(c *Continuum) *OldUnitizing {
	o := &OldUnitizing{labels: map[string]*oldLabel{}, annotators: len(c.Units), length: float64(c.Length)}
	if o.annotators < 2 || c.Length <= 0 {
		o.why = "no text was worked on by two annotators"
		return o
	}
	for _, label := range c.Labels() {
		only := c.Only(label)
		l := &oldLabel{}
		o.labels[label] = l
		sections := make([][]Unit, o.annotators)
		for i, units := range only.Units {
			found, _ := only.sections(i)
			if found == nil {
				o.why = "units of " + c.Annotators[i] + " with the label " + label + " overlap"
				return o
			}
			sections[i] = found
			for _, s := range found {
				if s.Label == gap {
					l.gaps = append(l.gaps, float64(s.Len()))
				}
			}
			for _, u := range units {
				l.units = append(l.units, float64(max(u.Len(), 0)))
			}
		}
		for i := range sections {
			for j := range sections {
				if i != j {
					l.observed += apart(sections[i], sections[j])
				}
			}
		}
		slices.Sort(l.gaps)
	}
	return o
}

// apart sums δ² over the sections of two annotators (Krippendorff 2004: 254): the squared
// distances of the ends of two units that intersect, and the squared length of a
// unit that lies inside a gap.
func apart(a, b []Unit) float64 {
	sum := 0.0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		x, y := a[i], b[j]
		if max(x.Begin, y.Begin) < min(x.End, y.End) {
			switch {
			case x.Label != gap && y.Label != gap:
				sum += squared(x.Begin-y.Begin) + squared(x.End-y.End)
			case x.Label != gap && y.Begin <= x.Begin && x.End <= y.End:
				sum += squared(x.Len())
			case y.Label != gap && x.Label == gap && x.Begin <= y.Begin && y.End <= x.End:
				sum += squared(y.Len())
			}
		}
		if x.End < y.End {
			i++
		} else {
			j++
		}
	}
	return sum
}

func squared(n int) float64 { return float64(n) * float64(n) }

// Observed returns the observed disagreement on a label (2004: 254).
func (o *OldUnitizing) Observed(label string) Figure {
	l := o.labels[label]
	if o.why != "" || l == nil {
		return unknown("%s", cmp.Or(o.why, noUnits))
	}
	m := float64(o.annotators)
	return known(l.observed / (m * (m - 1) * o.length * o.length))
}

// Expected returns the disagreement on a label that is expected by chance (2004: 255).
func (o *OldUnitizing) Expected(label string) Figure {
	l := o.labels[label]
	if o.why != "" || l == nil {
		return unknown("%s", cmp.Or(o.why, noUnits))
	}
	all := float64(o.annotators) * o.length
	sum, pairs := 0.0, all*(all-1)
	for _, n := range l.units {
		sum += float64(len(l.units)-1) * (2*n*n*n - 3*n*n + n) / 3
		first, _ := slices.BinarySearch(l.gaps, n)
		for _, g := range l.gaps[first:] {
			sum += n * n * (g - n + 1)
		}
		pairs -= n * (n - 1)
	}
	return ratio(2/o.length*sum, pairs, noVariation)
}

// AlphaOf returns the alpha of one label.
func (o *OldUnitizing) AlphaOf(label string) Figure {
	return oldAlpha([]Figure{o.Observed(label)}, []Figure{o.Expected(label)})
}

// Alpha returns the alpha of all labels together: 1 - ΣDo/ΣDe (2004: 255).
func (o *OldUnitizing) Alpha() Figure {
	if o.why != "" {
		return unknown("%s", o.why)
	}
	var observed, expected []Figure
	for _, label := range annotate.SortedKeys(o.labels) {
		observed = append(observed, o.Observed(label))
		expected = append(expected, o.Expected(label))
	}
	if len(observed) == 0 {
		return unknown(noUnits)
	}
	return oldAlpha(observed, expected)
}

// oldAlpha returns 1 - ΣDo/ΣDe. Units without length carry no weight; where there are no
// others, what is observed is what is expected, and alpha is 0 by definition.
func oldAlpha(observed, expected []Figure) Figure {
	o, e := 0.0, 0.0
	for i := range observed {
		if !observed[i].Defined || !expected[i].Defined {
			return observed[i]
		}
		o += observed[i].Value
		e += expected[i].Value
	}
	if o == e {
		return known(0)
	}
	return ratio(e-o, e, noVariation)
}
