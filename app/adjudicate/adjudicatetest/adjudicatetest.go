// Package adjudicatetest makes up twenty documents and what three annotators make of them, for
// the tests that settle where they differ: all make the same, but carol plants a difference of each kind in turn.
package adjudicatetest

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/store"
)

// People are the annotators.
var People = []string{"asha", "ben", "carol"}

// What there is to count, by hand: in each document a source, a cue, a claim and the attribution between them, and in six of
// them a place besides.
const (
	Documents   = 20
	Decisions   = 86 // one about each of these
	Differences = 17 // of them
)

// quarrel is the text of each document.
const quarrel = "Mona said the mill is shut. "

// Name returns the name of the i-th document.
func Name(i int) string { return fmt.Sprintf("%02d.txt", i) }

// Planted returns the kind of difference in the i-th document, "" for none.
func Planted(i int) string {
	return []string{"", "missing", "boundary", "label", "attribute", "role", "relation"}[i%7]
}

// Write writes the texts into a folder.
func Write(t testing.TB, folder string) {
	t.Helper()
	for i := range Documents {
		require.NoError(t, os.WriteFile(filepath.Join(folder, Name(i)), fmt.Appendf(nil, "%s%02d", quarrel, i), 0o600))
	}
}

// Label labels every document of a project file as that annotator does.
func Label(t testing.TB, path, annotator string) {
	t.Helper()
	p, err := store.Open(path)
	require.NoError(t, err)
	for i := range Documents {
		d, err := p.DocumentByName(Name(i))
		require.NoError(t, err)
		for _, s := range made(d.ID, i, annotator) {
			_, err := p.Apply(annotate.Change{Annotator: annotator, After: s})
			require.NoError(t, err)
		}
	}
	require.NoError(t, p.Close())
}

// made is what an annotator makes of the i-th document.
func made(document annotate.ID, i int, annotator string) []annotate.State {
	otherwise := ""
	if annotator == "carol" {
		otherwise = Planted(i)
	}
	span := func(label string, start, end int) *annotate.Span {
		return &annotate.Span{ID: annotate.NewID(), Document: document, Annotator: annotator, Label: label, Fragments: []annotate.Fragment{{Start: start, End: end}}}
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
	case Planted(i) == "missing" && otherwise == "", Planted(i) == "label" && otherwise == "":
		states = append(states, span("Place", 14, 18))
	case otherwise == "label":
		states = append(states, span("Target", 14, 18))
	}
	if otherwise != "relation" {
		states = append(states, &annotate.Relation{ID: annotate.NewID(), Document: document, Annotator: annotator, Label: "attribution", Arguments: arguments})
	}
	return append(states, &annotate.Assessment{Document: document, Annotator: annotator, Status: annotate.Done})
}

// RequireDecisions asserts that the journal has a decision about everything, each made by that adjudicator, and
// returns how many of them nobody looked at.
func RequireDecisions(t testing.TB, path, adjudicator string) (automatic int) {
	t.Helper()
	p, err := store.Open(path)
	require.NoError(t, err)
	defer p.Close()
	decided := 0
	entries, err := p.Journal(store.JournalQuery{})
	require.NoError(t, err)
	for _, e := range entries {
		if decision, is := e.After.(*annotate.Decision); is {
			require.Equal(t, adjudicator, e.Annotator)
			decided++
			if decision.Automatic {
				automatic++
			}
		}
	}
	require.Equal(t, Decisions, decided)
	return automatic
}
