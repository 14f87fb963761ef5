package panel

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/session"
	"spanwright/app/theme"
	"spanwright/store"
)

const schemeText = `
name: small
guideline: Label who says what.
flags: [discuss, unsure]
document:
  - {name: usable, kind: boolean}
spans:
  - label: Claim
    key: "1"
    color: "#e69f00"
    guideline: Take the whole quotation without its marks.
    example: “We won.”
    attributes:
      - {name: type, kind: choice, values: [{name: assertion}, {name: denial, guideline: Rejects.}, {name: demand}]}
      - {name: tags, kind: several, values: [{name: legal}, {name: moral}, {name: past}]}
      - {name: sure, kind: boolean}
      - {name: count, kind: integer}
      - {name: paraphrase, kind: text}
  - {label: Source, key: "2", color: "#0072b2"}
  - {label: Cue, key: "3", color: "#009e73"}
relations:
  - label: attribution
    roles:
      - {name: source, labels: [Source], implicit: true}
      - {name: cue, labels: [Cue], min: 1, max: 1}
      - {name: content, labels: [Claim], min: 1}
  - label: attacks
    roles: [{name: head, labels: [Claim], min: 1, max: 1}, {name: tail, labels: [Claim], min: 1, max: 1}]
`

const articleText = `“Not one litre has left the lake,” insisted the Velland water minister, “and the gauges show it.” The remark came a day after the council said that Velland had opened the sluice.`

// desk is a session on a real project whose goroutine is the test's.
type desk struct {
	*session.Session
	t     *testing.T
	posts chan func()
	path  string
}

func newDesk(t *testing.T, documents ...*annotate.Document) *desk {
	t.Helper()
	return newDeskWith(t, []byte(schemeText), documents...)
}

func newDeskWith(t *testing.T, schemeText []byte, documents ...*annotate.Document) *desk {
	t.Helper()
	t.Setenv("LANG", "en_US.UTF-8")
	test.NewTempApp(t)
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Light))
	scheme, err := annotate.ParseScheme("small.yaml", schemeText)
	require.NoError(t, err)
	d := &desk{t: t, posts: make(chan func(), 1000), path: filepath.Join(t.TempDir(), "p.spanwright")}
	project, err := store.Create(d.path, scheme)
	require.NoError(t, err)
	for _, document := range documents {
		_, err = project.Apply(annotate.Change{Annotator: "asha", After: document})
		require.NoError(t, err)
	}
	d.Session, err = session.New(project, session.Options{Annotator: "asha", Post: func(f func()) { d.posts <- f }})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	opened := false
	d.Subscribe(func(e session.Event) { opened = opened || e.Is(session.Opened) })
	d.List().Refresh()
	require.NoError(t, d.OpenFirst(""))
	d.until(func() bool { return opened && d.List().Len() == len(documents) })
	return d
}

// until runs what was posted until something holds.
func (d *desk) until(holds func() bool) {
	d.t.Helper()
	deadline := time.After(2 * time.Minute)
	for !holds() {
		select {
		case f := <-d.posts:
			f()
		case <-deadline:
			d.t.Fatal("what the test waits for does not happen")
		}
	}
}

// settle waits until every edit is committed and the list is read again.
func (d *desk) settle() {
	d.t.Helper()
	d.until(func() bool { return d.Saved().Pending == 0 })
	listed := false
	d.Subscribe(func(e session.Event) { listed = listed || e.Is(session.Listed) })
	d.List().Refresh()
	d.until(func() bool { return listed })
}

// label makes a span of the words.
func (d *desk) label(label, words string) *annotate.Span {
	d.t.Helper()
	at := strings.Index(d.Document().Text, words)
	require.GreaterOrEqual(d.t, at, 0, words)
	d.Select(annotate.Fragment{Start: at, End: at + len(words)})
	require.NoError(d.t, d.Label(label))
	return d.FocusedSpan()
}

// relate makes a relation of arguments and takes it in.
func (d *desk) relate(label string, arguments ...annotate.Argument) *annotate.Relation {
	d.t.Helper()
	r := &annotate.Relation{
		ID: annotate.NewID(), Document: d.Document().ID, Annotator: d.Annotator(), Label: label, Arguments: arguments,
	}
	d.settle()
	_, err := d.Project().Apply(annotate.Change{Annotator: d.Annotator(), After: r})
	require.NoError(d.t, err)
	require.NoError(d.t, d.Refresh())
	d.until(func() bool { return d.Layer().Relation(r.ID) != nil })
	return r
}

func article() *annotate.Document {
	d := annotate.NewDocument("minister-denies-diversion", articleText)
	d.SetMeta("date", "2031-04-02")
	d.SetMeta("source", "Orsa Courier")
	return d
}

// show puts an object into a window of that size.
func show(t *testing.T, o fyne.CanvasObject, width, height float32) fyne.Window {
	t.Helper()
	w := test.NewTempWindow(t, o)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, height))
	return w
}

// click presses and releases the primary button on a widget, at a place in it.
func click(o desktop.Mouseable, at fyne.Position) {
	e := &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary}
	o.MouseDown(e)
	o.MouseUp(e)
}

// texts returns what a list shows, row by row.
func (l *list) texts() []string {
	var found []string
	for i := range l.length() {
		found = append(found, l.show(i).text)
	}
	return found
}

// shownRow returns the widget that shows the i-th row.
func (l *list) shownRow(t *testing.T, i int) *row {
	t.Helper()
	for _, r := range l.rows {
		if r.Visible() && r.index == i {
			return r
		}
	}
	t.Fatalf("row %d is not on screen", i)
	return nil
}

// line returns the inspector's line of that key.
func (n *Inspector) line(t *testing.T, key string) line {
	t.Helper()
	for _, l := range n.lines {
		if l.key() == key {
			return l
		}
	}
	t.Fatalf("the inspector has no line %q", key)
	return nil
}

// item returns the place of an item in a flow.
func (f *flow) item(t *testing.T, text string) (at int, pos fyne.Position) {
	t.Helper()
	for i, it := range f.items {
		if it.text == text {
			return i, fyne.NewPos(f.boxes[i].x+3, f.boxes[i].y+8)
		}
	}
	t.Fatalf("there is no item %q", text)
	return 0, fyne.Position{}
}

// words returns the texts of a flow's items.
func (f *flow) words() []string {
	var found []string
	for _, it := range f.items {
		found = append(found, it.text)
	}
	return found
}

func press(w fyne.Focusable, keys ...fyne.KeyName) {
	for _, k := range keys {
		w.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

func TestClickBesideThingsLeavesTheKeyboardAndTabPassesOver(t *testing.T) {
	d := newDesk(t, article())
	documents := NewDocuments(d.Session)
	status := NewStatus(d.Session)
	w := show(t, container.NewBorder(nil, status.Object(), nil, nil, documents.Object()), 300, 400)
	grounds := 0
	for _, o := range test.LaidOutObjects(w.Content()) {
		if g, ok := o.(*ground); ok {
			grounds++
			assert.Implements(t, (*fyne.Focusable)(nil), g, "else the toolkit takes the keyboard away")
		}
	}
	assert.Equal(t, 2, grounds)
	documents.FocusList()
	for range 4 {
		w.Canvas().FocusNext()
		_, took := w.Canvas().Focused().(*ground)
		assert.False(t, took)
	}
}
