package typeset

import "golang.org/x/text/unicode/bidi"

// sequence is an isolating run sequence (UAX #9, BD13): the text indices of its
// characters, those X9 removes left out, and the directions at its ends.
type sequence struct {
	at       []int
	sos, eos bidi.Class
}

// levelRun is a stretch [from, to) of the kept characters that have one level.
type levelRun struct{ from, to int }

// sequences cuts the text into isolating run sequences (rule X10).
func (t *bidiText) sequences() []sequence {
	var kept []int
	for i, c := range t.classes {
		if !isRemoved(c) {
			kept = append(kept, i)
		}
	}
	var runs []levelRun
	startingAt := map[int]int{} // text index of a run's first character → run
	for from := 0; from < len(kept); {
		to := from + 1
		for to < len(kept) && t.levels[kept[to]] == t.levels[kept[from]] {
			to++
		}
		startingAt[kept[from]] = len(runs)
		runs = append(runs, levelRun{from, to})
		from = to
	}
	var found []sequence
	for _, r := range runs {
		first := kept[r.from]
		if t.classes[first] == bidi.PDI && t.match[first] >= 0 {
			continue // belongs to the sequence of its initiator
		}
		found = append(found, t.sequence(kept, runs, startingAt, r))
	}
	return found
}

// sequence joins run and the runs that its isolates lead to.
func (t *bidiText) sequence(kept []int, runs []levelRun, startingAt map[int]int, run levelRun) sequence {
	var s sequence
	before, level := t.before, t.levels[kept[run.from]]
	if run.from > 0 {
		before = t.levels[kept[run.from-1]]
	}
	for {
		s.at = append(s.at, kept[run.from:run.to]...)
		last := kept[run.to-1]
		if !isInitiator(t.classes[last]) || t.match[last] < 0 {
			break
		}
		run = runs[startingAt[t.match[last]]]
	}
	after := t.base
	if run.to < len(kept) && !isInitiator(t.classes[kept[run.to-1]]) {
		after = t.levels[kept[run.to]]
	}
	s.sos, s.eos = direction(max(before, level)), direction(max(after, level))
	return s
}

// direction returns the class a level stands for.
func direction(level uint8) bidi.Class {
	if level%2 == 1 {
		return bidi.R
	}
	return bidi.L
}

// weak applies rules W1 to W7.
func (t *bidiText) weak(s sequence) {
	t.weakMarks(s)
	t.weakArabic(s)
	t.weakSeparators(s)
	t.weakTerminators(s)
	strong := s.sos
	for _, i := range s.at {
		switch c := t.types[i]; c {
		case bidi.ES, bidi.ET, bidi.CS: // W6
			t.types[i] = bidi.ON
		case bidi.L, bidi.R:
			strong = c
		case bidi.EN: // W7
			if strong == bidi.L {
				t.types[i] = bidi.L
			}
		}
	}
}

// weakMarks gives nonspacing marks the type of what they stand on (W1).
func (t *bidiText) weakMarks(s sequence) {
	before := s.sos
	for _, i := range s.at {
		if t.types[i] == bidi.NSM {
			t.types[i] = before
		}
		before = t.types[i]
		if isInitiator(before) || before == bidi.PDI {
			before = bidi.ON
		}
	}
}

// weakArabic makes numbers after Arabic letters Arabic and the letters right-to-left (W2, W3).
func (t *bidiText) weakArabic(s sequence) {
	strong := s.sos
	for _, i := range s.at {
		switch c := t.types[i]; c {
		case bidi.L, bidi.R:
			strong = c
		case bidi.AL:
			strong = c
			t.types[i] = bidi.R
		case bidi.EN:
			if strong == bidi.AL {
				t.types[i] = bidi.AN
			}
		}
	}
}

// weakSeparators joins numbers with the one separator between them (W4).
func (t *bidiText) weakSeparators(s sequence) {
	for k := 1; k+1 < len(s.at); k++ {
		before, c, after := t.types[s.at[k-1]], t.types[s.at[k]], t.types[s.at[k+1]]
		if before != after {
			continue
		}
		if before == bidi.EN && (c == bidi.ES || c == bidi.CS) || before == bidi.AN && c == bidi.CS {
			t.types[s.at[k]] = before
		}
	}
}

// weakTerminators makes terminators beside European numbers part of them (W5).
func (t *bidiText) weakTerminators(s sequence) {
	for k := 0; k < len(s.at); k++ {
		if t.types[s.at[k]] != bidi.ET {
			continue
		}
		end := k
		for end < len(s.at) && t.types[s.at[end]] == bidi.ET {
			end++
		}
		if k > 0 && t.types[s.at[k-1]] == bidi.EN || end < len(s.at) && t.types[s.at[end]] == bidi.EN {
			for _, i := range s.at[k:end] {
				t.types[i] = bidi.EN
			}
		}
		k = end - 1
	}
}

// isNeutral reports whether c is what rules N1 and N2 call NI.
func isNeutral(c bidi.Class) bool {
	switch c {
	case bidi.B, bidi.S, bidi.WS, bidi.ON, bidi.PDI:
		return true
	}
	return isInitiator(c)
}

// strongOf returns the direction that a resolved type stands for beside
// neutrals, where numbers count as right-to-left; ON when it has none.
func strongOf(c bidi.Class) bidi.Class {
	switch c {
	case bidi.L:
		return bidi.L
	case bidi.R, bidi.EN, bidi.AN:
		return bidi.R
	}
	return bidi.ON
}

// neutral applies rules N1 and N2.
func (t *bidiText) neutral(s sequence) {
	before := s.sos
	for k := 0; k < len(s.at); k++ {
		if !isNeutral(t.types[s.at[k]]) {
			before = strongOf(t.types[s.at[k]])
			continue
		}
		end := k
		for end < len(s.at) && isNeutral(t.types[s.at[end]]) {
			end++
		}
		after := s.eos
		if end < len(s.at) {
			after = strongOf(t.types[s.at[end]])
		}
		for _, i := range s.at[k:end] {
			t.types[i] = before
			if before != after {
				t.types[i] = direction(t.levels[i])
			}
		}
		k = end - 1
	}
}

// implicit applies rules I1 and I2.
func (t *bidiText) implicit(s sequence) {
	for _, i := range s.at {
		switch c := t.types[i]; {
		case t.levels[i]%2 == 0 && c == bidi.R, t.levels[i]%2 == 1 && c != bidi.R:
			t.levels[i]++
		case t.levels[i]%2 == 0 && c != bidi.L:
			t.levels[i] += 2
		}
	}
}
