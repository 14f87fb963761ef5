package theme

import (
	"image/color"

	"github.com/lucasb-eyer/go-colorful"
)

// Vision is a way of seeing colours. The zero Vision is the usual one.
type Vision int

// The ways of seeing colours.
const (
	Trichromacy Vision = iota
	Deuteranopia
	Protanopia
	Tritanopia
)

// Visions lists all of them, the usual one first.
var Visions = []Vision{Trichromacy, Deuteranopia, Protanopia, Tritanopia}

// String returns the vision's name.
func (v Vision) String() string {
	return [...]string{"usual vision", "deuteranopia", "protanopia", "tritanopia"}[v]
}

// dichromacies are the matrices for linear RGB at severity 1.0 of Machado, Oliveira
// and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
// Deficiency" (IEEE TVCG 15, 2009), table 1.
var dichromacies = map[Vision][3][3]float64{
	Protanopia: {
		{0.152286, 1.052583, -0.204868},
		{0.114503, 0.786281, 0.099216},
		{-0.003882, -0.048116, 1.051998},
	},
	Deuteranopia: {
		{0.367322, 0.860646, -0.227968},
		{0.280085, 0.672501, 0.047413},
		{-0.011820, 0.042940, 0.968881},
	},
	Tritanopia: {
		{1.255528, -0.076749, -0.178779},
		{-0.078411, 0.930809, 0.147602},
		{0.004733, 0.691367, 0.303900},
	},
}

// See returns an opaque colour as people with that vision see it.
func (v Vision) See(c color.NRGBA) color.NRGBA {
	m, blind := dichromacies[v]
	if !blind {
		return c
	}
	r, g, b := colorful.Color{R: float64(c.R) / 255, G: float64(c.G) / 255, B: float64(c.B) / 255}.LinearRgb()
	part := func(row [3]float64) float64 { return row[0]*r + row[1]*g + row[2]*b }
	seen := colorful.LinearRgb(part(m[0]), part(m[1]), part(m[2])).Clamped()
	red, green, blue := seen.RGB255()
	return color.NRGBA{R: red, G: green, B: blue, A: 0xff}
}

// Apart is the least difference of two labels' colours that can be told apart at a
// glance: a little less than that of Okabe and Ito's blue and green for tritanopia,
// the two of their colours that are nearest to each other for anybody.
const Apart = 5.8

// Difference returns how far apart two opaque colours are for a vision: CIEDE2000, in
// which 1 is about the least that can be seen side by side.
func Difference(a, b color.NRGBA, v Vision) float64 {
	return difference(v.perceived(a), v.perceived(b))
}

// perceived returns a colour as it is compared.
func (v Vision) perceived(c color.NRGBA) colorful.Color {
	seen, _ := colorful.MakeColor(v.See(c))
	return seen
}

func difference(a, b colorful.Color) float64 { return 100 * a.DistanceCIEDE2000(b) }

// Confusable returns for which visions two labels' colours, written #rrggbb, are hard
// to tell apart as this palette draws them.
func (p *Palette) Confusable(a, b string) []Vision {
	first, second := p.Label(a).Line, p.Label(b).Line
	var found []Vision
	for _, v := range Visions {
		if Difference(first, second, v) < Apart {
			found = append(found, v)
		}
	}
	return found
}

// Reading is the contrast of something drawn in a label's colour.
type Reading struct {
	What  string
	Ratio float64 // 1 to 21, as WCAG 2.1 defines it
	Least float64 // that it should have
}

// Passes reports whether the contrast is enough.
func (r Reading) Passes() bool { return r.Ratio >= r.Least }

// Discernible is the least contrast of a label's lines. WCAG 2.1 asks more of signs that
// stand alone ([Visible]); these never do, the words of a chip say the same.
const Discernible = 1.8

// Readings returns the contrasts that a label's colour, written #rrggbb, comes to:
// text on its highlight and on its chip, and its lines on the pane.
func (p *Palette) Readings(hex string) []Reading {
	l := p.Label(hex)
	return []Reading{
		{"text on highlight", Contrast(p.Ink, l.Tint), Readable},
		{"text on chip", Contrast(l.ChipText, l.Chip), Readable},
		{"lines on the page", Contrast(l.Line, p.Pane), Discernible},
	}
}
