package exchange_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/exchange"
	"spanwright/store"
)

// listedProject has lists of values at documents, at a label and at the one above it, and at a relation.
func listedProject(t *testing.T) *store.Project {
	t.Helper()
	scheme, err := annotate.ParseScheme("listed.yaml", []byte(`
name: listed
document: [{name: genre, kind: choice, values: [{name: news}, {name: opinion}]}]
spans:
  - {label: Statement, abstract: true, attributes: [{name: type, kind: choice, values: [{name: demand, values: [{name: plea}]}, {name: "7", title: denial}]}]}
  - {label: Claim, parent: Statement, attributes: [{name: tone, kind: several, values: [{name: calm}, {name: angry}]}, {name: note, kind: text}]}
relations:
  - {label: attacks, roles: [{name: head}, {name: tail}], attributes: [{name: how, kind: choice, values: [{name: openly}, {name: between the lines}]}]}
`))
	require.NoError(t, err)
	p, err := store.Create(filepath.Join(t.TempDir(), "p.spanwright"), scheme)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, p.Close()) })
	return p
}

// valued is a record with values that the lists of listedProject lack.
const valued = `{"id":"d1","name":"a.txt","text":"Mona said it rained.","meta":{},"annotator":"asha","status":"in_progress","labels":{"genre":"News"},` +
	`"spans":[{"id":"s1","label":"Claim","start":0,"end":4,"text":"Mona","fragments":[[0,4]],"attributes":{"note":"free","tone":["calm","Angry","loud"],"type":"denial"},"flag":"","note":""},` +
	`{"id":"s2","label":"Claim","start":5,"end":9,"text":"said","fragments":[[5,9]],"attributes":{"type":"pleas"},"flag":"","note":""}],` +
	`"relations":[{"id":"r1","label":"attacks","args":[{"role":"head","span":"s1"},{"role":"tail","span":"s2"}],"attributes":{"how":"sideways"}}],"offsets":"codepoint","scheme":"listed"}` + "\n"

func TestValuesThatAListLacksAreAskedAbout(t *testing.T) {
	preview := rehearsing(t, listedProject(t), exchange.ImportOptions{}, write(t, "in.jsonl", valued))
	var said []string
	for _, it := range preview.Items {
		said = append(said, fmt.Sprintf("%s | %s | %s", it, it.Short(), strings.Join(it.Suggestions, ", ")))
	}
	assert.Equal(t, []string{
		"value denial of attribute type of label Claim | Claim.type.denial | 7",
		"value Angry of attribute tone of label Claim | Claim.tone.Angry | angry",
		"value loud of attribute tone of label Claim | Claim.tone.loud | ",
		"value pleas of attribute type of label Claim | Claim.type.pleas | plea",
		"value sideways of attribute how of relation attacks | attacks.how.sideways | ",
		"value News of attribute genre | genre.News | news",
	}, said, "what a code stands for is a name of it; text is no list")
	assert.Equal(t, []string{"demand", "plea", "7"}, preview.Items[0].Choices)
}

