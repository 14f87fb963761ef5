package xlsx_test

import (
	"archive/zip"
	"bytes"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/datasettest"
	"spanwright/annotate/format/xlsx"
)

// TestRealFiles has the rows of each sheet less the first one.
func TestRealFiles(t *testing.T) {
	datasettest.RealFiles(t, xlsx.Format, []datasettest.RealFile{
		{Name: "doccano-import/text_classification/example.xlsx", Records: 3},
		{Name: "doccano-import/text_classification/example_one_column_no_header.xlsx", Failures: 1},
	})
}

// sheetOf returns a workbook of one sheet with those rows.
func sheetOf(t testing.TB, rows ...[]any) *excelize.File {
	t.Helper()
	f := excelize.NewFile()
	for i, row := range rows {
		at, err := excelize.CoordinatesToCellName(1, i+1)
		require.NoError(t, err)
		require.NoError(t, f.SetSheetRow("Sheet1", at, &row))
	}
	return f
}

func readBook(t testing.TB, f *excelize.File) ([]*dataset.Record, []error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file.xlsx")
	require.NoError(t, f.SaveAs(path))
	require.True(t, xlsx.Format.Sniff(dataset.ReadHead(path)))
	return datasettest.Read(xlsx.Format, path)
}

// covered returns the labels of spans with what they cover.
func covered(r *dataset.Record) map[string]string {
	all := map[string]string{}
	for _, s := range r.Spans {
		all[s.Label] = s.Covered(r.Document.Text)
	}
	return all
}

func TestAnyFirstSheetIsATable(t *testing.T) {
	for name, rows := range map[string][][]any{
		"document and spans":          {{"document", "text", "start", "end", "label"}, {"a", "😀 Mona said"}, {"a", "Mona", 2, 6, "P"}, {"a", "said", 7, 11, "C"}},
		"in another order":            {{"Label", "END", "Start", "Doc-ID", "Text"}, {nil, nil, nil, "a", "😀 Mona said"}, {"P", 6, 2, "a", "Mona"}, {"C", 11, 7, "a", "said"}},
		"text of the document beside": {{"doc_id", "full_text", "begin", "stop", "tag"}, {"a", "😀 Mona said", 2, 6, "P"}, {"a", "😀 Mona said", 7, 11, "C"}},
		"rows and columns left empty": {{}, {nil, "text", "start", "end", "label"}, {}, {nil, "😀 Mona said", 2.0, 6.0, "P"}, {nil, "😀 Mona said", 7, 11, "C"}},
		"numbers that are text":       {{"text", "start", "end", "label"}, {"😀 Mona said", "2", "6", "P"}, {"😀 Mona said", "7", "11", "C"}},
	} {
		t.Run(name, func(t *testing.T) {
			records, failed := readBook(t, sheetOf(t, rows...))
			require.Empty(t, failed)
			require.Len(t, records, 1)
			assert.Equal(t, "😀 Mona said", records[0].Document.Text)
			assert.Equal(t, map[string]string{"P": "Mona", "C": "said"}, covered(records[0]))
		})
	}
}

func TestADocumentARow(t *testing.T) {
	records, failed := readBook(t, sheetOf(t, []any{"id", "text", "label", "annotator", "source"}, []any{7, "Two\nlines", "good", "ben", "x"}, []any{8, "Other"}))
	require.Empty(t, failed)
	require.Len(t, records, 2)
	assert.Equal(t, "7", records[0].Document.Name)
	assert.Equal(t, "Two\nlines", records[0].Document.Text)
	assert.Equal(t, "ben", records[0].Annotator)
	assert.Equal(t, map[string]annotate.Value{"label": annotate.Text("good")}, records[0].Assessment.Labels)
	assert.Equal(t, map[string]string{"source": "x"}, records[0].Document.Meta)
	assert.Empty(t, records[0].Remarks, "there is but one sheet")
}

