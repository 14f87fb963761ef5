package docview

import (
	"math"

	"spanwright/app/typeset"
)

// Density is how much room lines leave for what is said about them. The
// distance between lines follows from density, zoom, hand (see [View.SetNastaliq]) and the
// number of lanes, and from nothing else, so that text never moves because of an annotation.
type Density int

// The densities.
const (
	Read   Density = iota // highlights and underlines only
	Labels                // room for label chips
	Full                  // room for chips and relation curves
)

// metrics is the shape of one line, in device pixels from the line's top.
//
//	top ┬ upper chips, curves (full)
//	    ├ chips
//	    ├ box: highlight around the text; underlines at its bottom
//	    ├ a further underline
//	    ├ chips of nested spans
//	└ lanes of others
type metrics struct {
	scale   float64 // device pixels in a toolkit unit, zoom included
	density Density

	em, pitch, baseline, gap float64
	margin                   int // left and right of the text, room for outlines
	boxTop, boxBottom        int
	chipTop, chipHeight      int // chips above the text
	upperTop                 int // a second row of them
	belowTop, belowHeight    int // chips below the text
	chipSize, chipPad        float64
	lanes, lanesTop          int // how many lanes of others there is room for, and the top of the first
}

// shapes holds, in toolkit units at zoom 1, what differs between densities.
var shapes = map[Density]struct{ pitch, boxTop, chipTop float64 }{
	Read:   {pitch: 28, boxTop: 1, chipTop: 0},
	Labels: {pitch: 54, boxTop: 16, chipTop: 1},
	Full:   {pitch: 68, boxTop: 30, chipTop: 15},
}

// textShape is how high text is, in toolkit units at zoom 1.
type textShape struct {
	box    float64 // height of the highlight
	ascent float64 // from its top to the baseline
}

// Nastaliq words descend from high above the baseline to below it: in Noto Nastaliq
// Urdu, from 1.96 em to -0.6 em at the most.
var (
	upright  = textShape{box: 23, ascent: 17.5}
	nastaliq = textShape{box: 40, ascent: 29.5}
)

const (
	textSize   = 16.0
	chipHeight = 14.0
	chipText   = 10.5
	chipPad    = 5.0
	blankLine  = 0.9 // height of an empty paragraph, in em
)

// newMetrics returns the shape of lines where a toolkit unit is scale device pixels, zoom included.
func newMetrics(density Density, scale float64) metrics { return metricsOf(density, upright, scale) }

func metricsOf(density Density, text textShape, scale float64) metrics {
	s := shapes[density]
	px := func(units float64) int { return int(math.Round(units * scale)) }
	m := metrics{
		scale: scale, density: density,
		em: textSize * scale, pitch: math.Round((s.pitch + text.box - upright.box) * scale), baseline: math.Round((s.boxTop + text.ascent) * scale),
		gap: math.Round(6 * scale), margin: px(8),
		boxTop: px(s.boxTop), boxBottom: px(s.boxTop + text.box),
		chipTop: px(s.chipTop), chipHeight: px(chipHeight), upperTop: px(s.chipTop - chipHeight - 1),
		belowTop: px(s.boxTop + text.box + 3), chipSize: chipText * scale, chipPad: chipPad * scale,
	}
	m.belowHeight = int(m.pitch) - m.belowTop
	return m
}

// px returns how many device pixels that many toolkit units are, at least one.
func (m *metrics) px(units float64) int { return max(1, int(math.Round(units*m.scale))) }

// style completes a style with the lengths that go with m, for text of that width in device pixels.
func (m *metrics) style(width float64, s typeset.Style) typeset.Style {
	s.Size, s.Width, s.Pitch, s.Ascent = m.em, width, m.pitch, m.baseline
	s.Gap, s.Blank = m.gap, math.Round(blankLine*m.em)
	return s
}

// hasChips reports whether the density leaves room for chips.
func (m *metrics) hasChips() bool { return m.density != Read }
