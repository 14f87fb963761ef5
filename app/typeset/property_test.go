package typeset_test

import (
	"strings"
	"testing"

	"github.com/rivo/uniseg"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"spanwright/annotate"
	"spanwright/app/typeset"
)

// textGenerator makes text of words, marks, emoji, tabs, controls and line ends.
func textGenerator(parts ...string) *rapid.Generator[string] {
	parts = append(parts, "a", "fi", "office", "W", " ", "  ", "\n", "\t", "-", "—", "e\u0301", "ß", "😀", "👨‍👩‍👧", "🇩🇪",
		"\u00a0", "\u200d", "(", ")", "3.14", strings.Repeat("x", 30), "\u0915\u094d\u0937", "\r", "\u2028", "\x02",
		"\u0085", "\u009b", "\u200b", "\u00ad", "wonder\u00adful", "\u2060", "\u0301", " \u0301", "ﬁ", "中文", "नमस्ते", "ไทย", "👍🏽", "❤\ufe0f", "a\u0308\u0323")
	return rapid.Custom(func(t *rapid.T) string {
		least := rapid.SampledFrom([]int{0, 10, 60}).Draw(t, "least") // else most texts would fit on one line
		return strings.Join(rapid.SliceOfN(rapid.SampledFrom(parts), least, 120).Draw(t, "parts"), "")
	})
}

var bidirectional = []string{
	"שלום", "אב", "السلام", "عليكم", "١٢٣", "\u202b", "\u202c", "\u2067", "\u2066", "\u2068", "\u2069",
	"\u202e", "\u200f", "\u200e", "[", "]", "لا", "الله", "مُحَمَّد", "שָׁלוֹם", "گل\u200cها", "پاکستان",
}

// styleGenerator makes styles that differ in what changes places on a line.
var styleGenerator = rapid.Custom(func(t *rapid.T) typeset.Style {
	s := style
	s.Invisibles = rapid.Bool().Draw(t, "invisibles")
	s.Direction = rapid.SampledFrom([]annotate.Direction{annotate.Automatic, annotate.LeftToRight, annotate.RightToLeft}).Draw(t, "direction")
	return s
})

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
	t.Run("left to right", func(t *testing.T) { rapid.Check(t, holdsTogether(latin(t))) })
	t.Run("mixed", func(t *testing.T) { rapid.Check(t, holdsTogether(rightToLeft(t), bidirectional...)) })
}

