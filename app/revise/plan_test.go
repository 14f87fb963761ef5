package revise_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	_ "github.com/mattn/go-sqlite3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/exchange"
	"spanwright/app/revise"
	"spanwright/store"
)

const schemeText = `
name: harbour
spans:
- {label: Claim, attributes: [{name: type, kind: choice, values: [{name: song}, {name: demand}]}, {name: sure, kind: integer}]}
- {label: Source, attributes: [{name: who, kind: concept}]}
- label: Noise
relations:
- {label: says, scope: project, roles: [{name: source, labels: [Source]}, {name: content, labels: [Claim, Noise], relations: [says]}]}
document: [{name: genre, kind: text}]
records:
- {label: question, attributes: [{name: text, kind: text}], records: [{label: answer, attributes: [{name: url, kind: text}]}]}
concepts: [person, place]
flags: [discuss, skip]
`

// records are the work of two annotators on two documents. Offsets were counted by hand.
// In the second document of asha there is a relation on a span of the first.
const records = `{"id":"d1","name":"a.txt","text":"“Stay”, said Mona. Boo!","meta":{},"annotator":"asha","status":"done","labels":{"genre":"news"},"spans":[{"id":"s1","label":"Claim","start":1,"end":5,"text":"Stay","fragments":[[1,5]],"attributes":{"type":"demand","sure":3},"flag":"discuss","note":""},{"id":"s2","label":"Source","start":13,"end":17,"text":"Mona","fragments":[[13,17]],"attributes":{},"flag":"","note":""},{"id":"s3","label":"Noise","start":19,"end":22,"text":"Boo","fragments":[[19,22]],"attributes":{},"flag":"","note":""}],"relations":[{"id":"r1","label":"says","args":[{"role":"source","span":"s2"},{"role":"content","span":"s1"}],"attributes":{}},{"id":"r2","label":"says","args":[{"role":"source","span":"s2"},{"role":"content","span":"s3"}],"attributes":{}},{"id":"r3","label":"says","args":[{"role":"source","span":"s2"},{"role":"content","span":null,"relation":"r2"}],"attributes":{}}],"records":[{"id":"q1","label":"question","attributes":{"text":"Who?"},"records":[{"id":"a1","label":"answer","attributes":{"url":"x"}},{"id":"a2","label":"answer","attributes":{}}]}],"offsets":"codepoint","scheme":"harbour"}
{"id":"d1","name":"a.txt","text":"“Stay”, said Mona. Boo!","meta":{},"annotator":"ben","status":"in_progress","labels":{},"spans":[{"id":"s4","label":"Claim","start":1,"end":5,"text":"Stay","fragments":[[1,5]],"attributes":{"type":"song"},"flag":"skip","note":""}],"relations":[],"offsets":"codepoint","scheme":"harbour"}
{"id":"d2","name":"b.txt","text":"He stayed.","meta":{},"annotator":"asha","status":"in_progress","labels":{},"spans":[{"id":"s5","label":"Claim","start":3,"end":9,"text":"stayed","fragments":[[3,9]],"attributes":{"sure":1},"flag":"","note":""},{"id":"s6","label":"Source","start":0,"end":2,"text":"He","fragments":[[0,2]],"attributes":{},"flag":"","note":""}],"relations":[{"id":"r4","label":"says","args":[{"role":"source","span":"s6"},{"role":"content","span":"s3","document":"d1"}],"attributes":{}}],"offsets":"codepoint","scheme":"harbour"}
`

func scheme(t *testing.T, edits ...string) *annotate.Scheme {
	t.Helper()
	text := schemeText
	for i := 0; i < len(edits); i += 2 {
		require.Contains(t, text, edits[i])
		text = strings.ReplaceAll(text, edits[i], edits[i+1])
	}
	s, err := annotate.ParseScheme("s.yaml", []byte(text))
	require.NoError(t, err)
	return s
}

