package split

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// TestACrowdIsReportedAndItsDuplicatesAreFound has 1,500 texts that meet in one band, of which two are the same.
func TestACrowdIsReportedAndItsDuplicatesAreFound(t *testing.T) {
	source := rand.New(rand.NewPCG(1, 2))
	f := finder{groups: newGroups(1500), join: true}
	for range 1500 {
		s := &Signature{7, 7}
		for i := bandRows; i < len(s); i++ {
			s[i] = source.Uint32()
		}
		f.signatures = append(f.signatures, s)
	}
	f.signatures[1499] = f.signatures[0] // further apart than neighbours
	asked := map[int32]bool{}
	f.shingles = func(i int32) ([]uint64, error) {
		asked[i] = true
		return []uint64{1, 2, 3}, nil
	}
	require.NoError(t, f.find(t.Context()))
	assert.Equal(t, 1, f.crowded)
	assert.Equal(t, map[int32]bool{0: true, 1499: true}, asked, "nothing else looks alike")
	assert.Equal(t, int32(0), f.groups.of(1499))

	stopped, stop := context.WithCancel(t.Context())
	stop()
	assert.ErrorIs(t, f.find(stopped), context.Canceled)
}

// BenchmarkDivide divides 20,000 texts of 2 kB, of which one in thirty is an edited copy.
func BenchmarkDivide(b *testing.B) {
	source := rand.New(rand.NewPCG(1, 2))
	frequent := rand.NewZipf(source, 1.1, 3, 60_000)
	texts := map[annotate.ID]string{}
	c := NewCollection(&annotate.Scheme{Name: "blank"}, Options{
		Parts: []Part{{"train", 80_000}, {"dev", 10_000}, {"test", 10_000}}, Seed: 1, Together: Bonds,
	})
	var words []string
	for i := range 20_000 {
		if i%30 == 29 {
			words[source.IntN(len(words))] = "edited"
		} else {
			words = words[:0]
			for range 330 {
				words = append(words, fmt.Sprintf("w%d", frequent.Uint64()))
			}
		}
		id := annotate.ID(fmt.Sprint(i))
		texts[id] = strings.Join(words, " ")
		c.Add(&dataset.Record{Document: &annotate.Document{ID: id, Name: string(id), Text: texts[id], Hash: annotate.HashText(texts[id])}})
	}
	for b.Loop() {
		s, err := c.Divide(b.Context(), func(id annotate.ID) (string, error) { return texts[id], nil })
		require.NoError(b, err)
		require.Equal(b, 20_000-666, s.Report.Groups)
	}
}
