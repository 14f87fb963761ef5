package panel

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/session"
	"spanwright/app/theme"
	"spanwright/assets"
)

const recordScheme = `
name: checks
spans: [{label: Evidence, key: "1"}]
document:
  - {name: claim, kind: text, required: true, guideline: What was said., example: Half is gone.}
  - {name: date, kind: date}
  - {name: verdict, kind: choice, required: true, values: [{name: supported}, {name: refuted}]}
records:
  - label: question
    attributes: [{name: question, kind: text, required: true}]
    records:
      - label: answer
        min: 1
        max: 2
        attributes:
          - {name: kind, kind: choice, required: true, values: [{name: extractive}, {name: unanswerable}]}
          - {name: answer, kind: text, required: true, when: [{attribute: kind, is: [extractive]}]}
          - {name: pages, kind: integer, min: 1}
flags: [{name: discuss, key: d}, unsure]
`

// formDesk is a form of a scheme with records, in a window.
type formDesk struct {
	*desk
	*Form
	win  fyne.Window
	left bool // the keyboard was given back to the text
}

func newFormDesk(t *testing.T) *formDesk {
	t.Helper()
	d := &formDesk{desk: newDeskWith(t, []byte(recordScheme), article(), annotate.NewDocument("other", "A text."))}
	d.Form = NewForm(d.desk.Session)
	d.Exits = Exits{OnLeave: func() { d.left = true }}
	d.win = show(t, FormSide(d.Form), 480, 700)
	d.Subscribe(func(e session.Event) {
		if e.Is(session.Shown) {
			d.FocusRecord(e.Record)
		}
	})
	return d
}

// write types text where the keyboard is, then keys.
func (d *formDesk) write(text string, keys ...fyne.KeyName) {
	d.t.Helper()
	require.NotNil(d.t, d.win.Canvas().Focused(), "nothing has the keyboard")
	for _, r := range text {
		d.win.Canvas().Focused().TypedRune(r)
	}
	for _, k := range keys {
		d.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: k})
	}
}

// here returns the key of the row with the keyboard, with the record's label for its id.
func (d *formDesk) here() string {
	id, what, _ := strings.Cut(d.Form.at, "/")
	if r := d.Layer().Record(annotate.ID(id)); r != nil {
		return r.Label + "/" + what
	}
	return id + "/" + what
}

func TestAFormIsFilledInByKeysAlone(t *testing.T) {
	d := newFormDesk(t)
	d.FocusFirst()
	d.write("Half is gone.", fyne.KeyReturn)
	d.write("2025-09-02", fyne.KeyReturn)
	d.write("2", fyne.KeyTab)
	require.Equal(t, "/#add", d.here())
	d.write("", fyne.KeyReturn)
	require.Equal(t, "question/question", d.here(), "a new record begins at its first field")
	d.write("How much?", fyne.KeyReturn)
	require.Equal(t, "question/#add", d.here())
	d.write("", fyne.KeyReturn)
	d.write("1", fyne.KeyTab)
	require.Equal(t, "answer/answer", d.here(), "which applies now")
	d.write("A third.", fyne.KeyReturn)
	d.write("12", fyne.KeyReturn)
	require.Equal(t, "question/#add", d.here())
	d.write("", fyne.KeyReturn)
	d.write("2", fyne.KeyDown)
	require.Equal(t, "answer/pages", d.here(), "what an unanswerable question cannot have is passed over")
	d.write("", fyne.KeyDown)
	require.Equal(t, "/#add", d.here(), "two answers are as many as the scheme allows")
	d.write("", fyne.KeyEscape)
	assert.True(t, d.left)

	said := d.Layer().Assessment.Labels
	assert.Equal(t, annotate.Text("Half is gone."), said["claim"])
	assert.Equal(t, annotate.Text("2025-09-02"), said["date"])
	assert.Equal(t, annotate.Text("refuted"), said["verdict"])
	question := d.Layer().Records("")[0]
	answers := d.Layer().Records(question.ID)
	require.Len(t, answers, 2)
	pages, _ := annotate.Number("12")
	assert.Equal(t, map[string]annotate.Value{"kind": annotate.Text("extractive"), "answer": annotate.Text("A third."), "pages": pages}, answers[0].Attributes)
	assert.Equal(t, map[string]annotate.Value{"kind": annotate.Text("unanswerable")}, answers[1].Attributes)
	wrong, missing := d.Audit().Count()
	assert.Zero(t, wrong+missing)
}

