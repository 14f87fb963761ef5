package exchange_test

import (
	"bytes"
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

func TestImportingAFolderOfTextsTwiceAddsNothing(t *testing.T) {
	folder := files(t, map[string]string{
		"b.txt": "Second.", "a.txt": " date 2025-02-07 First.", "sub/c.txt": "Third.",
		".hidden.txt": "no", ".git/x.txt": "no", "readme.md": "no",
	})
	p := project(t)
	report := importing(t, p, "asha", folder)
	assert.Equal(t, exchange.Report{Documents: 3}, report)
	rows, err := p.Documents(store.DocumentQuery{})
	require.NoError(t, err)
	require.Len(t, rows, 3)
	assert.Equal(t, []string{"a.txt", "b.txt", "sub/c.txt"}, []string{rows[0].Name, rows[1].Name, rows[2].Name})
	assert.Equal(t, map[string]string{"date": "2025-02-07"}, rows[0].Meta)

	assert.Equal(t, exchange.Report{Present: 3}, importing(t, p, "asha", folder, folder))

	_, err = p.Undo("asha")
	require.NoError(t, err)
	n, err := p.CountDocuments(store.DocumentQuery{})
	require.NoError(t, err)
	assert.Zero(t, n, "one undo takes the whole import back")
	assert.Equal(t, 3, importing(t, p, "asha", folder).Documents, "and it can be imported again")
}

func TestAFolderIsReadThroughALinkAndAsTheCurrentOne(t *testing.T) {
	folder := files(t, map[string]string{"a.txt": "One.", "sub/b.txt": "Two."})
	link := filepath.Join(t.TempDir(), "link")
	require.NoError(t, os.Symlink(folder, link))
	assert.Equal(t, 2, importing(t, project(t), "asha", link).Documents)
	t.Chdir(folder)
	p := project(t)
	assert.Equal(t, 2, importing(t, p, "asha", ".").Documents)
	_, err := p.DocumentByName("sub/b.txt")
	assert.NoError(t, err)
}

func TestAnotherTextOfTheSameNameGetsANumber(t *testing.T) {
	p := project(t)
	importing(t, p, "asha", files(t, map[string]string{"a.txt": "One."}))
	other := files(t, map[string]string{"a.txt": "Two."})
	report := importing(t, p, "asha", other)
	assert.Equal(t, 1, report.Documents)
	require.Len(t, report.Remarks, 1)
	assert.Equal(t, `the project has a document "a.txt" with another text already; this one was added as "a (2).txt"`, report.Remarks[0].Sentence)
	d, err := p.DocumentByName("a (2).txt")
	require.NoError(t, err)
	assert.Equal(t, "Two.", d.Text)
	assert.Equal(t, exchange.Report{Present: 1}, importing(t, p, "asha", other))
}

// records are two documents and three layers; offsets were counted by hand. The
// first relation points ahead, into the document after it.
const records = `{"id":"d1","name":"a.txt","text":"“Stay”, said Mona.","meta":{"date":"2025-02-07"},"annotator":"asha","status":"done","labels":{"genre":"news"},"note":"n","spans":[{"id":"s1","label":"Claim","start":1,"end":5,"text":"Stay","fragments":[[1,5]],"attributes":{"type":"demand"},"flag":"discuss","note":""},{"id":"s2","label":"Actor","start":13,"end":17,"text":"Mona","fragments":[[13,17]],"attributes":{"rank":3},"flag":"","note":""}],"relations":[{"id":"r1","label":"restates","args":[{"role":"head","span":"s1"},{"role":"tail","span":"s3","document":"d2"}],"attributes":{}}],"offsets":"codepoint","scheme":"claims"}
{"id":"d1","name":"a.txt","text":"“Stay”, said Mona.","meta":{"date":"2025-02-07"},"annotator":"ben","status":"new","labels":{},"spans":[],"relations":[],"offsets":"codepoint","scheme":"claims"}
{"id":"d2","name":"b.txt","text":"He stayed.","meta":{},"annotator":"asha","status":"in_progress","labels":{},"spans":[{"id":"s3","label":"Claim","start":3,"end":9,"text":"stayed","fragments":[[3,9]],"attributes":{},"flag":"","note":""}],"relations":[{"id":"r2","label":"restates","args":[{"role":"head","span":"s3"},{"role":"tail","span":"s1","document":"d1"}],"attributes":{}}],"offsets":"codepoint","scheme":"claims"}
{"id":"d3","name":"c.txt","text":"","meta":{},"annotator":"","status":"new","labels":{},"spans":[],"relations":[],"offsets":"codepoint","scheme":"claims"}
`

func TestExportImportExportGivesTheSameBytes(t *testing.T) {
	in := write(t, "in.jsonl", records)
	p := project(t)
	report := importing(t, p, "asha", in)
	assert.Equal(t, exchange.Report{
		Documents: 3, Spans: 3, Relations: 2,
		Scheme: []string{
			"flag discuss was added to the scheme",
			"span label Actor was added to the scheme",
			"attribute rank of label Actor was added to the scheme",
			"relation label restates was added to the scheme",
			"role head of relation restates was added to the scheme",
			"role tail of relation restates was added to the scheme",
		},
	}, withoutDocumentAttributes(report))
	assert.Equal(t, records, exported(t, p, ""))
	assert.Equal(t, exchange.Report{Present: 3}, importing(t, p, "asha", in))
	assert.Equal(t, records, exported(t, p, ""))

	other := project(t)
	importing(t, other, "ben", write(t, "out.jsonl", exported(t, p, "")))
	assert.Equal(t, records, exported(t, other, ""))

	only := exported(t, p, "ben")
	assert.Equal(t, strings.Count(records, "\n")-1, strings.Count(only, "\n"), "documents ben has no layer in come once")
	assert.NotContains(t, only, "asha")
}

func withoutDocumentAttributes(r exchange.Report) exchange.Report {
	kept := r.Scheme[:0]
	for _, s := range r.Scheme {
		if !strings.HasPrefix(s, "document attribute") {
			kept = append(kept, s)
		}
	}
	r.Scheme = kept
	return r
}

func TestImportIntoADocumentOfAnotherIDKeepsItsRelations(t *testing.T) {
	p := project(t)
	importing(t, p, "asha", files(t, map[string]string{"b.txt": "He stayed.", "a.txt": "“Stay”, said Mona."}))
	report := importing(t, p, "asha", write(t, "in.jsonl", records))
	assert.Equal(t, 1, report.Documents)
	assert.Equal(t, 2, report.Present)
	assert.Empty(t, report.Remarks)
	a, err := p.DocumentByName("a.txt")
	require.NoError(t, err)
	b, err := p.DocumentByName("b.txt")
	require.NoError(t, err)
	ahead, err := p.Relation("r1")
	require.NoError(t, err)
	assert.Equal(t, a.ID, ahead.Document)
	assert.Equal(t, b.ID, ahead.Arguments[1].Document)
	back, err := p.Relation("r2")
	require.NoError(t, err)
	assert.Equal(t, a.ID, back.Arguments[1].Document)
}

func TestWhatIsInTheProjectStaysAsItIs(t *testing.T) {
	p := project(t)
	importing(t, p, "asha", write(t, "in.jsonl", records))
	changed := strings.NewReplacer(`"label":"Claim","start":1`, `"label":"Cue","start":1`, `"status":"done"`, `"status":"new"`,
		`"status":"in_progress"`, `"status":"done"`, `"text":""`, `"text":"x"`).Replace(records)
	in := write(t, "changed.jsonl", changed)
	report := importing(t, p, "asha", in)
	var sentences []string
	for _, r := range append(report.Remarks, report.Skipped...) {
		sentences = append(sentences, strings.TrimPrefix(r.String(), in))
	}
	assert.Equal(t, []string{
		":1: span s1 (Claim) is in the project with other contents; it was left as it is there",
		":1: asha has assessed the document otherwise in the project; that was left as it is there",
		":3: asha has assessed the document otherwise in the project; that was left as it is there",
		`:4: document "c.txt" is in the project as "c.txt" with another text; it was left out`,
	}, sentences)
	assert.Equal(t, records, exported(t, p, ""))
}

func TestALayerIsAddedToADocumentThatIsThere(t *testing.T) {
	p := project(t)
	lines := strings.SplitAfter(records, "\n")
	importing(t, p, "asha", write(t, "in.jsonl", lines[1]+lines[2]+lines[3]))
	report := importing(t, p, "asha", write(t, "more.jsonl", lines[0]))
	assert.Equal(t, 2, report.Spans)
	assert.Empty(t, report.Skipped)
	assert.ElementsMatch(t, lines, strings.SplitAfter(exported(t, p, ""), "\n"))
}

func TestOneBadRecordKeepsOutNothingElse(t *testing.T) {
	p := project(t)
	lines := strings.SplitAfter(records, "\n")
	clash := strings.NewReplacer(`"d2"`, `"d4"`, `"b.txt"`, `"e.txt"`).Replace(lines[2]) // its span and relation ids are taken
	in := write(t, "in.jsonl", lines[0]+"{}\n"+lines[2]+clash+lines[3])
	report := importing(t, p, "asha", in)
	assert.Equal(t, 3, report.Documents)
	require.Len(t, report.Skipped, 2)
	assert.Equal(t, in+`:2: the record lacks the key "name"`, report.Skipped[0].String())
	assert.Equal(t, in+`:4: document "e.txt" was left out: span Claim (s3) is in the project already`, report.Skipped[1].String())
	_, err := p.DocumentByName("e.txt")
	assert.Equal(t, annotate.NotFound, annotate.KindOf(err), "nothing of it came in")
}

func TestARelationThatPointsAtNothingIsRemarkedOn(t *testing.T) {
	p := project(t)
	in := write(t, "in.jsonl", strings.SplitAfter(records, "\n")[0])
	report := importing(t, p, "asha", in)
	require.Len(t, report.Remarks, 1)
	assert.Equal(t, in+":1: the tail of relation r1 is s3, which is not in the project", report.Remarks[0].String())
}

func TestImportRefusesBeforeAnythingIsRead(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "gone")
	empty := t.TempDir()
	good := files(t, map[string]string{"a.txt": "x"})
	for _, test := range []struct {
		name, sentence, format string
		paths                  []string
	}{
		{name: "missing path", sentence: missing + ": there is no such file or folder", paths: []string{good, missing}},
		{name: "folder without text", sentence: empty + ": the folder holds nothing to import: no file of a known format", paths: []string{good, empty}},
		{name: "unknown format", sentence: `there is no format "word"; choose one of`, format: "word", paths: []string{good}},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := project(t)
			_, err := exchange.Import(t.Context(), p, test.paths, exchange.ImportOptions{Format: test.format})
			require.Error(t, err)
			assert.True(t, strings.HasPrefix(err.Error(), test.sentence), err.Error())
			n, err := p.CountDocuments(store.DocumentQuery{})
			require.NoError(t, err)
			assert.Zero(t, n)
		})
	}
}

