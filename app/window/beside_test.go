package window

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// mark labels words of the current document.
func (b *bench) mark(label, words string, at int) *annotate.Span {
	b.t.Helper()
	b.session.Select(annotate.Fragment{Start: at, End: at + len(words)})
	require.NoError(b.t, b.session.Label(label))
	require.Equal(b.t, words, b.session.Quote(b.session.FocusedSpan(), 80))
	return b.session.FocusedSpan()
}

func TestAClaimIsRelatedToOneInTheDocumentBesideByKeysAlone(t *testing.T) {
	b := newBench(t, article, "The sluice was open all night.")
	here := b.mark("Claim", "the sluice stayed shut", len("Minister Vale said "))
	b.onKey(fyne.KeyF7, 0)
	b.until(func() bool { return b.session.Beside().Document() != nil })
	require.Len(t, b.views(), 2)
	b.onKey(fyne.KeyF6, 0)
	require.Equal(t, "b.txt", b.session.Document().Name)
	require.Same(t, b.view, b.win.Canvas().Focused())
	there := b.mark("Claim", "The sluice was open all night", 0)
	b.onKey(fyne.KeyF7, fyne.KeyModifierShift)
	require.Equal(t, here.ID, b.session.Focused())
	b.types("r")
	require.Len(t, b.session.Beside().Targets(), 1)
	b.types(b.session.Beside().Targets()[0].Hint)
	require.NotEmpty(t, b.session.RelationChoices())
	b.types("2")
	relations := b.session.RelationsOf(here.ID)
	require.Len(t, relations, 1)
	require.Equal(t, "attacks", relations[0].Label)
	require.True(t, relations[0].Involves(there.ID))
	b.onKey(fyne.KeyF7, 0)
	require.Nil(t, b.session.Beside())
	require.Len(t, b.views(), 1)
}

func TestAPressInTheDocumentBesideMakesItTheCurrentOneInItsPlace(t *testing.T) {
	b := newBench(t, article, "The sluice was open all night.")
	b.onKey(fyne.KeyF7, 0)
	b.until(func() bool { return b.session.Beside().Document() != nil })
	b.win.Resize(fyne.NewSize(1280, 800))
	left := func(o fyne.CanvasObject) float32 { return b.app.Driver().AbsolutePositionForObject(o).X }
	require.Less(t, left(b.view), left(b.beside), "the second document stands at the right")
	at := left(b.beside)
	b.beside.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(60, 90)}, Button: desktop.MouseButtonPrimary})
	require.Equal(t, "b.txt", b.session.Document().Name)
	require.Equal(t, at, left(b.view), "and stays there")
	require.Same(t, b.view, b.win.Canvas().Focused())
}

func TestKLinksAndCtrlKShowsWhereTheConceptIsMentioned(t *testing.T) {
	b := newBench(t, article, "Vale spoke again.")
	scheme := b.session.Scheme().Clone()
	scheme.Span("Source").Attributes = append(scheme.Span("Source").Attributes, annotate.Attribute{Name: "actor", Kind: annotate.ConceptKind})
	b.saved()
	_, err := b.session.Project().Apply(annotate.Change{Annotator: "asha", Before: b.session.Scheme(), After: scheme})
	require.NoError(t, err)
	require.NoError(t, b.session.Refresh())
	b.types("k")
	require.Contains(t, b.session.Message().Text, "K links it")
	span := b.mark("Source", "Vale", len("Minister "))
	b.types("k")
	field := b.win.Canvas().Focused()
	require.NotSame(t, b.view, field)
	test.Type(field, "Minister Vale")
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	require.Same(t, b.view, b.win.Canvas().Focused())
	concept := b.session.ConceptOf(b.session.Layer().Span(span.ID))
	require.NotNil(t, concept)
	b.saved()

	b.nextDocument(true)
	b.until(func() bool { return b.session.Document().Name == "b.txt" })
	b.showConcepts()
	b.until(func() bool { return b.session.MentionCount(concept.ID) == 1 })
	key := func(name fyne.KeyName) { b.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name}) }
	key(fyne.KeyDown)
	require.Equal(t, concept.ID, b.session.Chosen().ID)
	b.until(func() bool { return b.session.Mentions().Len() == 1 })
	key(fyne.KeyReturn)
	key(fyne.KeyReturn)
	b.until(func() bool { return b.session.Focused() == span.ID })
	require.Equal(t, "a.txt", b.session.Document().Name)
	require.Same(t, b.view, b.win.Canvas().Focused())
	b.onKey(fyne.KeyEscape, 0)
	require.NotSame(t, b.view, b.win.Canvas().Focused(), "Esc comes back to the mentions")
	key(fyne.KeyEscape)
	key(fyne.KeyEscape)
	require.Same(t, b.view, b.win.Canvas().Focused())
	require.False(t, b.registering)
}
