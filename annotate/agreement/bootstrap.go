package agreement

import (
	"math/rand/v2"
	"slices"
)

// Confidence is where a figure lies with 95 % confidence by the bootstrap: the figure is
// computed anew for many draws, with replacement, from what was sampled. It says nothing
// about annotators who did not take part.
type Confidence struct {
	Low, High float64
	Defined   bool
}

// drawsOf returns how often a sample of n things is drawn: the more there are, the less
// draws differ and the longer each takes.
func drawsOf(n int) int { return min(max(500_000/max(n, 1), 200), 1000) }

// Bootstrap returns the percentile intervals (Efron & Tibshirani 1993, chapter 13) of
// figures of n sampled things, documents or items. of computes them when each is
// taken times[i] times. The same seed gives the same intervals. There is none for
// fewer than two things, or when more than a tenth of the draws have no figure.
func Bootstrap(n int, seed uint64, of func(times []int) []Figure) []Confidence {
	if n < 2 {
		return nil
	}
	random := rand.New(rand.NewPCG(seed, uint64(n)))
	times := make([]int, n)
	var values [][]float64
	for range drawsOf(n) {
		clear(times)
		for range n {
			times[random.IntN(n)]++
		}
		figures := of(times)
		if values == nil {
			values = make([][]float64, len(figures))
		}
		for i, f := range figures {
			if f.Defined {
				values[i] = append(values[i], f.Value)
			}
		}
	}
	intervals := make([]Confidence, len(values))
	for i, drawn := range values {
		if len(drawn) >= drawsOf(n)*9/10 {
			slices.Sort(drawn)
			intervals[i] = Confidence{Low: percentile(drawn, 0.025), High: percentile(drawn, 0.975), Defined: true}
		}
	}
	return intervals
}

func percentile(sorted []float64, share float64) float64 {
	return sorted[int(share*float64(len(sorted)-1)+0.5)]
}
