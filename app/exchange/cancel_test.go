package exchange_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/exchange"
	"spanwright/store"
)

// manyRecords returns more records than are written at once, each with a span of a label
// that the scheme lacks.
func manyRecords(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(oneSpan(fmt.Sprint("d", i), fmt.Sprint(i, ".txt"), "Mona said.", "Actor", 0, 4))
	}
	return b.String()
}

// oneSpan returns the line of a document with one span, whose ends count characters.
func oneSpan(id, name, text, label string, start, end int) string {
	return fmt.Sprintf(`{"id":%q,"name":%q,"text":%s,"meta":{},"annotator":"asha","status":"in_progress","labels":{},"spans":[{"id":"s-%s","label":%s,"start":%d,"end":%d,"text":%s,"fragments":[[%d,%d]],"attributes":{},"flag":"","note":""}],"relations":[],"offsets":"codepoint","scheme":"claims"}`+"\n",
		id, name, inJSON(text), id, inJSON(label), start, end, inJSON(string([]rune(text)[start:end])), start, end)
}

func TestACancelledImportLeavesNothingBehind(t *testing.T) {
	p := project(t)
	own := annotate.NewDocument("own.txt", "Ben stayed.")
	_, err := p.Apply(annotate.Change{Annotator: "asha", After: own})
	require.NoError(t, err)
	in := write(t, "in.jsonl", manyRecords(6000))
	ctx, cancel := context.WithCancel(t.Context())
	half := 0
	options := exchange.ImportOptions{Annotator: "asha", Progress: func(_, _ int, name string) {
		if name == "5900.txt" {
			half, err = p.CountDocuments(store.DocumentQuery{})
			assert.NoError(t, err)
			// What is done by hand meanwhile is not part of it.
			_, err = p.Apply(annotate.Change{Annotator: "asha", After: annotate.NewDocument("meanwhile.txt", "Cy left.")})
			assert.NoError(t, err)
			cancel()
		}
	}}
	report, err := exchange.Import(ctx, p, []string{in}, options)
	require.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, exchange.Report{}, report)
	assert.Greater(t, half, 500, "it was cancelled with much of it in the project")

	rows, err := p.Documents(store.DocumentQuery{})
	require.NoError(t, err)
	names := []string{}
	for _, row := range rows {
		names = append(names, row.Name)
	}
	assert.ElementsMatch(t, []string{"own.txt", "meanwhile.txt"}, names)
	scheme, err := p.Scheme()
	require.NoError(t, err)
	assert.Nil(t, scheme.Span("Actor"), "nor is anything left in the scheme")
	findings, err := p.Check()
	require.NoError(t, err)
	assert.Empty(t, findings)

	options.Progress = nil
	report, err = exchange.Import(t.Context(), p, []string{in}, options)
	require.NoError(t, err)
	assert.Equal(t, 6000, report.Documents, "it can be imported again")
}

func TestWhatSomebodyWorkedOnMeanwhileIsNotTakenBack(t *testing.T) {
	p := project(t)
	in := write(t, "in.jsonl", manyRecords(3500))
	ctx, cancel := context.WithCancel(t.Context())
	options := exchange.ImportOptions{Annotator: "asha", Progress: func(_, _ int, name string) {
		if name == "3400.txt" {
			span := &annotate.Span{ID: annotate.NewID(), Document: "d3", Annotator: "ben", Label: "Claim", Fragments: []annotate.Fragment{{Start: 5, End: 9}}}
			_, err := p.Apply(annotate.Change{Annotator: "ben", After: span})
			assert.NoError(t, err)
			cancel()
		}
	}}
	report, err := exchange.Import(ctx, p, []string{in}, options)
	require.ErrorIs(t, err, context.Canceled)
	assert.ErrorContains(t, err, "could not be taken back: undo is not possible")
	n, err := p.CountDocuments(store.DocumentQuery{})
	require.NoError(t, err)
	assert.Greater(t, n, 3)
	assert.Less(t, n, 3400, "what was read when it was cancelled is not written any more")
	assert.Equal(t, n, report.Documents, "the report says what is there")
	sentence, ok := p.CanUndo("asha")
	assert.True(t, ok, sentence)
}
