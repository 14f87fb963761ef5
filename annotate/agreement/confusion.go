package agreement

import (
	"slices"

	"spanwright/annotate"
)

// Confusion counts which labels annotators gave to the same words: the spans of each two
// of them are paired as by [Match], and each pair counts once. With two annotators the
// rows are the labels of the first in order of name; with more, each pair counts half
// from either side, so that rows and columns are the same.
type Confusion struct {
	people []string
	counts map[[2][2]string]float64 // annotators; labels, "" for none
}

// NewConfusion returns one in which nothing was counted.
func NewConfusion() *Confusion { return &Confusion{counts: map[[2][2]string]float64{}} }

// Add takes in a document.
func (c *Confusion) Add(t *Text) {
	for i, a := range t.Layers {
		for _, b := range t.Layers[i+1:] {
			c.compare(a, b)
		}
	}
}

func (c *Confusion) compare(a, b *Layer) {
	if a.Annotator > b.Annotator {
		a, b = b, a
	}
	for _, name := range []string{a.Annotator, b.Annotator} {
		if i, found := slices.BinarySearch(c.people, name); !found {
			c.people = slices.Insert(c.people, i, name)
		}
	}
	for _, p := range Match(a.Spans, b.Spans) {
		c.counts[[2][2]string{{a.Annotator, b.Annotator}, {labelAt(a.Spans, p.A), labelAt(b.Spans, p.B)}}]++
	}
}

func labelAt(spans []*annotate.Span, i int) string {
	if i < 0 {
		return ""
	}
	return spans[i].Label
}

// Annotators returns whose spans were compared, in order.
func (c *Confusion) Annotators() []string { return c.people }

// Labels returns the labels that occur, in order, and behind them "" for no span if that occurs.
func (c *Confusion) Labels() []string {
	seen := map[string]bool{}
	for key := range c.counts {
		seen[key[1][0]], seen[key[1][1]] = true, true
	}
	labels := annotate.SortedKeys(seen)
	if len(labels) > 0 && labels[0] == "" {
		labels = append(labels[1:], "")
	}
	return labels
}

// Counts returns how often the words that have the label of a row have that of a column,
// in the order of labels.
func (c *Confusion) Counts() [][]float64 {
	labels := c.Labels()
	at := map[string]int{}
	counts := make([][]float64, len(labels))
	for i, label := range labels {
		at[label], counts[i] = i, make([]float64, len(labels))
	}
	for key, n := range c.counts {
		i, j := at[key[1][0]], at[key[1][1]]
		if len(c.people) == 2 {
			counts[i][j] += n
			continue
		}
		counts[i][j] += n / 2
		counts[j][i] += n / 2
	}
	return counts
}