// TestCellsAreReadAsTheyAreShown has what Excel shows for them; what it shows of dates in the format of
// the computer's settings depends on these, and is ISO 8601 here.
func TestCellsAreReadAsTheyAreShown(t *testing.T) {
	f := sheetOf(t, []any{"text", "x"})
	day := time.Date(2026, 3, 31, 14, 5, 0, 0, time.UTC)
	custom := func(format string) *excelize.Style { return &excelize.Style{CustomNumFmt: &format} }
	want := map[string]string{}
	for i, cell := range []struct {
		value any
		style *excelize.Style
		shown string
	}{
		{day, &excelize.Style{NumFmt: 14}, "2026-03-31"},
		{day, custom("d mmmm yyyy"), "31 March 2026"},
		{day, custom("yyyy-mm-dd hh:mm"), "2026-03-31 14:05"},
		{0.125, &excelize.Style{NumFmt: 10}, "12.50%"},
		{1234567.5, &excelize.Style{NumFmt: 4}, "1,234,567.50"},
		{3.0, nil, "3"},
		{0.1, nil, "0.1"},
		{4938271560123, nil, "4938271560123"}, // Excel would shorten it; a number of a document must stay whole
		{true, nil, "TRUE"},
		{"=not a formula", nil, "=not a formula"},
		{"'quoted", nil, "'quoted"},
	} {
		line := i + 2
		text, _ := excelize.CoordinatesToCellName(1, line)
		at, _ := excelize.CoordinatesToCellName(2, line)
		require.NoError(t, f.SetCellValue("Sheet1", text, text))
		require.NoError(t, f.SetCellValue("Sheet1", at, cell.value))
		if cell.style != nil {
			style, err := f.NewStyle(cell.style)
			require.NoError(t, err)
			require.NoError(t, f.SetCellStyle("Sheet1", at, at, style))
		}
		want[text] = cell.shown
	}
	require.NoError(t, f.SetCellStr("Sheet1", "A20", "A20"))
	require.NoError(t, f.SetCellRichText("Sheet1", "B20", []excelize.RichTextRun{{Text: "so "}, {Text: "bold", Font: &excelize.Font{Bold: true}}, {Text: " it is"}}))
	want["A20"] = "so bold it is"
	require.NoError(t, f.SetCellStr("Sheet1", "A21", "A21"))
	require.NoError(t, f.SetCellFormula("Sheet1", "B21", "1+1")) // which nobody has calculated
	records, failed := readBook(t, f)
	require.Empty(t, failed)
	got := map[string]string{}
	for _, r := range records {
		if r.Document.Text != "A21" {
			got[r.Document.Text] = r.Document.Meta["x"]
		}
	}
	assert.Equal(t, want, got)
	require.Len(t, records, len(want)+1)
	assert.Empty(t, records[len(records)-1].Document.Meta)
}

func TestOffsetsAreReadHoweverTheyAreShown(t *testing.T) {
	text := strings.Repeat("a", 1500) + "Mona"
	f := sheetOf(t, []any{"text", "start", "end", "label"}, []any{text, 1500, 1504, "P"})
	style, err := f.NewStyle(&excelize.Style{NumFmt: 4})
	require.NoError(t, err)
	require.NoError(t, f.SetCellStyle("Sheet1", "B2", "C2", style))
	records, failed := readBook(t, f)
	require.Empty(t, failed)
	assert.Equal(t, map[string]string{"P": "Mona"}, covered(records[0]))
}

func TestMergedCellsStandInEachOfTheirRows(t *testing.T) {
	f := sheetOf(t,
		[]any{"document", "document_text", "start", "end", "label", "note"},
		[]any{"a", "Mona said", 0, 4, "P", "both"}, []any{nil, nil, 5, 9, "C"},
		[]any{"b", "Other", 0, 5, "Q", "wide"}, []any{"c", "Third", 0, 5, "R"})
	for _, merged := range [][2]string{{"A2", "A3"}, {"B2", "B3"}, {"F2", "F3"}, {"F4", "H4"}} {
		require.NoError(t, f.MergeCell("Sheet1", merged[0], merged[1]))
	}
	records, failed := readBook(t, f)
	require.Empty(t, failed)
	require.Len(t, records, 3)
	assert.Equal(t, "a", records[0].Document.Name)
	assert.Equal(t, map[string]string{"P": "Mona", "C": "said"}, covered(records[0]))
	notes := map[string]string{}
	for _, r := range records {
		for _, s := range r.Spans {
			notes[s.Label] = s.Note
		}
	}
	assert.Equal(t, map[string]string{"P": "both", "C": "both", "Q": "wide", "R": ""}, notes)
}

