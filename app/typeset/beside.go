package typeset

import (
	"slices"

	"spanwright/annotate"
)

// Tokens returns the tokens that begin on a line, from left to right.
func (l *Layout) Tokens(line *Line) []annotate.Fragment {
	tokens := l.tokens(line)
	if !line.mixed {
		return tokens
	}
	place := make([]int, line.Len()) // of each byte, as clusters are counted from the left
	for i, c := range line.Clusters {
		for at := c.Start; at < c.End; at++ {
			place[at-line.Start] = i
		}
	}
	slices.SortStableFunc(tokens, func(a, b annotate.Fragment) int { return place[a.Start-line.Start] - place[b.Start-line.Start] })
	return tokens
}

// tokens returns the tokens that begin on a line in the order of the text.
func (l *Layout) tokens(line *Line) (found []annotate.Fragment) {
	for t, ok := l.body.NextToken(line.Start); ok && t.Start < line.End; t, ok = l.body.NextToken(t.End) {
		found = append(found, t)
	}
	return found
}

// Beside returns the token at the left or right of one on the line that it begins
// on. At the line's end that is the outermost one, on the side one comes from, of
// the next line with tokens: the one below where the walk goes onwards in the text,
// the one above where it goes back. So a walk in one direction meets every token
// once, line by line; ok is false behind the last.
func (l *Layout) Beside(token annotate.Fragment, right, onward bool) (next annotate.Fragment, ok bool) {
	line := l.LineOf(token.Start).Line
	tokens := l.Tokens(line)
	i := slices.Index(tokens, token)
	if right {
		i++
	} else {
		i--
	}
	if 0 <= i && i < len(tokens) {
		return tokens[i], true
	}
	inOrder := l.tokens(line)
	switch {
	case len(inOrder) == 0:
		return token, false
	case onward:
		next, ok = l.body.NextToken(inOrder[len(inOrder)-1].End)
	default:
		next, ok = l.body.PreviousToken(inOrder[0].Start)
	}
	if !ok {
		return token, false
	}
	tokens = l.Tokens(l.LineOf(next.Start).Line)
	if right {
		return tokens[0], true
	}
	return tokens[len(tokens)-1], true
}

// Onward reports whether the token at the left or right of one comes after it in
// the text. Where that token is none of its neighbours in the text, the direction of
// the paragraph decides.
func (l *Layout) Onward(token annotate.Fragment, right bool) bool {
	onward := right != l.LineOf(token.Start).RTL
	beside, ok := l.Beside(token, right, onward)
	if after, found := l.body.NextToken(token.End); ok && found && beside == after {
		return true
	}
	if before, found := l.body.PreviousToken(token.Start); ok && found && beside == before {
		return false
	}
	return onward
}

// RightToLeft reports whether the character at offset reads from right to left.
func (l *Layout) RightToLeft(offset int) bool {
	line := l.LineOf(offset).Line
	if c := line.cluster(offset); c != nil {
		return c.RTL
	}
	return line.RTL
}
