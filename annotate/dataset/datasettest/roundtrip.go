package datasettest

import (
	"bytes"
	"context"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// RoundTrip draws records, makes them fit, writes them, and asserts that reading them
// gives the same. So what [dataset.Fit] told is all that is lost.
func RoundTrip(t *testing.T, f *dataset.Format) {
	t.Helper()
	folder := t.TempDir()
	rapid.Check(t, func(rt *rapid.T) {
		options := dataset.Options{
			Gaps:     rapid.SampledFrom([]dataset.Choice{"", dataset.Envelope, dataset.First, dataset.Skip}).Draw(rt, "gaps"),
			Overlaps: rapid.SampledFrom([]dataset.Choice{"", dataset.Longest, dataset.Shortest, dataset.First}).Draw(rt, "overlaps"),
		}
		var losses dataset.Losses
		var fitted []*dataset.Record
		for _, r := range Documents(rt) {
			if r = dataset.Fit(r, f.Holds, options, &losses); r != nil {
				fitted = append(fitted, r)
			}
		}
		again := Rewrite(rt, f, filepath.Join(folder, "file"+extension(f)), fitted)
		require.Equal(rt, Statements(f, fitted), Statements(f, again))
	})
}

func extension(f *dataset.Format) string { return filepath.Ext(f.Patterns[0]) }

// Rewrite writes records to path and returns what is read from it. The writer must not
// lose anything of them.
func Rewrite(t require.TestingT, f *dataset.Format, path string, records []*dataset.Record) []*dataset.Record {
	if f.WriteFolder != nil {
		return rewriteFolder(t, f, path+".folder", records)
	}
	var out, beside bytes.Buffer
	losses, err := f.WriteFile(context.Background(), &out, Sequence(records...), dataset.Options{Beside: &beside})
	require.NoError(t, err)
	require.Empty(t, losses, "the writer loses nothing of what fits")
	require.NoError(t, os.WriteFile(path, out.Bytes(), 0o600))
	if f.Beside != "" {
		require.NoError(t, os.WriteFile(path+f.Beside, beside.Bytes(), 0o600))
	}
	again, failed := Read(f, path)
	require.Empty(t, failed, out.String())
	for _, r := range again {
		Valid(t, r)
	}
	return again
}

// rewriteFolder is Rewrite of a format that is a folder of files.
func rewriteFolder(t require.TestingT, f *dataset.Format, folder string, records []*dataset.Record) []*dataset.Record {
	require.NoError(t, os.RemoveAll(folder))
	require.NoError(t, os.Mkdir(folder, 0o700))
	losses, err := f.WriteFolder(context.Background(), folder, Sequence(records...), dataset.Options{})
	require.NoError(t, err)
	require.Empty(t, losses, "the writer loses nothing of what fits")
	var again []*dataset.Record
	require.NoError(t, filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(folder, path)
		require.NoError(t, err)
		for r, err := range f.Read(context.Background(), dataset.Input{Path: path, Name: filepath.ToSlash(name), Annotator: "asha"}) {
			require.NoError(t, err)
			Valid(t, r)
			again = append(again, r)
		}
		return nil
	}))
	return again
}

// Sequence yields records.
func Sequence(records ...*dataset.Record) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		for _, r := range records {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// Read returns the records of a file, and why others could not be read.
func Read(f *dataset.Format, path string) (records []*dataset.Record, failed []error) {
	for r, err := range f.Read(context.Background(), dataset.Input{Path: path, Name: filepath.Base(path), Annotator: "asha"}) {
		if err != nil {
			failed = append(failed, err)
			continue
		}
		records = append(records, r)
	}
	return records, failed
}

// ReadString returns the records of a file of that content.
func ReadString(t testing.TB, f *dataset.Format, content string) (records []*dataset.Record, failed []error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file"+extension(f))
	require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	return Read(f, path)
}

// Statements returns what records say in a format, a list for each, in an order that does
// not depend on theirs.
func Statements(f *dataset.Format, records []*dataset.Record) [][]string {
	all := [][]string{}
	for _, r := range records {
		all = append(all, r.Statements(f.Holds))
	}
	slices.SortFunc(all, slices.Compare)
	return all
}

// Valid asserts that a record is one that a project can take in.
func Valid(t assert.TestingT, r *dataset.Record) {
	assert.NoError(t, r.Document.Check())
	taken := map[annotate.ID]bool{}
	once := func(id annotate.ID) {
		assert.False(t, taken[id], "the id %s stands twice", id)
		taken[id] = true
	}
	for _, s := range r.Spans {
		assert.NoError(t, s.Check(r.Document.Text))
		assert.Equal(t, r.Document.ID, s.Document)
		assert.Equal(t, r.Annotator, s.Annotator)
		once(s.ID)
	}
	for _, x := range r.Relations {
		assert.NoError(t, x.Check())
		assert.Equal(t, r.Document.ID, x.Document)
		once(x.ID)
	}
	for _, x := range r.Records {
		assert.NoError(t, x.Check())
		once(x.ID)
	}
	for _, c := range r.Concepts {
		assert.NoError(t, c.Check())
	}
	if r.Assessment != nil {
		assert.NoError(t, r.Assessment.Check())
	}
	if len(r.Spans)+len(r.Relations)+len(r.Records) > 0 {
		assert.NotEmpty(t, r.Annotator)
	}
}

// Fuzz asserts of anything at all that reading it gives records a project can take in,
// and that what was read, made to fit, is written and read again as it was.
func Fuzz(f *testing.F, format *dataset.Format, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		path := filepath.Join(t.TempDir(), "file"+extension(format))
		require.NoError(t, os.WriteFile(path, content, 0o600))
		records, _ := Read(format, path)
		var fitted []*dataset.Record
		var losses dataset.Losses
		for _, r := range records {
			Valid(t, r)
			if fit := dataset.Fit(r, format.Holds, dataset.Options{}, &losses); fit != nil {
				fitted = append(fitted, fit)
			}
		}
		if format.Writes() {
			again := Rewrite(t, format, path, fitted)
			require.Equal(t, Statements(format, fitted), Statements(format, again))
		}
	})
}
