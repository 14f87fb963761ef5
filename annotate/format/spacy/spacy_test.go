package spacy_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/datasettest"
	"spanwright/annotate/format/spacy"
)

func TestRealFiles(t *testing.T) {
	datasettest.RealFiles(t, spacy.Format, []datasettest.RealFile{
		{Name: "spacy/training-data.json", Records: 1, Spans: 11},
		{Name: "spacy/ner_example_data/ner-token-per-line-with-pos.json", Records: 1, Spans: 7, Remarks: 1},
		{Name: "spacy/ner_example_data/ner-token-per-line-conll2003.json", Records: 1, Spans: 7, Remarks: 1},
	})
}

func TestWhatIsWrittenComesBack(t *testing.T) { datasettest.RoundTrip(t, spacy.Format) }

func FuzzRead(f *testing.F) {
	datasettest.Fuzz(f, spacy.Format,
		`["😀 Mona said", {"entities": [[2, 6, "P"]], "cats": {"NEWS": 1.0}, "spans": {"sc": [[2, 6, "P"], [2, 11, "Q"]]}}]`,
		`{"text":"Mona","entities":[[0,4,"P","Q1"]],"cats":{},"links":{}}`,
		`[{"id":0,"paragraphs":[{"raw":"Mona said","sentences":[{"tokens":[{"orth":"Mona","ner":"B-P"},{"orth":"said","ner":"L-P"}]}],"cats":[{"label":"X","value":0.5}]}]}]`)
}

func one(t *testing.T, content string) *dataset.Record {
	t.Helper()
	records, failed := datasettest.ReadString(t, spacy.Format, content)
	require.Empty(t, failed)
	require.Len(t, records, 1)
	return records[0]
}

// said lists the spans of a record as label and words.
func said(r *dataset.Record) []string {
	var all []string
	for _, s := range r.Spans {
		all = append(all, s.Label+" "+s.Covered(r.Document.Text))
	}
	return all
}

func TestEveryFormOfAnExampleSaysTheSame(t *testing.T) {
	for name, content := range map[string]string{
		"pair":      `["😀 Mona said", {"entities": [[2, 6, "P"]], "cats": {"NEWS": 1.0, "SPORT": 0, "X": 0.5}}]`,
		"object":    `{"text": "😀 Mona said", "entities": [[2, 6, "P"]], "cats": {"NEWS": true, "SPORT": false, "X": 0.5}}`,
		"list":      `[["😀 Mona said", {"entities": [[2, 6, "P"]], "cats": {"NEWS": 1, "SPORT": 0.0, "X": 0.5}}]]`,
		"paragraph": `[{"id":0,"paragraphs":[{"raw":"😀 Mona said","sentences":[{"tokens":[{"orth":"😀","ner":"O"},{"orth":"Mona","ner":"U-P"},{"orth":"said"}]}],"cats":[{"label":"NEWS","value":1.0},{"label":"SPORT","value":0},{"label":"X","value":0.5}]}]}]`,
	} {
		r := one(t, content)
		assert.Equal(t, []string{"P Mona"}, said(r), name)
		half, _ := annotate.Number("0.5")
		assert.Equal(t, map[string]annotate.Value{"NEWS": annotate.Bool(true), "SPORT": annotate.Bool(false), "X": half}, r.Assessment.Labels, name)
		assert.Equal(t, "😀 Mona said", r.Document.Text, name)
	}
}

func TestGroupsOfSpans(t *testing.T) {
	r := one(t, `["Mona Lee said", {"entities": [[0, 8, "P"], [9, 13, "C"]], "spans": {"sc": [[0, 8, "P"], [0, 4, "First"]], "other": [[5, 8, "Last", "Q5"]]}}]`)
	assert.Equal(t, []string{"P Mona Lee", "First Mona", "Last Lee", "C said"}, said(r), "an entity that a group has too is not there twice")
	assert.Equal(t, map[string]annotate.Value{"group": annotate.Text("other"), "kb_id": annotate.Text("Q5")}, r.Spans[2].Attributes)
}

