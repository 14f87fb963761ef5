package agreement

// Observed returns the share of agreeing pairs of raters, averaged over the items
// that have two ratings or more (Fleiss 1971: 379).
func (r *Ratings) Observed() Figure {
	mean, items := r.pairwise()
	if items == 0 {
		return unknown(noItems)
	}
	return known(mean)
}

// complete returns the ratings of the items that every rater rated.
func (r *Ratings) complete() *Ratings {
	var items []int
	for i, item := range r.values {
		whole := true
		for _, v := range item {
			whole = whole && v != missing
		}
		if whole {
			items = append(items, i)
		}
	}
	return r.Pick(items)
}

// Complete returns how many items every rater rated.
func (r *Ratings) Complete() int { return r.complete().Len() }

const noComplete = "no item was rated by every rater"

// shares returns the share of each category among all ratings.
func (r *Ratings) shares() []float64 {
	shares, total := make([]float64, len(r.Categories)), 0.0
	for _, item := range r.values {
		for _, v := range item {
			if v != missing {
				shares[v]++
				total++
			}
		}
	}
	for i := range shares {
		shares[i] /= max(total, 1)
	}
	return shares
}

// FleissKappa returns Fleiss' (1971) kappa, which is Scott's pi for many raters and
// not Cohen's kappa. It is of the items that every rater rated; the others are left out.
func (r *Ratings) FleissKappa() Figure {
	if len(r.Raters) < 2 {
		return unknown("there are fewer than two raters")
	}
	whole := r.complete()
	observed, items := whole.pairwise()
	if items == 0 {
		return unknown(noComplete)
	}
	expected := whole.FleissExpected()
	return beyondChance(observed, expected.Value)
}

// FleissExpected returns the agreement that Fleiss' kappa expects by chance (1971: 380).
func (r *Ratings) FleissExpected() Figure {
	whole := r.complete()
	if whole.Len() == 0 {
		return unknown(noComplete)
	}
	sum := 0.0
	for _, p := range whole.shares() {
		sum += p * p
	}
	return known(sum)
}

// FleissKappaOf returns Fleiss' kappa of one category against all others (1971: 381).
func (r *Ratings) FleissKappaOf(category int) Figure {
	whole, m := r.complete(), float64(len(r.Raters))
	if whole.Len() == 0 || m < 2 {
		return unknown(noComplete)
	}
	p := whole.shares()[category]
	apart, counts := 0.0, make([]float64, len(r.Categories))
	for _, item := range whole.values {
		whole.tally(item, counts)
		apart += counts[category] * (m - counts[category])
	}
	expected := float64(whole.Len()) * m * (m - 1) * p * (1 - p)
	if expected == 0 {
		return unknown(noVariation)
	}
	return known(1 - apart/expected)
}

// DaviesFleissKappa returns the kappa of Davies & Fleiss (1982: 1048), which is
// Cohen's kappa for many raters: each has a distribution of their own.
func (r *Ratings) DaviesFleissKappa() Figure {
	whole := r.complete()
	if whole.Len() == 0 || len(r.Raters) < 2 {
		return unknown(noComplete)
	}
	observed, expected, pairs := 0.0, 0.0, 0.0
	for a := range r.Raters {
		for b := a + 1; b < len(r.Raters); b++ {
			first, second, equal, _ := whole.Contingency(a, b).margins()
			observed += equal
			for i := range first {
				expected += first[i] * second[i]
			}
			pairs++
		}
	}
	return beyondChance(observed/pairs, expected/pairs)
}

// GwetAC1 returns AC1 for any number of raters and with missing ratings (Gwet 2014,
// section 2.6). The categories are those that occur unless declared.
func (r *Ratings) GwetAC1() Figure {
	observed, items := r.pairwise()
	q := len(r.Categories)
	switch {
	case items == 0:
		return unknown(noItems)
	case q < 2:
		return unknown(noVariation)
	}
	shares, counts, rated := make([]float64, q), make([]float64, q), 0.0
	for _, item := range r.values {
		total := r.tally(item, counts)
		if total == 0 {
			continue
		}
		rated++
		for i, n := range counts {
			shares[i] += n / total
		}
	}
	spread := 0.0
	for _, s := range shares {
		p := s / rated
		spread += p * (1 - p)
	}
	return beyondChance(observed, spread/float64(q-1))
}

// Alpha returns Krippendorff's alpha; see [Coincidences.Alpha].
func (r *Ratings) Alpha(metric Metric) Figure { return r.Coincidences().Alpha(metric) }
