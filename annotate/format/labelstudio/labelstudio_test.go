package labelstudio_test

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
	"spanwright/annotate/format/labelstudio"
)

// TestRealFiles has counts of jq: annotations that were not cancelled and tasks without any;
// results of type labels and paragraphlabels; for each task one remark if it has
// predictions, one if its text is not named, and one for each type that is not about text.
func TestRealFiles(t *testing.T) {
	datasettest.RealFiles(t, labelstudio.Format, []datasettest.RealFile{
		{Name: "label-studio-frontend/named_entity/annotations/1.json", Records: 1, Spans: 1},
		{Name: "label-studio-frontend/named_entity/tasks.json", Records: 1, Remarks: 1},
		{Name: "label-studio-frontend/nested_choices/annotations/0.json", Records: 1, Remarks: 1},
		{Name: "label-studio-frontend/nested_choices/tasks.json", Records: 1, Remarks: 1},
		{Name: "label-studio-frontend/phrases/annotations/1.json", Records: 1, Spans: 1, Remarks: 1},
		{Name: "label-studio-frontend/phrases/tasks.json", Records: 1, Remarks: 1},
		{Name: "label-studio-sdk/test_export_csv/csv_test.json", Records: 2, Remarks: 4},
		{Name: "label-studio-sdk/test_export_csv/csv_test2.json", Records: 1, Remarks: 1},
		{Name: "label-studio-sdk/test_export_csv/csv_test_colliding_keys_mixed.json", Records: 2},
		{Name: "label-studio-sdk/test_export_json_min/chat_data.json", Records: 1, Remarks: 2},
	})
}

func TestWhatIsWrittenComesBack(t *testing.T) {
	t.Run("tasks", func(t *testing.T) { datasettest.RoundTrip(t, labelstudio.Format) })
	t.Run("JSON_MIN", func(t *testing.T) { datasettest.RoundTrip(t, labelstudio.Min) })
}

func FuzzRead(f *testing.F) {
	datasettest.Fuzz(f, labelstudio.Min,
		`[{"text":"Mona","tone":"dry","stars":[{"number":4}],"topic":[{"taxonomy":[["a","b"]]}],"none":{"choices":[]},"meta":{"a":"b"},"annotator":null,"annotation_id":null}]`,
		`[{"text":"Mona said","label":[{"start":0,"end":4,"labels":["P"]}],"why":[{"start":0,"end":4,"choices":["a"]},{"start":5,"end":9,"number":1}],"annotation_id":1,"annotator":1}]`,
		whole, page, talk,
		`[{"text":"Mona said","label":[{"start":0,"end":4,"text":"Mona","labels":["P"]}],"mood":{"choices":["a","b"]},"annotator":2,"annotation_id":1}]`,
		`{"data":{"text":"a"},"completions":[{"was_cancelled":true,"result":[]}],"predictions":[{"result":[]}]}`)
}

