package report

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/store"
)

// decidedProject has two documents in which lea decided for the span of another annotator and
// against that of asha, who has handed in the first one alone.
func decidedProject(t *testing.T, other string) *store.Project {
	t.Helper()
	p, err := store.Create(filepath.Join(t.TempDir(), "p.spanwright"), &annotate.Scheme{Name: "s", Spans: []annotate.SpanLabel{{Label: "A"}, {Label: "B"}}})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, p.Close()) })
	for _, name := range []string{"a", "b"} {
		d := annotate.NewDocument(name+".txt", "one two three four")
		span := func(who, label string) *annotate.Span {
			return &annotate.Span{ID: annotate.NewID(), Document: d.ID, Annotator: who, Label: label, Fragments: []annotate.Fragment{{Start: 4, End: 7}}}
		}
		own, theirs, truth := span("asha", "A"), span(other, "B"), span(annotate.AdjudicatedLayer, "B")
		status := map[string]annotate.Status{"a": annotate.Done, "b": annotate.InProgress}[name]
		question := annotate.NewComment(d.ID, "lea", "why an A?")
		question.Span = own.ID
		for _, s := range []annotate.State{
			d, own, theirs, truth, question, &annotate.Assessment{Document: d.ID, Annotator: "asha", Status: status},
			&annotate.Decision{
				ID: annotate.ID("v" + name), Document: d.ID, Among: []string{"asha", other}, Outcome: annotate.Took, Taken: []string{other}, Unclear: true, Adjudicator: "lea",
				Sides: []annotate.Side{annotate.SideOf(own), annotate.SideOf(theirs)}, Results: []annotate.Result{{ID: truth.ID}},
			},
		} {
			_, err := p.Apply(annotate.Change{Annotator: "lea", After: s})
			require.NoError(t, err)
		}
	}
	return p
}

func TestFeedbackIsReadInThePacketAndNamesNobodyWhereTheProjectIsBlind(t *testing.T) {
	p := decidedProject(t, "zdenka")
	documents := []annotate.ID{}
	rows, err := p.Documents(store.DocumentQuery{})
	require.NoError(t, err)
	for _, row := range rows {
		documents = append(documents, row.ID)
	}
	for _, open := range []bool{false, true} {
		o := store.PacketOptions{Annotator: "asha", Documents: documents, Open: open}
		read, err := PacketFeedback(t.Context(), p, o, nil)
		require.NoError(t, err)
		o.Feedback = read.Within
		path := filepath.Join(t.TempDir(), "asha.spanwright")
		_, err = p.MakePacket(t.Context(), path, o)
		require.NoError(t, err)
		raw, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, open, bytes.Contains(raw, []byte("zdenka")), "who else labelled, anywhere in the file")

		packet, err := store.Open(path)
		require.NoError(t, err)
		f, err := OwnFeedback(t.Context(), packet, "asha", true, nil)
		require.NoError(t, err)
		require.Len(t, f.Lessons, 1, "of the document that asha has not handed in nothing is told")
		l := f.Lessons[0]
		assert.Equal(t, []string{"a.txt", "two", "A “two”", "B “two”", "A"}, []string{l.Name, l.About, l.Own, l.Decided, l.Label})
		assert.Equal(t, map[bool]string{false: "took what 1 annotator had", true: "took zdenka"}[open], l.Why)
		assert.True(t, l.Unclear)
		assert.Equal(t, annotate.Fragment{Start: 4, End: 7}, l.Place)
		assert.Equal(t, []string{"lea: why an A?"}, l.Comments)
		assert.Equal(t, Otherwise, l.Kind())
		decisions, err := packet.Decisions(l.Document)
		require.NoError(t, err)
		assert.Empty(t, decisions)
		other, err := OwnFeedback(t.Context(), packet, "ben", true, nil)
		require.NoError(t, err)
		assert.Empty(t, other.Lessons, "it is for asha")
		require.NoError(t, packet.Close())
	}
}

func TestFeedbackThatWasTamperedWithIsRefused(t *testing.T) {
	p := decidedProject(t, "ben")
	for _, raw := range []string{"{", `[]`, `{"annotator":"asha","reviews":[{"name":"a.txt"}]}`} {
		require.NoError(t, p.SetSetting("feedback", raw))
		_, err := OwnFeedback(t.Context(), p, "asha", false, nil)
		require.Equal(t, annotate.Corrupt, annotate.KindOf(err), raw)
	}
}
