package agreement

import (
	"slices"
	"strconv"
	"strings"
)

// Ratings are the values that raters gave to the same fixed items. A rater may
// have left items out.
type Ratings struct {
	Raters []string
	// Categories are the values in order: as declared, or else those that occur, by
	// size where all are numbers and by their bytes where not.
	Categories []string
	numbers    []float64 // of the categories; nil unless all are numbers
	declared   bool      // the order of the categories was
	values     [][]int   // item → rater → index of the category, or missing
}

const missing = -1

// NewRatings returns the ratings values[item][rater], where "" is a missing one.
// order declares the whole set of categories and their order; without it both are
// taken from what occurs. A value that order lacks comes after those it has.
func NewRatings(raters []string, values [][]string, order ...string) *Ratings {
	r := &Ratings{Raters: raters, declared: len(order) > 0, values: make([][]int, len(values))}
	seen := map[string]bool{"": true}
	for _, c := range order {
		seen[c] = true
	}
	var found []string
	for _, item := range values {
		for _, v := range item {
			if !seen[v] {
				seen[v] = true
				found = append(found, v)
			}
		}
	}
	r.Categories = append(slices.Clone(order), sortedValues(found)...)
	r.numbers = numbersOf(r.Categories)
	index := map[string]int{"": missing}
	for i, c := range r.Categories {
		index[c] = i
	}
	for i, item := range values {
		r.values[i] = make([]int, len(raters))
		for k := range raters {
			r.values[i][k] = missing
			if k < len(item) {
				r.values[i][k] = index[item[k]]
			}
		}
	}
	return r
}

// sortedValues sorts by size where all are numbers, else by bytes.
func sortedValues(values []string) []string {
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	if numbersOf(sorted) != nil {
		slices.SortStableFunc(sorted, func(a, b string) int {
			x, _ := strconv.ParseFloat(a, 64)
			y, _ := strconv.ParseFloat(b, 64)
			switch {
			case x < y:
				return -1
			case x > y:
				return 1
			}
			return 0
		})
	}
	return sorted
}

// numbersOf returns what the values amount to, nil unless all are finite numbers.
func numbersOf(values []string) []float64 {
	numbers := make([]float64, len(values))
	for i, v := range values {
		x, err := strconv.ParseFloat(v, 64)
		if err != nil || x-x != 0 || strings.ContainsAny(v, "xX_") {
			return nil
		}
		numbers[i] = x
	}
	if len(numbers) == 0 {
		return nil
	}
	return numbers
}

// Len returns how many items there are.
func (r *Ratings) Len() int { return len(r.values) }

// Missing returns how many ratings are missing.
func (r *Ratings) Missing() int {
	n := 0
	for _, item := range r.values {
		for _, v := range item {
			if v == missing {
				n++
			}
		}
	}
	return n
}

// Pick returns the ratings of those items alone; one may be picked several times.
func (r *Ratings) Pick(items []int) *Ratings {
	picked := *r
	picked.values = make([][]int, len(items))
	for i, item := range items {
		picked.values[i] = r.values[item]
	}
	return &picked
}

// Contingency returns how often rater a and rater b gave which values to the items
// that both rated; the others are left out.
func (r *Ratings) Contingency(a, b int) *Contingency {
	c := NewContingency(r.Categories)
	c.numbers, c.declared = r.numbers, r.declared
	for _, item := range r.values {
		if item[a] != missing && item[b] != missing {
			c.counts[item[a]][item[b]]++
		}
	}
	return c
}

// tally counts an item's ratings by category; total is how many there are.
func (r *Ratings) tally(item []int, counts []float64) (total float64) {
	clear(counts)
	for _, v := range item {
		if v != missing {
			counts[v]++
			total++
		}
	}
	return total
}

// Coincidences returns the coincidence matrix of the items with two or more
// ratings (Krippendorff 2011, section C); the others are left out.
func (r *Ratings) Coincidences() *Coincidences {
	c := newCoincidences(r.Categories)
	c.numbers, c.declared = r.numbers, r.declared
	counts := make([]float64, len(r.Categories))
	for _, item := range r.values {
		total := r.tally(item, counts)
		if total < 2 {
			continue
		}
		for i, n := range counts {
			for j, m := range counts {
				pairs := n * m
				if i == j {
					pairs = n * (n - 1)
				}
				c.counts[i][j] += pairs / (total - 1)
			}
		}
	}
	return c
}

// pairwise returns the mean over items with two or more ratings of the share of
// rater pairs that agree, and how many such items there are.
func (r *Ratings) pairwise() (mean float64, items int) {
	counts := make([]float64, len(r.Categories))
	for _, item := range r.values {
		if total := r.tally(item, counts); total >= 2 {
			mean += agreeing(counts) / (total * (total - 1))
			items++
		}
	}
	return mean / float64(max(items, 1)), items
}

// agreeing returns the number of ordered pairs of ratings that agree.
func agreeing(counts []float64) float64 {
	n := 0.0
	for _, c := range counts {
		n += c * (c - 1)
	}
	return n
}