func TestTagsOfTokens(t *testing.T) {
	for _, test := range []struct {
		name, tags string
		want       []string
	}{
		{"whole", "B-P I-P L-P O", []string{"P a b c"}},
		{"single", "U-P O O U-Q", []string{"P a", "Q d"}},
		{"in a row", "B-P L-P B-P L-P", []string{"P a b", "P c d"}},
		{"never ended", "B-P I-P O O", []string{"P a b"}},
		{"another label inside", "B-P I-Q L-Q O", []string{"P a", "Q b c"}},
		{"not known", "- O - U-P", []string{"P d"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var tokens []string
			for i, tag := range strings.Fields(test.tags) {
				tokens = append(tokens, `{"orth":"`+"abcd"[i:i+1]+`","ner":"`+tag+`"}`)
			}
			r := one(t, `[{"id":0,"paragraphs":[{"sentences":[{"tokens":[`+strings.Join(tokens, ",")+`]}]}]}]`)
			assert.Equal(t, test.want, said(r))
			assert.Equal(t, "a b c d", r.Document.Text)
		})
	}
}

func TestWritingWhatSpaCyReads(t *testing.T) {
	r := one(t, `{"text":"😀 Mona Lee said","entities":[[2,10,"P"]],"spans":{"sc":[[2,6,"First"]]},"cats":{"NEWS":1},"name":"a.txt","source":"x"}`)
	flat := one(t, `["Mona", {"entities":[[0,4,"P"]]}]`)
	var out bytes.Buffer
	losses, err := spacy.Format.WriteFile(t.Context(), &out, datasettest.Sequence(r, flat), dataset.Options{})
	require.NoError(t, err)
	assert.Empty(t, losses)
	assert.Equal(t, `{"text":"😀 Mona Lee said","entities":[[2,10,"P"]],"spans":{"sc":[[2,10,"P"],[2,6,"First"]]},"cats":{"NEWS":1},"name":"a.txt","annotator":"asha","meta":{"source":"x"}}
{"text":"Mona","entities":[[0,4,"P"]],"cats":{},"name":"file-1.txt","annotator":"asha"}
`, out.String())
}

func TestRefusingWhatIsWrong(t *testing.T) {
	for _, test := range []struct{ name, line, sentence string }{
		{"truncated", `["Mona", {"entities": [[0,`, "it is not JSON: it breaks off"},
		{"three of a pair", `["Mona", {}, {}]`, "an example is a text and its annotations, and this list has 3 items"},
		{"no text", `{"entities":[]}`, `it has no "text"`},
		{"beyond the text", `["Mona", {"entities": [[0, 9, "P"]]}]`, "entity 1: offset 9 lies outside the text, which has 4 code points; the document was left out"},
		{"negative", `["Mona", {"entities": [[-1, 2, "P"]]}]`, "entity 1: its start is negative: -1"},
		{"tags in place of entities", `["Mona", {"entities": ["U-P"]}]`, "entity 1 must be a list of start, end and label"},
		{"a label of another type", `["Mona", {"entities": [[0, 4, 7]]}]`, "entity 1: its label must be a text"},
		{"a category without a number", `["Mona", {"cats": {"X": "yes"}}]`, `category "X" must be a number or true or false`},
		{"tokens of another text", `{"id":0,"paragraphs":[{"raw":"Mona said","sentences":[{"tokens":[{"orth":"Asha","ner":"O"}]}]}]}`, `paragraph 1: token 1 is "Asha", and the text goes on with "Mona said" there`},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, failed := datasettest.ReadString(t, spacy.Format, test.line+"\n"+`["fine", {"entities": [[0, 4, "P"]]}]`+"\n")
			require.Len(t, failed, 1)
			assert.True(t, strings.HasSuffix(failed[0].Error(), "file.jsonl:1: "+test.sentence), failed[0].Error())
			assert.Len(t, records, 1, "the next line is read all the same")
		})
	}
}
