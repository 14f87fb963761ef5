package store

import (
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"spanwright/annotate"
)

// listProject holds documents a to e; asha has done b and d, begun c, flagged c.
func listProject(t *testing.T) (*Project, map[string]annotate.ID) {
	p := create(t)
	ids := map[string]annotate.ID{}
	for _, name := range []string{"Alpha.txt", "beta.txt", "Éclair.txt", "delta.txt", "epsilon.txt"} {
		d := annotate.NewDocument(name, "She said no.")
		d.SetMeta("date", "2025-02-07")
		ids[name] = d.ID
		add(t, p, d)
	}
	for name, a := range map[string]annotate.Assessment{
		"beta.txt": {Status: annotate.Done}, "delta.txt": {Status: annotate.Done},
		"Éclair.txt": {Status: annotate.InProgress, Flag: "discuss"}, "epsilon.txt": {Status: annotate.New, Note: "hm"},
	} {
		a.Document, a.Annotator = ids[name], "asha"
		add(t, p, &a)
	}
	s := claim1(ids["Éclair.txt"], "asha", annotate.Fragment{Start: 0, End: 3})
	add(t, p, s, claim1(ids["Éclair.txt"], "ben", annotate.Fragment{Start: 0, End: 3}),
		&annotate.Relation{ID: "r", Document: ids["Éclair.txt"], Annotator: "asha", Label: "about", Arguments: []annotate.Argument{{Role: "head", Span: s.ID}}})
	return p, ids
}

func TestDocumentsAreListedByQueryAndPage(t *testing.T) {
	p, ids := listProject(t)
	flagged := claim1(ids["beta.txt"], "asha", annotate.Fragment{Start: 0, End: 3})
	flagged.Flag = "skip"
	add(t, p, flagged, annotate.NewComment(ids["epsilon.txt"], "asha", "why?"))
	for name, revision := range map[string]int{"beta.txt": 2, "delta.txt": 3} {
		after, err := p.Assessment(ids[name], "asha")
		require.NoError(t, err)
		before := after.Clone()
		after.Scheme = revision
		_, err = p.Apply(annotate.Change{Annotator: "asha", Before: before, After: after})
		require.NoError(t, err)
	}
	require.NoError(t, p.NoteAudit(ids["delta.txt"], "asha", 0, 2, clock(t, p)))
	require.NoError(t, p.NoteAudit(ids["beta.txt"], "asha", 0, 0, clock(t, p)))
	for _, test := range []struct {
		name  string
		query DocumentQuery
		want  []string
		count int
	}{
		{"all, in the order they were added", DocumentQuery{}, []string{"Alpha.txt", "beta.txt", "Éclair.txt", "delta.txt", "epsilon.txt"}, 5},
		{"a page", DocumentQuery{Offset: 1, Limit: 2}, []string{"beta.txt", "Éclair.txt"}, 5},
		{"beyond the end", DocumentQuery{Offset: 9, Limit: 2}, nil, 5},
		{"part of a name", DocumentQuery{Filter: "TA"}, []string{"beta.txt", "delta.txt"}, 2},
		{"part of a name with an accent", DocumentQuery{Filter: "écl"}, []string{"Éclair.txt"}, 1},
		{"what means something in SQL", DocumentQuery{Filter: "%"}, nil, 0},
		{"done", DocumentQuery{Annotator: "asha", Status: annotate.Done}, []string{"beta.txt", "delta.txt"}, 2},
		{"new, said or not", DocumentQuery{Annotator: "asha", Status: annotate.New}, []string{"Alpha.txt", "epsilon.txt"}, 2},
		{"new to somebody else", DocumentQuery{Annotator: "ben", Status: annotate.New, Limit: 1, Offset: 1}, []string{"beta.txt"}, 5},
		{"with a flag on the document", DocumentQuery{Annotator: "asha", Flag: "discuss"}, []string{"Éclair.txt"}, 1},
		{"with a flag on a span", DocumentQuery{Annotator: "asha", Flag: "skip"}, []string{"beta.txt"}, 1},
		{"with any flag", DocumentQuery{Annotator: "asha", Flag: AnyFlag}, []string{"beta.txt", "Éclair.txt"}, 2},
		{"with a flag of somebody else", DocumentQuery{Annotator: "ben", Flag: AnyFlag}, nil, 0},
		{"talked about", DocumentQuery{Annotator: "asha", Talked: true}, []string{"epsilon.txt"}, 1},
		{"done under an older scheme", DocumentQuery{Annotator: "asha", Behind: 3}, []string{"beta.txt"}, 1},
		{"done under a scheme before the first", DocumentQuery{Annotator: "asha", Behind: 2}, nil, 0},
		{"found to break the scheme", DocumentQuery{Annotator: "asha", Broken: true}, []string{"delta.txt"}, 1},
		{"two things at once", DocumentQuery{Annotator: "asha", Flag: AnyFlag, Behind: 3}, []string{"beta.txt"}, 1},
		{"both", DocumentQuery{Annotator: "asha", Status: annotate.Done, Filter: "del"}, []string{"delta.txt"}, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			rows, err := p.Documents(test.query)
			require.NoError(t, err)
			var names []string
			for i, r := range rows {
				names = append(names, r.Name)
				position, ok, err := p.Position(test.query, r.ID)
				require.NoError(t, err)
				require.True(t, ok)
				require.Equal(t, test.query.Offset+i, position)
			}
			require.Equal(t, test.want, names)
			n, err := p.CountDocuments(test.query)
			require.NoError(t, err)
			require.Equal(t, test.count, n)
		})
	}
	_, ok, err := p.Position(DocumentQuery{Filter: "beta"}, ids["Alpha.txt"])
	require.NoError(t, err)
	require.False(t, ok)
}

