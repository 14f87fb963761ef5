package docview

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/session"
	apptheme "spanwright/app/theme"
	"spanwright/store"
)

// desk is a view on a real project in a window of the toolkit's test driver.
type desk struct {
	*View
	t      testing.TB
	window fyne.Window
	posted chan func()
	later  []func() // what waits for time to pass
	held   fyne.KeyModifier
	menus  int
}

// sitDown opens a new project with those texts and spans of the first one.
func sitDown(t testing.TB, size fyne.Size, texts []string, spans ...*annotate.Span) *desk {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(apptheme.New(apptheme.Light))
	project, err := store.Create(filepath.Join(t.TempDir(), "p.spanwright"), claims)
	require.NoError(t, err)
	var changes []annotate.Change
	for i, text := range texts {
		document := annotate.NewDocument(string(rune('a'+i))+".txt", text)
		changes = append(changes, annotate.Change{Annotator: "importer", After: document})
		if i == 0 {
			for _, s := range spans {
				s.Document = document.ID
				changes = append(changes, annotate.Change{Annotator: "asha", After: s})
			}
		}
	}
	if len(changes) > 0 {
		_, err = project.Apply(changes...)
		require.NoError(t, err)
	}
	d := &desk{t: t, posted: make(chan func(), 1000)}
	s, err := session.New(project, session.Options{Annotator: "asha", Post: func(f func()) { d.posted <- f }})
	require.NoError(t, err)
	fonts, bold := bundled(t)
	d.View = New(s, fonts, Options{
		Density: Labels, Bold: bold, Variant: fynetheme.VariantLight,
		Modifiers: func() fyne.KeyModifier { return d.held },
		Menu:      func(fyne.Position) { d.menus++ },
		After:     func(_ time.Duration, f func()) { d.later = append(d.later, f) },
	})
	d.window = test.NewTempWindow(t, d.View)
	d.window.SetPadded(false)
	d.window.Resize(size)
	require.NoError(t, s.OpenFirst(""))
	if len(texts) > 0 {
		d.until(func() bool { return s.Document() != nil })
	}
	t.Cleanup(func() {
		d.until(func() bool { return s.Saved().Pending == 0 })
		require.NoError(t, s.Close())
	})
	return d
}

func (d *desk) until(done func() bool) {
	d.t.Helper()
	deadline := time.After(2 * time.Minute)
	for !done() {
		select {
		case f := <-d.posted:
			f()
		case <-deadline:
			d.t.Fatalf("waited in vain; last message: %q", d.s.Message().Text)
		}
	}
}

// pass lets time pass until nothing waits for it.
func (d *desk) pass() {
	for len(d.later) > 0 {
		next := d.later[0]
		d.later = d.later[1:]
		next()
	}
}

// place returns where words stand for the first time.
func (d *desk) place(words string) annotate.Fragment {
	d.t.Helper()
	at := strings.Index(d.s.Body().Text(), words)
	require.GreaterOrEqual(d.t, at, 0, words)
	return annotate.Fragment{Start: at, End: at + len(words)}
}

// at returns the middle of the character at a byte offset, in toolkit units of the pane.
func (d *desk) at(offset int) fyne.Position {
	d.t.Helper()
	for _, r := range d.layout.Rects(annotate.Fragment{Start: offset, End: offset + 1}) {
		y := d.geometry.top + r.Y - d.offset + d.painter.metrics.baseline - 4
		return d.units(d.geometry.left+r.X+r.W/2, y)
	}
	d.t.Fatalf("nothing is drawn at byte %d", offset)
	return fyne.Position{}
}

func (d *desk) press(at fyne.Position, held fyne.KeyModifier) {
	d.MouseDown(&desktop.MouseEvent{
		PointEvent: fyne.PointEvent{Position: at, AbsolutePosition: at}, Button: desktop.MouseButtonPrimary, Modifier: held,
	})
}

// click presses and releases once; earlier clicks are long ago.
func (d *desk) click(at fyne.Position) {
	d.mouse.last = time.Time{}
	d.clickAgain(at)
}

func (d *desk) clickAgain(at fyne.Position) {
	d.press(at, 0)
	d.MouseUp(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}})
}

// sweep drags from the middle of one character to the middle of another.
func (d *desk) sweep(from, to int, held fyne.KeyModifier) {
	d.mouse.last = time.Time{}
	d.press(d.at(from), held)
	d.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: d.at(to)}})
	d.DragEnd()
	d.MouseUp(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: d.at(to)}})
}

func (d *desk) selected() string {
	f := d.s.Selection()
	return d.s.Body().Text()[f.Start:f.End]
}

func (d *desk) cursor() string {
	f := d.s.Cursor()
	return d.s.Body().Text()[f.Start:f.End]
}

func (d *desk) key(name fyne.KeyName, held fyne.KeyModifier) {
	d.held = held
	d.TypedKey(&fyne.KeyEvent{Name: name})
	d.held = 0
}

// span returns a span of the annotator on a text, by quotes.
func span(t testing.TB, text, id, label string, quotes ...string) *annotate.Span {
	a := &article{t: t, text: text, layer: annotate.NewLayer("", "asha")}
	s := a.span(id, label, quotes...)
	s.Attributes = nil
	return s
}
