package command_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/command"
	"spanwright/store"
)

// quarrel is the text of each of twenty documents: a source, a cue and a claim about a place.
const quarrel = "Mona said the mill is shut. "

// planted is what carol makes otherwise in the i-th document, each kind of difference in turn.
func planted(i int) string {
	return []string{"", "missing", "boundary", "label", "attribute", "role", "relation"}[i%7]
}

// judge labels every document of a packet as that annotator does: all alike, but for what
// carol makes otherwise.
func judge(t *testing.T, path, annotator string) {
	t.Helper()
	p, err := store.Open(path)
	require.NoError(t, err)
	for i := range 20 {
		d, err := p.DocumentByName(fmt.Sprintf("%02d.txt", i))
		require.NoError(t, err)
		otherwise := ""
		if annotator == "carol" {
			otherwise = planted(i)
		}
		span := func(label string, start, end int) *annotate.Span {
			return &annotate.Span{ID: annotate.NewID(), Document: d.ID, Annotator: annotator, Label: label, Fragments: []annotate.Fragment{{Start: start, End: end}}}
		}
		source, cue, claim := span("Source", 0, 4), span("Cue", 5, 9), span("Claim", 10, 26)
		claim.Attributes = map[string]annotate.Value{"type": annotate.Text("denial")}
		arguments := []annotate.Argument{{Role: "source", Span: source.ID}, {Role: "cue", Span: cue.ID}, {Role: "content", Span: claim.ID}}
		switch otherwise {
		case "boundary":
			claim.Fragments[0].Start = 14
		case "attribute":
			claim.Attributes["type"] = annotate.Text("assertion")
		case "role":
			arguments = arguments[1:]
		}
		states := []annotate.State{source, cue, claim}
		switch {
		case planted(i) == "missing" && otherwise == "", planted(i) == "label" && otherwise == "":
			states = append(states, span("Place", 14, 18))
		case otherwise == "label":
			states = append(states, span("Target", 14, 18))
		}
		if otherwise != "relation" {
			states = append(states, &annotate.Relation{ID: annotate.NewID(), Document: d.ID, Annotator: annotator, Label: "attribution", Arguments: arguments})
		}
		states = append(states, &annotate.Assessment{Document: d.ID, Annotator: annotator, Status: annotate.Done})
		for _, s := range states {
			_, err := p.Apply(annotate.Change{Annotator: annotator, After: s})
			require.NoError(t, err)
		}
	}
	require.NoError(t, p.Close())
}

// told runs a command that prints JSON.
func told(t *testing.T, into any, args ...string) {
	t.Helper()
	var out, said bytes.Buffer
	require.Equal(t, 0, command.Run(args, nil, &out, &said, nil), "%v: %s", args, said.String())
	require.NoError(t, json.Unmarshal(out.Bytes(), into))
}

// TestTwentyDocumentsOfThreeAnnotatorsAreMeasuredAndJudged plants every kind of difference, and asserts
// what was counted by hand: carol has 63 spans to the others' 66, of which the three with another border and
// the three with another label are not theirs; of 86 things in the documents 69 are the same with all three.
func TestTwentyDocumentsOfThreeAnnotatorsAreMeasuredAndJudged(t *testing.T) {
	folder := t.TempDir()
	in := func(name string) string { return filepath.Join(folder, name) }
	require.NoError(t, os.Mkdir(in("texts"), 0o700))
	for i := range 20 {
		require.NoError(t, os.WriteFile(filepath.Join(in("texts"), fmt.Sprintf("%02d.txt", i)), fmt.Appendf(nil, "%s%02d", quarrel, i), 0o600))
	}
	people := []string{"asha", "ben", "carol"}
	lead := in("lead.spanwright")
	run(t, 0, "new", lead)
	run(t, 0, "import", lead, in("texts"), "--annotator", "lead")
	for _, name := range people {
		run(t, 0, "packet", "make", lead, "--all", "--annotator", name, "-o", in(name+".spanwright"))
		judge(t, in(name+".spanwright"), name)
	}
	var judged string
	var want []byte
	for n, order := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		mine := in(fmt.Sprintf("order%d.spanwright", n))
		duplicate(t, lead, mine)
		for range 2 {
			for _, i := range order {
				run(t, 0, "merge", mine, in(people[i]+".spanwright"), "--annotator", "lead")
			}
		}
		kinds, open, agreed := differences(t, mine)
		require.Equal(t, map[string]int{"missing": 3, "boundary": 3, "label": 3, "attribute": 3, "role": 3, "relation": 2}, kinds)
		require.Equal(t, 17, open)
		require.Equal(t, 69, agreed)
		if n == 0 {
			judged = mine
			requireAgreement(t, mine)
			run(t, 0, "adjudicate", mine, "--auto", "all", "--annotator", "lead")
			run(t, 0, "adjudicate", mine, "--auto", "majority", "--annotator", "lead")
		} else {
			run(t, 0, "merge", mine, judged, "--annotator", "lead")
		}
		kinds, open, agreed = differences(t, mine)
		require.Empty(t, kinds, "of two against one every difference is settled")
		require.Zero(t, open+agreed)
		run(t, 0, "check", mine)
		out := in(fmt.Sprintf("order%d.jsonl", n))
		run(t, 0, "export", mine, "--layer", "all", "-o", out)
		got, err := os.ReadFile(out)
		require.NoError(t, err)
		if n == 0 {
			want = got
			requireDecisions(t, mine, 86)
		}
		require.True(t, bytes.Equal(want, got), "order %v gives another export", order)
	}
}

// differences counts what is open, by kind, and what is agreed on and not taken over.
func differences(t *testing.T, project string) (kinds map[string]int, open, agreed int) {
	t.Helper()
	var listed struct {
		Documents []struct {
			Open, Agreed int
			Kinds        map[string]int
		}
	}
	told(t, &listed, "adjudicate", project, "--json")
	kinds = map[string]int{}
	for _, d := range listed.Documents {
		open, agreed = open+d.Open, agreed+d.Agreed
		for kind, n := range d.Kinds {
			kinds[kind] += n
		}
	}
	return kinds, open, agreed
}

// requireAgreement asserts the agreement of each two: 1 of asha and ben, and 2·57/(66+63) of
// either and carol.
func requireAgreement(t *testing.T, project string) {
	t.Helper()
	var measured struct {
		Figures []struct {
			Subject    string
			Annotators []string
			Value      float64
		}
	}
	told(t, &measured, "agree", project, "--measure", "f1-strict", "--json")
	pairs := map[string]float64{}
	for _, f := range measured.Figures {
		if f.Subject == "" && len(f.Annotators) == 2 {
			pairs[f.Annotators[0]+" "+f.Annotators[1]] = f.Value
		}
	}
	require.Len(t, pairs, 3)
	require.InDelta(t, 1, pairs["asha ben"], 1e-12)
	require.InDelta(t, 114.0/129, pairs["asha carol"], 1e-12)
	require.InDelta(t, 114.0/129, pairs["ben carol"], 1e-12)
}

// requireDecisions asserts how many decisions the journal has.
func requireDecisions(t *testing.T, project string, n int) {
	t.Helper()
	p, err := store.Open(project)
	require.NoError(t, err)
	defer p.Close()
	decided := 0
	entries, err := p.Journal(store.JournalQuery{})
	require.NoError(t, err)
	for _, e := range entries {
		if e.EntityKind() == annotate.DecisionEntity {
			decided++
			require.Equal(t, "lead", e.Annotator)
		}
	}
	require.Equal(t, n, decided)
}
