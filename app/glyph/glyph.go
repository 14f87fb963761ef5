// Package glyph paints positioned glyphs, such as the lines of app/typeset, on images:
// outlines, bitmaps and pictures of emoji, and a box with the code point where no font
// has a character. It knows no toolkit; lengths are device pixels.
//
// Start with [NewCache] and [Cache.Draw].
package glyph

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"golang.org/x/image/vector"

	"spanwright/app/typeset"
)

// phases is how many horizontal positions within a pixel a glyph is kept at.
const phases = 4

// key names one rendering of one glyph.
type key struct {
	face  *font.Face
	id    font.GID
	size  float32
	phase uint8
}

// drawing is a glyph drawn once: a mask to fill with ink or, for emoji, a
// picture. Both are empty for blanks. at is its upper left corner seen from the
// whole pixel its origin lies in.
type drawing struct {
	mask    *image.Alpha
	picture *image.RGBA
	at      image.Point
}

func (g *drawing) bytes() int {
	const overhead = 128
	switch {
	case g.mask != nil:
		return overhead + len(g.mask.Pix)
	case g.picture != nil:
		return overhead + len(g.picture.Pix)
	}
	return overhead
}

// Cache keeps drawn glyphs in two generations: when the young one is full
// it becomes the old one, and what is still used moves back. So it never holds
// more than twice its limit and never searches for what to drop. It is for one goroutine.
type Cache struct {
	limit      int // bytes in a generation
	size       int
	young, old map[key]*drawing
	raster     vector.Rasterizer
}

// generation suits a screen of mixed scripts at twice the usual scale.
const generation = 8 << 20

// NewCache returns an empty cache.
func NewCache() *Cache { return &Cache{limit: generation, young: map[key]*drawing{}} }

// Draw puts the glyphs of a line whose left edge and baseline meet at x, y.
func (c *Cache) Draw(dst *image.RGBA, glyphs []typeset.Glyph, x, y float64, ink color.NRGBA) {
	uniform := &image.Uniform{C: ink}
	for i := range glyphs {
		g := &glyphs[i]
		gx, gy := x+float64(g.X), int(math.Round(y+float64(g.Y)))
		if g.Missing != 0 {
			missing(dst, g, gx, gy, ink)
			continue
		}
		whole := math.Floor(gx*phases+0.5) / phases
		column := math.Floor(whole)
		img := c.get(key{g.Face, g.ID, g.Size, uint8((whole - column) * phases)})
		at := image.Pt(int(column), gy).Add(img.at)
		switch {
		case img.mask != nil:
			draw.DrawMask(dst, img.mask.Rect.Add(at), uniform, image.Point{}, img.mask, image.Point{}, draw.Over)
		case img.picture != nil:
			draw.Draw(dst, img.picture.Rect.Add(at), img.picture, image.Point{}, draw.Over)
		}
	}
}

func (c *Cache) get(k key) *drawing {
	if g := c.young[k]; g != nil {
		return g
	}
	g := c.old[k]
	if g == nil {
		g = c.render(k)
	}
	if c.size > c.limit {
		c.old, c.young, c.size = c.young, map[key]*drawing{}, 0
	}
	c.young[k] = g
	c.size += g.bytes()
	return g
}

// render draws a glyph: its outline where it has one to fill, its picture otherwise.
func (c *Cache) render(k key) *drawing {
	switch data := k.face.GlyphData(k.id).(type) {
	case font.GlyphOutline:
		return c.outline(k, data)
	case font.GlyphBitmap:
		return c.wholePixel(k, func() *drawing { return c.bitmap(k, data) })
	case font.GlyphSVG:
		return c.wholePixel(k, func() *drawing { return c.vector(k, data) })
	}
	return &drawing{}
}

// wholePixel draws a picture, which is slow, once for all phases, at the nearest
// whole pixel.
func (c *Cache) wholePixel(k key, render func() *drawing) *drawing {
	if k.phase == 0 {
		return render()
	}
	phase := int(k.phase)
	k.phase = 0
	moved := *c.get(k)
	moved.at.X += (phase + phases/2) / phases
	return &moved
}

func (c *Cache) outline(k key, data font.GlyphOutline) *drawing {
	if len(data.Segments) == 0 {
		return &drawing{}
	}
	scale := k.size / float32(k.face.Upem())
	shift := float32(k.phase) / phases
	place := func(p opentype.SegmentPoint) (x, y float32) { return p.X*scale + shift, -p.Y * scale }
	lowX, lowY := float32(math.Inf(1)), float32(math.Inf(1))
	highX, highY := float32(math.Inf(-1)), float32(math.Inf(-1))
	for i := range data.Segments {
		for _, p := range data.Segments[i].ArgsSlice() {
			x, y := place(p)
			lowX, lowY, highX, highY = min(lowX, x), min(lowY, y), max(highX, x), max(highY, y)
		}
	}
	at := image.Pt(int(math.Floor(float64(lowX))), int(math.Floor(float64(lowY))))
	width, height := int(math.Ceil(float64(highX)))-at.X, int(math.Ceil(float64(highY)))-at.Y
	if width <= 0 || height <= 0 || width > maxGlyph || height > maxGlyph {
		return &drawing{}
	}
	c.raster.Reset(width, height)
	at32 := func(p opentype.SegmentPoint) (x, y float32) {
		x, y = place(p)
		return x - float32(at.X), y - float32(at.Y)
	}
	trace(&c.raster, data.Segments, at32)
	mask := image.NewAlpha(image.Rect(0, 0, width, height))
	c.raster.Draw(mask, mask.Rect, image.Opaque, image.Point{})
	return &drawing{mask: mask, at: at}
}

// maxGlyph is the largest side, in device pixels, of a glyph that is drawn; a
// larger one comes from a broken font.
const maxGlyph = 2048

func trace(r *vector.Rasterizer, segments []opentype.Segment, place func(opentype.SegmentPoint) (x, y float32)) {
	for i := range segments {
		s := &segments[i]
		ax, ay := place(s.Args[0])
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			r.ClosePath()
			r.MoveTo(ax, ay)
		case opentype.SegmentOpLineTo:
			r.LineTo(ax, ay)
		case opentype.SegmentOpQuadTo:
			bx, by := place(s.Args[1])
			r.QuadTo(ax, ay, bx, by)
		case opentype.SegmentOpCubeTo:
			bx, by := place(s.Args[1])
			cx, cy := place(s.Args[2])
			r.CubeTo(ax, ay, bx, by, cx, cy)
		}
	}
	r.ClosePath()
}