const (
	whole = `[{"id":7,"data":{"text":"😀 Mona said","url":"u"},"annotations":[
{"id":1,"completed_by":{"id":4,"email":"asha@example.org"},"was_cancelled":false,"result":[
 {"id":"a","from_name":"who","to_name":"text","type":"choices","value":{"start":3,"end":7,"text":"Mona","choices":["woman"]}},
 {"id":"a","from_name":"ner","to_name":"text","type":"labels","value":{"start":3,"end":7,"text":"Mona","labels":["P","Actor"]},"meta":{"text":["why?","so"]}},
 {"id":"b","from_name":"ner","to_name":"text","type":"labels","value":{"start":8,"end":12,"text":"said","labels":["C"]}},
 {"id":"c","from_name":"topic","to_name":"text","type":"taxonomy","value":{"taxonomy":[["World","Art"],["World","Sport"]]}},
 {"id":"d","from_name":"stars","to_name":"text","type":"rating","value":{"rating":4}},
 {"id":"e","from_name":"mood","to_name":"text","type":"choices","value":{"choices":[]}},
 {"id":"f","from_name":"box","to_name":"image","type":"rectanglelabels","value":{"x":1,"y":2,"rectanglelabels":["Car"]}},
 {"type":"relation","from_id":"b","to_id":"a","direction":"left","labels":["by"]}]},
{"id":2,"completed_by":5,"was_cancelled":true,"result":[{"id":"x","type":"labels","value":{"start":0,"end":2,"labels":["X"]}}]},
{"id":3,"completed_by":6,"result":[]}],
"predictions":[{"model_version":"m","result":[{"id":"y","type":"labels","value":{"start":0,"end":2,"labels":["Y"]}}]}]}]`
	page = `{"data":{"html":"<h1>On A&amp;B</h1><p>😀 <b>Mona</b> said</p>"},"annotations":[{"completed_by":1,"result":[
 {"id":"a","from_name":"l","to_name":"html","type":"hypertextlabels","value":{"start":"/p[1]/b[1]/text()[1]","end":"/p[1]/b[1]/text()[1]","startOffset":0,"endOffset":4,"globalOffsets":{"start":9,"end":13},"text":"Mona","hypertextlabels":["P"]}},
 {"id":"b","from_name":"l","to_name":"html","type":"hypertextlabels","value":{"start":"/p[1]/b[1]/text()[1]","end":"/p[1]/text()[2]","startOffset":0,"endOffset":5,"text":"Mona said","hypertextlabels":["C"]}}]}]}`
	talk = `{"data":{"dialogue":[{"author":"Mia:","text":"😀 Hi"},{"author":"Vincent","text":"Hate what?"}]},"annotations":[{"completed_by":1,"result":[
 {"id":"a","from_name":"l","to_name":"dialogue","type":"paragraphlabels","value":{"start":"1","end":"1","startOffset":5,"endOffset":9,"text":"what","paragraphlabels":["Q"]}}]}]}`
)

// said returns the labels of spans with what they cover.
func said(r *dataset.Record) map[string]string {
	covered := map[string]string{}
	for _, s := range r.Spans {
		covered[s.Label] = s.Covered(r.Document.Text)
	}
	return covered
}

func sentences(r *dataset.Record) []string {
	var all []string
	for _, remark := range r.Remarks {
		all = append(all, remark.Sentence)
	}
	return all
}

func TestReadingATask(t *testing.T) {
	records, failed := datasettest.ReadString(t, labelstudio.Format, whole)
	require.Empty(t, failed)
	require.Len(t, records, 2, "the one that was cancelled is left out")
	r := records[0]
	assert.Equal(t, "file-7.txt", r.Document.Name)
	assert.Equal(t, map[string]string{"url": "u", "id": "7"}, r.Document.Meta)
	assert.Equal(t, "asha@example.org", r.Annotator)
	assert.Equal(t, annotate.Done, r.Assessment.Status)
	assert.Equal(t, map[string]string{"P": "Mona", "Actor": "Mona", "C": "said"}, said(r))
	for _, s := range r.Spans {
		if s.Label != "C" {
			assert.Equal(t, map[string]annotate.Value{"who": annotate.Text("woman")}, s.Attributes, s.Label)
			assert.Equal(t, "why?\nso", s.Note, s.Label)
		}
	}
	four, _ := annotate.Number("4")
	assert.Equal(t, map[string]annotate.Value{"topic": annotate.Choices("Art", "Sport"), "stars": four}, r.Assessment.Labels)
	require.Len(t, r.Relations, 1)
	assert.Equal(t, "by", r.Relations[0].Label)
	for role, label := range map[string]string{annotate.Head: "P", annotate.Tail: "C"} {
		for _, s := range r.Spans {
			if s.ID == r.Relations[0].Role(role)[0].Span {
				assert.Equal(t, label, s.Label, role)
			}
		}
	}
	assert.Equal(t, []string{
		`results of type "rectanglelabels" are not about a text and were left out: 1`,
		"an annotation was skipped by its annotator and is left out",
		"a prediction of a model is no annotation and was left out",
	}, sentences(r))
	assert.Equal(t, "user 6", records[1].Annotator)
	assert.Equal(t, r.Document.ID, records[1].Document.ID)
}

