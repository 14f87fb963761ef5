package adjudicate_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"spanwright/annotate"
	"spanwright/annotate/adjudication"
	"spanwright/app/adjudicate"
	"spanwright/app/exchange"
	"spanwright/app/revise"
	"spanwright/store"
)

const schemeYAML = `
name: test
document: [{name: genre, kind: choice, values: [{name: news}, {name: comment}]}]
spans:
  - {label: Claim, attributes: [{name: type, kind: choice, values: [{name: denial}, {name: demand}]}]}
  - {label: Source}
  - {label: Cue}
relations:
  - label: attribution
    roles: [{name: source, labels: [Source]}, {name: cue, labels: [Cue]}, {name: content, labels: [Claim]}]
  - {label: same, symmetric: true, scope: project, roles: [{name: head, labels: [Claim]}, {name: tail, labels: [Claim]}]}
records:
  - {label: Question, attributes: [{name: text, kind: text}], records: [{label: Answer, attributes: [{name: text, kind: text}]}]}
`

const (
	text  = "The ministry said that the dam is safe. Engineers doubt it."
	other = "The dam is safe, the ministry repeats."
)

// span returns a span over words of a text.
func span(document *annotate.Document, annotator, id, label, words string) *annotate.Span {
	at := strings.Index(document.Text, words)
	return &annotate.Span{ID: annotate.ID(id), Document: document.ID, Annotator: annotator, Label: label, Fragments: []annotate.Fragment{{Start: at, End: at + len(words)}}}
}

func relation(document *annotate.Document, annotator, id, label string, arguments ...annotate.Argument) *annotate.Relation {
	return &annotate.Relation{ID: annotate.ID(id), Document: document.ID, Annotator: annotator, Label: label, Arguments: arguments}
}

// labelled makes a project in which asha, ben and cy have labelled two documents.
func labelled(t *testing.T) (p *store.Project, documents [2]*annotate.Document) {
	t.Helper()
	scheme, err := annotate.ParseScheme("test.yaml", []byte(schemeYAML))
	require.NoError(t, err)
	p, err = store.Create(filepath.Join(t.TempDir(), "p"+store.Extension), scheme)
	require.NoError(t, err)
	t.Cleanup(func() { p.Close() })
	documents = [2]*annotate.Document{annotate.NewDocument("a.txt", text), annotate.NewDocument("b.txt", other)}
	documents[0].ID, documents[1].ID = "a", "b"
	a, b := documents[0], documents[1]
	put(t, p, "lead", a, b)
	for i, name := range []string{"asha", "ben", "cy"} {
		n := name[:1]
		claim := span(a, name, n+"2", "Claim", []string{"the dam is safe", "that the dam is safe", "the dam is safe"}[i])
		claim.Attributes = map[string]annotate.Value{"type": annotate.Text([]string{"denial", "denial", "demand"}[i])}
		put(t, p, name,
			span(a, name, n+"1", "Source", "The ministry"), claim, span(a, name, n+"3", []string{"Cue", "Source", "Cue"}[i], "said"),
			span(b, name, n+"5", "Claim", []string{"The dam is safe", "dam is safe", "The dam is safe"}[i]),
			&annotate.Assessment{Document: a.ID, Annotator: name, Status: annotate.Done, Labels: map[string]annotate.Value{"genre": annotate.Text([]string{"news", "news", "comment"}[i])}},
		)
	}
	put(t, p, "asha", relation(a, "asha", "ra", "attribution", annotate.Argument{Role: "source", Span: "a1"}, annotate.Argument{Role: "cue", Span: "a3"}, annotate.Argument{Role: "content", Span: "a2"}),
		relation(a, "asha", "rx", "same", annotate.Argument{Role: "head", Span: "a2"}, annotate.Argument{Role: "tail", Span: "a5", Document: b.ID}))
	put(t, p, "cy", relation(a, "cy", "rc", "attribution", annotate.Argument{Role: "source", Span: "c1"}, annotate.Argument{Role: "content", Span: "c2"}))
	put(t, p, "ben", relation(a, "ben", "ry", "same", annotate.Argument{Role: "head", Span: "b5", Document: b.ID}, annotate.Argument{Role: "tail", Span: "b2"}))
	return p, documents
}

func put(t *testing.T, p *store.Project, who string, states ...annotate.State) {
	t.Helper()
	for _, s := range states {
		_, err := p.Apply(annotate.Change{Annotator: who, After: s})
		require.NoError(t, err)
	}
}

