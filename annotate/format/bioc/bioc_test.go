package bioc_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/datasettest"
	"spanwright/annotate/format/bioc"
)

func TestRealFiles(t *testing.T) {
	datasettest.RealFiles(t, bioc.JSON, []datasettest.RealFile{
		{Name: "bconv/bioc_json/CRAFT-example.json", Records: 1, Spans: 40, Remarks: 1}, // counts bytes
		{Name: "bconv/bioc_json/elliptic-coordination.json", Records: 1, Spans: 9},
	})
	datasettest.RealFiles(t, bioc.XML, []datasettest.RealFile{
		{Name: "bconv/bioc_xml/CRAFT-example.xml", Records: 1, Spans: 40, Remarks: 1}, // counts bytes
		{Name: "bconv/bioc_xml/elliptic-coordination.xml", Records: 1, Spans: 9},
		{Name: "bionlplab-bioc/bioc/everything.xml", Records: 2, Spans: 5, Relations: 3, Remarks: 1}, // infons of sentences
		{Name: "inception-bioc/bioc/example-with-multiple-documents.xml", Records: 3},
		{Name: "inception-bioc/bioc/example-with-text-in-passage.xml", Failures: 1}, // its annotations have the text "annotation text"
		{Name: "inception-bioc/bioc-suite/annotation-with-single-feature-typed/data.xml", Records: 1, Spans: 1},
		{Name: "inception-bioc/bioc-suite/annotation-with-single-feature-typed/reference.xml", Records: 1, Spans: 1},
		{Name: "inception-bioc/bioc-suite/passage-without-sentences/data.xml", Failures: 1}, // the same
		{Name: "inception-bioc/bioc-suite/passage-without-sentences/reference.xml", Records: 1, Spans: 2, Relations: 1},
	})
}

// TestBothFormsOfOneDocumentSayTheSame reads documents that bconv wrote in both.
func TestBothFormsOfOneDocumentSayTheSame(t *testing.T) {
	folder := datasettest.Conformance(t)
	for _, name := range []string{"CRAFT-example", "elliptic-coordination"} {
		inJSON, failed := datasettest.Read(bioc.JSON, folder+"/bconv/bioc_json/"+name+".json")
		require.Empty(t, failed)
		inXML, failed := datasettest.Read(bioc.XML, folder+"/bconv/bioc_xml/"+name+".xml")
		require.Empty(t, failed)
		assert.Equal(t, datasettest.Statements(bioc.XML, inXML), datasettest.Statements(bioc.XML, inJSON))
	}
}

func TestWhatIsWrittenComesBack(t *testing.T) {
	t.Run("JSON", func(t *testing.T) { datasettest.RoundTrip(t, bioc.JSON) })
	t.Run("XML", func(t *testing.T) { datasettest.RoundTrip(t, bioc.XML) })
}

func FuzzReadJSON(f *testing.F) {
	datasettest.Fuzz(f, bioc.JSON,
		`{"source":"s","date":"","key":"","infons":{"a":1},"documents":[{"id":1,"infons":{},"passages":[{"offset":3,"infons":{"type":"title"},"text":"😀 Mona","sentences":[],"annotations":[{"id":"1","infons":{"type":"P","note":"n","_type":"x"},"text":"Mona","locations":[{"offset":5,"length":4}]}],"relations":[]},{"offset":12,"sentences":[{"offset":12,"text":"She said","annotations":[{"id":"1","infons":{"type":"a.b.C","value":"V"},"text":"She","locations":[{"offset":12,"length":3}]}],"relations":[{"id":"R","infons":{},"nodes":[{"refid":"1","role":"x"}]}]}]}],"relations":[{"nodes":[{"refid":"R","role":"y"}]}]}]}`,
		`[{"id":"a","passages":[{"offset":0,"text":"x"}]},{"documents":[{"id":"b","passages":[]}]}]`,
		"{\"PubTator3\":[{\"id\":\"1\",\"passages\":[]}]}\n{\"id\":\"2\",\"passages\":[]}")
}

func FuzzReadXML(f *testing.F) {
	datasettest.Fuzz(f, bioc.XML,
		`<collection><source>s</source><infon key="a">1</infon><document><id>1</id><infon key="label:x">y</infon><passage><offset>3</offset><text>😀 Mona</text><annotation id="1"><infon key="type">P</infon><location offset="5" length="2"/><location offset="7" length="2"/><text>Mo na</text></annotation></passage><relation id="R"><node refid="1" role="x"/></relation></document></collection>`,
		`<?xml version='1.0'?><!DOCTYPE collection SYSTEM "BioC.dtd"><collection><document><passage><offset>0</offset><sentence><offset>0</offset><text>a&#13;b</text></sentence></passage></document></collection>`)
}

