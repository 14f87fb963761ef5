package docview

import (
	"image"
	"image/color"
	"math"

	"github.com/go-text/render"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
)

// renderPicture draws a glyph that is a bitmap or an SVG, as emoji are, into the
// space the font says it takes. Pictures are slow to draw, so they are kept.
func renderPicture(key glyphKey) *glyphImage {
	extents, known := key.face.GlyphExtents(key.id)
	scale := float64(key.size) / float64(key.face.Upem())
	if !known || extents.Width == 0 || extents.Height == 0 {
		// Emoji without extents fill their em above the baseline.
		em := float32(key.face.Upem())
		extents.Width, extents.Height, extents.YBearing = em, -em, em*0.88
	}
	width, height := int(math.Ceil(float64(extents.Width)*scale)), int(math.Ceil(-float64(extents.Height)*scale))
	if width <= 0 || height <= 0 || width > maxGlyph || height > maxGlyph {
		return &glyphImage{}
	}
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	glyph := shaping.Glyph{GlyphID: key.id, Width: fixed.I(width), Height: fixed.I(-height)}
	r := render.Renderer{FontSize: key.size, Color: color.Black}
	r.DrawShapedRunAt(shaping.Output{Face: key.face, Glyphs: []shaping.Glyph{glyph}}, picture, 0, 0)
	at := image.Pt(int(math.Round(float64(extents.XBearing)*scale)), -int(math.Round(float64(extents.YBearing)*scale)))
	return &glyphImage{picture: picture, at: at}
}
