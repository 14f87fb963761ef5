package docview

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
)

const report = "The minister denied the leak. Farmers said the lake fell fast.\n" +
	"A second paragraph follows, longer than the first one, so that it has to be wrapped at least once in a pane of this width.\n" +
	"The end."

var usual = fyne.NewSize(520, 400)

func TestSweepSnapsToTokens(t *testing.T) {
	d := sitDown(t, usual, []string{report})
	at := func(words string) int { return d.place(words).Start }
	for _, c := range []struct {
		what     string
		from, to int
		held     fyne.KeyModifier
		want     string
	}{
		{"inside one word", at("nister"), at("ster"), 0, "minister"},
		{"over three words", at("inister"), at("he leak"), 0, "minister denied the"},
		{"backwards", at("he leak"), at("inister"), 0, "minister denied the"},
		{"over two lines", at("leak"), at("econd"), 0, "leak. Farmers said the lake fell fast.\nA second"},
		{"exactly, with Alt", at("inister"), at("ster"), fyne.KeyModifierAlt, "ini"},
		{"with Ctrl", at("inister"), at("ster"), fyne.KeyModifierControl, "minister"},
	} {
		d.sweep(c.from, c.to, c.held)
		if c.held&fyne.KeyModifierAlt != 0 {
			assert.Contains(t, "minister", d.selected(), c.what)
			assert.Less(t, len(d.selected()), len("minister"), c.what)
			continue
		}
		assert.Equal(t, c.want, d.selected(), c.what)
	}
}

func TestStripOffersLabelsAfterASweepOnly(t *testing.T) {
	d := sitDown(t, usual, []string{report})
	d.sweep(d.place("minister").Start, d.place("denied").Start+2, 0)
	require.True(t, d.strip.shown)
	require.Len(t, d.strip.buttons, len(claims.Spans))
	second := d.strip.buttons[1].box
	d.press(d.units(d.strip.x+(second.x0+second.x1)/2, d.strip.y+(second.y0+second.y1)/2), 0)
	assert.Equal(t, "Source", d.s.FocusedSpan().Label)
	assert.Equal(t, "minister denied", d.s.FocusedSpan().Covered(report))
	assert.False(t, d.strip.shown, "the choice was made")

	d.key(fyne.KeyRight, fyne.KeyModifierShift)
	assert.False(t, d.strip.shown, "the selection was made with keys")

	d.sweep(d.place("Farmers").Start, d.place("said").Start, fyne.KeyModifierControl)
	assert.False(t, d.strip.shown, "Ctrl selects to copy")

	d.sweep(d.place("Farmers").Start, d.place("said").Start, 0)
	assert.True(t, d.strip.shown)
	d.key(fyne.KeyLeft, 0)
	assert.False(t, d.strip.shown, "the next act takes it away")
}

func TestArmedLabelIsGivenOnRelease(t *testing.T) {
	d := sitDown(t, usual, []string{report})
	require.NoError(t, d.s.Label("Claim"))
	require.Equal(t, "Claim", d.s.Armed())
	d.sweep(d.place("lake").Start, d.place("fast").Start+2, 0)
	require.Equal(t, 1, d.s.Layer().SpanCount())
	assert.Equal(t, "lake fell fast", d.s.FocusedSpan().Covered(report))
	assert.False(t, d.strip.shown)

	d.sweep(d.place("second").Start, d.place("second").Start+4, fyne.KeyModifierControl)
	assert.Equal(t, 1, d.s.Layer().SpanCount(), "Ctrl selects without labelling")
}

