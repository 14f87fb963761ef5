package store

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// about returns a comment that begins a thread about a span or relation.
func about(subject annotate.State, author, text string) *annotate.Comment {
	c := annotate.NewComment(subject.DocumentID(), author, text)
	switch subject.EntityKind() {
	case annotate.SpanEntity:
		c.Span = subject.EntityID()
	case annotate.RelationEntity:
		c.Relation = subject.EntityID()
	}
	return c
}

// say applies a comment by its author.
func say(t testing.TB, p *Project, c *annotate.Comment) *annotate.Comment {
	t.Helper()
	_, err := p.Apply(annotate.Change{Annotator: c.Annotator, After: c})
	require.NoError(t, err)
	return c
}

// discussion reads what is said about a document.
func discussion(t testing.TB, p *Project, document annotate.ID) *annotate.Discussion {
	t.Helper()
	said, err := p.Comments(document, "")
	require.NoError(t, err)
	d := &annotate.Discussion{Document: document}
	for _, c := range said {
		d.Apply(&annotate.Change{After: c})
	}
	return d
}

func TestCommentsOfADocumentAreReadByEverybodyOrByAuthor(t *testing.T) {
	p := create(t)
	d, other := annotate.NewDocument("001.txt", sharedText), annotate.NewDocument("002.txt", sharedText)
	s, far := claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3}), claim1(other.ID, "asha", annotate.Fragment{Start: 0, End: 3})
	across := &annotate.Relation{ID: "r", Document: other.ID, Annotator: "asha", Label: "restates", Arguments: []annotate.Argument{
		{Role: "head", Span: far.ID}, {Role: "tail", Span: s.ID, Document: d.ID},
	}}
	add(t, p, d, other, s, far, across)
	why := say(t, p, about(s, "asha", "why?"))
	thread := discussion(t, p, d.ID).Thread(why.ID)
	because := say(t, p, thread.Answer("ben", "\"because\"\nand so on <b>"))
	really := say(t, p, about(across, "ben", "really?"))
	say(t, p, about(far, "ben", "elsewhere"))

	p = reopen(t, p)
	for author, want := range map[string][]*annotate.Comment{"": {why, because, really}, "asha": {why}, "ben": {because, really}, "carol": nil} {
		said, err := p.Comments(d.ID, author)
		require.NoError(t, err)
		require.ElementsMatch(t, want, said, "author %q", author)
	}
	n, err := p.CountComments("ben")
	require.NoError(t, err)
	require.Equal(t, 3, n)
	n, err = p.CountComments("")
	require.NoError(t, err)
	require.Equal(t, 4, n)
	annotators, err := p.Annotators(d.ID)
	require.NoError(t, err)
	require.Equal(t, []string{"asha"}, annotators, "who comments has no layer for that")
	requireSound(t, p)
}

func TestRowsAndStatsCountThreadsThatAreNotSettled(t *testing.T) {
	p := create(t)
	d, quiet := annotate.NewDocument("001.txt", sharedText), annotate.NewDocument("002.txt", sharedText)
	s := claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3})
	add(t, p, d, quiet, s)
	open := func() int {
		rows, err := p.Documents(DocumentQuery{Annotator: "asha"})
		require.NoError(t, err)
		require.Equal(t, 0, rows[1].Threads)
		stats, err := p.Stats("")
		require.NoError(t, err)
		require.Equal(t, rows[0].Threads, stats.Open)
		resolved, err := column[bool](p.reading, "SELECT DISTINCT thread_resolved FROM v_comments")
		require.NoError(t, err)
		if stats.Open == 0 {
			require.NotContains(t, resolved, false)
		}
		return rows[0].Threads
	}
	require.Equal(t, 0, open())
	why := say(t, p, about(s, "asha", "why?"))
	say(t, p, about(d, "ben", "a good article"))
	require.Equal(t, 2, open())
	thread := discussion(t, p, d.ID).Thread(why.ID)
	say(t, p, thread.Answer("ben", "because"))
	require.Equal(t, 2, open())
	say(t, p, thread.Resolution("asha", "")) // made before the answer was seen
	require.Equal(t, 2, open())
	say(t, p, discussion(t, p, d.ID).Thread(why.ID).Resolution("asha", "agreed"))
	require.Equal(t, 1, open())
	say(t, p, discussion(t, p, d.ID).Thread(why.ID).Reopening("ben", ""))
	require.Equal(t, 2, open())
	_, err := p.Undo("ben")
	require.NoError(t, err)
	require.Equal(t, 1, open())
	stats, err := p.Stats("ben")
	require.NoError(t, err)
	require.Equal(t, []CommentCount{{"ben", 2}}, stats.Comments)
}