// project returns one with records, a comment of ben on a span of asha's, and one of
// asha on a relation.
func project(t *testing.T) *store.Project {
	t.Helper()
	folder := t.TempDir()
	p, err := store.Create(filepath.Join(folder, "p.spanwright"), scheme(t))
	require.NoError(t, err)
	t.Cleanup(func() { p.Close() })
	in := filepath.Join(folder, "in.jsonl")
	require.NoError(t, os.WriteFile(in, []byte(records), 0o600))
	report, err := exchange.Import(t.Context(), p, []string{in}, exchange.ImportOptions{Annotator: "asha"})
	require.NoError(t, err)
	require.Empty(t, report.Skipped)
	require.Empty(t, report.Scheme)
	on := annotate.NewComment("d1", "ben", "Is that speech?")
	on.Span = "s3"
	answer := annotate.NewComment("d1", "asha", "No.")
	answer.Span, answer.Thread = "s3", on.ID
	of := annotate.NewComment("d2", "asha", "Far away.")
	of.Relation = "r4"
	for _, c := range []*annotate.Comment{on, answer, of} {
		_, err := p.Apply(annotate.Change{Annotator: c.Annotator, After: c})
		require.NoError(t, err)
	}
	_, err = p.Apply(annotate.Change{Annotator: "asha", After: &annotate.Concept{ID: "c1", Kind: "place", Name: "Tollen"}})
	require.NoError(t, err)
	return p
}

func prepare(t *testing.T, p *store.Project, to *annotate.Scheme, decisions map[string]annotate.StepDecision) *revise.Plan {
	t.Helper()
	plan, err := revise.Prepare(t.Context(), p, to, decisions, nil)
	require.NoError(t, err)
	return plan
}

// counted writes what each step touches.
func counted(p *revise.Plan) map[string]revise.Count {
	all := map[string]revise.Count{}
	for i, s := range p.Revision.Steps {
		all[s.Sentence] = p.Counts[i]
	}
	return all
}

// exported returns everybody's records as they are written.
func exported(t *testing.T, p *store.Project) string {
	t.Helper()
	var b bytes.Buffer
	_, err := exchange.Write(t.Context(), p, &b, exchange.ExportOptions{})
	require.NoError(t, err)
	return b.String()
}

// rows returns every row of every table that says what the project holds.
func rows(t *testing.T, p *store.Project) string {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+p.Path()+"?mode=ro")
	require.NoError(t, err)
	defer db.Close()
	var b strings.Builder
	for _, table := range []string{"scheme", "document", "text", "span", "fragment", "relation", "argument", "record", "assessment", "comment", "resolution", "concept", "mention"} {
		found, err := db.Query("SELECT * FROM " + table)
		require.NoError(t, err)
		columns, err := found.Columns()
		require.NoError(t, err)
		var lines []string
		for found.Next() {
			values := make([]any, len(columns))
			for i := range values {
				values[i] = new(any)
			}
			require.NoError(t, found.Scan(values...))
			line := table
			for _, v := range values {
				line += fmt.Sprintf("\t%v", *v.(*any))
			}
			lines = append(lines, line)
		}
		require.NoError(t, found.Err())
		slices.Sort(lines)
		fmt.Fprintln(&b, strings.Join(lines, "\n"))
	}
	return b.String()
}

// sound asserts that the file agrees with its journal.
func sound(t *testing.T, p *store.Project) {
	t.Helper()
	findings, err := p.Check()
	require.NoError(t, err)
	assert.Empty(t, findings)
}

var (
	drop = annotate.StepDecision{Fate: annotate.Drop}
	keep = annotate.StepDecision{Fate: annotate.Keep}
)

func into(name string) annotate.StepDecision {
	return annotate.StepDecision{Fate: annotate.Into, Into: name}
}

