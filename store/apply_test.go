package store

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

func TestChangesThatDoNotFitAreRefusedWhole(t *testing.T) {
	p := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	s := claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3})
	add(t, p, d, s)
	at := func(start, end int) *annotate.Span {
		return claim1(d.ID, "asha", annotate.Fragment{Start: start, End: end})
	}
	renamed := d.Clone()
	renamed.Text, renamed.Hash = "other", annotate.HashText("other")
	stale := s.Clone()
	stale.Note = "never stored"
	before := dump(t, p)
	for _, test := range []struct {
		name   string
		change annotate.Change
		kind   annotate.Kind
		says   string
	}{
		{"nobody", annotate.Change{After: at(0, 3)}, annotate.Invalid, "names no annotator"},
		{"nothing", annotate.Change{Annotator: "asha"}, annotate.Invalid, "neither"},
		{"beyond the text", annotate.Change{Annotator: "asha", After: at(0, 900)}, annotate.Invalid, "the text has 42 bytes"},
		{"inside a character", annotate.Change{Annotator: "asha", After: at(0, 12)}, annotate.Invalid, "inside a character"},
		{"no fragments", annotate.Change{Annotator: "asha", After: claim1(d.ID, "asha")}, annotate.Invalid, "covers nothing"},
		{"unknown document", annotate.Change{Annotator: "asha", After: claim1("none", "asha", annotate.Fragment{Start: 0, End: 1})}, annotate.NotFound, "not in the project"},
		{"assessment of an unknown document", annotate.Change{Annotator: "asha", After: &annotate.Assessment{Document: "none", Annotator: "asha", Status: annotate.Done}}, annotate.NotFound, "not in the project"},
		{"there already", annotate.Change{Annotator: "asha", After: s}, annotate.Conflict, "already"},
		{"not what is held", annotate.Change{Annotator: "asha", Before: stale, After: s}, annotate.Conflict, "changed by asha"},
		{"was never there", annotate.Change{Annotator: "asha", Before: at(0, 3)}, annotate.Conflict, "not in the project"},
		{"name taken", annotate.Change{Annotator: "asha", After: annotate.NewDocument("001.txt", "x")}, annotate.Conflict, `"001.txt" already`},
		{"text missing", annotate.Change{Annotator: "asha", After: &annotate.Document{ID: "x", Name: "x", Hash: annotate.HashText("unknown")}}, annotate.Invalid, "text of document \"x\" is missing"},
		{"text changed under annotations", annotate.Change{Annotator: "asha", Before: d, After: renamed}, annotate.Conflict, "holds annotations of asha"},
		{"name not UTF-8", annotate.Change{Annotator: "asha", After: annotate.NewDocument("a\xff", "x")}, annotate.Invalid, "not UTF-8"},
		{"scheme deleted", annotate.Change{Annotator: "asha", Before: testScheme()}, annotate.Invalid, "without a scheme"},
		{"act of a newer version", annotate.Change{Annotator: "asha", Act: "merge", After: at(0, 3)}, annotate.Unsupported, "merge"},
	} {
		t.Run(test.name, func(t *testing.T) {
			good := annotate.Change{Annotator: "asha", After: at(4, 9)}
			_, err := p.Apply(good, test.change)
			require.Equal(t, test.kind, annotate.KindOf(err), "%v", err)
			require.ErrorContains(t, err, test.says)
			require.Equal(t, before, dump(t, p), "nothing is written, not even the good change before it")
		})
	}
}

func TestNamesMayHoldTheReplacementCharacterAndBackslashes(t *testing.T) {
	p := create(t)
	add(t, p, annotate.NewDocument("\uFFFD \\ufffd <&>", "x"))
	_, err := p.DocumentByName("\uFFFD \\ufffd <&>")
	require.NoError(t, err)
	requireSound(t, p)
}

func TestTheSameChangeTwiceChangesNothing(t *testing.T) {
	p := create(t)
	applied := add(t, p, annotate.NewDocument("a", "x"), annotate.NewDocument("b", ""))
	before := dump(t, p)
	again, err := p.Apply(applied...)
	require.NoError(t, err)
	require.Equal(t, before, dump(t, p))
	for i := range again {
		require.Equal(t, applied[i].ID, again[i].ID)
		require.True(t, applied[i].Time.Equal(again[i].Time))
		require.Equal(t, applied[i].Clock, again[i].Clock)
	}
	// A change that was given an id, but whose answer got lost, is tried again.
	retry := annotate.Change{ID: applied[0].ID, Annotator: "asha", After: applied[0].After}
	_, err = p.Apply(retry)
	require.NoError(t, err)
	require.Equal(t, before, dump(t, p))
}

func TestTheLaterOfConcurrentChangesStandsAndTheOtherIsReported(t *testing.T) {
	p := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	s := claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3})
	add(t, p, d, s)
	hers, his := s.Clone(), s.Clone()
	hers.Note, his.Note = "hers", "his"
	_, err := p.Apply(
		annotate.Change{ID: "b", Clock: 9, Annotator: "asha", Before: s, After: hers},
		annotate.Change{ID: "a", Clock: 9, Annotator: "ben", Before: s, After: his},
	)
	require.NoError(t, err)
	held, err := p.Span(s.ID)
	require.NoError(t, err)
	require.Equal(t, "hers", held.Note, "the clocks agree, so the larger id decides")
	entries, err := p.Journal(JournalQuery{Document: d.ID})
	require.NoError(t, err)
	lost := map[annotate.ID]bool{}
	for _, e := range entries {
		lost[e.ID] = e.Superseded
	}
	require.True(t, lost["a"])
	require.False(t, lost["b"])
	require.False(t, lost[entries[2].ID], "the creation both were made from")
	applied := add(t, p, annotate.NewDocument("x", "y"))
	require.Equal(t, uint64(10), applied[0].Clock, "one more than the largest seen")
	requireSound(t, p)
}