func TestClicksFocusAndCycle(t *testing.T) {
	d := sitDown(t, usual, []string{report},
		span(t, report, "01", "Claim", "The minister denied the leak"), span(t, report, "02", "Source", "minister denied"),
		span(t, report, "03", "Cue", "denied"), span(t, report, "04", "Claim", "Farmers", "fell fast"))
	inside := d.at(d.place("denied").Start + 2)
	for _, want := range []annotate.ID{"03", "02", "01", "03"} {
		d.click(inside)
		assert.Equal(t, want, d.s.Focused())
	}
	d.click(d.at(d.place("second").Start))
	assert.Empty(t, d.s.Focused(), "a click on plain text takes the focus away")
	assert.Equal(t, "second", d.cursor())

	for i := range d.visible[0].drawn.chips {
		if c := &d.visible[0].drawn.chips[i]; c.span == "04" && c.fragment == 0 {
			middle := d.units(d.geometry.left+(c.box.x0+c.box.x1)/2, d.visible[0].y+(c.box.y0+c.box.y1)/2)
			d.click(middle)
		}
	}
	assert.EqualValues(t, "04", d.s.Focused(), "a click on a chip focuses its span")
}

func TestSweepKeepsWhatIsFocused(t *testing.T) {
	d := sitDown(t, usual, []string{report}, span(t, report, "01", "Claim", "minister"), span(t, report, "02", "Claim", "Farmers said"))
	d.click(d.at(d.place("minister").Start))
	require.EqualValues(t, "01", d.s.Focused())
	d.sweep(d.place("lake").Start, d.place("fell").Start+1, 0)
	assert.EqualValues(t, "01", d.s.Focused(), "so that + can add the selection to it")
	d.sweep(d.place("Farmers").Start, d.place("said").Start+1, 0)
	assert.EqualValues(t, "01", d.s.Focused(), "even where the sweep began on another span")
	assert.Equal(t, "Farmers said", d.selected())
}

func TestDoubleClickSelectsTheWordAndTripleTheSentence(t *testing.T) {
	d := sitDown(t, usual, []string{report}, span(t, report, "01", "Claim", "Farmers said"))
	at := d.at(d.place("Farmers").Start + 2)
	d.click(at)
	d.clickAgain(at)
	assert.Equal(t, "Farmers", d.selected())
	d.clickAgain(at)
	assert.Equal(t, "Farmers said the lake fell fast.", d.selected())
	assert.True(t, d.strip.shown)
}

func TestDoubleClickWithAnArmedLabelWaitsForTheThird(t *testing.T) {
	d := sitDown(t, usual, []string{report})
	require.NoError(t, d.s.Label("Cue"))
	at := d.at(d.place("Farmers").Start + 2)
	d.click(at)
	d.clickAgain(at)
	d.clickAgain(at)
	d.pass()
	require.Equal(t, 1, d.s.Layer().SpanCount())
	assert.Equal(t, "Farmers said the lake fell fast.", d.s.FocusedSpan().Covered(report))

	at = d.at(d.place("second").Start + 2)
	d.click(at)
	d.clickAgain(at)
	d.pass()
	assert.Equal(t, "second", d.s.FocusedSpan().Covered(report))
}

func TestRightClickFocusesForItsMenu(t *testing.T) {
	d := sitDown(t, usual, []string{report}, span(t, report, "01", "Claim", "minister"))
	at := d.at(d.place("minister").Start)
	d.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonSecondary})
	assert.EqualValues(t, "01", d.s.Focused())
	assert.Equal(t, 1, d.menus)
}

func TestHoverLightsUpTheWholeSpan(t *testing.T) {
	d := sitDown(t, usual, []string{report}, span(t, report, "01", "Claim", "minister", "Farmers said"))
	before := d.overlay.used
	d.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: d.at(d.place("Farmers").Start)}})
	assert.Equal(t, before+2, d.overlay.used, "a rectangle for each fragment")
	assert.Equal(t, desktop.TextCursor, d.Cursor())
	d.MouseOut()
	assert.Equal(t, before, d.overlay.used)
}

