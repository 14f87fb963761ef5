package brat_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate/dataset"
)

const conformance = "../../../../shared/conformance"

// elsewhere names the texts of .ann files that have none of their name beside them.
var elsewhere = map[string]string{
	"bconv/brat/CRAFT-example.ann":            "bconv/txt/CRAFT-example.txt",
	"bconv/brat/elliptic-coordination.ann":    "bconv/txt/elliptic-coordination.txt",
	"dkpro-io-brat/document1-ref.ann":         "dkpro-io-brat/document1.txt",
	"dkpro-io-brat/document1-ref-mapping.ann": "dkpro-io-brat/document1.txt",
	"dkpro-io-brat/document1-ref-sub.ann":     "dkpro-io-brat/document1.txt",
}

func TestRealFilesComeOutWithTheSameAnnotations(t *testing.T) {
	if _, err := os.Stat(conformance); err != nil {
		t.Skip("the collection of real files is not beside the repository")
	}
	found := 0
	err := filepath.WalkDir(conformance, func(path string, _ fs.DirEntry, err error) error {
		require.NoError(t, err)
		if filepath.Ext(path) != ".ann" {
			return nil
		}
		found++
		name, err := filepath.Rel(conformance, path)
		require.NoError(t, err)
		t.Run(name, func(t *testing.T) { checkRealFile(t, filepath.ToSlash(name), pair(t, path, elsewhere[name])) })
		return nil
	})
	require.NoError(t, err)
	assert.GreaterOrEqual(t, found, 20)
}

// sayNothing counts the lines of a file that say nothing, and are left out with a remark.
var sayNothing = map[string]map[byte]int{
	"brat-bionlp2011/BioNLP-ST_2011_ID/PMC2858072-02-Results_and_Discussion-01.ann": {'*': 1}, // T63 is T63
}

func checkRealFile(t *testing.T, name, text string) {
	first, err := load(t, text)
	require.NoError(t, err)
	checkCovered(t, first, text)
	folder, losses := save(t, first)
	assert.Empty(t, losses)
	written := filepath.Join(folder, first.Document.Name)
	again, err := load(t, written)
	require.NoError(t, err)
	assert.Equal(t, first.Document.Text, again.Document.Text)
	assert.Equal(t, canonical(first), canonical(again))

	want, got := countLines(t, text), countLines(t, written)
	for kind, n := range sayNothing[name] {
		want[kind] -= n
	}
	assert.Equal(t, want, got, "lines of each kind")
	remarks := 0
	for _, r := range first.Remarks {
		t.Log(r)
		remarks++
	}
	assert.Equal(t, len(sayNothing[name]) > 0, remarks > 0)
}

// checkCovered cuts the spans out of the file's characters by the offsets in the
// .ann file, as brat does, and looks for them among those that were read.
func checkCovered(t *testing.T, r *dataset.Record, text string) {
	t.Helper()
	raw, err := os.ReadFile(text)
	require.NoError(t, err)
	characters := []rune(string(raw))
	var want, got []string
	for _, line := range annLines(t, text) {
		fields := strings.Fields(strings.SplitN(line, "\t", 3)[1])
		if line[0] != 'T' {
			continue
		}
		var parts []string
		for _, place := range strings.Split(strings.Join(fields[1:], " "), ";") {
			var start, end int
			_, err := fmt.Sscan(place, &start, &end)
			require.NoError(t, err)
			parts = append(parts, string(characters[start:end]))
		}
		want = append(want, fields[0]+" "+strings.Join(parts, " "))
	}
	for _, s := range r.Spans {
		got = append(got, s.Label+" "+s.Covered(r.Document.Text))
	}
	assert.ElementsMatch(t, want, got)
}

// countLines counts the lines of an .ann file by the letter they begin with.
func countLines(t *testing.T, text string) map[byte]int {
	t.Helper()
	counts := map[byte]int{}
	for _, line := range annLines(t, text) {
		kind := line[0]
		if kind == 'M' { // an old way to write A
			kind = 'A'
		}
		counts[kind]++
	}
	return counts
}

func annLines(t *testing.T, text string) []string {
	t.Helper()
	raw, err := os.ReadFile(strings.TrimSuffix(text, ".txt") + ".ann")
	require.NoError(t, err)
	return strings.FieldsFunc(string(raw), func(r rune) bool { return r == '\n' })
}

// pair returns the text of an .ann file, after a copy of both if the text lies elsewhere.
func pair(t *testing.T, path, text string) string {
	t.Helper()
	if text == "" {
		return strings.TrimSuffix(path, ".ann") + ".txt"
	}
	stem := filepath.Join(t.TempDir(), "a")
	for to, from := range map[string]string{stem + ".ann": path, stem + ".txt": filepath.Join(conformance, text)} {
		raw, err := os.ReadFile(from)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(to, raw, 0o600))
	}
	return stem + ".txt"
}