func TestASpanMayArriveBeforeItsDocument(t *testing.T) {
	p := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	s := claim1(d.ID, "asha", annotate.Fragment{Start: 10, End: 14})
	_, err := p.Apply(annotate.Change{ID: "s", Clock: 5, Annotator: "asha", After: s})
	require.NoError(t, err)
	findings, err := p.Check()
	require.NoError(t, err)
	require.Len(t, findings, 1)
	require.Contains(t, findings[0].Sentence, "not in the project")
	_, err = p.Apply(annotate.Change{ID: "d", Clock: 4, Annotator: "asha", After: d})
	require.NoError(t, err)
	requireSound(t, p)
	covered, err := column[string](p.reading, "SELECT text FROM v_spans WHERE start = 10")
	require.NoError(t, err)
	require.Equal(t, []string{"😀"}, covered)
}

func TestTheJournalIsPagedNewestFirst(t *testing.T) {
	p := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	applied := add(t, p, d, annotate.NewDocument("002.txt", "x"), claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3}))
	all, err := p.Journal(JournalQuery{})
	require.NoError(t, err)
	require.Len(t, all, 4, "with the scheme")
	require.Equal(t, "spanwright", all[3].Annotator)
	require.WithinDuration(t, time.Now(), all[0].Time, time.Minute)
	page, err := p.Journal(JournalQuery{Limit: 2, Before: all[0].Sequence})
	require.NoError(t, err)
	require.Equal(t, []annotate.ID{applied[1].ID, applied[0].ID}, []annotate.ID{page[0].ID, page[1].ID})
	of, err := p.Journal(JournalQuery{Document: d.ID})
	require.NoError(t, err)
	require.Len(t, of, 2)
	text, err := p.Text(of[1].After.(*annotate.Document).Hash)
	require.NoError(t, err)
	require.Equal(t, sharedText, text)
}

func TestTheJournalCannotBeRewritten(t *testing.T) {
	p := create(t)
	for _, script := range []string{"DELETE FROM journal", "UPDATE journal SET annotator = 'x'", `UPDATE journal SET "after" = NULL`} {
		_, err := p.transact(func(b *batch) error { return b.exec(script) })
		require.ErrorContains(t, err, "append-only")
	}
}

func TestCheckNoticesRowsThatAreNotWhatTheJournalSays(t *testing.T) {
	for _, test := range []struct{ script, says string }{
		{"UPDATE span SET label = 'Other'", "not what the journal says"},
		{"DELETE FROM fragment; DELETE FROM span", "not what the journal says"},
		{"UPDATE span SET covered = 'Other'", "is stored as covering"},
		{`UPDATE fragment SET "end" = 99`, "code points"},
		{"UPDATE fragment SET end_byte = 900", "the text has 42 bytes"},
		{"UPDATE text SET content = 'x' || content", "has changed"},
		{"UPDATE document SET name = 'x'", "not what the journal says"},
		{"UPDATE clock SET value = 1", "ahead of the project’s clock"},
		{"UPDATE journal SET superseded = 1 WHERE entity_kind = 'span'", "superseded"},
		{"DELETE FROM scheme", "not what the journal says"},
		{"INSERT INTO relation VALUES ('r', 'd', 'ben', 'x', '{}', '', '')", "the journal knows nothing of this relation"},
		{"INSERT INTO relation VALUES ('r', 'd', 'ben', 'x', '{}', '', ''); INSERT INTO argument VALUES ('r', 0, 'head', 'none', '', '', 0)", "a span that does not exist"},
		{"PRAGMA foreign_keys = OFF; DELETE FROM text", "lost their text"},
	} {
		t.Run(test.script, func(t *testing.T) {
			p := create(t)
			d := annotate.NewDocument("001.txt", sharedText)
			add(t, p, d, claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3}))
			requireSound(t, p)
			execIn(t, p.Path(), test.script)
			findings, err := p.Check()
			require.NoError(t, err)
			var all string
			for _, f := range findings {
				all += f.Sentence + "\n"
			}
			require.Contains(t, all, test.says)
		})
	}
}

func TestCheckWarnsOfSpansThatCutClusters(t *testing.T) {
	p := create(t)
	d := annotate.NewDocument("001.txt", "cafe\u0301 bar")
	add(t, p, d, claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 4}))
	findings, err := p.Check()
	require.NoError(t, err)
	require.Len(t, findings, 1)
	require.True(t, findings[0].Warning)
	require.Contains(t, findings[0].Sentence, "cuts through a character")
}

func TestEditsFromManyGoroutinesAreAllKept(t *testing.T) {
	p := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	add(t, p, d)
	var group sync.WaitGroup
	for _, annotator := range []string{"asha", "ben", "chen", "dov"} {
		group.Go(func() {
			for range 25 {
				if _, err := p.Apply(annotate.Change{Annotator: annotator, After: claim1(d.ID, annotator, annotate.Fragment{Start: 0, End: 3})}); err != nil {
					t.Error(err)
				}
				if _, err := p.Layer(d.ID, annotator); err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	stats, err := p.Stats("")
	require.NoError(t, err)
	require.Equal(t, []LabelCount{{"asha", "Claim", 25}, {"ben", "Claim", 25}, {"chen", "Claim", 25}, {"dov", "Claim", 25}}, stats.Spans)
	requireSound(t, p)
}
