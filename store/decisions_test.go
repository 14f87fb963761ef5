package store

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// settled has ben and asha mark something, and lead take asha's side.
func settled(t *testing.T, p *Project, d *annotate.Document) *annotate.Decision {
	t.Helper()
	own := act(t, p, "asha", nil, claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3}))
	theirs := act(t, p, "ben", nil, claim1(d.ID, "ben", annotate.Fragment{Start: 0, End: 9}))
	id := annotate.DecisionID(d.ID, string(min(own.ID, theirs.ID)))
	result := own.Clone()
	result.ID, result.Annotator, result.Note = annotate.ResultID(id, 0), annotate.AdjudicatedLayer, "decided by the lead"
	decision := &annotate.Decision{
		ID: id, Document: d.ID, Sides: []annotate.Side{annotate.SideOf(own), annotate.SideOf(theirs)}, Among: []string{"asha", "ben"},
		Outcome: annotate.Took, Taken: []string{"asha"}, Results: []annotate.Result{{ID: result.ID, From: []annotate.ID{own.ID}}},
		Reason: "verdict: <no & yes>", Unclear: true, Adjudicator: "lead",
	}
	_, err := p.Apply(annotate.Change{Annotator: "lead", After: result}, annotate.Change{Annotator: "lead", After: decision})
	require.NoError(t, err)
	return decision
}

func TestADecisionIsKeptCountedAndUndone(t *testing.T) {
	p := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	add(t, p, d)
	decision := settled(t, p, d)
	requireSound(t, p)
	held, err := p.Decisions(d.ID)
	require.NoError(t, err)
	require.Equal(t, []*annotate.Decision{decision}, held)
	became, err := p.Became(decision.Sides[0].EntityID(), decision.Sides[1].EntityID(), "other")
	require.NoError(t, err)
	require.Equal(t, map[annotate.ID]annotate.ID{decision.Sides[0].EntityID(): decision.Results[0].ID, decision.Sides[1].EntityID(): decision.Results[0].ID}, became)
	stats, err := p.Stats("")
	require.NoError(t, err)
	require.Equal(t, []DecisionCount{{"lead", annotate.Took, false, 1}}, stats.Decisions)
	require.Equal(t, 1, stats.Unclear)
	row, err := column[string](p.reading, "SELECT adjudicator || ' ' || outcome || ' ' || taken || ' ' || (result = ?) FROM v_decisions", decision.Results[0].ID)
	require.NoError(t, err)
	require.Equal(t, []string{"lead took asha 1"}, row)

	again := decision.Clone()
	again.Outcome, again.Taken, again.Results, again.Adjudicator = annotate.Neither, nil, nil, "second"
	act(t, p, "second", decision, again)
	journal, err := p.Journal(JournalQuery{Limit: 1})
	require.NoError(t, err)
	require.Equal(t, decision, journal[0].Before, "what was decided before is not forgotten")
	became, err = p.Became(decision.Sides[0].EntityID(), "other")
	require.NoError(t, err)
	require.Equal(t, map[annotate.ID]annotate.ID{decision.Sides[0].EntityID(): ""}, became, "it was decided against")
	_, err = p.Undo("second")
	require.NoError(t, err)
	sentence, ok := p.CanUndo("lead")
	require.True(t, ok)
	require.Equal(t, "add Claim, add decision", sentence)
	_, err = p.Undo("lead")
	require.NoError(t, err)
	held, err = p.Decisions("")
	require.NoError(t, err)
	require.Empty(t, held)
	requireSound(t, p)
}

func TestDecisionsGoWithTheirDocument(t *testing.T) {
	p := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	add(t, p, d)
	settled(t, p, d)
	removal, err := p.DocumentRemoval(d.ID)
	require.NoError(t, err)
	for i := range removal {
		removal[i].Annotator = "lead"
	}
	_, err = p.Apply(removal...)
	require.NoError(t, err)
	requireSound(t, p)
	_, err = p.Undo("lead")
	require.NoError(t, err)
	held, err := p.Decisions("")
	require.NoError(t, err)
	require.Len(t, held, 1)
	requireSound(t, p)
}

func TestNoPacketTellsWhatWasDecided(t *testing.T) {
	p := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	add(t, p, d)
	decision := settled(t, p, d)
	say(t, p, about(&annotate.Span{ID: decision.Results[0].ID, Document: d.ID}, "lead", "about the verdict"))
	for _, open := range []bool{false, true} {
		packet, _ := packed(t, p, PacketOptions{Documents: []annotate.ID{d.ID}, Open: open})
		held, err := packet.Decisions("")
		require.NoError(t, err)
		require.Empty(t, held)
		require.NoError(t, packet.Close())
		raw, err := os.ReadFile(packet.Path())
		require.NoError(t, err)
		for _, word := range []string{"verdict", annotate.AdjudicatedLayer, "decided by the lead"} {
			require.NotContains(t, string(raw), word, "open: %v", open)
		}
		back, err := Open(packet.Path())
		require.NoError(t, err)
		t.Cleanup(func() { back.Close() })
		merge(t, p, back) // nothing of the decision is lost by it
		kept, err := p.Decisions(d.ID)
		require.NoError(t, err)
		require.Equal(t, []*annotate.Decision{decision}, kept)
	}
	_, err := p.MakePacket(t.Context(), t.TempDir()+"/x"+Extension, PacketOptions{Annotator: annotate.AdjudicatedLayer})
	require.Equal(t, annotate.Invalid, annotate.KindOf(err))
}

func TestAnImpossibleDecisionIsRefused(t *testing.T) {
	p := create(t)
	d := annotate.NewDocument("001.txt", sharedText)
	add(t, p, d)
	span := claim1(d.ID, "asha", annotate.Fragment{Start: 0, End: 3})
	value := annotate.Text("news")
	for name, spoil := range map[string]func(*annotate.Decision){
		"by nobody":                 func(v *annotate.Decision) { v.Adjudicator = "" },
		"other outcome":             func(v *annotate.Decision) { v.Outcome = "maybe" },
		"neither and a result":      func(v *annotate.Decision) { v.Results = []annotate.Result{{ID: "r"}} },
		"nobody taken":              func(v *annotate.Decision) { v.Outcome = annotate.Took },
		"value of no attribute":     func(v *annotate.Decision) { v.Outcome, v.Value = annotate.Made, &value },
		"side of nobody":            func(v *annotate.Decision) { v.Sides[0].Annotator = "" },
		"side of nothing":           func(v *annotate.Decision) { v.Sides[0].Span = nil },
		"span where a value is due": func(v *annotate.Decision) { v.Attribute = "genre" },
		"result without id":         func(v *annotate.Decision) { v.Outcome, v.Results = annotate.Made, []annotate.Result{{}} },
	} {
		v := &annotate.Decision{ID: "v", Document: d.ID, Sides: []annotate.Side{annotate.SideOf(span)}, Outcome: annotate.Neither, Adjudicator: "lead"}
		spoil(v)
		_, err := p.Apply(annotate.Change{Annotator: "lead", After: v})
		require.Equal(t, annotate.Invalid, annotate.KindOf(err), name)
	}
}