func TestReadingPagesAndDialogues(t *testing.T) {
	records, failed := datasettest.ReadString(t, labelstudio.Format, page+"\n")
	require.Empty(t, failed)
	assert.Equal(t, "On A&B😀 Mona said", records[0].Document.Text)
	assert.Equal(t, map[string]string{"P": "Mona", "C": "Mona said"}, said(records[0]))
	records, failed = datasettest.ReadString(t, labelstudio.Format, talk)
	require.Empty(t, failed)
	assert.Equal(t, "Mia: 😀 Hi\nVincent: Hate what?\n", records[0].Document.Text)
	assert.Equal(t, map[string]string{"Q": "what"}, said(records[0]))
}

func TestReadingJSONMin(t *testing.T) {
	records, failed := datasettest.ReadString(t, labelstudio.Format, `[{"id":1,"text":"Mona said","label":[{"start":0,"end":4,"text":"Mona","labels":["P"]}],"mood":{"choices":["a","b"]},"tone":"dry","annotator":2,"annotation_id":3,"lead_time":1.5},
{"id":2,"text":"Nothing here","annotator":"ben","annotation_id":4}]`)
	require.Empty(t, failed)
	require.Len(t, records, 2)
	r := records[0]
	assert.Equal(t, map[string]string{"P": "Mona"}, said(r))
	assert.Equal(t, "user 2", r.Annotator)
	assert.Equal(t, map[string]annotate.Value{"mood": annotate.Choices("a", "b")}, r.Assessment.Labels)
	assert.Equal(t, map[string]string{"id": "1", "tone": "dry"}, r.Document.Meta)
	assert.Equal(t, "ben", records[1].Annotator)
	assert.Equal(t, annotate.Done, records[1].Assessment.Status)
}

// TestWritingJSONMin has the layout that Label Studio's converter gives to tasks of these annotations.
func TestWritingJSONMin(t *testing.T) {
	d := annotate.NewDocument("a.txt", "😀 Mona said")
	d.Meta = map[string]string{"url": "u"}
	asha := &dataset.Record{Document: d, Annotator: "asha@example.org", Assessment: &annotate.Assessment{Document: d.ID, Annotator: "asha@example.org"}}
	four, _ := annotate.Number("4")
	asha.Assessment.Labels = map[string]annotate.Value{
		"mood": annotate.Choices("a", "b"), "only": annotate.Choices("a"), "none": annotate.Choices(), "stars": four, "true": annotate.Bool(true),
		"topic": annotate.Text("Ball"), "said": annotate.Text("free"), "name": annotate.Text("x"), "day": annotate.Text("2026-03-31"),
	}
	asha.Spans = []*annotate.Span{{ID: annotate.NewID(), Document: d.ID, Annotator: asha.Annotator, Label: "P", Fragments: []annotate.Fragment{{Start: 5, End: 9}}}}
	bare := &dataset.Record{Document: annotate.NewDocument("b.txt", "Nothing here")}
	scheme := &annotate.Scheme{Document: []annotate.Attribute{
		{Name: "mood", Kind: annotate.SeveralKind},
		{Name: "only", Kind: annotate.SeveralKind},
		{Name: "none", Kind: annotate.SeveralKind},
		{Name: "stars", Kind: annotate.IntegerKind},
		{Name: "true", Kind: annotate.BooleanKind},
		{Name: "topic", Kind: annotate.ChoiceKind, Values: []annotate.Choice{{Name: "Sport", Values: []annotate.Choice{{Name: "Ball"}}}}},
		{Name: "day", Kind: annotate.DateKind},
	}}
	var out, beside bytes.Buffer
	losses, err := labelstudio.Min.WriteFile(t.Context(), &out, datasettest.Sequence(asha, bare), dataset.Options{Scheme: scheme, Beside: &beside})
	require.NoError(t, err)
	assert.Empty(t, losses)
	assert.JSONEq(t, `[{"text":"😀 Mona said","name":"a.txt","meta":{"url":"u"},"annotator":"asha@example.org","annotation_id":1,
"label":[{"start":3,"end":7,"text":"Mona","labels":["P"]}],
"mood":{"choices":["a","b"]},"only":"a","none":{"choices":[]},"stars":[{"number":4}],"true":"true","topic":[{"taxonomy":[["Sport","Ball"]]}],"said":"free","name_":"x",
"day":[{"datetime":"2026-03-31"}]},
{"text":"Nothing here","name":"b.txt","annotator":null,"annotation_id":null}]`, out.String())

	path := filepath.Join(t.TempDir(), "file.json")
	again := datasettest.Rewrite(t, labelstudio.Min, path, []*dataset.Record{asha, bare})
	assert.True(t, labelstudio.Min.Sniff(dataset.ReadHead(path)))
	require.Len(t, again, 2)
	assert.Equal(t, asha.Statements(labelstudio.Min.Holds), again[0].Statements(labelstudio.Min.Holds), "the configuration says what the controls are")
	assert.Nil(t, again[1].Assessment)
	require.NoError(t, os.Remove(path+labelstudio.Min.Beside))
	alone, failed := datasettest.Read(labelstudio.Min, path)
	require.Empty(t, failed)
	assert.Equal(t, map[string]annotate.Value{"mood": annotate.Choices("a", "b")}, alone[0].Assessment.Labels)
	assert.Equal(t, "free", alone[0].Document.Meta["said"], "without it, a single choice is metadata")
	assert.Equal(t, "u", alone[0].Document.Meta["url"])
}

