package exchange_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/app/exchange"
	"spanwright/store"
)

func TestABratPairComesOutAsItWentIn(t *testing.T) {
	const ann = "T1\tActor 0 4\tMona\nT2\tSay 5 9\tsaid\nE1\tSay:T2 Who:T1\nA1\tSure T1\n#1\tAnnotatorNotes E1\twhy\n"
	folder := files(t, map[string]string{"sub/a.txt": " date 2025-02-07 ", "sub/a.ann": "", "b.txt": "Mona said.", "b.ann": ann})
	p := project(t)
	report := importing(t, p, "asha", folder)
	assert.Equal(t, 2, report.Documents)
	assert.Equal(t, 2, report.Spans)
	a, err := p.DocumentByName("sub/a.txt")
	require.NoError(t, err)
	assert.Equal(t, " date 2025-02-07 ", a.Text, "the text of a pair is never changed")

	b, err := p.DocumentByName("b.txt")
	require.NoError(t, err)
	assessment, err := p.Assessment(b.ID, "asha")
	require.NoError(t, err)
	assert.Equal(t, annotate.InProgress, assessment.Status, "spans came, and nobody said more")
	assessment, err = p.Assessment(a.ID, "asha")
	require.NoError(t, err)
	assert.Nil(t, assessment)

	assert.Equal(t, exchange.Report{Present: 2}, importing(t, p, "asha", folder))

	out := filepath.Join(t.TempDir(), "out")
	for range 2 { // the second time into a folder that is there
		exportReport, err := exchange.Export(t.Context(), p, out, exchange.ExportOptions{Format: "brat"})
		require.NoError(t, err)
		assert.Empty(t, exportReport.Losses)
	}
	assert.Equal(t, ann, content(t, filepath.Join(out, "b.ann")))
	assert.Empty(t, content(t, filepath.Join(out, "sub/a.ann")))
	entries, err := os.ReadDir(filepath.Dir(out))
	require.NoError(t, err)
	assert.Len(t, entries, 2, "nothing is left beside it but its certificate")
}

func TestAPairBesideATextThatIsThereAddsItsLayer(t *testing.T) {
	p := project(t)
	folder := files(t, map[string]string{"a.txt": "Mona said."})
	importing(t, p, "asha", folder)
	require.NoError(t, os.WriteFile(filepath.Join(folder, "a.ann"), []byte("T1\tClaim 0 4\tMona\n"), 0o600))
	report := importing(t, p, "ben", folder)
	assert.Equal(t, exchange.Report{Spans: 1, Present: 1}, report)
}

func TestBratValuesTakeTheTypesOfTheScheme(t *testing.T) {
	scheme := &annotate.Scheme{
		Name: "s", Spans: []annotate.SpanLabel{{Label: "Claim", Attributes: []annotate.Attribute{
			{Name: "count", Kind: annotate.IntegerKind},
			{Name: "voice", Kind: annotate.SeveralKind, Values: []annotate.Choice{{Name: "direct"}, {Name: "mixed"}}},
			{Name: "sure", Kind: annotate.BooleanKind},
		}}},
		Relations: []annotate.RelationLabel{{Label: "of", Open: true, Attributes: []annotate.Attribute{{Name: "weight", Kind: annotate.NumberKind}}}},
	}
	p, err := store.Create(filepath.Join(t.TempDir(), "p.spanwright"), scheme)
	require.NoError(t, err)
	defer p.Close()
	importing(t, p, "asha", files(t, map[string]string{"a.txt": "Mona said.", "a.ann": strings.Join([]string{
		"T1\tClaim 0 4\tMona", "A1\tcount T1 3", "A2\tvoice T1 mixed", "A3\tsure T1", "A4\tother T1 3",
		"T2\tClaim 5 9\tsaid", "R1\tof Arg1:T1 Arg2:T2", "A5\tweight R1 0.50", "A6\tcount T2 many", "",
	}, "\n")}))
	out := exported(t, p, "")
	assert.Contains(t, out, `"attributes":{"count":3,"other":"3","sure":true,"voice":["mixed"]}`)
	assert.Contains(t, out, `"attributes":{"weight":0.50}`)
	assert.Contains(t, out, `"attributes":{"count":"many"}`, "what is no number stays, for check to find")
}

