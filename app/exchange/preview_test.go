package exchange_test

import (
	"context"
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

func rehearsing(t *testing.T, p *store.Project, options exchange.ImportOptions, paths ...string) *exchange.Preview {
	t.Helper()
	clock, err := p.Clock()
	require.NoError(t, err)
	preview, err := exchange.Rehearse(t.Context(), p, paths, options, nil)
	require.NoError(t, err)
	after, err := p.Clock()
	require.NoError(t, err)
	require.Equal(t, clock, after, "nothing is written")
	return preview
}

// TestARehearsalSaysWhatTheImportThenDoes goes through real files of every format, one
// after the other into one project, each rehearsed before it is imported.
func TestARehearsalSaysWhatTheImportThenDoes(t *testing.T) {
	const conformance = "../../../shared/conformance"
	entries, err := os.ReadDir(conformance)
	if err != nil {
		t.Skip("the collection of real files is not beside the repository")
	}
	p := project(t)
	options := exchange.ImportOptions{Annotator: "asha"}
	compared := 0
	for _, entry := range entries {
		path := filepath.Join(conformance, entry.Name())
		preview, refused := exchange.Rehearse(t.Context(), p, []string{path}, options, nil)
		report, err := exchange.Import(t.Context(), p, []string{path}, options)
		if refused != nil || err != nil {
			assert.Equal(t, err, refused, path)
			continue
		}
		assert.Equal(t, report, preview.Report, path)
		compared++
		if compared%5 == 0 {
			again := rehearsing(t, p, options, path)
			assert.Zero(t, again.Documents, path)
		}
	}
	assert.Greater(t, compared, 20)
}

func TestARehearsalMeetsTheSameDocumentAndSpanTwice(t *testing.T) {
	lines := strings.SplitAfter(records, "\n")
	clash := strings.NewReplacer(`"d2"`, `"d4"`, `"b.txt"`, `"e.txt"`).Replace(lines[2]) // its span and relation ids are taken
	other := strings.NewReplacer(`"d3"`, `"d5"`, `"text":""`, `"text":"x"`).Replace(lines[3])
	in := write(t, "in.jsonl", records+records+clash+other)
	p := project(t)
	preview := rehearsing(t, p, exchange.ImportOptions{Annotator: "asha"}, in)
	assert.Equal(t, importing(t, p, "asha", in), preview.Report)
	assert.Equal(t, 4, preview.Documents, "three, and another text under a name with a number")
}

func TestAPreviewTellsWhatWasRecognisedAndWhatTheSchemeLacks(t *testing.T) {
	folder := files(t, map[string]string{
		"a.txt": "Mona said.", "a.ann": "T1\tclaims 0 4\tMona\nT2\tclaims 5 9\tsaid\nA1\tsort T1 old\n", "b.txt": "Ben.",
		"c.jsonl": `{"text":"Cy left.","spans":[{"start":0,"end":2,"label":"Person"}],"_input_hash":1,"answer":"accept"}` + "\n",
	})
	p := project(t)
	preview := rehearsing(t, p, exchange.ImportOptions{Annotator: "asha"}, folder)
	for i := range preview.Sources {
		preview.Sources[i].Bytes = 0
	}
	assert.Equal(t, []exchange.Recognised{
		{Path: folder, Found: "brat", Format: "brat", Why: "by its name", Files: 1},
		{Path: folder, Found: "text", Format: "text", Why: "by its name", Files: 1},
		{Path: folder, Found: "prodigy", Format: "prodigy", Why: "by how it begins", Files: 1},
	}, preview.Sources)
	require.Len(t, preview.Items, 2)
	assert.Equal(t, "label claims", preview.Items[0].String())
	assert.Equal(t, 2, preview.Items[0].Uses)
	assert.Equal(t, []string{"Claim"}, preview.Items[0].Suggestions)
	assert.Equal(t, "label Person", preview.Items[1].String())
	assert.Empty(t, preview.Items[1].Suggestions)
	require.Len(t, preview.Samples, 3)
	assert.Equal(t, "a.txt", preview.Samples[0].Name)
	assert.Equal(t, 2, preview.Samples[0].Layer.SpanCount())

	mapped := rehearsing(t, p, exchange.ImportOptions{Annotator: "asha", Items: map[string]annotate.StepDecision{
		"claims": {Fate: annotate.Into, Into: "Claim"}, "Person": {Fate: annotate.Drop},
	}}, folder)
	var items []string
	for _, it := range mapped.Items {
		items = append(items, it.Short())
	}
	assert.Equal(t, []string{"claims", "Person", "Claim.sort"}, items, "an attribute that the label has not is asked about once the label is known")
	assert.Equal(t, 2, mapped.Spans)
	assert.Equal(t, []string{"attribute sort of label Claim was added to the scheme"}, mapped.Scheme)

	forced := rehearsing(t, p, exchange.ImportOptions{Readings: map[exchange.Group]exchange.Reading{{Path: folder}: {Format: "text"}}}, folder)
	assert.Equal(t, "as you chose", forced.Sources[0].Why)
	assert.Zero(t, forced.Spans)
}

func TestAPreviewOffersToMoveWordsThatStandElsewhere(t *testing.T) {
	in := write(t, "in.jsonl", `{"id":1,"text":"Ah, Mona said.","entities":[{"id":1,"start_offset":0,"end_offset":4,"label":"Claim","text":"Mona"}],"relations":[]}`+"\n"+
		`{"text":"Ah, Mona said.","spans":[{"start":0,"end":4,"label":"Claim","text":"Mona"}],"_input_hash":1,"answer":"accept"}`+"\n")
	p := project(t)
	preview := rehearsing(t, p, exchange.ImportOptions{Format: "prodigy"}, in)
	require.Len(t, preview.Skipped, 1)
	assert.Equal(t, 1, preview.Misplaced)
	assert.True(t, preview.Units)
	moved := rehearsing(t, p, exchange.ImportOptions{Format: "prodigy", Reanchor: true}, in)
	assert.Zero(t, moved.Misplaced)
	assert.Equal(t, 1, moved.Spans)
	require.Len(t, moved.Remarks, 1)
	assert.Contains(t, moved.Remarks[0].Sentence, "that stands 4 characters further on, and it was moved there")
}

func TestASampleShowsTheFirstSpansOfALongText(t *testing.T) {
	long := strings.Repeat("آج کا دن۔ ", 400) + "\nمونا نے کہا۔ " + strings.Repeat("اور پھر۔ ", 300)
	at := strings.Index(long, "مونا")
	runes := len([]rune(long[:at]))
	in := write(t, "in.jsonl", oneSpan("d1", "u.txt", long, "Claim", runes, runes+4))
	preview := rehearsing(t, project(t), exchange.ImportOptions{Format: "jsonl"}, in)
	require.Len(t, preview.Samples, 1)
	s := preview.Samples[0]
	require.Equal(t, 1, s.Layer.SpanCount())
	assert.Equal(t, "مونا", s.Layer.Span("s-d1").Covered(s.Body.Text()))
	assert.True(t, strings.HasPrefix(s.Body.Text(), "مونا"), "it begins with the paragraph of the first span")
	assert.Less(t, len(s.Body.Text()), 1000)
	assert.False(t, s.Starts)
	assert.False(t, s.Ends)
}

func TestARehearsalCanBeCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	_, err := exchange.Rehearse(ctx, project(t), []string{write(t, "in.jsonl", manyRecords(50))}, exchange.ImportOptions{
		Progress: func(int, int, string) { cancel() },
	}, nil)
	assert.ErrorIs(t, err, context.Canceled)
}

func TestARehearsalTellsAtOnceWhatTheFilesAre(t *testing.T) {
	in := write(t, "in.jsonl", manyRecords(50))
	var first *exchange.Preview
	preview, err := exchange.Rehearse(t.Context(), project(t), []string{in}, exchange.ImportOptions{}, func(p *exchange.Preview) {
		if first == nil {
			first = p
		}
	})
	require.NoError(t, err)
	require.NotNil(t, first)
	assert.Equal(t, preview.Sources, first.Sources)
	assert.Zero(t, first.Documents, "what was told stays as it was")
	assert.Equal(t, 50, preview.Documents)
}
