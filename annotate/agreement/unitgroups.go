package agreement

import "spanwright/annotate"

// unitGroups makes the groups of the unitizing alphas: of all labels, with (k)uα of each,
// and of each label alone.
func (s *Study) unitGroups() []group {
	labels := annotate.SortedKeys(s.spanLabels)
	var groups []group
	for _, what := range annotate.SortedKeys(byLabel(s.units)) {
		values := []string{gap, what}
		heads := headsOf(what, UAlpha)
		if what == "" {
			heads = headsOf(what, UAlpha, UAlphaBinary, CUAlpha)
			values = append([]string{gap}, labels...)
			for _, label := range labels {
				heads = append(heads, head{KUAlpha, label})
			}
		}
		parts := s.densely(what, values)
		groups = append(groups, group{heads: heads, of: func(times []int) ([]Figure, int) {
			sum := newTotals(values)
			for _, p := range parts {
				if n := timesOf(times, p.document); n > 0 {
					sum.add(p.is, n)
				}
			}
			if what != "" { // one label has no others to be mistaken for
				return []Figure{sum.alpha()}, sum.positions()
			}
			figures := []Figure{sum.alpha(), sum.binary(), sum.coding()}
			for _, h := range heads[len(figures):] {
				alpha, _ := sum.label(h.subject)
				figures = append(figures, alpha)
			}
			return figures, sum.positions()
		}})
	}
	return groups
}

func byLabel[T any](t table[T]) map[string]bool {
	labels := map[string]bool{}
	for at := range t {
		labels[at.what] = true
	}
	return labels
}

// densely returns the contributions of all documents to a label; one in which nobody
// used it is all gap.
func (s *Study) densely(what string, values []string) []part[*totals] {
	own := map[int]*Unitizing{}
	for _, p := range s.units[subject{what: what}] {
		own[p.document] = p.is
	}
	var dense []part[*totals]
	for _, p := range s.units[subject{}] {
		is := newTotals(values)
		if u := own[p.document]; u != nil {
			is = u.totals(values)
		} else {
			is.observed[0][0] = float64(p.is.own().positions())
			is.single[0] = is.observed[0][0]
		}
		dense = append(dense, part[*totals]{p.document, is})
	}
	return dense
}

// tokenGroups makes the groups of token-level kappa: of any label, and of each. All
// tokens of a document in which neither used a label are outside it.
func (s *Study) tokenGroups() []group {
	whole := table[Binary]{}
	for at, parts := range s.tokens {
		own := map[int]bool{}
		for _, p := range parts {
			own[p.document] = true
		}
		whole[at] = append(whole[at], parts...)
		for _, p := range s.tokens[subject{at.a, at.b, ""}] {
			if !own[p.document] {
				whole.put(at, p.document, Binary{Neither: p.is.Both + p.is.OnlyA + p.is.OnlyB + p.is.Neither})
			}
		}
	}
	return withMeans(groupsOf(whole, figuresOfTokens, TokenKappa))
}

// gammaGroups makes the group of gamma, gamma-cat, and gamma-k of each label.
func (s *Study) gammaGroups() []group {
	parts := s.gamma[subject{}]
	if len(parts) == 0 {
		return nil
	}
	labels := annotate.SortedKeys(s.spanLabels)
	heads := headsOf("", GammaName, GammaCat)
	for _, label := range labels {
		heads = append(heads, head{GammaK, label})
	}
	return []group{{heads: heads, of: func(times []int) ([]Figure, int) {
		gamma, cat, of := pool(parts, times)
		figures := []Figure{gamma, cat}
		for _, label := range labels {
			figures = append(figures, poolLabel(parts, times, label))
		}
		return figures, of
	}}}
}

// poolLabel returns gamma-k of a label over several documents.
func poolLabel(parts []part[gammaPart], times []int, label string) Figure {
	var found []weightedCat
	for _, p := range parts {
		if n := timesOf(times, p.document); n > 0 {
			if c, has := p.is.label[label]; has {
				found = append(found, weightedCat{c, n})
			}
		}
	}
	return poolCat(found)
}
