package agreement

// Contingency is the cross table of two annotators: how many items got which value
// from the one (rows) and from the other (columns).
type Contingency struct {
	Categories []string
	counts     [][]float64
	numbers    []float64 // of the categories; nil unless all are numbers
	declared   bool      // the order of the categories was
}

// NewContingency returns an empty table.
func NewContingency(categories []string) *Contingency {
	return &Contingency{Categories: categories, counts: square(len(categories))}
}

func square(n int) [][]float64 {
	rows, cells := make([][]float64, n), make([]float64, n*n)
	for i := range rows {
		rows[i] = cells[i*n : (i+1)*n]
	}
	return rows
}

// Add counts n items that got value i from the first and j from the second annotator.
func (c *Contingency) Add(i, j int, n float64) { c.counts[i][j] += n }

// Count returns how many items got value i from the first and j from the second annotator.
func (c *Contingency) Count(i, j int) float64 { return c.counts[i][j] }

// margins returns the shares of each value with the first and with the second
// annotator, the share of equal values, and the number of items.
func (c *Contingency) margins() (first, second []float64, observed, total float64) {
	first, second = make([]float64, len(c.counts)), make([]float64, len(c.counts))
	for i, row := range c.counts {
		for j, n := range row {
			first[i] += n
			second[j] += n
			total += n
			if i == j {
				observed += n
			}
		}
	}
	if total > 0 {
		for i := range first {
			first[i] /= total
			second[i] /= total
		}
		observed /= total
	}
	return first, second, observed, total
}

// Total returns how many items there are.
func (c *Contingency) Total() float64 {
	_, _, _, total := c.margins()
	return total
}

// Observed returns the share of items with equal values: what is called observed,
// raw or percentage agreement.
func (c *Contingency) Observed() Figure {
	_, _, observed, total := c.margins()
	if total == 0 {
		return unknown(noItems)
	}
	return known(observed)
}

// against returns the observed agreement corrected by what expected makes of the margins.
func (c *Contingency) against(expected func(first, second []float64) float64) Figure {
	first, second, observed, total := c.margins()
	if total == 0 {
		return unknown(noItems)
	}
	return beyondChance(observed, expected(first, second))
}

// BennettS returns S (Bennett, Alpert & Goldstein 1954), in which all categories of
// the set are equally likely. Unless declared, the set is of those that occur.
func (c *Contingency) BennettS() Figure {
	if len(c.Categories) < 2 {
		return unknown("there are fewer than two categories")
	}
	return c.against(func(_, _ []float64) float64 { return 1 / float64(len(c.Categories)) })
}

// ScottPi returns pi (Scott 1955), in which both annotators have one common
// distribution (Artstein & Poesio 2008: 561).
func (c *Contingency) ScottPi() Figure {
	return c.against(func(first, second []float64) (sum float64) {
		for i := range first {
			p := (first[i] + second[i]) / 2
			sum += p * p
		}
		return sum
	})
}

// CohenKappa returns kappa (Cohen 1960), in which each annotator has a distribution
// of their own (Artstein & Poesio 2008: 561).
func (c *Contingency) CohenKappa() Figure {
	return c.against(func(first, second []float64) (sum float64) {
		for i := range first {
			sum += first[i] * second[i]
		}
		return sum
	})
}

// CohenKappaMax returns the largest kappa that these two distributions allow
// (Cohen 1960: 42).
func (c *Contingency) CohenKappaMax() Figure {
	first, second, _, total := c.margins()
	if total == 0 {
		return unknown(noItems)
	}
	reachable, expected := 0.0, 0.0
	for i := range first {
		reachable += min(first[i], second[i])
		expected += first[i] * second[i]
	}
	return beyondChance(reachable, expected)
}

// Weight says how much two values disagree, by their places among n categories: 0
// for equal ones, 1 for those furthest apart.
type Weight func(i, j, n int) float64

// Linear grows with the number of places between two values.
func Linear(i, j, n int) float64 {
	if i < j {
		i, j = j, i
	}
	return float64(i-j) / float64(max(n-1, 1))
}

// Quadratic grows with the square of the number of places between two values.
func Quadratic(i, j, n int) float64 {
	d := Linear(i, j, n)
	return d * d
}

// WeightedKappa returns Cohen's (1968) kappa for values that disagree more or less:
// 1 - Σwo/Σwe. The order is that of the categories, which must be known.
func (c *Contingency) WeightedKappa(weight Weight) Figure {
	first, second, _, total := c.margins()
	if total == 0 {
		return unknown(noItems)
	}
	if !c.ordered() {
		return unknown(noOrder)
	}
	observed, expected := 0.0, 0.0
	for i := range first {
		for j := range second {
			w := weight(i, j, len(first))
			observed += w * c.counts[i][j] / total
			expected += w * first[i] * second[j]
		}
	}
	if expected < tiny {
		return unknown(noVariation)
	}
	return known(1 - observed/expected)
}

const noOrder = "the values have no order: they are not all numbers"

// ordered reports whether the order of the categories means something.
func (c *Contingency) ordered() bool { return c.declared || c.numbers != nil }

// GwetAC1 returns AC1 (Gwet 2008: 38), which is not misled when nearly all items are of
// one category. The categories are those that occur unless declared.
func (c *Contingency) GwetAC1() Figure {
	return c.gwet(func(i, j, _ int) float64 {
		if i == j {
			return 0
		}
		return 1
	})
}

// GwetAC2 returns AC2 (Gwet 2014, chapter 4): AC1 with weights.
func (c *Contingency) GwetAC2(weight Weight) Figure {
	if !c.ordered() {
		return unknown(noOrder)
	}
	return c.gwet(weight)
}

func (c *Contingency) gwet(weight Weight) Figure {
	first, second, _, total := c.margins()
	q := len(first)
	switch {
	case total == 0:
		return unknown(noItems)
	case q < 2:
		return unknown(noVariation)
	}
	observed, weights, spread := 0.0, 0.0, 0.0
	for i := range first {
		for j := range second {
			w := 1 - weight(i, j, q)
			weights += w
			observed += w * c.counts[i][j] / total
		}
		p := (first[i] + second[i]) / 2
		spread += p * (1 - p)
	}
	return beyondChance(observed, weights/float64(q*(q-1))*spread)
}

// Coincidences returns the coincidence matrix of the table: each pair counts both ways.
func (c *Contingency) Coincidences() *Coincidences {
	both := newCoincidences(c.Categories)
	both.numbers, both.declared = c.numbers, c.declared
	for i, row := range c.counts {
		for j, n := range row {
			both.counts[i][j] += n
			both.counts[j][i] += n
		}
	}
	return both
}
