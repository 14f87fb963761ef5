package gate_test

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
	"spanwright/annotate/format/gate"
)

// TestRealFiles counts the spans of each annotation set that is not empty.
func TestRealFiles(t *testing.T) {
	const twitter = "broad-twitter-corpus/f.gatexml/home_leon_gate-extras_gate-twitter_experiments_ner___"
	datasettest.RealFiles(t, gate.XML, []datasettest.RealFile{
		{Name: twitter + "1416578527439___4994.xml", Records: 5, Spans: 4 + 2 + 1 + 6 + 13},
		{Name: twitter + "1416578527878___7109.xml", Records: 5, Spans: 5 + 2 + 1 + 6 + 9},
		{Name: twitter + "1416578542696___1976.xml", Records: 5, Spans: 2 + 2 + 1 + 17 + 22},
		{Name: "python-gatenlp/docs/testdocument1.xml", Records: 1, Spans: 14},
		{Name: "python-gatenlp/docs/debug/testdoc1.xml", Records: 1},
	})
	datasettest.RealFiles(t, gate.JSON, []datasettest.RealFile{
		{Name: "python-gatenlp/docs/testdocument1.bdocjs", Records: 3, Spans: 309 + 152 + 324},
		{Name: "python-gatenlp/docs/debug/testdoc1.bdocjs", Records: 1},
	})
}

// TestTokensOfRealFilesCoverTheirStrings holds to what the tokens of a file say they are.
func TestTokensOfRealFilesCoverTheirStrings(t *testing.T) {
	folder := datasettest.Conformance(t)
	checked := 0
	for name, f := range map[string]*dataset.Format{"testdocument1.xml": gate.XML, "testdocument1.bdocjs": gate.JSON} {
		records, failed := datasettest.Read(f, filepath.Join(folder, "python-gatenlp/docs", name))
		require.Empty(t, failed)
		for _, r := range records {
			for _, s := range r.Spans {
				if words, ok := s.Attributes["string"]; ok {
					assert.Equal(t, words.String(), s.Covered(r.Document.Text))
					checked++
				}
			}
		}
	}
	assert.Equal(t, 10+286, checked)
}

func TestWhatIsWrittenComesBack(t *testing.T) {
	t.Run("XML", func(t *testing.T) { datasettest.RoundTrip(t, gate.XML) })
	t.Run("JSON", func(t *testing.T) { datasettest.RoundTrip(t, gate.JSON) })
}

func FuzzReadXML(f *testing.F) {
	datasettest.Fuzz(f, gate.XML,
		`<GateDocument version="3"><GateDocumentFeatures><Feature><Name className="java.lang.String">_name</Name><Value className="java.lang.String">a</Value></Feature></GateDocumentFeatures>
<TextWithNodes><Node id="0"/>😀 M&#13;<Node id="5"/>ona<Node id="8"/></TextWithNodes><AnnotationSet><Annotation Id="1" Type="P" StartNode="0" EndNode="5"><Feature><Name>n</Name><Value className="java.lang.Double">1.5</Value></Feature></Annotation></AnnotationSet>
<AnnotationSet Name="b"><Annotation Id="2" Type="_document" StartNode="0" EndNode="8"/><Annotation Id="3" Type="x" StartNode="5" EndNode="5"/><Annotation Id="4" Type="__document" StartNode="5" EndNode="8"/></AnnotationSet>
<RelationSet Name="b"><Relation Id="5" Type="r" Members="4;6"/><Relation Id="6" Type="r" Members="4"><Feature><Name>_roles</Name><Value className="gate.corpora.ObjectWrapper">&lt;x>&lt;value class="list">&lt;string>cue&lt;/string>&lt;/value>&lt;/x></Value></Feature></Relation></RelationSet></GateDocument>`)
}

func FuzzReadJSON(f *testing.F) {
	datasettest.Fuzz(f, gate.JSON,
		`{"text":"😀 Mona","offset_type":"j","features":{"a":1},"annotation_sets":{"":{"annotations":[{"id":1,"type":"P","start":3,"end":7,"features":{"_note":"n","x":[1],"y":true}}]},"b":{"annotations":[{"id":2,"type":"_document","start":0,"end":7,"features":{"g":"x"}},{"id":"3","type":"P","start":0,"end":2},{"id":4,"type":"r","start":0,"end":2,"features":{"_arguments":[{"role":"x","id":3}]}}]}}}`,
		"{\"annotation_sets\":{}}\n{\"text\":\"x\",\"name\":\"n\"}")
}

func one(t *testing.T, f *dataset.Format, content string) *dataset.Record {
	t.Helper()
	records, failed := datasettest.ReadString(t, f, content)
	require.Empty(t, failed)
	require.Len(t, records, 1)
	return records[0]
}

