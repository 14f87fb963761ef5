package dataset

import (
	"slices"
	"strings"
)

// Loss is something a format could not hold, and how often it occurred.
type Loss struct {
	What  string `json:"what"`
	Count int    `json:"count"`
}

// Losses counts what a format could not hold, in the order first met.
type Losses []Loss

// Of returns how often something was lost.
func (l Losses) Of(what ...string) int {
	n := 0
	for _, loss := range l {
		if slices.Contains(what, loss.What) {
			n += loss.Count
		}
	}
	return n
}

// Among returns what was lost of some kinds, each named by how the name of the loss begins.
func (l Losses) Among(kinds []string) []string {
	var found []string
	for _, loss := range l {
		if slices.ContainsFunc(kinds, func(kind string) bool { return strings.HasPrefix(loss.What, kind) }) {
			found = append(found, loss.What)
		}
	}
	return found
}

// Add counts one more loss of a kind.
func (l *Losses) Add(what string) { l.AddN(what, 1) }

// AddN counts n more losses of a kind.
func (l *Losses) AddN(what string, n int) {
	if n == 0 {
		return
	}
	i := slices.IndexFunc(*l, func(loss Loss) bool { return loss.What == what })
	if i < 0 {
		*l = append(*l, Loss{What: what})
		i = len(*l) - 1
	}
	(*l)[i].Count += n
}
