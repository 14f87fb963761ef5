package report

import (
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"strconv"
	"time"

	"golang.org/x/image/vector"

	"spanwright/app/typeset"
)

// pixelsPer is how many pixels of a PNG a unit of the picture has in either direction.
const pixelsPer = 2

// PNG paints the picture on a light ground. Where text needs the fonts of the computer, the
// pixels are the same only where these are.
func (p *Picture) PNG(w io.Writer) error {
	painter, err := NewPainter(false, "")
	if err != nil {
		return err
	}
	return png.Encode(w, painter.Paint(p))
}

// fontPatience is how long a picture waits for the fonts of the computer to be read.
const fontPatience = 20 * time.Second

// awaitFonts waits until the fonts are there that the texts need.
func (p *Picture) awaitFonts(fonts *typeset.Fonts) {
	for deadline := time.Now().Add(fontPatience); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		for _, s := range p.shapes {
			if s.kind == textShape {
				typeset.Measure(fonts, s.text, s.size*pixelsPer)
			}
		}
		if !fonts.Awaits() {
			return
		}
		for !fonts.Renew() && time.Now().Before(deadline) {
			time.Sleep(5 * time.Millisecond)
		}
	}
}

func (q *Painter) shape(canvas *image.RGBA, s *shape) {
	c := rgb(q.colours[s.paint])
	switch s.kind {
	case boxShape:
		c.A = uint8(math.Round(255 * s.share))
		fill(canvas, image.Rect(pixels(s.x), pixels(s.y), pixels(s.x+s.w), pixels(s.y+s.h)), c)
	case lineShape:
		stroke(canvas, s.x, s.y, s.x+s.w, s.y+s.h, c)
	case dotShape:
		disc(canvas, s.x, s.y, s.w, c)
	case textShape:
		line := typeset.Measure(q.fonts, s.text, s.size*pixelsPer)
		x := s.x * pixelsPer
		switch s.anchor {
		case atMiddle:
			x -= line.Width / 2
		case atEnd:
			x -= line.Width
		}
		q.glyphs.Draw(canvas, line.Glyphs, x, s.y*pixelsPer, c)
	}
}

func pixels(units float64) int { return int(math.Round(units * pixelsPer)) }

// rgb reads #rrggbb.
func rgb(hex string) color.NRGBA {
	n, err := strconv.ParseUint(hex[1:], 16, 32)
	if err != nil {
		panic(err) // the colours are part of the program
	}
	return color.NRGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 0xff}
}

func fill(canvas *image.RGBA, r image.Rectangle, c color.NRGBA) {
	over(canvas, func(v *vector.Rasterizer) {
		v.MoveTo(float32(r.Min.X), float32(r.Min.Y))
		v.LineTo(float32(r.Max.X), float32(r.Min.Y))
		v.LineTo(float32(r.Max.X), float32(r.Max.Y))
		v.LineTo(float32(r.Min.X), float32(r.Max.Y))
		v.ClosePath()
	}, c)
}

// stroke draws a line one unit wide.
func stroke(canvas *image.RGBA, x1, y1, x2, y2 float64, c color.NRGBA) {
	length := math.Hypot(x2-x1, y2-y1)
	if length == 0 {
		return
	}
	dx, dy := -(y2-y1)/length/2, (x2-x1)/length/2
	over(canvas, func(v *vector.Rasterizer) {
		at := func(x, y float64) (float32, float32) { return float32(x * pixelsPer), float32(y * pixelsPer) }
		v.MoveTo(at(x1+dx, y1+dy))
		v.LineTo(at(x2+dx, y2+dy))
		v.LineTo(at(x2-dx, y2-dy))
		v.LineTo(at(x1-dx, y1-dy))
		v.ClosePath()
	}, c)
}

func disc(canvas *image.RGBA, x, y, radius float64, c color.NRGBA) {
	const corners = 32
	over(canvas, func(v *vector.Rasterizer) {
		for i := range corners {
			sin, cos := math.Sincos(2 * math.Pi * float64(i) / corners)
			px, py := float32((x+radius*cos)*pixelsPer), float32((y+radius*sin)*pixelsPer)
			if i == 0 {
				v.MoveTo(px, py)
			} else {
				v.LineTo(px, py)
			}
		}
		v.ClosePath()
	}, c)
}

// over fills what draw outlines.
func over(canvas *image.RGBA, draw func(*vector.Rasterizer), c color.NRGBA) {
	v := vector.NewRasterizer(canvas.Rect.Dx(), canvas.Rect.Dy())
	draw(v)
	v.Draw(canvas, canvas.Rect, image.NewUniform(c), image.Point{})
}
