package theme

import (
	"image/color"
	"math"
	"strconv"
)

// Hex returns the opaque colour written #rrggbb, and mid grey for anything else.
func Hex(s string) color.NRGBA {
	if len(s) == 7 && s[0] == '#' {
		if n, err := strconv.ParseUint(s[1:], 16, 24); err == nil {
			return color.NRGBA{R: uint8(n >> 16), G: uint8(n >> 8), B: uint8(n), A: 0xff}
		}
	}
	return color.NRGBA{R: 0x7f, G: 0x7f, B: 0x7f, A: 0xff}
}

// Mix returns the opaque colour that lies at share (0 to 1) of the way from a to b.
func Mix(a, b color.NRGBA, share float64) color.NRGBA {
	part := func(x, y uint8) uint8 {
		return uint8(math.Round(float64(x) + (float64(y)-float64(x))*share))
	}
	return color.NRGBA{R: part(a.R, b.R), G: part(a.G, b.G), B: part(a.B, b.B), A: 0xff}
}

// Alpha returns c at the given opacity, 0 to 1.
func Alpha(c color.NRGBA, opacity float64) color.NRGBA {
	c.A = uint8(math.Round(255 * opacity))
	return c
}

// Over returns the opaque colour seen where c, which may be translucent, lies on an opaque ground.
func Over(c, ground color.NRGBA) color.NRGBA {
	return Mix(ground, color.NRGBA{R: c.R, G: c.G, B: c.B, A: 0xff}, float64(c.A)/255)
}

// Contrast returns the contrast ratio of two opaque colours, 1 to 21, as WCAG 2.1
// defines it (§ 1.4.3 and "relative luminance").
func Contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	if x < y {
		x, y = y, x
	}
	return (x + 0.05) / (y + 0.05)
}

func luminance(c color.NRGBA) float64 {
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

// lighten returns c with at least that lightness in HSL, its hue kept and its
// saturation lowered so that it does not glare on a dark ground.
func lighten(c color.NRGBA, lightness float64) color.NRGBA {
	h, s, l := toHSL(c)
	return fromHSL(h, s*0.85, math.Max(l, lightness))
}

// toHSL returns hue (0 to 6), saturation and lightness (0 to 1).
func toHSL(c color.NRGBA) (h, s, l float64) {
	r, g, b := float64(c.R)/255, float64(c.G)/255, float64(c.B)/255
	high, low := math.Max(r, math.Max(g, b)), math.Min(r, math.Min(g, b))
	l = (high + low) / 2
	d := high - low
	if d == 0 {
		return 0, 0, l
	}
	s = d / (1 - math.Abs(2*l-1))
	switch high {
	case r:
		h = math.Mod((g-b)/d+6, 6)
	case g:
		h = (b-r)/d + 2
	default:
		h = (r-g)/d + 4
	}
	return h, s, l
}

func fromHSL(h, s, l float64) color.NRGBA {
	c := (1 - math.Abs(2*l-1)) * s
	x := c * (1 - math.Abs(math.Mod(h, 2)-1))
	m := l - c/2
	sextants := [6][3]float64{{c, x, 0}, {x, c, 0}, {0, c, x}, {0, x, c}, {x, 0, c}, {c, 0, x}}
	rgb := sextants[int(h)%6]
	part := func(v float64) uint8 { return uint8(math.Round(255 * (v + m))) }
	return color.NRGBA{R: part(rgb[0]), G: part(rgb[1]), B: part(rgb[2]), A: 0xff}
}