func TestTheTallyCountsWhatAFilterFinds(t *testing.T) {
	p, ids := listProject(t)
	require.NoError(t, p.NoteAudit(ids["beta.txt"], "asha", 1, 0, clock(t, p)))
	flagged := claim1(ids["beta.txt"], "asha", annotate.Fragment{Start: 0, End: 3})
	flagged.Flag = "discuss"
	also := claim1(ids["beta.txt"], "asha", annotate.Fragment{Start: 4, End: 8})
	also.Flag = "discuss"
	add(t, p, flagged, also, annotate.NewComment(ids["epsilon.txt"], "asha", "why?"))
	require.NoError(t, p.NoteAudit(ids["delta.txt"], "asha", 1, 1, clock(t, p)))
	tally, err := p.Tally("asha", 1, false, false)
	require.NoError(t, err)
	require.Equal(t, Tally{
		Progress: Progress{Total: 5, Done: 2, InProgress: 1, Flagged: 1}, Flags: map[string]int{"discuss": 2}, Reviews: map[annotate.Status]int{},
		Talked: 1, Behind: 2, Broken: 1, // of beta.txt it is forgotten, as it was changed since
	}, tally)
	tally, err = p.Tally("ben", 0, false, false)
	require.NoError(t, err)
	require.Equal(t, Tally{Progress: Progress{Total: 5}, Flags: map[string]int{}, Reviews: map[annotate.Status]int{}, Talked: 1}, tally)
}

// clock returns the clock of a project.
func clock(t *testing.T, p *Project) uint64 {
	t.Helper()
	now, err := p.Clock()
	require.NoError(t, err)
	return now
}

func TestWhatWasCountedBeforeAnEditIsNotRemembered(t *testing.T) {
	p, ids := listProject(t)
	since := clock(t, p)
	add(t, p, claim1(ids["beta.txt"], "asha", annotate.Fragment{Start: 0, End: 3}))
	require.NoError(t, p.NoteAudit(ids["beta.txt"], "asha", 1, 0, since))
	n, err := p.CountDocuments(DocumentQuery{Annotator: "asha", Broken: true})
	require.NoError(t, err)
	require.Zero(t, n)
	require.NoError(t, p.NoteAudit(ids["beta.txt"], "asha", 1, 0, clock(t, p)))
	n, err = p.CountDocuments(DocumentQuery{Annotator: "asha", Broken: true})
	require.NoError(t, err)
	require.Equal(t, 1, n)
}

func TestWhatIsNotAuditedYetIsFoundUntilTheSchemeChanges(t *testing.T) {
	p, ids := listProject(t)
	unaudited := func() int {
		found, err := p.Unaudited("asha", 10)
		require.NoError(t, err)
		return len(found)
	}
	require.Equal(t, 4, unaudited(), "what nobody has begun cannot be wrong")
	for _, id := range ids {
		require.NoError(t, p.NoteAudit(id, "asha", 0, 0, clock(t, p)))
	}
	require.Zero(t, unaudited())
	before := testScheme()
	after := before.Clone()
	after.Revision++
	_, err := p.Apply(annotate.Change{Annotator: "asha", Before: before, After: after})
	require.NoError(t, err)
	require.Equal(t, 4, unaudited())
	require.NoError(t, p.NoteAudit(ids["beta.txt"], "asha", 0, 0, clock(t, p)))
	_, err = p.Undo("asha")
	require.NoError(t, err)
	require.Equal(t, 4, unaudited())
}

