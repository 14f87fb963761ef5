package typeset_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"spanwright/annotate"
	"spanwright/app/typeset"
)

// prose makes English-like text of that many bytes in paragraphs of about that many.
func prose(size, paragraph int) string {
	words := strings.Fields("the of committee said Monday evidence claims office offices that report about and a minister rejected federal AV Toronto efficient")
	random := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for b.Len() < size {
		b.WriteString(words[random.IntN(len(words))])
		if b.Len()%paragraph < 12 && paragraph < size {
			b.WriteByte('\n')
			continue
		}
		b.WriteByte(' ')
	}
	return b.String()
}

func BenchmarkViewport(b *testing.B) {
	text := prose(1<<20, 500)
	body := annotate.NewBody(text)
	fonts := latin(b)
	for b.Loop() {
		l := typeset.NewLayout(body, fonts, typeset.Style{Size: 16, Width: 700, Pitch: 30, Gap: 8})
		if len(l.Lines(100_000, 101_000)) < 30 {
			b.Fatal("too few lines")
		}
	}
}

func BenchmarkViewportOfOneParagraph(b *testing.B) {
	text := prose(1<<20, 2<<20)
	body := annotate.NewBody(text)
	fonts := latin(b)
	for b.Loop() {
		l := typeset.NewLayout(body, fonts, typeset.Style{Size: 16, Width: 700, Pitch: 30, Gap: 8})
		if len(l.Lines(100_000, 101_000)) < 30 {
			b.Fatal("too few lines")
		}
	}
}

func BenchmarkFill(b *testing.B) {
	text := prose(1<<20, 500)
	body := annotate.NewBody(text)
	fonts := latin(b)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		l := typeset.NewLayout(body, fonts, typeset.Style{Size: 16, Width: 700, Pitch: 30, Gap: 8})
		for !l.Fill(time.Second) {
			continue
		}
	}
}

func BenchmarkShapeLine(b *testing.B) {
	text := prose(100, 200)
	fonts := latin(b)
	b.ReportMetric(float64(utf8.RuneCountInString(text)), "characters")
	for b.Loop() {
		typeset.Measure(fonts, text, 16)
	}
}

// BenchmarkEndlessIsolates tells whether the time is in proportion to their number.
func BenchmarkEndlessIsolates(b *testing.B) {
	fonts := latin(b)
	for _, many := range []int{50_000, 100_000, 200_000, 400_000} {
		for name, text := range map[string]string{
			"open":   strings.Repeat("\u2067", many),
			"nested": strings.Repeat("\u2068", many) + "א" + strings.Repeat("\u2069", many),
		} {
			b.Run(fmt.Sprintf("%s-%d", name, many), func(b *testing.B) {
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					l := typeset.NewLayout(annotate.NewBody(text), fonts, typeset.Style{Size: 16, Width: 700, Pitch: 30, Gap: 8})
					for !l.Fill(time.Second) {
						continue
					}
				}
			})
		}
	}
}
