package glyph

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"

	"spanwright/app/typeset"
)

// hexDigits holds the hexadecimal digits as 3 by 5 pixels, a row of three bits
// from the top down, the left pixel the highest bit.
var hexDigits = map[rune][5]uint8{
	'0': {7, 5, 5, 5, 7}, '1': {2, 6, 2, 2, 7}, '2': {7, 1, 7, 4, 7}, '3': {7, 1, 7, 1, 7},
	'4': {5, 5, 7, 1, 1}, '5': {7, 4, 7, 1, 7}, '6': {7, 4, 7, 5, 7}, '7': {7, 1, 1, 2, 2},
	'8': {7, 5, 7, 5, 7}, '9': {7, 5, 7, 1, 7}, 'A': {2, 5, 7, 5, 5}, 'B': {6, 5, 6, 5, 6},
	'C': {7, 4, 4, 4, 7}, 'D': {6, 5, 5, 5, 6}, 'E': {7, 4, 6, 4, 7}, 'F': {7, 4, 6, 4, 4},
}

// missing draws the box that stands for a character no font has: its code point
// in two rows of digits, as far as the box is wide enough for them.
func missing(dst *image.RGBA, g *typeset.Glyph, x float64, baseline int, ink color.NRGBA) {
	height := int(math.Round(float64(g.Size) * 0.86))
	left := int(math.Round(x))
	b := image.Rect(left+1, baseline-height, left+int(math.Round(float64(g.Advance)))-1, baseline+height/8)
	if b.Empty() {
		return
	}
	frame := ink
	frame.A = 0xa0
	fill := func(r image.Rectangle) { draw.Draw(dst, r, image.NewUniform(frame), image.Point{}, draw.Over) }
	for _, side := range sides(b, max(1, int(math.Round(float64(g.Size)/18)))) {
		fill(side)
	}
	digits := fmt.Sprintf("%04X", g.Missing)
	columns := (len(digits) + 1) / 2
	unit := min((b.Dx()-4)/(4*columns), (b.Dy()-4)/11)
	if unit < 1 {
		return
	}
	start := image.Pt(b.Min.X+(b.Dx()-(4*columns-1)*unit)/2, b.Min.Y+(b.Dy()-11*unit)/2)
	for i, digit := range digits {
		at := start.Add(image.Pt(i%columns*4*unit, i/columns*6*unit))
		for row, bits := range hexDigits[digit] {
			for column := range 3 {
				if bits&(4>>column) != 0 {
					dot := image.Rect(0, 0, unit, unit).Add(at).Add(image.Pt(column*unit, row*unit))
					fill(dot)
				}
			}
		}
	}
}

// sides returns the four sides of a frame inside b, width thick and without the
// outermost pixel of each corner.
func sides(b image.Rectangle, width int) [4]image.Rectangle {
	return [4]image.Rectangle{
		image.Rect(b.Min.X+1, b.Min.Y, b.Max.X-1, b.Min.Y+width), image.Rect(b.Min.X+1, b.Max.Y-width, b.Max.X-1, b.Max.Y),
		image.Rect(b.Min.X, b.Min.Y+width, b.Min.X+width, b.Max.Y-width), image.Rect(b.Max.X-width, b.Min.Y+width, b.Max.X, b.Max.Y-width),
	}
}
