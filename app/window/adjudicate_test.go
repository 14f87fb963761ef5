package window

import (
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/store"
)

// layered puts a span over words into an annotator's layer of the first document.
func (b *bench) layered(annotator, label, words string) {
	b.t.Helper()
	at := strings.Index(article, words)
	require.GreaterOrEqual(b.t, at, 0)
	_, err := b.session.Project().Apply(annotate.Change{Annotator: annotator, After: &annotate.Span{
		ID: annotate.NewID(), Document: b.session.Document().ID, Annotator: annotator, Label: label, Fragments: []annotate.Fragment{{Start: at, End: at + len(words)}},
	}})
	require.NoError(b.t, err)
}

func TestDifferencesAreSettledByKeysAlone(t *testing.T) {
	b := newBench(t, article)
	for _, name := range []string{"ben", "cy", "dora"} {
		b.layered(name, "Cue", "said")
	}
	b.layered("ben", "Source", "Minister Vale")
	b.layered("cy", "Source", "Vale")
	b.layered("dora", "Source", "Minister Vale")
	b.layered("ben", "Claim", "the sluice stayed shut")
	b.layered("cy", "Claim", "sluice stayed shut")
	b.layered("cy", "Source", "Fishermen")

	b.onKey(fyne.KeyF8, 0)
	b.until(func() bool { return b.session.Desk() != nil })
	focused := b.win.Canvas().Focused()
	require.True(t, b.judge.Has(focused))
	key := func(name fyne.KeyName) { b.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name}) }
	rest := func(open, settled int) {
		t.Helper()
		s := b.session.Adjudication().Standing()
		require.Equal(t, [2]int{open, settled}, [2]int{s.Open, s.Settled})
	}
	rest(3, 0)
	test.Type(focused, "a") // what all agree on
	rest(3, 1)
	key(fyne.KeyTab)
	require.Equal(t, "Minister Vale", b.session.Adjudication().Words().Quote(b.session.Adjudication().Current()))
	key(fyne.KeyReturn) // two of three
	rest(2, 2)
	test.Type(focused, "r")
	reason := b.win.Canvas().Focused()
	require.NotSame(t, focused, reason)
	test.Type(reason, "articles belong to it")
	key(fyne.KeyReturn)
	require.Same(t, focused, b.win.Canvas().Focused())
	test.Type(focused, "1")
	rest(1, 3)
	test.Type(focused, "g0")
	rest(0, 4)

	key(fyne.KeyUp) // the reason stays with its decision
	key(fyne.KeyEscape)
	require.Same(t, b.view, b.win.Canvas().Focused())
	b.until(func() bool { return b.session.Layer().Annotator == "asha" })
	require.False(t, b.session.Adjudicating())
	b.saved()
	held, err := b.session.Project().Decisions("")
	require.NoError(t, err)
	var said []string
	for _, d := range held {
		line := string(d.Outcome) + " " + strings.Join(d.Taken, ",") + " " + d.Reason
		if d.Unclear {
			line += " unclear"
		}
		said = append(said, strings.TrimSpace(line))
	}
	require.ElementsMatch(t, []string{"took ben,cy,dora", "took ben,dora", "took ben articles belong to it", "neither   unclear"}, said)
}

func TestSomethingNewIsMadeInTheTextAndEscComesBack(t *testing.T) {
	b := newBench(t, article)
	b.layered("ben", "Claim", "the sluice stayed shut")
	b.layered("cy", "Claim", "sluice stayed shut")
	b.onKey(fyne.KeyF8, 0)
	b.until(func() bool { return b.session.Desk() != nil })
	cases := b.win.Canvas().Focused()
	cases.TypedKey(&fyne.KeyEvent{Name: fyne.KeyTab})
	test.Type(cases, "n")
	require.Same(t, b.view, b.win.Canvas().Focused())
	b.types("{") // the end one token to the left
	span := b.session.FocusedSpan()
	require.Equal(t, annotate.AdjudicatedLayer, span.Annotator)
	require.Equal(t, "the sluice stayed", b.session.Quote(span, 80))
	b.onKey(fyne.KeyEscape, 0)
	require.Same(t, cases, b.win.Canvas().Focused())
	c := b.session.Adjudication().Current()
	require.Equal(t, annotate.Made, c.Decision.Outcome)
	b.onKey(fyne.KeyF8, 0) // and between the two
	require.Same(t, b.view, b.win.Canvas().Focused())
	b.onKey(fyne.KeyF8, fyne.KeyModifierShift)
	b.until(func() bool { return b.session.Layer().Annotator == "asha" })
}

func TestSomethingNewInTheFormIsMadeThereAndEscComesBack(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.spanwright")
	project, err := store.Create(path, &annotate.Scheme{Name: "form", Records: []annotate.RecordLabel{
		{Label: "Question", Attributes: []annotate.Attribute{{Name: "text", Kind: annotate.TextKind}}},
	}})
	require.NoError(t, err)
	document := annotate.NewDocument("a.txt", article)
	changes := []annotate.Change{{Annotator: "lead", After: document}}
	for _, name := range []string{"ben", "cy"} {
		changes = append(changes, annotate.Change{Annotator: name, After: &annotate.Record{
			ID: annotate.NewID(), Document: document.ID, Annotator: name, Label: "Question", Rank: "1",
			Attributes: map[string]annotate.Value{"text": annotate.Text("Who told " + name + "?")},
		}})
	}
	for _, c := range changes {
		_, err = project.Apply(c)
		require.NoError(t, err)
	}
	require.NoError(t, project.Close())
	b := openBench(t, path)
	b.until(func() bool { return b.session.Document() != nil })
	b.onKey(fyne.KeyF8, 0)
	b.until(func() bool { return b.session.Desk() != nil })
	cases := b.win.Canvas().Focused()
	cases.TypedKey(&fyne.KeyEvent{Name: fyne.KeyTab})
	require.Equal(t, "Question: text: Who told ben? (ben) | text: Who told cy? (cy)", b.session.Adjudication().Words().Sides(b.session.Adjudication().Current()))
	test.Type(cases, "n")
	field := b.win.Canvas().Focused()
	require.NotSame(t, cases, field)
	require.NotEqual(t, fyne.Focusable(b.view), field, "the copy is changed in the form")
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	test.Type(field, " And whom?")
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	require.Same(t, cases, b.win.Canvas().Focused())
	b.saved()
	c := b.session.Adjudication().Current()
	require.Equal(t, annotate.Made, c.Decision.Outcome)
	require.Equal(t, annotate.Text("Who told ben? And whom?"), b.session.Layer().Record(c.Decision.Results[0].ID).Attributes["text"])
}
