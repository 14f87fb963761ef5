package typeset

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"spanwright/annotate"
)

// A caret must stop where a selection by characters does, also in a text without a
// place between clusters for kilobytes, which is parted somewhere.
func TestClustersAreThoseOfTheBody(t *testing.T) {
	pieces := []string{
		"a", " ", "\n", "\r", "e\u0301", "\u0301", "\u200d", "\u0600", "日", "가", "ᄀ", "ᅡ", "क्षि", "ำ", "👩\u200d", "🏽", "🇮", "🇮🇳", "\u2067", "ق",
	}
	rapid.Check(t, func(t *rapid.T) {
		var text strings.Builder
		for range rapid.IntRange(1, 20).Draw(t, "stretches") {
			times := rapid.SampledFrom([]int{1, 2, 3, 4000}).Draw(t, "times")
			text.WriteString(strings.Repeat(rapid.SampledFrom(pieces).Draw(t, "piece"), times))
		}
		body := annotate.NewBody(text.String())
		var want, got []int
		for at := 0; at < text.Len(); at = body.ClusterEnd(at) {
			want = append(want, at)
		}
		blocks := cutBlocks(body)
		for i, b := range blocks {
			f := annotate.Fragment{Start: int(b.start), End: text.Len()}
			if i+1 < len(blocks) {
				f.End = int(blocks[i+1].start)
			}
			var p passage
			p.read(body, f, newEmbedding(0))
			for c := range p.count() {
				got = append(got, p.offset(c))
			}
		}
		require.Equal(t, want, got)
	})
}
