package typeset

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestHeightsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := rapid.SliceOfN(rapid.IntRange(1, 9), 1, 70).Draw(t, "lines")
		h := newHeights(lines)
		for range rapid.IntRange(0, 5).Draw(t, "changes") {
			i := rapid.IntRange(0, len(lines)-1).Draw(t, "block")
			n := rapid.IntRange(1, 9).Draw(t, "now")
			h.add(i, n-lines[i])
			lines[i] = n
		}
		sum := 0
		for i, n := range lines {
			require.Equal(t, sum, h.before(i))
			for line := sum; line < sum+n; line++ {
				require.Equal(t, i, h.find(func(_, before int) bool { return before <= line }))
			}
			sum += n
		}
		require.Equal(t, sum, h.before(len(lines)))
	})
}

func TestRecentDropsWhatWasNotAskedForLongest(t *testing.T) {
	r := newRecent()
	for i := range 4 {
		r.put(i, nil, recentLimit/4)
	}
	_, kept := r.get(0)
	require.True(t, kept)
	r.put(4, nil, recentLimit/4)
	for i, want := range []bool{true, false, true, true, true} {
		_, kept := r.get(i)
		require.Equal(t, want, kept, "block %d", i)
	}
	r.put(5, nil, 2*recentLimit)
	_, kept = r.get(5)
	require.True(t, kept, "one block larger than the limit is kept while it is the latest")
	require.Len(t, r.entries, 1)
}
