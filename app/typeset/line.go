package typeset

import (
	"math"
	"sort"

	"github.com/go-text/typesetting/font"

	"spanwright/annotate"
)

// Glyph is a positioned glyph of a line.
type Glyph struct {
	Face *font.Face
	ID   font.GID
	// X and Y place the origin: from the line's left edge, from the baseline and
	// downwards, in device pixels.
	X, Y    float32
	Advance float32 // device pixels
	Size    float32 // em, device pixels
	Offset  int     // byte of the document where its cluster begins
	// Missing is not 0 when no font has a glyph for this character: a box of width
	// Advance with the code point stands for it. Face is then what to write it in.
	Missing rune
}

// Cluster is a grapheme cluster of a line: the smallest part that a caret can
// stand beside. The clusters of a ligature share its width evenly.
type Cluster struct {
	annotate.Fragment
	X, Width float64 // device pixels from the line's left edge
	RTL      bool    // read from right to left, so that it begins at its right edge
}

// Line is one line of a layout. Lines are never changed once made.
type Line struct {
	annotate.Fragment           // bytes of the document with blanks at the end and LF
	Glyphs            []Glyph   // left to right
	Clusters          []Cluster // left to right
	Marks             []Mark    // of invisible characters, where the style shows them
	RTL               bool      // the paragraph reads from right to left and stands at the right
	Width             float64   // device pixels, with the blanks at the end, which may hang over the measure

	end   float64 // where the caret stands behind the last character
	mixed bool    // the clusters are not in the order of the text
	hangs bool    // the last character is a blank or a line end
}

// Segment is a part of a line, in device pixels from its left edge.
type Segment struct{ X, W float64 }

// Segments returns the parts of the line that f covers, left to right; parts that
// touch are one. A cluster that f covers in part counts as covered, one without
// width is left out.
func (l *Line) Segments(f annotate.Fragment) []Segment {
	if !l.Overlaps(f) {
		return nil
	}
	var found []Segment
	from, joined := 0, false
	if !l.mixed {
		from = sort.Search(len(l.Clusters), func(i int) bool { return l.Clusters[i].End > f.Start })
	}
	for _, c := range l.Clusters[from:] {
		switch covered := c.Overlaps(f); {
		case !covered && !l.mixed:
			return found
		case !covered:
			joined = joined && c.Width == 0
		case c.Width == 0:
		case joined:
			found[len(found)-1].W = c.X + c.Width - found[len(found)-1].X
		default:
			found = append(found, Segment{c.X, c.Width})
			joined = true
		}
	}
	return found
}

// caret returns where the caret of an offset stands: at the edge where the cluster
// that holds it begins, or behind the last one.
func (l *Line) caret(offset int) float64 {
	c := l.cluster(offset)
	if c == nil {
		return l.end
	}
	return c.begin()
}

// begin returns the edge at which the cluster begins, in device pixels.
func (c *Cluster) begin() float64 {
	if c.RTL {
		return c.X + c.Width
	}
	return c.X
}

// index returns the index of the cluster that holds offset, -1 when none does.
func (l *Line) index(offset int) int {
	if !l.mixed {
		i := sort.Search(len(l.Clusters), func(i int) bool { return l.Clusters[i].End > offset })
		if i < len(l.Clusters) && l.Clusters[i].Start <= offset {
			return i
		}
		return -1
	}
	for i := range l.Clusters {
		if l.Clusters[i].Start <= offset && offset < l.Clusters[i].End {
			return i
		}
	}
	return -1
}

func (l *Line) cluster(offset int) *Cluster {
	if i := l.index(offset); i >= 0 {
		return &l.Clusters[i]
	}
	return nil
}

// nearest returns the cluster boundary nearest to x: that of the cluster there, at
// its nearer edge. Where a cluster begins exactly at x it is that beginning; left
// and right of the line it is the line's own beginning or end.
func (l *Line) nearest(x float64) int {
	n := len(l.Clusters)
	if n == 0 {
		return l.Start
	}
	left, right := l.Clusters[0].X, l.Clusters[n-1].X+l.Clusters[n-1].Width
	i := sort.Search(n, func(i int) bool { return l.Clusters[i].X+l.Clusters[i].Width > x+slack })
	for k := min(i, n-1); k >= 0 && l.Clusters[k].X+l.Clusters[k].Width > x-slack; k-- {
		if math.Abs(l.Clusters[k].begin()-x) < slack {
			return l.Clusters[k].Start
		}
	}
	switch {
	case x < left+slack && !l.RTL, x > right-slack && l.RTL:
		return l.Start
	case x < left+slack, x > right-slack:
		return l.End
	}
	c := &l.Clusters[i]
	if (x > c.X+c.Width/2) != c.RTL {
		return c.End
	}
	return c.Start
}
