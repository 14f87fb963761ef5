package doccano_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/datasettest"
	"spanwright/annotate/format/doccano"
)

func TestRealFiles(t *testing.T) {
	datasettest.RealFiles(t, doccano.Format, []datasettest.RealFile{
		{Name: "doccano-export/intent_detection/example.jsonl", Records: 2, Spans: 3},
		{Name: "doccano-export/relation_extraction/example.jsonl", Records: 1, Spans: 4, Relations: 3},
		{Name: "doccano-import/relation_extraction/example.jsonl", Records: 1, Spans: 4, Relations: 3},
		{Name: "doccano-import/text_classification/example.jsonl", Records: 3},
		{Name: "doccano-transformer/classification/classification.jsonl", Records: 3, Remarks: 3},
		{Name: "doccano-transformer/labeling/labeling.jsonl", Records: 3, Spans: 16, Remarks: 3},
	})
}

func TestWhatIsWrittenComesBack(t *testing.T) { datasettest.RoundTrip(t, doccano.Format) }

func FuzzRead(f *testing.F) {
	datasettest.Fuzz(f, doccano.Format,
		`{"id":1,"text":"😀 Mona said","label":[[2,6,"Person"]],"Comments":["why"],"source":"x"}`,
		`{"text":"Mona said","entities":[{"id":7,"start_offset":0,"end_offset":4,"label":"P"},{"id":8,"start_offset":5,"end_offset":9,"label":"C"}],"relations":[{"id":1,"from_id":7,"to_id":8,"type":"by"}]}`,
		`{"text":"a","annotations":[{"label":1,"start_offset":0,"end_offset":1,"user":2}],"annotation_approver":null}`,
		"[{\"text\":\"a\",\"labels\":[\"x\"],\n\"meta\":{\"k\":1}}]")
}

func one(t *testing.T, content string) *dataset.Record {
	t.Helper()
	records, failed := datasettest.ReadString(t, doccano.Format, content)
	require.Empty(t, failed)
	require.Len(t, records, 1)
	return records[0]
}

func TestEveryGenerationSaysTheSame(t *testing.T) {
	for name, content := range map[string]string{
		"triples":       `{"id":1,"text":"😀 Mona","label":[[2,6,"P"]]}`,
		"labels":        `{"id":1,"text":"😀 Mona","labels":[[2,6,"P"]]}`,
		"objects":       `{"id":1,"text":"😀 Mona","label":[{"start_offset":2,"end_offset":6,"label":"P"}]}`,
		"entities":      `{"id":1,"text":"😀 Mona","entities":[{"id":9,"label":"P","start_offset":2,"end_offset":6}],"relations":[],"Comments":[]}`,
		"slots":         `{"id":1,"text":"😀 Mona","entities":[[2,6,"P"]],"cats":[]}`,
		"pandas":        `{"id":1,"text":"😀 Mona","label":[[2.0,6.0,"P"]],"Comments":null}`,
		"before 1.0":    `{"id":1,"text":"😀 Mona","annotations":[{"label":"P","start_offset":2,"end_offset":6}],"meta":{},"annotation_approver":null}`,
		"several lines": "{\n\"id\":1,\n\"text\":\"😀 Mona\",\n\"label\":[[2,6,\"P\"]]\n}",
		"counted in UTF-16, which shows only at the end": `{"id":1,"text":"😀 Mona","label":[[3,7,"P"]]}`,
	} {
		r := one(t, content)
		require.Len(t, r.Spans, 1, name)
		assert.Equal(t, "P", r.Spans[0].Label, name)
		assert.Equal(t, "Mona", r.Spans[0].Covered(r.Document.Text), name)
		assert.Equal(t, "asha", r.Annotator, name)
		assert.Equal(t, map[string]string{"id": "1"}, r.Document.Meta, name)
	}
}

func TestWhatIsNoSpan(t *testing.T) {
	r := one(t, `{"id":3,"text":"Mona","label":["positive","sure"],"cats":["flight"],"Comments":["why?",{"text":"so"}],"source":"x","n":7,"meta":{"url":"u"}}`)
	assert.Equal(t, map[string]annotate.Value{"label": annotate.Choices("positive", "sure"), "cats": annotate.Choices("flight")}, r.Assessment.Labels)
	assert.Equal(t, "why?\nso", r.Assessment.Note)
	assert.Equal(t, map[string]string{"id": "3", "source": "x", "n": "7", "url": "u"}, r.Document.Meta)
	assert.Equal(t, "file-1.txt", r.Document.Name)
	assert.Equal(t, annotate.Choices("positive"), one(t, `{"text":"Mona","label":"positive"}`).Assessment.Labels["label"])
	empty := one(t, `{"text":"Mona","label":[],"meta":"loose"}`)
	assert.Empty(t, empty.Annotator, "nobody did anything")
	assert.Equal(t, "loose", empty.Document.Meta["meta"])
}

