package panel

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/theme"
	"spanwright/store"
)

// judge has somebody bring work to a status, as if it had been merged.
func (d *desk) judge(by, annotator string, to annotate.Status, comment string) {
	d.t.Helper()
	d.settle()
	w, err := d.Project().Work(d.Document().ID, annotator)
	require.NoError(d.t, err)
	_, err = d.Project().Apply(w.Move(by, to, comment, 0)...)
	require.NoError(d.t, err)
	require.NoError(d.t, d.Refresh())
	d.until(func() bool {
		if annotator == d.Annotator() {
			return d.Own().Status() == to
		}
		for _, w := range d.Works() {
			if w.Annotator == annotator && w.Status() == to {
				return true
			}
		}
		return false
	})
}

func offers(m *Moves) []string {
	var rows []string
	for i := range m.offered {
		rows = append(rows, m.row(i).text)
	}
	return rows
}

func TestTheStripOffersWhatCanBeDoneAndDoesIt(t *testing.T) {
	d := newDesk(t, article())
	left := 0
	m := NewMoves(d.Session)
	m.OnLeave = func() { left++; m.Hide() }
	w := show(t, container.NewStack(m.Object()), 700, 200)
	m.Show(w.Canvas())
	assert.Equal(t, []string{"Submit for review", "Accept as final"}, offers(m))
	w.Canvas().Focused().TypedRune('1')
	assert.Equal(t, annotate.InReview, d.Own().Status())
	assert.Equal(t, 1, left)
	assert.False(t, m.Shown())

	m.Show(w.Canvas())
	assert.Equal(t, []string{"Accept as final", "Return with a comment", "Reopen"}, offers(m))
	w.Canvas().Focused().TypedRune('2')
	require.Equal(t, fyne.Focusable(m.words), w.Canvas().Focused(), "a comment is asked for")
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	assert.Equal(t, annotate.InReview, d.Own().Status(), "not without one")
	test.Type(m.words, "the cues")
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	assert.Equal(t, &annotate.Review{Document: d.Document().ID, Annotator: "asha", Status: annotate.Returned, By: "asha", Comment: "the cues"}, d.Own().Review)
	assert.False(t, m.Shown())

	m.Show(w.Canvas())
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	assert.False(t, m.Shown())
	assert.Equal(t, 3, left)
}

func TestAReviewIsSeenInTheHeaderAndTheList(t *testing.T) {
	d := newDesk(t, article())
	h, l := NewHeader(d.Session), NewDocuments(d.Session)
	show(t, h.Object(), 800, 70)
	d.judge("asha", "asha", annotate.InReview, "")
	assert.Equal(t, "in review · 2031-04-02 · Orsa Courier", h.meta.text)
	assert.Equal(t, "◎", l.row(0).mark)
	d.judge("ben", "asha", annotate.Returned, "the cues")
	assert.Equal(t, "returned by ben: “the cues” · 2031-04-02 · Orsa Courier", h.meta.text)
	assert.Equal(t, "↩", l.row(0).mark)
	d.judge("ben", "asha", annotate.Final, "")
	assert.Equal(t, "final by ben · 2031-04-02 · Orsa Courier", h.meta.text)
	assert.Equal(t, "✓", l.row(0).mark)
	d.judge("ben", "ben", annotate.InReview, "")
	assert.Equal(t, "final by ben · ben · in review · 2031-04-02 · Orsa Courier", h.meta.text)
	assert.Equal(t, "◎", l.row(0).mark, "it waits for a decision")
	d.settle()
	var found []filterChoice
	d.List().Tally(func(tally store.Tally) { found = filterChoices(d.Scheme(), tally) })
	d.until(func() bool { return found != nil })
	assert.Contains(t, found, filterChoice{"state:in-review", "◎ in review", 1})
	assert.Contains(t, found, filterChoice{"state:final", "✓ final", 1})
}

// TestTheStripDraws writes pictures of the strip to the folder PANEL_LOOK names.
func TestTheStripDraws(t *testing.T) {
	folder := os.Getenv("PANEL_LOOK")
	if folder == "" {
		t.Skip("PANEL_LOOK names no folder for the pictures")
	}
	d := newDesk(t, article())
	d.judge("asha", "asha", annotate.InReview, "")
	d.judge("ben", "asha", annotate.Returned, "Please look at the cues in the second half once more: three of them cover the whole reporting clause, and one is missing.")
	d.judge("רינה", "רינה", annotate.InReview, "הכול מוכן")
	m, h, l := NewMoves(d.Session), NewHeader(d.Session), NewDocuments(d.Session)
	for name, mode := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
		w := show(t, container.NewBorder(h.Object(), m.Object(), sized(l.Object(), 200), nil), 1000, 420)
		m.Show(w.Canvas())
		test.ApplyTheme(t, theme.New(mode))
		file, err := os.Create(filepath.Join(folder, "moves-"+name+".png"))
		require.NoError(t, err)
		require.NoError(t, png.Encode(file, w.Canvas().Capture()))
		require.NoError(t, file.Close())
	}
}

func TestHistorySaysWhenWhoSaidWhat(t *testing.T) {
	now := time.Date(2031, 5, 12, 18, 0, 0, 0, time.UTC)
	remark := func(days int, by string, to annotate.Status, comment string) store.Remark {
		return store.Remark{Review: &annotate.Review{Annotator: "asha", Status: to, By: by, Comment: comment}, Time: now.AddDate(0, 0, -days).Add(-time.Hour)}
	}
	said := []store.Remark{
		remark(0, "ben", annotate.Returned, "two claims too"), remark(1, "ben", annotate.Returned, "cues are missing"),
		remark(9, "asha", annotate.InReview, "the last page is odd"), remark(400, "cy", annotate.Final, "good"), remark(401, "cy", annotate.Final, "well"),
	}
	plain := strings.NewReplacer("\u2068", "", "\u2069", "").Replace(history(said, now))
	assert.Equal(t, "today 17:00 · asha · returned by ben: “two claims too”\n"+
		"yesterday 17:00 · asha · returned by ben: “cues are missing”\n"+
		"3 May · asha · in review by asha: “the last page is odd”\n"+
		"and 2 before", plain)
}
