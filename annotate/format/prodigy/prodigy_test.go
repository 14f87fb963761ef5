package prodigy_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/datasettest"
	"spanwright/annotate/format/prodigy"
)

func TestRealFiles(t *testing.T) {
	datasettest.RealFiles(t, prodigy.Format, []datasettest.RealFile{
		{Name: "prodigy-recipes/annotated_github-issues-DOCUMENTATION-textcat.jsonl", Records: 830},
		{Name: "prodigy-recipes/annotated_news_headlines-ORG-PERSON-LOCATION-ner.jsonl", Records: 373, Spans: 303},
		{Name: "prodigy-recipes/bio_events.jsonl", Records: 129, Spans: 422},
		{Name: "prodigy-recipes/tutorials/span-and-textcat/examples.jsonl", Records: 3},
	})
}

func TestAnswersOfARealFile(t *testing.T) {
	records, failed := datasettest.Read(prodigy.Format, datasettest.Conformance(t)+"/prodigy-recipes/annotated_github-issues-DOCUMENTATION-textcat.jsonl")
	require.Empty(t, failed)
	answers := map[string]int{}
	for _, r := range records {
		switch v, asked := r.Assessment.Labels["DOCUMENTATION"]; {
		case !asked:
			answers[r.Assessment.Flag]++
		case v.Equal(annotate.Bool(true)):
			answers["accept"]++
		default:
			answers["reject"]++
		}
	}
	assert.Equal(t, map[string]int{"accept": 261, "reject": 525, "ignore": 44}, answers)
}

func TestWhatIsWrittenComesBack(t *testing.T) { datasettest.RoundTrip(t, prodigy.Format) }

func FuzzRead(f *testing.F) {
	datasettest.Fuzz(f, prodigy.Format,
		`{"text":"😀 Mona said","spans":[{"start":2,"end":6,"label":"P","token_start":1,"token_end":1,"text":"Mona"}],"_input_hash":-5,"answer":"accept","_session_id":"x-asha"}`,
		`{"text":"a","label":"X","answer":"reject","meta":{"score":0.5}}`,
		`{"text":"Mona said","tokens":[{"text":"Mona","start":0,"end":4,"id":0},{"text":"said","start":5,"end":9,"id":1}],"relations":[{"head":1,"child":0,"label":"by"}]}`,
		`{"text":"a","options":[{"id":"x","text":"X"}],"accept":["x"],"answer":"accept"}`)
}

func one(t *testing.T, content string) *dataset.Record {
	t.Helper()
	records, failed := datasettest.ReadString(t, prodigy.Format, content)
	require.Empty(t, failed)
	require.Len(t, records, 1)
	return records[0]
}

func TestOnlyWhatWasAcceptedIsLabelled(t *testing.T) {
	const spans = `"text":"Mona said","spans":[{"start":0,"end":4,"label":"P"}]`
	for _, test := range []struct {
		name, line string
		spans      int
		labels     map[string]annotate.Value
		flag       string
		status     annotate.Status
		remarks    int
	}{
		{"accepted spans", `{` + spans + `,"answer":"accept"}`, 1, nil, "", annotate.Done, 0},
		{"spans not asked about", `{` + spans + `}`, 1, nil, "", "", 0},
		{"rejected spans", `{` + spans + `,"answer":"reject"}`, 0, nil, "", annotate.Done, 1},
		{"ignored spans", `{` + spans + `,"answer":"ignore"}`, 0, nil, "ignore", annotate.InProgress, 0},
		{"one span rejected", `{"text":"Mona said","spans":[{"start":0,"end":4,"label":"P","answer":"reject"},{"start":5,"end":9,"label":"C","answer":"accept"}],"answer":"accept"}`, 1, nil, "", annotate.Done, 0},
		{"accepted class", `{"text":"a","label":"X","answer":"accept"}`, 0, map[string]annotate.Value{"X": annotate.Bool(true)}, "", annotate.Done, 0},
		{"rejected class", `{"text":"a","label":"X","answer":"reject"}`, 0, map[string]annotate.Value{"X": annotate.Bool(false)}, "", annotate.Done, 0},
		{"ignored class", `{"text":"a","label":"X","answer":"ignore"}`, 0, nil, "ignore", annotate.InProgress, 0},
		{"chosen options", `{"text":"a","options":[{"id":"x","text":"X"},{"id":2}],"accept":["x",2],"answer":"accept"}`, 0, map[string]annotate.Value{"accept": annotate.Choices("x", "2")}, "", annotate.Done, 0},
		{"rejected options", `{"text":"a","options":[{"id":"x"}],"accept":["x"],"answer":"reject"}`, 0, nil, "", annotate.Done, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := one(t, test.line)
			assert.Len(t, r.Spans, test.spans)
			assert.Len(t, r.Remarks, test.remarks)
			if test.status == "" {
				assert.Nil(t, r.Assessment)
				return
			}
			assert.Equal(t, test.labels, r.Assessment.Labels)
			assert.Equal(t, test.flag, r.Assessment.Flag)
			assert.Equal(t, test.status, r.Assessment.Status)
		})
	}
}