func open(t rapid.TB, p *store.Project, document annotate.ID) *adjudication.Desk {
	t.Helper()
	reader, err := adjudicate.NewReader(p)
	require.NoError(t, err)
	desk, err := reader.OpenStored(document)
	require.NoError(t, err)
	return desk
}

func apply(t rapid.TB, p *store.Project, by string, changes []annotate.Change) {
	t.Helper()
	for i := range changes {
		changes[i].Annotator = by
	}
	_, err := p.Apply(changes...)
	require.NoError(t, err)
}

func TestCasesAreSaidByWhatDiffers(t *testing.T) {
	p, documents := labelled(t)
	desk := open(t, p, documents[0].ID)
	words := adjudicate.Words{Desk: desk, Text: documents[0].Text}
	var said []string
	for _, c := range desk.Cases() {
		said = append(said, words.Sides(c))
	}
	assert.Equal(t, []string{
		"genre: news (asha, ben) | comment (cy)",
		"Source “The ministry” (asha, ben, cy)",
		"“said”: Cue (asha, cy) | Source (ben)",
		"Claim: “the dam is safe” type: denial (asha) | “that the dam is safe” type: denial (ben) | “the dam is safe” type: demand (cy)",
		"attribution: cue “said” (asha) | no cue (cy) | nothing (ben)",
		"same “the dam is safe” · “The dam is safe” in b.txt (asha, ben) | nothing (cy)",
	}, said)
}

func TestRelationsAcrossDocumentsWaitForTheOtherDocument(t *testing.T) {
	p, documents := labelled(t)
	majority := adjudication.Threshold{Majority: true}
	ids := []annotate.ID{documents[0].ID, documents[1].ID}
	// Of the first document: source, cue. The claim has three readings, so the relation cannot follow.
	n, err := adjudicate.TakeOver(t.Context(), p, ids, majority, "lead", nil)
	require.NoError(t, err)
	assert.Equal(t, 4, n, "and the claim of the second, and the genre")
	desk := open(t, p, documents[0].ID)
	changes, err := desk.Decide(desk.CaseOf("a2"), adjudication.Verdict{Outcome: annotate.Took, Taken: []string{"asha"}, By: "lead"})
	require.NoError(t, err)
	apply(t, p, "lead", changes)
	n, err = adjudicate.TakeOver(t.Context(), p, ids, majority, "lead", nil)
	require.NoError(t, err)
	assert.Equal(t, 1, n, "asha and ben relate the same two claims")
	c := open(t, p, documents[0].ID).CaseOf("rx")
	require.Equal(t, adjudication.Settled, c.State)
	r, err := p.Relation(c.Decision.Results[0].ID)
	require.NoError(t, err)
	there := open(t, p, documents[1].ID).CaseOf("a5").Decision.Results[0].ID
	assert.Equal(t, annotate.Argument{Role: "tail", Span: there, Document: documents[1].ID}, r.Arguments[1])
	for range 2 {
		_, err = p.Undo("lead")
		require.NoError(t, err)
	}
	sentence, _ := p.CanUndo("lead")
	assert.Contains(t, sentence, "4 decisions", "what was taken over is one act")
	findings, err := p.Check()
	require.NoError(t, err)
	assert.Empty(t, findings)
}

// TestDocumentsThatRestOnOneAnotherAreTakenOverInTheOrderTheyNeed relates two documents crosswise, and
// to the relation of the one that of the other; of the first only what rests on the second is left to decide.
func TestDocumentsThatRestOnOneAnotherAreTakenOverInTheOrderTheyNeed(t *testing.T) {
	for _, backwards := range []bool{false, true} {
		p, documents := labelled(t)
		a, b := documents[0], documents[1]
		for _, name := range []string{"asha", "ben", "cy"} {
			n := name[:1]
			put(t, p, name,
				relation(b, name, n+"back", "same", annotate.Argument{Role: "head", Span: annotate.ID(n + "5")}, annotate.Argument{Role: "tail", Span: annotate.ID(n + "1"), Document: a.ID}),
				relation(a, name, n+"forth", "attribution", annotate.Argument{Role: "source", Span: annotate.ID(n + "1")}, annotate.Argument{Role: "content", Relation: annotate.ID(n + "back"), Document: b.ID}))
		}
		ids := []annotate.ID{a.ID, b.ID}
		_, err := adjudicate.TakeOver(t.Context(), p, ids[:1], adjudication.Threshold{AtLeast: 1}, "lead", nil)
		require.NoError(t, err)
		require.Equal(t, adjudication.Open, open(t, p, a.ID).CaseOf("aforth").State)
		if backwards {
			slices.Reverse(ids)
		}
		_, err = adjudicate.TakeOver(t.Context(), p, ids, adjudication.Threshold{AtLeast: 1}, "lead", nil)
		require.NoError(t, err)
		for document, side := range map[annotate.ID]annotate.ID{a.ID: "aforth", b.ID: "aback"} {
			assert.Equal(t, adjudication.Settled, open(t, p, document).CaseOf(side).State, side)
		}
		assert.Equal(t, []string{"asha", "ben", "cy"}, open(t, p, a.ID).CaseOf("aforth").Like("asha"), "all relate the same relation")
		findings, err := p.Check()
		require.NoError(t, err)
		assert.Empty(t, findings)
	}
}