func holdsTogether(fonts *typeset.Fonts, parts ...string) func(*rapid.T) {
	return func(t *rapid.T) {
		text := textGenerator(parts...).Draw(t, "text")
		s := styleGenerator.Draw(t, "style")
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

// blanks may hang over the measure; a joiner after one belongs to its cluster.
const blanks = " \t\n\u2028\u200d"

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
		if c.Width > 0 && strings.TrimRight(text[line.Start:c.End], blanks) == text[line.Start:c.End] {
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
	trimmed := strings.TrimRight(text[line.Start:line.End], blanks)
	return segmentWidth(line.Segments(annotate.Fragment{Start: line.Start, End: line.Start + len(trimmed)}))
}

func segmentWidth(segments []typeset.Segment) (w float64) {
	for _, s := range segments {
		w += s.W
	}
	return w
}

func TestEveryOffsetHasACaret(t *testing.T) {
	fonts := rightToLeft(t)
	rapid.Check(t, func(t *rapid.T) {
		text := textGenerator(bidirectional...).Draw(t, "text")
		l := typeset.NewLayout(annotate.NewBody(text), fonts, styleGenerator.Draw(t, "style"))
		starts := clusterStarts(text)
		cluster := 0
		for o := range len(text) + 1 {
			if cluster+1 < len(starts) && o == starts[cluster+1] {
				cluster++
			}
			caret, line := l.Caret(o), l.LineOf(o)
			require.Equal(t, typeset.Rect{X: caret.X, Y: line.Top, H: line.Height}, caret)
			require.Equal(t, l.Caret(starts[cluster]), caret, "inside a cluster it stands where the cluster begins")
			left, right := ends(line)
			require.GreaterOrEqual(t, caret.X, left-1e-9)
			require.LessOrEqual(t, caret.X, right+1e-9)
		}
	})
}

// ends returns the edges of a line, in device pixels.
func ends(line typeset.Placed) (left, right float64) {
	n := len(line.Clusters)
	if n == 0 {
		if line.RTL {
			return style.Width, style.Width
		}
		return 0, 0
	}
	return line.Clusters[0].X, line.Clusters[n-1].X + line.Clusters[n-1].Width
}

func TestPointOfCaretLeadsBackToIt(t *testing.T) {
	fonts := rightToLeft(t)
	rapid.Check(t, func(t *rapid.T) {
		text := textGenerator(bidirectional...).Draw(t, "text")
		l := typeset.NewLayout(annotate.NewBody(text), fonts, styleGenerator.Draw(t, "style"))
		for _, o := range clusterStarts(text) {
			caret := l.Caret(o)
			if at := l.OffsetAt(caret.X, caret.Y+1); at != o {
				require.InDelta(t, caret.X, l.Caret(at).X, 1e-9, "%+q: %d, not %d", text, at, o)
				require.Equal(t, caret.Y, l.Caret(at).Y, "%+q: %d, not %d", text, at, o)
			}
		}
	})
}

func TestEachHalfOfAClusterLeadsToItsEdge(t *testing.T) {
	fonts := rightToLeft(t)
	rapid.Check(t, func(t *rapid.T) {
		text := textGenerator(bidirectional...).Draw(t, "text")
		l := typeset.NewLayout(annotate.NewBody(text), fonts, styleGenerator.Draw(t, "style"))
		for _, line := range all(l) {
			for _, c := range line.Clusters {
				if c.Width == 0 {
					continue
				}
				begin, end := c.X+c.Width/4, c.X+c.Width*3/4
				if c.RTL {
					begin, end = end, begin
				}
				require.Equal(t, c.Start, l.OffsetAt(begin, line.Top+1), "%+q", text)
				if c.End < line.End {
					require.Equal(t, c.End, l.OffsetAt(end, line.Top+1), "%+q", text)
				}
				f, ok := l.ClusterAt(end, line.Top+1)
				require.True(t, ok)
				require.Equal(t, c.Fragment, f)
			}
		}
	})
}

func TestRectsCoverTheirClustersAndNothingElse(t *testing.T) {
	fonts := rightToLeft(t)
	rapid.Check(t, func(t *rapid.T) {
		text := textGenerator(bidirectional...).Draw(t, "text")
		l := typeset.NewLayout(annotate.NewBody(text), fonts, styleGenerator.Draw(t, "style"))
		lines := all(l)
		starts := clusterStarts(text)
		from := rapid.IntRange(0, len(starts)-1).Draw(t, "from")
		to := rapid.IntRange(from, len(starts)-1).Draw(t, "to")
		f := annotate.Fragment{Start: starts[from], End: starts[to]}
		rects := l.Rects(f)
		for i := 1; i < len(rects); i++ {
			if rects[i].Y == rects[i-1].Y {
				require.Greater(t, rects[i].X, rects[i-1].X+rects[i-1].W, "parts that touch are one")
			}
		}
		for _, line := range lines {
			for _, c := range line.Clusters {
				if c.Width == 0 {
					continue
				}
				covered := 0.0
				for _, r := range rects {
					if r.Y == line.Top {
						require.Equal(t, line.Height, r.H)
						covered += max(0, min(r.X+r.W, c.X+c.Width)-max(r.X, c.X))
					}
				}
				want := 0.0
				if f.Contains(c.Fragment) {
					want = c.Width
				}
				require.InDelta(t, want, covered, 1e-6, "%+q of %+q", text[c.Start:c.End], text)
			}
		}
		require.InDelta(t, widthOf(l, f), rectWidth(rects), 1e-6, "nothing beside the clusters")
	})
}

// widthOf adds up the clusters that f contains.
func widthOf(l *typeset.Layout, f annotate.Fragment) (w float64) {
	for _, line := range all(l) {
		for _, c := range line.Clusters {
			if f.Contains(c.Fragment) {
				w += c.Width
			}
		}
	}
	return w
}

func rectWidth(rects []typeset.Rect) (w float64) {
	for _, r := range rects {
		w += r.W
	}
	return w
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
