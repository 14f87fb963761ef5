package docview

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/vector"
)

// point is a place in device pixels.
type point struct{ x, y float64 }

// pen fills shapes on an image. Its rasterizer is reused; a pen is for one goroutine.
type pen struct {
	raster vector.Rasterizer
	ink    image.Uniform
}

// rect fills whole pixels.
func (p *pen) rect(dst *image.RGBA, r image.Rectangle, c color.NRGBA) {
	p.ink.C = c
	draw.Draw(dst, r, &p.ink, image.Point{}, draw.Over)
}

// fill draws closed polygons; where they wind against each other they leave holes.
func (p *pen) fill(dst *image.RGBA, c color.NRGBA, polygons ...[]point) {
	window := bounds(polygons).Intersect(dst.Rect)
	if window.Empty() {
		return
	}
	p.raster.Reset(window.Dx(), window.Dy())
	ox, oy := float64(window.Min.X), float64(window.Min.Y)
	for _, polygon := range polygons {
		for i, q := range polygon {
			x, y := float32(q.x-ox), float32(q.y-oy)
			if i == 0 {
				p.raster.MoveTo(x, y)
			} else {
				p.raster.LineTo(x, y)
			}
		}
		p.raster.ClosePath()
	}
	p.ink.C = c
	p.raster.Draw(dst, window, &p.ink, image.Point{})
}

func bounds(polygons [][]point) image.Rectangle {
	low, high := point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	for _, polygon := range polygons {
		for _, q := range polygon {
			low.x, low.y = math.Min(low.x, q.x), math.Min(low.y, q.y)
			high.x, high.y = math.Max(high.x, q.x), math.Max(high.y, q.y)
		}
	}
	if low.x > high.x {
		return image.Rectangle{}
	}
	return image.Rect(int(math.Floor(low.x)), int(math.Floor(low.y)), int(math.Ceil(high.x)), int(math.Ceil(high.y)))
}

// box is a rectangle in device pixels.
type box struct{ x0, y0, x1, y1 float64 }

// inset returns b with every side moved inwards by d, outwards where d is negative.
func (b box) inset(d float64) box { return box{b.x0 + d, b.y0 + d, b.x1 - d, b.y1 - d} }

func (b box) contains(x, y float64) bool { return b.x0 <= x && x < b.x1 && b.y0 <= y && y < b.y1 }

// rounded returns the outline of b, its left and right corners rounded by those radii.
func (b box) rounded(left, right float64) []point {
	limit := math.Min(b.x1-b.x0, b.y1-b.y0) / 2
	left, right = math.Min(left, limit), math.Min(right, limit)
	path := corner(nil, point{b.x0 + left, b.y0 + left}, left, 180)
	path = corner(path, point{b.x1 - right, b.y0 + right}, right, 270)
	path = corner(path, point{b.x1 - right, b.y1 - right}, right, 0)
	return corner(path, point{b.x0 + left, b.y1 - left}, left, 90)
}

// corner appends a quarter of a circle that begins at from degrees, clockwise as seen.
func corner(path []point, centre point, radius, from float64) []point {
	if radius <= 0 {
		return append(path, centre)
	}
	const steps = 6
	for i := 0; i <= steps; i++ {
		sin, cos := math.Sincos((from + 90*float64(i)/steps) * math.Pi / 180)
		path = append(path, point{centre.x + radius*cos, centre.y + radius*sin})
	}
	return path
}

// roundBox fills b with rounded corners.
func (p *pen) roundBox(dst *image.RGBA, b box, radius float64, c color.NRGBA) {
	p.fill(dst, c, b.rounded(radius, radius))
}

// ring draws the border of b, width wide and inside it.
func (p *pen) ring(dst *image.RGBA, b box, radius, width float64, c color.NRGBA) {
	inner := b.inset(width).rounded(math.Max(0, radius-width), math.Max(0, radius-width))
	for i, j := 0, len(inner)-1; i < j; i, j = i+1, j-1 {
		inner[i], inner[j] = inner[j], inner[i]
	}
	p.fill(dst, c, b.rounded(radius, radius), inner)
}

// stroke draws an open smooth line of that width.
func (p *pen) stroke(dst *image.RGBA, line []point, width float64, c color.NRGBA) {
	if len(line) < 2 {
		return
	}
	outline := make([]point, 0, 2*len(line))
	for i := range line {
		outline = append(outline, beside(line, i, width/2))
	}
	for i := len(line) - 1; i >= 0; i-- {
		outline = append(outline, beside(line, i, -width/2))
	}
	p.fill(dst, c, outline)
}

// dashed draws an open line in dashes of length on, off apart.
func (p *pen) dashed(dst *image.RGBA, line []point, width, on, off float64, c color.NRGBA) {
	var dash []point
	left, drawing := on, true
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		for length := math.Hypot(b.x-a.x, b.y-a.y); length > 0; length = math.Hypot(b.x-a.x, b.y-a.y) {
			step := math.Min(left, length)
			next := point{a.x + (b.x-a.x)*step/length, a.y + (b.y-a.y)*step/length}
			if drawing {
				if len(dash) == 0 {
					dash = append(dash, a)
				}
				dash = append(dash, next)
			}
			a, left = next, left-step
			if left > 0 {
				continue
			}
			if drawing {
				p.stroke(dst, dash, width, c)
				dash = dash[:0]
			}
			drawing = !drawing
			left = off
			if drawing {
				left = on
			}
		}
	}
	p.stroke(dst, dash, width, c)
}

// beside returns the point at a distance to the left of line[i].
func beside(line []point, i int, distance float64) point {
	a, b := line[max(0, i-1)], line[min(len(line)-1, i+1)]
	dx, dy := b.x-a.x, b.y-a.y
	length := math.Hypot(dx, dy)
	if length == 0 {
		return line[i]
	}
	return point{line[i].x + dy/length*distance, line[i].y - dx/length*distance}
}

// dashes fills every other stretch of a horizontal bar.
func (p *pen) dashes(dst *image.RGBA, bar image.Rectangle, on, off int, c color.NRGBA) {
	for x := bar.Min.X; x < bar.Max.X; x += on + off {
		p.rect(dst, image.Rect(x, bar.Min.Y, min(x+on, bar.Max.X), bar.Max.Y), c)
	}
}
