package exchange_test

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/store"
)

// changed is a scheme whose items were all called something else once.
const changed = `
name: changed
spans:
  - {label: Claim, formerly: [Statement], attributes: [{name: sure, formerly: [certainty], kind: choice, values: [{name: high, formerly: [very]}, {name: low}]}]}
  - {label: Source}
relations:
  - {label: said, formerly: [claimed], roles: [{name: who, formerly: [head]}, {name: what, formerly: [tail]}]}
document: [{name: genre, formerly: [kind], kind: text}]
records: [{label: question, formerly: [query], attributes: [{name: words, formerly: [text], kind: text}]}]
flags: [{name: discuss, formerly: [talk]}]
`

// earlier is a document in the words the scheme had, and one in those it has.
const earlier = `{"id":"d1","name":"a.txt","text":"Mona said no.","meta":{},"annotator":"asha","status":"done","labels":{"kind":"report"},"flag":"talk","spans":[` +
	`{"id":"s1","label":"Source","start":0,"end":4,"text":"Mona","fragments":[[0,4]],"attributes":{}},` +
	`{"id":"s2","label":"Statement","start":10,"end":12,"text":"no","fragments":[[10,12]],"attributes":{"certainty":"very"},"flag":"talk"},` +
	`{"id":"s3","label":"Claim","start":5,"end":12,"text":"said no","fragments":[[5,12]],"attributes":{"certainty":"very","sure":"low"}}],` +
	`"relations":[{"id":"r1","label":"claimed","args":[{"role":"head","span":"s1"},{"role":"tail","span":"s2"}],"attributes":{}}],` +
	`"records":[{"id":"q1","label":"query","attributes":{"text":"Who?"}}],"offsets":"codepoint","scheme":"changed"}
{"id":"d2","name":"b.txt","text":"Mona.","meta":{},"annotator":"asha","status":"done","labels":{},"spans":[` +
	`{"id":"s4","label":"Source","start":0,"end":4,"text":"Mona","fragments":[[0,4]],"attributes":{}}],"relations":[],"offsets":"codepoint","scheme":"changed"}
`

func TestFormerNamesBecomeThePresentOnesAndAreReported(t *testing.T) {
	scheme, err := annotate.ParseScheme("changed.yaml", []byte(changed))
	require.NoError(t, err)
	p, err := store.Create(filepath.Join(t.TempDir(), "p.spanwright"), scheme)
	require.NoError(t, err)
	defer p.Close()
	path := write(t, "a.jsonl", earlier)
	report := importing(t, p, "bela", path)
	require.Empty(t, report.Skipped)
	assert.Empty(t, report.Scheme, "nothing had to be added")
	var said []string
	for _, r := range report.Remarks {
		said = append(said, r.Sentence)
	}
	assert.ElementsMatch(t, []string{
		"label Statement was taken for Claim, once",
		"attribute certainty of label Statement was taken for sure, once",
		"attribute certainty of label Claim was left out beside a value of sure, once",
		"value very of attribute certainty of label Statement was taken for high, once",
		"flag talk was taken for discuss, 2 times",
		"relation claimed was taken for said, once",
		"role head of relation claimed was taken for who, once",
		"role tail of relation claimed was taken for what, once",
		"record query was taken for question, once",
		"attribute text of record query was taken for words, once",
		"attribute kind of the document was taken for genre, once",
	}, said)

	layer, err := p.Layer("d1", "asha")
	require.NoError(t, err)
	assert.Equal(t, "Claim", layer.Span("s2").Label)
	assert.Equal(t, map[string]annotate.Value{"sure": annotate.Text("high")}, layer.Span("s2").Attributes)
	assert.Equal(t, map[string]annotate.Value{"sure": annotate.Text("low")}, layer.Span("s3").Attributes)
	assert.Equal(t, []annotate.Argument{{Role: "who", Span: "s1"}, {Role: "what", Span: "s2"}}, layer.Relation("r1").Arguments)
	assert.Equal(t, "Who?", layer.Record("q1").Attributes["words"].String())
	assessment, err := p.Assessment("d1", "asha")
	require.NoError(t, err)
	assert.Equal(t, "discuss", assessment.Flag)
	assert.Equal(t, "report", assessment.Labels["genre"].String())

	assert.Empty(t, importing(t, p, "bela", path).Remarks, "the same again is there already")
}

func TestAFolderWhoseLabelsAreFormerNamesOffersNothing(t *testing.T) {
	p, err := store.Create(filepath.Join(t.TempDir(), "p.spanwright"), template(t, "claims"))
	require.NoError(t, err)
	defer p.Close()
	folder := files(t, map[string]string{"annotation.conf": "[entities]\nSource\nCue\nContent\n", "a.txt": "Mona said no.", "a.ann": "T1\tContent 10 12\tno\n"})
	report := importing(t, p, "asha", folder)
	require.Len(t, report.Remarks, 1)
	assert.Equal(t, "label Content was taken for Claim, once", report.Remarks[0].String())
}