func TestANamedFileIsReadAsTextWhateverItsName(t *testing.T) {
	folder := files(t, map[string]string{"a.md": "# Hi", "b.png": "\x89PNG\x00", "c.data": strings.SplitAfter(records, "\n")[3]})
	p := project(t)
	report := importing(t, p, "asha", filepath.Join(folder, "a.md"), filepath.Join(folder, "b.png"), filepath.Join(folder, "c.data"))
	assert.Equal(t, 2, report.Documents)
	require.Len(t, report.Skipped, 1)
	assert.Contains(t, report.Skipped[0].Sentence, "this is not a text file")
	_, err := p.DocumentByName("c.txt")
	assert.NoError(t, err, "a JSONL file is known by how it begins")
}

func TestExportReplacesAFileAsAWhole(t *testing.T) {
	p := project(t)
	importing(t, p, "asha", write(t, "in.jsonl", records))
	out := write(t, "out.jsonl", "old")

	ctx, cancel := context.WithCancel(t.Context())
	_, err := exchange.Export(ctx, p, out, exchange.ExportOptions{Progress: func(int, int, string) { cancel() }})
	require.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, "old", content(t, out))

	report, err := exchange.Export(t.Context(), p, out, exchange.ExportOptions{})
	require.NoError(t, err)
	require.NotNil(t, report.Certificate)
	report.Certificate = nil
	assert.Equal(t, exchange.Report{Documents: 3, Spans: 3, Relations: 2}, report)
	assert.Equal(t, records, content(t, out))
	entries, err := os.ReadDir(filepath.Dir(out))
	require.NoError(t, err)
	assert.Len(t, entries, 2, "nothing is left beside it but its certificate")
}

