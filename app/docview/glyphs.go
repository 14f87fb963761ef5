package docview

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

// glyphKey names one rendering of one glyph.
type glyphKey struct {
	face  *font.Face
	id    font.GID
	size  float32
	phase uint8
}

// glyphImage is a glyph drawn once: a mask to fill with ink or, for emoji, a
// picture. Both are empty for blanks. at is its upper left corner seen from the
// whole pixel its origin lies in.
type glyphImage struct {
	mask    *image.Alpha
	picture *image.RGBA
	at      image.Point
}

func (g *glyphImage) bytes() int {
	const overhead = 128
	switch {
	case g.mask != nil:
		return overhead + len(g.mask.Pix)
	case g.picture != nil:
		return overhead + len(g.picture.Pix)
	}
	return overhead
}

// glyphCache keeps drawn glyphs in two generations: when the young one is full
// it becomes the old one, and what is still used moves back. So it never holds
// more than twice its limit and never searches for what to drop.
type glyphCache struct {
	limit      int // bytes in a generation
	size       int
	young, old map[glyphKey]*glyphImage
	raster     vector.Rasterizer
	pen        *pen
}

// glyphCacheBytes suits a screen of mixed scripts at twice the usual scale.
const glyphCacheBytes = 8 << 20

func newGlyphCache(p *pen) *glyphCache {
	return &glyphCache{limit: glyphCacheBytes, young: map[glyphKey]*glyphImage{}, pen: p}
}

// draw puts the glyphs of a line whose left edge and baseline meet at x, y.
func (c *glyphCache) draw(dst *image.RGBA, glyphs []typeset.Glyph, x, y float64, ink color.NRGBA) {
	uniform := &image.Uniform{C: ink}
	for i := range glyphs {
		g := &glyphs[i]
		gx, gy := x+float64(g.X), int(math.Round(y+float64(g.Y)))
		if g.Missing != 0 {
			c.pen.missing(dst, g, gx, gy, ink)
			continue
		}
		whole := math.Floor(gx*phases+0.5) / phases
		column := math.Floor(whole)
		key := glyphKey{g.Face, g.ID, g.Size, uint8((whole - column) * phases)}
		img := c.get(key)
		at := image.Pt(int(column), gy).Add(img.at)
		switch {
		case img.mask != nil:
			c.pen.mask(dst, img.mask, at, uniform)
		case img.picture != nil:
			draw.Draw(dst, img.picture.Rect.Add(at), img.picture, image.Point{}, draw.Over)
		}
	}
}

func (c *glyphCache) get(key glyphKey) *glyphImage {
	if g := c.young[key]; g != nil {
		return g
	}
	g := c.old[key]
	if g == nil {
		g = c.render(key)
	}
	if c.size > c.limit {
		c.old, c.young, c.size = c.young, map[glyphKey]*glyphImage{}, 0
	}
	c.young[key] = g
	c.size += g.bytes()
	return g
}

// render draws a glyph: its outline where it has one to fill, its picture otherwise.
func (c *glyphCache) render(key glyphKey) *glyphImage {
	switch data := key.face.GlyphData(key.id).(type) {
	case font.GlyphOutline:
		return c.outline(key, data)
	case font.GlyphBitmap:
		return c.wholePixel(key, func() *glyphImage { return c.bitmap(key, data) })
	case font.GlyphSVG:
		return c.wholePixel(key, func() *glyphImage { return c.vector(key, data) })
	}
	return &glyphImage{}
}

// wholePixel draws a picture, which is slow, once for all phases, at the nearest
// whole pixel.
func (c *glyphCache) wholePixel(key glyphKey, render func() *glyphImage) *glyphImage {
	if key.phase == 0 {
		return render()
	}
	phase := int(key.phase)
	key.phase = 0
	moved := *c.get(key)
	moved.at.X += (phase + phases/2) / phases
	return &moved
}

func (c *glyphCache) outline(key glyphKey, data font.GlyphOutline) *glyphImage {
	if len(data.Segments) == 0 {
		return &glyphImage{}
	}
	scale := key.size / float32(key.face.Upem())
	shift := float32(key.phase) / phases
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
		return &glyphImage{}
	}
	c.raster.Reset(width, height)
	at32 := func(p opentype.SegmentPoint) (x, y float32) {
		x, y = place(p)
		return x - float32(at.X), y - float32(at.Y)
	}
	trace(&c.raster, data.Segments, at32)
	mask := image.NewAlpha(image.Rect(0, 0, width, height))
	c.raster.Draw(mask, mask.Rect, image.Opaque, image.Point{})
	return &glyphImage{mask: mask, at: at}
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