func TestTasksAboutOneTextAreOneDocument(t *testing.T) {
	records, failed := datasettest.ReadString(t, prodigy.Format, `{"text":"Mona said","_input_hash":-5,"_task_hash":1,"spans":[{"start":0,"end":4,"label":"P"}],"answer":"accept","_session_id":"news-asha"}
{"text":"Other","_input_hash":6,"answer":"accept","_session_id":"2021-02-03_10-11-12"}
{"text":"Mona said","_input_hash":-5,"_task_hash":2,"spans":[{"start":5,"end":9,"label":"C"}],"answer":"accept","_session_id":"news-asha","_annotator_id":"ben"}
{"text":"Mona said","spans":[]}
{"text":"Mona said"}`)
	require.Empty(t, failed)
	require.Len(t, records, 5)
	assert.Equal(t, records[0].Document.ID, records[2].Document.ID)
	assert.Equal(t, "file--5.txt", records[0].Document.Name)
	assert.Equal(t, "news-asha", records[0].Annotator)
	assert.Equal(t, "ben", records[2].Annotator)
	assert.Equal(t, "asha", records[1].Annotator, "a time is no name")
	assert.Equal(t, records[3].Document.ID, records[4].Document.ID, "without a hash the text decides")
	assert.Empty(t, records[3].Annotator)
}

func TestEndsOfRelations(t *testing.T) {
	const begin = `{"text":"Mona Lee said so","tokens":[{"text":"Mona","start":0,"end":4,"id":0,"ws":true},{"text":"Lee","start":5,"end":8,"id":1,"ws":true},{"text":"said","start":9,"end":13,"id":2,"ws":true},{"text":"so","start":14,"end":16,"id":3}],"spans":[{"start":0,"end":8,"token_start":0,"token_end":1,"label":"P"},{"start":9,"end":13,"token_start":2,"token_end":2,"label":"C"}],"relations":[`
	for _, test := range []struct {
		name, relation, head, tail string
		remarks                    int
	}{
		{"spans", `{"head":2,"child":1,"head_span":{"start":9,"end":13,"token_start":2,"token_end":2,"label":"C"},"child_span":{"start":0,"end":8,"token_start":0,"token_end":1,"label":"P"},"label":"by"}`, "said", "Mona Lee", 0},
		{"tokens inside spans", `{"head":2,"child":0,"label":"by"}`, "said", "Mona Lee", 0},
		{"a token of no span", `{"head":3,"child":1,"label":"by"}`, "so", "Mona Lee", 1},
		{"a span nobody labelled", `{"head":3,"child":1,"head_span":{"start":14,"end":16,"label":null},"child_span":{"start":0,"end":8,"label":"P"},"label":"by"}`, "so", "Mona Lee", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := one(t, begin+test.relation+`]}`)
			require.Len(t, r.Relations, 1)
			covered := map[string]string{}
			for _, a := range r.Relations[0].Arguments {
				for _, s := range r.Spans {
					if s.ID == a.Span {
						covered[a.Role] = s.Covered(r.Document.Text)
					}
				}
			}
			assert.Equal(t, map[string]string{"head": test.head, "tail": test.tail}, covered)
			assert.Len(t, r.Remarks, test.remarks)
		})
	}
}

