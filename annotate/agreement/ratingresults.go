package agreement

import "slices"

// Figures returns the measures of ratings that are asked for by name, or all with nil, and
// their confidence intervals over draws of items.
func (r *Ratings) Figures(measures []string, seed uint64) []Result {
	var found []Result
	add := func(names []string, subject string, people []string, of func(*Ratings) ([]Figure, int)) {
		if len(measures) > 0 && !slices.ContainsFunc(names, func(n string) bool { return slices.Contains(measures, n) }) {
			return
		}
		figures, n := of(r)
		intervals := Bootstrap(r.Len(), seed, func(times []int) []Figure {
			drawn, _ := of(r.Pick(taken(times)))
			return drawn
		})
		for i, name := range names {
			if len(measures) > 0 && !slices.Contains(measures, name) {
				continue
			}
			result := Result{Measure: name, Subject: subject, Annotators: people, Figure: figures[i], Of: n}
			if intervals != nil && figures[i].Defined {
				result.Confidence = intervals[i]
			}
			found = append(found, result)
		}
	}
	add([]string{ObservedName}, "", nil, func(r *Ratings) ([]Figure, int) { return []Figure{r.Observed()}, r.given() })
	paired := []string{SName, PiName, KappaName, KappaLinear, KappaSquare}
	if len(r.Raters) > 2 {
		add(paired, "", nil, (*Ratings).pairMeans)
	}
	for a := range r.Raters {
		for b := a + 1; b < len(r.Raters); b++ {
			add(paired, "", []string{r.Raters[a], r.Raters[b]}, func(r *Ratings) ([]Figure, int) { return r.Contingency(a, b).pairFigures() })
		}
	}
	add([]string{FleissName}, "", nil, func(r *Ratings) ([]Figure, int) {
		return []Figure{r.FleissKappa()}, r.Complete() * len(r.Raters)
	})
	for i, category := range r.Categories {
		if len(r.Categories) > 2 {
			add([]string{FleissName}, category, nil, func(r *Ratings) ([]Figure, int) {
				return []Figure{r.FleissKappaOf(i)}, r.Complete() * len(r.Raters)
			})
		}
	}
	add([]string{AC1Name}, "", nil, func(r *Ratings) ([]Figure, int) { return []Figure{r.GwetAC1()}, r.given() })
	add([]string{AlphaName, AlphaOrdinal, AlphaInterval, AlphaRatio}, "", nil, func(r *Ratings) ([]Figure, int) {
		c := r.Coincidences()
		return []Figure{c.Alpha(Nominal), c.Alpha(Ordinal), c.Alpha(Interval), c.Alpha(Ratio)}, int(c.Pairable() + 0.5)
	})
	return found
}

// taken lists items as often as they are taken.
func taken(times []int) []int {
	items := make([]int, 0, len(times))
	for i, n := range times {
		for range n {
			items = append(items, i)
		}
	}
	return items
}

// given returns how many ratings there are.
func (r *Ratings) given() int { return r.Len()*len(r.Raters) - r.Missing() }

// pairFigures returns S, pi, kappa and the weighted kappas.
func (c *Contingency) pairFigures() ([]Figure, int) {
	return []Figure{c.BennettS(), c.ScottPi(), c.CohenKappa(), c.WeightedKappa(Linear), c.WeightedKappa(Quadratic)}, 2 * int(c.Total())
}

// pairMeans returns the means of these over pairs of raters (for kappa, Light 1971).
func (r *Ratings) pairMeans() ([]Figure, int) {
	var columns [5][]Figure
	total := 0
	for a := range r.Raters {
		for b := a + 1; b < len(r.Raters); b++ {
			figures, n := r.Contingency(a, b).pairFigures()
			total += n
			for i, f := range figures {
				columns[i] = append(columns[i], f)
			}
		}
	}
	means := make([]Figure, len(columns))
	for i, column := range columns {
		means[i], _ = Mean(column)
	}
	return means, total
}