func TestAPlanCountsWhatEachStepTouches(t *testing.T) {
	for _, test := range []struct {
		name      string
		edits     []string
		decisions map[string]annotate.StepDecision
		want      map[string]revise.Count
	}{
		{
			"rename",
			[]string{"{label: Claim,", "{label: Statement, formerly: [Claim],", "[Claim, Noise]", "[Statement, Noise]"},
			nil,
			map[string]revise.Count{"label Claim becomes Statement": {Spans: 3, Documents: 2}},
		},
		{
			"attribute removed",
			[]string{", {name: sure, kind: integer}", ""},
			nil,
			map[string]revise.Count{"removes attribute sure from label Claim": {Spans: 2, Documents: 2, Lost: 2}},
		},
		{
			// Of r2, r3, which points at r2, and r4 in another document; two comments on s3 and one on r4.
			"label dropped",
			[]string{"- label: Noise\n", "", "[Claim, Noise]", "[Claim]"},
			map[string]annotate.StepDecision{"Noise": drop},
			map[string]revise.Count{"removes label Noise": {Spans: 1, Documents: 1, Lost: 1, Along: 6}, "changes labels of role content of relation says": {}},
		},
		{
			"label kept",
			[]string{"- label: Noise\n", "", "[Claim, Noise]", "[Claim]"},
			nil,
			map[string]revise.Count{"removes label Noise": {Spans: 1, Documents: 1, Kept: 1}, "changes labels of role content of relation says": {}},
		},
		{
			"record dropped with those inside",
			[]string{"records:\n- {label: question, attributes: [{name: text, kind: text}], records: [{label: answer, attributes: [{name: url, kind: text}]}]}\n", ""},
			map[string]annotate.StepDecision{"question": drop, "answer": keep},
			map[string]revise.Count{"removes record question": {Records: 1, Documents: 1, Lost: 1, Along: 2}, "removes record answer": {}},
		},
		{
			"flags, document attributes and kinds of concept",
			[]string{"flags: [discuss, skip]", "flags: [skip]", "document: [{name: genre, kind: text}]\n", "", "[person, place]", "[person]"},
			map[string]annotate.StepDecision{"discuss": into("skip"), "place": drop},
			map[string]revise.Count{
				"removes flag discuss": {Spans: 1, Documents: 1}, "removes attribute genre from the document": {Assessments: 1, Documents: 1, Lost: 1},
				"removes concept kind place": {Concepts: 1, Lost: 1},
			},
		},
		{"a colour", []string{"- label: Noise", "- label: Noise\n  color: \"#000000\""}, nil, map[string]revise.Count{"changes colour of label Noise": {}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, counted(prepare(t, project(t), scheme(t, test.edits...), test.decisions)))
		})
	}
}

func TestAPlanCountsViolationsBeforeAndAfter(t *testing.T) {
	p := project(t)
	plan := prepare(t, p, scheme(t, "- label: Noise\n", "", "[Claim, Noise]", "[Claim]", "{name: sure, kind: integer}", "{name: sure, kind: integer, min: 2}"), nil)
	assert.Empty(t, plan.Before)
	// s3 has no label; r2, and r4 in each of the documents that it concerns, point at it; s5 is not sure enough.
	assert.Equal(t, map[annotate.Breach]int{annotate.LabelBreach: 1, annotate.FillerBreach: 3, annotate.AttributeBreach: 1}, plan.After)
	var listed []string
	for _, v := range plan.New {
		listed = append(listed, fmt.Sprintf("%s (%s) %s “%s”", v.Name, v.Annotator, v.Rule, v.Words))
	}
	assert.Equal(t, []string{
		"a.txt (asha) label “Boo”", "a.txt (asha) filler “Mona”", "a.txt (asha) filler “Boo”", "b.txt (asha) attribute “stayed”", "b.txt (asha) filler “He”",
	}, listed)
	before, after := plan.Violations()
	assert.Equal(t, [2]int{0, 5}, [2]int{before, after})
}

// everything is a change of which each kind of step touches something.
func everything(t *testing.T) (*annotate.Scheme, map[string]annotate.StepDecision) {
	return scheme(
		t, "{label: Claim,", "{label: Statement, formerly: [Claim],", "[Claim, Noise]", "[Statement]", "- label: Noise\n", "",
		", {name: sure, kind: integer}", ", {name: certain, formerly: [sure], kind: number}", "{name: song}, {name: demand}", "{name: plea, formerly: [demand]}",
		"{name: content,", "{name: what, formerly: [content],", "document: [{name: genre, kind: text}]\n", "", "label: question,", "label: query, formerly: [question],",
		"[person, place]", "[person]", "flags: [discuss, skip]", "flags: [{name: talk, formerly: [discuss]}]", ", records: [{label: answer, attributes: [{name: url, kind: text}]}]", "",
	), map[string]annotate.StepDecision{
		"Noise": drop, "Claim.type.song": into("plea"), "document.genre": drop, "answer": drop, "place": into("person"), "skip": drop,
	}
}

