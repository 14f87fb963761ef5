package agreement

import (
	"slices"

	"spanwright/annotate"
)

// Counts are the outcomes of comparing one annotator's spans with another's
// (SemEval-2013 task 9.1, Segura-Bedmar et al. 2013, section 4). The first annotator
// stands for the gold standard; exchanging the two exchanges Missed and Spurious.
type Counts struct {
	Correct   int `json:"correct"`
	Incorrect int `json:"incorrect"`
	Partial   int `json:"partial"`
	Missed    int `json:"missed"`   // only the first has it
	Spurious  int `json:"spurious"` // only the second has it
}

// Possible returns how many spans the first annotator has.
func (c Counts) Possible() int { return c.Correct + c.Incorrect + c.Partial + c.Missed }

// Actual returns how many spans the second annotator has.
func (c Counts) Actual() int { return c.Correct + c.Incorrect + c.Partial + c.Spurious }

// credit is what the outcomes are worth: a partial match counts half.
func (c Counts) credit() float64 { return float64(c.Correct) + float64(c.Partial)/2 }

// Precision returns the share of the second annotator's spans that are right.
func (c Counts) Precision() Figure {
	return ratio(c.credit(), float64(c.Actual()), "the second annotator marked nothing")
}

// Recall returns the share of the first annotator's spans that were found.
func (c Counts) Recall() Figure {
	return ratio(c.credit(), float64(c.Possible()), "the first annotator marked nothing")
}

// F1 returns the harmonic mean of precision and recall, which is the same whoever
// comes first (Hripcsak & Rothschild 2005: 297). Where neither marked anything it is not defined.
func (c Counts) F1() Figure {
	return ratio(2*c.credit(), float64(c.Possible()+c.Actual()), noUnits)
}

func (c *Counts) add(d Counts, times int) {
	c.Correct += d.Correct * times
	c.Incorrect += d.Incorrect * times
	c.Partial += d.Partial * times
	c.Missed += d.Missed * times
	c.Spurious += d.Spurious * times
}

// Evaluation holds the counts under the four readings of SemEval-2013.
type Evaluation struct {
	Strict  Counts // same text and same label: the F1 of conlleval
	Exact   Counts // same text, whatever the label
	Partial Counts // overlapping text, whatever the label; half a point unless it is the same
	Type    Counts // same label on overlapping text
}

// Evaluate compares the spans of two annotators of one document, paired by [Match].
func Evaluate(a, b []*annotate.Span) Evaluation {
	var e Evaluation
	for _, p := range Match(a, b) {
		switch {
		case p.B < 0:
			e.each(func(c *Counts) { c.Missed++ })
		case p.A < 0:
			e.each(func(c *Counts) { c.Spurious++ })
		default:
			text := slices.Equal(a[p.A].Fragments, b[p.B].Fragments)
			label := a[p.A].Label == b[p.B].Label
			count(&e.Strict, text && label)
			count(&e.Exact, text)
			count(&e.Type, label)
			if text {
				e.Partial.Correct++
			} else {
				e.Partial.Partial++
			}
		}
	}
	return e
}

func (e *Evaluation) each(do func(*Counts)) {
	for _, c := range []*Counts{&e.Strict, &e.Exact, &e.Partial, &e.Type} {
		do(c)
	}
}

func count(c *Counts, correct bool) {
	if correct {
		c.Correct++
	} else {
		c.Incorrect++
	}
}

func (e *Evaluation) add(f Evaluation, times int) {
	e.Strict.add(f.Strict, times)
	e.Exact.add(f.Exact, times)
	e.Partial.add(f.Partial, times)
	e.Type.add(f.Type, times)
}
