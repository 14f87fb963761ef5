package w3c_test

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
	"spanwright/annotate/format/w3c"
)

// TestRealFiles reads samples whose texts are elsewhere in the web.
func TestRealFiles(t *testing.T) {
	datasettest.RealFiles(t, w3c.Format, []datasettest.RealFile{
		{Name: "w3c-web-annotation/samples/correct/anno5.json", Failures: 1},
		{Name: "w3c-web-annotation/samples/correct/anno23.json", Failures: 1},
		{Name: "w3c-web-annotation/samples/correct/anno25.json", Failures: 1},
		{Name: "w3c-web-annotation/samples/correct/anno27.json", Failures: 1},
		{Name: "w3c-web-annotation/samples/incorrect/anno10.json", Failures: 1},
		{Name: "recogito/text-annotator-tei/test/annotations.json", Failures: 1},
	})
}

// TestWhyRealFilesAreRefused gives the sample 27 a text of 1000 characters, of which it is about
// 412 to 795, and the one of Recogito, which points into a TEI file, some text.
func TestWhyRealFilesAreRefused(t *testing.T) {
	from := datasettest.Conformance(t)
	for _, test := range []struct{ name, text, sentence string }{
		{"w3c-web-annotation/samples/correct/anno5.json", "", ":2: the text of http://example.org/photo1 is not in the file, and does not lie beside it as photo1.txt; annotations that were left out: 1"},
		{"w3c-web-annotation/samples/correct/anno25.json", "", ":2: the text of http://example.org/page1.html is not in the file, and does not lie beside it as page1.txt; annotations that were left out: 1"},
		{"w3c-web-annotation/samples/correct/anno25.json", "page1.txt", "an annotation was left out: its place is said by XPathSelector, which is not followed"},
		{"w3c-web-annotation/samples/correct/anno27.json", "ebook1.txt", ""},
		{"w3c-web-annotation/samples/incorrect/anno1.json", "", ":1: it is not JSON at byte 1: invalid character 'h' in literal true (expecting 'r'); what follows was left out"},
		{"w3c-web-annotation/samples/incorrect/anno10.json", "", ":7: it is not JSON at byte 196: invalid character '}' looking for beginning of value; what follows was left out"},
		{"recogito/text-annotator-tei/test/annotations.json", "", ":2: the annotation does not say what text it is about, and none lies beside the file as annotations.txt; annotations that were left out: 1"},
		{"recogito/text-annotator-tei/test/annotations.json", "annotations.txt", "an annotation was left out: its place is said by a range, which is not followed"},
	} {
		folder := t.TempDir()
		raw, err := os.ReadFile(filepath.Join(from, test.name))
		require.NoError(t, err)
		path := filepath.Join(folder, filepath.Base(test.name))
		require.NoError(t, os.WriteFile(path, raw, 0o600))
		if test.text == "" {
			records, failed := datasettest.Read(w3c.Format, path)
			assert.Empty(t, records)
			require.Len(t, failed, 1, test.name)
			assert.True(t, strings.HasSuffix(failed[0].Error(), test.sentence), failed[0].Error())
			continue
		}
		require.NoError(t, os.WriteFile(filepath.Join(folder, test.text), []byte(strings.Repeat("0123456789", 100)), 0o600))
		records, failed := datasettest.Read(w3c.Format, path)
		require.Empty(t, failed, test.name)
		require.Len(t, records, 1)
		assert.Equal(t, test.text, records[0].Document.Name)
		if test.sentence != "" {
			require.Len(t, records[0].Remarks, 1)
			assert.Equal(t, test.sentence, records[0].Remarks[0].Sentence)
			continue
		}
		require.Len(t, records[0].Spans, 1)
		assert.Equal(t, annotate.Fragment{Start: 412, End: 795}, records[0].Spans[0].Extent())
		assert.Equal(t, map[string]annotate.Value{"body": annotate.Text("http://example.org/review1")}, records[0].Spans[0].Attributes)
	}
}

func TestWhatIsWrittenComesBack(t *testing.T) { datasettest.RoundTrip(t, w3c.Format) }