func TestNumbersOfLabelsHaveNamesWhereTheListLiesBeside(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "old.jsonl")
	require.NoError(t, os.WriteFile(path, []byte(`{"text":"Mona said","annotations":[{"label":12,"start_offset":0,"end_offset":4,"user":1},{"label":13,"user":1}],"annotation_approver":null}`), 0o600))
	records, failed := datasettest.Read(doccano.Format, path)
	require.Empty(t, failed)
	assert.Equal(t, "12", records[0].Spans[0].Label)
	assert.Equal(t, "user 1", records[0].Annotator)
	assert.Equal(t, "its labels are numbers; put doccano's list of labels beside the file as label_config.json to have their names", records[0].Remarks[0].Sentence)

	require.NoError(t, os.WriteFile(filepath.Join(folder, "label_config.json"), []byte(`[{"id":12,"text":"Person"},{"id":13,"text":"good"}]`), 0o600))
	records, _ = datasettest.Read(doccano.Format, path)
	assert.Equal(t, "Person", records[0].Spans[0].Label)
	assert.Equal(t, annotate.Choices("good"), records[0].Assessment.Labels["label"])
	assert.Empty(t, records[0].Remarks)
}

func TestRefusingWhatIsWrong(t *testing.T) {
	for _, test := range []struct{ name, line, sentence string }{
		{"truncated", `{"text":"Mona","label":[[0,`, "it is not JSON: it breaks off"},
		{"no text", `{"label":[]}`, `it has no "text"`},
		{"text of another type", `{"text":5,"label":[]}`, `"text" must be a text, and is the number 5`},
		{"beyond the text", `{"text":"Mona","label":[[0,9,"P"]]}`, "span 1: offset 9 lies outside the text, which has 4 code points; the document was left out"},
		{"negative", `{"text":"Mona","label":[[-1,2,"P"]]}`, `span 1: "start_offset" is negative: -1`},
		{"a fraction", `{"text":"Mona","label":[[0.5,2,"P"]]}`, `span 1: "start_offset" must be a whole number, and is the number 0.5`},
		{"a huge number", `{"text":"Mona","label":[[0,99999999999999999999,"P"]]}`, `span 1: "end_offset" is far too large: 99999999999999999999`},
		{"nothing covered", `{"text":"Mona","label":[[2,2,"P"]]}`, "span 1: it covers nothing at offset 2, and a span must cover something; the document was left out"},
		{"the end before the start", `{"text":"Mona","label":[[3,1,"P"]]}`, "span 1: the range 3 to 1 ends before it begins; the document was left out"},
		{"no label", `{"text":"Mona","entities":[{"id":1,"start_offset":0,"end_offset":4}]}`, `span 1: "label" must be a text`},
		{"an empty label", `{"text":"Mona","label":[[0,4,""]]}`, "span 1: it has no label; the document was left out"},
		{"an id twice", `{"text":"Mona","entities":[{"id":1,"start_offset":0,"end_offset":4,"label":"P"},{"id":1,"start_offset":0,"end_offset":2,"label":"P"}]}`, `span 2: the id "1" stands twice; the document was left out`},
		{"a relation to nothing", `{"text":"Mona","entities":[{"id":1,"start_offset":0,"end_offset":4,"label":"P"}],"relations":[{"from_id":1,"to_id":2,"type":"by"}]}`, `relation 1: its tail is "2", and nothing is called so; the document was left out`},
		{"a span of two", `{"text":"Mona","label":[[0,4]]}`, "span 1 must be a list of start, end and label, and has 2 items"},
		{"deep nesting", `{"text":"Mona","label":` + strings.Repeat("[", 20000) + "1", "it is not JSON at byte 10022: invalid character '[' exceeded max depth"},
		{"not UTF-8", "{\"text\":\"caf\xe9\"}", "byte 12 (0xe9) is not UTF-8; save the file as UTF-8 first"},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, failed := datasettest.ReadString(t, doccano.Format, test.line+"\n"+`{"text":"fine","label":[[0,4,"P"]]}`+"\n")
			require.Len(t, failed, 1)
			assert.True(t, strings.HasSuffix(failed[0].Error(), "file.jsonl:1: "+test.sentence), failed[0].Error())
			assert.Len(t, records, 1, "the next line is read all the same")
		})
	}
}

func TestWritingWhatDoccanoReads(t *testing.T) {
	r := one(t, `{"text":"😀 Mona said","name":"a.txt","entities":[{"id":7,"start_offset":2,"end_offset":6,"label":"P"},{"id":8,"start_offset":7,"end_offset":11,"label":"C"}],"relations":[{"from_id":8,"to_id":7,"type":"by"}],"Comments":["why"],"date":"2025"}`)
	var out bytes.Buffer
	losses, err := doccano.Format.WriteFile(t.Context(), &out, datasettest.Sequence(r), dataset.Options{})
	require.NoError(t, err)
	assert.Empty(t, losses)
	assert.Equal(t, `{"text":"😀 Mona said","entities":[{"id":1,"label":"P","start_offset":2,"end_offset":6},{"id":2,"label":"C","start_offset":7,"end_offset":11}],"relations":[{"id":1,"from_id":2,"to_id":1,"type":"by"}],"Comments":["why"],"name":"a.txt","annotator":"asha","meta":{"date":"2025"}}`+"\n", out.String())
}
