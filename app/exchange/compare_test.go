package exchange

import (
	"context"
	"io"
	"iter"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/format/jsonl"
	"spanwright/store"
)

// TestACertificateFailsWhereWhatComesBackIsNotWhatWasMeant writes with writers that are
// wrong in one way each.
func TestACertificateFailsWhereWhatComesBackIsNotWhatWasMeant(t *testing.T) {
	type records = iter.Seq2[*dataset.Record, error]
	changed := func(change func(*dataset.Record)) func(records) records {
		return func(all records) records {
			return func(yield func(*dataset.Record, error) bool) {
				for r, err := range all {
					if r != nil {
						c := *r
						change(&c)
						r = &c
					}
					if !yield(r, err) {
						return
					}
				}
			}
		}
	}
	for _, test := range []struct {
		name        string
		damage      func(records) records
		losses      dataset.Losses
		passed      bool
		differences []string
	}{
		{"nothing", changed(func(*dataset.Record) {}), nil, true, nil},
		{"a span is lost", changed(func(r *dataset.Record) { r.Spans = nil }), nil, false, []string{
			"document a.txt did not come back as it was meant", "document a.txt came back otherwise than it was meant",
		}},
		{"and told", changed(func(r *dataset.Record) { r.Spans = nil }), dataset.Losses{{What: "span", Count: 1}}, true, nil},
		{"a document is lost", func(all records) records {
			return func(func(*dataset.Record, error) bool) {
				for range all {
				}
			}
		}, nil, false, []string{"document a.txt did not come back as it was meant"}},
		{"what is written cannot be read", changed(func(r *dataset.Record) { r.Spans[0].Label = "" }), nil, false, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			project, err := store.Create(filepath.Join(t.TempDir(), "p.spanwright"), &annotate.Scheme{Name: "claims", Spans: []annotate.SpanLabel{{Label: "Claim", Color: "#000000"}}})
			require.NoError(t, err)
			defer func() { require.NoError(t, project.Close()) }()
			d := annotate.NewDocument("a.txt", "Mona said.")
			_, err = project.Apply(annotate.Change{Annotator: "asha", After: d}, annotate.Change{Annotator: "asha", After: &annotate.Span{
				ID: "s", Document: d.ID, Annotator: "asha", Label: "Claim", Fragments: []annotate.Fragment{{Start: 0, End: 4}},
			}})
			require.NoError(t, err)
			f := *jsonl.Format
			f.WriteFile = func(ctx context.Context, w io.Writer, all records, options dataset.Options) (dataset.Losses, error) {
				_, err := jsonl.Format.WriteFile(ctx, w, test.damage(all), options)
				return test.losses, err
			}
			out := filepath.Join(t.TempDir(), "out.jsonl")
			run := exporter{project: project, format: &f}
			run.meant, err = newTally(&f, ExportOptions{})
			require.NoError(t, err)
			defer run.meant.close()
			require.NoError(t, ReplaceFile(out, func(w io.Writer) error {
				return run.count(f.WriteFile(t.Context(), w, run.records(t.Context()), run.settings()))
			}))
			require.NoError(t, run.certify(t.Context(), out, []string{out}))
			assert.Equal(t, test.passed, run.report.Certificate.Passed)
			if test.differences != nil {
				assert.Equal(t, test.differences, run.report.Certificate.Differences)
			}
			_, err = os.Stat(out)
			assert.NoError(t, err, "failing removes nothing")
		})
	}
}
