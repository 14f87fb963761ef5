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

func TestAFigureLeadsToTheDifferencesBehindItAndToTheirPlaces(t *testing.T) {
	d := newDesk(t, article())
	own := d.label("Claim", "Not one litre")
	d.label("Cue", "insisted")
	d.Focus("")
	d.settle()
	theirs := own.Clone()
	theirs.ID, theirs.Annotator, theirs.Label = annotate.NewID(), "ben", "Source"
	_, err := d.Project().Apply(annotate.Change{Annotator: "ben", After: theirs},
		annotate.Change{Annotator: "ben", After: &annotate.Assessment{Document: own.Document, Annotator: "ben", Status: annotate.Done}})
	require.NoError(t, err)
	facts, err := report.Gather(t.Context(), d.Project(), nil)
	require.NoError(t, err)

	b := NewDashboard(d.Session)
	closed := false
	b.OnClose = func() { closed = true }
	w := show(t, b.Object(), 1200, 700)
	assert.Equal(t, "Reading the project…", b.title.text)
	painter, err := report.NewPainter(false)
	require.NoError(t, err)
	var pictures []*image.RGBA
	for _, p := range facts.Pictures() {
		pictures = append(pictures, painter.Paint(p.Picture))
	}
	require.Len(t, pictures, 4)
	b.Set(facts, pictures)
	assert.Equal(t, "asha · 1 in progress", b.row(1).text)
	assert.Equal(t, "ben · 1 done", b.row(2).text)
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
