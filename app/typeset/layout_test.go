package typeset_test

import (
	"math/rand/v2"
	"os"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2/theme"
	"github.com/rivo/uniseg"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

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
	faces := [][]byte{theme.DefaultTextFont().Content()}
	for _, file := range []string{"NotoNaskhArabic-Regular.ttf", "NotoSansHebrew-Regular.ttf", "NotoSansDevanagari-Regular.ttf"} {
		raw, err := os.ReadFile("/usr/share/fonts/truetype/noto/" + file)
		if err != nil {
			t.Skip("fonts-noto-core is not installed")
		}
		faces = append(faces, raw)
	}
	fonts, err := typeset.NewFonts(faces...)
	require.NoError(t, err)
	return fonts
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

func TestTabsReachTheNextStop(t *testing.T) {
	line := typeset.Measure(latin(t), "a\tb\t\tc", 10)
	assert.Equal(t, []float64{40, 120}, []float64{line.Clusters[2].X, line.Clusters[5].X})
	assert.False(t, line.RTL)
}

func TestCharactersWithoutFontBecomeBoxes(t *testing.T) {
	for text, missing := range map[string]rune{"a\u0915b": 'क', "a\x01b": 1, "x\U0001F9FF\u20E3": 0x20E3} {
		fonts, err := typeset.NewFonts(theme.DefaultTextFont().Content())
		require.NoError(t, err)
		found := rune(0)
		for _, g := range typeset.Measure(fonts, text, 16).Glyphs {
			if g.Missing != 0 {
				found = g.Missing
				assert.Positive(t, g.Advance)
				assert.NotNil(t, g.Face)
			}
		}
		if text[0] == 'x' {
			assert.NotZero(t, found, "%+q", text)
			continue
		}
		assert.Equal(t, missing, found, "%+q", text)
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

// textGenerator makes text of words, marks, emoji, tabs, controls and line ends.
func textGenerator(parts ...string) *rapid.Generator[string] {
	parts = append(parts, "a", "fi", "office", "W", " ", "  ", "\n", "\t", "-", "—", "e\u0301", "ß", "😀", "👨‍👩‍👧", "🇩🇪",
		"\u00a0", "\u200d", "(", ")", "3.14", strings.Repeat("x", 30), "\u0915\u094d\u0937", "\r", "\u2028", "\x02")
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 0, 120).Draw(t, "parts"), "")
	})
}

var bidirectional = []string{"שלום", "אב", "السلام", "عليكم", "١٢٣", "\u202b", "\u202c", "\u2067", "\u2069", "[", "]", "لا"}

func clusterStarts(text string) []int {
	var starts []int
	at, state := 0, -1
	for rest := text; rest != ""; {
		var c string
		starts = append(starts, at)
		c, rest, _, state = uniseg.FirstGraphemeClusterInString(rest, state)
		at += len(c)
	}
	return append(starts, at)
}

func TestEveryLayoutHoldsTogether(t *testing.T) {
	fonts := map[string]*typeset.Fonts{"ltr": latin(t)}
	parts := map[string][]string{"ltr": nil, "mixed": bidirectional}
	t.Run("ltr", func(t *testing.T) { rapid.Check(t, holdsTogether(fonts["ltr"], parts["ltr"])) })
	t.Run("mixed", func(t *testing.T) { rapid.Check(t, holdsTogether(rightToLeft(t), parts["mixed"])) })
}

func holdsTogether(fonts *typeset.Fonts, parts []string) func(*rapid.T) {
	return func(t *rapid.T) {
		text := textGenerator(parts...).Draw(t, "text")
		s := style
		s.Width = rapid.Float64Range(1, 400).Draw(t, "width")
		l := typeset.NewLayout(annotate.NewBody(text), fonts, s)
		lines := all(l)
		starts := map[int]bool{}
		for _, o := range clusterStarts(text) {
			starts[o] = true
		}
		end, top := 0, -s.Pitch
		for _, line := range lines {
			require.Equal(t, end, line.Start, "lines tile the text")
			require.GreaterOrEqual(t, line.Top, top+s.Pitch)
			end, top = line.End, line.Top
			checkLine(t, line, text, s.Width, starts)
		}
		require.Equal(t, len(text), end)
		require.Empty(t, starts, "clusters that no line has")
		require.InDelta(t, top+s.Pitch+s.Gap, l.Height(), 1e-6)
	}
}

