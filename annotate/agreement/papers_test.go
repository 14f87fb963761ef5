package agreement_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate/agreement"
)

// crossed makes the ratings of two raters from their cross table.
func crossed(categories string, table ...[]int) *agreement.Ratings {
	names := strings.Fields(categories)
	var values [][]string
	for i, row := range table {
		for j, n := range row {
			for range n {
				values = append(values, []string{names[i], names[j]})
			}
		}
	}
	return agreement.NewRatings([]string{"a", "b"}, values)
}

// rows makes ratings from one line of values for each rater; * is missing.
func rows(lines ...string) *agreement.Ratings {
	var raters []string
	var values [][]string
	for i, line := range lines {
		raters = append(raters, string(rune('A'+i)))
		for k, v := range strings.Fields(line) {
			if i == 0 {
				values = append(values, make([]string, len(lines)))
			}
			values[k][i] = strings.Trim(v, "*")
		}
	}
	return agreement.NewRatings(raters, values)
}

func tableOf(f func(*agreement.Contingency) agreement.Figure) func(*agreement.Ratings) agreement.Figure {
	return func(r *agreement.Ratings) agreement.Figure { return f(r.Contingency(0, 1)) }
}

func alpha(m agreement.Metric) func(*agreement.Ratings) agreement.Figure {
	return func(r *agreement.Ratings) agreement.Figure { return r.Alpha(m) }
}

// TestPublishedFigures holds what the papers print.
func TestPublishedFigures(t *testing.T) {
	cohen := crossed("1 2 3", []int{88, 14, 18}, []int{10, 40, 10}, []int{2, 6, 12})
	artstein := crossed("STAT IReq", []int{20, 10}, []int{20, 50})
	zwick := crossed("A B C D", []int{20, 10, 10, 0}, []int{10, 10, 0, 0}, []int{10, 0, 10, 0}, []int{0, 0, 0, 20})
	skewed := crossed("1 2", []int{80, 7}, []int{8, 5})
	// Fleiss 1971: 379; how many of six psychiatrists chose each of five diagnoses.
	diagnoses := fleiss("00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031 00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006")
	reliability := rows( // Krippendorff 2011, section C
		"1 2 3 3 2 1 4 1 2 * * *", "1 2 3 3 2 2 4 1 2 5 * 3", "* 3 3 3 2 3 4 2 2 5 1 *", "1 2 3 3 2 4 4 1 2 5 1 *")
	meg := rows("0 1 0 0 0 0 0 0 1 0", "1 1 1 0 0 1 0 0 0 0") // section A
	for _, c := range []struct {
		name    string
		ratings *agreement.Ratings
		measure func(*agreement.Ratings) agreement.Figure
		want    float64
		within  float64
	}{
		{"Cohen 1960: 45, kappa", cohen, tableOf((*agreement.Contingency).CohenKappa), .492, .0006},
		{"Cohen 1960: 45, largest kappa", cohen, tableOf((*agreement.Contingency).CohenKappaMax), .831, .0006},
		{"Artstein & Poesio 2008: 558, S", artstein, tableOf((*agreement.Contingency).BennettS), .4, 1e-9},
		{"Artstein & Poesio 2008: 558, pi", artstein, tableOf((*agreement.Contingency).ScottPi), .341, .0006},
		{"Artstein & Poesio 2008: 558, kappa", artstein, tableOf((*agreement.Contingency).CohenKappa), .348, .0006},
		{"Artstein & Poesio 2008: 558, observed", artstein, tableOf((*agreement.Contingency).Observed), .7, 1e-9},
		{"Zwick 1988: 376, S", zwick, tableOf((*agreement.Contingency).BennettS), .467, .0006},
		{"Zwick 1988: 376, pi", zwick, tableOf((*agreement.Contingency).ScottPi), .444, .0006},
		{"Zwick 1988: 376, kappa", zwick, tableOf((*agreement.Contingency).CohenKappa), .444, .0006},
		{"skewed table, AC1 by irrCAC", skewed, tableOf((*agreement.Contingency).GwetAC1), .808, .0006},
		{"the same for any number of raters", skewed, (*agreement.Ratings).GwetAC1, .808, .0006},
		{"skewed table, kappa", skewed, tableOf((*agreement.Contingency).CohenKappa), .3144, .0001},
		{"Fleiss 1971: 380, kappa", diagnoses, (*agreement.Ratings).FleissKappa, .430, .0006},
		{"Fleiss 1971: 380, observed", diagnoses, (*agreement.Ratings).Observed, .5556, .0001},
		{"Krippendorff 2011 A, alpha", meg, alpha(agreement.Nominal), .095, .0006},
		{"Krippendorff 2011 C, nominal", reliability, alpha(agreement.Nominal), .743, .0006},
		{"Krippendorff 2011 D, ordinal", reliability, alpha(agreement.Ordinal), .815, .0006},
		{"Krippendorff 2011 E, interval", reliability, alpha(agreement.Interval), .849, .0006},
		{"Krippendorff 2011 E, ratio", reliability, alpha(agreement.Ratio), .797, .0006},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := c.measure(c.ratings)
			require.True(t, got.Defined, got.Why)
			assert.InDelta(t, c.want, got.Value, c.within)
		})
	}
	for category, want := range []float64{.248, .248, .517, .470, .565} { // Fleiss 1971: 381
		assert.InDelta(t, want, diagnoses.FleissKappaOf(category).Value, .006)
	}
}

