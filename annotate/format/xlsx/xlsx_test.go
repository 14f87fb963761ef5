package xlsx_test

import (
	"archive/zip"
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/datasettest"
	"spanwright/annotate/format/xlsx"
)

func TestWhatIsWrittenComesBack(t *testing.T) { datasettest.RoundTrip(t, xlsx.Format) }

func FuzzRead(f *testing.F) {
	raw := written(f, example())
	datasettest.Fuzz(f, xlsx.Format, string(raw), "PK\x03\x04")
}

// example has a span with a gap, a relation of three roles one of which is implicit, and
// what a spreadsheet takes for a formula.
func example() *dataset.Record {
	d := annotate.NewDocument("=a.txt", "=1+1 😀 Mona said no\r\nto it")
	r := &dataset.Record{Document: d, Annotator: "asha", Assessment: &annotate.Assessment{Document: d.ID, Annotator: "asha", Status: annotate.Done, Note: "@why"}}
	add := func(label string, fragments ...annotate.Fragment) annotate.ID {
		s := &annotate.Span{ID: annotate.NewID(), Document: d.ID, Annotator: "asha", Label: label, Fragments: fragments}
		r.Spans = append(r.Spans, s)
		return s.ID
	}
	add("Sum", annotate.Fragment{Start: 0, End: 4})
	cue := add("Cue", annotate.Fragment{Start: 15, End: 19})
	claim := add("Claim", annotate.Fragment{Start: 20, End: 22}, annotate.Fragment{Start: 24, End: 26})
	r.Relations = []*annotate.Relation{{ID: annotate.NewID(), Document: d.ID, Annotator: "asha", Label: "says", Note: "so", Arguments: []annotate.Argument{
		{Role: "source", Implicit: true}, {Role: "cue", Span: cue}, {Role: "content", Span: claim},
	}}}
	return r
}

func written(t require.TestingT, records ...*dataset.Record) []byte {
	var out bytes.Buffer
	losses, err := xlsx.Format.WriteFile(context.Background(), &out, datasettest.Sequence(records...), dataset.Options{})
	require.NoError(t, err)
	require.Empty(t, losses)
	return out.Bytes()
}

func TestSheetsForReviewers(t *testing.T) {
	file, err := excelize.OpenReader(bytes.NewReader(written(t, example())))
	require.NoError(t, err)
	assert.Equal(t, []string{"documents", "spans", "relations"}, file.GetSheetList())
	for sheet, want := range map[string][][]string{
		"documents": {
			{"document", "annotator", "text", "attributes", "flag", "note", "status", "metadata", "part"},
			{"=a.txt", "asha", "=1+1 😀 Mona said no\r\nto it", "", "", "@why", "done"},
		},
		"spans": {
			{"document", "annotator", "span", "label", "start", "end", "text", "fragments", "attributes", "flag", "note", "part"},
			{"=a.txt", "asha", "T1", "Sum", "0", "4", "=1+1"},
			{"=a.txt", "asha", "T2", "Cue", "12", "16", "said"},
			{"=a.txt", "asha", "T3", "Claim", "17", "23", "no to", "17-19, 21-23"},
		},
		"relations": {
			{"document", "annotator", "relation", "label", "role", "argument", "text", "attributes", "flag", "note", "part"},
			{"=a.txt", "asha", "R1", "says", "source", "implicit", "", "", "", "so"},
			{"=a.txt", "asha", "R1", "says", "cue", "T2", "said"},
			{"=a.txt", "asha", "R1", "says", "content", "T3", "no to"},
		},
	} {
		rows, err := file.GetRows(sheet)
		require.NoError(t, err)
		assert.Equal(t, want, rows, sheet)
		panes, err := file.GetPanes(sheet)
		require.NoError(t, err)
		assert.True(t, panes.Freeze, "the names of the columns stay in sight")
		tables, err := file.GetTables(sheet)
		require.NoError(t, err)
		assert.Len(t, tables, 1, "which can be filtered")
		for _, cell := range []string{"A2", "C2", "G2"} {
			formula, err := file.GetCellFormula(sheet, cell)
			require.NoError(t, err)
			assert.Empty(t, formula, "%s %s", sheet, cell)
		}
	}
	kind, err := file.GetCellType("documents", "C2")
	require.NoError(t, err)
	assert.Equal(t, excelize.CellTypeInlineString, kind)
}

// TestWhatIsLongerThanACell has the limit of 32,767 UTF-16 units that Excel documents.
func TestWhatIsLongerThanACell(t *testing.T) {
	text := strings.Repeat("a", 32766) + "😀" + strings.Repeat("b", 40000)
	r := &dataset.Record{Document: annotate.NewDocument("long.txt", text), Annotator: "asha"}
	r.Spans = []*annotate.Span{{ID: annotate.NewID(), Document: r.Document.ID, Annotator: "asha", Label: "All", Fragments: []annotate.Fragment{{Start: 0, End: len(text)}}}}
	raw := written(t, r)
	file, err := excelize.OpenReader(bytes.NewReader(raw))
	require.NoError(t, err)
	rows, err := file.GetRows("documents")
	require.NoError(t, err)
	require.Len(t, rows, 4)
	assert.Equal(t, strings.Repeat("a", 32766), rows[1][2], "a pair of units is not taken apart")
	assert.Equal(t, "2", rows[2][8])
	assert.Equal(t, "long.txt", rows[3][0])
	again := datasettest.Rewrite(t, xlsx.Format, filepath.Join(t.TempDir(), "file.xlsx"), []*dataset.Record{r})
	assert.Equal(t, text, again[0].Document.Text)
}

