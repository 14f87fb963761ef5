package typeset

import "spanwright/annotate"

// Rect is a rectangle in device pixels, Y from the document's top downwards.
type Rect struct{ X, Y, W, H float64 }

// OffsetAt returns the caret position nearest to a point. Behind the blank that
// ends a wrapped line, and behind an LF, it is the one before that blank or LF, so
// that the caret stays on the line.
func (l *Layout) OffsetAt(x, y float64) int {
	p := l.lineAt(y)
	offset := p.nearest(x)
	text := l.body.Text()
	if offset != p.End || !p.hangs || p.End == len(text) && text[len(text)-1] != '\n' {
		return offset
	}
	for i := range p.Clusters {
		if p.Clusters[i].End == p.End {
			return p.Clusters[i].Start
		}
	}
	return offset
}

// ClusterAt returns the grapheme cluster under a point; ok is false where there is none.
func (l *Layout) ClusterAt(x, y float64) (f annotate.Fragment, ok bool) {
	p := l.lineAt(y)
	if y < p.Top || y >= p.Top+p.Height {
		return annotate.Fragment{}, false
	}
	for _, c := range p.Clusters {
		if c.X <= x && x < c.X+c.Width {
			return c.Fragment, true
		}
	}
	return annotate.Fragment{}, false
}

// Caret returns where the caret of an offset stands, as a rectangle without width
// of the height of a line.
func (l *Layout) Caret(offset int) Rect {
	p := l.LineOf(offset)
	return Rect{X: p.caret(offset), Y: p.Top, H: p.Height}
}

// Rects returns the rectangles that f covers, line by line and each line's from
// left to right. It lays out every line of f.
func (l *Layout) Rects(f annotate.Fragment) []Rect {
	f.Start, f.End = max(0, f.Start), min(f.End, len(l.body.Text()))
	if f.Empty() {
		return nil
	}
	var found []Rect
	for i := l.blockOf(f.Start); i < len(l.blocks) && int(l.blocks[i].start) < f.End; i++ {
		for k, line := range l.lines(i) {
			for _, s := range line.Segments(f) {
				p := l.placed(i, k, line)
				found = append(found, Rect{s.X, p.Top, s.W, p.Height})
			}
		}
	}
	return found
}
