package huggingface_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/datasettest"
	"spanwright/annotate/format/huggingface"
)

func TestWhatIsWrittenComesBack(t *testing.T) {
	t.Run("JSONL", func(t *testing.T) { datasettest.RoundTrip(t, huggingface.JSONL) })
	t.Run("Parquet", func(t *testing.T) { datasettest.RoundTrip(t, huggingface.Parquet) })
}

func FuzzReadJSON(f *testing.F) {
	datasettest.Fuzz(f, huggingface.JSONL,
		`{"text":"😀 Mona said","entities":[{"start":2,"end":6,"label":"P","score":0.5}],"label":"good","n":1}`,
		`{"text":"Mona","spans":{"start":[0],"end":[4],"type":["P"]}}`,
		`{"tokens":["Mona","said"],"ner_tags":["B-P","O"],"id":"7"}`,
		`{"id":"d","name":"a","text":"Mona","annotator":"ben","status":"done","scheme":"s","flag":"","note":"n","labels":[{"name":"x","kind":"number","values":["1.50"]}],"meta":[],`+
			`"spans":[{"id":"s","label":"P","start":0,"end":4,"text":"M na","fragments":[{"start":0,"end":1},{"start":2,"end":4}],"attributes":[],"flag":"","note":""}],`+
			`"relations":[{"id":"r","label":"L","args":[{"role":"x","span":"s","relation":"","document":"","implicit":false}],"attributes":[]}],"records":[{"id":"f","parent":"","label":"F"}],"concepts":[]}`)
}

func FuzzReadParquet(f *testing.F) {
	files, err := filepath.Glob("testdata/*.parquet")
	require.NoError(f, err)
	var seeds []string
	for _, name := range files {
		raw, err := os.ReadFile(name)
		require.NoError(f, err)
		seeds = append(seeds, string(raw))
	}
	datasettest.Fuzz(f, huggingface.Parquet, seeds...)
}

// said lists the spans of a record as label and words.
func said(r *dataset.Record) []string {
	all := []string{}
	for _, s := range r.Spans {
		all = append(all, s.Label+" "+s.Covered(r.Document.Text))
	}
	return all
}

// TestFilesOfDatasets reads files that datasets 5.2 and pyarrow 26 have written.
func TestFilesOfDatasets(t *testing.T) {
	read := func(name string) []*dataset.Record {
		path := filepath.Join("testdata", name)
		require.True(t, huggingface.Parquet.Sniff(dataset.ReadHead(path)))
		records, failed := datasettest.Read(huggingface.Parquet, path)
		require.Empty(t, failed)
		return records
	}
	tokens := read("tokens.parquet")
	require.Len(t, tokens, 2)
	assert.Equal(t, "Mona Lee said 😀", tokens[0].Document.Text)
	assert.Equal(t, []string{"PER Mona Lee", "EMO 😀"}, said(tokens[0]))
	assert.Equal(t, map[string]string{"id": "a"}, tokens[0].Document.Meta)
	assert.Equal(t, "the row has no text; it was put together from its tokens with a blank between each two", tokens[0].Remarks[0].Sentence)
	assert.Empty(t, tokens[1].Spans)

	entities := read("entities.parquet")
	require.Len(t, entities, 2)
	assert.Equal(t, []string{"PER Mona Lee"}, said(entities[0]))
	quarter, _ := annotate.Number("0.25")
	assert.Equal(t, map[string]annotate.Value{"score": quarter}, entities[0].Spans[0].Attributes)
	assert.Equal(t, map[string]annotate.Value{"label": annotate.Text("good")}, entities[0].Assessment.Labels)
	assert.Equal(t, map[string]string{"score": "0.5"}, entities[0].Document.Meta)
	assert.Nil(t, entities[1].Assessment, "-1 is no label")

	columns := read("columns.parquet")
	require.Len(t, columns, 1)
	assert.Equal(t, []string{"P Mona", "C said"}, said(columns[0]))
	assert.Empty(t, columns[0].Document.Meta, "a picture is no metadata")
}

