package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"spanwright/annotate"
)

// carried returns a copy of a project, as carried to another laptop.
func carried(t *testing.T, p *Project) *Project {
	t.Helper()
	path := filepath.Join(t.TempDir(), "carried"+Extension)
	require.NoError(t, p.SaveCopy(path))
	c, err := Open(path)
	require.NoError(t, err)
	t.Cleanup(func() { c.Close() })
	return c
}

func merge(t rapid.TB, into, from *Project) *Merged {
	t.Helper()
	m, err := into.Merge(context.Background(), from, MergeOptions{Annotator: "lead"})
	require.NoError(t, err)
	return m
}

// act applies one change by one person, and returns its state afterwards.
func act[S annotate.State](t rapid.TB, p *Project, who string, before annotate.State, after S) S {
	t.Helper()
	_, err := p.Apply(annotate.Change{Annotator: who, Before: before, After: after})
	require.NoError(t, err)
	return after
}

func TestAMergeBringsAllThatAnotherCopyHas(t *testing.T) {
	lead := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	add(t, lead, d)
	asha, ben := carried(t, lead), carried(t, lead)
	s := act(t, asha, "asha", nil, claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3}))
	act(t, asha, "asha", nil, &annotate.Assessment{Document: d.ID, Annotator: "asha", Status: annotate.Done})
	say(t, asha, about(d, "asha", "is it?"))
	other := annotate.NewDocument("002.txt", "Neu.")
	act(t, ben, "ben", nil, other)
	act(t, ben, "ben", nil, claim1(other.ID, "ben", annotate.Fragment{Start: 0, End: 3}))

	got := merge(t, lead, asha)
	require.Equal(t, 3, got.Changes)
	require.Equal(t, 2, got.Known)
	require.Equal(t, []Contribution{{"asha", 1, map[string]int{"span": 1, "assessment": 1, "comment": 1}}}, got.Contributions)
	require.Empty(t, got.Lost)
	require.Empty(t, got.Texts)
	require.Empty(t, got.Remarks)
	merge(t, lead, ben)
	layer, err := lead.Layer(d.ID, "asha")
	require.NoError(t, err)
	require.NotNil(t, layer.Span(s.ID))
	require.Equal(t, annotate.Done, layer.Assessment.Status)
	read, err := lead.DocumentByName("002.txt")
	require.NoError(t, err)
	require.Equal(t, "Neu.", read.Text)
	requireSound(t, lead)
}

func TestARehearsedMergeChangesNothing(t *testing.T) {
	lead := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	add(t, lead, d)
	asha := carried(t, lead)
	act(t, asha, "asha", nil, claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3}))
	before := dump(t, lead)
	rehearsed, err := lead.Merge(t.Context(), asha, MergeOptions{Annotator: "lead", Rehearse: true})
	require.NoError(t, err)
	require.Equal(t, before, dump(t, lead))
	merged := merge(t, lead, asha)
	require.NotEmpty(t, merged.ID)
	require.Empty(t, rehearsed.ID)
	rehearsed.ID = merged.ID
	require.Equal(t, rehearsed, merged, "and says what the merge then does")
}