func FuzzRead(f *testing.F) {
	datasettest.Fuzz(f, w3c.Format,
		`[{"@context":"http://www.w3.org/ns/anno.jsonld","id":"#1","type":"Annotation","motivation":"describing","creator":{"name":"ben"},"body":[{"type":"TextualBody","purpose":"assessing","label":"status","value":"done"}],"target":{"id":"a","type":"Text","label":"a.txt","value":"😀 Mona said"}},
{"id":"#2","creator":"ben","body":[{"purpose":"tagging","value":"P"},{"purpose":"classifying","label":"n","format":"application/json","value":"[\"x\"]"},{"purpose":"commenting","value":"why"}],"target":[{"source":"a","selector":{"type":"TextPositionSelector","start":2,"end":6}},{"source":"a","selector":[{"type":"TextQuoteSelector","exact":"said","prefix":"Mona "}]}]},
{"id":"#3","creator":"ben","motivation":"linking","body":[{"purpose":"tagging","value":"says"}],"target":["#2",{"source":"#2","label":"x"}]}]`,
		`{"type":"AnnotationCollection","first":{"type":"AnnotationPage","items":[{"motivation":["tagging"],"bodyValue":"x","target":{"source":{"id":"u","value":"y"},"selector":[{"type":"RangeSelector","refinedBy":{"type":"TextQuoteSelector","exact":"y"}}]}}]}}`,
		`{"target":{"items":[{"id":"a","value":"x"}]},"body":["http://example.org/x",{"source":"y#z","purpose":"classifying"}]}`)
}

// annotating returns a file about the text "Mona said what Mona said" with annotations, whose
// source is "a.txt".
func annotating(annotations ...string) string {
	text := `{"type":"Annotation","motivation":"describing","target":{"id":"a.txt","type":"Text","value":"Mona said what Mona said"}}`
	return "[" + strings.Join(append([]string{text}, annotations...), ",\n") + "]"
}

// at returns a target in a.txt.
func at(selectors string) string { return `"target":{"source":"a.txt","selector":` + selectors + `}` }

func one(t *testing.T, content string) *dataset.Record {
	t.Helper()
	records, failed := datasettest.ReadString(t, w3c.Format, content)
	require.Empty(t, failed)
	require.Len(t, records, 1)
	return records[0]
}

func TestFindingThePlace(t *testing.T) {
	quote := func(exact, more string) string {
		return `{"type":"TextQuoteSelector","exact":"` + exact + `"` + more + `}`
	}
	for _, test := range []struct {
		name, selectors string
		start, end      int
		remark          string
	}{
		{"by position", `{"type":"TextPositionSelector","start":15,"end":19}`, 15, 19, ""},
		{"by both", "[" + quote("Mona", "") + `,{"type":"TextPositionSelector","start":15,"end":19}]`, 15, 19, ""},
		{"by words that stand there once", quote("what", ""), 10, 14, ""},
		{"by what stands before", quote("Mona", `,"prefix":"what "`), 15, 19, ""},
		{"by what stands behind", quote("said", `,"suffix":" what"`), 5, 9, ""},
		{"by words whose context has changed", quote("what", `,"prefix":"asked "`), 10, 14, ""},
		{"words twice", quote("Mona", ""), 0, 0, `an annotation was left out: its words stand in the text more than once, and nothing tells which are meant: "Mona"`},
		{"words that are not there", quote("Lisa", ""), 0, 0, `an annotation was left out: its words do not stand in the text: "Lisa"`},
		{"a position that does not fit", "[" + quote("Mona", "") + `,{"type":"TextPositionSelector","start":13,"end":17}]`, 15, 19, `the words "Mona" do not stand at their position; of several places the nearest was taken`},
		{"a position that does not fit, and one place", "[" + quote("what", "") + `,{"type":"TextPositionSelector","start":0,"end":4}]`, 10, 14, ""},
		{"beyond the text", `{"type":"TextPositionSelector","start":15,"end":99}`, 0, 0, "an annotation was left out: its position lies outside the text or inside a character"},
		{"negative", `{"type":"TextPositionSelector","start":-1,"end":9}`, 0, 0, `an annotation was left out: "start" is negative: -1`},
		{"huge", `{"type":"TextPositionSelector","start":1,"end":99999999999999999999}`, 0, 0, `an annotation was left out: "end" is far too large: 99999999999999999999`},
		{"the end before the start", `{"type":"TextPositionSelector","start":9,"end":5}`, 0, 0, "an annotation was left out: its position lies outside the text or inside a character"},
		{"by words in an element", `{"type":"XPathSelector","value":"/p","refinedBy":` + quote("what", "") + `}`, 10, 14, ""},
		{"by a picture's part", `{"type":"SvgSelector","value":"<svg/>"}`, 0, 0, "an annotation was left out: its place is said by SvgSelector, which is not followed"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := one(t, annotating(`{"type":"Annotation","motivation":"highlighting",`+at(test.selectors)+`}`))
			var remarks []string
			for _, remark := range r.Remarks {
				assert.Equal(t, 2, remark.Line)
				remarks = append(remarks, remark.Sentence)
			}
			assert.Equal(t, test.remark, strings.Join(remarks, "\n"))
			if test.end == 0 {
				assert.Empty(t, r.Spans)
				return
			}
			require.Len(t, r.Spans, 1)
			assert.Equal(t, annotate.Fragment{Start: test.start, End: test.end}, r.Spans[0].Extent())
			assert.Equal(t, "highlighting", r.Spans[0].Label)
		})
	}
}

