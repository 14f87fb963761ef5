package argilla

import (
	"context"
	"encoding/json"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/datasettest"
)

// asFile is the format with its records alone, which is where everything stands that is read again.
var asFile = &dataset.Format{
	Name: Format.Name, Patterns: []string{"*.json"}, Holds: Format.Holds, Read: Format.Read,
	WriteFile: func(ctx context.Context, w io.Writer, records iter.Seq2[*dataset.Record, error], options dataset.Options) (dataset.Losses, error) {
		return nil, newSettings(options.Scheme).records(ctx, w, records)
	},
}

func TestWhatIsWrittenComesBack(t *testing.T) { datasettest.RoundTrip(t, asFile) }

func FuzzRead(f *testing.F) {
	datasettest.Fuzz(f, asFile, ofArgilla,
		`[{"id":"a","fields":{"text":"Mona"},"metadata":{"spanwright":"{\"annotators\":[{\"user_id\":\"u\",\"name\":\"asha\",\"status\":\"done\",\"labels\":{\"x\":1},\"spans\":[{\"id\":\"T1\",\"label\":\"P\",\"start\":0,\"end\":4}],\"relations\":[{\"id\":\"R1\",\"label\":\"x\",\"args\":[{\"role\":\"a\",\"span\":\"T1\"}]}]}]}"},"responses":{"spans":[{"value":[{"start":0,"end":4,"label":"P"}],"user_id":"u"}],"q":[{"value":["a"],"user_id":"u"}]}}]`)
}

// ofArgilla is what the SDK 2.8 writes, with a suggestion and two users.
const ofArgilla = `[{"id": "d1", "fields": {"text": "\ud83d\ude00 Mona said", "url": "u"}, "metadata": {"date": "2025", "n": 7}, "suggestions": {"spans": {"value": [{"start": 2, "end": 6, "label": "P"}], "score": 0.5, "agent": "m"}}, "responses": {"spans": [{"value": [{"start": 2, "end": 6, "label": "P"}], "user_id": "u1"}, {"value": [], "user_id": "u2"}], "genre": [{"value": "news", "user_id": "u1"}], "topics": [{"value": ["a", "b"], "user_id": "u1"}], "stars": [{"value": 4, "user_id": "u2"}]}, "vectors": {}, "status": "completed", "_server_id": null}]`

func TestRecordsOfArgilla(t *testing.T) {
	records, failed := datasettest.ReadString(t, asFile, ofArgilla)
	require.Empty(t, failed)
	require.Len(t, records, 2)
	one, two := records[0], records[1]
	assert.Equal(t, "d1", one.Document.Name)
	assert.Equal(t, "😀 Mona said", one.Document.Text)
	assert.Equal(t, map[string]string{"date": "2025", "n": "7", "url": "u"}, one.Document.Meta)
	assert.Equal(t, "user u1", one.Annotator)
	require.Len(t, one.Spans, 1)
	assert.Equal(t, "Mona", one.Spans[0].Covered(one.Document.Text))
	assert.Equal(t, map[string]annotate.Value{"genre": annotate.Text("news"), "topics": annotate.Choices("a", "b")}, one.Assessment.Labels)
	assert.Equal(t, "1 suggestions of models are no annotations and were left out", one.Remarks[0].Sentence)
	four, _ := annotate.Number("4")
	assert.Equal(t, map[string]annotate.Value{"stars": four}, two.Assessment.Labels)
	assert.Equal(t, one.Document.ID, two.Document.ID)
}

