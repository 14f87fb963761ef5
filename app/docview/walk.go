package docview

import (
	"spanwright/annotate"
	"spanwright/app/typeset"
)

// lineAfter returns the line below (direction 1) or above (-1) a line.
func (v *View) lineAfter(line typeset.Placed, direction int) (next typeset.Placed, ok bool) {
	offset := line.End
	if direction < 0 {
		offset = line.Start - 1
	}
	if offset < 0 || offset >= len(v.s.Body().Text()) {
		return next, false
	}
	return v.lineAt(offset), true
}

// lineAt returns the line of a byte offset; laying it out moves nothing on the screen.
func (v *View) lineAt(offset int) (line typeset.Placed) {
	v.keepingPlace(func() bool {
		line = v.layout.LineOf(offset)
		return true
	})
	return line
}

// tokenBeyond returns the nearest line below a line without tokens, or above it, that
// has one; a text may have a hundred thousand empty lines on end.
func (v *View) tokenBeyond(line typeset.Placed, direction int) (found typeset.Placed, ok bool) {
	body := v.s.Body()
	if direction < 0 {
		token, ok := body.PreviousToken(line.Start)
		if !ok {
			return found, false
		}
		return v.lineAt(token.End - 1), true
	}
	token, ok := body.NextToken(line.End)
	if !ok {
		return found, false
	}
	return v.lineAt(token.Start), true
}

// under returns the byte offset of what stands at x, in device pixels, on a line.
func (v *View) under(x float64, line typeset.Placed) int {
	y := line.Top + v.painter.metrics.baseline
	if cluster, ok := v.layout.ClusterAt(x+0.5, y); ok {
		return cluster.Start
	}
	return v.layout.OffsetAt(x, y)
}

// tokenOn returns the token of a line at a byte offset, or the nearest one before
// or after it on the line; ok is false on a line without tokens.
func (v *View) tokenOn(line annotate.Fragment, offset int) (token annotate.Fragment, ok bool) {
	body := v.s.Body()
	if token, ok = body.TokenAt(offset); ok && token.Overlaps(line) {
		return token, true
	}
	if token, ok = body.PreviousToken(min(offset, line.End)); ok && token.Overlaps(line) {
		return token, true
	}
	token, ok = body.NextToken(line.Start)
	return token, ok && token.Overlaps(line)
}
