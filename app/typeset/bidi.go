package typeset

import "golang.org/x/text/unicode/bidi"

// maxDepth is the deepest embedding level (UAX #9, BD2).
const maxDepth = 125

// isInitiator reports whether c opens an isolate.
func isInitiator(c bidi.Class) bool { return c == bidi.LRI || c == bidi.RLI || c == bidi.FSI }

// isRemoved reports whether rule X9 takes characters of class c out of the text.
func isRemoved(c bidi.Class) bool {
	switch c {
	case bidi.BN, bidi.LRE, bidi.RLE, bidi.LRO, bidi.RLO, bidi.PDF:
		return true
	}
	return false
}

// isResettable reports whether rule L1 gives characters of class c the paragraph's
// level at the end of a line and before tabs and paragraph separators.
func isResettable(c bidi.Class) bool {
	return c == bidi.WS || c == bidi.PDI || isInitiator(c) || isRemoved(c)
}

// baseLevel returns the paragraph's level by its first strong character, 0 when
// it has none (rules P2 and P3).
func baseLevel(classes []bidi.Class) uint8 {
	level, _ := firstStrong(classes)
	return level
}

// firstStrong is baseLevel that also says whether there was a strong character.
func firstStrong(classes []bidi.Class) (level uint8, found bool) {
	depth := 0
	for _, c := range classes {
		switch {
		case isInitiator(c):
			depth++
		case c == bidi.PDI:
			depth = max(0, depth-1)
		case depth > 0:
		case c == bidi.L:
			return 0, true
		case c == bidi.R || c == bidi.AL:
			return 1, true
		}
	}
	return 0, false
}

// resolveLevels returns the embedding level of each character by UAX #9, rules X1
// to I2 and L1 but for the ends of lines, which [resetTrailing] does. Runes are
// needed for brackets only and may be nil. Characters that X9 removes get the
// level of the one before. A paragraph separator inside the text gets the base
// level and ends all embeddings, but the base level stays.
func resolveLevels(classes []bidi.Class, runes []rune, base uint8) []uint8 {
	t := bidiText{
		classes: classes,
		runes:   runes,
		types:   append([]bidi.Class(nil), classes...),
		levels:  make([]uint8, len(classes)),
		base:    base,
	}
	t.matchIsolates()
	t.explicit()
	for _, s := range t.sequences() {
		t.weak(s)
		if runes != nil {
			t.brackets(s)
		}
		t.neutral(s)
		t.implicit(s)
	}
	t.fillRemoved()
	t.resetSeparators()
	return t.levels
}

// bidiText is a paragraph on its way through the rules.
type bidiText struct {
	classes []bidi.Class // as the characters are
	types   []bidi.Class // as the rules change them
	runes   []rune
	levels  []uint8
	match   []int // of an isolate initiator its PDI and the reverse, -1 without (BD9)
	base    uint8
}

func (t *bidiText) matchIsolates() {
	t.match = make([]int, len(t.classes))
	var open []int
	for i, c := range t.classes {
		t.match[i] = -1
		switch {
		case isInitiator(c):
			open = append(open, i)
		case c == bidi.PDI && len(open) > 0:
			j := open[len(open)-1]
			open = open[:len(open)-1]
			t.match[i], t.match[j] = j, i
		case c == bidi.B:
			open = open[:0]
		}
	}
}

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

// explicit applies rules X1 to X8.
func (t *bidiText) explicit() {
	bottom := status{t.base, bidi.ON, false}
	e := embedding{stack: []status{bottom}}
	for i, c := range t.classes {
		switch c {
		case bidi.PDI:
			e.popIsolate()
		case bidi.B:
			e = embedding{stack: append(e.stack[:0], bottom)}
		}
		t.levels[i] = e.top().level
		if e.top().override != bidi.ON && !isRemoved(c) && c != bidi.B {
			t.types[i] = e.top().override
		}
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
			e.push(t.isolateRTL(i), bidi.ON, true)
		case bidi.PDF:
			e.popEmbedding()
		}
	}
}

// isolateRTL returns the direction of the first-strong isolate opened at i (rule X5c).
func (t *bidiText) isolateRTL(i int) bool {
	end := t.match[i]
	if end < 0 {
		end = len(t.classes)
	}
	return baseLevel(t.classes[i+1:end]) == 1
}

// fillRemoved gives removed characters the level of the one before (UAX #9, 5.2).
func (t *bidiText) fillRemoved() {
	level := t.base
	for i, c := range t.classes {
		if isRemoved(c) {
			t.levels[i] = level
		}
		level = t.levels[i]
	}
}

// resetSeparators applies rule L1 to tabs, paragraph separators and the blanks before them.
func (t *bidiText) resetSeparators() {
	for i, c := range t.classes {
		if c == bidi.S || c == bidi.B {
			t.levels[i] = t.base
			resetTrailing(t.levels[:i], t.classes[:i], t.base)
		}
	}
}

// resetTrailing gives the blanks at the end of a line the paragraph's level (rule L1).
func resetTrailing(levels []uint8, classes []bidi.Class, base uint8) {
	for i := len(levels) - 1; i >= 0 && isResettable(classes[i]); i-- {
		levels[i] = base
	}
}

// visualOrder returns the indices of levels from left to right (rule L2).
func visualOrder(levels []uint8) []int {
	order := make([]int, len(levels))
	var highest uint8
	lowestOdd := uint8(maxDepth + 2)
	for i, l := range levels {
		order[i] = i
		highest = max(highest, l)
		if l%2 == 1 {
			lowestOdd = min(lowestOdd, l)
		}
	}
	for level := highest; level >= lowestOdd; level-- {
		for i := 0; i < len(order); i++ {
			if levels[order[i]] < level {
				continue
			}
			j := i
			for j+1 < len(order) && levels[order[j+1]] >= level {
				j++
			}
			for a, b := i, j; a < b; a, b = a+1, b-1 {
				order[a], order[b] = order[b], order[a]
			}
			i = j
		}
	}
	return order
}