func TestPositionsInUTF16AreConverted(t *testing.T) {
	r := one(t, `{"target":{"source":{"id":"a","value":"😀 Mona"},"selector":[{"type":"TextQuoteSelector","exact":"Mona"},{"type":"TextPositionSelector","start":3,"end":7}]}}`)
	assert.Equal(t, "Mona", r.Spans[0].Covered(r.Document.Text))
	assert.Equal(t, "the offsets count UTF-16 units; they were converted", r.Remarks[0].Sentence)
	r = one(t, `{"target":{"source":{"id":"a","value":"😀 Mona"},"selector":{"type":"TextPositionSelector","start":2,"end":6}}}`)
	assert.Equal(t, "Mona", r.Spans[0].Covered(r.Document.Text))
	assert.Equal(t, "the file does not say what its spans cover, and programs count the characters of this text differently; the offsets were taken for code points", r.Remarks[0].Sentence)
}

func TestWhatBodiesSay(t *testing.T) {
	position := at(`{"type":"TextPositionSelector","start":0,"end":4}`)
	for _, test := range []struct {
		name, bodies, label, note, flag string
		attributes                      map[string]annotate.Value
	}{
		{"a tag", `"body":{"type":"TextualBody","purpose":"tagging","value":"Person"}`, "Person", "", "", nil},
		{"a class", `"body":{"type":"TextualBody","purpose":"classifying","value":"Person"}`, "Person", "", "", nil},
		{"a class that is an address", `"body":{"source":"http://schema.org/Person","purpose":"classifying"}`, "Person", "", "", nil},
		{"several tags", `"body":[{"purpose":"tagging","value":"Person"},{"purpose":"tagging","value":"sure"}]`, "Person", "", "", map[string]annotate.Value{"tag": annotate.Choices("sure")}},
		{"the motivation is the purpose", `"motivation":"tagging","body":{"type":"TextualBody","value":"Person"}`, "Person", "", "", nil},
		{"a comment", `"motivation":"commenting","body":{"type":"TextualBody","value":"why?"}`, "commenting", "why?", "", nil},
		{"a comment in short", `"bodyValue":"why?"`, "annotation", "why?", "", nil},
		{"several comments", `"body":[{"value":"why?"},{"purpose":"replying","value":"so"},{"purpose":"tagging","value":"P"}]`, "P", "why?\nso", "", nil},
		{"an address", `"motivation":["identifying"],"body":"http://www.wikidata.org/entity/Q64"`, "identifying", "", "", map[string]annotate.Value{"identifying": annotate.Text("http://www.wikidata.org/entity/Q64")}},
		{"ours", `"body":[{"purpose":"tagging","value":"P"},{"purpose":"classifying","label":"sure","format":"application/json","value":"true"},{"purpose":"classifying","label":"word","value":"true"},{"purpose":"assessing","label":"flag","value":"discuss"}]`, "P", "", "discuss", map[string]annotate.Value{"sure": annotate.Bool(true), "word": annotate.Text("true")}},
		{"nothing", `"id":"x"`, "annotation", "", "", nil},
	} {
		r := one(t, annotating("{"+test.bodies+","+position+"}"))
		require.Len(t, r.Spans, 1, test.name)
		assert.Equal(t, test.label, r.Spans[0].Label, test.name)
		assert.Equal(t, test.note, r.Spans[0].Note, test.name)
		assert.Equal(t, test.flag, r.Spans[0].Flag, test.name)
		assert.Equal(t, test.attributes, r.Spans[0].Attributes, test.name)
	}
}

