package docview

import (
	"fmt"
	"image"
	"testing"

	"fyne.io/fyne/v2"

	"spanwright/annotate"
)

// BenchmarkTile paints the lines of a well annotated paragraph, one a round.
func BenchmarkTile(b *testing.B) {
	a := dispute(b)
	s := sceneOf(a, bothPalettes[0])
	s.focused = "01"
	text, bold := bundled(b)
	for _, scale := range []float64{1, 2} {
		b.Run(fmt.Sprintf("scale%v", scale), func(b *testing.B) {
			m := newMetrics(Full, scale)
			p := newPainter(bold, m)
			lines := layoutOf(a, text, m, 780*scale).Lines(0, 1e6)
			tile := image.NewRGBA(image.Rectangle{Max: m.tileSize(780 * scale)})
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				p.tile(tile, s, lines[i%len(lines)].Line, 780*scale)
			}
		})
	}
}

// BenchmarkScrollFrame scrolls a document of 1 MB by one turn of the wheel a round.
func BenchmarkScrollFrame(b *testing.B) {
	text := long(6200)
	var spans []*annotate.Span
	for i := 0; i < 6200; i += 2 {
		spans = append(spans, span(b, text, fmt.Sprintf("%05d", i), claims.Spans[i/2%5].Label, fmt.Sprintf("Paragraph %d says", i)))
	}
	d := sitDown(b, fyne.NewSize(900, 800), []string{text}, spans...)
	down := float32(-10)
	b.ReportAllocs()
	for b.Loop() {
		before := d.offset
		d.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, down)})
		if d.offset == before {
			down = -down
		}
	}
}