// answered has asha, ben and cy ask the same of a document and answer it apart, cy twice.
func answered(t *testing.T, p *store.Project, d *annotate.Document) {
	t.Helper()
	record := func(annotator, id, label, parent, text string) *annotate.Record {
		return &annotate.Record{
			ID: annotate.ID(id), Document: d.ID, Annotator: annotator, Label: label, Parent: annotate.ID(parent), Rank: "1",
			Attributes: map[string]annotate.Value{"text": annotate.Text(text)},
		}
	}
	for i, name := range []string{"asha", "ben", "cy"} {
		n := name[:1]
		put(t, p, name, record(name, n+"q", "Question", "", "Is the dam safe?"), record(name, n+"w", "Answer", n+"q", []string{"yes", "no", "yes"}[i]))
	}
	put(t, p, "cy", record("cy", "cp", "Question", "", "Who doubts it?"), record("cy", "cv", "Answer", "cp", "engineers"))
}

// TestDecisionsMergedInAnyOrderAndTwiceAgree has three people decide apart, each some cases
// and each in their own way, and merges their copies in any order, each some times.
func TestDecisionsMergedInAnyOrderAndTwiceAgree(t *testing.T) {
	p, documents := labelled(t)
	answered(t, p, documents[0])
	dir, n := t.TempDir(), 0
	require.NoError(t, p.SaveCopy(filepath.Join(dir, "copy")))
	raw, err := os.ReadFile(filepath.Join(dir, "copy"))
	require.NoError(t, err)
	fresh := func(t rapid.TB) *store.Project {
		n++
		path := filepath.Join(dir, fmt.Sprint(n, store.Extension))
		require.NoError(t, os.WriteFile(path, raw, 0o644))
		c, err := store.Open(path)
		require.NoError(t, err)
		return c
	}
	rapid.Check(t, func(t *rapid.T) {
		var copies []*store.Project
		made := 0
		for _, by := range []string{"lead", "deputy"} {
			c := fresh(t)
			defer c.Close()
			for range rapid.IntRange(1, 2).Draw(t, "decisions") {
				if decideAnything(t, c, documents[0].ID, by) {
					made++
				}
			}
			copies = append(copies, c)
		}
		one, two := fresh(t), fresh(t)
		defer one.Close()
		defer two.Close()
		mergeAll(t, one, copies)
		mergeAll(t, two, rapid.Permutation(slices.Concat(copies, copies)).Draw(t, "order"))
		require.Equal(t, exported(t, one), exported(t, two))
		require.Equal(t, standing(t, one, documents[0].ID), standing(t, two, documents[0].ID))
		journal, err := two.Journal(store.JournalQuery{})
		require.NoError(t, err)
		require.GreaterOrEqual(t, len(slices.DeleteFunc(journal, func(e store.Entry) bool { return e.EntityKind() != annotate.DecisionEntity })), made,
			"every decision is in the journal")
		findings, err := two.Check()
		require.NoError(t, err)
		for _, f := range findings { // a relation taken here may have lost its end to a decision made there
			require.Contains(t, f.Sentence, "does not exist")
		}
	})
}

// decideAnything decides a case in some way; it reports whether that was possible.
func decideAnything(t *rapid.T, p *store.Project, document annotate.ID, by string) bool {
	desk := open(t, p, document)
	cases := desk.Cases()
	c := cases[rapid.IntRange(0, len(cases)-1).Draw(t, "case")]
	v := adjudication.Verdict{By: by, Reason: "so"}
	v.Outcome = rapid.SampledFrom([]annotate.Outcome{annotate.Took, annotate.Both, annotate.Neither, annotate.Made}).Draw(t, "outcome")
	if len(c.Sides) > 0 && v.Outcome != annotate.Neither {
		v.Taken = []string{c.Sides[rapid.IntRange(0, len(c.Sides)-1).Draw(t, "side")].Annotator}
	}
	changes, err := desk.Decide(c, v)
	if err != nil {
		return false
	}
	apply(t, p, by, changes)
	return true
}

