package command_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/app/adjudicate/adjudicatetest"
	"spanwright/app/command"
)

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
	adjudicatetest.Write(t, in("texts"))
	people := adjudicatetest.People
	lead := in("lead.spanwright")
	run(t, 0, "new", lead)
	run(t, 0, "import", lead, in("texts"), "--annotator", "lead")
	for _, name := range people {
		run(t, 0, "packet", "make", lead, "--all", "--annotator", name, "-o", in(name+".spanwright"))
		adjudicatetest.Label(t, in(name+".spanwright"), name)
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
		require.Equal(t, adjudicatetest.Differences, open)
		require.Equal(t, adjudicatetest.Decisions-adjudicatetest.Differences, agreed)
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
			require.Equal(t, adjudicatetest.Decisions, adjudicatetest.RequireDecisions(t, mine, "lead"), "nobody looked at any of them")
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
