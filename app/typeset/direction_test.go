package typeset_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/typeset"
)

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

func TestCaretsStandInsideLigatures(t *testing.T) {
	for _, written := range []struct {
		text, font string
		glyphs     int
		direction  float64
	}{
		{"office", "NotoSans", 4, 1},            // o, ffi, c, e
		{"سلام", "NotoSansArabic", 3, -1},       // seen, lam-alef, meem
		{"سلام", "NotoNaskhArabic", 4, -1},      // lam-alef of one glyph with a width and one without
		{"الله", "NotoNaskhArabic", 2, -1},      // alef, lam-lam-heh
		{"پاکستان", "NotoNastaliqUrdu", 12, -1}, // letters, their dots, and blanks that slant them
	} {
		fonts, err := typeset.NewFonts(notoFonts(t, written.font)...)
		require.NoError(t, err)
		line := typeset.Measure(fonts, written.text, 100)
		assert.Len(t, line.Glyphs, written.glyphs, written.text)
		starts := clusterStarts(written.text)
		require.Len(t, line.Clusters, len(starts)-1, written.text)
		x := map[int]float64{}
		for _, c := range line.Clusters {
			assert.Greater(t, c.Width, 5.0, "%s: %s", written.text, written.text[c.Start:c.End])
			x[c.Start] = c.X
		}
		for i := 1; i < len(starts)-1; i++ {
			assert.Positive(t, written.direction*(x[starts[i]]-x[starts[i-1]]), "%s in the order it is read, at %d", written.text, i)
		}
	}
}

func TestDirectionOfTheStyleOverridesTheFirstLetter(t *testing.T) {
	fonts := rightToLeft(t)
	text := "1 Fish.\n\nשלום 2."
	for _, c := range []struct {
		direction annotate.Direction
		rtl       []bool
		visual    []string
	}{
		{annotate.Automatic, []bool{false, false, true}, []string{"1 Fish.\n", "\n", ".2 םולש"}},
		{annotate.LeftToRight, []bool{false, false, false}, []string{"1 Fish.\n", "\n", "2 םולש."}},
		{annotate.RightToLeft, []bool{true, true, true}, []string{"\n.Fish 1", "\n", ".2 םולש"}},
	} {
		s := style
		s.Direction = c.direction
		for i, line := range typeset.NewLayout(annotate.NewBody(text), fonts, s).Lines(0, 1000) {
			var visual strings.Builder
			for _, cluster := range line.Clusters {
				visual.WriteString(text[cluster.Start:cluster.End])
			}
			assert.Equal(t, c.rtl[i], line.RTL, "%q, paragraph %d", c.direction, i)
			assert.Equal(t, c.visual[i], visual.String(), "%q, paragraph %d", c.direction, i)
			if line.RTL {
				assert.InDelta(t, style.Width, line.Clusters[len(line.Clusters)-1].X+line.Clusters[len(line.Clusters)-1].Width, 1e-9)
			}
		}
	}
}