// fleiss makes ratings from how many raters chose each category, one word an item.
func fleiss(items string) *agreement.Ratings {
	var values [][]string
	for _, counts := range strings.Fields(items) {
		var item []string
		for category, n := range counts {
			for range n - '0' {
				item = append(item, string(rune('1'+category)))
			}
		}
		values = append(values, item)
	}
	return agreement.NewRatings(strings.Split("abcdef", ""), values)
}

// TestWeightedKappaIsThatOfTwoPlacesOnALine computes a table of three ordered values by
// hand: 4 items agree, 1 is one place off, 1 is two places off.
func TestWeightedKappaIsThatOfTwoPlacesOnALine(t *testing.T) {
	c := crossed("1 2 3", []int{2, 1, 1}, []int{0, 1, 0}, []int{0, 0, 1}).Contingency(0, 1)
	// Margins 4 1 1 and 2 2 2. Linear: Σwo = (0.5+1)/6; Σwe = (4·2·0.5 + 4·2·1 + 2·.5+2·.5 + 2·1+2·.5)/36 = 17/36.
	assert.InDelta(t, 1-(1.5/6)/(17./36), c.WeightedKappa(agreement.Linear).Value, 1e-12)
	// Quadratic: Σwo = (0.25+1)/6; Σwe = (2 + 8 + .5+.5 + 2+.5)/36 = 13.5/36.
	assert.InDelta(t, 1-(1.25/6)/(13.5/36), c.WeightedKappa(agreement.Quadratic).Value, 1e-12)
}

// figure1211 is the example of Krippendorff 2019: 340, figure 12.11.
func figure1211() *agreement.Continuum {
	return continuum(60, "1:0-7 2:7-13 5:30-32 6:32-37 6:37-44 7:44-60", "1:0-7 3:7-13 5:13-21 6:32-44", "1:0-7 4:7-13 5:13-21 6:32-37 6:37-41 6:41-44")
}

// continuum makes annotators' units from words like label:begin-end.
func continuum(length int, annotators ...string) *agreement.Continuum {
	c := &agreement.Continuum{Length: length}
	for i, words := range annotators {
		units := []agreement.Unit{}
		for _, word := range strings.Fields(words) {
			label, place, _ := strings.Cut(word, ":")
			begin, end, _ := strings.Cut(place, "-")
			units = append(units, agreement.Unit{Begin: number(begin), End: number(end), Label: label})
		}
		c.Annotators = append(c.Annotators, string(rune('A'+i)))
		c.Units = append(c.Units, units)
	}
	return c
}

func number(digits string) int {
	n := 0
	for _, d := range digits {
		n = 10*n + int(d-'0')
	}
	return n
}

func TestPublishedUnitizing(t *testing.T) {
	u := agreement.NewUnitizing()
	u.Add("", figure1211())
	assert.InDelta(t, .510, u.Alpha().Value, .0006)
	assert.InDelta(t, .413, u.BinaryAlpha().Value, .0007)
	assert.InDelta(t, .7283495, u.CodingAlpha().Value, 1e-6) // the book prints .724
	for label, want := range map[string]float64{"1": 1, "2": 0, "3": 0, "4": 0, "5": 1, "6": 1} {
		got, _ := u.LabelAlpha(label)
		assert.InDelta(t, want, got.Value, .005, label)
	}
	_, coverage := u.LabelAlpha("5")
	assert.InDelta(t, 8./18, coverage.Value, .001)
	seven, _ := u.LabelAlpha("7")
	assert.False(t, seven.Defined, "nobody else has a unit there")

	old := agreement.NewOldUnitizing(&agreement.Continuum{Begin: 150, Length: 300, Annotators: []string{"i", "j"}, Units: continuum(0,
		"c:225-295 c:370-400 k:180-240 k:300-350", "c:220-300 c:355-375 c:400-420 k:180-240 k:300-350").Units})
	assert.InDelta(t, .8591, old.Alpha().Value, .0005) // Krippendorff 2004: 255
	assert.InDelta(t, .7286, old.AlphaOf("c").Value, .0001)
	assert.InDelta(t, 1, old.AlphaOf("k").Value, 1e-12)
	assert.InDelta(t, .0144, old.Observed("c").Value, .0001)
	assert.InDelta(t, .0532, old.Expected("c").Value, .0001)
}

