package agreement

import (
	"cmp"

	"spanwright/annotate"
)

// totals are the sums of a [Unitizing] in rows and columns. Sums of several texts are
// sums of totals over the same values.
type totals struct {
	values         []string // gaps first, where there are any
	observed       [][]float64
	single, paired []float64
	overlap        string
}

// newTotals returns sums of nothing.
func newTotals(values []string) *totals {
	n := len(values)
	return &totals{values: values, observed: square(n), single: make([]float64, n), paired: make([]float64, n)}
}

// totals returns the sums over values, which must be sorted and hold all that occur.
func (u *Unitizing) totals(values []string) *totals {
	t := newTotals(values)
	t.overlap = u.overlap
	for i, c := range values {
		t.single[i], t.paired[i] = u.single[c], u.paired[c]
		for j, k := range values {
			t.observed[i][j] = u.observed[valuePair{c, k}]
		}
	}
	return t
}

// own returns the sums over the values that occur.
func (u *Unitizing) own() *totals { return u.totals(annotate.SortedKeys(u.single)) }

func (t *totals) add(o *totals, times float64) {
	for i := range t.values {
		t.single[i] += times * o.single[i]
		t.paired[i] += times * o.paired[i]
		for j := range t.values {
			t.observed[i][j] += times * o.observed[i][j]
		}
	}
	t.overlap = cmp.Or(t.overlap, o.overlap)
}

// positions returns how many positions of all annotators were compared.
func (t *totals) positions() int {
	n := 0.0
	for _, row := range t.observed {
		for _, l := range row {
			n += l
		}
	}
	return int(n + 0.5)
}

// matrices are the observed and expected coincidences of values.
type matrices struct {
	values             []string
	observed, expected [][]float64
	marginal           []float64 // of each value, gaps included
}

// matrices returns the coincidences of all values, or with starred of those where both
// annotators have a unit (equations 32, 33 and 36, 37).
func (t *totals) matrices(starred bool) matrices {
	from, self := 0, t.single
	if starred {
		self = t.paired
		if len(t.values) > 0 && t.values[0] == gap {
			from = 1
		}
	}
	n := len(t.values) - from
	m := matrices{values: t.values[from:], observed: square(n), expected: square(n), marginal: make([]float64, n)}
	rows, all, selves := make([]float64, n), 0.0, 0.0
	for i := range n {
		for j, l := range t.observed[from+i] {
			m.marginal[i] += l
			if j >= from {
				m.observed[i][j-from] = l
				rows[i] += l
			}
		}
		all += rows[i]
		selves += self[from+i]
	}
	rest := all - selves/max(all, 1)
	if rest <= 0 {
		return m
	}
	for i := range n {
		for j := range n {
			e := rows[i] * rows[j]
			if i == j {
				e -= self[from+i]
			}
			m.expected[i][j] = e / rest
		}
	}
	return m
}

// disagreement returns 1 - Do/De over the cells where differ says that two values do.
func (m *matrices) disagreement(differ func(i, j int) bool) Figure {
	observed, expected := 0.0, 0.0
	for i := range m.values {
		for j := range m.values {
			if differ(i, j) {
				observed += m.observed[i][j]
				expected += m.expected[i][j]
			}
		}
	}
	if expected < tiny {
		return unknown(noVariation)
	}
	return known(1 - observed/expected)
}

// ready reports why nothing can be computed.
func (t *totals) ready() (Figure, bool) {
	marked, any := 0.0, 0.0
	for i, n := range t.single {
		any += n
		if t.values[i] != gap {
			marked += n
		}
	}
	switch {
	case t.overlap != "":
		return unknown("%s", t.overlap), false
	case any == 0:
		return unknown("no text was worked on by two annotators"), false
	case marked == 0:
		return unknown(noUnits), false
	}
	return Figure{}, true
}

// Alpha returns ᵤα: agreement on where units are and which label they have, gaps
// being a value like others (equation 34).
func (u *Unitizing) Alpha() Figure { return u.own().alpha() }

func (t *totals) alpha() Figure {
	if why, ok := t.ready(); !ok {
		return why
	}
	m := t.matrices(false)
	return m.disagreement(func(i, j int) bool { return i != j })
}

// BinaryAlpha returns |ᵤα: agreement on where units are, whatever their label (equation 35).
func (u *Unitizing) BinaryAlpha() Figure { return u.own().binary() }

func (t *totals) binary() Figure {
	if why, ok := t.ready(); !ok {
		return why
	}
	m := t.matrices(false)
	return m.disagreement(func(i, j int) bool { return (m.values[i] == gap) != (m.values[j] == gap) })
}

// CodingAlpha returns cuα: agreement on the label where two annotators both have a
// unit (equations 36 and 37).
func (u *Unitizing) CodingAlpha() Figure { return u.own().coding() }

func (t *totals) coding() Figure {
	if why, ok := t.ready(); !ok {
		return why
	}
	m := t.matrices(true)
	if m.empty() {
		return unknown("no two annotators have units at the same place")
	}
	return m.disagreement(func(i, j int) bool { return i != j })
}

func (m *matrices) empty() bool {
	for _, row := range m.observed {
		for _, n := range row {
			if n > 0 {
				return false
			}
		}
	}
	return true
}

// LabelAlpha returns (k)uα: agreement on label k where one annotator has a unit of it and
// another has any unit (equation 38). coverage is the share of k's length that this is.
func (u *Unitizing) LabelAlpha(label string) (alpha, coverage Figure) { return u.own().label(label) }

func (t *totals) label(label string) (alpha, coverage Figure) {
	if why, ok := t.ready(); !ok {
		return why, why
	}
	m := t.matrices(true)
	for k, value := range m.values {
		if value != label {
			continue
		}
		of, expected := 0.0, 0.0
		for c := range m.values {
			of += m.observed[c][k]
			expected += m.expected[c][k]
		}
		coverage = ratio(of, m.marginal[k], noUnits)
		apart := expected - m.expected[k][k]
		switch {
		case of == 0:
			return unknown("where one annotator has the label, nobody else has a unit"), coverage
		case apart < tiny:
			return unknown(noVariation), coverage
		}
		return known(1 - expected/of*(of-m.observed[k][k])/apart), coverage
	}
	return unknown("nobody used the label"), unknown("nobody used the label")
}