// checkLine checks one line and strikes its clusters off starts.
func checkLine(t *rapid.T, line typeset.Placed, text string, measure float64, starts map[int]bool) {
	delete(starts, len(text))
	x, covered, visible := 0.0, 0, 0
	for i, c := range line.Clusters {
		require.True(t, starts[c.Start], "cluster at %d", c.Start)
		delete(starts, c.Start)
		if i > 0 {
			require.InDelta(t, x, c.X, 1e-6, "clusters tile the line")
		}
		x = c.X + c.Width
		covered += c.Len()
		if strings.TrimRight(text[line.Start:c.End], " \t\n\r\u2028") == text[line.Start:c.End] {
			visible++
		}
	}
	require.Equal(t, line.Len(), covered)
	if n := len(line.Clusters); n > 0 {
		require.InDelta(t, line.Width, x-line.Clusters[0].X, 1e-6)
	}
	if visible > 1 {
		require.LessOrEqual(t, inkWidth(line, text), measure+1e-3, "%q", text[line.Start:line.End])
	}
	require.InDelta(t, line.Width, segmentWidth(line.Segments(line.Fragment)), 1e-6)
}

// inkWidth is the width of a line without the blanks at its end.
func inkWidth(line typeset.Placed, text string) float64 {
	trimmed := strings.TrimRight(text[line.Start:line.End], " \t\n\r\u2028")
	return segmentWidth(line.Segments(annotate.Fragment{Start: line.Start, End: line.Start + len(trimmed)}))
}

func segmentWidth(segments []typeset.Segment) (w float64) {
	for _, s := range segments {
		w += s.W
	}
	return w
}

func TestPointOfCaretLeadsBackToIt(t *testing.T) {
	fonts := latin(t)
	parts := []string{"a", "fi", "office", "W", " ", "\n", "\t", "e\u0301", "ß", "😀", strings.Repeat("x", 30)}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), 0, 80).Draw(t, "parts"), "")
		l := typeset.NewLayout(annotate.NewBody(text), fonts, style)
		for _, o := range clusterStarts(text) {
			caret := l.Caret(o)
			require.Equal(t, o, l.OffsetAt(caret.X, l.Caret(o).Y+1), "%q", text)
		}
	})
}

func TestRectsHaveTheWidthOfTheirClusters(t *testing.T) {
	fonts := rightToLeft(t)
	rapid.Check(t, func(t *rapid.T) {
		text := textGenerator(bidirectional...).Draw(t, "text")
		l := typeset.NewLayout(annotate.NewBody(text), fonts, style)
		starts := clusterStarts(text)
		from := rapid.IntRange(0, len(starts)-1).Draw(t, "from")
		to := rapid.IntRange(from, len(starts)-1).Draw(t, "to")
		f := annotate.Fragment{Start: starts[from], End: starts[to]}
		want, got := 0.0, 0.0
		for _, line := range all(l) {
			for _, c := range line.Clusters {
				if f.Contains(c.Fragment) {
					want += c.Width
				}
			}
		}
		for _, r := range l.Rects(f) {
			got += r.W
		}
		require.InDelta(t, want, got, 1e-6)
	})
}