func TestARowTellsOfTheAnnotatorAskedAbout(t *testing.T) {
	p, ids := listProject(t)
	meta := map[string]string{"date": "2025-02-07"}
	rows, err := p.Documents(DocumentQuery{Annotator: "asha", Filter: "éclair"})
	require.NoError(t, err)
	require.Equal(t, []DocumentRow{{
		ID: ids["Éclair.txt"], Name: "Éclair.txt", Meta: meta, Size: 12,
		Status: annotate.InProgress, Flag: "discuss", Spans: 1, Relations: 1,
	}}, rows)
	rows, err = p.Documents(DocumentQuery{Annotator: "ben", Filter: "éclair"})
	require.NoError(t, err)
	require.Equal(t, []DocumentRow{{ID: ids["Éclair.txt"], Name: "Éclair.txt", Meta: meta, Size: 12, Status: annotate.New, Spans: 1}}, rows)
}

func TestProgressAndStatsCount(t *testing.T) {
	p, _ := listProject(t)
	progress, err := p.Progress("asha")
	require.NoError(t, err)
	require.Equal(t, Progress{Total: 5, Done: 2, InProgress: 1, Flagged: 1}, progress)
	progress, err = p.Progress("ben")
	require.NoError(t, err)
	require.Equal(t, Progress{Total: 5}, progress)

	stats, err := p.Stats("")
	require.NoError(t, err)
	require.Equal(t, Stats{
		Documents: 5,
		Assigned:  []AssignmentCount{},
		Statuses: []StatusCount{
			{"asha", annotate.New, 2},
			{"asha", annotate.InProgress, 1},
			{"asha", annotate.Done, 2},
			{"ben", annotate.New, 5},
			{"ben", annotate.InProgress, 0},
			{"ben", annotate.Done, 0},
		},
		Reviews:   []StatusCount{},
		Spans:     []LabelCount{{"asha", "Claim", 1}, {"ben", "Claim", 1}},
		Relations: []LabelCount{{"asha", "about", 1}},
		Records:   []LabelCount{},
		Comments:  []CommentCount{},
		Decisions: []DecisionCount{},
		Time:      []TimeCount{},
	}, stats)
	stats, err = p.Stats("ben")
	require.NoError(t, err)
	require.Equal(t, []LabelCount{{"ben", "Claim", 1}}, stats.Spans)
	require.Empty(t, stats.Relations)
}

func TestNextWalksTheListBothWays(t *testing.T) {
	p, ids := listProject(t)
	names := map[annotate.ID]string{}
	for name, id := range ids {
		names[id] = name
	}
	for _, test := range []struct {
		from                string
		forward, unfinished bool
		want                string
	}{
		{"", true, false, "Alpha.txt"},
		{"", false, false, "epsilon.txt"},
		{"Alpha.txt", true, false, "beta.txt"},
		{"Alpha.txt", true, true, "Éclair.txt"},
		{"Alpha.txt", false, false, ""},
		{"Éclair.txt", true, true, "epsilon.txt"},
		{"Éclair.txt", false, true, "Alpha.txt"},
		{"epsilon.txt", true, false, ""},
	} {
		next, ok, err := p.Next("asha", ids[test.from], test.forward, test.unfinished)
		require.NoError(t, err)
		require.Equal(t, test.want != "", ok)
		require.Equal(t, test.want, names[next], "%+v", test)
	}
}

func TestDocumentsAreFoundByNameAndText(t *testing.T) {
	p, ids := listProject(t)
	id, ok, err := p.DocumentByText("beta.txt", annotate.HashText("She said no."))
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, ids["beta.txt"], id)
	_, ok, err = p.DocumentByText("beta.txt", annotate.HashText("other"))
	require.NoError(t, err)
	require.False(t, ok)
	for _, miss := range []func() error{
		func() error { _, err := p.Document("none"); return err },
		func() error { _, err := p.DocumentByName("none"); return err },
		func() error { _, err := p.Span("none"); return err },
		func() error { _, err := p.Relation("none"); return err },
		func() error { _, err := p.Text("none"); return err },
	} {
		require.Equal(t, annotate.NotFound, annotate.KindOf(miss()))
	}
}

func TestRelationsInvolvingReachesOtherDocuments(t *testing.T) {
	p, ids := listProject(t)
	far := claim1(ids["beta.txt"], "asha", annotate.Fragment{Start: 0, End: 3})
	involved := []annotate.ID{"none"}
	for range 300 { // more than one statement takes
		involved = append(involved, annotate.NewID())
	}
	involved = append(involved, far.ID, "r")
	relation := func(id annotate.ID, annotator string, a annotate.Argument) *annotate.Relation {
		a.Role = "head"
		return &annotate.Relation{ID: id, Document: ids["Alpha.txt"], Annotator: annotator, Label: "restates", Arguments: []annotate.Argument{a}}
	}
	add(t, p, far, relation("x1", "asha", annotate.Argument{Span: far.ID}), relation("x2", "ben", annotate.Argument{Span: far.ID}),
		relation("x3", "asha", annotate.Argument{Relation: "r"}), relation("x4", "asha", annotate.Argument{Implicit: true}))
	for annotator, want := range map[string][]annotate.ID{"asha": {"x1", "x3"}, "ben": {"x2"}, "": {"x1", "x2", "x3"}} {
		relations, err := p.RelationsInvolving(annotator, involved...)
		require.NoError(t, err)
		var found []annotate.ID
		for _, r := range relations {
			found = append(found, r.ID)
		}
		require.Equal(t, want, found, "annotator %q", annotator)
	}
	none, err := p.RelationsInvolving("asha")
	require.NoError(t, err)
	require.Empty(t, none)
}

