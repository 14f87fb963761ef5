package adjudication_test

import (
	"fmt"
	"testing"

	"spanwright/annotate"
	"spanwright/annotate/adjudication"
)

// large is what three annotators made of a long document: 3,000 spans each, a tenth of them
// with other ends, and 500 relations.
func large() *desk {
	d := newDesk("asha", "ben", "chen")
	for k, name := range []string{"asha", "ben", "chen"} {
		for i := range 3000 {
			end := i*100 + 40
			if (i+k)%10 == 0 {
				end += 5
			}
			d.span(name, fmt.Sprintf("%s%05d", name, i), "Claim", at(i*100, end))
		}
		for i := range 500 {
			d.relation(name, fmt.Sprintf("r%s%05d", name, i), "supports", "head", fmt.Sprintf("%s%05d", name, i*5), "tail", fmt.Sprintf("%s%05d", name, i*5+2))
		}
	}
	return d
}

func BenchmarkOpenDesk(b *testing.B) {
	d := large()
	for b.Loop() {
		d.open()
	}
}

// BenchmarkDecide is one decision with all that the window does about it on its goroutine.
func BenchmarkDecide(b *testing.B) {
	d := large()
	open := d.open()
	c := open.CaseOf("asha00010")
	for i := 0; b.Loop(); i++ {
		changes, err := open.Decide(c, adjudication.Verdict{Outcome: annotate.Took, Taken: []string{[]string{"asha", "ben"}[i%2]}, By: "lead"})
		if err != nil {
			b.Fatal(err)
		}
		d.keep(open, changes)
		settled := 0
		for _, c := range open.Cases() {
			if c.State == adjudication.Settled {
				settled++
			}
		}
	}
}