func one(t *testing.T, f *dataset.Format, content string) *dataset.Record {
	t.Helper()
	records, failed := datasettest.ReadString(t, f, content)
	require.Empty(t, failed)
	require.Len(t, records, 1)
	return records[0]
}

// passages is a document whose passages are what is given.
func passages(inner string) string {
	return `{"documents":[{"id":"d","passages":[` + inner + `]}]}`
}

func TestTheTextIsPutTogetherFromItsPieces(t *testing.T) {
	for _, test := range []struct{ name, passages, text string }{
		{"one line between passages", `{"offset":0,"text":"One."},{"offset":5,"text":"Two."}`, "One.\nTwo."},
		{"an empty line", `{"offset":0,"text":"One."},{"offset":6,"text":"Two."}`, "One.\n\nTwo."},
		{"much", `{"offset":0,"text":"One."},{"offset":10,"text":"Two."}`, "One.\n    \nTwo."},
		{"line breaks within", `{"offset":0,"text":"One.\n"},{"offset":5,"text":"Two.\n"}`, "One.\nTwo.\n"},
		{"sentences", `{"offset":0,"sentences":[{"offset":0,"text":"One."},{"offset":5,"text":"Two."}]},{"offset":10,"sentences":[{"offset":10,"text":"Three."}]}`, "One. Two.\nThree."},
		{"counted on from another document", `{"offset":100,"text":"One."},{"offset":105,"text":"Two."}`, "One.\nTwo."},
		{"counted in bytes", `{"offset":0,"text":"Müll."},{"offset":7,"text":"Zwei."},{"offset":13,"text":"Drei."}`, "Müll.\nZwei.\nDrei."},
		{"no text at all", ``, ""},
	} {
		assert.Equal(t, test.text, one(t, bioc.JSON, passages(test.passages)).Document.Text, test.name)
	}
}

func TestWhatOffsetsCountIsFoundOut(t *testing.T) {
	const document = `{"offset":0,"text":"Müll 😀 Mona","annotations":[{"id":"1","infons":{"type":"P"},"text":"Mona","locations":[{"offset":%,"length":4}]}]}`
	for offset, sentence := range map[string]string{
		"7": "", "8": "the offsets count UTF-16 units; they were converted", "11": "the offsets count bytes; they were converted",
	} {
		r := one(t, bioc.JSON, passages(strings.ReplaceAll(document, "%", offset)))
		assert.Equal(t, "Mona", r.Spans[0].Covered(r.Document.Text))
		if sentence == "" {
			assert.Empty(t, r.Remarks)
			continue
		}
		require.Len(t, r.Remarks, 1)
		assert.Equal(t, sentence, r.Remarks[0].Sentence)
	}
}

func TestSpansOfSeveralPartsWhateverStandsBetweenTheirWords(t *testing.T) {
	for _, text := range []string{"Breast Cancers", "BreastCancers", "Breast [...] Cancers", "Breast...Cancers", "Breast and Ovarian Cancers", ""} {
		r := one(t, bioc.JSON, passages(`{"offset":0,"text":"Breast and Ovarian Cancers","annotations":[{"id":"1","infons":{"type":"D"},"text":"`+text+`","locations":[{"offset":0,"length":6},{"offset":19,"length":7}]}]}`))
		assert.Equal(t, []annotate.Fragment{{Start: 0, End: 6}, {Start: 19, End: 26}}, r.Spans[0].Fragments)
	}
	r := one(t, bioc.JSON, passages(`{"offset":0,"text":"a b c d e","annotations":[{"id":"1","infons":{"type":"D"},"text":"a b c d e","locations":[{"offset":0,"length":1},{"offset":4,"length":1},{"offset":8,"length":1}]}]}`))
	assert.Equal(t, "a c e", r.Spans[0].Covered(r.Document.Text))
	_, failed := datasettest.ReadString(t, bioc.JSON, passages(`{"offset":0,"text":"Breast and Ovarian Cancers","annotations":[{"id":"1","infons":{"type":"D"},"text":"Breast Ovarian","locations":[{"offset":0,"length":6},{"offset":19,"length":7}]}]}`))
	require.Len(t, failed, 1)
	assert.Contains(t, failed[0].Error(), `annotation "1": offsets 19 to 26 cover "Cancers", but its text is "Ovarian"; the document was left out`)
}