func TestAnnotatorsAreThoseWhoseLayersHoldSomething(t *testing.T) {
	p, ids := listProject(t)
	for document, want := range map[annotate.ID][]string{"": {"asha", "ben"}, ids["beta.txt"]: {"asha"}, ids["Éclair.txt"]: {"asha", "ben"}, ids["Alpha.txt"]: nil} {
		names, err := p.Annotators(document)
		require.NoError(t, err)
		require.Equal(t, want, names)
	}
}

func TestTheViewsSpeakOfCodePointsAndCoveredText(t *testing.T) {
	p := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	s := claim1(d.ID, "asha", annotate.Fragment{Start: 10, End: 14}, annotate.Fragment{Start: 15, End: 19})
	s.Attributes = map[string]annotate.Value{"type": annotate.Text("denial")}
	r := &annotate.Relation{
		ID: "r", Document: d.ID, Annotator: "asha", Label: "attribution",
		Arguments: []annotate.Argument{{Role: "content", Span: s.ID}, {Role: "source", Implicit: true}},
	}
	add(t, p, d, s, r, &annotate.Assessment{Document: d.ID, Annotator: "asha", Status: annotate.Done})
	for query, want := range map[string]string{
		"SELECT characters || ' ' || bytes || ' ' || status || ' ' || spans || ' ' || relations FROM v_documents":                                     `39 42 {"asha":"done"} 1 1`,
		`SELECT start || ' ' || "end" || ' ' || text || ' ' || fragments || ' ' || (attributes ->> 'type') FROM v_spans`:                              `10 16 😀 nein [[10,11],[12,16]] denial`,
		"SELECT substr(d.text, s.start + 1, 1) FROM v_spans s JOIN v_documents d ON d.id = s.document":                                                "😀",
		"SELECT group_concat(label || ' ' || role || ' ' || coalesce(span_label || ' ' || text, 'implicit'), '; ') FROM v_relations":                  "attribution content Claim 😀 nein; attribution source implicit",
		"SELECT group_concat(kind || ' ' || entity_kind || ' ' || coalesce(document_name, '-'), '; ') FROM v_journal":                                 "create scheme -; create document 001.txt; create span 001.txt; create relation 001.txt; create assessment 001.txt",
		"SELECT count(*) FROM pragma_table_list WHERE name IN ('v_documents', 'v_spans', 'v_relations', 'v_comments', 'v_journal') AND type = 'view'": "5",
	} {
		got, err := column[string](p.reading, query)
		require.NoError(t, err)
		require.Equal(t, []string{want}, got, query)
	}
}

func TestManyReadersAtOnceDoNotWaitForEachOther(t *testing.T) {
	p := create(t)
	d := annotate.NewDocument("a.txt", "one two")
	add(t, p, d)
	var readers errgroup.Group
	for range 32 {
		readers.Go(func() error {
			if _, err := p.Document(d.ID); err != nil {
				return err
			}
			_, err := p.Layer(d.ID, "asha")
			return err
		})
	}
	require.NoError(t, readers.Wait())
}

func TestQuotationsComeFromOwnSpansOfOtherDocuments(t *testing.T) {
	p, ids := listProject(t)
	flagged := claim1(ids["beta.txt"], "asha", annotate.Fragment{Start: 0, End: 3})
	flagged.Flag = "discuss"
	add(t, p, flagged, claim1(ids["delta.txt"], "asha", annotate.Fragment{Start: 4, End: 8}), claim1(ids["delta.txt"], "asha", annotate.Fragment{Start: 0, End: 3}))
	label := flagged.Label
	found, err := p.Quotations("asha", label, "", 3)
	require.NoError(t, err)
	require.Equal(t, []Quotation{{"said", "delta.txt"}, {"She", "Éclair.txt"}}, found)
	found, err = p.Quotations("asha", label, ids["delta.txt"], 3)
	require.NoError(t, err)
	require.Equal(t, []Quotation{{"She", "Éclair.txt"}}, found)
}
