package annotate_test

import (
	"strings"
	"testing"

	"github.com/rivo/uniseg"
	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	. "spanwright/annotate"
)

// clusterStarts cuts each paragraph of text from its beginning.
func clusterStarts(text string) []int {
	var starts []int
	base := 0
	for _, paragraph := range strings.SplitAfter(text, "\n") {
		g := uniseg.NewGraphemes(paragraph)
		for g.Next() {
			from, _ := g.Positions()
			starts = append(starts, base+from)
		}
		base += len(paragraph)
	}
	return append(starts, len(text))
}

func TestClustersAreNeverSplit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := texts().Draw(t, "text")
		start, end := drawRange(t, text)
		b := NewBody(text)
		starts := clusterStarts(text)
		floor := func(at int) int {
			found := 0
			for _, s := range starts {
				if s <= at {
					found = s
				}
			}
			return found
		}
		after := func(at int) int {
			for _, s := range starts {
				if s > at {
					return s
				}
			}
			return len(text)
		}
		want := Fragment{floor(start), end}
		if floor(end) != end {
			want.End = after(end)
		}
		if got := b.SnapClusters(Fragment{start, end}); got != want {
			t.Fatalf("SnapClusters(%d to %d) = %v, want %v", start, end, got, want)
		}
		if got := b.NextCluster(start); got != after(start) {
			t.Fatalf("NextCluster(%d) = %d, want %d", start, got, after(start))
		}
		if got, want := b.PreviousCluster(start), floor(max(0, start-1)); got != want {
			t.Fatalf("PreviousCluster(%d) = %d, want %d", start, got, want)
		}
	})
}

func TestLongRowsOfFlagsAndMarksAreCutRightly(t *testing.T) {
	flags := NewBody(strings.Repeat("🇮🇳", 300)) // 8 bytes each
	assert.Equal(t, Fragment{8 * 200, 8 * 201}, flags.SnapClusters(Fragment{8*200 + 4, 8*200 + 4}))
	marks := NewBody("a" + strings.Repeat("\u0301", 1000) + "b")
	assert.Equal(t, Fragment{0, 2001}, marks.SnapClusters(Fragment{1501, 1503}))
}

func TestMovingByClustersInEmptyText(t *testing.T) {
	b := NewBody("")
	assert.Equal(t, 0, b.NextCluster(0))
	assert.Equal(t, 0, b.PreviousCluster(0))
	assert.Equal(t, Fragment{}, b.SnapClusters(Fragment{}))
	_, ok := b.NextToken(0)
	assert.False(t, ok)
	_, ok = b.PreviousSentence(0)
	assert.False(t, ok)
}
