package glyph

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
func (c *Cache) bitmap(k key, data font.GlyphBitmap) *drawing {
	extents, known := k.face.GlyphExtents(k.id)
	if !known {
		return &drawing{}
	}
	scale := float64(k.size) / float64(k.face.Upem())
	px := func(units float32) int { return int(math.Round(float64(units) * scale)) }
	space := image.Rect(
		px(extents.XBearing), px(-extents.YBearing),
		px(extents.XBearing+extents.Width), px(-(extents.YBearing + extents.Height)))
	if data.Format == font.BlackAndWhite {
		return scaled(bits(data), space, func(r image.Rectangle) (draw.Image, *drawing) {
			mask := image.NewAlpha(r)
			return mask, &drawing{mask: mask}
		})
	}
	decoded, _, err := image.Decode(bytes.NewReader(data.Data))
	if err != nil {
		return &drawing{}
	}
	source := image.NewRGBA(decoded.Bounds()) // which is scaled much faster
	draw.Draw(source, source.Rect, decoded, source.Rect.Min, draw.Src)
	return scaled(source, space, func(r image.Rectangle) (draw.Image, *drawing) {
		picture := image.NewRGBA(r)
		return picture, &drawing{picture: picture}
	})
}

// scaled draws source over r.
func scaled(source image.Image, r image.Rectangle, canvas func(image.Rectangle) (draw.Image, *drawing)) *drawing {
	if r.Empty() || r.Dx() > maxGlyph || r.Dy() > maxGlyph {
		return &drawing{}
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
func (c *Cache) vector(k key, data font.GlyphSVG) *drawing {
	icon, err := oksvg.ReadIconStream(bytes.NewReader(data.Source), oksvg.IgnoreErrorMode)
	if err != nil || len(icon.SVGPaths) == 0 {
		return c.outline(k, data.Outline)
	}
	scale := float64(k.size) / float64(k.face.Upem())
	if icon.ViewBox.H > 0 {
		scale = float64(k.size) / icon.ViewBox.H
	}
	em := float64(k.size)
	width := math.Max(em, float64(k.face.HorizontalAdvance(k.id))*em/float64(k.face.Upem()))
	room := image.Rect(int(-em/8), int(-1.1*em), int(width+em/8)+1, int(0.4*em)) // what an emoji may take
	if room.Dx() > maxGlyph {
		return &drawing{}
	}
	picture := image.NewRGBA(image.Rectangle{Max: room.Size()})
	icon.Transform = rasterx.Identity.Translate(float64(-room.Min.X), float64(-room.Min.Y)).Scale(scale, scale).Translate(-icon.ViewBox.X, -icon.ViewBox.Y)
	icon.Draw(rasterx.NewDasher(room.Dx(), room.Dy(), rasterx.NewScannerGV(room.Dx(), room.Dy(), picture, picture.Rect)), 1)
	return cropped(picture, room.Min)
}

// cropped cuts away what is empty around a picture whose upper left corner lies at at.
func cropped(picture *image.RGBA, at image.Point) *drawing {
	inked := image.Rectangle{}
	for y := range picture.Rect.Dy() {
		for x := range picture.Rect.Dx() {
			if picture.Pix[y*picture.Stride+4*x+3] != 0 {
				inked = inked.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	if inked.Empty() {
		return &drawing{}
	}
	small := image.NewRGBA(image.Rectangle{Max: inked.Size()})
	draw.Draw(small, small.Rect, picture, inked.Min, draw.Src)
	return &drawing{picture: small, at: at.Add(inked.Min)}
}
