package window

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/session"
	"spanwright/assets"
	"spanwright/store"
)

const article = "Minister Vale said the sluice stayed shut. Fishermen disagree."

// bench is a window of the toolkit's test driver whose goroutine is the test's.
type bench struct {
	*Window
	t      testing.TB
	posted chan func()
	dir    string
}

func newBench(t testing.TB, articles ...string) *bench {
	t.Helper()
	path := filepath.Join(t.TempDir(), "p.spanwright")
	scheme, err := template("claims")
	require.NoError(t, err)
	project, err := store.Create(path, scheme)
	require.NoError(t, err)
	for i, text := range articles {
		_, err = project.Apply(annotate.Change{Annotator: "importer", After: annotate.NewDocument(string(rune('a'+i))+".txt", text)})
		require.NoError(t, err)
	}
	require.NoError(t, project.Close())
	b := openBench(t, path)
	if len(articles) > 0 {
		b.until(func() bool { return b.session.Document() != nil })
	}
	return b
}

// openBench opens a window on a project file as asha.
func openBench(t testing.TB, path string) *bench {
	t.Helper()
	b := &bench{t: t, posted: make(chan func(), 1000), dir: t.TempDir()}
	var err error
	b.Window, err = open(test.NewTempApp(t), Start{Project: path, Annotator: "asha"}, func(f func()) { b.posted <- f })
	require.NoError(t, err)
	t.Cleanup(func() {
		b.saved()
		require.True(t, b.leave(nil))
	})
	return b
}

func (b *bench) until(done func() bool) {
	b.t.Helper()
	deadline := time.After(2 * time.Minute)
	for !done() {
		select {
		case f := <-b.posted:
			f()
		case <-deadline:
			b.t.Fatalf("waited in vain; last message: %q", b.session.Message().Text)
		}
	}
}

func (b *bench) saved() {
	b.t.Helper()
	b.until(func() bool { return b.session.Saved().Pending == 0 })
}

// types sends characters to the text pane.
func (b *bench) types(characters string) {
	for _, r := range characters {
		b.view.TypedRune(r)
	}
}

func (b *bench) spans() []string {
	var found []string
	for s := range b.session.Layer().Spans() {
		found = append(found, s.Label+": "+s.Covered(b.session.Body().Text()))
	}
	return found
}

// dialogText returns the text of every label in the topmost dialog.
func (b *bench) dialogText() string {
	top := b.win.Canvas().Overlays().Top()
	if top == nil {
		return ""
	}
	var text []string
	for _, o := range test.LaidOutObjects(top) {
		if l, ok := o.(*widget.Label); ok {
			text = append(text, l.Text)
		}
	}
	return strings.Join(text, "\n")
}

func TestLettersAndDigitsDoWhatTheTableSays(t *testing.T) {
	b := newBench(t, article)
	for range 2 {
		b.session.ExtendToken(true)
	}
	b.types("2")
	require.Equal(t, []string{"Source: Minister Vale"}, b.spans())
	b.types("}")
	require.Equal(t, []string{"Source: Minister Vale said"}, b.spans())
	b.types("{")
	require.Equal(t, []string{"Source: Minister Vale"}, b.spans())
	b.types("]")
	require.Equal(t, []string{"Source: Vale"}, b.spans())
	b.types("[f")
	require.Equal(t, "discuss", b.session.FocusedSpan().Flag)
	b.view.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	require.Empty(t, b.spans())
	b.types("1")
	require.Equal(t, "Claim", b.session.Armed())
	b.view.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	require.Empty(t, b.session.Armed())
}

func TestCapitalsMeanTheirLetterUnlessTheyMeanSomethingThemselves(t *testing.T) {
	b := newBench(t, article)
	b.types("ee")
	require.Equal(t, "Minister Vale said the sluice stayed shut", b.session.Body().Text()[b.session.Selection().Start:b.session.Selection().End])
	b.types("E")
	require.Equal(t, annotate.Fragment{Start: 0, End: len("Minister")}, b.session.Selection())
	b.types("2F")
	require.Equal(t, "discuss", b.session.FocusedSpan().Flag)
}

func TestRelatingByHintLetterAndByDigit(t *testing.T) {
	b := newBench(t, article)
	label := func(words, key string) {
		at := strings.Index(article, words)
		b.session.Select(annotate.Fragment{Start: at, End: at + len(words)})
		b.types(key)
	}
	label("the sluice stayed shut", "1")
	label("Fishermen disagree", "1")
	b.types("ra")
	require.NotEmpty(t, b.session.RelationChoices())
	b.types("9")
	require.NotEmpty(t, b.session.RelationChoices(), "a digit without a choice changes nothing")
	b.types("2")
	require.Equal(t, "attacks", b.session.Layer().Relations()[0].Label)
}

