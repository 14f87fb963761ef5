package pubtator

import (
	"fmt"
	"strings"
)

// none is what stands in the column of a mention without a concept.
const none = "-"

// madeUp is what a mention without a concept is called if a relation needs it to be. It is
// the n-th one, from 0 on.
func madeUp(n int) string { return fmt.Sprintf("#%d", n+1) }

// concepts are the mentions by what they mention.
type concepts struct {
	first map[string]int // number of the first mention
	once  map[string]bool
}

// newConcepts looks through mentions. One of several concepts at once, D1|D2, counts for
// each of them where nothing else does.
func newConcepts(mentions []mention) *concepts {
	c := &concepts{first: map[string]int{}, once: map[string]bool{}}
	for i, m := range mentions {
		c.add(m.called, i)
	}
	for i, m := range mentions {
		c.add(m.label+"|"+m.called, i) // as PubTator 3 names the ends of relations
		for _, part := range strings.FieldsFunc(m.called, func(r rune) bool { return strings.ContainsRune("|,;+", r) }) {
			if _, known := c.first[part]; !known {
				c.add(part, i)
			}
		}
	}
	return c
}

func (c *concepts) add(name string, i int) {
	_, before := c.first[name]
	if !before {
		c.first[name] = i
	}
	c.once[name] = !before
}

// find returns the number of the first mention of a concept, -1 if there is none.
func (c *concepts) find(name string) int {
	name = strings.Trim(name, " ")
	if i, known := c.first[name]; known && name != "" && name != none {
		return i
	}
	return -1
}
