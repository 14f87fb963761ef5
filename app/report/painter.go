package report

import (
	"image"
	"maps"

	"golang.org/x/image/font/gofont/goregular"

	"spanwright/app/glyph"
	"spanwright/app/typeset"
)

// Painter paints pictures as pixels. It is for one goroutine.
type Painter struct {
	fonts   *typeset.Fonts
	glyphs  *glyph.Cache
	colours map[paint]string
}

// NewPainter returns a painter on a light or dark ground, of the colour on if it is not
// empty, as #rrggbb. Text in scripts that its own font
// lacks is set with the fonts of the computer.
func NewPainter(onDark bool, on string) (*Painter, error) {
	fonts, err := typeset.FindInstalled().Fonts(goregular.TTF)
	if err != nil {
		return nil, err
	}
	colours := maps.Clone(light)
	if onDark {
		colours = maps.Clone(dark)
	}
	if on != "" {
		colours[ground] = on
	}
	return &Painter{fonts, glyph.NewCache(), colours}, nil
}

// Paint paints a picture, two pixels for each of its units.
func (q *Painter) Paint(p *Picture) *image.RGBA {
	p.awaitFonts(q.fonts)
	canvas := image.NewRGBA(image.Rect(0, 0, pixels(p.Width), pixels(p.Height)))
	fill(canvas, canvas.Rect, rgb(q.colours[ground]))
	for i := range p.shapes {
		q.shape(canvas, &p.shapes[i])
	}
	return canvas
}