func TestWhatInfonsSay(t *testing.T) {
	r := one(t, bioc.JSON, `{"source":"PubMed","date":"2020","key":"k","documents":[{"id":7,"infons":{"label:genre":"news","status":"done","annotator":"ben","note":"n","journal":"J"},"passages":[{"offset":0,"infons":{"type":"title","year":2020},"text":"Mona said so",
"annotations":[{"id":"a","infons":{"type":"P","identifier":"Q1","sure":true,"n":1.5,"ids":["x","y"],"note":"why","flag":"unsure","_type":"t"},"text":"Mona","locations":[{"offset":0,"length":4}]},
{"id":"b","infons":{"type":"de.uhh.NamedEntity","value":"PER"},"text":"said","locations":[{"offset":5,"length":4}]},{"id":"c","infons":{},"text":"so","locations":[{"offset":10,"length":2}]}],
"relations":[{"id":"r","infons":{"type":"says","sure":false},"nodes":[{"refid":"a","role":"source"},{"refid":"b","role":"cue"},{"refid":"c","role":"content"}]}]}],
"relations":[{"id":"q","infons":{},"nodes":[{"refid":"r","role":""}]}]}]}`)
	assert.Equal(t, "7", r.Document.Name)
	assert.Equal(t, map[string]string{"collection source": "PubMed", "collection date": "2020", "collection key": "k", "journal": "J", "year": "2020"}, r.Document.Meta)
	assert.Equal(t, "ben", r.Annotator)
	assert.Equal(t, annotate.Done, r.Assessment.Status)
	assert.Equal(t, "n", r.Assessment.Note)
	assert.Equal(t, map[string]annotate.Value{"genre": annotate.Text("news")}, r.Assessment.Labels)
	half, _ := annotate.Number("1.5")
	assert.Equal(t, map[string]annotate.Value{
		"identifier": annotate.Text("Q1"), "sure": annotate.Bool(true), "n": half, "ids": annotate.Choices("x", "y"), "type": annotate.Text("t"),
	}, r.Spans[0].Attributes)
	assert.Equal(t, []string{"P", "PER", "annotation"}, []string{r.Spans[0].Label, r.Spans[1].Label, r.Spans[2].Label})
	assert.Equal(t, map[string]annotate.Value{"layer": annotate.Text("de.uhh.NamedEntity")}, r.Spans[1].Attributes)
	assert.Equal(t, "why", r.Spans[0].Note)
	assert.Equal(t, "unsure", r.Spans[0].Flag)
	require.Len(t, r.Relations, 2)
	for _, x := range r.Relations {
		if x.Label == "says" {
			assert.Equal(t, r.Spans[1].ID, x.Role("cue")[0].Span)
			continue
		}
		assert.Equal(t, "relation", x.Label)
		assert.NotEmpty(t, x.Role("argument")[0].Relation, "a relation about a relation")
	}
}

func TestRelationsOfPubTator3LeadFromConceptToConcept(t *testing.T) {
	relation := func(tail string) string {
		return `{"id":"R1","infons":{"type":"Association","score":"0.9","role1":{"identifier":"MESH:D1","type":"Chemical"},"role2":{"identifier":"` + tail + `"}},"nodes":[{"refid":"0","role":"1,0"},{"refid":"1","role":"2,0"}]}`
	}
	r := one(t, bioc.JSON, `{"PubTator3":[{"_id":"7|None","id":"7","infons":{},"passages":[{"offset":0,"text":"Mona said","annotations":[`+
		`{"id":"1","infons":{"type":"C","identifier":"MESH:D1"},"text":"Mona","locations":[{"offset":0,"length":4}]},{"id":"2","infons":{"type":"D","identifier":"MESH:D2"},"text":"said","locations":[{"offset":5,"length":4}]}]}],`+
		`"relations":[`+relation("MESH:D2")+`,`+relation("MESH:D3")+`],"pmid":7,"journal":"J","date":"2018-09-01T00:00:00Z","authors":["A","B"]}]}`)
	require.Len(t, r.Relations, 1)
	assert.Equal(t, r.Spans[0].ID, r.Relations[0].Role(annotate.Head)[0].Span)
	assert.Equal(t, r.Spans[1].ID, r.Relations[0].Role(annotate.Tail)[0].Span)
	assert.Equal(t, map[string]annotate.Value{"score": annotate.Text("0.9")}, r.Relations[0].Attributes)
	assert.Equal(t, "relations lead from concept to concept; drawn between their first mentions: 1; left out, since one is not mentioned: 1", r.Remarks[0].Sentence)
	assert.Equal(t, map[string]string{"pmid": "7", "journal": "J", "date": "2018-09-01T00:00:00Z", "authors": `["A","B"]`}, r.Document.Meta)
}

