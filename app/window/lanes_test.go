package window

import (
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// theirs puts a span into the layer of another annotator of the current document.
func (b *bench) theirs(annotator, label string, f annotate.Fragment) {
	b.t.Helper()
	s := &annotate.Span{ID: annotate.NewID(), Document: b.session.Document().ID, Annotator: annotator, Label: label, Fragments: []annotate.Fragment{f}}
	_, err := b.session.Project().Apply(annotate.Change{Annotator: annotator, After: s})
	require.NoError(b.t, err)
}

func TestLanesAreTurnedOnAndOffByKeyAndPalette(t *testing.T) {
	b := newBench(t, article)
	b.theirs("ben", "Claim", annotate.Fragment{Start: 0, End: 8})
	b.theirs("cy", "Source", annotate.Fragment{Start: 0, End: 8})
	b.run("Layers of others as lanes")
	b.until(func() bool { return len(b.session.Lanes()) == 2 })
	p := b.showPalette()
	p.entry.SetText("lane of cy")
	p.key(fyne.KeyReturn)
	b.until(func() bool { return len(b.session.Lanes()) == 1 })
	require.Equal(t, "ben", b.session.Lanes()[0].Annotator)

	b.session.FocusForeign(firstOf(b.session.Lanes()[0].Layer).ID)
	b.onKey(fyne.KeyEscape, 0)
	none, _ := b.session.Foreign()
	require.Nil(t, none)
	b.run("Layers of others as lanes")
	b.until(func() bool { return len(b.session.Lanes()) == 0 })
}

func TestBothDocumentsHaveLanes(t *testing.T) {
	b := newBench(t, article, "The sluice was open all night.")
	b.theirs("ben", "Claim", annotate.Fragment{Start: 0, End: 8})
	b.run("Layers of others as lanes")
	b.onKey(fyne.KeyF7, 0)
	b.until(func() bool { return b.session.Beside().Document() != nil })
	require.Empty(t, b.session.Beside().Lanes())
	b.onKey(fyne.KeyF7, fyne.KeyModifierShift)
	b.theirs("ben", "Claim", annotate.Fragment{Start: 4, End: 10})
	b.run("Layers of others as lanes")
	b.run("Layers of others as lanes")
	b.until(func() bool { return len(b.session.Lanes()) == 1 && len(b.session.Beside().Lanes()) == 1 })
	require.Equal(t, annotate.Fragment{Start: 4, End: 10}, firstOf(b.session.Lanes()[0].Layer).Extent())
	require.Equal(t, annotate.Fragment{Start: 0, End: 8}, firstOf(b.session.Beside().Lanes()[0].Layer).Extent())
}

func firstOf(layer *annotate.Layer) *annotate.Span { return layer.NextFrom(0) }