func TestLinksAreRelations(t *testing.T) {
	span := func(id string, start, end string) string {
		return `{"id":"` + id + `",` + at(`{"type":"TextPositionSelector","start":`+start+`,"end":`+end+`}`) + `}`
	}
	link := func(rest string) string { return `{"motivation":"linking",` + rest + `}` }
	r := one(t, annotating(
		link(`"id":"l","body":{"purpose":"tagging","value":"by"},"target":["urn:b","urn:a"]`),
		span("urn:a", "0", "4"), span("urn:b", "5", "9"),
		link(`"body":{"purpose":"tagging","value":"leads"},"target":{"id":"urn:a"},"body":"urn:b"`),
		link(`"body":[{"purpose":"tagging","value":"says"}],"target":[{"source":"urn:a","label":"source"},{"source":"l","label":"content"}]`),
		link(`"target":["urn:a","urn:b","urn:a2"]`), link(`"id":"m","target":["urn:gone","urn:b"]`), link(`"target":["m","urn:b"]`),
	))
	require.Len(t, r.Relations, 3)
	found := map[string]*annotate.Relation{}
	for _, x := range r.Relations {
		found[x.Label] = x
	}
	assert.Equal(t, r.Spans[1].ID, found["by"].Role(annotate.Head)[0].Span)
	assert.Equal(t, r.Spans[0].ID, found["by"].Role(annotate.Tail)[0].Span)
	assert.Equal(t, r.Spans[0].ID, found["linking"].Role(annotate.Head)[0].Span)
	assert.Equal(t, r.Spans[1].ID, found["linking"].Role(annotate.Tail)[0].Span)
	assert.Equal(t, found["by"].ID, found["says"].Role("content")[0].Relation)
	require.Len(t, r.Remarks, 1)
	assert.Equal(t, "links to annotations that are not there, or not by the same creator, were left out: 3", r.Remarks[0].Sentence)
}

func TestCreatorsAreAnnotators(t *testing.T) {
	span := func(creator string) string {
		return `{"creator":` + creator + `,` + at(`{"type":"TextPositionSelector","start":0,"end":4}`) + `}`
	}
	records, failed := datasettest.ReadString(t, w3c.Format, annotating(span(`{"id":"u1","name":" Ben\n"}`), span(`"mailto:cy@example.org"`), span(`[{"id":"u2"}]`)))
	require.Empty(t, failed)
	var names []string
	for _, r := range records {
		names = append(names, r.Annotator)
		assert.Len(t, r.Spans, 1)
	}
	assert.Equal(t, []string{"Ben", "mailto:cy@example.org", "u2"}, names)
}

func TestEveryShapeOfAFile(t *testing.T) {
	const a = `{"type":"Annotation","target":{"source":{"id":"a","value":"Mona"},"selector":{"type":"TextPositionSelector","start":0,"end":4}}}`
	for name, content := range map[string]string{
		"one":             a,
		"a list":          "[" + a + "]",
		"a page":          `{"@context":"http://www.w3.org/ns/anno.jsonld","type":"AnnotationPage","items":[` + a + `]}`,
		"a collection":    `{"type":"AnnotationCollection","total":1,"first":{"type":"AnnotationPage","items":` + a[:0] + `[` + a + `]}}`,
		"a graph":         `{"@context":"http://www.w3.org/ns/anno.jsonld","@graph":[` + a + `]}`,
		"a list of pages": `[{"type":"AnnotationPage","items":[` + a + `]}]`,
		"a line":          a + "\n",
	} {
		r := one(t, content)
		assert.Len(t, r.Spans, 1, name)
		assert.Equal(t, "a", r.Document.Name, name)
	}
	records, failed := datasettest.ReadString(t, w3c.Format, `{"type":"AnnotationCollection","first":"http://example.org/page1"}`)
	assert.Empty(t, records)
	require.Len(t, failed, 1)
	assert.Contains(t, failed[0].Error(), ":1: its annotations are elsewhere, at http://example.org/page1; import that page instead")
}

