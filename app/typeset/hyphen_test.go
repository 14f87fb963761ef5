package typeset_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/typeset"
)

const shy = "\u00ad"

// clusterAt returns the cluster of a line that begins at offset.
func clusterAt(t testing.TB, line typeset.Placed, offset int) typeset.Cluster {
	t.Helper()
	for _, c := range line.Clusters {
		if c.Start == offset {
			return c
		}
	}
	require.Fail(t, "no such cluster", "%d", offset)
	return typeset.Cluster{}
}

func TestSoftHyphenShowsOnlyWhereTheLineBreaksAtIt(t *testing.T) {
	fonts := latin(t)
	text := "Donau" + shy + "dampf" + shy + "schiff" + shy + "fahrts" + shy + "gesellschaft"
	hyphen := typeset.Measure(fonts, "\u2010", style.Size).Width
	if hyphen == 0 || typeset.Measure(fonts, "\u2010", style.Size).Glyphs[0].Missing != 0 {
		hyphen = typeset.Measure(fonts, "-", style.Size).Width
	}
	narrow := style
	narrow.Width = typeset.Measure(fonts, "Donaudampf", style.Size).Width + hyphen
	l := typeset.NewLayout(annotate.NewBody(text), fonts, narrow)
	lines := all(l)
	require.Equal(t, []string{"Donau" + shy + "dampf" + shy, "schiff" + shy + "fahrts" + shy, "gesellschaft"}, lineTexts(l, text))

	inside, atEnd := clusterAt(t, lines[0], 5), clusterAt(t, lines[0], 12)
	assert.Zero(t, inside.Width)
	assert.InDelta(t, hyphen, atEnd.Width, 0.02)
	assert.InDelta(t, narrow.Width, lines[0].Width, 0.02)
	assert.Len(t, visible(lines[0]), len("Donaudampf-"))
	assert.Len(t, visible(lines[2]), len("gesellschaft"))

	assert.Equal(t, lines[0].Width-atEnd.Width, l.Caret(12).X, "before the hyphen")
	assert.Equal(t, 12, l.OffsetAt(atEnd.X+1, 1))
	rects := l.Rects(annotate.Fragment{End: 14})
	require.Len(t, rects, 1)
	assert.InDelta(t, lines[0].Width, rects[0].W, 1e-9, "a word is covered with its hyphen")

	narrow.Width -= 0.5
	assert.Equal(t, "Donau"+shy, lineTexts(typeset.NewLayout(annotate.NewBody(text), fonts, narrow), text)[0], "no room for the hyphen")
	assert.Len(t, visible(typeset.Placed{Line: typeset.Measure(fonts, "a"+shy, 16)}), 1, "the text ends there")
	assert.Len(t, visible(layOut(t, fonts, "a"+shy+"\nb").LineOf(0)), 1, "the paragraph ends there")
}

// visible returns the glyphs of a line that have a width.
func visible(line typeset.Placed) (found []typeset.Glyph) {
	for _, g := range line.Glyphs {
		if g.Advance > 0 {
			found = append(found, g)
		}
	}
	return found
}

func TestHyphenOfRightToLeftLineStandsAtItsLeftEnd(t *testing.T) {
	fonts := rightToLeft(t)
	text := "بەختىيار" + shy + "لىقنىڭ" // Uyghur divides words
	narrow := style
	narrow.Width = typeset.Measure(fonts, "بەختىيار", style.Size).Width + 10
	lines := all(typeset.NewLayout(annotate.NewBody(text), fonts, narrow))
	require.Len(t, lines, 2)
	hyphen := lines[0].Clusters[0]
	assert.Equal(t, shy, text[hyphen.Start:hyphen.End])
	assert.Positive(t, hyphen.Width)
	assert.Equal(t, lines[0].Glyphs[0].Offset, hyphen.Start)
	assert.InDelta(t, narrow.Width, hyphen.X+lines[0].Width, 1e-9, "the line begins at the right")
}

func TestHyphenStandsBehindItsWordInTheWordsDirection(t *testing.T) {
	fonts := rightToLeft(t)
	for _, mixed := range []struct{ text, visual string }{
		{"שלום Donau" + shy + "dampfschifffahrt", "Donau- םולש"},
		{"Donau سلام" + shy + "سلامسلامسلام", "Donau -مالس"},
	} {
		narrow := style
		narrow.Width = typeset.Measure(fonts, mixed.text[:strings.Index(mixed.text, shy)], style.Size).Width + 10
		line := typeset.NewLayout(annotate.NewBody(mixed.text), fonts, narrow).LineOf(0)
		var visual strings.Builder
		for _, c := range line.Clusters {
			visual.WriteString(strings.ReplaceAll(mixed.text[c.Start:c.End], shy, "-"))
		}
		assert.Equal(t, mixed.visual, visual.String())
	}
}

func TestLettersKeepTheirShapesAtAHyphen(t *testing.T) {
	fonts := rightToLeft(t)
	text := strings.Repeat("ب", 9) + shy + strings.Repeat("ب", 9)
	narrow := style
	narrow.Width = typeset.Measure(fonts, strings.Repeat("ب", 9), style.Size).Width + 8
	lines := all(typeset.NewLayout(annotate.NewBody(text), fonts, narrow))
	require.Len(t, lines, 2)
	before, after := visible(lines[0]), visible(lines[1])
	assert.Equal(t, before[2].ID, before[1].ID, "the last letter before the hyphen joins on")
	assert.Equal(t, after[len(after)-2].ID, after[len(after)-1].ID, "and so does the first one behind it")
}
