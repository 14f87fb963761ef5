package window

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

func TestFeedbackComesAndGoesByItsKeyAndLeadsToTheAnnotation(t *testing.T) {
	b := newBench(t, article)
	b.layered("asha", "Cue", "said")
	document := b.session.Document().ID
	layer, err := b.session.Project().Layer(document, "asha")
	require.NoError(t, err)
	var own *annotate.Span
	for own = range layer.Spans() {
		break
	}
	for _, s := range []annotate.State{
		&annotate.Assessment{Document: document, Annotator: "asha", Status: annotate.Done},
		&annotate.Decision{ID: "v", Document: document, Among: []string{"asha", "ben"}, Outcome: annotate.Neither, Adjudicator: "lea", Sides: []annotate.Side{annotate.SideOf(own)}},
	} {
		_, err := b.session.Project().Apply(annotate.Change{Annotator: "lea", After: s})
		require.NoError(t, err)
	}
	require.NoError(t, b.session.Refresh())
	b.onKey(fyne.KeyF9, fyne.KeyModifierShift)
	require.Equal(t, page(b.feedback), b.page)
	b.until(func() bool { return !b.jobs.busy })
	b.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	require.Nil(t, b.page)
	b.until(func() bool { return b.session.Focused() == own.ID })
	b.onKey(fyne.KeyF9, fyne.KeyModifierShift)
	require.NotNil(t, b.page)
	b.until(func() bool { return !b.jobs.busy })
	b.onKey(fyne.KeyF9, fyne.KeyModifierShift)
	require.Nil(t, b.page)
	require.Same(t, b.view, b.win.Canvas().Focused())
}
