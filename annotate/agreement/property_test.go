package agreement_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"spanwright/annotate"
	"spanwright/annotate/agreement"
)

// anyRatings draws the ratings of two to four raters, some of them missing.
func anyRatings(t *rapid.T) (raters []string, values [][]string) {
	m := rapid.IntRange(2, 4).Draw(t, "raters")
	for i := range m {
		raters = append(raters, fmt.Sprint("r", i))
	}
	item := rapid.SliceOfN(rapid.SampledFrom([]string{"1", "2", "3", ""}), m, m)
	return raters, rapid.SliceOfN(item, 1, 20).Draw(t, "values")
}

func nominal(r *agreement.Ratings) map[string]agreement.Figure {
	return map[string]agreement.Figure{
		"observed": r.Observed(), "Fleiss": r.FleissKappa(), "Davies & Fleiss": r.DaviesFleissKappa(), "AC1": r.GwetAC1(), "alpha": r.Alpha(agreement.Nominal),
	}
}

func equalFigures(t require.TestingT, want, got map[string]agreement.Figure) {
	for name, w := range want {
		require.Equal(t, w.Defined, got[name].Defined, name)
		if w.Defined {
			require.InDelta(t, w.Value, got[name].Value, 1e-9, name)
		}
	}
}

func TestRatingsDoNotDependOnWhoComesFirstOrWhatValuesAreCalled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raters, values := anyRatings(t)
		want := nominal(agreement.NewRatings(raters, values))
		other := map[string]string{"1": "b", "2": "c", "3": "a"}
		changed := make([][]string, len(values))
		for i, item := range values {
			for _, v := range item {
				changed[i] = append(changed[i], other[v])
			}
			slices.Reverse(changed[i])
		}
		slices.Reverse(changed)
		equalFigures(t, want, nominal(agreement.NewRatings(raters, changed)))
	})
}

func TestEqualRatingsAgreeFully(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		column := rapid.SliceOfN(rapid.SampledFrom([]string{"1", "2", "3"}), 1, 20).Draw(t, "values")
		values := [][]string{{"1", "1", "1"}, {"2", "2", "2"}} // so that there is some variation
		for _, v := range column {
			values = append(values, []string{v, v, v})
		}
		r := agreement.NewRatings([]string{"a", "b", "c"}, values)
		for name, f := range nominal(r) {
			require.InDelta(t, 1, f.Value, 1e-9, name)
		}
		for _, m := range []agreement.Metric{agreement.Ordinal, agreement.Interval, agreement.Ratio} {
			require.InDelta(t, 1, r.Alpha(m).Value, 1e-9, m)
		}
		require.InDelta(t, 1, r.Contingency(0, 2).CohenKappa().Value, 1e-9)
	})
}

// anyUnits draws units that do not overlap on a continuum of 60 positions.
func anyUnits(t *rapid.T, name string) []agreement.Unit {
	var units []agreement.Unit
	at := 0
	for _, n := range rapid.SliceOfN(rapid.IntRange(0, 12), 0, 8).Draw(t, name) {
		begin := at + n%4
		end := begin + 1 + n
		if end > 60 {
			break
		}
		units = append(units, agreement.Unit{Begin: begin, End: end, Label: string("xyz"[n%3])})
		at = end
	}
	return units
}

func anyContinuum(t *rapid.T) *agreement.Continuum {
	c := &agreement.Continuum{Length: 60}
	for i := range rapid.IntRange(2, 4).Draw(t, "annotators") {
		c.Annotators = append(c.Annotators, fmt.Sprint("a", i))
		c.Units = append(c.Units, anyUnits(t, c.Annotators[i]))
	}
	return c
}

// reversed lists annotators and units from the other side, and gives labels other names.
func reversed(c *agreement.Continuum) *agreement.Continuum {
	r := &agreement.Continuum{Length: c.Length, Annotators: slices.Clone(c.Annotators)}
	slices.Reverse(r.Annotators)
	for i := range c.Units {
		units := slices.Clone(c.Units[len(c.Units)-1-i])
		slices.Reverse(units)
		for k := range units {
			units[k].Label = map[string]string{"x": "q", "y": "p", "z": "r"}[units[k].Label]
		}
		r.Units = append(r.Units, units)
	}
	return r
}

func ofUnits(c *agreement.Continuum) map[string]agreement.Figure {
	u := unitizing(c)
	return map[string]agreement.Figure{
		"u": u.Alpha(), "binary": u.BinaryAlpha(), "cu": u.CodingAlpha(), "2004": agreement.NewOldUnitizing(c).Alpha(),
		"disorder": {Value: agreement.BestAlignment(c, agreement.Usual).Disorder, Defined: true},
	}
}

func TestUnitsDoNotDependOnOrderNorOnNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyContinuum(t)
		equalFigures(t, ofUnits(c), ofUnits(reversed(c)))
	})
}

