package docview

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

// hostile are texts that nobody writes and some corpus has.
var hostile = map[string]func() string{
	"one line of 10 MB":                  func() string { return strings.Repeat("the sluice stayed shut all night, ", 10<<20/34) },
	"one word of 10 MB":                  func() string { return strings.Repeat("sluice", 10<<20/6) },
	"20 MB in paragraphs":                func() string { return strings.Repeat("The sluice stayed shut, said the board.\n", 20<<20/40) },
	"100,000 empty lines":                func() string { return strings.Repeat("\n", 100_000) + "end" },
	"only combining marks":               func() string { return strings.Repeat("\u0301\u0327", 256<<10) },
	"bidi controls without end":          func() string { return strings.Repeat("\u2067", 256<<10) + "end" },
	"unpaired overrides":                 func() string { return strings.Repeat("\u202Eab\u202Dאב\u202C\u202C\u2069 ", 40<<10) },
	"only U+FFFD":                        func() string { return strings.Repeat("\uFFFD", 256<<10) },
	"private use":                        func() string { return strings.Repeat("\uE000\uF8FF\U0010FFFD ", 64<<10) },
	"blanks":                             func() string { return strings.Repeat(" ", 1<<20) + "end" },
	"tabs":                               func() string { return strings.Repeat("\t", 64<<10) + "end" },
	"joiners":                            func() string { return strings.Repeat("\u200D", 256<<10) + "end" },
	"flags":                              func() string { return strings.Repeat("🇳🇴", 64<<10) },
	"control characters":                 func() string { return strings.Repeat("\x01\x7F", 256<<10) },
	"one line of Chinese without a stop": func() string { return strings.Repeat("湖水没有下降", 200<<10) },
}

// TestHostileTextsCanBeReadAndLabelled opens each, goes to its end and back, scrolls
// and labels what can be labelled.
func TestHostileTextsCanBeReadAndLabelled(t *testing.T) {
	for name, text := range hostile {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			step := func(what string) {
				t.Logf("%-12s %6.1f ms", what, float64(time.Since(began).Microseconds())/1000)
				began = time.Now()
			}
			written := text()
			d := sitDown(t, fyne.NewSize(700, 500), []string{written})
			step("open")
			require.Equal(t, written, d.s.Document().Text)
			lines := func() {
				t.Helper()
				require.NotEmpty(t, d.visible)
				require.LessOrEqual(t, len(d.visible), 500/10, "no more than fit into the pane")
			}
			lines()
			for range 5 {
				d.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -200}})
				lines()
			}
			step("scroll")
			d.key(fyne.KeyEnd, fyne.KeyModifierControl)
			lines()
			step("to the end")
			require.Equal(t, len(written), d.visible[len(d.visible)-1].line.End, "the end can be seen")
			d.key(fyne.KeyHome, fyne.KeyModifierControl)
			lines()
			require.Zero(t, d.visible[0].line.Start)
			step("to the start")
			for _, k := range []fyne.KeyName{fyne.KeyRight, fyne.KeyDown, fyne.KeyPageDown, fyne.KeyLeft, fyne.KeyUp} {
				d.key(k, 0)
				lines()
				step(string(k))
			}
			d.click(fyne.NewPos(300, 200))
			d.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(310, 200)}})
			step("click")
			if d.s.Cursor().Empty() {
				return // nothing but blanks and marks that make no token
			}
			d.key(fyne.KeyRight, fyne.KeyModifierShift)
			step("select")
			require.NoError(t, d.s.Label("Claim"))
			step("label")
			require.Equal(t, 1, d.s.Layer().SpanCount())
			lines()
		})
	}
}

func TestUpAndDownCrossAHundredThousandEmptyLines(t *testing.T) {
	text := "start" + strings.Repeat("\n", 100_000) + "end"
	d := sitDown(t, fyne.NewSize(700, 500), []string{text})
	for _, test := range []struct {
		key   fyne.KeyName
		token string
	}{{fyne.KeyDown, "end"}, {fyne.KeyDown, "end"}, {fyne.KeyUp, "start"}, {fyne.KeyUp, "start"}, {fyne.KeyPageDown, "end"}, {fyne.KeyPageUp, "start"}} {
		d.key(test.key, 0)
		f := d.s.Cursor()
		require.Equal(t, test.token, text[f.Start:f.End])
	}
}