func TestOrderOfQuestionsDoesNotMatter(t *testing.T) {
	fonts := latin(t)
	rapid.Check(t, func(t *rapid.T) {
		text := textGenerator().Draw(t, "text") + "\n" + textGenerator().Draw(t, "more")
		forwards := typeset.NewLayout(annotate.NewBody(text), fonts, style)
		asked := typeset.NewLayout(annotate.NewBody(text), fonts, style)
		for _, o := range rapid.SliceOf(rapid.IntRange(-5, len(text)+5)).Draw(t, "offsets") {
			asked.Caret(o)
			asked.OffsetAt(float64(o), float64(o*7))
		}
		require.Equal(t, all(forwards), all(asked))
	})
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

func TestArrowsVisitEveryClusterInTurn(t *testing.T) {
	for name, text := range map[string]string{
		"left to right": "one two three four five six seven eight nine ten\n\nlast",
		"ends in LF":    "one\n",
		"empty":         "",
	} {
		l := layOut(t, latin(t), text)
		for o := range len(text) {
			assert.Equal(t, o+1, l.Right(o), "%s at %d", name, o)
			assert.Equal(t, o, l.Left(o+1), "%s at %d", name, o)
		}
		assert.Equal(t, len(text), l.Right(len(text)), name)
		assert.Equal(t, 0, l.Left(0), name)
	}
}

func TestRightToLeftParagraph(t *testing.T) {
	text := "שלום 123 עולם"
	l := layOut(t, rightToLeft(t), text)
	line := l.LineOf(0)
	assert.True(t, line.RTL)
	assert.Equal(t, style.Width, l.Caret(0).X, "begins at the right edge")
	assert.Equal(t, style.Width-line.Width, l.Caret(len(text)).X)
	var visual strings.Builder
	for _, c := range line.Clusters {
		visual.WriteString(text[c.Start:c.End])
	}
	assert.Equal(t, "םלוע 123 םולש", visual.String())
	assert.Equal(t, 2, l.Left(0))
	assert.Equal(t, 0, l.Right(2))
	rects := l.Rects(annotate.Fragment{Start: 0, End: 10})
	require.Len(t, rects, 2, "a word and one digit are apart")
	assert.InDelta(t, style.Width, rects[1].X+rects[1].W, 1e-9)
}

func TestNumbersInsideRightToLeftPhraseOfLatinParagraph(t *testing.T) {
	text := "He wrote: אב 12 גד (see)."
	line := layOut(t, rightToLeft(t), text).LineOf(0)
	var visual strings.Builder
	for _, c := range line.Clusters {
		visual.WriteString(text[c.Start:c.End])
	}
	assert.Equal(t, "He wrote: דג 12 בא (see).", visual.String())
	assert.Zero(t, line.Clusters[0].X)
}

func TestWrappedRightToLeftLinesStandAtTheRight(t *testing.T) {
	text := strings.Repeat("السلام عليكم ", 30)
	lines := all(layOut(t, rightToLeft(t), text))
	require.Greater(t, len(lines), 2)
	for _, p := range lines {
		first := p.Clusters[len(p.Clusters)-1]
		assert.Equal(t, p.Start, first.Start)
		assert.InDelta(t, style.Width, first.X+first.Width, 1e-9)
	}
}

func TestArrowsPassThroughMixedText(t *testing.T) {
	fonts := rightToLeft(t)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"ab", " ", "שלום", "12", "(", ")", "عليكم"}), 1, 12).Draw(t, "parts"), "")
		l := typeset.NewLayout(annotate.NewBody(text), fonts, typeset.Style{Size: 16, Width: 1e6, Pitch: 30})
		seen := map[int]bool{}
		o := l.OffsetAt(-1e9, 0)
		for _, start := range clusterStarts(text) { // go to the left end first
			if l.Left(start) == start {
				o = start
			}
		}
		for range len(clusterStarts(text)) {
			seen[o] = true
			if next := l.Right(o); next != o {
				require.Equal(t, o, l.Left(next))
				o = next
			}
		}
		require.Len(t, seen, len(clusterStarts(text)), "%q", text)
	})
}

// prose makes English-like text of that many bytes in paragraphs of about that many.
func prose(size, paragraph int) string {
	words := strings.Fields("the of committee said Monday evidence claims office offices that report about and a minister rejected federal AV Toronto efficient")
	random := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for b.Len() < size {
		b.WriteString(words[random.IntN(len(words))])
		if b.Len()%paragraph < 12 && paragraph < size {
			b.WriteByte('\n')
			continue
		}
		b.WriteByte(' ')
	}
	return b.String()
}

func BenchmarkViewport(b *testing.B) {
	text := prose(1<<20, 500)
	body := annotate.NewBody(text)
	fonts := latin(b)
	for b.Loop() {
		l := typeset.NewLayout(body, fonts, typeset.Style{Size: 16, Width: 700, Pitch: 30, Gap: 8})
		if len(l.Lines(100_000, 101_000)) < 30 {
			b.Fatal("too few lines")
		}
	}
}

func BenchmarkViewportOfOneParagraph(b *testing.B) {
	text := prose(1<<20, 2<<20)
	body := annotate.NewBody(text)
	fonts := latin(b)
	for b.Loop() {
		l := typeset.NewLayout(body, fonts, typeset.Style{Size: 16, Width: 700, Pitch: 30, Gap: 8})
		if len(l.Lines(100_000, 101_000)) < 30 {
			b.Fatal("too few lines")
		}
	}
}

func BenchmarkFill(b *testing.B) {
	text := prose(1<<20, 500)
	body := annotate.NewBody(text)
	fonts := latin(b)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		l := typeset.NewLayout(body, fonts, typeset.Style{Size: 16, Width: 700, Pitch: 30, Gap: 8})
		for !l.Fill(time.Second) {
			continue
		}
	}
}

func BenchmarkShapeLine(b *testing.B) {
	text := prose(100, 200)
	fonts := latin(b)
	b.ReportMetric(float64(utf8.RuneCountInString(text)), "characters")
	for b.Loop() {
		typeset.Measure(fonts, text, 16)
	}
}