// TestAnswersAboutRegionsInJSONMin has them as Label Studio's converter leaves them: several choices and
// numbers with their places, a single choice without.
func TestAnswersAboutRegionsInJSONMin(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file.json")
	require.NoError(t, os.WriteFile(path, []byte(`[{"text":"Mona said no",
"label":[{"start":0,"end":4,"text":"Mona","labels":["P"]},{"start":5,"end":9,"text":"said","labels":["C"]},{"start":5,"end":9,"text":"said","labels":["V"]}],
"why":[{"start":0,"end":4,"text":"Mona","choices":["a","b"]}],"sum":[{"start":0,"end":4,"text":"Mona","number":3},{"start":5,"end":9,"text":"said","number":4},{"start":10,"end":12,"text":"no","number":5}],
"type":["x","y"],"annotator":1,"annotation_id":1}]`), 0o600))
	require.NoError(t, os.WriteFile(path+labelstudio.Min.Beside, []byte(`<View><Choices name="type" toName="text" perRegion="true"><Choice value="x"/></Choices></View>`), 0o600))
	records, failed := datasettest.Read(labelstudio.Min, path)
	require.Empty(t, failed)
	require.Len(t, records, 1)
	assert.Equal(t, map[string]string{"P": "Mona", "C": "said", "V": "said"}, said(records[0]))
	three, _ := annotate.Number("3")
	for _, s := range records[0].Spans {
		if s.Label == "P" {
			assert.Equal(t, map[string]annotate.Value{"why": annotate.Choices("a", "b"), "sum": three}, s.Attributes)
		} else {
			assert.Empty(t, s.Attributes)
		}
	}
	assert.Empty(t, records[0].Document.Meta)
	assert.Equal(t, []string{
		`"type" answers about regions, and does not say about which; it was left out`,
		"2 answers about regions were left out, since not exactly one region has their place",
	}, sentences(records[0]))
}

func TestAConfigurationThatIsNoXMLIsPassedOver(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file.json")
	require.NoError(t, os.WriteFile(path, []byte(`[{"text":"Mona","tone":"dry","annotator":1,"annotation_id":1}]`), 0o600))
	for _, xml := range []string{"", "<View", `<!DOCTYPE v [<!ENTITY a "b">]><View><Choices name="tone"/></View>`, strings.Repeat("<View>", 10000), "\xff\xfe<"} {
		require.NoError(t, os.WriteFile(path+labelstudio.Min.Beside, []byte(xml), 0o600))
		records, failed := datasettest.Read(labelstudio.Min, path)
		require.Empty(t, failed, xml)
		assert.Equal(t, "dry", records[0].Document.Meta["tone"])
	}
}