func TestAMergeIsOneUndo(t *testing.T) {
	lead := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	kept := claim1(d.ID, "asha", annotate.Fragment{Start: 4, End: 9})
	add(t, lead, d, kept)
	say(t, lead, about(kept, "ben", "why?"))
	asha := carried(t, lead)
	s := act(t, asha, "asha", nil, claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3}))
	relabelled := kept.Clone()
	relabelled.Note = "yes"
	act(t, asha, "asha", kept, relabelled)
	act(t, asha, "asha", nil, &annotate.Relation{ID: annotate.NewID(), Document: d.ID, Annotator: "asha", Label: "same", Arguments: []annotate.Argument{
		{Role: "head", Span: s.ID}, {Role: "tail", Span: kept.ID},
	}})
	say(t, asha, about(s, "ben", "and this?"))
	act(t, asha, "ben", nil, annotate.NewDocument("002.txt", "Neu."))

	before := dumpTables(t, lead, withoutTexts(rowTables))
	merge(t, lead, asha)
	after := dumpTables(t, lead, withoutTexts(rowTables))
	require.NotEqual(t, before, after)
	_, err := lead.Undo("lead")
	require.NoError(t, err)
	require.Equal(t, before, dumpTables(t, lead, withoutTexts(rowTables)))
	again := merge(t, lead, asha)
	require.Zero(t, again.Changes, "what was taken back is not brought again")
	require.Equal(t, before, dumpTables(t, lead, withoutTexts(rowTables)))
	_, err = lead.Redo("lead")
	require.NoError(t, err)
	require.Equal(t, after, dumpTables(t, lead, withoutTexts(rowTables)))
	_, err = lead.Undo("lead")
	require.NoError(t, err)
	require.Equal(t, before, dumpTables(t, lead, withoutTexts(rowTables)))
	requireSound(t, lead)
}

func TestSeveralFilesMergedTogetherAreOneUndo(t *testing.T) {
	for _, between := range []bool{false, true} {
		lead := create(t)
		d := annotate.NewDocument("001.txt", sharedText)
		add(t, lead, d)
		copies := map[string]*Project{"asha": carried(t, lead), "ben": carried(t, lead)}
		for annotator, p := range copies {
			act(t, p, annotator, nil, claim1(d.ID, annotator, annotate.Fragment{Start: 0, End: 3}))
		}
		before := dumpTables(t, lead, withoutTexts(rowTables))
		first, err := lead.Merge(t.Context(), copies["asha"], MergeOptions{Annotator: "lead"})
		require.NoError(t, err)
		if between {
			act(t, lead, "lead", nil, annotate.NewDocument("002.txt", "Neu."))
		}
		second, err := lead.Merge(t.Context(), copies["ben"], MergeOptions{Annotator: "lead", Continues: first.ID})
		require.NoError(t, err)
		require.Equal(t, !between, first.ID == second.ID)
		after := dumpTables(t, lead, withoutTexts(rowTables))
		undos := 1
		if between {
			undos = 3
		}
		for range undos {
			require.NotEqual(t, before, dumpTables(t, lead, withoutTexts(rowTables)))
			_, err = lead.Undo("lead")
			require.NoError(t, err)
		}
		require.Equal(t, before, dumpTables(t, lead, withoutTexts(rowTables)))
		for range undos {
			_, err = lead.Redo("lead")
			require.NoError(t, err)
		}
		require.Equal(t, after, dumpTables(t, lead, withoutTexts(rowTables)))
		requireSound(t, lead)
	}
}

// withoutTexts leaves out the texts, which are kept for ever.
func withoutTexts(queries []string) []string {
	var kept []string
	for _, q := range queries {
		if q != "SELECT * FROM text" {
			kept = append(kept, q)
		}
	}
	return kept
}

func TestUndoingAMergeLeavesCommentsTheirAuthorsNewWords(t *testing.T) {
	lead := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	add(t, lead, d)
	asked := say(t, lead, about(d, "ben", "why?"))
	copied := carried(t, lead)
	reworded := asked.Clone()
	reworded.Text = "why, please?"
	act(t, copied, "ben", asked, reworded)
	say(t, copied, about(d, "ben", "and this?"))
	merge(t, lead, copied)
	_, err := lead.Undo("lead")
	require.NoError(t, err)
	said, err := lead.Comments(d.ID, "")
	require.NoError(t, err)
	require.Len(t, said, 1)
	require.Equal(t, "why, please?", said[0].Text)
}

func TestAMergeIsNotTakenBackOverLaterWork(t *testing.T) {
	lead := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	add(t, lead, d)
	asha := carried(t, lead)
	s := act(t, asha, "asha", nil, claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3}))
	merge(t, lead, asha)
	noted := s.Clone()
	noted.Note = "here"
	act(t, lead, "asha", s, noted)
	before := dump(t, lead)
	_, err := lead.Undo("lead")
	require.Equal(t, annotate.Conflict, annotate.KindOf(err))
	require.ErrorContains(t, err, "span Claim was changed by asha since")
	require.Equal(t, before, dump(t, lead))
}

