package annotate_test

import (
	"slices"
	"testing"
	"time"

	. "spanwright/annotate"
)

// BenchmarkHostile measures what a key press asks a Body for in texts of a megabyte
// and more, each question put to a Body that was asked nothing before, at the start,
// in the middle and at the end.
func BenchmarkHostile(b *testing.B) {
	questions := []struct {
		name string
		ask  func(body *Body, at int)
	}{
		{"TokenAt", func(body *Body, at int) { body.TokenAt(at) }},
		{"NextToken", func(body *Body, at int) { body.NextToken(at) }},
		{"PreviousToken", func(body *Body, at int) { body.PreviousToken(at) }},
		{"SentenceAt", func(body *Body, at int) { body.SentenceAt(at) }},
		{"NextSentence", func(body *Body, at int) { body.NextSentence(at) }},
		{"PreviousSentence", func(body *Body, at int) { body.PreviousSentence(at) }},
		{"Snap", func(body *Body, at int) { body.Snap(Fragment{at, min(at+40, len(body.Text()))}) }},
		{"SnapAll", func(body *Body, _ int) { body.Snap(Fragment{0, len(body.Text())}) }},
		{"SnapClusters", func(body *Body, at int) { body.SnapClusters(Fragment{at, min(at+40, len(body.Text()))}) }},
		{"NextCluster", func(body *Body, at int) { body.NextCluster(at) }},
		{"PreviousCluster", func(body *Body, at int) { body.PreviousCluster(at) }},
		{"Phrase", func(body *Body, at int) { body.Phrase(Fragment{at, min(at+1, len(body.Text()))}) }},
		{"Quotations", func(body *Body, at int) { body.Quotations(Fragment{at, min(at+1, len(body.Text()))}) }},
		{"Paragraph", func(body *Body, at int) { body.Trim(body.Paragraph(body.ParagraphAt(at))) }},
	}
	for _, h := range hostile {
		text := long(h.piece, 10<<20)
		b.Run("NewBody/"+h.name, func(b *testing.B) {
			for b.Loop() {
				NewBody(text)
			}
		})
		for _, q := range questions {
			for where, at := range map[string]int{"start": 0, "middle": len(text)/2 + 5, "end": len(text)} {
				b.Run(q.name+"/"+h.name+"/"+where, func(b *testing.B) {
					var took []float64
					for b.Loop() {
						body := NewBody(text)
						began := time.Now()
						q.ask(body, at)
						took = append(took, float64(time.Since(began)))
					}
					slices.Sort(took)
					b.ReportMetric(took[len(took)/2], "ns/op")
				})
			}
		}
	}
}
