package store

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"spanwright/annotate"
)

// rowTables are the tables that hold what the journal leaves behind; dump leaves
// out only what tells of the order of arrival.
var rowTables = []string{
	"SELECT * FROM document", "SELECT * FROM text", "SELECT * FROM span", "SELECT * FROM fragment",
	"SELECT * FROM relation", "SELECT * FROM argument", "SELECT * FROM assessment", "SELECT * FROM scheme",
	"SELECT * FROM comment", "SELECT * FROM resolution", "SELECT * FROM mention", "SELECT * FROM assignment",
	"SELECT * FROM decision", "SELECT * FROM side", "SELECT * FROM result",
	"SELECT * FROM review", "SELECT * FROM member", "SELECT * FROM stint",
}

var journalTables = []string{
	"SELECT * FROM gesture", "SELECT * FROM clock",
	`SELECT id, gesture, act, undoes, clock, annotator, device, kind, entity, "before", "after", superseded FROM journal`,
}

// dump writes rows and journal in an order of their own.
func dump(t rapid.TB, p *Project) string {
	return dumpTables(t, p, append(rowTables, journalTables...))
}

func dumpTables(t rapid.TB, p *Project, queries []string) string {
	t.Helper()
	var b strings.Builder
	for _, query := range queries {
		rows, err := p.readDB.Query(query + " ORDER BY 1, 2")
		require.NoError(t, err)
		columns, err := rows.Columns()
		require.NoError(t, err)
		fmt.Fprintln(&b, query)
		for rows.Next() {
			values := make([]any, len(columns))
			pointers := make([]any, len(columns))
			for i := range values {
				pointers[i] = &values[i]
			}
			require.NoError(t, rows.Scan(pointers...))
			fmt.Fprintln(&b, values...)
		}
		require.NoError(t, rows.Err())
		require.NoError(t, rows.Close())
	}
	return b.String()
}

// sharedText is the text of every document that the property tests make.
const sharedText = "Sie sagte 😀 nein, und er schwieg lange."

// variants returns the states one of a few entities can be in; the first is none.
func variants(entity int) []annotate.State {
	document := func(n int, name string) annotate.State {
		return &annotate.Document{ID: annotate.ID(fmt.Sprint("d", n)), Name: name, Text: sharedText, Hash: annotate.HashText(sharedText)}
	}
	span := func(id annotate.ID, label string, start, end int) annotate.State {
		return &annotate.Span{ID: id, Document: "d0", Annotator: "asha", Label: label, Fragments: []annotate.Fragment{{Start: start, End: end}, {Start: 21, End: 24}}}
	}
	switch entity {
	case 0:
		return []annotate.State{nil, document(0, "zero"), document(0, "null"), document(0, "naught")}
	case 1:
		return []annotate.State{nil, document(1, "one"), document(1, "ein")}
	case 2:
		return []annotate.State{nil, span("s0", "Claim", 0, 3), span("s0", "Source", 0, 3), span("s0", "Claim", 10, 14)}
	case 3:
		return []annotate.State{nil, span("s1", "Cue", 4, 9), span("s1", "Cue", 4, 14)}
	case 4:
		relation := func(role string, spans ...annotate.ID) annotate.State {
			r := &annotate.Relation{ID: "r0", Document: "d0", Annotator: "asha", Label: "attribution"}
			for _, s := range spans {
				r.Arguments = append(r.Arguments, annotate.Argument{Role: role, Span: s})
			}
			return r
		}
		return []annotate.State{nil, relation("cue", "s0", "s1"), relation("source", "s1")}
	}
	comment := func(id annotate.ID, author, text string, settled ...annotate.ID) annotate.State {
		c := &annotate.Comment{
			ID: id, Document: "d0", Annotator: author, Span: "s0", Resolves: settled,
			Written: time.Date(2026, 5, 3, 12, 3, 0, 7_000_000, time.UTC), Text: text,
		}
		if id != "c0" {
			c.Thread = "c0"
		}
		return c
	}
	switch entity {
	case 6:
		return []annotate.State{nil, comment("c0", "asha", "why?"), comment("c0", "asha", "why 😀?")}
	case 7:
		return []annotate.State{nil, comment("c1", "ben", "", "c0"), comment("c1", "ben", "agreed", "c0")}
	case 8:
		return []annotate.State{nil, comment("c2", "asha", "no", "c0", "c9")}
	case 10:
		review := annotate.Review{Document: "d0", Annotator: "asha", Status: annotate.Final, By: "ben"}
		returned := review
		returned.Status, returned.Comment = annotate.Returned, "why?"
		return []annotate.State{nil, &review, &returned}
	case 11:
		return []annotate.State{nil, &annotate.TeamMember{Annotator: "ben", Duty: annotate.Reviewing}, &annotate.TeamMember{Annotator: "ben", Duty: annotate.Leading}}
	}
	if entity == 9 {
		decision := func(by string, outcome annotate.Outcome) annotate.State {
			d := &annotate.Decision{
				ID: "v0", Document: "d0", Outcome: outcome, Adjudicator: by, Reason: "“so” is no cue",
				Sides: []annotate.Side{annotate.SideOf(span("s0", "Claim", 0, 3))},
			}
			if outcome != annotate.Neither {
				d.Taken, d.Results = []string{"asha"}, []annotate.Result{{ID: "s1", From: []annotate.ID{"s0"}}}
			}
			return d
		}
		return []annotate.State{nil, decision("ben", annotate.Took), decision("lead", annotate.Took), decision("ben", annotate.Neither)}
	}
	assessment := func(s annotate.Status) annotate.State {
		return &annotate.Assessment{Document: "d0", Annotator: "asha", Status: s}
	}
	return []annotate.State{nil, assessment(annotate.InProgress), assessment(annotate.Done)}
}