func TestWhatGivesWayInAMergeIsReportedAndKept(t *testing.T) {
	lead := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	s := claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3})
	add(t, lead, d, s)
	laptop := carried(t, lead)
	here, there := s.Clone(), s.Clone()
	here.Note, there.Note = "here", "there"
	act(t, lead, "asha", s, here)
	act(t, laptop, "asha", nil, claim1(d.ID, "asha", annotate.Fragment{Start: 4, End: 9})) // its clock is ahead by one
	act(t, laptop, "asha", s, there)
	got := merge(t, lead, laptop)
	require.Len(t, got.Lost, 1)
	lost := got.Lost[0]
	require.Equal(t, [4]string{"001.txt", "span Claim", "asha", "asha"}, [4]string{lost.Document, lost.What, lost.Annotator, lost.Stands})
	layer, err := lead.Layer(d.ID, "asha")
	require.NoError(t, err)
	require.Equal(t, "there", layer.Span(s.ID).Note)
	back := merge(t, laptop, lead)
	require.Len(t, back.Lost, 1, "the other side is told too")
	require.Equal(t, dumpTables(t, lead, rowTables), dumpTables(t, laptop, rowTables))
}

func TestWhatCannotBeMergedIsRefusedAndNothingIsTaken(t *testing.T) {
	lead := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	add(t, lead, d)
	for _, test := range []struct {
		name  string
		other func(t *testing.T) *Project
		kind  annotate.Kind
		says  string
	}{
		{"another project", func(t *testing.T) *Project { return create(t) }, annotate.Conflict, "comes from another project"},
		{"a newer version", func(t *testing.T) *Project {
			return doctored(t, lead, fmt.Sprintf("PRAGMA user_version = %d", SchemaVersion()+1))
		}, annotate.Unsupported, "made by a newer version"},
		{"a known change says something else", func(t *testing.T) *Project {
			return doctored(t, lead, `DROP TRIGGER journal_is_unchanged; UPDATE journal SET "after" = replace("after", '001', '007') WHERE entity_kind = 'document'`)
		}, annotate.Corrupt, "says something else here"},
		{"a text was changed", func(t *testing.T) *Project {
			c := carried(t, lead)
			act(t, c, "asha", nil, annotate.NewDocument("002.txt", "Neu."))
			return doctored(t, c, "UPDATE text SET content = 'Alt.' WHERE content = 'Neu.'")
		}, annotate.Corrupt, "is not the one it was filed as"},
		{"a span does not fit its text", func(t *testing.T) *Project {
			c := carried(t, lead)
			act(t, c, "asha", nil, claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3}))
			return doctored(t, c, `DROP TRIGGER journal_is_unchanged; UPDATE journal SET "after" = replace("after", '"end":3', '"end":900') WHERE entity_kind = 'span'`)
		}, annotate.Invalid, "the text has 42 bytes"},
		{"a change of an unknown kind", func(t *testing.T) *Project {
			c := carried(t, lead)
			act(t, c, "asha", nil, claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3}))
			return doctored(t, c, `DROP TRIGGER journal_is_unchanged; UPDATE journal SET entity_kind = 'dream' WHERE entity_kind = 'span'`)
		}, annotate.Unsupported, `"dream" are unknown`},
	} {
		t.Run(test.name, func(t *testing.T) {
			before := dump(t, lead)
			_, err := lead.Merge(t.Context(), test.other(t), MergeOptions{Annotator: "lead"})
			require.Equal(t, test.kind, annotate.KindOf(err), "%v", err)
			require.ErrorContains(t, err, test.says)
			require.Equal(t, before, dump(t, lead))
		})
	}
}

// doctored returns a copy of a project in which somebody has changed something by hand.
func doctored(t *testing.T, p *Project, script string) *Project {
	t.Helper()
	c := carried(t, p)
	require.NoError(t, c.run(script))
	return c
}