func TestExportRefusesWhatItWouldDestroy(t *testing.T) {
	p := project(t)
	folder := t.TempDir()
	for path, sentence := range map[string]string{
		p.Path():                                 p.Path() + ": this is the project itself; export to another file",
		folder:                                   folder + ": this is a folder, and format jsonl is a file",
		filepath.Join(folder, "gone", "a.jsonl"): filepath.Join(folder, "gone", "a.jsonl") + ": there is no such file or folder",
	} {
		_, err := exchange.Export(t.Context(), p, path, exchange.ExportOptions{})
		assert.EqualError(t, err, sentence)
	}
}

func project(t *testing.T) *store.Project {
	t.Helper()
	p, err := store.Create(filepath.Join(t.TempDir(), "p.spanwright"), &annotate.Scheme{
		Name: "claims", Spans: []annotate.SpanLabel{{Label: "Claim", Color: "#000000", Attributes: []annotate.Attribute{{Name: "type", Kind: annotate.TextKind}}}},
	})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, p.Close()) })
	return p
}

func importing(t *testing.T, p *store.Project, annotator string, paths ...string) exchange.Report {
	t.Helper()
	report, err := exchange.Import(t.Context(), p, paths, exchange.ImportOptions{Annotator: annotator})
	require.NoError(t, err)
	return report
}