func TestIdsThatEachPassageUsesAgain(t *testing.T) {
	r := one(t, bioc.JSON, passages(`{"offset":0,"text":"Mona","annotations":[{"id":"1","infons":{"type":"P"},"text":"Mona","locations":[{"offset":0,"length":4}]}]},
{"offset":5,"text":"Lisa","annotations":[{"id":"1","infons":{"type":"P"},"text":"Lisa","locations":[{"offset":5,"length":4}]}],"relations":[{"nodes":[{"refid":"1","role":"who"}]}]}`))
	assert.Equal(t, r.Spans[1].ID, r.Relations[0].Arguments[0].Span)
}

func TestEveryShapeOfAFile(t *testing.T) {
	const document = `{"id":"a","passages":[{"offset":0,"text":"x"}]}`
	for name, content := range map[string]string{
		"a collection":          `{"documents":[` + document + `,` + document + `]}`,
		"of PubTator":           `{"PubTator3": [` + document + `,` + document + `]}`,
		"of PMC":                `[{"source":"PMC","documents":[` + document + `]},{"documents":[` + document + `]}]`,
		"lines":                 document + "\n" + document + "\n",
		"a list":                "[" + document + ",\n" + document + "]",
		"documents come first":  `{"documents":[` + document + `,` + document + `],"source":"s"}`,
		"with a mark in front":  "\ufeff" + document + document,
		"nothing in a document": `{"documents":[` + document + `,{}]}`,
	} {
		records, failed := datasettest.ReadString(t, bioc.JSON, content)
		assert.Empty(t, failed, name)
		assert.Len(t, records, 2, name)
	}
}

