package arggraph_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/datasettest"
	"spanwright/annotate/format/arggraph"
)

func TestRealFiles(t *testing.T) {
	datasettest.RealFiles(t, arggraph.Format, []datasettest.RealFile{
		{Name: "arg-microtexts/de/micro_b001.xml", Records: 1, Spans: 5, Relations: 4},
		{Name: "arg-microtexts/en/micro_b001.xml", Records: 1, Spans: 5, Relations: 4},
	})
}

// TestARealGraph says what the picture of the graph shows.
func TestARealGraph(t *testing.T) {
	path := filepath.Join(datasettest.Conformance(t), "arg-microtexts/en/micro_b001.xml")
	records, failed := datasettest.Read(arggraph.Format, path)
	require.Empty(t, failed)
	r := records[0]
	text, err := os.ReadFile(strings.TrimSuffix(path, ".xml") + ".txt")
	require.NoError(t, err)
	assert.Equal(t, string(text), r.Document.Text)
	assert.Equal(t, "micro_b001.txt", r.Document.Name)
	assert.Equal(t, map[string]string{"id": "micro_b001", "topic_id": "waste_separation", "stance": "pro"}, r.Document.Meta)
	assert.Equal(t, "But still Germany produces way too much rubbish", r.Spans[2].Covered(r.Document.Text))
	assert.Equal(t, map[string]annotate.Value{"type": annotate.Text("opp")}, r.Spans[0].Attributes)
	found := map[string]*annotate.Relation{}
	for _, x := range r.Relations {
		found[x.Label] = x
	}
	assert.Equal(t, []annotate.Argument{{Role: annotate.Head, Span: r.Spans[0].ID}, {Role: annotate.Tail, Span: r.Spans[4].ID}}, found["reb"].Arguments)
	assert.Equal(t, []annotate.Argument{{Role: annotate.Head, Span: r.Spans[2].ID}, {Role: annotate.Tail, Relation: found["reb"].ID}}, found["und"].Arguments)
	assert.Equal(t, []annotate.Argument{{Role: annotate.Head, Span: r.Spans[3].ID}, {Role: annotate.Tail, Relation: found["und"].ID}}, found["add"].Arguments)
}

func FuzzRead(f *testing.F) {
	datasettest.Fuzz(f, arggraph.Format,
		`<arggraph id="a"><edu id="e1">One.</edu><edu id="e2">Two.</edu><joint id="j"/><adu id="a1" type="pro"/><edge id="c" src="e1" trg="j" type="seg"/><edge src="j" trg="a1" type="seg"/><edge id="d" src="a1" trg="e2" type="sup"/></arggraph>`)
}

func one(t *testing.T, content string) *dataset.Record {
	t.Helper()
	records, failed := datasettest.ReadString(t, arggraph.Format, content)
	require.Empty(t, failed)
	require.Len(t, records, 1)
	return records[0]
}

func TestUnitsOfSeveralSegments(t *testing.T) {
	r := one(t, `<arggraph><edu id="e1">One.</edu><edu id="e2">Two.</edu><edu id="e3">Three.</edu><edu id="e4">Four.</edu><joint id="j1"/><adu id="a1"/><adu id="a2"/>
<edge src="e1" trg="j1" type="seg"/><edge src="e2" trg="j1" type="seg"/><edge src="j1" trg="a1" type="seg"/><edge src="e4" trg="a1" type="seg"/><edge src="a1" trg="j1" type="seg"/></arggraph>`)
	require.Len(t, r.Spans, 2)
	assert.Equal(t, "One. Two. Three. Four.", r.Document.Text, "no text lies beside it")
	assert.Equal(t, "One. Two. Four.", r.Spans[0].Covered(r.Document.Text))
	assert.Len(t, r.Spans[0].Fragments, 2, "what only blanks part is one")
	assert.Equal(t, "edu", r.Spans[1].Label, "a segment that is no part of a unit")
	assert.Equal(t, "units without a segment were left out: 1", r.Remarks[0].Sentence)
}

func TestRefusingWhatIsWrong(t *testing.T) {
	for _, test := range []struct{ name, content, text, sentence string }{
		{"another root", "<TEI/>", "", ":1:6: it is no argumentation graph: its element is TEI, and must be arggraph"},
		{"broken off", "<arggraph>\n<edu>", "", ":2:5: it is no proper XML: unexpected EOF"},
		{"an entity of its own", `<!DOCTYPE x [<!ENTITY x "y">]><arggraph/>`, "", "it declares entities of its own, which are never followed; replace them by what they stand for"},
		{"another text", "<arggraph>\n<edu id=\"e1\">One.</edu></arggraph>", "Two.", `:2: the segment e1, "One.", does not stand in file.txt behind the one before it`},
		{"another order", "<arggraph>\n<edu id=\"e1\">One.</edu>\n<edu id=\"e2\">Two.</edu></arggraph>", "Two. One.", `:3: the segment e2, "Two.", does not stand in file.txt behind the one before it`},
		{"an edge to nothing", "<arggraph><edu id=\"e1\">One.</edu>\n<edge id=\"c\" src=\"e1\" trg=\"a7\" type=\"sup\"/></arggraph>", "", `:2: edge c: its tail is "a7", and nothing is called so; the document was left out`},
		{"a circle", "<arggraph><edu id=\"e1\">One.</edu>\n<edge id=\"c\" src=\"e1\" trg=\"d\"/><edge id=\"d\" src=\"e1\" trg=\"c\"/></arggraph>", "", ":2: edge c: it leads in a circle of relations about relations; the document was left out"},
		{"an id twice", "<arggraph><edu id=\"e1\">One.</edu>\n<edu id=\"e1\">Two.</edu></arggraph>", "", `:2: edu e1: the id "e1" stands twice; the document was left out`},
	} {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "file.xml")
			require.NoError(t, os.WriteFile(path, []byte(test.content), 0o600))
			if test.text != "" {
				require.NoError(t, os.WriteFile(strings.TrimSuffix(path, ".xml")+".txt", []byte(test.text), 0o600))
			}
			records, failed := datasettest.Read(arggraph.Format, path)
			require.Len(t, failed, 1)
			assert.True(t, strings.HasSuffix(failed[0].Error(), test.sentence), failed[0].Error())
			assert.Empty(t, records)
		})
	}
}
