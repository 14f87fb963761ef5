package pubannotation_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/datasettest"
	"spanwright/annotate/format/pubannotation"
)

func TestRealFiles(t *testing.T) {
	datasettest.RealFiles(t, pubannotation.Format, []datasettest.RealFile{
		{Name: "dkpro-pubannotation/SPECIES800/19667393.json", Records: 1, Spans: 9},
		{Name: "dkpro-pubannotation/SPECIES800/19667393-ref.json", Records: 1, Spans: 9},
		{Name: "dkpro-pubannotation/SPECIES800/19667393-ref-ns.json", Records: 1, Spans: 9},
	})
}

func TestWhatIsWrittenComesBack(t *testing.T) { datasettest.RoundTrip(t, pubannotation.Format) }

func FuzzRead(f *testing.F) {
	datasettest.Fuzz(f, pubannotation.Format,
		`{"sourcedb":"PubMed","sourceid":7,"project":"p","text":"😀 Mona said","denotations":[{"id":"T1","span":{"begin":2,"end":6},"obj":"P"},{"id":"T2","span":[{"begin":0,"end":1},{"begin":7,"end":11}],"obj":"C"}],"relations":[{"id":"R1","pred":"by","subj":"T1","obj":"T2"}],"attributes":[{"subj":"R1","pred":"sure","obj":true}],"namespaces":[],"meta":{"k":"v"}}`,
		`[{"text":"x","tracks":[{"project":"a","denotations":[]},{"project":"b","blocks":[{"id":"B","span":{"begin":0,"end":1},"obj":"s"}],"modifications":[{"pred":"Negation","obj":"B"}]}]}]`)
}

func one(t *testing.T, content string) *dataset.Record {
	t.Helper()
	records, failed := datasettest.ReadString(t, pubannotation.Format, content)
	require.Empty(t, failed)
	require.Len(t, records, 1)
	return records[0]
}

const mona = `{"sourcedb":"PubMed","sourceid":"7","project":"ben","text":"Mona said so","target":"http://x",
"denotations":[{"id":"T1","span":{"begin":0,"end":4},"obj":"P"},{"id":"T2","span":[{"begin":5,"end":9},{"begin":10,"end":12}],"obj":"C"}],
"relations":[{"id":"R1","pred":"by","subj":"T2","obj":"T1"},{"id":"R2","pred":"about","subj":"T1","obj":"R1"}],
"attributes":[{"id":"A1","subj":"T1","pred":"sure","obj":true},{"id":"A2","subj":"R1","pred":"n","obj":"1"}],"modifications":[{"id":"M1","pred":"Negation","obj":"T2"}]}`

func TestReadingADocument(t *testing.T) {
	r := one(t, mona)
	assert.Equal(t, "7", r.Document.Name)
	assert.Equal(t, "ben", r.Annotator)
	assert.Equal(t, map[string]string{"sourcedb": "PubMed", "sourceid": "7", "target": "http://x"}, r.Document.Meta)
	assert.Equal(t, map[string]annotate.Value{"sure": annotate.Bool(true)}, r.Spans[0].Attributes)
	assert.Equal(t, map[string]annotate.Value{"Negation": annotate.Bool(true)}, r.Spans[1].Attributes)
	assert.Equal(t, "said so", r.Spans[1].Covered(r.Document.Text))
	assert.Len(t, r.Spans[1].Fragments, 2)
	for _, x := range r.Relations {
		if x.Label == "by" {
			assert.Equal(t, r.Spans[1].ID, x.Role(annotate.Head)[0].Span)
			assert.Equal(t, map[string]annotate.Value{"n": annotate.Text("1")}, x.Attributes)
		} else {
			assert.NotEmpty(t, x.Role(annotate.Tail)[0].Relation)
		}
	}
}

func TestTracksAreAnnotators(t *testing.T) {
	records, failed := datasettest.ReadString(t, pubannotation.Format, `{"text":"Mona","sourceid":"1","tracks":[{"project":"a","denotations":[{"id":"T1","span":{"begin":0,"end":4},"obj":"P"}]},{"project":"b","blocks":[{"id":"B1","span":{"begin":0,"end":4},"obj":"sentence"}]}]}`)
	require.Empty(t, failed)
	require.Len(t, records, 2)
	assert.Equal(t, "a", records[0].Annotator)
	assert.Equal(t, "sentence", records[1].Spans[0].Label)
}

func TestRefusingWhatIsWrong(t *testing.T) {
	denotation := func(span string) string {
		return `{"text":"Mona","denotations":[{"id":"T1","span":` + span + `,"obj":"P"}]}`
	}
	for _, test := range []struct{ name, line, sentence string }{
		{"broken off", `{"text":"Mona","denotations":[]`, "it is not JSON: it breaks off"},
		{"no text", `{"denotations":[]}`, `it has no "text"`},
		{"no span", `{"text":"Mona","denotations":[{"id":"T1","obj":"P"}]}`, `denotation 1: its span: it must be a JSON object, and is missing; the document was left out`},
		{"negative", denotation(`{"begin":-1,"end":2}`), `denotation 1: "begin" is negative: -1; the document was left out`},
		{"huge", denotation(`{"begin":0,"end":99999999999999999999}`), `denotation 1: "end" is far too large: 99999999999999999999; the document was left out`},
		{"beyond the text", denotation(`{"begin":0,"end":9}`), `denotation "T1": offset 9 lies outside the text, which has 4 code points; the document was left out`},
		{"nothing", denotation(`{"begin":2,"end":2}`), `denotation "T1": it covers nothing at offset 2, and a span must cover something; the document was left out`},
		{"no label", `{"text":"Mona","denotations":[{"id":"T1","span":{"begin":0,"end":4}}]}`, `denotation "T1": it has no label; the document was left out`},
		{"a relation to nothing", `{"text":"Mona","denotations":[],"relations":[{"id":"R1","pred":"x","subj":"T1","obj":"T2"}]}`, `relation "R1": its head is "T1", and nothing is called so; the document was left out`},
		{"an attribute without a value", `{"text":"Mona","denotations":[],"attributes":[{"subj":"T1","pred":"x"}]}`, `attribute 1: it must have "subj", "pred" and "obj"; the document was left out`},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, failed := datasettest.ReadString(t, pubannotation.Format, test.line+"\n"+`{"text":"fine","denotations":[]}`+"\n")
			require.Len(t, failed, 1)
			assert.True(t, strings.HasSuffix(failed[0].Error(), "file.json:1: "+test.sentence), failed[0].Error())
			assert.Len(t, records, 1, "the next line is read all the same")
		})
	}
}

func TestWriting(t *testing.T) {
	var out bytes.Buffer
	losses, err := pubannotation.Format.WriteFile(t.Context(), &out, datasettest.Sequence(one(t, mona)), dataset.Options{})
	require.NoError(t, err)
	assert.Empty(t, losses)
	written := out.String()
	assert.True(t, strings.HasPrefix(written, `[{"sourcedb":"PubMed","sourceid":"7","name":"7","project":"ben","text":"Mona said so","denotations":[`+
		`{"id":"T1","span":{"begin":0,"end":4},"obj":"P"},{"id":"T2","span":[{"begin":5,"end":9},{"begin":10,"end":12}],"obj":"C"}],"relations":[`), written)
	assert.Contains(t, written, `{"id":"A1","subj":"T1","pred":"sure","obj":true},{"id":"A2","subj":"T2","pred":"Negation","obj":true}`)
	assert.True(t, strings.HasSuffix(written, `"meta":{"target":"http://x"}}`+"\n]\n"), written)
}
