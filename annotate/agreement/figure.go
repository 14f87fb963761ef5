package agreement

import (
	"fmt"
	"math"
	"strconv"
)

// Figure is the value of a measure, or the reason why it has none. Agreement
// beyond chance can be negative; no value is cut off.
type Figure struct {
	Value   float64 // meaningless unless Defined
	Defined bool
	Why     string // it is not defined; a clause without a final stop
}

func known(value float64) Figure {
	if math.IsNaN(value) || math.IsInf(value, 0) {
		return unknown("the numbers are too large to be computed with")
	}
	return Figure{Value: value, Defined: true}
}

func unknown(format string, args ...any) Figure {
	return Figure{Why: fmt.Sprintf(format, args...)}
}

const (
	noItems     = "there are no items that two people judged"
	noVariation = "there is no variation: everybody uses the same single value"
	noUnits     = "nobody marked anything"
)

// String returns the value with three decimals, or says why there is none.
func (f Figure) String() string {
	if !f.Defined {
		return "not defined (" + f.Why + ")"
	}
	text := strconv.FormatFloat(f.Value, 'f', 3, 64)
	if text == "-0.000" {
		return "0.000"
	}
	return text
}

// beyondChance returns (observed - expected) / (1 - expected), the form that S, pi,
// kappa and AC1 share (Artstein & Poesio 2008: 559, equation 1).
func beyondChance(observed, expected float64) Figure {
	if 1-expected < tiny {
		return unknown(noVariation)
	}
	return known((observed - expected) / (1 - expected))
}

// tiny is what is left of nothing after rounding.
const tiny = 1e-12

// ratio returns part/whole, not defined when the whole is nothing.
func ratio(part, whole float64, why string) Figure {
	if whole == 0 {
		return unknown("%s", why)
	}
	return known(part / whole)
}

// Mean returns the mean of those figures that are defined, and of how many it is.
func Mean(figures []Figure) (mean Figure, of int) {
	sum, why := 0.0, "there is nothing to average"
	for _, f := range figures {
		if f.Defined {
			sum += f.Value
			of++
		} else {
			why = f.Why
		}
	}
	if of == 0 {
		return unknown("%s", why), 0
	}
	return known(sum / float64(of)), of
}