func TestKeysOnTheHeadOfARecordActOnAllOfIt(t *testing.T) {
	d := newFormDesk(t)
	for _, text := range []string{"one", "two"} {
		id, err := d.AddRecord("question", "")
		require.NoError(t, err)
		require.NoError(t, d.SetAttribute(id, "question", annotate.Text(text), true))
	}
	words := func() (found []string) {
		for _, r := range d.Layer().Records("") {
			found = append(found, r.Attributes["question"].String())
		}
		return found
	}
	first := d.Layer().Records("")[0]
	d.focusKey(rowKey(first.ID, headKey))
	d.write("]")
	require.Equal(t, []string{"two", "one"}, words())
	require.Equal(t, rowKey(first.ID, headKey), d.Form.at, "the keyboard goes along")
	d.write("", fyne.KeyReturn)
	require.True(t, d.folded[first.ID])
	require.Equal(t, -1, d.index(rowKey(first.ID, "question")))
	d.write("+")
	require.False(t, d.folded[first.ID])
	require.Equal(t, "answer/kind", d.here(), "+ adds inside")
	d.focusKey(rowKey(first.ID, headKey))
	d.write("fd")
	require.Empty(t, d.Layer().Record(first.ID).Flag, "the first flag is discuss, whose own key takes it away")
	d.write("f=")
	require.Equal(t, []string{"two", "one", "one"}, words())
	require.Equal(t, "discuss", d.Layer().Record(first.ID).Flag)
	d.focusKey(rowKey(first.ID, headKey))
	d.write("n")
	d.write("Ask the auditor.", fyne.KeyReturn)
	require.Equal(t, "Ask the auditor.", d.Layer().Record(first.ID).Note)
	d.focusKey(rowKey(first.ID, headKey))
	d.write("", fyne.KeyDelete)
	require.Equal(t, []string{"two", "one"}, words())
	require.Equal(t, "question/#head", d.here(), "what took its place has the keyboard")
}

func TestSelectedWordsGoIntoTheTextThatHadTheKeyboard(t *testing.T) {
	d := newFormDesk(t)
	require.False(t, d.Fill("lost"), "no text had it yet")
	d.FocusFirst()
	d.write("", fyne.KeyEscape)
	require.True(t, d.Fill("Not one litre\nhas left"))
	require.Equal(t, annotate.Text("Not one litre has left"), d.Layer().Assessment.Labels["claim"])
	require.True(t, d.Fill("the lake"))
	require.Equal(t, annotate.Text("Not one litre has left the lake"), d.Layer().Assessment.Labels["claim"])
}

func TestAFormSaysWhatIsWrongInItsPlace(t *testing.T) {
	d := newFormDesk(t)
	d.focusKey(rowKey("", "date"))
	d.write("soon")
	line := d.live[rowKey("", "date")].object.(*pairLine)
	assert.Equal(t, "date must be a date such as 2026, 2026-03 or 2026-03-31, not soon", line.problem.text)
	d.write("", fyne.KeyReturn)
	assert.NotContains(t, d.Layer().Assessment.Labels, "date")

	d.FocusViolation()
	require.Equal(t, "/claim", d.here(), "what is missing gets the keyboard")
	id, err := d.AddRecord("question", "")
	require.NoError(t, err)
	require.NoError(t, d.SetAttribute(id, "question", annotate.Text("How?"), true))
	d.fold(id, true)
	d.Show(id)
	require.Equal(t, "question/#add", d.here(), "it lacks an answer")
}