func TestOnlyItsAuthorDeletesAComment(t *testing.T) {
	p := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	s := claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3})
	add(t, p, d, s)
	his := say(t, p, about(s, "ben", "why?"))
	before := dump(t, p)
	_, err := p.Apply(annotate.Change{Annotator: "asha", Before: his})
	require.ErrorContains(t, err, "the comment of ben can be deleted by ben alone")
	_, err = p.Apply(annotate.Change{Annotator: "asha", Before: s})
	require.ErrorContains(t, err, "ben has commented on span Claim; only deleting takes comments along")
	_, err = p.Undo("asha")
	require.ErrorContains(t, err, "undo is not possible: ben has commented", "she made the span before he spoke of it")
	require.Equal(t, before, dump(t, p), "nothing was written")

	_, err = p.Apply(annotate.Change{Annotator: "asha", Before: his}, annotate.Change{Annotator: "asha", Before: s})
	require.NoError(t, err, "with the span it goes")
	requireSound(t, p)
	gone := dumpTables(t, p, rowTables)
	_, err = p.Undo("asha")
	require.NoError(t, err)
	require.Equal(t, his, discussion(t, p, d.ID).Comment(his.ID), "and comes back")
	requireSound(t, p)
	_, err = p.Redo("asha")
	require.NoError(t, err)
	require.Equal(t, gone, dumpTables(t, p, rowTables))
	_, err = p.Undo("asha")
	require.NoError(t, err)
	_, err = p.Undo("ben")
	require.NoError(t, err, "it is still his to take back")
	require.Nil(t, discussion(t, p, d.ID).Comment(his.ID))
}

func TestWhatWasSaidAtTheSameTimeOnTwoLaptopsIsAllKept(t *testing.T) {
	one, two := create(t), create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	s := claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3})
	why := about(s, "asha", "why?")
	shared := add(t, one, d, s, why)
	_, err := two.Apply(shared...)
	require.NoError(t, err)

	// Asha settles the thread on hers while ben answers and then settles it on his.
	hers := discussion(t, one, d.ID).Thread(why.ID).Resolution("asha", "")
	mine, err := one.Apply(annotate.Change{Annotator: "asha", After: hers})
	require.NoError(t, err)
	answer := discussion(t, two, d.ID).Thread(why.ID).Answer("ben", "because")
	theirs, err := two.Apply(annotate.Change{Annotator: "ben", After: answer})
	require.NoError(t, err)
	merge := func(p *Project, changes []annotate.Change) {
		_, err := p.Apply(changes...)
		require.NoError(t, err)
	}
	merge(one, theirs)
	merge(two, mine)
	for _, p := range []*Project{one, two} {
		thread := discussion(t, p, d.ID).Thread(why.ID)
		require.Len(t, thread.Comments, 3)
		require.False(t, thread.Resolved(), "she did not know of his answer")
	}

	// Both settle it now, each for himself; one of them takes that back.
	a, err := one.Apply(annotate.Change{Annotator: "asha", After: discussion(t, one, d.ID).Thread(why.ID).Resolution("asha", "")})
	require.NoError(t, err)
	b, err := two.Apply(annotate.Change{Annotator: "ben", After: discussion(t, two, d.ID).Thread(why.ID).Resolution("ben", "")})
	require.NoError(t, err)
	merge(one, b)
	merge(two, a)
	back, err := two.Undo("ben")
	require.NoError(t, err)
	merge(one, back)
	for _, p := range []*Project{one, two} {
		require.True(t, discussion(t, p, d.ID).Thread(why.ID).Resolved(), "hers still stands")
		lost, err := column[string](p.reading, "SELECT id FROM journal WHERE superseded AND entity_kind = 'comment'")
		require.NoError(t, err)
		require.Empty(t, lost)
	}
	require.Equal(t, dumpTables(t, one, rowTables[2:7]), dumpTables(t, two, rowTables[2:7]))
	require.Equal(t, dumpTables(t, one, rowTables[8:]), dumpTables(t, two, rowTables[8:]))
}

