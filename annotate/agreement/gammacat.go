package agreement

// categorical is the disorder of the labels in an alignment whose units have been
// brought together: weighted means of the dissimilarity of the labels of pairs, of
// all pairs and of those in which a label occurs (Mathet 2017, section 4.2.5).
type categorical struct {
	all   weighted
	label map[string]*weighted
}

// weighted is a sum and the sum of its weights.
type weighted struct{ sum, weight float64 }

func (w *weighted) add(value, weight float64) {
	w.sum += value * weight
	w.weight += weight
}

func (w *weighted) mean() float64 { return w.sum / w.weight }

func newCategorical(a Alignment, d Dissimilarity) *categorical {
	c := &categorical{label: map[string]*weighted{}}
	for _, units := range a.Unitary {
		size := 0
		for _, u := range units {
			if u != None {
				size++
			}
		}
		for i, u := range units {
			for _, v := range units[i+1:] {
				c.pair(u, v, size, d)
			}
		}
	}
	return c
}

// pair takes in two units of a unitary alignment of that size. The less they agree in
// place, the less their labels count; each unit counts once whatever the size. Where an
// annotator has no unit, the other's label is as unlike as can be.
func (c *categorical) pair(u, v Unit, size int, d Dissimilarity) {
	switch {
	case u == None && v == None:
		return
	case u == None || v == None:
		if u == None {
			u = v
		}
		c.all.add(d.Empty, d.Empty)
		c.of(u.Label).add(d.Empty, d.Empty)
		return
	}
	weight := max(0, 1-d.Alpha*d.Positional(u, v)) / float64(size-1)
	unlike := d.Categorical(u.Label, v.Label)
	c.all.add(unlike, weight)
	c.of(u.Label).add(unlike, weight)
	if v.Label != u.Label {
		c.of(v.Label).add(unlike, weight)
	}
}

func (c *categorical) of(label string) *weighted {
	w := c.label[label]
	if w == nil {
		w = &weighted{}
		c.label[label] = w
	}
	return w
}

// Categorical returns gamma-cat (Mathet 2017, Computational Linguistics 43(1)): agreement on
// the labels of what has been aligned, each pair weighted by how well its places agree. As in
// pygamma-agreement 0.5, what has no counterpart counts as disagreement.
func (g *Gamma) Categorical() Figure {
	return g.beyondChance(func(c *categorical) *weighted { return &c.all })
}

// CategoricalOf returns gamma-k of one label: gamma-cat of the pairs that have it.
func (g *Gamma) CategoricalOf(label string) Figure {
	return g.beyondChance(func(c *categorical) *weighted { return c.label[label] })
}

func (g *Gamma) beyondChance(of func(*categorical) *weighted) Figure {
	if g.why != "" {
		return unknown("%s", g.why)
	}
	observed := of(g.observed)
	if observed == nil || observed.weight == 0 {
		return unknown("no two units of it are aligned")
	}
	expected := g.expectedOf(of)
	if expected == 0 {
		return unknown(noVariation)
	}
	return known(1 - observed.mean()/expected)
}

// expectedOf returns the mean disorder of labels in random texts.
func (g *Gamma) expectedOf(of func(*categorical) *weighted) float64 {
	sum, samples := 0.0, 0.0
	for _, c := range g.chance {
		if w := of(c); w != nil && w.weight > 0 {
			sum += w.mean()
			samples++
		}
	}
	return sum / max(samples, 1)
}
