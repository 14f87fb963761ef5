package datasettest

import (
	"cmp"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate/dataset"
)

// Conformance returns where the collection of real files lies, which SPANWRIGHT_CONFORMANCE
// says, and skips the test where it is not.
func Conformance(t testing.TB) string {
	t.Helper()
	folder := cmp.Or(os.Getenv("SPANWRIGHT_CONFORMANCE"), "../../../../shared/conformance")
	if _, err := os.Stat(folder); err != nil {
		t.Skip("the collection of real files is not there; SPANWRIGHT_CONFORMANCE says where it lies")
	}
	return folder
}

// RealFile is a file of the collection and what is in it, counted by other means.
type RealFile struct {
	Name string
	// Records are the documents, each as often as there are annotators.
	Records, Spans, Relations, Remarks, Failures int
}

// RealFiles reads real files and asserts what is in them; where the format is written,
// what was read comes back when it is written and read again.
func RealFiles(t *testing.T, f *dataset.Format, files []RealFile) {
	folder := Conformance(t)
	for _, file := range files {
		t.Run(file.Name, func(t *testing.T) {
			path := filepath.Join(folder, file.Name)
			if f.Sniff != nil {
				assert.True(t, f.Sniff(dataset.ReadHead(path)), "the file is known by its content")
			}
			got := RealFile{Name: file.Name}
			records, failed := Read(f, path)
			var losses dataset.Losses
			var fitted []*dataset.Record
			for _, err := range failed {
				t.Log(err)
			}
			for _, r := range records {
				Valid(t, r)
				got.Spans += len(r.Spans)
				got.Relations += len(r.Relations)
				got.Remarks += len(r.Remarks)
				for _, remark := range r.Remarks {
					t.Log(remark)
				}
				if fit := dataset.Fit(r, f.Holds, dataset.Options{}, &losses); fit != nil {
					fitted = append(fitted, fit)
				}
			}
			got.Records, got.Failures = len(records), len(failed)
			assert.Equal(t, file, got)
			if f.Writes() {
				again := Rewrite(t, f, filepath.Join(t.TempDir(), "file"+extension(f)), fitted)
				require.Equal(t, Statements(f, fitted), Statements(f, again))
			}
		})
	}
}