func exported(t *testing.T, p *store.Project, annotator string) string {
	t.Helper()
	var b bytes.Buffer
	_, err := exchange.Write(t.Context(), p, &b, exchange.ExportOptions{Annotator: annotator})
	require.NoError(t, err)
	return b.String()
}

func files(t *testing.T, contents map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	for name, content := range contents {
		path := filepath.Join(folder, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(content), 0o600))
	}
	return folder
}

func write(t *testing.T, name, content string) string {
	t.Helper()
	return filepath.Join(files(t, map[string]string{name: content}), name)
}

func content(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(raw)
}

// forms has records in records, and spans that are linked to concepts of which one was merged into the other.
const forms = `{"id":"d1","name":"a.txt","text":"Mona stayed.","meta":{},"annotator":"asha","status":"done","labels":{},"spans":[{"id":"s1","label":"Actor","start":0,"end":4,"text":"Mona","fragments":[[0,4]],"attributes":{"who":"01890000-0000-7000-8000-000000000002"},"flag":"","note":""}],"relations":[],"records":[{"id":"q1","label":"question","attributes":{"text":"Who stayed?"},"records":[{"id":"a2","label":"answer","attributes":{"text":"Mona"}},{"id":"a1","label":"answer","attributes":{},"flag":"discuss","note":"ask"}]},{"id":"q0","label":"question","attributes":{"text":"Why?"}}],"concepts":[{"id":"01890000-0000-7000-8000-000000000001","kind":"person","name":"Mona","aliases":["M.","Mo"],"note":"the engineer"},{"id":"01890000-0000-7000-8000-000000000002","kind":"person","name":"Monna","aliases":[],"into":"01890000-0000-7000-8000-000000000001"}],"offsets":"codepoint","scheme":"claims"}
`

func TestRecordsAndConceptsComeBackAsTheyWent(t *testing.T) {
	in := write(t, "in.jsonl", forms)
	p := project(t)
	report := importing(t, p, "asha", in)
	assert.Equal(t, []int{1, 1, 4}, []int{report.Documents, report.Spans, report.Records})
	assert.Contains(t, report.Scheme, "record answer was added to the scheme")
	assert.Equal(t, forms, exported(t, p, ""))
	findings, err := p.Check()
	require.NoError(t, err)
	assert.Empty(t, findings)

	again := importing(t, p, "asha", in)
	assert.Equal(t, exchange.Report{Present: 1}, again, "the same import twice adds nothing")

	layer, err := p.Layer("d1", "asha")
	require.NoError(t, err)
	var order []annotate.ID
	for _, r := range layer.AllRecords() {
		order = append(order, r.ID)
	}
	assert.Equal(t, []annotate.ID{"q1", "a2", "a1", "q0"}, order)
	scheme, err := p.Scheme()
	require.NoError(t, err)
	assert.Equal(t, "question", scheme.RecordParent("answer"))

	mentions, err := p.Mentions("", 0, 10, "01890000-0000-7000-8000-000000000002")
	require.NoError(t, err)
	require.Len(t, mentions, 1)
	assert.Equal(t, annotate.Context{Words: "Mona", After: " stayed."}, mentions[0].Context)
	before, err := p.LinkedBefore("", " MONA ", 3)
	require.NoError(t, err)
	assert.Equal(t, []annotate.ID{"01890000-0000-7000-8000-000000000002"}, before)

	_, err = p.Undo("asha")
	require.NoError(t, err)
	concepts, err := p.Concepts()
	require.NoError(t, err)
	assert.Empty(t, concepts, "one undo takes all of it back")
}