// TestRealPairsPassThroughAProject carries a collection of real brat files into
// a project and out again.
func TestRealPairsPassThroughAProject(t *testing.T) {
	const conformance = "../../../shared/conformance"
	if _, err := os.Stat(conformance); err != nil {
		t.Skip("the collection of real files is not beside the repository")
	}
	folders, err := filepath.Glob(filepath.Join(conformance, "*brat*"))
	require.NoError(t, err)
	paths := folders[:0]
	for _, f := range folders {
		if !strings.Contains(f, "configurations") { // which holds no texts
			paths = append(paths, f)
		}
	}
	require.GreaterOrEqual(t, len(paths), 8)
	p := project(t)
	options := exchange.ImportOptions{Annotator: "asha", Format: "brat"}
	first, err := exchange.Import(t.Context(), p, paths, options)
	require.NoError(t, err)
	// Three .ann files are kept for their text's other forms; it is not beside them.
	for _, s := range first.Skipped {
		assert.Contains(t, s.String(), "the text it annotates is missing: there is no document1-ref")
	}
	assert.Len(t, first.Skipped, 3)
	findings, err := p.Check()
	require.NoError(t, err)
	assert.Empty(t, findings)

	out := filepath.Join(t.TempDir(), "out")
	written, err := exchange.Export(t.Context(), p, out, exchange.ExportOptions{Format: "brat"})
	require.NoError(t, err)
	assert.Empty(t, written.Losses)
	assert.Equal(t, []int{first.Documents, first.Spans, first.Relations}, []int{written.Documents, written.Spans, written.Relations})

	q := project(t)
	second, err := exchange.Import(t.Context(), q, []string{out}, options)
	require.NoError(t, err)
	assert.Empty(t, second.Skipped)
	require.Len(t, second.Remarks, 1, "what was written has a scheme beside it, and q has another")
	assert.Contains(t, second.Remarks[0].Sentence, "the folder has a scheme of its own")
	assert.Equal(t, []int{first.Documents, first.Spans, first.Relations}, []int{second.Documents, second.Spans, second.Relations})
	assert.ElementsMatch(t, first.Scheme, second.Scheme, "the same labels, roles and attributes")
}

// TestLabelsOfASharedTaskGoBackIntoColumns takes documents of the shared tasks of 2002
// and 2006, which brat has as standoff, to CoNLL and back. Each T line is a label.
func TestLabelsOfASharedTaskGoBackIntoColumns(t *testing.T) {
	const conformance = "../../../shared/conformance"
	if _, err := os.Stat(conformance); err != nil {
		t.Skip("the collection of real files is not beside the repository")
	}
	for _, format := range []string{"conll", "conllu"} {
		p := project(t)
		read, err := exchange.Import(t.Context(), p, []string{
			filepath.Join(conformance, "brat-conll2002"), filepath.Join(conformance, "brat-conll2006-pt"),
		}, exchange.ImportOptions{Annotator: "asha", Format: "brat"})
		require.NoError(t, err)
		assert.Equal(t, []int{2, 408}, []int{read.Documents, read.Spans})
		out := filepath.Join(t.TempDir(), "out."+format)
		written, err := exchange.Export(t.Context(), p, out, exchange.ExportOptions{Format: format, Tags: dataset.BIOES})
		require.NoError(t, err)
		assert.True(t, written.Certificate.Passed)
		assert.Equal(t, read.Spans, written.Spans, "no two of them overlap")
		q := project(t)
		again, err := exchange.Import(t.Context(), q, []string{out}, exchange.ImportOptions{})
		require.NoError(t, err)
		assert.Equal(t, []int{read.Documents, read.Spans}, []int{again.Documents, again.Spans})
		findings, err := q.Check()
		require.NoError(t, err)
		assert.Empty(t, findings)
	}
}
