package report

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/store"
)

func TestTheEndOfANameSaysWhatIsSaved(t *testing.T) {
	facts := &Facts{Project: "p", Annotators: []string{"asha"}, Stats: store.Stats{
		Documents: 2, Statuses: []store.StatusCount{{Annotator: "asha", Status: annotate.Done, Count: 2}},
		Spans: []store.LabelCount{{Annotator: "asha", Label: "Claim", Count: 3}},
	}}
	for name, want := range map[string][]string{
		"r.html": {"r.html"}, "r.MD": {"r.MD"}, "r.svg": {"r-labels.svg", "r-states.svg"}, "r.png": {"r-labels.png", "r-states.png"},
	} {
		folder := t.TempDir()
		written, err := facts.Save(filepath.Join(folder, name))
		require.NoError(t, err)
		require.Len(t, written, len(want))
		entries, err := os.ReadDir(folder)
		require.NoError(t, err)
		var found []string
		for _, e := range entries {
			found = append(found, e.Name())
		}
		assert.Equal(t, want, found)
	}
	_, err := facts.Save(filepath.Join(t.TempDir(), "r.pdf"))
	require.ErrorContains(t, err, "ends in .html or .md, that of its pictures in .png or .svg")
}