func TestAChangeIsUndoneAndRedoneExactly(t *testing.T) {
	p := project(t)
	to, decisions := everything(t)
	rowsBefore, exportBefore := rows(t, p), exported(t, p)
	journalBefore, err := p.Journal(store.JournalQuery{})
	require.NoError(t, err)

	n, err := prepare(t, p, to, decisions).Apply(t.Context(), "lead", nil)
	require.NoError(t, err)
	rowsAfter, exportAfter := rows(t, p), exported(t, p)
	sound(t, p)
	assert.NotEqual(t, rowsBefore, rowsAfter)
	s, err := p.Scheme()
	require.NoError(t, err)
	assert.Equal(t, 1, s.Revision)
	span, err := p.Span("s4")
	require.NoError(t, err)
	assert.Equal(t, &annotate.Span{
		ID: "s4", Document: "d1", Annotator: "ben", Label: "Statement", Fragments: span.Fragments,
		Attributes: map[string]annotate.Value{"type": annotate.Text("plea")},
	}, span, "ben's span keeps its id and its layer")

	journal, err := p.Journal(store.JournalQuery{})
	require.NoError(t, err)
	assert.Len(t, journal, len(journalBefore)+n)
	assert.Equal(t, annotate.SchemeEntity, journal[n-1].EntityKind(), "the scheme comes first")
	for _, e := range journal[:n] {
		assert.Equal(t, journal[0].Group, e.Group)
		assert.Equal(t, "lead", e.Annotator)
	}
	assert.Equal(t, journalBefore, journal[n:])

	for range 2 {
		_, err = p.Undo("lead")
		require.NoError(t, err)
		assert.Equal(t, rowsBefore, rows(t, p))
		assert.Equal(t, exportBefore, exported(t, p))
		sound(t, p)
		_, err = p.Redo("lead")
		require.NoError(t, err)
		assert.Equal(t, rowsAfter, rows(t, p))
		assert.Equal(t, exportAfter, exported(t, p))
		sound(t, p)
	}
	assert.Empty(t, prepare(t, p, to, nil).Revision.Steps, "the same scheme again changes nothing")
}

func TestAChangeIsRefusedWhenTheProjectWasChangedSince(t *testing.T) {
	p := project(t)
	to, decisions := everything(t)
	plan := prepare(t, p, to, decisions)
	_, err := p.Apply(annotate.Change{Annotator: "ben", After: annotate.NewComment("d2", "ben", "Wait.")})
	require.NoError(t, err)
	before := rows(t, p)
	_, err = plan.Apply(t.Context(), "lead", nil)
	assert.Equal(t, annotate.Conflict, annotate.KindOf(err))
	assert.ErrorContains(t, err, "the project was changed since; nothing was done, look at it again first")
	assert.Equal(t, before, rows(t, p))
	_, err = prepare(t, p, to, decisions).Apply(t.Context(), "lead", nil)
	assert.NoError(t, err)
}

func TestAChangeThatIsInterruptedLeavesNothing(t *testing.T) {
	p := project(t)
	to, decisions := everything(t)
	plan := prepare(t, p, to, decisions)
	before := rows(t, p)
	ctx, stop := context.WithCancel(t.Context())
	_, err := plan.Apply(ctx, "lead", func(done, total int, name string) { stop() })
	assert.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, before, rows(t, p))
	sound(t, p)
}

func TestUndoIsRefusedOnceSomebodyWentOnWithWhatWasChanged(t *testing.T) {
	p := project(t)
	to, decisions := everything(t)
	_, err := prepare(t, p, to, decisions).Apply(t.Context(), "lead", nil)
	require.NoError(t, err)
	span, err := p.Span("s4")
	require.NoError(t, err)
	noted := span.Clone()
	noted.Note = "mine"
	_, err = p.Apply(annotate.Change{Annotator: "ben", Before: span, After: noted})
	require.NoError(t, err)
	_, err = p.Undo("lead")
	assert.ErrorContains(t, err, "undo is not possible: span Statement was changed by ben since")
}

func TestASchemeThatContradictsItselfIsNoPlan(t *testing.T) {
	to := scheme(t)
	to.Spans[0].Parent = "Nothing"
	_, err := revise.Prepare(t.Context(), project(t), to, nil, nil)
	assert.EqualError(t, err, "the parent of label Claim is Nothing, which the scheme does not have")
}

func TestOnlyLossesThatHappenAreUndecided(t *testing.T) {
	p := project(t)
	sure := scheme(t, ", {name: sure, kind: integer}", "")
	assert.Len(t, prepare(t, p, sure, nil).Undecided(), 1)
	assert.Empty(t, prepare(t, p, sure, map[string]annotate.StepDecision{"Claim.sure": drop}).Undecided())
	assert.Empty(t, prepare(t, p, scheme(t, "attributes: [{name: who, kind: concept}]", "attributes: []"), nil).Undecided(), "nobody used it")
}
