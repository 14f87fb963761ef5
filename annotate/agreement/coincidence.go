package agreement

// Metric says what the distance between two values is in Krippendorff's alpha.
type Metric string

// The metrics (Krippendorff 2011, sections A, D and E).
const (
	Nominal  Metric = "nominal"  // equal or not
	Ordinal  Metric = "ordinal"  // how many ratings lie between the two
	Interval Metric = "interval" // the difference
	Ratio    Metric = "ratio"    // the difference in proportion to the sum
)

// Coincidences is Krippendorff's matrix of the pairs of values that occur together
// in items; each pair counts both ways, and each item by how many ratings it has.
type Coincidences struct {
	Categories []string
	counts     [][]float64
	numbers    []float64
	declared   bool
}

func newCoincidences(categories []string) *Coincidences {
	return &Coincidences{Categories: categories, counts: square(len(categories))}
}

// Count returns how often the two values coincide.
func (c *Coincidences) Count(i, j int) float64 { return c.counts[i][j] }

// totals returns how many pairable ratings there are of each value, and of all.
func (c *Coincidences) totals() (of []float64, all float64) {
	of = make([]float64, len(c.counts))
	for i, row := range c.counts {
		for _, n := range row {
			of[i] += n
		}
		all += of[i]
	}
	return of, all
}

// Pairable returns how many ratings stand in items that have two or more.
func (c *Coincidences) Pairable() float64 {
	_, all := c.totals()
	return all
}

// Alpha returns Krippendorff's alpha (2011: 6, equation for any metric):
// 1 - (n-1) Σ o·δ² / Σ n·n·δ².
func (c *Coincidences) Alpha(metric Metric) Figure {
	of, all := c.totals()
	switch {
	case all == 0:
		return unknown(noItems)
	case metric == Ordinal && c.numbers == nil && !c.declared:
		return unknown(noOrder)
	case (metric == Interval || metric == Ratio) && c.numbers == nil:
		return unknown("not all values are numbers")
	case metric == Ratio && !allPositive(c.numbers):
		return unknown("a ratio needs values that are not negative")
	}
	observed, expected := 0.0, 0.0
	for i, row := range c.counts {
		for j, o := range row {
			d := c.distance(metric, of, i, j)
			observed += o * d
			expected += of[i] * of[j] * d
		}
	}
	if expected == 0 {
		return unknown(noVariation)
	}
	return known(1 - (all-1)*observed/expected)
}

func allPositive(numbers []float64) bool {
	for _, x := range numbers {
		if x < 0 {
			return false
		}
	}
	return true
}

// distance returns δ² of two values.
func (c *Coincidences) distance(metric Metric, of []float64, i, j int) float64 {
	if i == j {
		return 0
	}
	d := 1.0
	switch metric {
	case Ordinal:
		d = -(of[i] + of[j]) / 2
		for k := min(i, j); k <= max(i, j); k++ {
			d += of[k]
		}
	case Interval:
		d = c.numbers[i] - c.numbers[j]
	case Ratio:
		d = (c.numbers[i] - c.numbers[j]) / (c.numbers[i] + c.numbers[j])
	}
	return d * d
}
