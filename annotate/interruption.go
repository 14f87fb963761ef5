package annotate

import "strings"

// interruptionReach is how many tokens a reporting clause has on one side of its
// source and cue, at most: “A,” she told reporters in Orsa on Friday night, “B.”
const interruptionReach = 12

// Interruption widens hole, which interrupts f, to what stands between the two
// halves: up to the quotation marks on either side where there are some near by,
// else with the commas, dashes and the like around it. What it returns lies in f.
func (b *Body) Interruption(f, hole Fragment) Fragment {
	wide := Fragment{b.skipBefore(hole.Start), b.skipAfter(hole.End)}
	quotations := b.Quotations(hole)
	for _, q := range quotations {
		if q.Overlaps(hole) {
			return hole // part of what is quoted, not a clause between two quotations
		}
	}
	left, right := f.Start, f.End
	for _, q := range quotations {
		if mark, ok := b.NextToken(q.End); ok && q.End > left && mark.End <= hole.Start {
			left = mark.End
		}
		if mark, ok := b.PreviousToken(q.Start); ok && q.Start < right && mark.Start >= hole.End {
			right = mark.Start
		}
	}
	if left > f.Start && b.near(Fragment{left, hole.Start}) {
		wide.Start = left
	}
	if right < f.End && b.near(Fragment{hole.End, right}) {
		wide.End = right
	}
	return Fragment{max(f.Start, wide.Start), min(f.End, wide.End)}
}

// near reports whether f has few enough tokens to be part of one clause.
func (b *Body) near(f Fragment) bool {
	for range interruptionReach {
		token, ok := b.NextToken(f.Start)
		if !ok || token.Start >= f.End {
			return true
		}
		f.Start = token.End
	}
	return false
}

// clauseMarks set a reporting clause off from what it interrupts.
const clauseMarks = ",;:–—-‒―、，；：،؛"

// skipBefore returns where the marks, a dozen at most, that stand right before offset begin, offset itself if there are none.
func (b *Body) skipBefore(offset int) int {
	for range interruptionReach {
		token, ok := b.PreviousToken(offset)
		if !ok || !strings.Contains(clauseMarks, b.text[token.Start:token.End]) || !b.Trim(Fragment{token.End, offset}).Empty() {
			break
		}
		offset = token.Start
	}
	return offset
}

// skipAfter returns where the marks, a dozen at most, that stand right after offset end, offset itself if there are none.
func (b *Body) skipAfter(offset int) int {
	for range interruptionReach {
		token, ok := b.NextToken(offset)
		if !ok || !strings.Contains(clauseMarks, b.text[token.Start:token.End]) || !b.Trim(Fragment{offset, token.Start}).Empty() {
			break
		}
		offset = token.End
	}
	return offset
}