func TestTextsLieBesideTheFileAndNowhereElse(t *testing.T) {
	outside := t.TempDir()
	folder := filepath.Join(outside, "in")
	require.NoError(t, os.MkdirAll(filepath.Join(folder, "sub"), 0o700))
	for name, text := range map[string]string{"in/notes.txt": "Notes", "in/page.txt": "Page", "in/sub/ü 1.txt": "Sub", "secret.txt": "Secret", "in/crlf.txt": "\ufeffA\r\nMona"} {
		require.NoError(t, os.WriteFile(filepath.Join(outside, filepath.FromSlash(name)), []byte(text), 0o600))
	}
	path := filepath.Join(folder, "notes.json")
	for source, text := range map[string]string{
		``: "Notes", `"source":"notes.txt",`: "Notes", `"source":"http://example.org/deep/page.html?x#y",`: "Page", `"source":"http://example.org/page",`: "Page",
		`"source":"sub/%C3%BC%201.txt",`: "Sub", `"source":"../secret.txt",`: "", `"source":"/etc/passwd",`: "", `"source":"..%2Fsecret.txt",`: "", `"source":"urn:x:notes",`: "",
	} {
		require.NoError(t, os.WriteFile(path, []byte(`{"target":{`+source+`"selector":{"type":"TextPositionSelector","start":0,"end":1}}}`), 0o600))
		records, failed := datasettest.Read(w3c.Format, path)
		if text == "" {
			assert.Len(t, failed, 1, source)
			continue
		}
		require.Empty(t, failed, source)
		assert.Equal(t, text, records[0].Document.Text, source)
	}
	require.NoError(t, os.WriteFile(path, []byte(`{"target":{"source":"crlf.txt","selector":[{"type":"TextQuoteSelector","exact":"Mona"},{"type":"TextPositionSelector","start":4,"end":8}]}}`), 0o600))
	records, failed := datasettest.Read(w3c.Format, path)
	require.Empty(t, failed)
	assert.Equal(t, "Mona", records[0].Spans[0].Covered(records[0].Document.Text))
	assert.Equal(t, "the offsets count code points and the byte order mark as a character and each CR LF as two; they were converted", records[0].Remarks[0].Sentence)
}

func TestRefusingWhatIsWrong(t *testing.T) {
	for _, test := range []struct{ name, content, sentence string }{
		{"broken off", `[{"target":`, ":1: it is not JSON: it breaks off; what follows was left out"},
		{"no object", `[7]`, ":1: an annotation must be a JSON object; what follows was left out"},
		{"no target", `{"type":"Annotation"}`, ":1: the annotation has no target; it was left out"},
		{"an empty target", `{"target":[]}`, ":1: the annotation has no target; it was left out"},
		{"two ids", `{"id":["a","b"],"target":"x"}`, `:1: the annotation: "id" must be a text, and is a list; it was left out`},
		{"a target that is none", `{"target":7}`, ":1: the annotation: its target: it must be a JSON object, and is the number 7; it was left out"},
		{"no text", `{"target":"http://example.org/a"}`, ":1: the text of http://example.org/a is not in the file, and does not lie beside it as a.txt; annotations that were left out: 1"},
		{"an id twice", annotating(`{"id":"x",`+at(`{"type":"TextPositionSelector","start":0,"end":4}`)+`}`, `{"id":"x",`+at(`{"type":"TextPositionSelector","start":0,"end":4}`)+`}`), `:3: annotation "x": the id "x" stands twice; the document was left out`},
		{"a circle", annotating(`{"id":"x","motivation":"linking","target":["y"]}`, `{"id":"y","motivation":"linking","target":["x"]}`), `:2: annotation "x": it leads in a circle of relations about relations; the document was left out`},
		{"a text that is none", `{"target":{"id":"a","value":"a\u0000b"}}`, ":1: byte 1 is NUL, so this is not a text file"},
		{"deep nesting", strings.Repeat("[", 100000), ":1: an annotation must be a JSON object; what follows was left out"},
		{"deep sets", `{"target":` + strings.Repeat(`{"items":`, 9000) + "1" + strings.Repeat("}", 9001), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, failed := datasettest.ReadString(t, w3c.Format, test.content)
			require.Len(t, failed, 1)
			assert.True(t, strings.HasSuffix(failed[0].Error(), test.sentence), failed[0].Error())
			assert.Empty(t, records)
		})
	}
}

