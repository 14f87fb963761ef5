package exchange_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// TestSeveralTasksAboutOneTextAreOneDocument has five tasks: two of asha's about spans, two
// about classes, and one of ben's.
func TestSeveralTasksAboutOneTextAreOneDocument(t *testing.T) {
	const tasks = `{"text":"Mona said","_input_hash":7,"spans":[{"start":0,"end":4,"label":"P"}],"answer":"accept","_annotator_id":"asha"}
{"text":"Mona said","_input_hash":7,"spans":[{"start":5,"end":9,"label":"C"}],"answer":"reject","_annotator_id":"asha"}
{"text":"Mona said","_input_hash":7,"label":"X","answer":"accept","_annotator_id":"asha"}
{"text":"Mona said","_input_hash":7,"label":"Y","answer":"reject","_annotator_id":"asha"}
{"text":"Mona said","_input_hash":7,"spans":[{"start":5,"end":9,"label":"C"}],"answer":"accept","_annotator_id":"ben"}
`
	p := project(t)
	in := write(t, "tasks.jsonl", tasks)
	for range 2 { // the second time adds nothing
		report := importing(t, p, "cy", in)
		assert.Len(t, report.Remarks, 1, "only the rejected span is remarked on")
		d, err := p.DocumentByName("tasks-7.txt")
		require.NoError(t, err)
		asha, err := p.Layer(d.ID, "asha")
		require.NoError(t, err)
		assert.Equal(t, 1, asha.SpanCount())
		assert.Equal(t, map[string]annotate.Value{"X": annotate.Bool(true), "Y": annotate.Bool(false)}, asha.Assessment.Labels)
		assert.Equal(t, annotate.Done, asha.Assessment.Status)
		ben, err := p.Layer(d.ID, "ben")
		require.NoError(t, err)
		assert.Equal(t, 1, ben.SpanCount())
	}
}

// TestASingleChoiceIsAListWhereTheSchemeSaysSo has a task of Label Studio with one choice of
// each kind.
func TestASingleChoiceIsAListWhereTheSchemeSaysSo(t *testing.T) {
	p := project(t)
	scheme, err := p.Scheme()
	require.NoError(t, err)
	after := scheme.Clone()
	after.Document = []annotate.Attribute{
		{Name: "topics", Kind: annotate.SeveralKind, Values: []annotate.Choice{{Name: "art"}, {Name: "sport"}}},
		{Name: "mood", Kind: annotate.ChoiceKind, Values: []annotate.Choice{{Name: "dry"}, {Name: "warm"}}},
	}
	_, err = p.Apply(annotate.Change{Group: annotate.NewID(), Annotator: "cy", Before: scheme, After: after})
	require.NoError(t, err)
	in := write(t, "tasks.json", `[{"id":1,"data":{"text":"Mona said"},"annotations":[{"completed_by":2,"result":[
{"id":"a","from_name":"topics","to_name":"text","type":"choices","value":{"choices":["art"]}},
{"id":"b","from_name":"mood","to_name":"text","type":"choices","value":{"choices":["dry"]}}]}]}]`)
	importing(t, p, "cy", in)
	d, err := p.DocumentByName("tasks-1.txt")
	require.NoError(t, err)
	layer, err := p.Layer(d.ID, "user 2")
	require.NoError(t, err)
	assert.Equal(t, map[string]annotate.Value{"topics": annotate.Choices("art"), "mood": annotate.Text("dry")}, layer.Assessment.Labels)
}
