package typeset_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/typeset"
)

var style = typeset.Style{Size: 16, Width: 300, Pitch: 30, Ascent: 22, Gap: 8}

// latin returns the fonts that every computer has: those bundled with the toolkit.
func latin(t testing.TB) *typeset.Fonts {
	t.Helper()
	fonts, err := typeset.NewFonts(theme.DefaultTextFont().Content(), theme.DefaultEmojiFont().Content())
	require.NoError(t, err)
	return fonts
}

// rightToLeft returns fonts that also have Arabic and Hebrew, or skips the test.
func rightToLeft(t testing.TB) *typeset.Fonts {
	t.Helper()
	faces := notoFonts(t, "NotoNaskhArabic", "NotoSansHebrew", "NotoSansDevanagari")
	fonts, err := typeset.NewFonts(append([][]byte{theme.DefaultTextFont().Content()}, faces...)...)
	require.NoError(t, err)
	return fonts
}

// notoFonts reads regular fonts of the package fonts-noto-core, or skips the test.
func notoFonts(t testing.TB, names ...string) (faces [][]byte) {
	t.Helper()
	for _, name := range names {
		raw, err := os.ReadFile("/usr/share/fonts/truetype/noto/" + name + "-Regular.ttf")
		if err != nil {
			t.Skip("fonts-noto-core is not installed")
		}
		faces = append(faces, raw)
	}
	return faces
}

func layOut(t testing.TB, fonts *typeset.Fonts, text string) *typeset.Layout {
	t.Helper()
	return typeset.NewLayout(annotate.NewBody(text), fonts, style)
}

func all(l *typeset.Layout) []typeset.Placed {
	for !l.Fill(time.Second) {
		continue
	}
	return l.Lines(0, l.Height()+1)
}

func lineTexts(l *typeset.Layout, text string) []string {
	var texts []string
	for _, line := range all(l) {
		texts = append(texts, text[line.Start:line.End])
	}
	return texts
}

func TestLinesEndAtBlanksAndHoldThem(t *testing.T) {
	text := "The committee said on Monday that it had not seen the report.\n\nA second paragraph.\n"
	assert.Equal(t, []string{
		"The committee said on Monday that it ", "had not seen the report.\n", "\n", "A second paragraph.\n", "",
	}, lineTexts(layOut(t, latin(t), text), text))
}

func TestWordWiderThanTheMeasureIsBrokenAnywhere(t *testing.T) {
	text := "see " + strings.Repeat("w", 60)
	lines := all(layOut(t, latin(t), text))
	require.Greater(t, len(lines), 2)
	assert.Equal(t, "see ", text[lines[0].Start:lines[0].End])
	for _, l := range lines {
		assert.LessOrEqual(t, l.Width, style.Width)
	}
}

func TestClustersAreNeverDivided(t *testing.T) {
	text := strings.Repeat("👩‍👩‍👧‍👦e\u0301", 40)
	for _, l := range all(layOut(t, latin(t), text)) {
		for _, c := range l.Clusters {
			assert.Contains(t, []string{"👩‍👩‍👧‍👦", "e\u0301"}, text[c.Start:c.End])
		}
	}
}

func TestParagraphsAreApartByTheGap(t *testing.T) {
	l := layOut(t, latin(t), "one\ntwo\nthree")
	var tops []float64
	for _, p := range all(l) {
		tops = append(tops, p.Top)
		assert.Zero(t, p.Index)
	}
	assert.Equal(t, []float64{0, 38, 76}, tops)
	assert.Equal(t, 114.0, l.Height())
}

func TestWhatTakesNoRoomIsNotSetOnOneLine(t *testing.T) {
	for name, what := range map[string]string{"blanks": " ", "marks": "\u0301\u0327", "isolates": "\u2067"} {
		text := strings.Repeat(what, 10_000)
		lines := all(layOut(t, latin(t), text))
		assert.GreaterOrEqual(t, len(lines), 5, name)
		at := 0
		for _, line := range lines {
			assert.Equal(t, at, line.Start, name)
			at = line.End
		}
		assert.Equal(t, len(text), at, name)
	}
}

func TestTabsReachTheNextStop(t *testing.T) {
	line := typeset.Measure(latin(t), "a\tb\t\tc", 10)
	assert.Equal(t, []float64{40, 120}, []float64{line.Clusters[2].X, line.Clusters[5].X})
	assert.False(t, line.RTL)
}

func TestCharactersWithoutFontBecomeBoxes(t *testing.T) {
	fonts, err := typeset.NewFonts(theme.DefaultTextFont().Content())
	require.NoError(t, err)
	for text, missing := range map[string]rune{
		"a\u0915b":           0x915,
		"a\x01b":             1,
		"a\U0001F9FF\u20E3b": 0x1F9FF, // a cluster of which nothing is there
		"a\u20E3b":           0x20E3,  // a mark on a character that is
	} {
		var boxes []rune
		for _, g := range typeset.Measure(fonts, text, 16).Glyphs {
			if g.Missing != 0 {
				boxes = append(boxes, g.Missing)
				assert.Positive(t, g.Advance)
				assert.NotNil(t, g.Face)
			}
		}
		assert.Equal(t, []rune{missing}, boxes, "%+q", text)
	}
}

func TestFallbackFaceTakesWhatTheFirstLacks(t *testing.T) {
	line := typeset.Measure(latin(t), "a😀b", 16)
	require.Len(t, line.Glyphs, 3)
	assert.NotEqual(t, line.Glyphs[0].Face, line.Glyphs[1].Face)
	assert.Equal(t, line.Glyphs[0].Face, line.Glyphs[2].Face)
	assert.Zero(t, line.Glyphs[1].Missing)
}