// inSet is a document whose text is "😀 Mona said" with nodes around its words, and what is given
// in the annotation set asha.
func inSet(annotations string) string {
	return `<GateDocument version="3"><GateDocumentFeatures></GateDocumentFeatures>
<TextWithNodes><Node id="0"/>😀<Node id="2"/> <Node id="3"/>Mona<Node id="7"/> <Node id="8"/>said<Node id="12"/></TextWithNodes>
<AnnotationSet Name="asha">
` + annotations + `</AnnotationSet></GateDocument>`
}

func feature(class, value string) string {
	return `<Feature><Name className="java.lang.String">f</Name><Value className="` + class + `">` + value + `</Value></Feature>`
}

func TestWhatFeaturesAre(t *testing.T) {
	number := func(digits string) annotate.Value {
		n, ok := annotate.Number(digits)
		require.True(t, ok)
		return n
	}
	const list = `<?xml version='1.1'?><gate.corpora.ObjectWrapper><value class="list"><string>a &amp; b</string><int>2</int></value></gate.corpora.ObjectWrapper>`
	const tree = `<gate.corpora.ObjectWrapper><value class="linked-hash-map"><entry/></value></gate.corpora.ObjectWrapper>`
	for _, test := range []struct {
		class, value string
		want         annotate.Value
	}{
		{"java.lang.String", "x", annotate.Text("x")},
		{"java.lang.String", "true", annotate.Text("true")},
		{"java.lang.Boolean", "false", annotate.Bool(false)},
		{"java.lang.Integer", "12", number("12")},
		{"java.lang.Double", "1.0", number("1.0")},
		{"java.lang.Double", "NaN", annotate.Text("NaN")},
		{"java.math.BigDecimal", "3.400", number("3.400")},
		{"gate.corpora.ObjectWrapper", "<![CDATA[" + list + "]]>", annotate.Choices("a & b", "2")},
		{"gate.corpora.ObjectWrapper", "<![CDATA[" + tree + "]]>", annotate.Text(tree)},
		{"gate.corpora.ObjectWrapper", "&lt;broken", annotate.Text("<broken")},
	} {
		r := one(t, gate.XML, inSet(`<Annotation Id="1" Type="P" StartNode="3" EndNode="7">`+feature(test.class, test.value)+`</Annotation>`))
		assert.Equal(t, map[string]annotate.Value{"f": test.want}, r.Spans[0].Attributes, test.value)
		assert.Equal(t, "Mona", r.Spans[0].Covered(r.Document.Text))
		assert.Equal(t, "asha", r.Annotator)
	}
}

func TestRelationsOfGATE(t *testing.T) {
	const spans = `<Annotation Id="1" Type="P" StartNode="3" EndNode="7"/><Annotation Id="2" Type="C" StartNode="8" EndNode="12"/>`
	r := one(t, gate.XML, strings.Replace(inSet(spans), "</GateDocument>", `<RelationSet Name="asha">
<Relation Id="3" Type="coref" Members="2;1"><UserData></UserData>`+feature("java.lang.Boolean", "true")+`</Relation>
<Relation Id="4" Type="all" Members="1;2;3"/></RelationSet></GateDocument>`, 1))
	require.Len(t, r.Relations, 2)
	for _, x := range r.Relations {
		if x.Label == "coref" {
			assert.Equal(t, r.Spans[1].ID, x.Role(annotate.Head)[0].Span)
			assert.Equal(t, r.Spans[0].ID, x.Role(annotate.Tail)[0].Span)
			assert.Equal(t, map[string]annotate.Value{"f": annotate.Bool(true)}, x.Attributes)
			continue
		}
		assert.Len(t, x.Role(annotate.Member), 3)
		assert.NotEmpty(t, x.Arguments[2].Relation)
	}
}

func TestEmptyAnnotationsAndSetsAreLeftOut(t *testing.T) {
	r := one(t, gate.XML, inSet(`<Annotation Id="1" Type="P" StartNode="3" EndNode="3"/>`))
	assert.Empty(t, r.Annotator)
	assert.Equal(t, "annotations that cover nothing were left out: 1", r.Remarks[0].Sentence)
	assert.Equal(t, "file.xml", r.Document.Name)
}