func TestRowsOfOthersInJSON(t *testing.T) {
	for name, row := range map[string]string{
		"list of structs":  `{"text":"😀 Mona said","entities":[{"start":2,"end":6,"label":"P"},{"start":7,"end":11,"label":"C"}]}`,
		"struct of lists":  `{"text":"😀 Mona said","spans":{"start":[2,7],"end":[6,11],"label":["P","C"]}}`,
		"other names":      `{"sentence":"😀 Mona said","ner":[{"start_char":2,"end_char":6,"type":"P","word":"Mona"},{"begin":7,"stop":11,"entity_group":"C"}]}`,
		"in UTF-16":        `{"text":"😀 Mona said","entities":[{"start":3,"end":7,"label":"P","text":"Mona"},{"start":8,"end":12,"label":"C"}]}`,
		"tokens and tags":  `{"tokens":["😀","Mona","said"],"ner_tags":["O","B-P","B-C"]}`,
		"tags of BILOU":    `{"tokens":["😀","Mona","said"],"tags":["O","U-P","U-C"]}`,
		"labels in front":  `{"tokens":["😀","Mona","said"],"labels":["O","P-B","C-B"]}`,
		"several lines":    "[{\n\"text\":\"😀 Mona said\",\n\"entities\":[{\"start\":2,\"end\":6,\"label\":\"P\"},{\"start\":7,\"end\":11,\"label\":\"C\"}]}]",
		"an answer beside": `{"text":"😀 Mona said","entities":[{"start":2,"end":6,"label":"P"},{"start":7,"end":11,"label":"C"}],"label":"x"}`,
	} {
		records, failed := datasettest.ReadString(t, huggingface.JSONL, row)
		require.Empty(t, failed, name)
		require.Len(t, records, 1, name)
		assert.Equal(t, "😀 Mona said", records[0].Document.Text, name)
		assert.Equal(t, []string{"P Mona", "C said"}, said(records[0]), name)
	}
}

const own = `{"id":"d","name":"a","text":"Mona said","annotator":"ben","status":"done","scheme":"","flag":"","note":"","labels":[],"meta":[],"spans":[%s],"relations":[%s],"records":[%s],"concepts":[]}`

func TestRefusingWhatIsWrong(t *testing.T) {
	ours := func(spans, relations, records string) string { return fmt.Sprintf(own, spans, relations, records) }
	for _, test := range []struct{ name, row, sentence string }{
		{"truncated", `{"text":"Mona","entities":[{"start":0,`, "it is not JSON: it breaks off"},
		{"nothing to read", `{"label":1}`, "the row has neither a text nor tokens"},
		{"a label that is a number", `{"text":"Mona","entities":[{"start":0,"end":4,"label":3}]}`, "span 1: its label is 3, and the file does not say what that means; only Parquet files name their labels"},
		{"tags that are numbers", `{"tokens":["Mona"],"ner_tags":[1]}`, `"ner_tags" are numbers, and the file does not say what they mean; only Parquet files name their labels`},
		{"too few tags", `{"tokens":["Mona","said"],"ner_tags":["O"]}`, "there are 1 tags for 2 tokens"},
		{"no tag", `{"tokens":["Mona"],"ner_tags":["person"]}`, `token 1 has "person", which is no tag of any scheme`},
		{"beyond the text", `{"text":"Mona","entities":[{"start":0,"end":9,"label":"P"}]}`, "span 1: offset 9 lies outside the text, which has 4 code points; the document was left out"},
		{"negative", `{"text":"Mona","entities":[{"start":-1,"end":4,"label":"P"}]}`, "span 1: its start is negative: -1"},
		{"a huge number", `{"text":"Mona","entities":[{"start":0,"end":99999999999999999999,"label":"P"}]}`, "span 1: its end is far too large: 99999999999999999999"},
		{"no label", `{"text":"Mona","entities":[{"start":0,"end":4}]}`, "span 1: it has no label; the document was left out"},
		{"an id twice", ours(`{"id":"s","label":"P","start":0,"end":4,"text":"Mona"},{"id":"s","label":"P","start":5,"end":9,"text":"said"}`, "", ""), `the id "s" stands twice`},
		{"words that stand elsewhere", ours(`{"id":"s","label":"P","start":0,"end":4,"text":"Lisa"}`, "", ""), `span 1: offsets 0 to 4 cover "Mona", but its text is "Lisa"; the document was left out`},
		{"a value of another kind", ours(`{"id":"s","label":"P","start":0,"end":4,"text":"Mona","attributes":[{"name":"x","kind":"number","values":["one"]}]}`, "", ""), `span 1: attribute "x" has the kind "number" and the value "one", which do not go together`},
		{"a record in a later one", ours("", "", `{"id":"a","parent":"b","label":"F"},{"id":"b","parent":"a","label":"F"}`), `record 1 lies in "b", and no record before it is called so`},
		{"a relation of nothing", ours("", `{"id":"r","label":"L","args":[]}`, ""), "relation r (L) has no arguments"},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, failed := datasettest.ReadString(t, huggingface.JSONL, test.row+"\n"+`{"text":"fine"}`+"\n")
			require.Len(t, failed, 1)
			assert.True(t, strings.HasSuffix(failed[0].Error(), "file.jsonl:1: "+test.sentence), failed[0].Error())
			assert.Len(t, records, 1, "the next row is read all the same")
		})
	}
}