// drawChanges makes concurrent changes as two devices that know nothing of each
// other would: with small clocks, and made from any state.
func drawChanges(t *rapid.T) []annotate.Change {
	n := rapid.IntRange(1, 14).Draw(t, "changes")
	var changes []annotate.Change
	for i := range n {
		states := variants(rapid.IntRange(0, 11).Draw(t, "entity"))
		c := annotate.Change{
			ID:        annotate.ID(fmt.Sprintf("change-%02d", i)),
			Group:     annotate.ID(fmt.Sprintf("group-%02d", i)),
			Act:       annotate.Edit,
			Clock:     rapid.Uint64Range(2, 6).Draw(t, "clock"),
			Annotator: rapid.SampledFrom([]string{"asha", "ben"}).Draw(t, "annotator"),
			Device:    rapid.SampledFrom([]string{"laptop", "desk"}).Draw(t, "device"),
			Before:    rapid.SampledFrom(states).Draw(t, "before"),
			After:     rapid.SampledFrom(states).Draw(t, "after"),
		}
		if c.Before == nil && c.After == nil {
			c.After = states[1]
		}
		if said, ok := c.After.(*annotate.Comment); ok {
			c.Annotator = said.Annotator
		}
		if i > 0 && rapid.Bool().Draw(t, "undo") {
			c.Act, c.Undoes = annotate.Undo, changes[rapid.IntRange(0, i-1).Draw(t, "undoes")].Group
		}
		changes = append(changes, c)
	}
	return changes
}

func TestAnyOrderOfConcurrentChangesGivesTheSameRows(t *testing.T) {
	dir, n := t.TempDir(), 0
	fresh := func() *Project {
		n++
		p, err := Create(filepath.Join(dir, fmt.Sprint(n, Extension)), testScheme())
		require.NoError(t, err)
		// The scheme's creation has an id and time of its own in every project.
		_, err = p.transact(func(b *batch) error {
			return b.exec("DROP TRIGGER journal_is_kept; DELETE FROM journal; DELETE FROM gesture")
		})
		require.NoError(t, err)
		return p
	}
	rapid.Check(t, func(t *rapid.T) {
		changes := drawChanges(t)
		one, two := fresh(), fresh()
		defer one.Close()
		defer two.Close()
		_, err := one.Apply(changes[:len(changes)/3]...)
		require.NoError(t, err)
		_, err = one.Apply(changes...) // some of which are there by now
		require.NoError(t, err)
		shuffled := rapid.Permutation(append(changes, changes[:len(changes)/2]...)).Draw(t, "order")
		for _, c := range shuffled {
			_, err := two.Apply(c)
			require.NoError(t, err)
		}
		require.Equal(t, dump(t, one), dump(t, two))
		findings, err := two.Check()
		require.NoError(t, err)
		for _, f := range findings {
			require.NotContains(t, f.Sentence, "journal says")
			require.NotContains(t, f.Sentence, "superseded")
			require.NotContains(t, f.Sentence, "stored as")
			require.NotContains(t, f.Sentence, "code points")
			require.NotContains(t, f.Sentence, "of this comment")
		}
	})
}
