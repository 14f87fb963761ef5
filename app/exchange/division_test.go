package exchange_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/dataset/split"
	"spanwright/annotate/format"
	"spanwright/app/exchange"
	"spanwright/store"
)

var halves = split.Options{
	Parts: []split.Part{{Name: "train", Share: 50_000}, {Name: "test", Share: 50_000}}, Seed: 1, Together: split.Bonds,
}

// twenty is a project of twenty documents, each with a span.
func twenty(t *testing.T) *store.Project {
	p := project(t)
	for i := range 20 {
		d := annotate.NewDocument(fmt.Sprintf("%02d.txt", i), fmt.Sprintf("She said number %d of them stays.", i))
		s := &annotate.Span{ID: annotate.NewID(), Document: d.ID, Annotator: "asha", Label: "Claim", Fragments: []annotate.Fragment{{Start: 9, End: 15}}}
		a := &annotate.Assessment{Document: d.ID, Annotator: "asha", Status: annotate.Done}
		_, err := p.Apply(annotate.Change{Annotator: "asha", After: d}, annotate.Change{Annotator: "asha", After: s}, annotate.Change{Annotator: "asha", After: a})
		require.NoError(t, err)
	}
	return p
}

// below returns the files in a folder with slashes, and what they hold.
func below(t *testing.T, folder string) map[string]string {
	found := map[string]string{}
	require.NoError(t, filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			name, _ := filepath.Rel(folder, path)
			found[filepath.ToSlash(name)] = content(t, path)
		}
		return err
	}))
	return found
}

func TestEveryFormatIsWrittenInParts(t *testing.T) {
	p := twenty(t)
	for _, f := range format.All {
		if !f.Writes() {
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "out")
			report, err := exchange.ExportSplit(t.Context(), p, out, exchange.ExportOptions{Format: f.Name}, halves)
			require.NoError(t, err)
			assert.Equal(t, 20, report.Documents)
			assert.True(t, report.Passed(), "%+v", report.Parts[0].Certificate)
			var c exchange.DividedCertificate
			require.NoError(t, json.Unmarshal([]byte(content(t, filepath.Join(out, exchange.SplitCertificate))), &c))
			assert.True(t, c.Passed)
			require.Len(t, c.Parts, 2)
			files := below(t, out)
			documents := 0
			for _, part := range c.Parts {
				documents += part.Documents
				require.NotEmpty(t, part.Files)
				for _, file := range part.Files {
					assert.Len(t, files[file.Name], int(file.Bytes))
					assert.True(t, strings.HasPrefix(file.Name, part.Part), file.Name)
					delete(files, file.Name)
				}
			}
			assert.Equal(t, 20, documents)

			again := filepath.Join(t.TempDir(), "again")
			_, err = exchange.ExportSplit(t.Context(), p, again, exchange.ExportOptions{Format: f.Name}, halves)
			require.NoError(t, err)
			assert.Equal(t, below(t, out), below(t, again), "the same project and seed give the same bytes")
		})
	}
}

func TestAnEarlierSplitLeavesNothingInTheFolder(t *testing.T) {
	p := twenty(t)
	out := filepath.Join(t.TempDir(), "out")
	other := halves
	other.Seed = 2
	report, err := exchange.ExportSplit(t.Context(), p, out, exchange.ExportOptions{Format: "brat"}, halves)
	require.NoError(t, err)
	require.True(t, report.Passed())
	before := below(t, out)
	_, err = exchange.ExportSplit(t.Context(), p, out, exchange.ExportOptions{Format: "brat"}, other)
	require.NoError(t, err)
	after := below(t, out)
	assert.Len(t, after, len(before))
	names := map[string]int{}
	for name := range after {
		if strings.HasSuffix(name, ".txt") {
			names[filepath.Base(name)]++
		}
	}
	assert.Len(t, names, 20)
	for name, n := range names {
		assert.Equal(t, 1, n, "%s is left over in another part", name)
	}
}

