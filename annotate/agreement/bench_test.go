package agreement_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/agreement"
)

// corpus makes documents that annotators labelled alike but not equally: of the spans that
// all of them should have one in ten is left out, a third have other ends and one in
// ten has another label. Half of the text is covered.
func corpus(documents, annotators, spans int) []*agreement.Text {
	random := rand.New(rand.NewPCG(1, 2))
	labels := []string{"Claim", "Source", "Cue", "Object"}
	texts := make([]*agreement.Text, documents)
	for d := range texts {
		text := &agreement.Text{Name: fmt.Sprint(d), Whole: annotate.Fragment{End: spans * 60}, Tokens: []annotate.Fragment{}}
		for at := 0; at < text.Whole.End; at += 6 {
			text.Tokens = append(text.Tokens, annotate.Fragment{Start: at, End: at + 5})
		}
		for a := range annotators {
			text.Layers = append(text.Layers, &agreement.Layer{Annotator: fmt.Sprint("annotator", a)})
		}
		for i := range spans {
			begin, length, label := i*60+6*random.IntN(4), 6*(2+random.IntN(6)), labels[random.IntN(len(labels))]
			for _, layer := range text.Layers {
				from, to, of := begin, begin+length, label
				switch random.IntN(10) {
				case 0:
					continue
				case 1, 2, 3:
					from, to = from+6*random.IntN(2), to+6*random.IntN(2)
				case 4:
					of = labels[random.IntN(len(labels))]
				}
				made := span(of, from, to)
				made.Attributes = map[string]annotate.Value{"type": annotate.Text(labels[random.IntN(2)])}
				layer.Spans = append(layer.Spans, made)
			}
		}
		texts[d] = text
	}
	return texts
}

// BenchmarkStudy computes every measure of 100 documents, 3 annotators and 200 spans, gamma
// and intervals included.
func BenchmarkStudy(b *testing.B) {
	texts := corpus(100, 3, 200)
	for b.Loop() {
		study := agreement.NewStudy(agreement.Options{Seed: 1})
		for _, t := range texts {
			study.Add(t)
		}
		require.NotEmpty(b, study.Results())
		require.Zero(b, study.Inexact())
	}
}

// BenchmarkGamma computes gamma of one document of 200 spans and 3 annotators.
func BenchmarkGamma(b *testing.B) {
	texts := corpus(1, 3, 200)
	for b.Loop() {
		study := agreement.NewStudy(agreement.Options{Seed: 1, Measures: []string{agreement.GammaName}})
		study.Add(texts[0])
		require.Zero(b, study.Inexact())
	}
}
