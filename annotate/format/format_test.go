package format_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate/format"
)

func TestDetectingWhatAFileIs(t *testing.T) {
	folder := t.TempDir()
	for name, content := range map[string]string{
		"pair.txt": "x", "pair.ann": "", "split.txt": "x", "split.a1": "", "alone.txt": "x", "lonely.ann": "",
		"ours.jsonl": "", "ours.data": `{"id":"d1"`, "theirs.data": `{"id":1}`, "page.html": "<p>", "LOUD.TXT": "x",
		"ours2.jsonl":  `{"id":"d","name":"a","text":"x","meta":{},"annotator":"","status":"new","labels":{},"spans":[{"id":"s","label":"L","start":0,"end":1,"text":"x","fragments":[[0,1]],"attributes":{}}],"relations":[],"offsets":"byte","scheme":""}`,
		"ours3.jsonl":  `{"id":"d","name":"a","text":"x","meta":{},"annotator":"","status":"new","labels":{},"spans":[],"relations":[],"offsets":"byte","scheme":""}`,
		"doccano.data": `{"id":1,"text":"x","label":[[0,1,"L"]]}`, "doccano2.jsonl": `{"text":"x","entities":[],"relations":[],"Comments":[]}`,
		"old.json":      `{"text":"x","annotations":[],"annotation_approver":null}`,
		"prodigy.jsonl": `{"text":"x","_input_hash":1,"label":"a","answer":"accept"}`, "texts.jsonl": `{"text":"x"}`,
		"other.json":      `{"a":1}`,
		"collection.json": `{"source":"","date":"","key":"","infons":{},"documents":[{"id":"1"`,
		"document.json":   `{"id":"1","infons":{},"passages":[{"offset":0}]}`,
		"api.json":        `{"PubTator3": [{"_id": "1|None", "id": "1"`,
		"collection.xml":  "<?xml version='1.0'?>\n<!DOCTYPE collection SYSTEM 'BioC.dtd'>\n<collection><source/>",
		"anno.json":       `{"@context":"http://www.w3.org/ns/anno.jsonld","id":"x","type":"Annotation"}`,
		"recogito.json":   `[{"id":"x","bodies":[],"target":{"selector":[{"type":"TextQuoteSelector"}]}}]`,
		"page.jsonld":     `{"@context":["http://www.w3.org/ns/anno.jsonld","x"],"type":"AnnotationPage","items":[`,
		"gate.xml":        "<?xml version='1.0'?>\n<GateDocument version=\"3\">",
		"gate.json":       `{"text":"x","annotation_sets":{"":{"annotations":[]}},"features":{}}`,
		"pub.json":        `{"target":"http://pubannotation.org","sourcedb":"PubMed","text":"x","denotations":[]}`,
		"graph.xml":       `<?xml version='1.0'?><arggraph id="a">`,
		"letter.xml":      `<?xml version='1.0'?><TEI xmlns="http://www.tei-c.org/ns/1.0">`,
		"abstracts.txt":   "\n12|t|Lidocaine\n",
		"pairs.jsonl":     `["x", {"entities": []}]`, "examples.json": `[["x", {"cats": {}}]]`, "spacy.jsonl": `{"text":"x","entities":[[0,1,"L"]],"cats":{},"name":"a"}`,
		"inception.tsv": "#FORMAT=WebAnno TSV 3.3\n",
		"spans.csv":     "text,label\nx,L\n", "spans.tsv": "document\ttext\tstart\tend\tlabel\n",
		"studio.json":    `[{"id":1,"annotations":[{"result":[{"value":{"labels":["P"]}}]}],"data":{"text":"x"}}]`,
		"min.json":       `[{"text":"x","label":[{"start":0,"end":1,"text":"x","labels":["P"]}],"annotator":1}]`,
		"old-spacy.json": `[{"id":0,"paragraphs":[]}]`,
		"records.json":   `[{"id":"a","fields":{"text":"x"},"metadata":{},"suggestions":{},"responses":{}}]`,
		"structs.jsonl":  `{"text":"x","entities":[{"start":0,"end":1,"label":"L"}]}`, "tagged.jsonl": `{"tokens":["x"],"ner_tags":["O"]}`,
		"rows.jsonl": `{"id":"d","name":"a","text":"x","labels":[],"meta":[],"spans":[],"relations":[],"records":[],"concepts":[]}`, "rows.data": "PAR1",
	} {
		require.NoError(t, os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600))
	}
	for _, test := range []struct{ name, format, main string }{
		{"pair.txt", "brat", "pair.txt"},
		{"pair.ann", "brat", "pair.txt"},
		{"split.a1", "brat", "split.txt"},
		{"lonely.ann", "brat", "lonely.ann"},
		{"alone.txt", "text", "alone.txt"},
		{"LOUD.TXT", "text", "LOUD.TXT"},
		{"ours.jsonl", "jsonl", "ours.jsonl"},
		{"ours.data", "jsonl", "ours.data"},
		{"ours2.jsonl", "jsonl", "ours2.jsonl"},
		{"ours3.jsonl", "jsonl", "ours3.jsonl"},
		{"doccano.data", "doccano", "doccano.data"},
		{"doccano2.jsonl", "doccano", "doccano2.jsonl"},
		{"old.json", "doccano", "old.json"},
		{"prodigy.jsonl", "prodigy", "prodigy.jsonl"},
		{"texts.jsonl", "prodigy", "texts.jsonl"},
		{"pairs.jsonl", "spacy", "pairs.jsonl"},
		{"examples.json", "spacy", "examples.json"},
		{"spacy.jsonl", "spacy", "spacy.jsonl"},
		{"old-spacy.json", "spacy", "old-spacy.json"},
		{"records.json", "argilla", "records.json"},
		{"structs.jsonl", "hf", "structs.jsonl"},
		{"tagged.jsonl", "hf", "tagged.jsonl"},
		{"rows.jsonl", "hf", "rows.jsonl"},
		{"rows.data", "parquet", "rows.data"},
		{"studio.json", "labelstudio", "studio.json"},
		{"inception.tsv", "webanno", "inception.tsv"},
		{"spans.csv", "csv", "spans.csv"},
		{"spans.tsv", "tsv", "spans.tsv"},
		{"min.json", "labelstudio-min", "min.json"},
		{"collection.json", "bioc-json", "collection.json"},
		{"document.json", "bioc-json", "document.json"},
		{"api.json", "bioc-json", "api.json"},
		{"collection.xml", "bioc-xml", "collection.xml"},
		{"anno.json", "w3c", "anno.json"},
		{"recogito.json", "w3c", "recogito.json"},
		{"page.jsonld", "w3c", "page.jsonld"},
		{"gate.xml", "gate-xml", "gate.xml"},
		{"gate.json", "gate-bdoc", "gate.json"},
		{"pub.json", "pubannotation", "pub.json"},
		{"graph.xml", "arggraph", "graph.xml"},
		{"letter.xml", "tei", "letter.xml"},
		{"abstracts.txt", "pubtator", "abstracts.txt"},
		{"other.json", "", ""},
		{"theirs.data", "", ""},
		{"page.html", "html", "page.html"},
	} {
		found, main := format.Detect(filepath.Join(folder, test.name))
		if test.format == "" {
			assert.Nil(t, found, test.name)
			continue
		}
		require.NotNil(t, found, test.name)
		assert.Equal(t, test.format, found.Name, test.name)
		assert.Equal(t, filepath.Join(folder, test.main), main, test.name)
	}
}

func TestEveryFormatIsFoundByItsName(t *testing.T) {
	for _, f := range format.All {
		found, err := format.ByName(f.Name)
		require.NoError(t, err)
		assert.Same(t, f, found)
		assert.NotEmpty(t, f.Title)
		assert.True(t, f.Read != nil || f.Writes())
	}
	_, err := format.ByName("word")
	assert.ErrorContains(t, err, `there is no format "word"; choose one of brat, `)
}
