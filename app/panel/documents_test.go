package panel

import (
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/session"
)

func named(names ...string) []*annotate.Document {
	var documents []*annotate.Document
	for _, name := range names {
		documents = append(documents, annotate.NewDocument(name, "The text of "+name+"."))
	}
	return documents
}

// openName waits until the document of that name is open.
func (d *desk) awaitOpen(name string) {
	d.t.Helper()
	d.until(func() bool { return d.Document() != nil && d.Document().Name == name })
}

// awaitRows waits until the list has n rows.
func (d *desk) awaitRows(n int) {
	d.t.Helper()
	listed := false
	d.Subscribe(func(e session.Event) { listed = listed || e.Is(session.Listed) })
	d.until(func() bool { return listed && d.List().Len() == n })
}

func TestFilterShowsMatchingDocuments(t *testing.T) {
	d := newDesk(t, named("lake", "river bank", "river delta")...)
	p := NewDocuments(d.Session)
	w := show(t, p.Object(), 240, 400)
	p.FocusFilter()
	require.Same(t, p.filter, w.Canvas().Focused())

	test.Type(p.filter, "RIVER")
	d.awaitRows(2)
	assert.Equal(t, []string{"river bank", "river delta"}, p.list.texts())

	left := false
	p.OnLeave = func() { left = true }
	press(p.filter, fyne.KeyEscape)
	d.awaitRows(3)
	assert.True(t, left, "Esc gives the keyboard back")
	assert.Empty(t, p.filter.Text)
	assert.Equal(t, []string{"lake", "river bank", "river delta"}, p.list.texts())
}

func TestEnterInTheFilterOpensTheFirstMatch(t *testing.T) {
	d := newDesk(t, named("lake", "river bank", "river delta")...)
	p := NewDocuments(d.Session)
	show(t, p.Object(), 240, 400)
	test.Type(p.filter, "delta")
	d.awaitRows(1)
	press(p.filter, fyne.KeyReturn)
	d.awaitOpen("river delta")
}

func TestClickOpensADocumentAtOnce(t *testing.T) {
	d := newDesk(t, named("one", "two", "three")...)
	p := NewDocuments(d.Session)
	show(t, p.Object(), 240, 400)
	click(p.list.shownRow(t, 2), fyne.NewPos(30, 10))
	d.awaitOpen("three")
	assert.True(t, p.list.shownRow(t, 2).content.current)
	assert.False(t, p.list.shownRow(t, 0).content.current)
}

func TestKeysMoveInTheListAndEnterOpens(t *testing.T) {
	d := newDesk(t, named("one", "two", "three", "four")...)
	p := NewDocuments(d.Session)
	show(t, p.Object(), 240, 400)
	p.FocusList()
	press(p.list, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp)
	assert.True(t, p.list.shownRow(t, 1).content.cursor)
	press(p.list, fyne.KeyReturn)
	d.awaitOpen("two")

	var passed []fyne.KeyName
	p.OnKey = func(k *fyne.KeyEvent) { passed = append(passed, k.Name) }
	press(p.list, fyne.KeyF6, fyne.KeyEnd, fyne.Key1)
	assert.Equal(t, []fyne.KeyName{fyne.KeyF6}, passed, "the window gets keys without a character that mean nothing here")
	assert.Equal(t, 3, p.list.cursor)
}

func TestMarksAndCountsFollowTheWork(t *testing.T) {
	d := newDesk(t, append([]*annotate.Document{article()}, named("two", "three")...)...)
	p := NewDocuments(d.Session)
	show(t, p.Object(), 240, 400)
	marks := func() (marks, counts []string) {
		for i := range p.list.length() {
			c := p.list.show(i)
			marks, counts = append(marks, c.mark), append(counts, c.count)
		}
		return marks, counts
	}
	m, n := marks()
	assert.Equal(t, []string{"○", "○", "○"}, m)
	assert.Equal(t, []string{"0", "0", "0"}, n)

	d.label("Cue", "insisted")
	m, n = marks()
	assert.Equal(t, []string{"◐", "○", "○"}, m, "at once, before the commit")
	assert.Equal(t, []string{"1", "0", "0"}, n)

	d.settle()
	require.NoError(t, d.Finish())
	d.awaitOpen("two")
	require.NoError(t, d.CycleFlag())
	d.settle()
	m, _ = marks()
	assert.Equal(t, []string{"●", "⚑", "○"}, m)
	assert.Equal(t, "1 of 3 done · 1 flagged", p.tally.text)
	assert.InDelta(t, 1.0/3, p.bar.share, 1e-6)
}

func TestCurrentDocumentStaysInView(t *testing.T) {
	var names []string
	for i := range 300 {
		names = append(names, fmt.Sprintf("document %03d", i))
	}
	d := newDesk(t, named(names...)...)
	p := NewDocuments(d.Session)
	show(t, p.Object(), 240, 400)
	require.NoError(t, d.OpenFirst("document 250"))
	d.awaitOpen("document 250")
	d.until(func() bool { _, ok := d.List().Row(250); return ok })
	p.refresh()
	assert.Equal(t, "document 250", p.list.shownRow(t, 250).content.text)
	assert.True(t, p.list.shownRow(t, 250).content.current)
	assert.Less(t, len(p.list.rows), 20, "only rows on screen exist")
}

func TestFilterThatMatchesNothingSaysSo(t *testing.T) {
	d := newDesk(t, named("lake", "river")...)
	p := NewDocuments(d.Session)
	show(t, p.Object(), 240, 400)
	test.Type(p.filter, "zzz")
	d.awaitRows(0)
	assert.Equal(t, "nothing matches “zzz”", p.tally.text)
}

func TestDocumentsWithoutDocuments(t *testing.T) {
	d := newDesk(t)
	p := NewDocuments(d.Session)
	show(t, p.Object(), 240, 400)
	p.FocusList()
	press(p.list, fyne.KeyDown, fyne.KeyReturn, fyne.KeyEnd)
	press(p.filter, fyne.KeyReturn)
	assert.Equal(t, "no documents", p.tally.text)
}

func TestTypingInTheListFilters(t *testing.T) {
	d := newDesk(t, named("lake", "river bank", "river delta")...)
	p := NewDocuments(d.Session)
	w := show(t, p.Object(), 240, 400)
	p.FocusList()
	test.Type(p.list, " ")
	require.Same(t, p.list, w.Canvas().Focused(), "a blank opens, it is no name")
	p.list.TypedRune('d')
	require.Same(t, p.filter, w.Canvas().Focused())
	test.Type(p.filter, "elta")
	d.awaitRows(1)
	assert.Equal(t, []string{"river delta"}, p.list.texts())
}
