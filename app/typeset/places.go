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

// Left returns the offset of the cluster to the left of the one at offset, on the
// line before or after at a line's end, and offset itself where the text ends.
func (l *Layout) Left(offset int) int { return l.step(offset, -1) }

// Right returns the offset of the cluster to the right of the one at offset, on the
// line before or after at a line's end, and offset itself where the text ends.
func (l *Layout) Right(offset int) int { return l.step(offset, 1) }

// step goes from one cluster to its visual neighbour. Every cluster is a stop, at
// the edge where it begins, so that each is reached once in text of any direction.
func (l *Layout) step(offset, by int) int {
	offset = max(0, min(offset, len(l.body.Text())))
	line := l.LineOf(offset).Line
	stops := l.stops(line)
	at := 0
	for i, s := range stops {
		if s == offset || s < offset && offset < l.stopEnd(line, s) {
			at = i
		}
	}
	if next := at + by; 0 <= next && next < len(stops) {
		return stops[next]
	}
	if forward := (by > 0) != line.RTL; forward {
		if line.End >= len(l.body.Text()) && !l.endsInLF(line) {
			return stops[at]
		}
		return l.entry(l.LineOf(line.End).Line, true)
	}
	if line.Start == 0 {
		return stops[at]
	}
	return l.entry(l.LineOf(line.Start-1).Line, false)
}

// stops returns the offsets at which a caret can stand on a line, left to right.
// At the text's end there is one behind the last character.
func (l *Layout) stops(line *Line) []int {
	stops := make([]int, 0, len(line.Clusters)+1)
	last := line.End == len(l.body.Text()) && !l.endsInLF(line)
	if last && line.RTL {
		stops = append(stops, line.End)
	}
	for i := range line.Clusters {
		stops = append(stops, line.Clusters[i].Start)
	}
	if last && !line.RTL {
		stops = append(stops, line.End)
	}
	return stops
}

// stopEnd returns where the cluster that begins at stop ends.
func (l *Layout) stopEnd(line *Line, stop int) int {
	if c := line.cluster(stop); c != nil {
		return c.End
	}
	return stop
}

func (l *Layout) endsInLF(line *Line) bool {
	return !line.Empty() && l.body.Text()[line.End-1] == '\n'
}

// entry returns the stop where a line is entered: at its beginning when coming
// from the line before, at its end when coming from the one after.
func (l *Layout) entry(line *Line, beginning bool) int {
	stops := l.stops(line)
	if beginning != line.RTL {
		return stops[0]
	}
	return stops[len(stops)-1]
}
