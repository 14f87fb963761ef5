package dataset

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestALedgerRemembersWhatAMapDoes(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	t.Setenv("TMP", temporary)
	var l Ledger
	m := map[string]uint64{}
	random := rand.New(rand.NewPCG(1, 2))
	const names = 2 * ledgerRecent
	for i := range uint64(3 * ledgerRecent) {
		name := fmt.Sprint(random.IntN(names))
		want, known := m[name]
		got, ok, err := l.Get(name)
		require.NoError(t, err)
		if got != want || ok != known {
			require.Failf(t, "forgotten", "name %s after %d: got %d %v, want %d %v", name, i, got, ok, want, known)
		}
		if random.IntN(4) > 0 {
			m[name] = i
			require.NoError(t, l.Put(name, i))
		}
	}
	left, err := filepath.Glob(filepath.Join(temporary, "*"))
	require.NoError(t, err)
	require.Len(t, left, 1)
	assert.LessOrEqual(t, len(l.recent), ledgerRecent)
	require.NoError(t, os.Truncate(left[0], 1000))
	failed := 0
	for name := range m {
		if _, _, err := l.Get(name); err != nil {
			failed++
		}
	}
	assert.Positive(t, failed, "a file that somebody shortened is told")

	l.Close()
	left, err = filepath.Glob(filepath.Join(temporary, "*"))
	require.NoError(t, err)
	assert.Empty(t, left)
	_, ok, err := l.Get("0")
	require.NoError(t, err)
	assert.False(t, ok)
}