func TestWhatIsTypedNowhereIsMeantForTheText(t *testing.T) {
	b := newBench(t, article)
	b.session.ExtendToken(true)
	b.win.Canvas().Unfocus()
	b.win.Canvas().OnTypedRune()('2')
	require.Equal(t, []string{"Source: Minister"}, b.spans())
	require.Equal(t, fyne.Focusable(b.view), b.win.Canvas().Focused())
	b.win.Canvas().Unfocus()
	b.win.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyDelete})
	require.Empty(t, b.spans())
}

func TestNoKeyMeansTwoThings(t *testing.T) {
	seen := map[string]string{}
	for _, c := range commands() {
		if c.shortcut == nil {
			continue
		}
		key := keyName(c.shortcut)
		require.Emptyf(t, seen[key], "%s and %s share %s", seen[key], c.title, key)
		seen[key] = c.title
	}
	for _, name := range assets.SchemeNames() {
		scheme, err := template(name)
		require.NoError(t, err)
		for _, l := range scheme.Spans {
			require.Emptyf(t, seen[strings.ToUpper(l.Key)], "scheme %s arms %s by a key of the program's", name, l.Label)
		}
	}
}

func TestTheReadmeListsEveryKey(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	_, keys, found := strings.Cut(string(readme), "\n## Keys\n")
	require.True(t, found)
	keys, _, _ = strings.Cut(keys, "\n## ")
	listed := map[string]bool{}
	for _, row := range strings.Split(keys, "\n") {
		if cells := strings.Split(row, "|"); len(cells) > 1 {
			for _, key := range strings.Fields(cells[1]) {
				listed[strings.TrimSuffix(key, ",")] = true
			}
		}
	}
	for _, c := range commands() {
		if c.shortcut != nil {
			require.Truef(t, listed[keyName(c.shortcut)], "README does not list %s (%s)", c.title, keyName(c.shortcut))
		}
	}
}

func TestUndoBelongsToTheFieldOneTypesIn(t *testing.T) {
	b := newBench(t, article)
	b.session.ExtendToken(true)
	b.types("2")
	b.saved()
	b.showFind()
	b.finder.entry.SetText("")
	test.Type(b.finder.entry, "sluice")
	b.undo()
	require.Equal(t, []string{"Source: Minister"}, b.spans())
	require.NotEqual(t, "sluice", b.finder.entry.Text)
	b.hideFind()
	b.undo()
	b.saved()
	require.Empty(t, b.spans())
}

func TestImportShowsWhatWasLeftOutAndExportWritesTheRest(t *testing.T) {
	b := newBench(t)
	folder := filepath.Join(b.dir, "articles")
	require.NoError(t, os.Mkdir(folder, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "good.txt"), []byte(article), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(folder, "bad.txt"), []byte("caf\x81"), 0o644))
	b.dropped(fyne.Position{}, []fyne.URI{storage.NewFileURI(folder)})
	draft := b.importing.Draft()
	b.looked()
	require.Len(t, draft.Preview().Skipped, 1)
	require.Nil(t, b.session.Document(), "nothing is written before it is told to")
	b.run("Document done, next")
	b.until(func() bool { return !b.jobs.busy && b.session.Document() != nil })
	require.Equal(t, "good.txt", b.session.Document().Name)
	report, err := draft.Outcome()
	require.NoError(t, err)
	require.Contains(t, report.Skipped[0].String(), "bad.txt")
	require.Contains(t, report.Skipped[0].String(), "not UTF-8")
	require.Equal(t, page(b.importing), b.page, "what was left out stands there")
	require.Contains(t, b.session.Message().Text, "1 documents, 0 spans, 0 relations imported. 1 warnings")

	out := filepath.Join(b.dir, "out.jsonl")
	b.run("Export dataset…")
	b.exporting.Draft().Edit(func(c *session.ExportChoices) { c.Path = out })
	b.run("Document done, next")
	b.until(func() bool { return !b.jobs.busy })
	exported, _, err := b.exporting.Draft().Outcome()
	require.NoError(t, err)
	require.True(t, exported.Certificate.Passed)
	raw, err := os.ReadFile(out)
	require.NoError(t, err)
	require.Equal(t, 1, strings.Count(string(raw), "\n"))
	require.Contains(t, string(raw), `"name":"good.txt"`)
}