func TestOtherSheetsAreTold(t *testing.T) {
	f := sheetOf(t, []any{"text"}, []any{"hidden"})
	for _, name := range []string{"Empty", "Data", "More"} {
		_, err := f.NewSheet(name)
		require.NoError(t, err)
	}
	require.NoError(t, f.SetSheetCol("Data", "A1", &[]any{"text", "Mona said"}))
	require.NoError(t, f.SetSheetCol("More", "A1", &[]any{"text", "not read"}))
	f.SetActiveSheet(2)
	require.NoError(t, f.SetSheetVisible("Sheet1", false))
	records, failed := readBook(t, f)
	require.Empty(t, failed)
	require.Len(t, records, 1)
	assert.Equal(t, "Mona said", records[0].Document.Text)
	require.Len(t, records[0].Remarks, 1)
	assert.Equal(t, `the workbook has 4 sheets, of which "Data" was read`, records[0].Remarks[0].Sentence)
}

func TestAWorkbookWithoutItsOtherSheetsIsStillOurs(t *testing.T) {
	records, failed := edited(t, func(f *excelize.File) {
		require.NoError(t, f.DeleteSheet("spans"))
		require.NoError(t, f.DeleteSheet("relations"))
	})
	require.Empty(t, failed)
	require.Len(t, records, 1)
	assert.Equal(t, "=a.txt", records[0].Document.Name)
	assert.Equal(t, "@why", records[0].Assessment.Note)
}

func TestRefusingTablesThatAreWrong(t *testing.T) {
	head := []any{"document", "text", "start", "end", "label"}
	for _, test := range []struct {
		name     string
		rows     [][]any
		sentence string
	}{
		{"nothing", nil, "no sheet of the workbook that can be seen has anything in it"},
		{"no names", [][]any{{"AAA"}, {"BBB"}}, "1: its first row must name the columns, and names neither text nor document, start and end"},
		{"a start without an end", [][]any{{}, {"text", "start"}}, "2: its first row names only one of the columns start and end, and spans need both"},
		{"a field beside the columns", [][]any{head, {"a", "Mona"}, {"a", "Mona", 0, 4, "P", "more"}}, "3: the row has a field in column 6, and the first row names 5 columns"},
		{"beyond the text", [][]any{head, {"a", "😀 Mona"}, {"a", "Mona", 2, 16, "P"}}, "3: span 1: offset 16 lies outside the text, which has 6 code points; the document was left out"},
		{"negative", [][]any{head, {"a", "Mona"}, {"a", "Mona", -1, 4, "P"}}, "3: span 1: its start is negative: -1; the document was left out"},
		{"no number", [][]any{head, {"a", "Mona"}, {"a", "Mona", "two", 4, "P"}}, `3: span 1: its start must be a whole number, and is "two"; the document was left out`},
		{"a huge number", [][]any{head, {"a", "Mona"}, {"a", "Mona", 0, "99999999999999999999", "P"}}, "3: span 1: its end is far too large: 99999999999999999999; the document was left out"},
		{"words that stand elsewhere", [][]any{head, {"a", "😀 Mona"}, {"a", "Lisa", 2, 6, "P"}}, `3: span 1: offsets 2 to 6 cover "Mona", but its text is "Lisa"; the document was left out`},
		{"inside a surrogate pair", [][]any{head, {"a", "😀 Mona"}, {"a", "Mona", 3, 7, "P"}, {"a", "x", 1, 3, "P"}}, "4: span 2: UTF-16 offset 1 lies inside a character; the document was left out"},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, failed := readBook(t, sheetOf(t, test.rows...))
			require.Len(t, failed, 1)
			assert.True(t, strings.HasSuffix(failed[0].Error(), test.sentence), failed[0].Error())
			assert.Empty(t, records)
		})
	}
}