func TestARelationIsMadeByClickingItsTarget(t *testing.T) {
	text := report
	d := sitDown(t, usual, []string{text}, span(t, text, "01", "Claim", "The minister"), span(t, text, "02", "Claim", "Farmers said"))
	d.click(d.at(d.place("minister").Start))
	require.NoError(t, d.s.StartRelation())
	hints := 0
	for _, t := range d.visible {
		for i := range t.drawn.chips {
			if t.drawn.chips[i].hint != nil {
				hints++
			}
		}
	}
	assert.Positive(t, hints, "legal targets carry hint letters")
	d.click(d.at(d.place("Farmers").Start))
	require.NotEmpty(t, d.s.RelationChoices(), "two claims can be related in several ways")
	require.True(t, d.strip.shown)
	first := d.strip.buttons[0].box
	d.press(d.units(d.strip.x+first.x0+2, d.strip.y+first.y0+2), 0)
	assert.Equal(t, 1, d.s.Layer().RelationCount())
	assert.False(t, d.strip.shown)
	assert.NotEmpty(t, d.curves.shown, "the curve of the new relation is drawn")
}

func TestArrowsMoveByTokenLineAndSentence(t *testing.T) {
	d := sitDown(t, usual, []string{report})
	line := func(i int) string {
		lines := d.layout.Lines(0, 1e9)
		return report[lines[i].Start:lines[i].End]
	}
	for _, c := range []struct {
		key  fyne.KeyName
		held fyne.KeyModifier
		want string
	}{
		{fyne.KeyRight, 0, "minister"},
		{fyne.KeyRight, fyne.KeyModifierControl, "Farmers"},
		{fyne.KeyLeft, fyne.KeyModifierControl, "The"},
		{fyne.KeyEnd, fyne.KeyModifierControl, "."},
		{fyne.KeyHome, fyne.KeyModifierControl, "The"},
		{fyne.KeyDown, 0, strings.Fields(line(1))[0]},
		{fyne.KeyUp, 0, "The"},
	} {
		d.key(c.key, c.held)
		assert.Equal(t, c.want, d.cursor(), "%s with %v", c.key, c.held)
	}
	d.key(fyne.KeyEnd, 0)
	assert.True(t, strings.HasSuffix(strings.TrimRight(line(0), " \n"), d.cursor()))
	d.key(fyne.KeyHome, fyne.KeyModifierShift)
	assert.Equal(t, strings.TrimSpace(line(0)), d.selected())
	d.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyHome, Modifier: fyne.KeyModifierControl})
	assert.Equal(t, "The", d.cursor(), "Ctrl arrives as a shortcut")
}

func TestUpAndDownVisitEveryLineAndEndThere(t *testing.T) {
	text := "one\n\n\ntwo three four\n\n" + strings.Repeat("five six seven ", 20) + "\n\nlast"
	d := sitDown(t, usual, []string{text})
	seen := []int{d.s.Cursor().Start}
	for range 40 {
		d.key(fyne.KeyDown, 0)
		seen = append(seen, d.s.Cursor().Start)
	}
	assert.IsNonDecreasing(t, seen)
	assert.Equal(t, "last", d.cursor())
	for range 40 {
		d.key(fyne.KeyUp, 0)
	}
	assert.Equal(t, "one", d.cursor())
	for range 4 {
		d.key(fyne.KeyPageDown, 0)
	}
	assert.Equal(t, "last", d.cursor(), "a page more than is left goes to the last line")
}

func TestOtherKeysArePassedOn(t *testing.T) {
	d := sitDown(t, usual, []string{report})
	var keys []string
	d.o.Key = func(k fyne.KeyName, held fyne.KeyModifier) bool {
		keys = append(keys, fmt.Sprint(k, held))
		return true
	}
	d.o.Rune = func(r rune) bool { keys = append(keys, string(r)); return true }
	d.o.Shortcut = func(s fyne.Shortcut) bool { keys = append(keys, s.ShortcutName()); return true }
	d.key(fyne.KeyTab, fyne.KeyModifierShift)
	d.TypedRune('1')
	d.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyPageDown, Modifier: fyne.KeyModifierControl})
	assert.Equal(t, []string{fmt.Sprint(fyne.KeyTab, fyne.KeyModifierShift), "1", "CustomDesktop:Control+Next"}, keys)
}