func TestPseudonymsStandForNamesInEveryFile(t *testing.T) {
	p := twenty(t)
	rows, err := p.Documents(store.DocumentQuery{})
	require.NoError(t, err)
	for i, row := range rows[:10] {
		s := &annotate.Span{ID: annotate.NewID(), Document: row.ID, Annotator: "benedikta", Label: "Claim", Fragments: []annotate.Fragment{{Start: 9, End: 15 + 3*(i%2)}}}
		a := &annotate.Assessment{Document: row.ID, Annotator: "benedikta", Status: annotate.InProgress}
		_, err := p.Apply(annotate.Change{Annotator: "benedikta", After: s}, annotate.Change{Annotator: "benedikta", After: a})
		require.NoError(t, err)
	}
	review := &annotate.Review{Document: rows[0].ID, Annotator: "asha", Status: annotate.Final, By: "magdalena", Comment: "good"}
	_, err = p.Apply(annotate.Change{Annotator: "magdalena", After: review})
	require.NoError(t, err)
	split := func() (map[string]string, exchange.Report) {
		out := filepath.Join(t.TempDir(), "out")
		report, err := exchange.ExportSplit(t.Context(), p, out, exchange.ExportOptions{Layers: []string{"asha", "benedikta"}}, halves)
		require.NoError(t, err)
		require.True(t, report.Passed())
		return below(t, out), report
	}
	open, _ := split()
	// Of ten documents five have the same span from both, and each has one: 5 of 10.
	assert.Contains(t, open["README.md"], "| f1-strict | all | 0.500 | ")
	assert.Contains(t, open["README.md"], "| benedikta | 10 | 0 | 10 | 0 |\n")
	for state, want := range map[annotate.Status]int{annotate.Final: 1, annotate.Done: 19, annotate.InProgress: 10, annotate.Returned: 0} {
		forecast, err := exchange.ForecastAll(t.Context(), p, exchange.ExportOptions{States: []annotate.Status{state}})
		require.NoError(t, err)
		assert.Equal(t, want, forecast.Spans, state)
	}
	require.NoError(t, p.SetBlind(true))
	blind, report := split()
	assert.Equal(t, 30, report.Spans)
	for name, content := range blind {
		assert.NotContains(t, content, "asha", name)
		assert.NotContains(t, content, "benedikta", name)
		assert.NotContains(t, content, "magdalena", name)
	}
	assert.Contains(t, blind["README.md"], "The names are pseudonyms.")
	assert.Regexp(t, ` --layer annotator[12] --layer annotator[12] --pseudonyms\n`, blind["README.md"])
	assert.Regexp(t, `(?m)^\| annotator[12] \| 10 \| 0 \| 10 \| 0 \|$`, blind["README.md"])
}

func TestTheAdjudicatedLayerIsExportedAlone(t *testing.T) {
	p := twenty(t)
	rows, err := p.Documents(store.DocumentQuery{Limit: 4})
	require.NoError(t, err)
	for _, row := range rows {
		s := &annotate.Span{ID: annotate.NewID(), Document: row.ID, Annotator: annotate.AdjudicatedLayer, Label: "Claim", Fragments: []annotate.Fragment{{Start: 0, End: 3}}}
		a := &annotate.Assessment{Document: row.ID, Annotator: annotate.AdjudicatedLayer, Status: annotate.Done}
		_, err := p.Apply(annotate.Change{Annotator: "carol", After: s}, annotate.Change{Annotator: "carol", After: a})
		require.NoError(t, err)
	}
	out := filepath.Join(t.TempDir(), "out")
	report, err := exchange.ExportSplit(t.Context(), p, out, exchange.ExportOptions{Layers: []string{annotate.AdjudicatedLayer}, Pseudonyms: true}, halves)
	require.NoError(t, err)
	assert.Equal(t, []int{4, 4}, []int{report.Documents, report.Spans}, "documents without a decision are left out")
	assert.True(t, report.Passed())
	readme := below(t, out)["README.md"]
	assert.Contains(t, readme, "| adjudicated | 4 | 4 | 4 | 0 |\n", "it is nobody's name")
	assert.Contains(t, readme, "Not defined: no document was worked on by two annotators.", "decisions are not compared with what they were made of")
}
