package store

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"spanwright/annotate"
)

// spend notes time that somebody worked on a document.
func spend(t rapid.TB, p *Project, who string, document annotate.ID, seconds int) *annotate.Stint {
	t.Helper()
	return act(t, p, who, nil, &annotate.Stint{ID: annotate.NewID(), Document: document, Annotator: who, Seconds: seconds})
}

func spent(t rapid.TB, p *Project, who string, document annotate.ID) int {
	t.Helper()
	seconds, err := p.TimeSpent(document, who)
	require.NoError(t, err)
	return seconds
}

func TestTimeIsCountedForEachDocumentAndAnnotator(t *testing.T) {
	p := create(t)
	first, second, third := annotate.NewDocument("001.txt", sharedText), annotate.NewDocument("002.txt", sharedText), annotate.NewDocument("003.txt", sharedText)
	add(t, p, first, second, third)
	act(t, p, "asha", nil, claim1(first.ID, "asha", annotate.Fragment{Start: 0, End: 3}))
	act(t, p, "asha", nil, claim1(second.ID, "asha", annotate.Fragment{Start: 0, End: 3}))
	act(t, p, "asha", nil, claim1(second.ID, "asha", annotate.Fragment{Start: 4, End: 9}))
	for _, s := range []struct {
		who      string
		document annotate.ID
		seconds  int
	}{{"asha", first.ID, 60}, {"asha", second.ID, 60}, {"asha", second.ID, 30}, {"asha", third.ID, 210}, {"ben", first.ID, 40}, {"ben", second.ID, 20}} {
		spend(t, p, s.who, s.document, s.seconds)
	}
	times, err := p.Times()
	require.NoError(t, err)
	require.Equal(t, []DocumentTime{
		{first.ID, "001.txt", "asha", 60, 1},
		{first.ID, "001.txt", "ben", 40, 0},
		{second.ID, "002.txt", "asha", 90, 2},
		{second.ID, "002.txt", "ben", 20, 0},
		{third.ID, "003.txt", "asha", 210, 0},
	}, times)
	stats, err := p.Stats("")
	require.NoError(t, err)
	// 3 spans in 6 minutes are 30 in an hour; of 60, 90 and 210 the one in the middle is 90.
	require.Equal(t, []TimeCount{{"asha", 3, 360, 90, 3, 30}, {"ben", 2, 60, 30, 0, 0}}, stats.Time)
	requireSound(t, p)
}

func TestTimeIsNeverTakenBackAndNeverStandsInTheWayOfUndo(t *testing.T) {
	p := create(t)
	d := act(t, p, "maker", nil, annotate.NewDocument("001.txt", sharedText))
	act(t, p, "asha", nil, claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3}))
	s := spend(t, p, "asha", d.ID, 60)
	sentence, ok := p.CanUndo("asha")
	require.True(t, ok)
	require.Equal(t, "add Claim", sentence)
	_, err := p.Undo("asha")
	require.NoError(t, err)
	spend(t, p, "asha", d.ID, 5)
	_, err = p.Redo("asha")
	require.NoError(t, err, "to have worked is no edit")
	_, err = p.Undo("asha")
	require.NoError(t, err)
	_, err = p.Undo("asha")
	require.Equal(t, annotate.NotFound, annotate.KindOf(err))
	require.Equal(t, 65, spent(t, p, "asha", d.ID))
	for name, c := range map[string]annotate.Change{
		"taken back": {Before: s},
		"altered":    {Before: s, After: &annotate.Stint{ID: s.ID, Document: d.ID, Annotator: "asha", Seconds: 1}},
		"no time":    {After: &annotate.Stint{ID: "x", Document: d.ID, Annotator: "asha"}},
		"days":       {After: &annotate.Stint{ID: "x", Document: d.ID, Annotator: "asha", Seconds: 100_000}},
	} {
		c.Annotator = "asha"
		_, err := p.Apply(c)
		require.Equal(t, annotate.Invalid, annotate.KindOf(err), name)
	}
	requireSound(t, p)
}