func long(paragraphs int) string {
	var b strings.Builder
	for i := range paragraphs {
		fmt.Fprintf(&b, "Paragraph %d says that %s.\n", i, strings.Repeat("the lake has fallen and nobody knows why ", i%7+1))
	}
	return b.String()
}

func TestZoomAndWidthKeepTheLineAtTheTop(t *testing.T) {
	text := long(300)
	d := sitDown(t, usual, []string{text})
	d.ScrollTo(d.place("Paragraph 200 ").Start)
	top := d.Top()
	require.Equal(t, d.place("Paragraph 200 ").Start, top)
	for _, zoom := range []float64{1.5, 2, 0.75, 1} {
		d.SetZoom(zoom)
		assert.Equal(t, top, d.Top(), "zoom %v", zoom)
	}
	for _, width := range []float32{900, 300, 520} {
		d.window.Resize(fyne.NewSize(width, 400))
		line := d.layout.LineOf(top)
		assert.True(t, line.Start <= top && top < line.End)
		assert.Equal(t, line.Start, d.Top(), "width %v", width)
	}
	d.SetDensity(Full)
	assert.Equal(t, top, d.Top(), "density")
}

func TestScrollingUpIntoUnknownTextDoesNotJump(t *testing.T) {
	text := long(600)
	d := sitDown(t, usual, []string{text})
	d.ScrollTo(d.place("Paragraph 400 ").Start)
	for range 60 {
		line := d.visible[1].line.Start
		before := d.visible[1].y
		d.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 10)})
		for _, tile := range d.visible {
			if tile.line.Start == line {
				assert.InDelta(t, before+10*wheelStep, tile.y, 1)
			}
		}
	}
	d.pass() // the rest of the document is laid out
	assert.InDelta(t, d.geometry.top+d.layout.LineOf(d.visible[1].line.Start).Top-d.offset, d.visible[1].y, 1)
}

func TestWheelWithCtrlAsksForZoom(t *testing.T) {
	d := sitDown(t, usual, []string{report})
	steps := 0
	d.o.ZoomBy = func(by int) { steps += by }
	d.held = fyne.KeyModifierControl
	d.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 7)})
	d.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 7)})
	d.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -7)})
	assert.Equal(t, 1, steps)
	assert.Zero(t, d.offset)
}

func TestSweepNearTheEdgeScrolls(t *testing.T) {
	d := sitDown(t, usual, []string{long(50)})
	d.press(d.at(3), 0)
	d.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(200, 420)}})
	require.Len(t, d.later, 2, "one step of laying out, one of scrolling")
	for range 30 {
		next := d.later[0]
		d.later = d.later[1:]
		next()
	}
	assert.Positive(t, d.offset)
	assert.Greater(t, d.s.Selection().Len(), 300)
	d.DragEnd()
	d.pass()
}

func TestRevealMovesOnlyWhatIsOutOfSight(t *testing.T) {
	d := sitDown(t, usual, []string{long(200)})
	d.Reveal(d.place("Paragraph 1 "))
	assert.Zero(t, d.offset)
	for _, words := range []string{"Paragraph 150 ", "Paragraph 20 ", "Paragraph 199 "} {
		f := d.place(words)
		d.Reveal(f)
		parts := d.partsOf(f)
		require.NotEmpty(t, parts, words)
		assert.GreaterOrEqual(t, parts[0].y0, 0.0)
		assert.LessOrEqual(t, parts[0].y1, d.geometry.height)
	}
}

func TestTheCursorKeepsALineFromTheEdges(t *testing.T) {
	d := sitDown(t, usual, []string{long(200)})
	line := func() (top, bottom float64) {
		parts := d.partsOf(d.s.Cursor())
		require.NotEmpty(t, parts)
		return parts[0].y0, parts[0].y1
	}
	pitch := d.painter.metrics.pitch
	for range 30 {
		d.key(fyne.KeyDown, 0)
		_, bottom := line()
		require.LessOrEqual(t, bottom, d.geometry.height-pitch)
	}
	for range 20 {
		d.key(fyne.KeyUp, 0)
		top, _ := line()
		require.GreaterOrEqual(t, top, pitch)
	}
	d.key(fyne.KeyHome, fyne.KeyModifierControl)
	require.Zero(t, d.offset)
}

