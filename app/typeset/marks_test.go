package typeset_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/typeset"
)

// widthless are the characters that take no room unless they are made visible.
const widthless = "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2028\u2029" +
	"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"

func marked(fonts *typeset.Fonts, text string, invisibles bool) typeset.Placed {
	s := style
	s.Width, s.Invisibles = 2000, invisibles
	return typeset.NewLayout(annotate.NewBody(text), fonts, s).LineOf(0)
}

func TestInvisibleCharactersTakeNoRoom(t *testing.T) {
	fonts := latin(t)
	plain := typeset.Measure(fonts, "a", style.Size).Width + typeset.Measure(fonts, "b", style.Size).Width
	for _, r := range widthless {
		line := typeset.Measure(fonts, "a"+string(r)+"b", style.Size)
		assert.InDelta(t, plain, line.Width, 0.01, "%U", r)
		assert.Empty(t, line.Marks)
		for _, g := range line.Glyphs {
			assert.Zero(t, g.Missing, "%U", r)
		}
	}
}

func TestControlCodesAreAlwaysSeen(t *testing.T) {
	fonts := latin(t)
	for r := rune(1); r < 0xa0; r++ {
		if r == '\t' || r == '\n' || ' ' <= r && r < 0x7f {
			continue
		}
		boxes := 0
		for _, g := range marked(fonts, "a"+string(r)+"b", false).Glyphs {
			if g.Missing != 0 {
				boxes++
				assert.Equal(t, r, g.Missing)
				assert.Positive(t, g.Advance)
			}
		}
		assert.Equal(t, 1, boxes, "%U", r)
	}
}

func TestMarksTakeRoomOfTheirOwnAndLeaveTheTextAlone(t *testing.T) {
	fonts := latin(t)
	for _, r := range widthless + "\x01\x0b\x0d\x7f\u0085\u009f" {
		text := "a" + string(r) + "b"
		plain, shown := marked(fonts, text, false), marked(fonts, text, true)
		require.Len(t, shown.Marks, 1, "%U", r)
		m := shown.Marks[0]
		assert.Equal(t, r, m.Rune)
		assert.True(t, m.Named(), "%U", r)
		assert.InDelta(t, clusterAt(t, plain, 0).Width, m.X, 5, "%U stands behind the a", r)
		first, last := m.Glyphs[0], m.Glyphs[len(m.Glyphs)-1]
		assert.Greater(t, float64(first.X), m.X, "%U: its name fits in", r)
		assert.Less(t, float64(last.X+last.Advance), m.X+m.Width, "%U: its name fits in", r)
		if b := 1 + len(string(r)); b < shown.End { // no line end
			assert.InDelta(t, m.X+m.Width, clusterAt(t, shown, b).X, 0.01, "%U: the b stands behind it", r)
		}
		rects := typeset.NewLayout(annotate.NewBody(text), fonts, shownStyle()).Rects(annotate.Fragment{Start: 0, End: 1 + len(string(r))})
		require.Len(t, rects, 1)
		assert.InDelta(t, m.X+m.Width, rects[0].W, 0.01, "%U is covered", r)
	}
}

func shownStyle() typeset.Style {
	s := style
	s.Width, s.Invisibles = 2000, true
	return s
}

func TestBlanksKeepTheirWidth(t *testing.T) {
	fonts := latin(t)
	text := "a b\u00a0c\u202fd\te\u2009f\n"
	plain, shown := marked(fonts, text, false), marked(fonts, text, true)
	require.Len(t, shown.Marks, 6)
	for i, m := range shown.Marks[:5] {
		c := clusterAt(t, plain, strings.IndexRune(text, m.Rune))
		assert.Equal(t, []float64{c.X, c.Width}, []float64{m.X, m.Width}, "mark %d", i)
		assert.False(t, m.Named())
		assert.Empty(t, m.Glyphs)
	}
	assert.Equal(t, '\n', shown.Marks[5].Rune)
	assert.InDelta(t, plain.Width, shown.Marks[5].X, 1e-9, "at the line's end")
	assert.Equal(t, len(text)-1, typeset.NewLayout(annotate.NewBody(text), fonts, shownStyle()).OffsetAt(shown.Width, 1))
}

func TestMarksDoNotChangeTheShapesOfLetters(t *testing.T) {
	fonts := rightToLeft(t)
	for _, text := range []string{"می\u200cخواهم", "ب\u200dب", "क्\u200dष", "क\u094d\u200cष", "ل\u2060ا", "👨\u200d👩\u200d👧", "of\u00adfice"} {
		glyphs := func(line typeset.Placed) (ids []uint32) {
			for _, g := range line.Glyphs {
				ids = append(ids, uint32(g.ID))
			}
			return ids
		}
		assert.Equal(t, glyphs(marked(fonts, text, false)), glyphs(marked(fonts, text, true)), "%+q", text)
	}
}

func TestMarksOfRightToLeftTextStandBehindTheirLetters(t *testing.T) {
	line := marked(rightToLeft(t), "گل\u200cها\tب", true)
	require.Len(t, line.Marks, 2)
	tab, zwnj := line.Marks[0], line.Marks[1]
	require.Equal(t, '\u200c', zwnj.Rune)
	lam, heh := clusterAt(t, line, 2), clusterAt(t, line, 7)
	assert.InDelta(t, lam.X, zwnj.X, 1e-9, "at the left of its letter")
	assert.InDelta(t, heh.X+heh.Width, zwnj.X, 1e-9, "at the right of the next")
	assert.True(t, zwnj.RTL && tab.RTL)
}

func TestTheSignOfALineEndStandsWithinTheMeasure(t *testing.T) {
	fonts := latin(t)
	s := style
	s.Invisibles = true
	for width := 60.0; width < 120; width += 0.5 {
		s.Width = width
		text := "several words of a line\nand another\n"
		for _, line := range typeset.NewLayout(annotate.NewBody(text), fonts, s).Lines(0, 1000) {
			if line.End > line.Start && text[line.End-1] == '\n' && line.Len() > 1 {
				assert.LessOrEqual(t, line.Width, width+1e-6)
			}
		}
	}
}