func TestPublishedGamma(t *testing.T) {
	// Mathet et al. 2015, figure 10: positional dissimilarities.
	for _, c := range []struct {
		a, b agreement.Unit
		want float64
	}{
		{unit(4, 14), unit(40, 44), 22.2},
		{unit(4, 14), unit(4, 14), 0},
		{unit(4, 14), unit(20, 25), 3.2},
		{unit(4, 14), unit(14, 24), 1},
		{unit(20, 30), unit(20, 25), .11},
		{unit(20, 25), unit(14, 24), .22},
	} {
		assert.InDelta(t, c.want, agreement.Usual.Positional(c.a, c.b), .05)
	}
	// The example of three annotators that pygamma-agreement is tested with.
	c := continuum(60, "1:2-9 2:11-17 5:24-30 6:32-36 6:36-44 7:44-60", "1:2-9 3:11-17 5:19-25 6:32-44", "1:2-9 4:11-17 5:21-27 6:32-36 6:36-40 6:40-44")
	g := agreement.NewGamma(c, agreement.GammaOptions{Dissimilarity: agreement.Dissimilarity{Alpha: 3, Beta: 1, Empty: 1}, Seed: 7, Precision: .02})
	assert.True(t, g.Exact)
	assert.Len(t, g.Best.Unitary, 6)
	assert.InDelta(t, .960625, g.Best.Disorder, 1e-9)
	assert.InDelta(t, .455, g.Gamma().Value, .02)
	assert.InDelta(t, .40, g.Categorical().Value, .03)
	assert.Greater(t, g.Samples, 30, "the precision asks for more than the usual number of random texts")
}

func unit(begin, end int) agreement.Unit { return agreement.Unit{Begin: begin, End: end} }

// TestNotDefined holds that where a measure says nothing there is a reason and no number.
func TestNotDefined(t *testing.T) {
	one := crossed("A", []int{3})
	none := agreement.NewRatings([]string{"a", "b"}, nil)
	apart := rows("1 2 * *", "* * 1 2") // each item has one rating
	words := crossed("yes no", []int{2, 1}, []int{1, 2})
	for name, f := range map[string]agreement.Figure{
		"kappa without items":         none.Contingency(0, 1).CohenKappa(),
		"alpha without items":         none.Alpha(agreement.Nominal),
		"Fleiss without items":        none.FleissKappa(),
		"AC1 without items":           none.GwetAC1(),
		"kappa of one category":       one.Contingency(0, 1).CohenKappa(),
		"pi of one category":          one.Contingency(0, 1).ScottPi(),
		"S of one category":           one.Contingency(0, 1).BennettS(),
		"AC1 of one category":         one.GwetAC1(),
		"alpha of one category":       one.Alpha(agreement.Nominal),
		"Fleiss of one category":      one.FleissKappa(),
		"alpha without pairs":         apart.Alpha(agreement.Nominal),
		"Fleiss without whole items":  apart.FleissKappa(),
		"kappa without common items":  apart.Contingency(0, 1).CohenKappa(),
		"ordinal alpha of words":      words.Alpha(agreement.Ordinal),
		"interval alpha of words":     words.Alpha(agreement.Interval),
		"weighted kappa of words":     words.Contingency(0, 1).WeightedKappa(agreement.Linear),
		"ratio alpha below zero":      rows("-1 2", "-1 3").Alpha(agreement.Ratio),
		"one rater":                   agreement.NewRatings([]string{"a"}, [][]string{{"x"}}).FleissKappa(),
		"F1 of nothing":               agreement.Evaluate(nil, nil).Strict.F1(),
		"units of one annotator":      agreement.NewGamma(continuum(10, "a:0-3"), agreement.GammaOptions{}).Gamma(),
		"gamma of no units":           agreement.NewGamma(continuum(10, "", ""), agreement.GammaOptions{}).Gamma(),
		"2004 alpha of no units":      agreement.NewOldUnitizing(continuum(10, "", "")).Alpha(),
		"2004 alpha of one annotator": agreement.NewOldUnitizing(continuum(10, "a:0-3")).Alpha(),
		"unitizing without units":     unitizing(continuum(10, "", "")).Alpha(),
		"unitizing of one annotator":  unitizing(continuum(10, "a:0-3")).Alpha(),
		"unitizing of nested units":   unitizing(continuum(10, "a:0-6 b:2-4", "a:0-6")).Alpha(),
		"all one unit":                unitizing(continuum(10, "a:0-10", "a:0-10")).Alpha(),
	} {
		assert.Falsef(t, f.Defined, "%s is %v", name, f)
		assert.NotEmpty(t, f.Why, name)
		assert.Contains(t, f.String(), "not defined (", name)
	}
	assert.Equal(t, 1.0, one.Contingency(0, 1).Observed().Value, "what is observed needs no chance")
	assert.Contains(t, unitizing(continuum(10, "a:0-6 b:2-4", "a:0-6")).Alpha().Why, "units of A overlap")
}

func unitizing(c *agreement.Continuum) *agreement.Unitizing {
	u := agreement.NewUnitizing()
	u.Add("", c)
	return u
}