func TestADataSetInAFolder(t *testing.T) {
	folder := t.TempDir()
	d := annotate.NewDocument("a.txt", "😀 Mona said")
	r := &dataset.Record{Document: d, Annotator: "asha", Assessment: &annotate.Assessment{
		Document: d.ID, Annotator: "asha", Status: annotate.Done,
		Labels: map[string]annotate.Value{"genre": annotate.Text("news"), "usable": annotate.Bool(true), "topics": annotate.Choices("a"), "Weather": annotate.Text("dry")},
	}}
	r.Spans = []*annotate.Span{{ID: annotate.NewID(), Document: d.ID, Annotator: "asha", Label: "P", Fragments: []annotate.Fragment{{Start: 5, End: 9}}}}
	values := func(names ...string) (all []annotate.Choice) {
		for _, name := range names {
			all = append(all, annotate.Choice{Name: name})
		}
		return all
	}
	scheme := &annotate.Scheme{Name: "claims", Guideline: "Read first.", Spans: []annotate.SpanLabel{{Label: "Any", Abstract: true}, {Label: "P"}}, Document: []annotate.Attribute{
		{Name: "genre", Kind: annotate.ChoiceKind, Values: values("news", "opinion")},
		{Name: "topics", Kind: annotate.SeveralKind, Values: values("a", "b")},
		{Name: "usable", Kind: annotate.BooleanKind},
		{Name: "Weather", Kind: annotate.TextKind},
	}}
	_, err := write(t.Context(), folder, datasettest.Sequence(r), dataset.Options{Scheme: scheme})
	require.NoError(t, err)
	for _, name := range []string{"records.json", ".argilla/settings.json", ".argilla/dataset.json"} {
		assert.Equal(t, filepath.Join(folder, "records.json"), Format.Main(filepath.Join(folder, name)), name)
	}
	assert.Empty(t, Format.Main(filepath.Join(folder, "other.json")))

	var settings struct {
		Guidelines string
		Questions  []struct{ Name, Type string }
	}
	raw, err := os.ReadFile(filepath.Join(folder, ".argilla/settings.json"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(raw, &settings))
	assert.Equal(t, "Read first.", settings.Guidelines)
	assert.Equal(t, []struct{ Name, Type string }{
		{"spans", "span"}, {"genre", "label_selection"}, {"topics", "multi_label_selection"}, {"usable", "label_selection"},
	}, settings.Questions, "no question can be called Weather")
	assert.Contains(t, string(raw), `"options":[{"description":null,"text":"P","value":"P"}]`)

	raw, err = os.ReadFile(filepath.Join(folder, "records.json"))
	require.NoError(t, err)
	user := string(annotate.DerivedID("argilla", "user", "asha"))
	more := `{"annotators":[{"user_id":"` + user + `","name":"asha","labels":{"Weather":"dry","genre":"news","topics":["a"],"usable":true},"status":"done"}]}`
	quoted, err := json.Marshal(more)
	require.NoError(t, err)
	assert.JSONEq(t, `[{"id":"a.txt","fields":{"text":"😀 Mona said"},"metadata":{"spanwright":`+string(quoted)+`},"suggestions":{},"vectors":{},"status":"completed","_server_id":null,
"responses":{"spans":[{"value":[{"start":2,"end":6,"label":"P"}],"user_id":"`+user+`"}],"genre":[{"value":"news","user_id":"`+user+`"}],
"topics":[{"value":["a"],"user_id":"`+user+`"}],"usable":[{"value":"true","user_id":"`+user+`"}]}}]`, string(raw))

	records, failed := datasettest.Read(Format, filepath.Join(folder, "records.json"))
	require.Empty(t, failed)
	assert.Equal(t, datasettest.Statements(Format, []*dataset.Record{r}), datasettest.Statements(Format, records))
}

// TestWhatComesBackFromArgilla has responses that were changed there, and the metadata that it passes on.
func TestWhatComesBackFromArgilla(t *testing.T) {
	d := annotate.NewDocument("a.txt", "Mona said no")
	d.Meta = map[string]string{"spanwright": "of another program"}
	half, _ := annotate.Number("0.50")
	layer := func(annotator string) *dataset.Record {
		r := &dataset.Record{Document: d, Annotator: annotator, Assessment: &annotate.Assessment{
			Document: d.ID, Annotator: annotator, Status: annotate.Done, Labels: map[string]annotate.Value{"genre": annotate.Text("news"), "sure": half},
		}}
		for i, at := range [][2]int{{0, 4}, {5, 9}, {10, 12}} {
			r.Spans = append(r.Spans, &annotate.Span{
				ID: annotate.NewID(), Document: d.ID, Annotator: annotator, Label: []string{"Source", "Cue", "Claim"}[i], Fragments: []annotate.Fragment{{Start: at[0], End: at[1]}}, Note: "why?",
			})
		}
		for i, label := range []string{"by", "about"} {
			r.Relations = append(r.Relations, &annotate.Relation{ID: annotate.NewID(), Document: d.ID, Annotator: annotator, Label: label, Arguments: []annotate.Argument{
				{Role: annotate.Head, Span: r.Spans[i].ID}, {Role: annotate.Tail, Span: r.Spans[i+1].ID},
			}})
		}
		return r
	}
	values := []annotate.Choice{{Name: "news"}, {Name: "opinion"}}
	scheme := &annotate.Scheme{Document: []annotate.Attribute{{Name: "genre", Kind: annotate.ChoiceKind, Values: values}, {Name: "sure", Kind: annotate.NumberKind}}}
	folder := t.TempDir()
	_, err := write(t.Context(), folder, datasettest.Sequence(layer("asha"), layer("ben")), dataset.Options{Scheme: scheme})
	require.NoError(t, err)
	path := filepath.Join(folder, "records.json")
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	var written []map[string]any
	require.NoError(t, json.Unmarshal(raw, &written))
	responses := written[0]["responses"].(map[string]any)
	for name, answers := range responses {
		responses[name] = answers.([]any)[:1] // ben has left
	}
	responses["spans"].([]any)[0].(map[string]any)["value"] = []any{
		map[string]any{"start": 5, "end": 9, "label": "Cue"}, map[string]any{"start": 10, "end": 12, "label": "Claim"}, map[string]any{"start": 0, "end": 4, "label": "Person"},
	}
	responses["genre"].([]any)[0].(map[string]any)["value"] = "opinion"
	raw, err = json.Marshal(written)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, raw, 0o600))

	records, failed := datasettest.Read(Format, path)
	require.Empty(t, failed)
	require.Len(t, records, 1)
	r := records[0]
	assert.Equal(t, "asha", r.Annotator)
	assert.Equal(t, map[string]string{"spanwright": "of another program"}, r.Document.Meta)
	assert.Equal(t, annotate.Done, r.Assessment.Status)
	assert.Equal(t, map[string]annotate.Value{"genre": annotate.Text("opinion"), "sure": half}, r.Assessment.Labels)
	notes := map[string]string{}
	for _, s := range r.Spans {
		notes[s.Label] = s.Note
	}
	assert.Equal(t, map[string]string{"Cue": "why?", "Claim": "why?", "Person": ""}, notes)
	require.Len(t, r.Relations, 1)
	assert.Equal(t, "about", r.Relations[0].Label)
	assert.Equal(t, []string{
		"relations were left out whose arguments are no spans any more: 1",
		"there are no responses any more of ben, whose work was left out",
	}, []string{r.Remarks[0].Sentence, r.Remarks[1].Sentence})
}