// remade returns the bytes of a workbook in which some members are others.
func remade(t testing.TB, members map[string]string) string {
	t.Helper()
	whole, err := sheetOf(t, []any{"text", "label"}, []any{"Mona said", "good"}).WriteToBuffer()
	require.NoError(t, err)
	in, err := zip.NewReader(bytes.NewReader(whole.Bytes()), int64(whole.Len()))
	require.NoError(t, err)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, m := range in.File {
		w, err := z.Create(m.Name)
		require.NoError(t, err)
		if content, other := members[m.Name]; other {
			_, err = io.WriteString(w, content)
			require.NoError(t, err)
			continue
		}
		r, err := m.Open()
		require.NoError(t, err)
		_, err = io.Copy(w, r)
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return out.String()
}

const (
	firstSheet = "xl/worksheets/sheet1.xml"
	worksheet  = `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`
)

func TestWhatOtherProgramsWrite(t *testing.T) {
	for name, sheet := range map[string]string{
		"inline strings": worksheet + `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c><c r="B1" t="inlineStr"><is><t>x</t></is></c></row>
<row r="2"><c r="A2" t="inlineStr"><is><r><t xml:space="preserve">Mona </t></r><r><rPr><b/></rPr><t>said</t></r></is></c><c r="B2" t="str"><f>1+1</f><v>2</v></c></row></sheetData></worksheet>`,
		"cells and rows without names": worksheet + `<sheetData><row><c t="inlineStr"><is><t>text</t></is></c><c t="inlineStr"><is><t>x</t></is></c></row><row><c t="inlineStr"><is><t>Mona said</t></is></c><c><v>2</v></c></row></sheetData></worksheet>`,
		"an end of rows in a text":     worksheet + `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c><c r="B1" t="inlineStr"><is><t>x</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>Mona said</t></is></c><c r="B2"><v>2</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="A2:ZZZ99999999"/><mergeCell ref="B2:B1"/><mergeCell/></mergeCells></worksheet>`,
	} {
		t.Run(name, func(t *testing.T) {
			records, failed := datasettest.ReadString(t, xlsx.Format, remade(t, map[string]string{firstSheet: sheet}))
			require.Empty(t, failed)
			require.Len(t, records, 1)
			assert.Equal(t, "Mona said", records[0].Document.Text)
			assert.Equal(t, map[string]string{"x": "2"}, records[0].Document.Meta)
		})
	}
}

func TestWorkbooksThatAreDamaged(t *testing.T) {
	row := `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>text</t></is></c></row>`
	for _, test := range []struct {
		name, sheet, sentence string
		records               int
	}{
		{"a string that is not there", worksheet + `<sheetData><row r="1"><c r="A1" t="s"><v>99</v></c></row></sheetData></worksheet>`, "no sheet of the workbook that can be seen has anything in it", 0},
		{"a row beyond the last", worksheet + row + `<row r="99999999"><c t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>`, "cannot be read", 0},
		{"a cell of no name", worksheet + row + `<row r="2"><c r="?" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>`, "row 2 of the sheet Sheet1 cannot be read", 0},
		{"a character of 0", worksheet + row + `<row r="2"><c t="inlineStr"><is><t>a_x0000_b</t></is></c></row></sheetData></worksheet>`, "column \"text\"", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, failed := datasettest.ReadString(t, xlsx.Format, remade(t, map[string]string{firstSheet: test.sheet}))
			require.Len(t, failed, 1)
			assert.Contains(t, failed[0].Error(), test.sentence)
			assert.Len(t, records, test.records)
		})
	}
}

// FuzzReadTable has the XML of a sheet, since what is changed in a zip file is mostly a zip file no more.
func FuzzReadTable(f *testing.F) {
	const rows = `<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>document_text</t></is></c><c t="inlineStr"><is><t>start</t></is></c><c t="inlineStr"><is><t>end</t></is></c><c t="inlineStr"><is><t>label</t></is></c></row>
<row r="2"><c r="A2" t="inlineStr"><is><t>Mona</t></is></c><c><v>0</v></c><c><v>4</v></c><c t="inlineStr"><is><r><t>P</t></r></is></c></row><row><c/><c s="1"><v>1</v></c><c t="str"><f>2</f><v>2</v></c><c t="b"><v>1</v></c></row></sheetData>`
	for _, seed := range []string{rows, rows + `<mergeCells count="1"><mergeCell ref="A2:A3"/></mergeCells>`, `<sheetData/>`, ``} {
		f.Add(worksheet + seed + `</worksheet>`)
	}
	f.Fuzz(func(t *testing.T, sheet string) {
		records, _ := datasettest.ReadString(t, xlsx.Format, remade(t, map[string]string{firstSheet: sheet}))
		for _, r := range records {
			datasettest.Valid(t, r)
		}
	})
}