func TestWhatIsProposedIsNotHidden(t *testing.T) {
	text := long(200)
	d := sitDown(t, usual, []string{text})
	for range 30 { // to near the lower edge, as reading leads there
		d.key(fyne.KeyDown, 0)
	}
	here := d.s.Cursor()
	paragraph := d.s.Body().Paragraph(d.s.Body().ParagraphAt(here.Start))
	claim := annotate.Fragment{Start: paragraph.Start, End: paragraph.Start + len("Paragraph")}
	d.s.Select(claim)
	require.NoError(t, d.s.Label("Claim"))
	d.s.Select(annotate.Fragment{Start: paragraph.End - len("shut."), End: paragraph.End - 1})
	require.NoError(t, d.s.Label("Source"))
	require.NoError(t, d.s.Assemble())
	require.True(t, d.strip.shown)
	for _, part := range d.partsOf(d.proposedExtent()) {
		assert.True(t, part.y1 <= d.strip.y || part.y0 >= d.strip.y+float64(d.strip.size.Y), "the strip lies on the line at %v", part)
	}
}

func TestAnEditPaintsOnlyTheLinesItTouches(t *testing.T) {
	d := sitDown(t, usual, []string{report}, span(t, report, "01", "Claim", "paragraph"))
	for _, tile := range d.visible {
		tile.pixels.Pix[0] = 1 // a mark that painting removes
	}
	d.s.Select(d.place("lake"))
	for _, tile := range d.visible {
		assert.EqualValues(t, 1, tile.pixels.Pix[0], "selecting paints nothing")
	}
	require.NoError(t, d.s.Label("Target"))
	painted := 0
	for _, tile := range d.visible {
		touched := tile.line.Overlaps(d.place("lake"))
		assert.Equal(t, touched, tile.pixels.Pix[0] != 1)
		if touched {
			painted++
		}
	}
	assert.Equal(t, 1, painted)
}

func TestTextStaysWhereItIsWhenAnnotationsCome(t *testing.T) {
	d := sitDown(t, usual, []string{report})
	before := d.layout.Rects(annotate.Fragment{End: len(report)})
	height := d.contentHeight()
	for _, words := range []string{"minister", "minister denied", "denied the leak", "second", "end"} {
		d.s.Select(d.place(words))
		require.NoError(t, d.s.Label("Claim"))
	}
	assert.Equal(t, before, d.layout.Rects(annotate.Fragment{End: len(report)}))
	assert.InDelta(t, height, d.contentHeight(), 0)
}

func TestThousandsOfSpansOnOneWord(t *testing.T) {
	text := "Only the word counts here."
	spans := make([]*annotate.Span, 5000)
	for i := range spans {
		spans[i] = span(t, text, fmt.Sprintf("%04d", i), claims.Spans[i%5].Label, "word")
	}
	d := sitDown(t, usual, []string{text}, spans...)
	d.tiles.stale()
	d.Refresh()
	counted := false
	for _, c := range d.visible[0].drawn.chips {
		counted = counted || c.span == "" && c.text != nil
	}
	assert.True(t, counted, "a chip says how many more there are")
	d.click(d.at(d.place("word").Start))
	assert.NotEmpty(t, d.s.Focused())
}

func TestOddPanesAndTexts(t *testing.T) {
	for name, c := range map[string]struct {
		size fyne.Size
		text string
	}{
		"narrow":           {fyne.NewSize(200, 300), report},
		"flat":             {fyne.NewSize(520, 80), report},
		"empty text":       {usual, ""},
		"blank lines only": {usual, "\n\n\n"},
		"one endless word": {fyne.NewSize(200, 300), strings.Repeat("a", 5000)},
		"controls":         {usual, "a\u0001b\tc\u200bd\u202ee"},
	} {
		t.Run(name, func(t *testing.T) {
			d := sitDown(t, c.size, []string{c.text})
			d.key(fyne.KeyDown, 0)
			d.key(fyne.KeyPageDown, fyne.KeyModifierShift)
			d.key(fyne.KeyEnd, fyne.KeyModifierControl)
			d.key(fyne.KeyUp, 0)
			d.click(fyne.NewPos(60, 60))
			d.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -500)})
			d.press(fyne.NewPos(60, 40), 0)
			d.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(150, 70)}})
			d.DragEnd()
			d.pass()
			assert.False(t, math.IsNaN(d.offset))
			assert.NotNil(t, d.window.Canvas().Capture())
		})
	}
}