func TestEqualUnitsAgreeFully(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		units := append([]agreement.Unit{{Begin: 50, End: 55, Label: "x"}}, slices.DeleteFunc(anyUnits(t, "units"), func(u agreement.Unit) bool { return u.End > 50 })...)
		c := &agreement.Continuum{Length: 60, Annotators: []string{"a", "b", "c"}, Units: [][]agreement.Unit{units, units, units}}
		got := ofUnits(c)
		assert.InDelta(t, 1, got["u"].Value, 1e-9)
		assert.InDelta(t, 1, got["binary"].Value, 1e-9)
		assert.InDelta(t, 1, got["2004"].Value, 1e-9)
		assert.InDelta(t, 0, got["disorder"].Value, 1e-9)
	})
}

// TestTheBestAlignmentIsTheBest compares with a search through every way to divide the units.
func TestTheBestAlignmentIsTheBest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := &agreement.Continuum{Length: 60}
		for i := range rapid.IntRange(2, 3).Draw(t, "annotators") {
			c.Annotators = append(c.Annotators, fmt.Sprint(i))
			units := anyUnits(t, c.Annotators[i])
			c.Units = append(c.Units, units[:min(len(units), 3)])
		}
		all := 0
		for _, u := range c.Units {
			all += len(u)
		}
		a := agreement.BestAlignment(c, agreement.Usual)
		require.True(t, a.Exact)
		if all > 0 {
			require.InDelta(t, exhaustive(c)*float64(len(c.Units))/float64(all), a.Disorder, 1e-9)
		}
	})
}

// exhaustive returns the least sum of the disorders of unitary alignments: the first unit
// that is left goes with every choice of units of the annotators after it.
func exhaustive(c *agreement.Continuum) float64 {
	taken := map[[2]int]bool{}
	n := float64(len(c.Units) * (len(c.Units) - 1) / 2)
	var place func() float64
	var choose func(chosen [][2]int, annotator int) float64
	choose = func(chosen [][2]int, annotator int) float64 {
		if annotator == len(c.Units) {
			sum := 0.0
			for i, x := range chosen {
				for _, y := range chosen[i+1:] {
					sum += agreement.Usual.Between(c.Units[x[0]][x[1]], c.Units[y[0]][y[1]])
				}
			}
			size := float64(len(chosen))
			return (sum+n-size*(size-1)/2)/n + place()
		}
		best := choose(chosen, annotator+1)
		for i := range c.Units[annotator] {
			if at := [2]int{annotator, i}; !taken[at] {
				taken[at] = true
				best = min(best, choose(append(slices.Clone(chosen), at), annotator+1))
				delete(taken, at)
			}
		}
		return best
	}
	place = func() float64 {
		for annotator, units := range c.Units {
			for i := range units {
				if at := [2]int{annotator, i}; !taken[at] {
					taken[at] = true
					defer delete(taken, at)
					return choose([][2]int{at}, annotator+1)
				}
			}
		}
		return 0
	}
	return place()
}

// anySpans draws spans that may overlap and nest.
func anySpans(t *rapid.T, name string) []*annotate.Span {
	var spans []*annotate.Span
	for _, n := range rapid.SliceOfN(rapid.IntRange(0, 399), 0, 10).Draw(t, name) {
		spans = append(spans, span(string("xyz"[n%3]), n/10, n/10+1+n%10))
	}
	return spans
}

func TestSpansAreComparedAlikeFromBothSides(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anySpans(t, "a"), anySpans(t, "b")
		ab, ba := agreement.Evaluate(a, b), agreement.Evaluate(b, a)
		require.Equal(t, ab.Strict.Correct, ba.Strict.Correct)
		require.Equal(t, ab.Exact.Correct, ba.Exact.Correct)
		require.Equal(t, len(a), ab.Strict.Possible())
		require.Equal(t, len(b), ab.Strict.Actual())
		require.Equal(t, ab.Strict.Missed, ba.Strict.Spurious)
		same := agreement.Evaluate(a, a)
		require.Equal(t, len(a), same.Strict.Correct)
	})
}

func TestConfidenceHoldsTheFigureAndDependsOnTheSeedAlone(t *testing.T) {
	r := crossed("1 2 3", []int{88, 14, 18}, []int{10, 40, 10}, []int{2, 6, 12})
	first, again := r.Figures([]string{agreement.KappaName}, 3), r.Figures([]string{agreement.KappaName}, 3)
	require.Equal(t, first, again)
	c := first[0].Confidence
	// Cohen 1960: 44, the standard error of kappa is √(po(1-po)/N)/(1-pe) = 0.055: 0.492 ± 0.108.
	assert.True(t, c.Defined)
	assert.InDelta(t, .384, c.Low, .03)
	assert.InDelta(t, .600, c.High, .03)
	assert.False(t, crossed("1 2", []int{1, 0}, []int{0, 0}).Figures(nil, 1)[0].Confidence.Defined, "one item")
}
