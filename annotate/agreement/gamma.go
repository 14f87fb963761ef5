package agreement

import (
	"math"
	"math/rand/v2"
	"runtime"
	"sync"
)

// GammaOptions say how gamma is computed. The zero value of each field stands for the usual.
type GammaOptions struct {
	Dissimilarity Dissimilarity // [Usual]
	Seed          uint64
	// Samples is how many random texts there are at least; 30.
	Samples int
	// Statistical makes random texts like pygamma-agreement does by default, in place of
	// the shuffling of the paper. Their figures differ.
	Statistical bool
	// Precision is how far the mean disorder of random texts may be from the true one, in
	// proportion to it, with 95 % confidence; more are made until it is. 0 asks for no more.
	Precision float64
}

// Gamma is the agreement on units of one text, their places and labels together
// (Mathet, Widlöcher & Métivier 2015).
type Gamma struct {
	Best Alignment
	// Expected is the mean disorder of the best alignments of random texts.
	Expected float64
	Samples  int  // random texts
	Exact    bool // every alignment was the best; else disorders are upper bounds

	labels     []string
	annotators int
	observed   *categorical   // of Best
	chance     []*categorical // of the samples
	why        string         // gamma is not defined
}

// maxSamples bounds what Precision can ask for.
const maxSamples = 2000

// NewGamma aligns the units of a text and of random texts like it.
func NewGamma(c *Continuum, o GammaOptions) *Gamma {
	if o.Dissimilarity.Empty == 0 {
		o.Dissimilarity = Usual
	}
	if o.Samples == 0 {
		o.Samples = 30
	}
	g := &Gamma{labels: c.Labels(), annotators: len(c.Units)}
	switch {
	case len(c.Units) < 2:
		g.why = "fewer than two annotators worked on the text"
		return g
	case len(g.labels) == 0:
		g.why = noUnits
		return g
	}
	g.Best = BestAlignment(c, o.Dissimilarity)
	g.Exact, g.observed = g.Best.Exact, newCategorical(g.Best, o.Dissimilarity)
	disorders := g.sample(c, o, 0, o.Samples)
	if o.Precision > 0 {
		mean, deviation := moments(disorders)
		needed := min(math.Ceil(math.Pow(1.96*deviation/mean/o.Precision, 2)), maxSamples)
		if int(needed) > o.Samples {
			disorders = append(disorders, g.sample(c, o, o.Samples, int(needed))...)
		}
	}
	g.Samples = len(disorders)
	g.Expected, _ = moments(disorders)
	return g
}

// sample aligns random texts number from up to to, and returns their disorders. Each has a
// seed of its own, so that they are the same in whatever order they are made.
func (g *Gamma) sample(c *Continuum, o GammaOptions, from, to int) []float64 {
	found := make([]Alignment, to-from)
	draw := func(random *rand.Rand) *Continuum { return shuffle(c, random) }
	if o.Statistical {
		draw = newStatistics(c).draw
	}
	var workers sync.WaitGroup
	next := make(chan int)
	for range min(runtime.GOMAXPROCS(0), len(found)) {
		workers.Go(func() {
			for i := range next {
				random := rand.New(rand.NewPCG(o.Seed, uint64(from+i)))
				found[i] = BestAlignment(draw(random), o.Dissimilarity)
			}
		})
	}
	for i := range found {
		next <- i
	}
	close(next)
	workers.Wait()
	disorders := make([]float64, len(found))
	for i, a := range found {
		disorders[i] = a.Disorder
		g.Exact = g.Exact && a.Exact
		g.chance = append(g.chance, newCategorical(a, o.Dissimilarity))
	}
	return disorders
}

func moments(values []float64) (mean, deviation float64) {
	for _, v := range values {
		mean += v / float64(len(values))
	}
	for _, v := range values {
		deviation += (v - mean) * (v - mean) / float64(len(values))
	}
	return mean, math.Sqrt(deviation)
}

// Gamma returns 1 - observed/expected disorder (section 5.1).
func (g *Gamma) Gamma() Figure {
	switch {
	case g.why != "":
		return unknown("%s", g.why)
	case g.Expected == 0:
		return unknown("random texts are in order too")
	}
	return known(1 - g.Best.Disorder/g.Expected)
}