func TestRefusingWhatIsWrongInJSON(t *testing.T) {
	annotation := func(fields string) string {
		return passages(`{"offset":0,"text":"Mona","annotations":[{"id":"1","infons":{"type":"P"},` + fields + `}]}`)
	}
	for _, test := range []struct{ name, content, sentence string }{
		{"broken off", `{"documents":[{"id":"a"`, ":1: it is not JSON: it breaks off; what follows was left out"},
		{"broken off between documents", `{"documents":[`, ":1: it is not JSON: it breaks off; what follows was left out"},
		{"a comma too many", "{\"documents\":[\n{\"id\":\"a\",}]}", ":2: it is not JSON at byte 25: invalid character '}' looking for beginning of object key string; what follows was left out"},
		{"no object", `[[{}]]`, ":1: a collection of BioC must be a JSON object; what follows was left out"},
		{"something else", `{"a":1}`, ":1: it has neither documents nor passages"},
		{"documents that are none", `{"documents":7}`, ":1: the documents must be a list; what follows was left out"},
		{"a text that is none", passages(`{"offset":0,"text":7}`), `:1: "passages.text" cannot be a JSON number; the document was left out`},
		{"no offset", passages(`{"text":"x"}`), ":1: passage 1: its offset is missing; the document was left out"},
		{"a huge gap", passages(`{"offset":0,"text":"x"},{"offset":2000000000,"text":"y"}`), ":1: between offsets 1 and 2000000000 the text is missing, and no more than 1048576 characters are filled in; the document was left out"},
		{"passages that overlap", passages(`{"offset":0,"text":"Mona"},{"offset":2,"text":"y"}`), ":1: the passage at offset 2 begins before the one in front of it ends, at 4; the document was left out"},
		{"other words", annotation(`"text":"Lisa","locations":[{"offset":0,"length":4}]`), `:1: annotation "1": offsets 0 to 4 cover "Mona", but its text is "Lisa"; the document was left out`},
		{"beyond the text", annotation(`"text":"Mona","locations":[{"offset":0,"length":9}]`), `:1: annotation "1": offset 9 lies outside the text, which has 4 code points; the document was left out`},
		{"negative", annotation(`"text":"Mona","locations":[{"offset":-1,"length":4}]`), ":1: passage 1: annotation 1: its offset is negative: -1; the document was left out"},
		{"huge", annotation(`"text":"Mona","locations":[{"offset":0,"length":99999999999999999999}]`), ":1: passage 1: annotation 1: its length is far too large: 99999999999999999999; the document was left out"},
		{"nothing", annotation(`"text":"","locations":[{"offset":2,"length":0}]`), `:1: annotation "1": it covers nothing at offset 2, and a span must cover something; the document was left out`},
		{"a relation to nothing", passages(`{"offset":0,"text":"Mona","relations":[{"id":"r","nodes":[{"refid":"5","role":"who"}]}]}`), `:1: relation "r": its who is "5", and nothing is called so; the document was left out`},
		{"a circle", passages(`{"offset":0,"text":"Mona","relations":[{"id":"r","nodes":[{"refid":"s","role":"who"}]},{"id":"s","nodes":[{"refid":"r","role":"who"}]}]}`), `:1: relation "r": it leads in a circle of relations about relations; the document was left out`},
		{"not UTF-8", "{\"documents\":[{\"id\":\"caf\xe9\"}]}", ":1: byte 10 (0xe9) is not UTF-8; save the file as UTF-8 first"},
		{"half of a surrogate pair", `{"documents":[{"id":"\ud83d"}]}`, ":1: half of a surrogate pair stands at byte 7"},
		{"deep nesting", `{"documents":[` + strings.Repeat("[", 20000), ":1: it is not JSON at byte 10014: invalid character '[' exceeded max depth; what follows was left out"},
		{"deep lists", strings.Repeat("[", 100000), ":1: a collection of BioC must be a JSON object; what follows was left out"},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, failed := datasettest.ReadString(t, bioc.JSON, test.content)
			require.Len(t, failed, 1)
			assert.True(t, strings.HasSuffix(failed[0].Error(), test.sentence), failed[0].Error())
			assert.Empty(t, records)
		})
	}
	records, failed := datasettest.ReadString(t, bioc.JSON, `{"documents":[{"id":7,"passages":[{"text":""}]},{"id":"b","passages":[]}]}`)
	assert.Len(t, failed, 1)
	assert.Len(t, records, 1, "the next document is read all the same")
}

func TestRefusingWhatIsWrongInXML(t *testing.T) {
	document := func(inner string) string {
		return "<collection><document><id>d</id>\n<passage><offset>0</offset><text>Mona</text>\n" + inner + "</passage></document></collection>"
	}
	for _, test := range []struct{ name, content, sentence string }{
		{"another root", "<TEI/>", ":1:6: it is no BioC: its element is TEI, and must be collection"},
		{"broken off", "<collection>\n<document><id>", ":2:14: it is no proper XML: unexpected EOF; what follows was left out"},
		{"an entity of its own", `<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/passwd">]><collection>&x;</collection>`, "it declares entities of its own, which are never followed; replace them by what they stand for"},
		{"no offset", "<collection><document><passage>\n<text>x</text></passage></document></collection>", ":1: the offset of a passage is missing; the document was left out"},
		{"no number", document(`<annotation id="1"><location offset="a" length="4"/><text>Mona</text></annotation>`), `:3: the offset of a location must be a whole number, and is "a"; the document was left out`},
		{"negative", document(`<annotation id="1"><location offset="0" length="-4"/><text>Mona</text></annotation>`), ":3: the length of a location is negative: -4; the document was left out"},
		{"other words", document(`<annotation id="1"><infon key="type">P</infon><location offset="0" length="4"/><text>Lisa</text></annotation>`), `:3: annotation "1": offsets 0 to 4 cover "Mona", but its text is "Lisa"; the document was left out`},
		{"a relation to nothing", document(`<relation id="r"><node refid="5" role="who"/></relation>`), `:3: relation "r": its who is "5", and nothing is called so; the document was left out`},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, failed := datasettest.ReadString(t, bioc.XML, test.content)
			require.Len(t, failed, 1)
			assert.True(t, strings.HasSuffix(failed[0].Error(), test.sentence), failed[0].Error())
			assert.Empty(t, records)
		})
	}
}