func TestTheSameRecordsAreTheSameBytes(t *testing.T) {
	r := example()
	r.Document.Meta = map[string]string{"b": "1", "a": "2"}
	first := written(t, r)
	for range 3 {
		assert.Equal(t, first, written(t, r))
	}
}

// edited returns the records of the example after an edit in a spreadsheet.
func edited(t *testing.T, edit func(*excelize.File)) ([]*dataset.Record, []error) {
	t.Helper()
	file, err := excelize.OpenReader(bytes.NewReader(written(t, example())))
	require.NoError(t, err)
	edit(file)
	path := filepath.Join(t.TempDir(), "file.xlsx")
	require.NoError(t, file.SaveAs(path))
	return datasettest.Read(xlsx.Format, path)
}

func TestWhatReviewersChange(t *testing.T) {
	records, failed := edited(t, func(f *excelize.File) {
		require.NoError(t, f.SetCellValue("spans", "D3", "Verb"))
		require.NoError(t, f.SetCellValue("spans", "K3", "not sure"))
		require.NoError(t, f.SetCellValue("documents", "E2", "discuss"))
		require.NoError(t, f.SetCellValue("spans", "E3", 12.0))
		require.NoError(t, f.RemoveRow("spans", 2))
	})
	require.Empty(t, failed)
	require.Len(t, records, 1)
	assert.Len(t, records[0].Spans, 2)
	assert.Equal(t, "Verb", records[0].Spans[0].Label)
	assert.Equal(t, "not sure", records[0].Spans[0].Note)
	assert.Equal(t, "discuss", records[0].Assessment.Flag)
}

func TestRefusingWhatIsWrong(t *testing.T) {
	set := func(sheet, cell string, v any) func(*excelize.File) {
		return func(f *excelize.File) { require.NoError(t, f.SetCellValue(sheet, cell, v)) }
	}
	for _, test := range []struct {
		name     string
		edit     func(*excelize.File)
		sentence string
	}{
		{"words that stand elsewhere", set("spans", "G2", "Lisa"), `2: span 1: offsets 0 to 4 cover "=1+1", but its text is "Lisa"; the document was left out`},
		{"beyond the text", set("spans", "F2", 900), "2: span 1: offset 900 lies outside the text, which has 26 code points; the document was left out"},
		{"negative", set("spans", "E2", -1), "2: span 1: its start is negative: -1; the document was left out"},
		{"no number", set("spans", "E2", "two"), `2: span 1: its start must be a whole number, and is "two"; the document was left out`},
		{"a huge number", set("spans", "F2", "99999999999999999999"), "2: span 1: its end is far too large: 99999999999999999999; the document was left out"},
		{"no label", set("spans", "D2", ""), "2: span 1: it has no label; the document was left out"},
		{"a number twice", set("spans", "C3", "T1"), `3: span 2: the id "T1" stands twice; the document was left out`},
		{"a relation to nothing", set("relations", "F3", "T9"), `2: relation R1: its cue is "T9", and nothing is called so; the document was left out`},
		{"a status of its own", set("documents", "G2", "perhaps"), `2: the status is "perhaps", which is none of new, in_progress and done`},
		{"no names of columns", set("documents", "A1", "x"), `1: the first row of the sheet documents must name the columns, and does not name "document"`},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, failed := edited(t, test.edit)
			require.Len(t, failed, 1)
			assert.True(t, strings.HasSuffix(failed[0].Error(), test.sentence), failed[0].Error())
			assert.Empty(t, records)
		})
	}
	records, failed := edited(t, set("spans", "A2", "b.txt"))
	require.Len(t, failed, 1)
	assert.Contains(t, failed[0].Error(), `the sheet spans has rows of document "b.txt" and annotator "asha", which the sheet documents does not have; they were left out`)
	assert.Len(t, records, 1)
}

func TestWhatIsNoWorkbook(t *testing.T) {
	zipped := func(name, content string) string {
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		w, err := z.Create(name)
		require.NoError(t, err)
		_, err = w.Write([]byte(content))
		require.NoError(t, err)
		require.NoError(t, z.Close())
		return out.String()
	}
	whole := string(written(t, example()))
	for _, test := range []struct{ name, content, sentence string }{
		{"nothing", "", "it is not a whole zip file"},
		{"cut off", whole[:len(whole)/2], "it is not a whole zip file"},
		{"another zip file", zipped("a.txt", "x"), "it is no workbook that can be read"},
		{"a bomb", zipped("xl/worksheets/sheet1.xml", strings.Repeat(" ", 32<<20)), "would unpack to"},
		{"a name that leads out", zipped("../xl/workbook.xml", "x"), "leads out of it"},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "file.xlsx")
			require.NoError(t, os.WriteFile(path, []byte(test.content), 0o600))
			records, failed := datasettest.Read(xlsx.Format, path)
			require.Len(t, failed, 1)
			assert.Contains(t, failed[0].Error(), test.sentence)
			assert.Empty(t, records)
		})
	}
}