// written returns a Parquet file of records.
func written(t *testing.T, options dataset.Options, records ...*dataset.Record) []byte {
	t.Helper()
	var out bytes.Buffer
	losses, err := huggingface.Parquet.WriteFile(t.Context(), &out, datasettest.Sequence(records...), options)
	require.NoError(t, err)
	require.Empty(t, losses)
	return out.Bytes()
}

func TestDamagedParquetFiles(t *testing.T) {
	d := annotate.NewDocument("a.txt", strings.Repeat("Mona said. ", 500))
	whole := written(t, dataset.Options{}, &dataset.Record{Document: d})
	end := whole[len(whole)-8:]
	for _, test := range []struct{ name, content, sentence string }{
		{"cut off", string(whole[:len(whole)/2]), "it does not end as a Parquet file does; perhaps it was cut off"},
		{"nothing", "", "it does not end as a Parquet file does; perhaps it was cut off"},
		{"a description of gigabytes", "PAR1" + strings.Repeat("x", 20) + "\xff\xff\xff\x7fPAR1", "its description would have 2147483647 bytes, more than there are or than is sensible"},
		{"a description of nonsense", "PAR1" + strings.Repeat("\xff", 20) + "\x10\x00\x00\x00PAR1", "the Parquet file is damaged: "},
		{"pages of nonsense", "PAR1" + strings.Repeat("\xee", len(whole)/4) + string(whole[4+len(whole)/4:len(whole)-8]) + string(end), "the Parquet file is damaged: "},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, failed := datasettest.ReadString(t, huggingface.Parquet, test.content)
			require.Len(t, failed, 1)
			assert.Contains(t, failed[0].Error(), test.sentence)
			assert.Empty(t, records)
		})
	}
}

func TestLabelsAreNumberedAsInTheScheme(t *testing.T) {
	scheme := &annotate.Scheme{Name: "s", Spans: []annotate.SpanLabel{{Label: "Any", Abstract: true}, {Label: "Place"}, {Label: "Person"}}, Relations: []annotate.RelationLabel{{Label: "by"}}}
	record := func() *dataset.Record {
		d := annotate.NewDocument("a.txt", "Mona said")
		d.ID = "d"
		return &dataset.Record{Document: d, Annotator: "ben", Spans: []*annotate.Span{
			{ID: "s1", Document: "d", Annotator: "ben", Label: "Verb", Fragments: []annotate.Fragment{{Start: 5, End: 9}}},
			{ID: "s2", Document: "d", Annotator: "ben", Label: "Person", Fragments: []annotate.Fragment{{Start: 0, End: 4}}},
		}}
	}
	file := written(t, dataset.Options{Scheme: scheme}, record())
	assert.Contains(t, string(file), `"label":{"names":["Place","Person","Verb"],"_type":"ClassLabel"}`, "what the scheme lacks follows its labels")
	assert.Contains(t, string(file), `"label":{"names":["by"],"_type":"ClassLabel"}`)
	assert.Contains(t, string(file), `"status":{"names":["new","in_progress","done"],"_type":"ClassLabel"}`)
	assert.Equal(t, file, written(t, dataset.Options{Scheme: scheme}, record()), "the same records are the same bytes")
}

func TestGroupsOfRowsBoundWhatIsInMemory(t *testing.T) {
	groups := func(n int) int {
		var records []*dataset.Record
		for i := range n {
			records = append(records, &dataset.Record{Document: annotate.NewDocument(fmt.Sprint(i), "x")})
		}
		raw := written(t, dataset.Options{}, records...)
		file, err := parquet.OpenFile(bytes.NewReader(raw), int64(len(raw)))
		require.NoError(t, err)
		assert.Equal(t, int64(n), file.NumRows())
		return len(file.RowGroups())
	}
	assert.Equal(t, 3, groups(2500))
}