func TestWriting(t *testing.T) {
	d := annotate.NewDocument("sub/a b.txt", "😀 Mona said so")
	d.SetMeta("date", "2025")
	r := &dataset.Record{
		Document: d, Annotator: "asha", Assessment: &annotate.Assessment{Status: annotate.Done, Note: "fine"},
		Spans: []*annotate.Span{
			{ID: "1", Label: "P", Fragments: []annotate.Fragment{{Start: 5, End: 9}}, Attributes: map[string]annotate.Value{"sure": annotate.Bool(true), "as": annotate.Text("x")}, Note: "why"},
			{ID: "2", Label: "C", Fragments: []annotate.Fragment{{Start: 0, End: 4}, {Start: 15, End: 17}}, Flag: "discuss"},
		},
		Relations: []*annotate.Relation{
			{ID: "3", Label: "by", Arguments: []annotate.Argument{{Role: annotate.Head, Span: "2"}, {Role: annotate.Tail, Span: "1"}}},
			{ID: "4", Label: "says", Arguments: []annotate.Argument{{Role: "source", Span: "1"}, {Role: "content", Relation: "3"}}},
		},
	}
	var out bytes.Buffer
	losses, err := w3c.Format.WriteFile(t.Context(), &out, datasettest.Sequence(r), dataset.Options{})
	require.NoError(t, err)
	assert.Empty(t, losses)
	head := func(id, motivation string) string {
		return `{"@context":"http://www.w3.org/ns/anno.jsonld","id":"` + id + `","type":"Annotation","motivation":"` + motivation + `","creator":{"type":"Person","name":"asha"},`
	}
	body := func(purpose, rest string) string {
		return `{"type":"TextualBody","purpose":"` + purpose + `",` + rest + `}`
	}
	part := func(exact, context, start, end string) string {
		return `{"type":"SpecificResource","source":"sub/a%20b.txt","selector":[{"type":"TextQuoteSelector","exact":"` + exact + `",` + context + `},{"type":"TextPositionSelector","start":` + start + `,"end":` + end + `}]}`
	}
	assert.Equal(t, "["+
		head("#1", "describing")+`"body":[`+body("describing", `"label":"date","value":"2025"`)+","+body("assessing", `"label":"status","value":"done"`)+","+body("commenting", `"value":"fine"`)+
		`],"target":{"id":"sub/a%20b.txt","type":"Text","format":"text/plain","label":"sub/a b.txt","value":"😀 Mona said so"}}`+"\n,"+
		head("#1-T1", "tagging")+`"body":[`+body("tagging", `"value":"P"`)+","+body("classifying", `"label":"as","value":"x"`)+","+body("classifying", `"label":"sure","format":"application/json","value":"true"`)+","+body("commenting", `"value":"why"`)+
		`],"target":[`+part("Mona", `"prefix":"😀 ","suffix":" said so"`, "2", "6")+"]}\n,"+
		head("#1-T2", "tagging")+`"body":[`+body("tagging", `"value":"C"`)+","+body("assessing", `"label":"flag","value":"discuss"`)+
		`],"target":[`+part("😀", `"suffix":" Mona said so"`, "0", "1")+","+part("so", `"prefix":"😀 Mona said "`, "12", "14")+"]}\n,"+
		head("#1-R1", "linking")+`"body":[`+body("tagging", `"value":"by"`)+`],"target":["#1-T2","#1-T1"]}`+"\n,"+
		head("#1-R2", "linking")+`"body":[`+body("tagging", `"value":"says"`)+`],"target":[{"type":"SpecificResource","source":"#1-T1","label":"source"},{"type":"SpecificResource","source":"#1-R1","label":"content"}]}`+"\n]\n", out.String())
}
