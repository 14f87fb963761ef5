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
	v.keepingPlace(func() bool {
		next = v.layout.LineOf(offset)
		return true
	})
	return next, true
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