func TestAProjectThatCannotBeOpenedLeavesThePresentOne(t *testing.T) {
	b := newBench(t, article)
	b.openProject(filepath.Join(b.dir, "absent.spanwright"))
	require.Contains(t, b.dialogText(), "absent.spanwright")
	require.Equal(t, "a.txt", b.session.Document().Name)
}

func TestDroppingAProjectOpensIt(t *testing.T) {
	b := newBench(t, article)
	scheme, err := template("claims")
	require.NoError(t, err)
	path := filepath.Join(b.dir, "other.spanwright")
	other, err := store.Create(path, scheme)
	require.NoError(t, err)
	_, err = other.Apply(annotate.Change{Annotator: "importer", After: annotate.NewDocument("z.txt", article)})
	require.NoError(t, err)
	require.NoError(t, other.Close())
	b.dropped(fyne.NewPos(0, 0), []fyne.URI{fileURI(path)})
	b.until(func() bool { return b.session.Document() != nil && b.session.Document().Name == "z.txt" })
	require.Equal(t, path, b.settings.recent()[0])
}

func TestThemeDensityAndZoomAreRemembered(t *testing.T) {
	b := newBench(t, article)
	b.toggleVariant()
	b.cycleDensity()
	b.zoomBy(2)
	require.True(t, b.palette().Dark)
	require.Equal(t, 1.25, b.view.Zoom())
	remembered := settings{p: b.app.Preferences()}
	require.Equal(t, b.settings.mode(), remembered.mode())
	require.Equal(t, b.settings.density(), remembered.density())
	require.Equal(t, 1.25, remembered.zoom())
	require.False(t, b.view.Invisibles())
	b.toggleInvisibles()
	require.True(t, b.view.Invisibles())
	require.True(t, remembered.invisibles())
	b.openProject(b.session.Project().Path())
	b.until(func() bool { return b.session.Document() != nil })
	require.True(t, b.view.Invisibles(), "in the next project too")
}

func TestTextSizesAreStepsThatOneComesBackTo(t *testing.T) {
	b := newBench(t, article)
	b.zoomBy(-30)
	require.Equal(t, 0.6, b.view.Zoom())
	b.zoomBy(4)
	require.Equal(t, 1.0, b.view.Zoom())
	b.zoomBy(1)
	b.zoomBy(-1)
	require.Equal(t, 1.0, b.view.Zoom())
	b.zoomBy(30)
	require.Equal(t, 3.0, b.view.Zoom())
	for _, c := range []struct {
		from  float64
		steps int
		want  float64
	}{{1.21, 1, 1.25}, {1.21, -1, 1.1}, {1.21, 2, 1.5}, {0.1, 1, 0.6}, {9, -1, 3}} {
		require.Equal(t, c.want, zoomed(c.from, c.steps), "%v from %v", c.steps, c.from)
	}
	b.app.Preferences().SetFloat("zoom", 77)
	require.Equal(t, 3.0, b.settings.zoom())
}

func TestTextDirectionTakesTurns(t *testing.T) {
	b := newBench(t, article)
	for _, want := range []struct {
		direction annotate.Direction
		told      string
	}{
		{annotate.LeftToRight, "Text direction: left to right."},
		{annotate.RightToLeft, "Text direction: right to left."},
		{annotate.Automatic, "Text direction: automatic, by the first letter of each paragraph."},
	} {
		b.cycleDirection()
		require.Equal(t, want.direction, b.session.Document().Direction())
		require.Equal(t, want.told, b.session.Message().Text)
		b.saved()
		require.Equal(t, want.told, b.session.Message().Text)
	}
}

func TestThePaletteFindsCommandsLabelsAndDocuments(t *testing.T) {
	b := newBench(t, article, article)
	p := b.showPalette()
	for _, test := range []struct{ typed, title, kind string }{
		{"darlig", "Dark or light", "View"},
		{"invis", "Invisible characters", "View"},
		{"evid", "Evidence", "Label"},
		{"b.tx", "b.txt", "Document"},
	} {
		p.entry.SetText(test.typed)
		b.until(func() bool { return len(p.shown) > 0 && p.shown[p.at].kind == test.kind })
		require.Equal(t, test.title, p.shown[p.at].title)
	}
	p.entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	b.until(func() bool { return b.session.Document().Name == "b.txt" })
}