func TestWritingWhatProdigyReads(t *testing.T) {
	r := one(t, `{"text":"😀 Mona said","_input_hash":-5,"spans":[{"start":2,"end":6,"label":"P"},{"start":7,"end":11,"label":"C"}],"relations":[{"head":2,"child":1,"head_span":{"start":7,"end":11,"label":"C"},"child_span":{"start":2,"end":6,"label":"P"},"label":"by"}],"meta":{"source":"x"},"answer":"accept"}`)
	var out bytes.Buffer
	losses, err := prodigy.Format.WriteFile(t.Context(), &out, datasettest.Sequence(r), dataset.Options{})
	require.NoError(t, err)
	assert.Empty(t, losses)
	assert.Equal(t, `{"text":"😀 Mona said","_input_hash":-5,`+
		`"tokens":[{"text":"😀","start":0,"end":1,"id":0,"ws":true},{"text":"Mona","start":2,"end":6,"id":1,"ws":true},{"text":"said","start":7,"end":11,"id":2,"ws":false}],`+
		`"spans":[{"start":2,"end":6,"token_start":1,"token_end":1,"label":"P","text":"Mona"},{"start":7,"end":11,"token_start":2,"token_end":2,"label":"C","text":"said"}],`+
		`"relations":[{"head":2,"child":1,"head_span":{"start":7,"end":11,"token_start":2,"token_end":2,"label":"C","text":"said","span":1},"child_span":{"start":2,"end":6,"token_start":1,"token_end":1,"label":"P","text":"Mona","span":0},"label":"by"}],`+
		`"meta":{"source":"x"},"name":"file--5.txt","_annotator_id":"asha","answer":"accept"}`+"\n", out.String())
}

func TestRefusingWhatIsWrong(t *testing.T) {
	for _, test := range []struct{ name, line, sentence string }{
		{"truncated", `{"text":"Mona","spans":[{"start"`, "it is not JSON: it breaks off"},
		{"no text", `{"image":"a.png","answer":"accept"}`, `it has no "text"`},
		{"an answer of its own", `{"text":"a","answer":"perhaps"}`, `the answer is "perhaps", which is none of accept, reject and ignore`},
		{"words that stand elsewhere", `{"text":"Mona said","spans":[{"start":0,"end":4,"label":"P","text":"said"}]}`, `span 1: offsets 0 to 4 cover "Mona", but its text is "said"; the document was left out`},
		{"beyond the text", `{"text":"Mona","spans":[{"start":0,"end":9,"label":"P"}]}`, "span 1: offset 9 lies outside the text, which has 4 code points; the document was left out"},
		{"inside a surrogate pair", `{"text":"😀 Mona","spans":[{"start":3,"end":7,"label":"P","text":"Mona"},{"start":1,"end":2,"label":"P","text":"x"}]}`, "span 2: UTF-16 offset 1 lies inside a character; the document was left out"},
		{"negative", `{"text":"Mona","spans":[{"start":-1,"end":2,"label":"P"}]}`, `span 1: "start" is negative: -1`},
		{"no label", `{"text":"Mona","spans":[{"start":0,"end":2}]}`, "span 1: it has no label; the document was left out"},
		{"a token that is not there", `{"text":"Mona","relations":[{"head":7,"child":0,"label":"x"}]}`, "relation 1: its head is token 7, and the task has 0 tokens"},
		{"half of a surrogate pair", `{"text":"Mona \ud83d"}`, "half of a surrogate pair stands at byte 14"},
	} {
		t.Run(test.name, func(t *testing.T) {
			records, failed := datasettest.ReadString(t, prodigy.Format, test.line+"\n"+`{"text":"fine"}`+"\n")
			require.Len(t, failed, 1)
			assert.True(t, strings.HasSuffix(failed[0].Error(), "file.jsonl:1: "+test.sentence), failed[0].Error())
			assert.Len(t, records, 1, "the next line is read all the same")
		})
	}
}

func TestALayerInWhichNothingWasDoneComesBack(t *testing.T) {
	d := annotate.NewDocument("a.txt", "Mona said")
	r := &dataset.Record{Document: d, Annotator: "asha", Assessment: &annotate.Assessment{Document: d.ID, Annotator: "asha", Status: annotate.New}}
	again := datasettest.Rewrite(t, prodigy.Format, filepath.Join(t.TempDir(), "file.json"), []*dataset.Record{r})
	assert.Equal(t, datasettest.Statements(prodigy.Format, []*dataset.Record{r}), datasettest.Statements(prodigy.Format, again))
}
