package table_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/unicode"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/datasettest"
	"spanwright/annotate/format/table"
)

// TestRealFiles has counts of wc -l, less the first line; those without names of columns
// are refused.
func TestRealFiles(t *testing.T) {
	datasettest.RealFiles(t, table.CSV, []datasettest.RealFile{
		{Name: "doccano-export/text_classification/example.csv", Records: 3},
		{Name: "doccano-import/example.utf16.csv", Records: 3, Remarks: 1},
		{Name: "bconv/csv/BC5CDR-example.csv", Failures: 1},
		{Name: "bconv/csv/elliptic-coordination.csv", Failures: 1},
		{Name: "pygamma/3by100.csv", Failures: 1},
	})
}

func TestWhatIsWrittenComesBack(t *testing.T) {
	t.Run("commas", func(t *testing.T) { datasettest.RoundTrip(t, table.CSV) })
	t.Run("tabs", func(t *testing.T) { datasettest.RoundTrip(t, table.TSV) })
}

func FuzzRead(f *testing.F) {
	datasettest.Fuzz(f, table.CSV,
		"text,label\n\"a, \"\"b\"\"\r\nc\",good\n",
		"sep=;\ndocument;start;end;label;text\n;0;4;P;Mona said\n",
		"document_text\tstart\tend\tlabel\textra\n😀 Mona said\t2\t6\tP\tx\n😀 Mona said\t7\t11\tC\t\n",
		head+"a.txt,asha,,,,'=Mona,\"{\"\"x\"\":[]}\",,,done,\"{\"\"k\"\":\"\"v\"\"}\"\na.txt,asha,P,0,5,'=Mona,,,'-why,,\n")
}

const head = "document,annotator,label,start,end,text,attributes,flag,note,status,metadata\n"

func read(t *testing.T, content string) []*dataset.Record {
	t.Helper()
	records, failed := datasettest.ReadString(t, table.CSV, content)
	require.Empty(t, failed)
	return records
}

// said returns the labels of spans with what they cover.
func said(r *dataset.Record) map[string]string {
	covered := map[string]string{}
	for _, s := range r.Spans {
		covered[s.Label] = s.Covered(r.Document.Text)
	}
	return covered
}

func TestColumnsAreFoundByTheirNames(t *testing.T) {
	for name, content := range map[string]string{
		"document and spans":              "document,text,start,end,label\na,😀 Mona said,,,\na,Mona,2,6,P\na,said,7,11,C\n",
		"in another order":                "Label,END,Start,Doc-ID,Text\n,,,a,😀 Mona said\nP,6,2,a,Mona\nC,11,7,a,said\n",
		"text of the document beside":     "doc_id,full_text,begin,stop,tag\na,😀 Mona said,2,6,P\na,😀 Mona said,7,11,C\n",
		"no name, text in each row":       "text,start,end,label\n😀 Mona said,2,6,P\n😀 Mona said,7,11,C\n",
		"a name, text in each row":        "id,text,start,end,label\na,😀 Mona said,2,6,P\na,😀 Mona said,7,11,C\n",
		"semicolons":                      "document_text;start;end;label\n😀 Mona said;2;6;P\n😀 Mona said;7;11;C\n",
		"a spreadsheet's separator":       "sep=|\r\ndocument_text|start|end|label\r\n😀 Mona said|2|6|P\r\n😀 Mona said|7|11|C\r\n",
		"tabs":                            "document_text\tstart\tend\tlabel\n😀 Mona said\t2\t6\tP\n😀 Mona said\t7\t11\tC\n",
		"single quotes":                   "'document_text','start','end','label'\n'😀 Mona said','2','6','P'\n'😀 Mona said','7','11','C'\n",
		"quotes everywhere":               "\"document_text\",\"start\",\"end\",\"label\"\n\"😀 Mona said\",\"2\",\"6\",\"P\"\n\"😀 Mona said\",\"7\",\"11\",\"C\"",
		"line ends of old programs":       "document_text,start,end,label\r😀 Mona said,2,6,P\r😀 Mona said,7,11,C\r",
		"a byte order mark":               "\ufeffdocument_text,start,end,label\n😀 Mona said,2,6,P\n😀 Mona said,7,11,C\n",
		"offsets in UTF-16":               "document,text,start,end,label\na,😀 Mona said,,,\na,Mona,3,7,P\na,said,8,12,C\n",
		"numbers of a table of fractions": "document,text,start,end,label\na,😀 Mona said,,,\na,Mona,2.0,6.0,P\na,said,7.0,11.0,C\n",
		"empty fields at the end":         "document_text,start,end,label\n😀 Mona said,2,6,P,,\n\n😀 Mona said,7,11,C,,\n",
	} {
		t.Run(name, func(t *testing.T) {
			records := read(t, content)
			require.Len(t, records, 1)
			assert.Equal(t, "😀 Mona said", records[0].Document.Text)
			assert.Equal(t, map[string]string{"P": "Mona", "C": "said"}, said(records[0]))
		})
	}
}