func TestTheFieldThatSpansAreAbout(t *testing.T) {
	folder := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(folder, ".argilla"), 0o755))
	path := filepath.Join(folder, "records.json")
	require.NoError(t, os.WriteFile(path, []byte(`[{"id":1,"fields":{"text":"a long question","answer":"Mona"},"responses":{"who":[{"value":[{"start":0,"end":4,"label":"P"}]}]}}]`), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(folder, ".argilla", "settings.json"), []byte(`{"questions":[{"name":"who","settings":{"type":"span","field":"answer"}}]}`), 0o600))
	records, failed := datasettest.Read(Format, path)
	require.Empty(t, failed)
	require.Len(t, records, 1)
	assert.Equal(t, "Mona", records[0].Document.Text)
	assert.Equal(t, map[string]string{"text": "a long question"}, records[0].Document.Meta)
	assert.Equal(t, "asha", records[0].Annotator, "who imports, as the file names nobody")
}

func TestRefusingWhatIsWrong(t *testing.T) {
	record := func(value string) string {
		return `{"id":"a","fields":{"text":"Mona"},"responses":{"spans":[{"value":` + value + `,"user_id":"u"}]}}`
	}
	aside := func(more string) string {
		quoted, err := json.Marshal(more)
		require.NoError(t, err)
		return `{"id":"a","fields":{"text":"Mona"},"metadata":{"spanwright":` + string(quoted) + `},"responses":{}}`
	}
	for _, test := range []struct{ name, record, sentence string }{
		{"truncated", `{"id":"a","fields":7`, "it is not JSON: it breaks off"},
		{"no text", `{"id":"a","fields":{"image":7},"responses":{}}`, "no field of the record is a text"},
		{"beyond the text", record(`[{"start":0,"end":9,"label":"P"}]`), `span 1 of "spans": offset 9 lies outside the text, which has 4 code points; the document was left out`},
		{"negative", record(`[{"start":-1,"end":4,"label":"P"}]`), `span 1 of "spans": "start" is negative: -1`},
		{"a huge number", record(`[{"start":0,"end":99999999999999999999,"label":"P"}]`), `span 1 of "spans": "end" is far too large: 99999999999999999999`},
		{"no label", record(`[{"start":0,"end":4}]`), `span 1 of "spans": it has no label; the document was left out`},
		{"responses of another shape", `{"id":"a","fields":{"text":"Mona"},"responses":{"spans":7}}`, `"spans" must be a list, and is the number 7`},
		{"an annotator without a name", aside(`{"annotators":[{"user_id":"u"}]}`), "an annotator has no user_id or name, or stands twice"},
		{"an annotator twice", aside(`{"annotators":[{"user_id":"u","name":"a"},{"user_id":"u","name":"b"}]}`), "an annotator has no user_id or name, or stands twice"},
		{"metadata of our name and another shape", aside(`{"annotators":7}`), `"spanwright" of the metadata is not of the shape that is written here`},
		{"a status of its own", aside(`{"annotators":[{"user_id":"u","name":"a","status":"perhaps"}]}`), `the status is "perhaps", which is none of new, in_progress and done`},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, failed := datasettest.ReadString(t, asFile, test.record+"\n"+record("[]")+"\n")
			require.Len(t, failed, 1)
			assert.True(t, strings.HasSuffix(failed[0].Error(), "file.json:1: "+test.sentence), failed[0].Error())
			assert.Len(t, records, 1, "the next record is read all the same")
		})
	}
}