func mergeAll(t rapid.TB, into *store.Project, copies []*store.Project) {
	for _, c := range copies {
		_, err := into.Merge(context.Background(), c, store.MergeOptions{Annotator: "lead"})
		require.NoError(t, err)
	}
}

func exported(t rapid.TB, p *store.Project) string {
	var b bytes.Buffer
	_, err := exchange.Write(context.Background(), p, &b, exchange.ExportOptions{})
	require.NoError(t, err)
	return b.String()
}

// standing says of each case whether it is settled, and why not.
func standing(t rapid.TB, p *store.Project, document annotate.ID) []string {
	var all []string
	for _, c := range open(t, p, document).Cases() {
		all = append(all, fmt.Sprint(c.ID, " ", c.State, " ", c.Why))
	}
	return all
}

func TestAChangeOfTheSchemeOpensNothingAgain(t *testing.T) {
	p, documents := labelled(t)
	for {
		desk := open(t, p, documents[0].ID)
		cases := desk.Cases()
		i := slices.IndexFunc(cases, func(c *adjudication.Case) bool {
			return c.State != adjudication.Settled && c.ID != desk.CaseOf("rx").ID
		})
		if i < 0 {
			break
		}
		changes, err := desk.Decide(cases[i], adjudication.Verdict{Outcome: annotate.Took, Taken: []string{cases[i].Sides[0].Annotator}, By: "lead"})
		require.NoError(t, err)
		apply(t, p, "lead", changes)
	}
	before := standing(t, p, documents[0].ID)
	to, err := annotate.ParseScheme("to.yaml", []byte(strings.NewReplacer(
		"{label: Claim,", "{label: Statement, formerly: [Claim],", "[Claim]", "[Statement]", "name: denial", "name: denying, formerly: [denial]",
		"name: genre", "name: kind, formerly: [genre]", "name: cue,", "name: verb, formerly: [cue],",
	).Replace(schemeYAML)))
	require.NoError(t, err)
	plan, err := revise.Prepare(t.Context(), p, to, nil, nil)
	require.NoError(t, err)
	_, err = plan.Apply(t.Context(), "lead", nil)
	require.NoError(t, err)
	for _, c := range open(t, p, documents[0].ID).Cases() {
		if c.Has("relation") && c.State == adjudication.Open {
			continue // the one that rests on the other document
		}
		assert.Equal(t, adjudication.Settled, c.State, "%v %s", c.Sides, c.Why)
	}
	_, err = p.Undo("lead")
	require.NoError(t, err)
	assert.Equal(t, before, standing(t, p, documents[0].ID))
}

func TestDocumentsWithOpenDifferencesAreCountedAndGoneThrough(t *testing.T) {
	p, documents := labelled(t)
	alone := annotate.NewDocument("c.txt", text)
	alone.ID = "c"
	put(t, p, "lead", alone)
	put(t, p, "asha", span(alone, "asha", "only", "Source", "The ministry"))
	reader, err := adjudicate.NewReader(p)
	require.NoError(t, err)
	next, ok, err := reader.Next(alone.ID, true)
	require.NoError(t, err)
	require.True(t, ok, "what is not counted yet is counted on the way")
	assert.Equal(t, documents[0].ID, next)
	for more := true; more; {
		more, err = reader.Count()
		require.NoError(t, err)
	}
	differing := func() []string {
		t.Helper()
		var names []string
		rows, err := p.Documents(store.DocumentQuery{Differing: true})
		require.NoError(t, err)
		for _, row := range rows {
			names = append(names, row.Name)
		}
		return names
	}
	assert.Equal(t, []string{"a.txt", "b.txt"}, differing(), "asha alone differs from nobody")
	_, err = adjudicate.TakeOver(t.Context(), p, []annotate.ID{documents[1].ID}, adjudication.Threshold{Majority: true}, "lead", nil)
	require.NoError(t, err)
	assert.Equal(t, []string{}, append([]string{}, differing()...), "what was decided has to be counted again, and so has what points there")
	next, ok, err = reader.Next(documents[0].ID, true)
	require.NoError(t, err)
	assert.False(t, ok, "%s is settled", next)
	for more := true; more; {
		more, err = reader.Count()
		require.NoError(t, err)
	}
	assert.Equal(t, []string{"a.txt"}, differing())
}