func TestOffsetTypes(t *testing.T) {
	for kind, start := range map[string]string{`"offset_type":"p",`: "2", `"offset_type":"j",`: "3", "": "2"} {
		r := one(t, gate.JSON, `{"text":"😀 Mona",`+kind+`"annotation_sets":{"":{"annotations":[{"id":0,"type":"P","start":`+start+`,"end":`+string(start[0]+4)+`}]}}}`)
		assert.Equal(t, "Mona", r.Spans[0].Covered(r.Document.Text), kind)
		assert.Empty(t, r.Remarks, "the file says what they count")
		assert.Equal(t, "asha", r.Annotator, "the set without a name is of whoever imports")
	}
}

func TestRefusingWhatIsWrong(t *testing.T) {
	annotation := func(fields string) string {
		return `{"text":"Mona","annotation_sets":{"a":{"annotations":[{"id":1,"type":"P",` + fields + `}]}}}`
	}
	for _, test := range []struct {
		name, content, sentence string
		format                  *dataset.Format
	}{
		{"another root", "<TEI/>", ":1:6: it is no document of GATE: its element is TEI, and must be GateDocument", gate.XML},
		{"broken off", "<GateDocument>\n<TextWithNodes>a", ":2:16: it is no proper XML: unexpected EOF", gate.XML},
		{"an entity of its own", `<!DOCTYPE x [<!ENTITY x "y">]><GateDocument/>`, "it declares entities of its own, which are never followed; replace them by what they stand for", gate.XML},
		{"no such node", inSet(`<Annotation Id="1" Type="P" StartNode="3" EndNode="99"/>`), `:4: annotation 1: its EndNode is "99", and no node of the text is called so; the document was left out`, gate.XML},
		{"the end before the start", inSet(`<Annotation Id="1" Type="P" StartNode="7" EndNode="3"/>`), ":4: annotation 1: the range 9 to 5 ends before it begins; the document was left out", gate.XML},
		{"no type", inSet(`<Annotation Id="1" StartNode="3" EndNode="7"/>`), ":4: annotation 1: it has no label; the document was left out", gate.XML},
		{"an id twice", inSet(strings.Repeat(`<Annotation Id="1" Type="P" StartNode="3" EndNode="7"/>`, 2)), `:4: annotation 1: the id "1" stands twice; the document was left out`, gate.XML},
		{"deep nesting", strings.Repeat("<GateDocument>", 1000), "more than 256 elements lie in each other", gate.XML},
		{"another offset type", `{"text":"x","offset_type":"q"}`, `:1: "offset_type" is "q", and must be "p" for code points or "j" for UTF-16 units`, gate.JSON},
		{"broken off", `{"text":"x","annotation_sets":`, ":1: it is not JSON: it breaks off", gate.JSON},
		{"no object", `7`, ":1: it must be a JSON object, and is the number 7", gate.JSON},
		{"negative", annotation(`"start":-1,"end":2`), `:1: annotation set "a": annotation 1: "start" is negative: -1; the document was left out`, gate.JSON},
		{"huge", annotation(`"start":1,"end":99999999999999999999`), `:1: annotation set "a": annotation 1: "end" is far too large: 99999999999999999999; the document was left out`, gate.JSON},
		{"beyond the text", annotation(`"start":1,"end":9`), ":1: annotation 1: offset 9 lies outside the text, which has 4 code points; the document was left out", gate.JSON},
		{"inside a character", strings.Replace(annotation(`"start":1,"end":2`), `"text":"Mona"`, `"offset_type":"j","text":"😀"`, 1), ":1: annotation 1: UTF-16 offset 1 lies inside a character; the document was left out", gate.JSON},
		{"arguments that are none", annotation(`"start":0,"end":2,"features":{"_arguments":7}`), `:1: annotation set "a": annotation 1: annotation 1: its _arguments cannot be read; the document was left out`, gate.JSON},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, failed := datasettest.ReadString(t, test.format, test.content)
			require.Len(t, failed, 1)
			assert.True(t, strings.HasSuffix(failed[0].Error(), test.sentence), failed[0].Error())
			assert.Empty(t, records)
		})
	}
}

// layers returns what two annotators made of a document.
func layers() []*dataset.Record {
	d := annotate.NewDocument("sub/a.txt", "😀 Mona\nsaid & so")
	d.SetMeta("date", "2025")
	asha := &dataset.Record{
		Document: d, Annotator: "asha", Assessment: &annotate.Assessment{Status: annotate.Done, Labels: map[string]annotate.Value{"genre": annotate.Text("news")}},
		Spans: []*annotate.Span{
			{ID: "1", Label: "P", Fragments: []annotate.Fragment{{Start: 5, End: 9}}, Attributes: map[string]annotate.Value{"in": annotate.Choices("a<", "b")}, Note: "why"},
			{ID: "2", Label: "C", Fragments: []annotate.Fragment{{Start: 10, End: 14}}},
		},
		Relations: []*annotate.Relation{
			{ID: "3", Label: "by", Arguments: []annotate.Argument{{Role: annotate.Head, Span: "2"}, {Role: annotate.Tail, Span: "1"}}},
			{ID: "4", Label: "says", Arguments: []annotate.Argument{{Role: "source", Span: "1"}, {Role: "content", Relation: "3"}}},
		},
	}
	return []*dataset.Record{asha, {Document: d, Annotator: "ben"}}
}

