package window

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// openedWithLanes returns a window with a document of that many bytes open and, as
// lanes, the layers of three others with as many spans as asha's.
func openedWithLanes(b *testing.B, size int) *bench {
	w := opened(b, size)
	for i, name := range []string{"ben", "cy", "dora"} {
		var changes []annotate.Change
		for _, s := range labelled(rand.New(rand.NewPCG(uint64(i+2), uint64(size))), w.session.Document(), name, size/100) {
			changes = append(changes, annotate.Change{Annotator: name, After: s})
		}
		_, err := w.session.Project().Apply(changes...)
		require.NoError(b, err)
	}
	require.NoError(b, w.session.ToggleLanes())
	w.until(func() bool { return len(w.session.Lanes()) == 3 })
	return w
}