func TestACommentOnWhatAnotherDeletedMeanwhileIsKeptAndReported(t *testing.T) {
	p := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	s := claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3})
	add(t, p, d, s)
	_, err := p.Apply(annotate.Change{Annotator: "asha", Before: s})
	require.NoError(t, err)
	late := about(s, "ben", "why?")
	_, err = p.Apply(annotate.Change{Annotator: "ben", After: late})
	require.Equal(t, annotate.Conflict, annotate.KindOf(err), "here and now there is nothing to comment on")
	_, err = p.Apply(annotate.Change{ID: "late", Clock: 3, Annotator: "ben", After: late})
	require.NoError(t, err)
	require.Equal(t, late, discussion(t, p, d.ID).Comment(late.ID))
	findings, err := p.Check()
	require.NoError(t, err)
	require.Equal(t, []Finding{{Document: d.ID, Entity: late.ID, Warning: true, Sentence: "what ben commented on, a span, is gone"}}, findings)
}

func TestCommentsThatDoNotFitAreRefused(t *testing.T) {
	p := create(t)
	d, other := annotate.NewDocument("001.txt", sharedText), annotate.NewDocument("002.txt", sharedText)
	s, far := claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3}), claim1(other.ID, "asha", annotate.Fragment{Start: 0, End: 3})
	add(t, p, d, other, s, far)
	why := say(t, p, about(s, "asha", "why?"))
	thread := discussion(t, p, d.ID).Thread(why.ID)
	answer := say(t, p, thread.Answer("asha", "because"))
	misplaced, astray, nested := about(s, "asha", "x"), thread.Answer("asha", "x"), thread.Answer("asha", "x")
	misplaced.Document = other.ID
	astray.Span = ""
	nested.Thread = answer.ID
	local := about(s, "asha", "x")
	local.Written = local.Written.In(time.FixedZone("", 3600))
	for _, test := range []struct {
		comment *annotate.Comment
		says    string
	}{
		{annotate.NewComment("none", "asha", "x"), "not in the project"},
		{misplaced, "in another document than it says"},
		{astray, "does not answer the beginning of a thread about the same thing"},
		{nested, "does not answer the beginning of a thread about the same thing"},
		{annotate.NewComment(d.ID, "asha", " "), "says nothing"},
		{annotate.NewComment(d.ID, "ben", "x"), "by ben alone, not by asha"},
		{annotate.NewComment(d.ID, "asha", "\xff"), "not UTF-8"},
		{local, "no time of writing in UTC"},
	} {
		_, err := p.Apply(annotate.Change{Annotator: "asha", After: test.comment})
		require.ErrorContains(t, err, test.says)
	}
}

func TestCommentsCanBeQueried(t *testing.T) {
	p := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	s := claim1(d.ID, "asha", annotate.Fragment{Start: 10, End: 14}, annotate.Fragment{Start: 15, End: 19})
	add(t, p, d, s)
	why := about(s, "asha", "why?")
	why.Written = time.Date(2026, 5, 3, 12, 3, 4, 500_000_000, time.UTC)
	say(t, p, why)
	because := discussion(t, p, d.ID).Thread(why.ID).Answer("ben", "because")
	because.Written = why.Written.Add(-time.Hour)
	say(t, p, because)
	say(t, p, about(d, "ben", "good"))
	got, err := column[string](p.reading, `SELECT document_name || ' ' || annotator || ' ' || coalesce(label || ' ' || covered, '-') || ' '
		|| text || ' ' || (thread = id) || ' ' || resolves || ' ' || thread_resolved FROM v_comments`)
	require.NoError(t, err)
	require.Equal(t, []string{
		"001.txt asha Claim 😀 nein why? 1 [] 0", "001.txt ben Claim 😀 nein because 0 [] 0", "001.txt ben - good 1 [] 0",
	}, got)
	written, err := column[string](p.reading, "SELECT written FROM v_comments WHERE text = 'why?'")
	require.NoError(t, err)
	require.Equal(t, []string{"2026-05-03T12:03:04.500Z"}, written)
}
