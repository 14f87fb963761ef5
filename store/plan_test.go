package store

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// TestEverydayWorkScansNoTable asks SQLite how it answers each statement of
// labelling, undoing and walking through documents: always by an index.
func TestEverydayWorkScansNoTable(t *testing.T) {
	p := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	s := claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3})
	r := &annotate.Relation{ID: "r", Document: d.ID, Annotator: "asha", Label: "about", Arguments: []annotate.Argument{{Role: "head", Span: s.ID}}}
	why := about(s, "asha", "why?")
	settled := (&annotate.Thread{ID: why.ID, Comments: []*annotate.Comment{why}}).Resolution("asha", "")
	applied := add(t, p, d, s, r, &annotate.Assessment{Document: d.ID, Annotator: "asha", Status: annotate.Done}, why, settled, about(r, "asha", "so"))
	noted := s.Clone()
	noted.Note = "x"
	for _, c := range []annotate.Change{
		{Annotator: "asha", Before: s, After: noted},
		{Annotator: "ben", Before: s, After: s, Clock: 3, ID: "late"},
		applied[0],
	} {
		_, err := p.Apply(c)
		require.NoError(t, err)
	}
	var many []annotate.State
	for i := range manyChanges {
		many = append(many, claim1(d.ID, "ben", annotate.Fragment{Start: i, End: i + 1}))
	}
	add(t, p, many...)
	changes, err := p.DocumentRemoval(d.ID)
	require.NoError(t, err)
	for i := range changes {
		changes[i].Annotator = "asha"
	}
	_, err = p.Apply(changes...)
	require.NoError(t, err)
	_, err = p.Undo("asha")
	require.NoError(t, err)
	p.CanUndo("asha")
	p.CanRedo("asha")
	p.Document(d.ID)
	p.DocumentByName("001.txt")
	p.DocumentByText("001.txt", d.Hash)
	p.Layer(d.ID, "asha")
	p.Labelled(d.ID)
	p.Assessment(d.ID, "asha")
	p.Annotators(d.ID)
	p.Comments(d.ID, "")
	p.CountComments("asha")
	p.Documents(DocumentQuery{Annotator: "asha", Limit: 1})
	p.Quotations("asha", s.Label, "", 3)
	p.NoteAudit(d.ID, "asha", 1, 0, clock(t, p))
	for _, q := range []DocumentQuery{{Flag: "x"}, {Flag: AnyFlag}, {Behind: 1}, {Broken: true}, {Status: annotate.InReview, Judges: true}} {
		q.Annotator, q.Limit = "asha", 1
		p.Documents(q)
	}
	p.Span(s.ID)
	p.Relation(r.ID)
	p.RelationsInvolving("asha", s.ID)
	p.Next("asha", d.ID, true, false)
	p.NextTask("asha", d.ID)
	p.Works(d.ID)
	p.Team()
	p.SearchTexts(context.Background(), TextQuery{Pattern: annotate.NewPattern("a")}, func(Stretch) error { return nil })
	p.Journal(JournalQuery{Document: d.ID, Limit: 1})
	p.Journal(JournalQuery{Limit: 1})

	asked := 0
	for _, known := range []*statements{p.writing, p.reading} {
		for query := range known.known {
			if strings.HasPrefix(query, "PRAGMA") {
				continue
			}
			asked++
			for _, step := range plan(t, p, query) {
				table, scans := strings.CutPrefix(step, "SCAN ")
				// Of the clock there is one row, and of members one for each person; g, doomed and d are results of parts of the query.
				small := table == "CONSTANT ROW" || table == "clock" || table == "member" || table == "g" || table == "doomed" || table == "d" && strings.Contains(query, "RECURSIVE")
				small = small || strings.HasPrefix(table, "json_each VIRTUAL TABLE") // what was asked for
				small = small || table == "d USING COVERING INDEX document_order"    // a page of the list, walked in its order
				require.False(t, scans && !small, "%s\nin %s", step, query)
			}
		}
	}
	require.Greater(t, asked, 30)
}

// plan returns the steps by which SQLite answers a query.
func plan(t *testing.T, p *Project, query string) []string {
	t.Helper()
	var steps []string
	rows, err := p.readDB.Query("EXPLAIN QUERY PLAN "+query, make([]any, strings.Count(query, "?"))[:parameters(query)]...)
	require.NoError(t, err, query)
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var detail string
		require.NoError(t, rows.Scan(&id, &parent, &unused, &detail))
		steps = append(steps, detail)
	}
	require.NoError(t, rows.Err())
	return steps
}

// parameters returns how many values a query takes; numbered ones count once.
func parameters(query string) int {
	highest := 0
	plain := strings.Count(query, "?")
	for n := 9; n > 0; n-- {
		if strings.Contains(query, "?"+string(rune('0'+n))) {
			highest, plain = n, 0
			break
		}
	}
	return highest + plain
}