func TestADocumentARow(t *testing.T) {
	records := read(t, "id,text,label,annotator,source\n7,\"Two\r\nlines, \"\"here\"\"\",good,ben,x\n8,Other,,,\n")
	require.Len(t, records, 2)
	assert.Equal(t, "7", records[0].Document.Name)
	assert.Equal(t, "Two\r\nlines, \"here\"", records[0].Document.Text)
	assert.Equal(t, "ben", records[0].Annotator)
	assert.Equal(t, map[string]annotate.Value{"label": annotate.Text("good")}, records[0].Assessment.Labels)
	assert.Equal(t, map[string]string{"source": "x"}, records[0].Document.Meta)
	assert.Empty(t, records[1].Annotator, "nobody did anything")
}

func TestTextsLieInFilesBesideTheTable(t *testing.T) {
	folder := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(folder, "a.txt"), []byte("Mona said"), 0o600))
	path := filepath.Join(folder, "spans.csv")
	require.NoError(t, os.WriteFile(path, []byte("doc,start,end,label,words,coder,sure\na,0,4,P,Mona,ben,yes\na.txt,5,9,C,said,ben,\n../a,0,1,P,M,ben,\n../a,1,2,P,o,ben,\n"), 0o600))
	records, failed := datasettest.Read(table.CSV, path)
	require.Len(t, records, 2)
	assert.Equal(t, map[string]string{"P": "Mona"}, said(records[0]))
	assert.Equal(t, map[string]annotate.Value{"sure": annotate.Text("yes")}, records[0].Spans[0].Attributes)
	assert.Equal(t, map[string]string{"C": "said"}, said(records[1]))
	require.Len(t, failed, 1, "a document is told once")
	assert.Equal(t, path+`:4: the text of document "../a" is neither in a row without a start before its spans, nor in a column document_text, nor in a file of that name beside the table`, failed[0].Error())
}

func TestUTF16IsTold(t *testing.T) {
	raw, err := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String("text;label\nMona;good\n")
	require.NoError(t, err)
	records := read(t, raw)
	assert.Equal(t, "Mona", records[0].Document.Text)
	assert.Equal(t, "the file is UTF-16, and its columns are separated by semicolons; it was read as such", records[0].Remarks[0].Sentence)
}

func TestNothingWrittenIsAFormula(t *testing.T) {
	d := annotate.NewDocument("=a", "=1+1 '=x \t-y")
	r := &dataset.Record{Document: d, Annotator: "@asha"}
	for _, f := range []annotate.Fragment{{Start: 0, End: 4}, {Start: 5, End: 8}, {Start: 9, End: 12}} {
		r.Spans = append(r.Spans, &annotate.Span{ID: annotate.NewID(), Document: d.ID, Annotator: r.Annotator, Label: "-P", Fragments: []annotate.Fragment{f}, Note: "+n"})
	}
	var out bytes.Buffer
	losses, err := table.CSV.WriteFile(t.Context(), &out, datasettest.Sequence(r), dataset.Options{})
	require.NoError(t, err)
	assert.Empty(t, losses)
	assert.Equal(t, head+
		"\"'=a\",\"'@asha\",,,,\"'=1+1 '=x \t-y\",,,,,\n"+
		"\"'=a\",\"'@asha\",\"'-P\",0,4,\"'=1+1\",,,\"'+n\",,\n"+
		"\"'=a\",\"'@asha\",\"'-P\",5,8,\"''=x\",,,\"'+n\",,\n"+
		"\"'=a\",\"'@asha\",\"'-P\",9,12,\"'\t-y\",,,\"'+n\",,\n", out.String())
	again := read(t, out.String())
	assert.Equal(t, datasettest.Statements(table.CSV, []*dataset.Record{r}), datasettest.Statements(table.CSV, again))
	assert.Equal(t, "'=x", read(t, "text,label\n'=x,a\n")[0].Document.Text, "only what was written here is changed back")
}