func TestAMergeThatIsInterruptedTakesNothing(t *testing.T) {
	lead := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	add(t, lead, d)
	asha := carried(t, lead)
	for range mergePage {
		act(t, asha, "asha", nil, claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3}))
	}
	before := dump(t, lead)
	ctx, cancel := context.WithCancel(t.Context())
	_, err := lead.Merge(ctx, asha, MergeOptions{Annotator: "lead", Progress: func(int, int) { cancel() }})
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, before, dump(t, lead))
}

func TestATextChangedWhileItIsLabelledElsewhereIsReported(t *testing.T) {
	lead := create(t)
	d := annotate.NewDocument("001.txt", "Der Minister sagte nein.")
	add(t, lead, d)
	asha := carried(t, lead)
	act(t, asha, "asha", nil, claim1(d.ID, "asha", annotate.Fragment{Start: 4, End: 12}))
	act(t, asha, "asha", nil, claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3}))
	shortened := d.Clone()
	shortened.Text = "Nein."
	shortened.Hash = annotate.HashText(shortened.Text)
	act(t, lead, "lead", d, shortened)
	before := dumpTables(t, lead, rowTables)
	got := merge(t, lead, asha)
	require.Equal(t, []ChangedText{{"001.txt", 1}}, got.Texts)
	layer, err := lead.Layer(d.ID, "asha")
	require.NoError(t, err)
	require.Equal(t, 1, layer.SpanCount(), "what does not fit is not shown")
	_, err = lead.Undo("lead")
	require.NoError(t, err)
	require.Equal(t, before, dumpTables(t, lead, rowTables))
}

func TestAPersonOnTwoMachinesAndAClockAheadAreRemarkedOn(t *testing.T) {
	lead := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	add(t, lead, d)
	there := carried(t, lead)
	_, err := there.Apply(annotate.Change{
		Annotator: "asha", Device: "elsewhere", Time: time.Now().AddDate(1, 0, 0), After: claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3}),
	})
	require.NoError(t, err)
	remarks := merge(t, lead, there).Remarks
	require.Len(t, remarks, 2)
	require.Contains(t, remarks[0], "clock is ahead")
	require.Contains(t, remarks[1], "asha has worked on "+device+" here and on elsewhere there")
}

func TestCopiesMergedInAnyOrderAndTwiceAgree(t *testing.T) {
	base := create(t)
	_, err := base.Apply(annotate.Change{Annotator: "asha", After: variants(0)[1]})
	require.NoError(t, err)
	require.NoError(t, base.Close())
	file, err := os.ReadFile(base.Path())
	require.NoError(t, err)
	fresh := func(t *testing.T) *Project {
		path := filepath.Join(t.TempDir(), "p"+Extension)
		require.NoError(t, os.WriteFile(path, file, 0o600))
		p, err := Open(path)
		require.NoError(t, err)
		t.Cleanup(func() { p.Close() })
		return p
	}
	for round := range 16 { // each of which waits for the disk some twenty times
		t.Run(fmt.Sprint(round), func(t *testing.T) {
			one, two := fresh(t), fresh(t)
			laptops := []*Project{fresh(t), fresh(t)}
			for i, laptop := range laptops {
				changes := rapid.Custom(drawChanges).Example(2*round + i)
				for k := range changes {
					changes[k].ID = annotate.ID(fmt.Sprint(changes[k].ID, "-", i))
					changes[k].Group = annotate.ID(fmt.Sprint(changes[k].Group, "-", i))
					changes[k].Undoes = ""
				}
				_, err := laptop.Apply(changes...)
				require.NoError(t, err)
				merge(t, one, laptop)
			}
			for _, i := range rapid.Permutation([]int{0, 1, 0}).Example(round) {
				merge(t, two, laptops[i])
			}
			same := append(rowTables, journalTables[2])
			require.Equal(t, dumpTables(t, one, same), dumpTables(t, two, same))
			require.Zero(t, merge(t, two, one).Changes)
		})
	}
}
