package typeset

import (
	"slices"

	"golang.org/x/text/unicode/bidi"
)

// status is an entry of the directional status stack (rules X1 to X8).
type status struct {
	level    uint8
	override bidi.Class // ON for none
	isolate  bool
}

// embedding walks through the explicit formatting characters of a paragraph.
type embedding struct {
	stack                              []status
	overIsolates, overEmbeds, isolates int
}

// newEmbedding returns what stands at the start of a paragraph of that level.
func newEmbedding(base uint8) *embedding { return &embedding{stack: []status{{base, bidi.ON, false}}} }

func (e *embedding) clone() *embedding {
	c := *e
	c.stack = slices.Clone(e.stack)
	return &c
}

// base returns the paragraph's level.
func (e *embedding) base() uint8 { return e.stack[0].level }

func (e *embedding) top() status { return e.stack[len(e.stack)-1] }

// push enters an embedding or isolate of the given direction, or counts the overflow.
func (e *embedding) push(rtl bool, override bidi.Class, isolate bool) {
	level := (e.top().level + 2) &^ 1
	if rtl {
		level = (e.top().level + 1) | 1
	}
	switch {
	case level <= maxDepth && e.overIsolates == 0 && e.overEmbeds == 0:
		e.stack = append(e.stack, status{level, override, isolate})
		if isolate {
			e.isolates++
		}
	case isolate:
		e.overIsolates++
	case e.overIsolates == 0:
		e.overEmbeds++
	}
}

// popIsolate leaves the innermost isolate and the embeddings inside it (rule X6a).
func (e *embedding) popIsolate() {
	if e.overIsolates > 0 {
		e.overIsolates--
		return
	}
	if e.isolates == 0 {
		return
	}
	e.overEmbeds = 0
	for !e.top().isolate {
		e.stack = e.stack[:len(e.stack)-1]
	}
	e.stack = e.stack[:len(e.stack)-1]
	e.isolates--
}

// popEmbedding leaves the innermost embedding or override (rule X7).
func (e *embedding) popEmbedding() {
	switch {
	case e.overIsolates > 0:
	case e.overEmbeds > 0:
		e.overEmbeds--
	case len(e.stack) > 1 && !e.top().isolate:
		e.stack = e.stack[:len(e.stack)-1]
	}
}

// before applies what a character of class c does before it has a level itself.
func (e *embedding) before(c bidi.Class) {
	switch c {
	case bidi.PDI:
		e.popIsolate()
	case bidi.B:
		*e = embedding{stack: e.stack[:1]}
	}
}

// behind applies what a character of class c does to what follows; rtl is the
// direction of a first-strong isolate.
func (e *embedding) behind(c bidi.Class, rtl bool) {
	switch c {
	case bidi.LRE, bidi.RLE:
		e.push(c == bidi.RLE, bidi.ON, false)
	case bidi.LRO:
		e.push(false, bidi.L, false)
	case bidi.RLO:
		e.push(true, bidi.R, false)
	case bidi.LRI, bidi.RLI:
		e.push(c == bidi.RLI, bidi.ON, true)
	case bidi.FSI:
		e.push(rtl, bidi.ON, true)
	case bidi.PDF:
		e.popEmbedding()
	}
}

// isolate is one that is open at a place.
type isolate struct {
	at      int
	settled bool // its first strong character was read
}

// isolates are all that are open, the innermost last.
type isolates []isolate

// read takes in the character at i. It returns where the isolate was opened that it
// ends, or -1, and notes in rtl which first-strong isolates read from right to left.
func (o *isolates) read(i int, c bidi.Class, rtl []bool) (opened int) {
	top := len(*o) - 1
	switch {
	case c == bidi.B:
		*o = (*o)[:0]
	case isInitiator(c):
		*o = append(*o, isolate{at: i})
	case top < 0:
	case c == bidi.PDI:
		opened = (*o)[top].at
		*o = (*o)[:top]
		return opened
	case !(*o)[top].settled && (c == bidi.L || c == bidi.R || c == bidi.AL):
		(*o)[top].settled = true
		rtl[(*o)[top].at] = c != bidi.L
	}
	return -1
}
