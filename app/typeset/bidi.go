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

// leader looks for the character that gives a paragraph its level (rules P2 and P3).
type leader struct{ isolates int }

// read takes in the next character; found says that it is the one.
func (l *leader) read(c bidi.Class) (level uint8, found bool) {
	switch {
	case isInitiator(c):
		l.isolates++
	case c == bidi.PDI:
		l.isolates = max(0, l.isolates-1)
	case l.isolates > 0:
	case c == bidi.L:
		return 0, true
	case c == bidi.R || c == bidi.AL:
		return 1, true
	}
	return 0, false
}

// resolveLevels returns the embedding level of each character by UAX #9, rules X1
// to I2 and L1 but for the ends of lines, which [resetTrailing] does. Runes are
// needed for brackets only and may be nil. Characters that X9 removes get the
// level of the one before. A paragraph separator inside the text gets the base
// level and ends all embeddings, but the base level stays. Open are the embeddings
// that the text stands in; they stay as they are.
func resolveLevels(classes []bidi.Class, runes []rune, open *embedding) []uint8 {
	t := bidiText{
		classes: classes,
		runes:   runes,
		types:   append([]bidi.Class(nil), classes...),
		levels:  make([]uint8, len(classes)),
		base:    open.base(),
		before:  open.top().level,
	}
	t.matchIsolates()
	t.explicit(open.clone())
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
	match   []int  // of an isolate initiator its PDI and the reverse, -1 without (BD9)
	rtl     []bool // of a first-strong isolate whether it reads from right to left
	base    uint8
	before  uint8 // the level that the text stands in
}

// matchIsolates pairs isolate initiators with their ends and finds the directions
// of first-strong isolates (rule X5c).
func (t *bidiText) matchIsolates() {
	t.match, t.rtl = make([]int, len(t.classes)), make([]bool, len(t.classes))
	var open isolates
	for i, c := range t.classes {
		t.match[i] = -1
		if j := open.read(i, c, t.rtl); j >= 0 {
			t.match[i], t.match[j] = j, i
		}
	}
}

// explicit applies rules X1 to X8 from the embeddings on that are open at the start.
func (t *bidiText) explicit(e *embedding) {
	for i, c := range t.classes {
		e.before(c)
		t.levels[i] = e.top().level
		if e.top().override != bidi.ON && !isRemoved(c) && c != bidi.B {
			t.types[i] = e.top().override
		}
		e.behind(c, t.rtl[i])
	}
}

// fillRemoved gives removed characters the level of the one before (UAX #9, 5.2).
func (t *bidiText) fillRemoved() {
	level := t.before
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