func TestF6GoesRoundThePanes(t *testing.T) {
	b := newBench(t, article)
	first := b.win.Canvas().Focused()
	seen := map[fyne.Focusable]bool{}
	for range 5 {
		b.cyclePane(1)
		seen[b.win.Canvas().Focused()] = true
	}
	require.Len(t, seen, 5)
	require.Equal(t, first, b.win.Canvas().Focused())
}

func fileURI(path string) fyne.URI { return storage.NewFileURI(path) }

func TestCCommentsAndADraftIsNotLostWithTheWindow(t *testing.T) {
	b := newBench(t, article)
	b.session.ExtendToken(true)
	b.types("1c")
	field, typing := b.win.Canvas().Focused().(interface{ TypedRune(rune) })
	require.True(t, typing)
	require.NotSame(t, b.view, b.win.Canvas().Focused())
	for _, r := range "why?" {
		field.TypedRune(r)
	}
	b.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	require.Same(t, b.view, b.win.Canvas().Focused())
	claim := b.session.FocusedSpan()
	require.Empty(t, b.session.Threads(claim.ID))

	b.saved()
	b.session.Focus("")
	require.False(t, b.leave(nil))
	require.Contains(t, b.dialogText(), "You wrote a comment and have not saved it: “why?”.")
	tapButton(t, b.win.Canvas().Overlays().Top(), "Go back to it")
	require.Equal(t, claim.ID, b.session.Focused())
	b.types("c")
	b.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	require.Equal(t, 1, b.session.OpenThreads(claim.ID))
	require.Same(t, b.view, b.win.Canvas().Focused())

	b.types("c")
	b.win.Canvas().Focused().TypedRune('x')
	again := false
	require.False(t, b.leave(func() { again = true }))
	tapButton(t, b.win.Canvas().Overlays().Top(), "Discard")
	require.True(t, again)
	require.Empty(t, b.session.Drafts())
}

// tapButton presses the button of that text.
func tapButton(t *testing.T, dialog fyne.CanvasObject, text string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(dialog) {
		if button, ok := o.(*widget.Button); ok && button.Text == text {
			test.Tap(button)
			return
		}
	}
	t.Fatalf("there is no button %q", text)
}

func TestFindingInAllDocuments(t *testing.T) {
	b := newBench(t, article, "The council knows nothing of a SLUICE.", "Nothing else.")
	b.showResults()
	require.True(t, b.searching)
	b.session.Search().Find("sluice")
	b.until(func() bool { return !b.session.Search().State().Running })
	require.Equal(t, 2, b.session.Search().State().Documents)
	last := b.session.Search().Len() - 1
	require.True(t, b.session.Search().Open(last))
	b.until(func() bool { return b.session.Document().Name == "b.txt" })
	f := b.session.Selection()
	require.Equal(t, "SLUICE", b.session.Body().Text()[f.Start:f.End])
	b.leaveResults()
	require.False(t, b.searching)
	b.showResults()
	b.until(func() bool { s := b.session.Search().State(); return s.Words == "SLUICE" && s.Documents == 2 })
}

func TestAKeyThatACommandHasIsToldAndReachedWithShift(t *testing.T) {
	path := filepath.Join(t.TempDir(), "p.spanwright")
	project, err := store.Create(path, &annotate.Scheme{Name: "letters", Spans: []annotate.SpanLabel{
		{Label: "Actor", Key: "a"}, {Label: "Verb", Key: "v"}, {Label: "Ending", Key: "E"}, {Label: "Object", Key: "O"},
	}})
	require.NoError(t, err)
	_, err = project.Apply(annotate.Change{Annotator: "importer", After: annotate.NewDocument("a.txt", article)})
	require.NoError(t, err)
	require.NoError(t, project.Close())
	b := openBench(t, path)
	require.Equal(t, "Keys of the scheme that commands have: a is for “Assemble the focused annotation's relation”, so press "+
		"Shift+A for label Actor; E of label Ending is for “Shrink the selection”, so the scheme needs another.", b.session.Message().Text)
	b.until(func() bool { return b.session.Document() != nil })
	for _, test := range []struct{ typed, armed string }{{"A", "Actor"}, {"v", "Verb"}, {"o", ""}, {"O", "Object"}} {
		b.session.Cancel()
		b.types(test.typed)
		require.Equal(t, test.armed, b.session.Armed(), test.typed)
	}
}
