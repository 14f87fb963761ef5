package docview

import (
	"image"

	"fyne.io/fyne/v2/canvas"

	"spanwright/annotate"
	"spanwright/app/typeset"
)

// tile is one painted line.
type tile struct {
	line   typeset.Placed
	image  *canvas.Image
	pixels *image.RGBA
	drawn  drawn
	y      float64 // of the line's top in the pane, device pixels
	stale  bool
	used   int // when it was last in sight
}

// prepare gives the tile pixels of that size, its own if they fit.
func (t *tile) prepare(size image.Point) {
	if t.pixels == nil || t.pixels.Rect.Size() != size {
		t.pixels = image.NewRGBA(image.Rectangle{Max: size})
	}
	t.image.Image = t.pixels
}

// tiles keeps the tiles of the lines in sight and of some that were. A tile
// holds on to its texture, so that scrolling only moves tiles.
type tiles struct {
	byStart map[int]*tile // by where the line begins, which is its own within one layout
	spare   []*tile
	frame   int
	limit   int
}

// begin starts a frame of that many lines and lets go of what was out of sight longest.
func (c *tiles) begin(lines int) {
	if c.byStart == nil {
		c.byStart = map[int]*tile{}
	}
	c.frame++
	c.limit = 3*lines + 8
	if len(c.byStart) <= c.limit {
		return
	}
	for start, t := range c.byStart {
		if t.used < c.frame-1 && len(c.byStart) > c.limit-lines {
			delete(c.byStart, start)
			c.spare = append(c.spare, t)
		}
	}
}

// get returns the tile of a line, stale if it has to be painted.
func (c *tiles) get(line typeset.Placed) *tile {
	t := c.byStart[line.Start]
	if t == nil {
		t = c.fresh()
		c.byStart[line.Start] = t
	}
	t.line, t.used = line, c.frame
	return t
}

func (c *tiles) fresh() *tile {
	if n := len(c.spare); n > 0 {
		t := c.spare[n-1]
		c.spare = c.spare[:n-1]
		t.stale = true
		return t
	}
	img := newImage()
	return &tile{image: img, stale: true}
}

// clear lets go of every tile, as lines are others now.
func (c *tiles) clear() {
	for _, t := range c.byStart {
		c.spare = append(c.spare, t)
	}
	clear(c.byStart)
}

// stale marks every tile to be painted again.
func (c *tiles) stale() {
	for _, t := range c.byStart {
		t.stale = true
	}
}

// staleIn marks the tiles of the lines that share a byte with one of fragments.
func (c *tiles) staleIn(fragments []annotate.Fragment) {
	for _, t := range c.byStart {
		for _, f := range fragments {
			if f.Overlaps(t.line.Fragment) {
				t.stale = true
				break
			}
		}
	}
}
