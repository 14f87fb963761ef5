package exchange_test

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/exchange"
	"spanwright/store"
)

// TestEveryRealFile imports each file of the collection of real ones by itself, as somebody would who
// drops it on the window. testdata/conformance.tsv says what must come in: the format it is known as, documents,
// spans, relations, and warnings, which are remarks and what was left out, or why it is refused.
func TestEveryRealFile(t *testing.T) {
	folder := cmp.Or(os.Getenv("SPANWRIGHT_CONFORMANCE"), "../../../shared/conformance")
	raw, err := os.ReadFile(filepath.Join(folder, "manifest.json"))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("the collection of real files is not there; SPANWRIGHT_CONFORMANCE says where it lies")
	}
	require.NoError(t, err)
	var files []struct{ File string }
	require.NoError(t, json.Unmarshal(raw, &files))
	want, p := expectations(t), project(t)
	for _, f := range files {
		t.Run(f.File, func(t *testing.T) {
			path := filepath.Join(folder, filepath.FromSlash(f.File))
			got := outcome(t, p, path)
			expected, known := want[f.File]
			assert.True(t, known, "the file has no row: %s\t%s", f.File, got)
			assert.Equal(t, expected, got)
		})
		delete(want, f.File)
	}
	assert.Empty(t, want, "rows of files that are not in the collection")
}

// outcome tells what a rehearsed import came to, in the columns of the table.
func outcome(t *testing.T, p *store.Project, path string) string {
	preview, err := exchange.Rehearse(t.Context(), p, []string{path}, exchange.ImportOptions{Annotator: "asha"}, nil)
	var refused *annotate.Error
	if errors.As(err, &refused) {
		return "refused\t" + refused.Sentence
	}
	require.NoError(t, err)
	for _, remark := range append(preview.Skipped, preview.Remarks...) {
		t.Log(remark)
	}
	if preview.Documents == 0 && len(preview.Skipped) == 1 {
		return preview.Sources[0].Format + "\trefused\t" + preview.Skipped[0].Sentence
	}
	return fmt.Sprintf("%s\t%d\t%d\t%d\t%d", preview.Sources[0].Format, preview.Documents, preview.Spans, preview.Relations,
		len(preview.Skipped)+len(preview.Remarks))
}

// expectations reads the table: a file, and what must come of it.
func expectations(t *testing.T) map[string]string {
	f, err := os.Open("testdata/conformance.tsv")
	require.NoError(t, err)
	defer f.Close()
	rows := map[string]string{}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if name, rest, found := strings.Cut(lines.Text(), "\t"); found && !strings.HasPrefix(name, "#") {
			rows[name] = rest
		}
	}
	require.NoError(t, lines.Err())
	return rows
}
