package docview

import (
	"bytes"
	"image"
	"image/draw"
	_ "image/jpeg" // pictures in fonts are PNG, JPEG or TIFF
	_ "image/png"
	"math"

	"github.com/fyne-io/oksvg"
	"github.com/go-text/typesetting/font"
	"github.com/srwiley/rasterx"
	scaling "golang.org/x/image/draw"
	_ "golang.org/x/image/tiff"
)

// bitmap draws a glyph that is one, as emoji may be, over the space that the font
// says it takes. One in colour becomes a picture, one without a mask.
func (c *glyphCache) bitmap(key glyphKey, data font.GlyphBitmap) *glyphImage {
	extents, known := key.face.GlyphExtents(key.id)
	if !known {
		return &glyphImage{}
	}
	scale := float64(key.size) / float64(key.face.Upem())
	space := box{
		x0: float64(extents.XBearing) * scale, y0: -float64(extents.YBearing) * scale,
		x1: float64(extents.XBearing+extents.Width) * scale, y1: -float64(extents.YBearing+extents.Height) * scale,
	}
	if data.Format == font.BlackAndWhite {
		return scaled(bits(data), space, func(r image.Rectangle) (draw.Image, *glyphImage) {
			mask := image.NewAlpha(r)
			return mask, &glyphImage{mask: mask}
		})
	}
	decoded, _, err := image.Decode(bytes.NewReader(data.Data))
	if err != nil {
		return &glyphImage{}
	}
	source := image.NewRGBA(decoded.Bounds()) // which is scaled much faster
	draw.Draw(source, source.Rect, decoded, source.Rect.Min, draw.Src)
	return scaled(source, space, func(r image.Rectangle) (draw.Image, *glyphImage) {
		picture := image.NewRGBA(r)
		return picture, &glyphImage{picture: picture}
	})
}

// scaled draws source over space, to the nearest whole pixels.
func scaled(source image.Image, space box, canvas func(image.Rectangle) (draw.Image, *glyphImage)) *glyphImage {
	r := image.Rect(int(math.Round(space.x0)), int(math.Round(space.y0)), int(math.Round(space.x1)), int(math.Round(space.y1)))
	if r.Empty() || r.Dx() > maxGlyph || r.Dy() > maxGlyph {
		return &glyphImage{}
	}
	dst, drawn := canvas(image.Rectangle{Max: r.Size()})
	drawn.at = r.Min
	scaling.CatmullRom.Scale(dst, dst.Bounds(), source, source.Bounds(), draw.Src, nil)
	return drawn
}

// bits returns the dots of a bitmap without colours, which lie row after row, the
// leftmost of eight in the highest bit.
func bits(data font.GlyphBitmap) *image.Alpha {
	dots := image.NewAlpha(image.Rect(0, 0, data.Width, data.Height))
	for i := range dots.Pix {
		if data.Data[i/8]>>(7-i%8)&1 != 0 {
			dots.Pix[i] = 0xff
		}
	}
	return dots
}

// vector draws a glyph that is an SVG document. The document's view box is the em
// square, its origin that of the glyph (OpenType 1.9, table SVG, "Coordinate
// systems and glyph metrics").
func (c *glyphCache) vector(key glyphKey, data font.GlyphSVG) *glyphImage {
	icon, err := oksvg.ReadIconStream(bytes.NewReader(data.Source), oksvg.IgnoreErrorMode)
	if err != nil || len(icon.SVGPaths) == 0 {
		return c.outline(key, data.Outline)
	}
	scale := float64(key.size) / float64(key.face.Upem())
	if icon.ViewBox.H > 0 {
		scale = float64(key.size) / icon.ViewBox.H
	}
	em := float64(key.size)
	width := math.Max(em, float64(key.face.HorizontalAdvance(key.id))*em/float64(key.face.Upem()))
	room := image.Rect(int(-em/8), int(-1.1*em), int(width+em/8)+1, int(0.4*em)) // what an emoji may take
	if room.Dx() > maxGlyph {
		return &glyphImage{}
	}
	picture := image.NewRGBA(image.Rectangle{Max: room.Size()})
	icon.Transform = rasterx.Identity.Translate(float64(-room.Min.X), float64(-room.Min.Y)).Scale(scale, scale).Translate(-icon.ViewBox.X, -icon.ViewBox.Y)
	icon.Draw(rasterx.NewDasher(room.Dx(), room.Dy(), rasterx.NewScannerGV(room.Dx(), room.Dy(), picture, picture.Rect)), 1)
	return cropped(picture, room.Min)
}

// cropped cuts away what is empty around a picture whose upper left corner lies at at.
func cropped(picture *image.RGBA, at image.Point) *glyphImage {
	inked := image.Rectangle{}
	for y := range picture.Rect.Dy() {
		for x := range picture.Rect.Dx() {
			if picture.Pix[y*picture.Stride+4*x+3] != 0 {
				inked = inked.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	if inked.Empty() {
		return &glyphImage{}
	}
	small := image.NewRGBA(image.Rectangle{Max: inked.Size()})
	draw.Draw(small, small.Rect, picture, inked.Min, draw.Src)
	return &glyphImage{picture: small, at: at.Add(inked.Min)}
}