func TestPaneLooksAsDesigned(t *testing.T) {
	text := newArticle(t,
		"“Not one litre has left the lake,” insisted the Velland water minister, “and the gauges show it.” The remark came a day after",
		"the Northern Rivers Council said that Velland had “quietly opened the eastern sluice” in March 🌊,",
		"Asked about the sluice, an engineer who has worked on the dam declined to comment on the figures.").text
	d := sitDown(t, fyne.NewSize(846, 400), []string{text},
		span(t, text, "01", "Claim", "“Not one litre has left the lake,", "“and the gauges show it"), span(t, text, "02", "Cue", "insisted"),
		span(t, text, "03", "Source", "the Velland water minister"), span(t, text, "04", "Evidence", "the gauges"))
	d.SetDensity(Full)
	from := d.place("an engineer").Start
	d.sweep(from, d.place("the dam").Start+5, 0)
	golden(t, "pane-light", d.window.Canvas().Capture())
	d.SetVariant(fynetheme.VariantDark)
	golden(t, "pane-dark", d.window.Canvas().Capture())
}

func TestEmptyProjectSaysWhatToDo(t *testing.T) {
	d := sitDown(t, usual, nil)
	golden(t, "no-documents", d.window.Canvas().Capture())
	narrow := sitDown(t, fyne.NewSize(200, 200), nil)
	golden(t, "no-documents-narrow", narrow.window.Canvas().Capture())
}

func TestCardTellsWhatAnAnnotationSaysOnceThePointerRests(t *testing.T) {
	s := span(t, "The minister denied it.\nNothing more.", "0190a000-0000-7000-8000-000000000001", "Claim", "minister denied")
	s.Note, s.Flag = "Which minister?", "discuss"
	s.Attributes = map[string]annotate.Value{"type": annotate.Text("denial")}
	d := sitDown(t, fyne.NewSize(700, 400), []string{"The minister denied it.\nNothing more."}, s)
	on, off := d.at(6), d.at(len("The minister denied it.\nNo"))
	point := func(at fyne.Position) {
		d.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}})
	}
	d.pass()

	point(on)
	assert.False(t, d.card.shown, "not at once")
	d.pass()
	require.True(t, d.card.shown)
	var said []string
	for _, r := range d.card.rows(d.View, d.s.Layer().Span(s.ID)) {
		said = append(said, r.text)
	}
	assert.Subset(t, said, []string{"“minister denied”", "type: denial", "Note: Which minister?", "Flag: discuss"})

	point(off)
	assert.False(t, d.card.shown)
	point(on)
	point(off)
	d.pass()
	assert.False(t, d.card.shown, "the pointer went elsewhere meanwhile")

	point(on)
	d.pass()
	d.click(on)
	assert.False(t, d.card.shown, "an act takes it away")
}

func TestStripStandsWhereALongSweepEnded(t *testing.T) {
	text := strings.Repeat("Word after word goes on and on without an end in sight. ", 40)
	d := sitDown(t, fyne.NewSize(500, 320), []string{text})
	last := d.visible[len(d.visible)-2].line
	d.sweep(0, last.Start+20, 0)
	require.True(t, d.strip.shown)
	end := d.at(last.Start + 20)
	assert.InDelta(t, end.Y, float32(d.strip.y), 130, "near the pointer, not at the other end of the pane")
	assert.LessOrEqual(t, d.strip.y+float64(d.strip.size.Y), d.geometry.height)
}