func TestLayersOfOneDocumentAreSetsOfOne(t *testing.T) {
	var out bytes.Buffer
	losses, err := gate.JSON.WriteFile(t.Context(), &out, datasettest.Sequence(layers()...), dataset.Options{})
	require.NoError(t, err)
	assert.Empty(t, losses)
	assert.Equal(t, `{"name":"sub/a.txt","text":"😀 Mona\nsaid & so","offset_type":"p","features":{"date":"2025"},"annotation_sets":{`+
		`"asha":{"name":"asha","annotations":[{"id":0,"type":"_document","start":0,"end":16,"features":{"_status":"done","genre":"news"}},`+
		`{"id":1,"type":"P","start":2,"end":6,"features":{"_note":"why","in":["a<","b"]}},{"id":2,"type":"C","start":7,"end":11,"features":{}},`+
		`{"id":3,"type":"by","start":2,"end":11,"features":{"_arguments":[{"role":"head","id":2},{"role":"tail","id":1}]}},`+
		`{"id":4,"type":"says","start":2,"end":6,"features":{"_arguments":[{"role":"source","id":1},{"role":"content","id":3}]}}],"next_annid":5},`+
		`"ben":{"name":"ben","annotations":[{"id":0,"type":"_document","start":0,"end":16,"features":{}}],"next_annid":1}}}`+"\n", out.String())

	folder := t.TempDir()
	losses, err = gate.XML.WriteFolder(t.Context(), folder, datasettest.Sequence(layers()...), dataset.Options{})
	require.NoError(t, err)
	assert.Empty(t, losses)
	raw, err := os.ReadFile(filepath.Join(folder, "sub", "a.xml"))
	require.NoError(t, err)
	value := func(name, class, value string) string {
		return "<Feature>\n  <Name className=\"java.lang.String\">" + name + "</Name>\n  <Value className=\"" + class + "\">" + value + "</Value>\n</Feature>\n"
	}
	assert.Equal(t, `<?xml version='1.0' encoding='UTF-8'?>
<GateDocument version="3">
<GateDocumentFeatures>
`+value("_name", "java.lang.String", "sub/a.txt")+value("date", "java.lang.String", "2025")+`</GateDocumentFeatures>
<TextWithNodes><Node id="0"/>😀 <Node id="3"/>Mona<Node id="7"/>
<Node id="8"/>said<Node id="12"/> &amp; so<Node id="17"/></TextWithNodes>
<AnnotationSet>
</AnnotationSet>
<AnnotationSet Name="asha">
<Annotation Id="4" Type="_document" StartNode="0" EndNode="17">
`+value("_status", "java.lang.String", "done")+value("genre", "java.lang.String", "news")+`</Annotation>
<Annotation Id="0" Type="P" StartNode="3" EndNode="7">
`+value("_note", "java.lang.String", "why")+
		value("in", "gate.corpora.ObjectWrapper", `&lt;?xml version='1.1'?&gt;&lt;gate.corpora.ObjectWrapper&gt;&lt;value class=&quot;list&quot;&gt;&lt;string&gt;a&amp;lt;&lt;/string&gt;&lt;string&gt;b&lt;/string&gt;&lt;/value&gt;&lt;/gate.corpora.ObjectWrapper&gt;`)+`</Annotation>
<Annotation Id="1" Type="C" StartNode="8" EndNode="12">
</Annotation>
</AnnotationSet>
<RelationSet Name="asha">
<Relation Id="2" Type="by" Members="1;0">
<UserData></UserData>
</Relation>
<Relation Id="3" Type="says" Members="0;2">
<UserData></UserData>
`+value("_roles", "gate.corpora.ObjectWrapper", `&lt;?xml version='1.1'?&gt;&lt;gate.corpora.ObjectWrapper&gt;&lt;value class=&quot;list&quot;&gt;&lt;string&gt;source&lt;/string&gt;&lt;string&gt;content&lt;/string&gt;&lt;/value&gt;&lt;/gate.corpora.ObjectWrapper&gt;`)+`</Relation>
</RelationSet>
<AnnotationSet Name="ben">
<Annotation Id="5" Type="_document" StartNode="0" EndNode="17">
</Annotation>
</AnnotationSet>
</GateDocument>
`, string(raw))
}