func TestRefusingWhatIsWrong(t *testing.T) {
	task := func(result string) string {
		return `{"data":{"text":"😀 Mona"},"annotations":[{"result":[` + result + `]}]}`
	}
	region := func(id, place string) string {
		return `{"id":"` + id + `","from_name":"l","to_name":"text","type":"labels","value":{` + place + `,"labels":["P"]}}`
	}
	for _, test := range []struct{ name, line, sentence string }{
		{"truncated", `{"data":{"text":"Mona"},"annotations":[{"result"`, "it is not JSON: it breaks off"},
		{"no text", `{"data":{"image":"https://example.org/a.png"},"annotations":[]}`, "there is no text among its data"},
		{"data of another shape", `{"data":[],"annotations":[]}`, `"data" must be an object, and is a list`},
		{"beyond the text", task(region("a", `"start":0,"end":19`)), `region "a": offset 19 lies outside the text, which has 7 UTF-16 units; the document was left out`},
		{"negative", task(region("a", `"start":-1,"end":2`)), `result 1: "start" is negative: -1`},
		{"a fraction", task(region("a", `"start":0.5,"end":2`)), `result 1: "start" must be a whole number, and is the number 0.5`},
		{"a huge number", task(region("a", `"start":0,"end":99999999999999999999`)), `result 1: "end" is far too large: 99999999999999999999`},
		{"inside a surrogate pair", task(region("a", `"start":1,"end":7,"text":"x"`)), `region "a": UTF-16 offset 1 lies inside a character; the document was left out`},
		{"nothing covered", task(region("a", `"start":3,"end":3`)), `region "a": it covers nothing at offset 3, and a span must cover something; the document was left out`},
		{"words that stand elsewhere", task(region("a", `"start":3,"end":7,"text":"Lisa"`)), `region "a": offsets 3 to 7 cover "Mona", but its text is "Lisa"; the document was left out`},
		{"an id of two places", task(region("a", `"start":3,"end":7`) + "," + region("a", `"start":3,"end":5`)), `result 2: the id "a" stands for another place too`},
		{"a relation to nothing", task(`{"type":"relation","from_id":"a","to_id":"b","labels":["by"]}`), `the relation in result 1: its head is "a", and nothing is called so; the document was left out`},
		{"labels of another shape", task(`{"id":"a","type":"labels","value":{"start":3,"end":7,"labels":7}}`), `result 1: its labels must be a list of texts`},
		{"a number that is none", task(`{"id":"a","type":"number","value":{"number":"x"}}`), `result 1: its value must be a number`},
		{"a paragraph that is not there", `{"data":{"dialogue":[{"text":"a"}]},"annotations":[{"result":[{"id":"a","type":"paragraphlabels","value":{"start":"3","end":"3","startOffset":0,"endOffset":1,"paragraphlabels":["P"]}}]}]}`, `result 1: "start" is "3", and the text has 1 paragraphs`},
		{"a path that leads nowhere", `{"data":{"text":"<p>a</p>"},"annotations":[{"result":[{"id":"a","type":"hypertextlabels","value":{"start":"/p[2]/text()[1]","end":"/p[1]/text()[1]","startOffset":0,"endOffset":1,"hypertextlabels":["P"]}}]}]}`, `result 1: "start" is "/p[2]/text()[1]", which is no text of the page`},
		{"deep nesting", `{"data":{"text":` + strings.Repeat("[", 20000) + "1", "it is not JSON at byte 10014: invalid character '[' exceeded max depth"},
		{"half of a surrogate pair", `{"data":{"text":"Mona \ud83d"}}`, "half of a surrogate pair stands at byte 22"},
		{"not UTF-8", "{\"data\":{\"text\":\"caf\xe9\"}}", "byte 20 (0xe9) is not UTF-8; save the file as UTF-8 first"},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, failed := datasettest.ReadString(t, labelstudio.Format, test.line+"\n"+`{"data":{"text":"fine"},"annotations":[]}`+"\n")
			require.Len(t, failed, 1)
			assert.True(t, strings.HasSuffix(failed[0].Error(), "file.json:1: "+test.sentence), failed[0].Error())
			assert.Len(t, records, 1, "the next line is read all the same")
		})
	}
}