func TestMeasureScalesWithSize(t *testing.T) {
	fonts := latin(t)
	small, large := typeset.Measure(fonts, "Attribution", 10.5), typeset.Measure(fonts, "Attribution", 42)
	assert.InEpsilon(t, small.Width*4, large.Width, 1e-9)
}

func TestWithoutFontsThereIsNoLayout(t *testing.T) {
	_, err := typeset.NewFonts()
	assert.Equal(t, annotate.Invalid, annotate.KindOf(err))
	_, err = typeset.NewFonts([]byte("no font"))
	assert.Equal(t, annotate.Invalid, annotate.KindOf(err))
}

func TestEmptyParagraphsAreAsHighAsTheStyleSays(t *testing.T) {
	low := style
	low.Blank = 10
	l := typeset.NewLayout(annotate.NewBody("one\n\n\ntwo\n"), latin(t), low)
	lines := l.Lines(0, 1000)
	require.Len(t, lines, 5)
	var tops, heights []float64
	for _, p := range lines {
		tops, heights = append(tops, p.Top), append(heights, p.Height)
	}
	assert.Equal(t, []float64{0, 38, 56, 74, 112}, tops)
	assert.Equal(t, []float64{30, 10, 10, 30, 10}, heights)
	assert.InDelta(t, 130, l.Height(), 1e-9)
	assert.Equal(t, 4, l.OffsetAt(5, 40))
	assert.Equal(t, 5, l.OffsetAt(5, 60))
	assert.InDelta(t, 74, l.Y(l.AnchorAt(74)), 1e-9)
}

func TestPointsOutsideGoToTheNearestLine(t *testing.T) {
	text := "one two\nthree"
	l := layOut(t, latin(t), text)
	assert.Equal(t, 0, l.OffsetAt(-50, -50))
	assert.Equal(t, 7, l.OffsetAt(1000, 5), "before the LF, on the same line")
	assert.Equal(t, len(text), l.OffsetAt(1000, 5000))
	_, ok := l.ClusterAt(1000, 5)
	assert.False(t, ok)
	_, ok = l.ClusterAt(2, style.Pitch+1)
	assert.False(t, ok, "between paragraphs")
	f, ok := l.ClusterAt(2, 5)
	assert.True(t, ok)
	assert.Equal(t, annotate.Fragment{Start: 0, End: 1}, f)
}

func TestClickBehindWrappedLineStaysOnIt(t *testing.T) {
	text := strings.Repeat("several words ", 10)
	l := layOut(t, latin(t), text)
	first := l.LineOf(0)
	offset := l.OffsetAt(1000, 5)
	assert.Equal(t, first.End-1, offset)
	assert.Equal(t, 0.0, l.Caret(offset).Y)
}

func TestRectsFollowTheLines(t *testing.T) {
	text := "The committee said on Monday that it had not seen the report."
	l := layOut(t, latin(t), text)
	rects := l.Rects(annotate.Fragment{Start: 4, End: len(text)})
	require.Len(t, rects, 2)
	assert.Equal(t, l.Caret(4).X, rects[0].X)
	assert.Equal(t, []float64{0, style.Pitch}, []float64{rects[0].Y, rects[1].Y})
	assert.Equal(t, style.Pitch, rects[0].H)
	assert.Zero(t, rects[1].X)
	assert.InDelta(t, l.Caret(len(text)).X, rects[1].W, 1e-9)
	assert.Empty(t, l.Rects(annotate.Fragment{Start: 4, End: 4}))
}

func TestAnchorStaysWithItsLine(t *testing.T) {
	text := strings.Repeat("Some words that fill a few lines of this narrow pane, or so it is hoped here.\n", 400)
	fonts := latin(t)
	l := layOut(t, fonts, text)
	middle := l.Height() / 2
	before := l.Lines(middle, middle+1)
	a := l.AnchorAt(middle)
	for !l.Fill(time.Millisecond) {
		continue
	}
	y := l.Y(a)
	after := l.Lines(y, y+1)
	assert.Equal(t, before[0].Fragment, after[0].Fragment)
	assert.InDelta(t, y-after[0].Top, a.Delta, 1e-6)
}

func TestFillKeepsToItsBudget(t *testing.T) {
	l := layOut(t, latin(t), prose(400_000, 500))
	assert.False(t, l.Fill(0))
	for !l.Fill(time.Millisecond) {
		continue
	}
	assert.True(t, l.Fill(0))
}

func TestVeryLongParagraphIsOneParagraph(t *testing.T) {
	text := prose(70_000, 70_000)
	l := layOut(t, latin(t), text)
	lines := all(l)
	for i, p := range lines {
		assert.Equal(t, i, p.Index)
		assert.Zero(t, p.Paragraph)
		assert.InDelta(t, float64(i)*style.Pitch, p.Top, 1e-6)
	}
	assert.InDelta(t, float64(len(lines))*style.Pitch+style.Gap, l.Height(), 1e-6)
}

func TestVeryLongParagraphWithoutBlanksIsDividedBetweenClusters(t *testing.T) {
	text := strings.Repeat("e\u0301", 15_000)
	for _, p := range all(layOut(t, latin(t), text)) {
		assert.Zero(t, p.Start%3)
	}
	giant := "a" + strings.Repeat("\u0301", 20_000) + "b"
	assert.NotPanics(t, func() { all(layOut(t, latin(t), giant)) })
}