func written(t *testing.T, f *dataset.Format) string {
	t.Helper()
	d := annotate.NewDocument("a.txt", "😀 Mona\n\nsaid & so\n")
	d.SetMeta("date", "2025")
	d.SetMeta("status", "old")
	span := func(id, label string, fragments ...annotate.Fragment) *annotate.Span {
		return &annotate.Span{ID: annotate.ID(id), Document: d.ID, Annotator: "asha", Label: label, Fragments: fragments}
	}
	r := &dataset.Record{
		Document: d, Annotator: "asha", Assessment: &annotate.Assessment{Status: annotate.Done, Labels: map[string]annotate.Value{"genre": annotate.Text("news")}},
		Spans: []*annotate.Span{
			span("1", "P", annotate.Fragment{Start: 5, End: 9}),
			span("2", "all", annotate.Fragment{Start: 5, End: 15}),
			span("3", "C", annotate.Fragment{Start: 11, End: 15}, annotate.Fragment{Start: 18, End: 20}),
		},
		Relations: []*annotate.Relation{{ID: "4", Label: "says", Arguments: []annotate.Argument{{Role: "source", Span: "1"}, {Role: "cue", Span: "3"}}}},
	}
	r.Spans[0].Attributes = map[string]annotate.Value{"sure": annotate.Bool(true), "note": annotate.Text("x")}
	r.Spans[0].Note = "why"
	var losses dataset.Losses
	r = dataset.Fit(r, f.Holds, dataset.Options{}, &losses)
	var out bytes.Buffer
	_, err := f.WriteFile(t.Context(), &out, datasettest.Sequence(r), dataset.Options{})
	require.NoError(t, err)
	return out.String()
}

func TestWritingJSON(t *testing.T) {
	assert.Equal(t, `{"source":"","date":"","key":"","infons":{},"documents":[
{"id":"a.txt","infons":{"_status":"old","annotator":"asha","date":"2025","label:genre":"news","status":"done"},"passages":[`+
		`{"offset":0,"infons":{"type":"paragraph"},"text":"😀 Mona\n\n","sentences":[],"annotations":[`+
		`{"id":"T1","infons":{"_note":"x","note":"why","sure":true,"type":"P"},"text":"Mona","locations":[{"offset":2,"length":4}]}],"relations":[]},`+
		`{"offset":8,"infons":{"type":"paragraph"},"text":"said & so\n","sentences":[],"annotations":[`+
		`{"id":"T3","infons":{"type":"C"},"text":"said so","locations":[{"offset":8,"length":4},{"offset":15,"length":2}]}],"relations":[]}],`+
		`"annotations":[{"id":"T2","infons":{"type":"all"},"text":"Mona\n\nsaid","locations":[{"offset":2,"length":10}]}],`+
		`"relations":[{"id":"R1","infons":{"type":"says"},"nodes":[{"refid":"T1","role":"source"},{"refid":"T3","role":"cue"}]}]}
]}
`, written(t, bioc.JSON))
}

func TestWritingXML(t *testing.T) {
	assert.Equal(t, `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE collection SYSTEM "BioC.dtd">
<collection>
  <source></source>
  <date></date>
  <key></key>
  <document>
    <id>a.txt</id>
    <infon key="_status">old</infon>
    <infon key="annotator">asha</infon>
    <infon key="date">2025</infon>
    <infon key="label:genre">news</infon>
    <infon key="status">done</infon>
    <passage>
      <infon key="type">paragraph</infon>
      <offset>0</offset>
      <text>😀 Mona

</text>
      <annotation id="T1">
        <infon key="_note">x</infon>
        <infon key="note">why</infon>
        <infon key="sure">true</infon>
        <infon key="type">P</infon>
        <location offset="2" length="4"/>
        <text>Mona</text>
      </annotation>
    </passage>
    <passage>
      <infon key="type">paragraph</infon>
      <offset>8</offset>
      <text>said &amp; so
</text>
      <annotation id="T3">
        <infon key="type">C</infon>
        <location offset="8" length="4"/>
        <location offset="15" length="2"/>
        <text>said so</text>
      </annotation>
    </passage>
    <annotation id="T2">
      <infon key="type">all</infon>
      <location offset="2" length="10"/>
      <text>Mona

said</text>
    </annotation>
    <relation id="R1">
      <infon key="type">says</infon>
      <node refid="T1" role="source"/>
      <node refid="T3" role="cue"/>
    </relation>
  </document>
</collection>
`, written(t, bioc.XML))
}
