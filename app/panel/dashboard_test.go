package panel

import (
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/report"
	"spanwright/app/theme"
)

func TestDutiesAreGivenByKeyAndTakenBack(t *testing.T) {
	d := newDesk(t, article())
	facts, err := report.Gather(t.Context(), d.Project(), nil)
	require.NoError(t, err)
	b := NewDashboard(d.Session)
	closed := false
	b.OnClose = func() { closed = true }
	facts.Annotators = []string{"asha", "ben"}
	w := show(t, b.Object(), 1200, 700)
	b.Set(facts, nil)
	b.Focus(w.Canvas())
	key := func(names ...fyne.KeyName) {
		for _, name := range names {
			w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
		}
		d.settle()
	}
	last := func(i int) string { return b.row(b.length() - i).text }
	assert.Equal(t, "ben · may do everything, as nobody has a duty", last(1))
	key(fyne.KeyEnd, fyne.KeyReturn, fyne.KeyReturn) // ben an annotator
	assert.Contains(t, d.Message().Text, "make yourself lead first")
	key(fyne.KeyUp, fyne.KeyReturn, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	assert.Equal(t, "asha · lead", last(2))
	assert.Equal(t, "ben · annotator, as no duty was given", last(1))
	key(fyne.KeyDown, fyne.KeyReturn, fyne.KeyDown, fyne.KeyReturn)
	assert.Equal(t, "ben · reviewer", last(1))
	team, err := d.Project().Team()
	require.NoError(t, err)
	assert.Equal(t, annotate.Team{"asha": annotate.Leading, "ben": annotate.Reviewing}, team)
	d.Undo()
	d.settle()
	assert.Equal(t, "ben · annotator, as no duty was given", last(1))
	assert.False(t, closed)
}

func TestAFigureLeadsToTheDifferencesBehindItAndToTheirPlaces(t *testing.T) {
	d := newDesk(t, article())
	own := d.label("Claim", "Not one litre")
	d.label("Cue", "insisted")
	d.Focus("")
	d.settle()
	theirs := own.Clone()
	theirs.ID, theirs.Annotator, theirs.Label = annotate.NewID(), "ben", "Source"
	_, err := d.Project().Apply(annotate.Change{Annotator: "ben", After: theirs},
		annotate.Change{Annotator: "ben", After: &annotate.Assessment{Document: own.Document, Annotator: "ben", Status: annotate.Done}},
		annotate.Change{Annotator: "asha", After: &annotate.Stint{ID: annotate.NewID(), Document: own.Document, Annotator: "asha", Seconds: 90}})
	require.NoError(t, err)
	facts, err := report.Gather(t.Context(), d.Project(), nil)
	require.NoError(t, err)

	b := NewDashboard(d.Session)
	closed, filtered := false, ""
	b.OnClose = func() { closed = true }
	w := show(t, b.Object(), 1200, 700)
	assert.Equal(t, "Reading the project…", b.title.text)
	painter, err := report.NewPainter(false, "")
	require.NoError(t, err)
	var pictures []*image.RGBA
	for _, p := range facts.Pictures() {
		pictures = append(pictures, painter.Paint(p.Picture))
	}
	require.Len(t, pictures, 5)
	b.Set(facts, pictures)
	assert.Equal(t, []string{"asha · in progress", "1"}, []string{b.row(1).text, b.row(1).count})
	assert.Equal(t, []string{"ben · done", "1"}, []string{b.row(2).text, b.row(2).count})
	b.OnFilter = func(filter string) { filtered = filter }
	b.picked(2)
	assert.Equal(t, "by:ben state:done", filtered)
	assert.True(t, closed)
	closed = false
	assert.Equal(t, "MINUTES FOR A DOCUMENT, IN THE MEDIAN", b.row(3).text)
	assert.Equal(t, []string{"asha · 1 document · 1.5 min · 80.0 spans per hour", "1.5"}, []string{b.row(4).text, b.row(4).count}, "2 spans in 90 seconds")
	b.picked(4)
	assert.Equal(t, []string{"minister-denies-diversion · 2 spans", "1.5"}, []string{b.row(0).text, b.row(0).count})
	b.leave()
	b.Focus(w.Canvas())
	for b.list.cursor < 4 || b.row(b.list.cursor).text != "f1-strict · asha, ben" {
		if b.list.cursor == b.length()-1 {
			t.Fatal("there is no row of f1-strict")
		}
		w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	}
	assert.Equal(t, "0.000", b.row(b.list.cursor).count, "no span is the same")
	at := b.list.cursor
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	require.Equal(t, 2, b.length(), "another label, and a span that is missing")
	assert.Equal(t, "label", b.row(0).label)
	assert.Equal(t, "minister-denies-diversion “Not one litre” · asha: Claim · ben: Source", b.row(0).text)
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	assert.Equal(t, at, b.list.cursor)
	assert.False(t, closed)
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	assert.True(t, closed)
	assert.Equal(t, own.Fragments[0], d.Selection())
	if folder := os.Getenv("PANEL_LOOK"); folder != "" {
		b.leave()
		test.ApplyTheme(t, theme.New(theme.Light))
		file, err := os.Create(filepath.Join(folder, "dashboard.png"))
		require.NoError(t, err)
		require.NoError(t, png.Encode(file, w.Canvas().Capture()))
		require.NoError(t, file.Close())
	}
}