func TestTimeOutlivesTheDocumentAndComesBackWithIt(t *testing.T) {
	p := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	add(t, p, d)
	spend(t, p, "asha", d.ID, 60)
	removal, err := p.DocumentRemoval(d.ID)
	require.NoError(t, err)
	for i := range removal {
		removal[i].Annotator = "lead"
	}
	_, err = p.Apply(removal...)
	require.NoError(t, err)
	spend(t, p, "asha", d.ID, 7)
	times, err := p.Times()
	require.NoError(t, err)
	require.Empty(t, times)
	requireSound(t, p)
	_, err = p.Undo("lead")
	require.NoError(t, err)
	require.Equal(t, 67, spent(t, p, "asha", d.ID))
}

func TestOnesOwnTimeTravelsInPacketsAndIsCountedOnce(t *testing.T) {
	lead, documents := sharedProject(t)
	d := documents[0].ID
	require.NoError(t, lead.SetTimed(true))
	spend(t, lead, "asha", d, 60)
	packet, _ := packed(t, lead, PacketOptions{Open: true})
	timed, err := packet.Timed()
	require.NoError(t, err)
	require.True(t, timed)
	require.Equal(t, 60, spent(t, packet, "asha", d))
	require.Zero(t, spent(t, packet, "ben", d), "how long others worked is nobody else’s business, even in an open packet")
	spend(t, packet, "asha", d, 30)
	for range 2 {
		m := merge(t, lead, packet)
		require.Equal(t, 90, spent(t, lead, "asha", d))
		if m.Changes > 0 {
			require.Equal(t, "1 stretch of time", m.Contributions[0].What())
		}
	}
	_, err = lead.Undo("lead")
	require.NoError(t, err)
	require.Equal(t, 90, spent(t, lead, "asha", d))
	sentence, _ := lead.CanUndo("lead")
	require.NotEmpty(t, sentence, "a merge of nothing but time is passed over")
	requireSound(t, lead)
}

func TestNoOrderOfWorkUndoAndMergeChangesWhatTimeWasSpent(t *testing.T) {
	original := create(t)
	document := annotate.NewDocument("001.txt", sharedText)
	act(t, original, "maker", nil, document)
	d, people, dir, n := document.ID, []string{"asha", "lead"}, t.TempDir(), 0
	rapid.Check(t, func(t *rapid.T) {
		copies := make([]*Project, 2)
		want := make([]map[string]map[annotate.ID]int, len(copies)) // by copy and annotator: the stints it knows
		for i := range copies {
			n++
			path := filepath.Join(dir, fmt.Sprint(n, Extension))
			require.NoError(t, original.SaveCopy(path))
			var err error
			copies[i], err = Open(path)
			require.NoError(t, err)
			defer copies[i].Close()
			want[i] = map[string]map[annotate.ID]int{"asha": {}, "lead": {}}
		}
		for range rapid.IntRange(1, 25).Draw(t, "acts") {
			i := rapid.IntRange(0, 1).Draw(t, "copy")
			who := rapid.SampledFrom(people).Draw(t, "who")
			p := copies[i]
			switch rapid.SampledFrom([]string{"work", "edit", "undo", "redo", "merge"}).Draw(t, "act") {
			case "work":
				s := spend(t, p, who, d, rapid.IntRange(1, 60).Draw(t, "seconds"))
				want[i][who][s.ID] = s.Seconds
			case "edit":
				act(t, p, who, nil, claim1(d, who, annotate.Fragment{Start: 0, End: 3}))
			case "undo":
				_, _ = p.Undo(who) // there may be nothing, or something in the way
			case "redo":
				_, _ = p.Redo(who)
			case "merge":
				from := 1 - i
				_, err := p.Merge(context.Background(), copies[from], MergeOptions{Annotator: who})
				require.NoError(t, err)
				for _, name := range people {
					for id, seconds := range want[from][name] {
						want[i][name][id] = seconds
					}
				}
			}
			for _, name := range people {
				sum := 0
				for _, seconds := range want[i][name] {
					sum += seconds
				}
				require.Equal(t, sum, spent(t, p, name, d), fmt.Sprint("copy ", i, " of ", name))
			}
		}
	})
}