func TestWritingWhatLabelStudioReads(t *testing.T) {
	d := annotate.NewDocument("a.txt", "😀 Mona said")
	span := func(label string, start, end int, attributes map[string]annotate.Value) *annotate.Span {
		return &annotate.Span{ID: annotate.NewID(), Document: d.ID, Label: label, Fragments: []annotate.Fragment{{Start: start, End: end}}, Attributes: attributes}
	}
	asha := &dataset.Record{Document: d, Annotator: "asha", Assessment: &annotate.Assessment{Document: d.ID, Annotator: "asha", Status: annotate.Done}}
	asha.Spans = []*annotate.Span{span("P", 5, 9, map[string]annotate.Value{"who": annotate.Text("woman"), "says": annotate.Text("free")}), span("C", 10, 14, nil)}
	asha.Relations = []*annotate.Relation{{ID: annotate.NewID(), Document: d.ID, Label: "by", Arguments: []annotate.Argument{
		{Role: annotate.Head, Span: asha.Spans[1].ID}, {Role: annotate.Tail, Span: asha.Spans[0].ID},
	}}}
	ben := &dataset.Record{Document: d, Annotator: "ben@example.org"}
	scheme := &annotate.Scheme{Spans: []annotate.SpanLabel{{Label: "P", Attributes: []annotate.Attribute{{Name: "who", Kind: annotate.ChoiceKind}}}}}
	var out bytes.Buffer
	losses, err := labelstudio.Format.WriteFile(t.Context(), &out, datasettest.Sequence(asha, ben), dataset.Options{Scheme: scheme})
	require.NoError(t, err)
	assert.Empty(t, losses)
	assert.JSONEq(t, `[{"id":1,"numbered":true,"data":{"text":"😀 Mona said","name":"a.txt"},"annotations":[
{"annotator":"asha","result":[
{"id":"span1","from_name":"label","to_name":"text","type":"labels","value":{"start":3,"end":7,"text":"Mona","labels":["P"]}},
{"id":"span1","from_name":"says","to_name":"text","type":"textarea","value":{"start":3,"end":7,"text":["free"]}},
{"id":"span1","from_name":"who","to_name":"text","type":"choices","value":{"start":3,"end":7,"text":"Mona","choices":["woman"]}},
{"id":"span2","from_name":"label","to_name":"text","type":"labels","value":{"start":8,"end":12,"text":"said","labels":["C"]}},
{"type":"relation","from_id":"span2","to_id":"span1","direction":"right","labels":["by"]}]},
{"completed_by":{"email":"ben@example.org"},"status":"new","result":[]}]}]`, out.String())
}

func TestWritingNothingIsAListOfNothing(t *testing.T) {
	var out bytes.Buffer
	_, err := labelstudio.Format.WriteFile(t.Context(), &out, datasettest.Sequence(), dataset.Options{})
	require.NoError(t, err)
	assert.Equal(t, "[]\n", out.String())
}

func TestALayerInWhichNothingWasDoneComesBack(t *testing.T) {
	d := annotate.NewDocument("a.txt", "Mona said")
	r := &dataset.Record{Document: d, Annotator: "asha", Assessment: &annotate.Assessment{Document: d.ID, Annotator: "asha", Status: annotate.New}}
	again := datasettest.Rewrite(t, labelstudio.Format, filepath.Join(t.TempDir(), "file.json"), []*dataset.Record{r})
	assert.Equal(t, datasettest.Statements(labelstudio.Format, []*dataset.Record{r}), datasettest.Statements(labelstudio.Format, again))
}