func TestRefusingWhatIsWrong(t *testing.T) {
	const names = "document,text,start,end,label\na,😀 Mona,,,\n"
	for _, test := range []struct{ name, content, sentence string }{
		{"nothing", "", "1: the table is empty; its first row must name the columns"},
		{"no names", "354896,Title,1,1,0,9,Lidocaine\n", "1: its first row must name the columns, and names neither text nor document, start and end"},
		{"names that are not UTF-8", "text,caf\xe9\n", "1: byte 3 (0xe9) is not UTF-8; save the file as UTF-8 first"},
		{"a start without an end", "text,start,label\n", "1: its first row names only one of the columns start and end, and spans need both"},
		{"too few fields", names + "a,Mona,2\n", "3: the row has 3 fields, and the first row names 5 columns"},
		{"too many fields", names + "a,Mona,2,6,P,x\n", "3: the row has 6 fields, and the first row names 5 columns"},
		{"quotes that do not close", names + "a,\"Mona,2,6,P\n", "3: the quotes that open in line 3 do not close"},
		{"beyond the text", names + "a,Mona,2,16,P\n", "3: span 1: offset 16 lies outside the text, which has 6 code points; the document was left out"},
		{"negative", names + "a,Mona,-1,2,P\n", "3: span 1: its start is negative: -1; the document was left out"},
		{"no number", names + "a,Mona,two,6,P\n", `3: span 1: its start must be a whole number, and is "two"; the document was left out`},
		{"a huge number", names + "a,Mona,2,99999999999999999999,P\n", "3: span 1: its end is far too large: 99999999999999999999; the document was left out"},
		{"inside a surrogate pair", names + "a,Mona,3,7,P\na,x,1,3,P\n", "4: span 2: UTF-16 offset 1 lies inside a character; the document was left out"},
		{"words that stand elsewhere", names + "a,Lisa,2,6,P\n", `3: span 1: offsets 2 to 6 cover "Mona", but its text is "Lisa"; the document was left out`},
		{"no label", names + "a,Mona,2,6,\n", "3: span 1: it has no label; the document was left out"},
		{"not UTF-8", names + "a,caf\xe9,2,6,P\n", `3: column "text": byte 3 (0xe9) is not UTF-8; save the file as UTF-8 first`},
		{"a status of its own", head + "a,asha,,,,x,,,,perhaps,\n", `2: the status is "perhaps", which is none of new, in_progress and done`},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, failed := datasettest.ReadString(t, table.CSV, test.content)
			require.Len(t, failed, 1)
			assert.True(t, strings.HasSuffix(failed[0].Error(), "file.csv:"+test.sentence), failed[0].Error())
			assert.Empty(t, records)
		})
	}
}

func TestWhatFollowsARowThatIsWrong(t *testing.T) {
	records, failed := datasettest.ReadString(t, table.CSV, "document,text,start,end,label\na,Mona,,,\na,Mona,0,9,P\na,Mona,0,4,P\nb,Other,,,\nb,Other,0,5,P\n")
	require.Len(t, failed, 1)
	require.Len(t, records, 1, "the next document is read all the same")
	assert.Equal(t, map[string]string{"P": "Other"}, said(records[0]))
	records, failed = datasettest.ReadString(t, table.CSV, "text,label\none,a\ntwo\nthree,c\n")
	assert.Len(t, failed, 1)
	assert.Len(t, records, 2, "a row that is no document does not keep out the one before")
}