func TestALongFormHasWidgetsOnlyForWhatIsOnScreen(t *testing.T) {
	d := newFormDesk(t)
	d.settle()
	var changes []annotate.Change
	rank := ""
	for i := range 200 {
		rank = annotate.RankBetween(rank, "")
		q := &annotate.Record{
			ID: annotate.NewID(), Document: d.Document().ID, Annotator: "asha", Label: "question", Rank: rank,
			Attributes: map[string]annotate.Value{"question": annotate.Text(fmt.Sprintf("Question %d, which is long enough for more than one line of the form?", i))},
		}
		a := &annotate.Record{ID: annotate.NewID(), Document: q.Document, Annotator: "asha", Label: "answer", Parent: q.ID, Rank: "V"}
		changes = append(changes, annotate.Change{Annotator: "asha", After: q}, annotate.Change{Annotator: "asha", After: a})
	}
	_, err := d.Project().Apply(changes...)
	require.NoError(t, err)
	require.NoError(t, d.Refresh())
	d.until(func() bool { return d.Layer().RecordCount() == 400 })

	require.Greater(t, len(d.rows), 1000)
	require.Less(t, len(d.live), 40)
	d.focusFrom(len(d.rows)-1, -1)
	require.Equal(t, "/#add", d.here())
	require.Less(t, len(d.live), 40)
	for i := range d.rows { // what was measured is what is drawn
		if l := d.live[d.rows[i].key]; l != nil {
			assert.InDelta(t, d.rows[i].height, l.object.Size().Height, 0.01, d.rows[i].key)
		}
	}
	last := d.rows[len(d.rows)-1]
	assert.LessOrEqual(t, last.y+last.height, d.scroll.Offset.Y+d.scroll.Size().Height)
	d.write("", fyne.KeyReturn)
	require.Equal(t, 401, d.Layer().RecordCount())
	require.Equal(t, "question/question", d.here())
}

func TestAnotherDocumentHasAnotherForm(t *testing.T) {
	d := newFormDesk(t)
	d.FocusFirst()
	d.write("Half") // and not handed over
	first := d.Document().ID
	require.NoError(t, d.NextDocument(true))
	d.until(func() bool { return d.Document().ID != first })
	require.Empty(t, d.live[rowKey("", "claim")].stop.(*entry).Text)
	require.NoError(t, d.NextDocument(false))
	d.until(func() bool { return d.Document().ID == first })
	require.Equal(t, "Half", d.live[rowKey("", "claim")].stop.(*entry).Text)
}

// TestFormDraws writes pictures of the form to the folder PANEL_LOOK names.
func TestFormDraws(t *testing.T) {
	folder := os.Getenv("PANEL_LOOK")
	if folder == "" {
		t.Skip("PANEL_LOOK names no folder for the pictures")
	}
	scheme, err := assets.Scheme("fact-check")
	require.NoError(t, err)
	d := newDeskWith(t, scheme, article())
	f := NewForm(d.Session)
	for i := range 3 {
		q, err := d.AddRecord("question", "")
		require.NoError(t, err)
		require.NoError(t, d.SetAttribute(q, "question", annotate.Text("How many wells were dry in August 2025?"), true))
		a, err := d.AddRecord("answer", q)
		require.NoError(t, err)
		require.NoError(t, d.SetAttribute(a, "kind", annotate.Text("extractive"), true))
		if i == 1 {
			f.fold(q, true)
			require.NoError(t, d.SetRecordFlag(q, "discuss"))
		}
	}
	for name, mode := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
		w := show(t, sized(FormSide(f), 500), 500, 1000)
		test.ApplyTheme(t, theme.New(mode))
		file, err := os.Create(filepath.Join(folder, "form-"+name+".png"))
		require.NoError(t, err)
		require.NoError(t, png.Encode(file, w.Canvas().Capture()))
		require.NoError(t, file.Close())
	}
}