func TestValuesAreTakenForOthersLeftOutAddedOrKept(t *testing.T) {
	for name, c := range map[string]struct {
		decisions map[string]annotate.StepDecision
		want      []string // of s1, s2, r1 and the document
		scheme    []string
		breaks    int
	}{
		"undecided": {nil, []string{`note=free tone=calm, Angry, loud type=denial`, `type=pleas`, `how=sideways`, `genre=News`}, nil, 5},
		"taken for others": {
			map[string]annotate.StepDecision{
				"Claim.tone.Angry": {Fate: annotate.Into, Into: "angry"}, "Claim.tone.loud": {Fate: annotate.Into, Into: "angry"}, "Claim.type.denial": {Fate: annotate.Into, Into: "7"},
				"value pleas of attribute type of label Claim": {Fate: annotate.Into, Into: "plea"}, "attacks.how.sideways": {Fate: annotate.Into, Into: "between the lines"},
				"genre.News": {Fate: annotate.Into, Into: "news"},
			},
			[]string{`note=free tone=calm, angry type=7`, `type=plea`, `how=between the lines`, `genre=news`},
			nil, 0,
		},
		"left out": {
			map[string]annotate.StepDecision{
				"Claim.tone.Angry": {Fate: annotate.Drop}, "Claim.tone.loud": {Fate: annotate.Drop}, "Claim.type.denial": {Fate: annotate.Drop}, "Claim.type.pleas": {Fate: annotate.Drop},
				"attacks.how.sideways": {Fate: annotate.Drop}, "genre.News": {Fate: annotate.Drop},
			},
			[]string{`note=free tone=calm`, ``, ``, ``},
			nil, 0,
		},
		"added": {
			map[string]annotate.StepDecision{
				"Claim.tone.Angry": {Fate: exchange.Add}, "Claim.tone.loud": {Fate: annotate.Drop}, "Claim.type.denial": {Fate: exchange.Add}, "Claim.type.pleas": {Fate: exchange.Add},
				"attacks.how.sideways": {Fate: exchange.Add}, "genre.News": {Fate: exchange.Add},
			},
			[]string{`note=free tone=calm, Angry type=denial`, `type=pleas`, `how=sideways`, `genre=News`},
			[]string{
				"value News of attribute genre was added to the scheme", "value Angry of attribute tone of label Claim was added to the scheme", "value denial of attribute type of label Claim was added to the scheme",
				"value pleas of attribute type of label Claim was added to the scheme", "value sideways of attribute how of relation attacks was added to the scheme",
			},
			0,
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := listedProject(t)
			in := write(t, "in.jsonl", valued)
			options := exchange.ImportOptions{Annotator: "asha", Items: c.decisions}
			preview := rehearsing(t, p, options, in)
			report, err := exchange.Import(t.Context(), p, []string{in}, options)
			require.NoError(t, err)
			assert.Equal(t, report, preview.Report)
			assert.ElementsMatch(t, c.scheme, report.Scheme)
			layer, err := p.Layer("d1", "asha")
			require.NoError(t, err)
			relation := layer.Relations()[0]
			assert.Equal(t, c.want, []string{
				values(layer.Span("s1").Attributes), values(layer.Span("s2").Attributes), values(relation.Attributes), values(layer.Assessment.Labels),
			})
			scheme, err := p.Scheme()
			require.NoError(t, err)
			assert.Len(t, annotate.NewAudit(scheme, layer, annotate.NewBody("Mona said it rained."), annotate.Lookup{}).All(), c.breaks)
			again, err := exchange.Import(t.Context(), p, []string{in}, options)
			require.NoError(t, err)
			assert.Zero(t, again.Documents+again.Spans+len(again.Scheme), "the same import twice adds nothing")
		})
	}
}

// values returns them in order of name.
func values(all map[string]annotate.Value) string {
	var said []string
	for _, name := range annotate.SortedKeys(all) {
		said = append(said, name+"="+all[name].String())
	}
	return strings.Join(said, " ")
}

// TestFreeTextInThePlaceOfAChoiceDoesNotFloodTheQuestions has 300 values that the list lacks, of which one is decided about.
func TestFreeTextInThePlaceOfAChoiceDoesNotFloodTheQuestions(t *testing.T) {
	var lines strings.Builder
	for i := range 300 {
		fmt.Fprintf(&lines, `{"id":"d%d","name":"%d.txt","text":"Mona","meta":{},"annotator":"asha","status":"in_progress","labels":{"genre":"kind %d"},"spans":[],"relations":[],"offsets":"codepoint","scheme":"listed"}`+"\n", i, i, i)
	}
	in := write(t, "in.jsonl", lines.String())
	preview := rehearsing(t, listedProject(t), exchange.ImportOptions{}, in)
	assert.Len(t, preview.Items, 200)
	p := listedProject(t)
	report, err := exchange.Import(t.Context(), p, []string{in}, exchange.ImportOptions{Items: map[string]annotate.StepDecision{"genre.kind 299": {Fate: annotate.Into, Into: "news"}}})
	require.NoError(t, err)
	require.Len(t, report.Remarks, 1)
	assert.Equal(t, "value kind 299 of attribute genre was taken for news, once", report.Remarks[0].Sentence)
}