func TestASpanOverAWholeLongText(t *testing.T) {
	text := strings.Repeat("The sluice stayed shut, said the board.\n", 1<<20/40)
	whole := &annotate.Span{ID: "whole", Annotator: "asha", Label: "Claim", Fragments: []annotate.Fragment{{Start: 0, End: len(text) - 1}}}
	d := sitDown(t, fyne.NewSize(600, 300), []string{text}, whole)
	began := time.Now()
	d.s.Focus("whole")
	t.Logf("focus %v", time.Since(began))
	began = time.Now()
	d.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: d.at(20)}})
	t.Logf("hover %v", time.Since(began))
	d.key(fyne.KeyEnd, fyne.KeyModifierControl)
	assert.Less(t, d.overlay.used, 100, "rectangles for what is in sight only")
	d.s.Select(d.place("the board"))
	began = time.Now()
	require.NoError(t, d.s.Label("Source"))
	t.Logf("label %v", time.Since(began))
}

func TestHundredsOfRelationsOfOneSpan(t *testing.T) {
	text := strings.Repeat("Farmers agree with it. ", 501)
	var spans []*annotate.Span
	for i := range 501 {
		spans = append(spans, &annotate.Span{ID: annotate.ID(fmt.Sprintf("s%03d", i)), Annotator: "asha", Label: "Claim", Fragments: []annotate.Fragment{{Start: 23 * i, End: 23*i + 7}}})
	}
	d := sitDown(t, fyne.NewSize(600, 400), []string{text}, spans...)
	var changes []annotate.Change
	for i := 1; i <= 500; i++ {
		changes = append(changes, annotate.Change{Annotator: "asha", After: &annotate.Relation{
			ID: annotate.ID(fmt.Sprintf("r%03d", i)), Document: d.s.Document().ID, Annotator: "asha", Label: "attacks",
			Arguments: []annotate.Argument{{Role: annotate.Head, Span: spans[i].ID}, {Role: annotate.Tail, Span: "s000"}},
		}})
	}
	_, err := d.s.Project().Apply(changes...)
	require.NoError(t, err)
	require.NoError(t, d.s.Refresh())
	d.until(func() bool { return d.s.Layer().RelationCount() == 500 })
	began := time.Now()
	d.s.Focus("s000")
	t.Logf("focus %v", time.Since(began))
	began = time.Now()
	d.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: d.at(24)}})
	d.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: d.at(2)}})
	t.Logf("hover twice %v", time.Since(began))
	drawn := 0
	for _, p := range d.curves.shown {
		drawn += len(p.curves)
	}
	assert.LessOrEqual(t, drawn, 3*maxArcs)
	d.shoot("relations")
}

func TestWindowsOfUnusualSizes(t *testing.T) {
	text := strings.Repeat("“The sluice stayed shut,” said the board of the Upper Lakes, “and it will stay shut.” ", 400)
	claim := span(t, text, "claim", "Claim", "“The sluice stayed shut,”", "“and it will stay shut.”")
	source := span(t, text, "source", "Source", "the board of the Upper Lakes")
	for _, size := range []fyne.Size{{Width: 200, Height: 300}, {Width: 60, Height: 40}, {Width: 700, Height: 4000}, {Width: 4000, Height: 80}} {
		d := sitDown(t, size, []string{text}, claim, source)
		d.s.Focus("claim")
		require.NotEmpty(t, d.visible)
		for _, v := range d.visible {
			assert.LessOrEqual(t, v.pixels.Rect.Dx(), 4096, "no card shows wider pictures")
		}
		d.key(fyne.KeyEnd, fyne.KeyModifierControl)
		d.click(fyne.NewPos(size.Width/2, size.Height/2))
		d.s.Select(d.place("the board"))
		require.NoError(t, d.s.Label("Cue"))
		d.shoot(fmt.Sprintf("size-%.0f", size.Width))
	}
}
