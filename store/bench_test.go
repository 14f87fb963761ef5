package store

import (
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// BenchmarkApply labels one span in a document of 1 MB that has 10,000, on the disk.
func BenchmarkApply(b *testing.B) {
	p := create(b)
	d := annotate.NewDocument("long.txt", strings.Repeat("She said — he denied. ", 1<<20/24))
	changes := []annotate.Change{{Annotator: "asha", After: d}}
	span := func(i int) annotate.Change {
		start := i * 24 % (1 << 19)
		return annotate.Change{Annotator: "asha", After: claim1(d.ID, "asha", annotate.Fragment{Start: start, End: start + 3})}
	}
	for i := range 10_000 {
		changes = append(changes, span(i))
	}
	_, err := p.Apply(changes...)
	require.NoError(b, err)
	b.ResetTimer()
	for i := range b.N {
		_, err := p.Apply(span(i))
		require.NoError(b, err)
	}
}

// BenchmarkLayer reads 10,000 spans of one document.
func BenchmarkLayer(b *testing.B) {
	p := create(b)
	d := annotate.NewDocument("long.txt", strings.Repeat("She said — he denied. ", 1<<20/24))
	changes := []annotate.Change{{Annotator: "asha", After: d}}
	for i := range 10_000 {
		changes = append(changes, annotate.Change{Annotator: "asha", After: claim1(d.ID, "asha", annotate.Fragment{Start: i * 24, End: i*24 + 3})})
	}
	_, err := p.Apply(changes...)
	require.NoError(b, err)
	b.ResetTimer()
	for b.Loop() {
		layer, err := p.Layer(d.ID, "asha")
		require.NoError(b, err)
		require.Equal(b, 10_000, layer.SpanCount())
	}
}

// largeProject holds 100,000 short documents, of which asha has done all but the last.
func largeProject(b *testing.B) *Project {
	b.Helper()
	path := filepath.Join(b.TempDir(), "large"+Extension)
	p, err := Create(path, testScheme())
	require.NoError(b, err)
	b.Cleanup(func() { p.Close() })
	var changes []annotate.Change
	for i := range 100_000 {
		d := annotate.NewDocument(fmt.Sprintf("article-%06d.txt", i), fmt.Sprintf("Article %d said no.", i))
		changes = append(changes, annotate.Change{Annotator: "asha", After: d})
		if i < 99_999 {
			changes = append(changes, annotate.Change{Annotator: "asha", After: &annotate.Assessment{Document: d.ID, Annotator: "asha", Status: annotate.Done}})
		}
	}
	_, err = p.Apply(changes...)
	require.NoError(b, err)
	return p
}

func BenchmarkDocuments100k(b *testing.B) {
	p := largeProject(b)
	for name, q := range map[string]DocumentQuery{
		"first":  {Annotator: "asha", Limit: 100},
		"middle": {Annotator: "asha", Offset: 50_000, Limit: 100},
		"filter": {Annotator: "asha", Filter: "99999", Limit: 100},
		"status": {Annotator: "asha", Status: annotate.New, Limit: 100},
		"behind": {Annotator: "asha", Behind: 1, Limit: 100},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				rows, err := p.Documents(q)
				require.NoError(b, err)
				require.NotEmpty(b, rows)
			}
		})
	}
	b.Run("progress", func(b *testing.B) {
		for b.Loop() {
			progress, err := p.Progress("asha")
			require.NoError(b, err)
			require.Equal(b, 99_999, progress.Done)
		}
	})
	b.Run("canundo", func(b *testing.B) {
		for b.Loop() {
			clear(p.descriptions)
			_, ok := p.CanUndo("asha")
			require.True(b, ok)
		}
	})
	b.Run("check", func(b *testing.B) {
		for b.Loop() {
			findings, err := p.Check()
			require.NoError(b, err)
			require.Empty(b, findings)
		}
	})
}

func BenchmarkNext100k(b *testing.B) {
	p := largeProject(b)
	rows, err := p.Documents(DocumentQuery{Limit: 1})
	require.NoError(b, err)
	for name, unfinishedOnly := range map[string]bool{"any": false, "unfinished": true} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				_, ok, err := p.Next("asha", rows[0].ID, true, unfinishedOnly)
				require.NoError(b, err)
				require.True(b, ok)
			}
		})
	}
}

// BenchmarkMerge100k merges a copy with 100,000 changes by another annotator: spans in
// 1,000 documents of 2 kB. It tells the memory that Go allocated at once.
func BenchmarkMerge100k(b *testing.B) {
	lead := create(b)
	changes := make([]annotate.Change, 1000)
	for i := range changes {
		changes[i] = annotate.Change{Annotator: "lead", After: annotate.NewDocument(fmt.Sprintf("%04d.txt", i), fmt.Sprintf("%04d ", i)+strings.Repeat("She said — he denied. ", 85))}
	}
	_, err := lead.Apply(changes...)
	require.NoError(b, err)
	path := filepath.Join(b.TempDir(), "copy"+Extension)
	require.NoError(b, lead.SaveCopy(path))
	other, err := Open(path)
	require.NoError(b, err)
	b.Cleanup(func() { other.Close() })
	for range 100 {
		spans := make([]annotate.Change, len(changes))
		for i, d := range changes {
			spans[i] = annotate.Change{Annotator: "asha", After: claim1(d.DocumentID(), "asha", annotate.Fragment{Start: 5, End: 8})}
		}
		_, err := other.Apply(spans...)
		require.NoError(b, err)
	}
	b.ResetTimer()
	for b.Loop() {
		var most uint64
		got, err := lead.Merge(b.Context(), other, MergeOptions{Annotator: "lead", Rehearse: true, Progress: func(done, _ int) {
			if done%(20*mergePage) == 0 {
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				most = max(most, m.HeapInuse)
			}
		}})
		require.NoError(b, err)
		require.Equal(b, 100_000, got.Changes)
		b.ReportMetric(float64(most)/1e6, "MB-heap")
	}
}
