package lettering

import (
	"fmt"
	"image"
	"image/color"
	"os"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"
	"github.com/rivo/uniseg"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"spanwright/annotate"
	"spanwright/app/typeset"
)

var usual = Style{Size: 13}

// bundledOnly has texts set as on a computer without fonts.
func bundledOnly(t testing.TB) {
	t.Helper()
	shop = newSetter(nil, nil, nil)
	t.Cleanup(func() { shop = newSetter(nil, nil, nil) })
}

func TestOnlySimpleTextGoesToTheToolkit(t *testing.T) {
	for text, plain := range map[string]bool{
		"":                                 true,
		"“Not one litre” (3 March) – 50 %": true,
		"Žluťoučký kůň, Łódź, Việt":        true,
		"Ξεσκεπάζω τὴν ψυχοφθόρα": true,
		"Съешь же ещё этих булок": true,
		"e\u0301":              true,
		"a → b, then … ⚑":      true,
		"tab\tand":             false,
		"two\nlines":           false,
		"שלום":                 false,
		"Minister کا بیان":     false,
		"नमस्ते":               false,
		"中文":                   false,
		"สวัสดี":               false,
		"a flood 🌊":            false,
		"left\u200fmark":       false,
		"\u202eforced":         false,
		"\u2067isolated\u2069": false,
		"private \ue000":       false,
	} {
		assert.Equal(t, plain, Plain(text), "%q", text)
	}
}

// TestGlyphsStandInTheOrderOfTypeset goes by Unicode Standard Annex #9: digits keep
// their order in text read from the right, brackets are mirrored and close around it.
func TestGlyphsStandInTheOrderOfTypeset(t *testing.T) {
	test.NewTempApp(t)
	bundledOnly(t)
	for text, want := range map[string]string{
		"אב 12 (גד)":         "(דג) 12 בא",
		"\u202eabc 12\u202c": "21 cba",
		"He said אב 12, גד!": "He said דג ,12 בא!",
		"אב.txt":             "txt.בא",
	} {
		runes := []rune{}
		set := New(usual, nil)
		set.Set(text)
		for _, c := range set.line.Clusters {
			if r := []rune(text[c.Start:c.End])[0]; r < '\u202a' || r > '\u202e' {
				if c.RTL && (r == '(' || r == ')') {
					r = '(' + ')' - r
				}
				runes = append(runes, r)
			}
		}
		assert.Equal(t, want, string(runes), "%q", text)
		assert.True(t, slices.IsSortedFunc(set.line.Glyphs, func(a, b typeset.Glyph) int { return int(a.X*64) - int(b.X*64) }))
	}
}

// mixed draws texts of several directions, with clusters of several characters.
var mixed = rapid.StringOf(rapid.SampledFrom([]rune("ab שלוםםپانی12().,\u0301\u05b8😀👍🏽\u200d中…नमस्ते")))

func TestCutTextFitsAndKeepsItsClusters(t *testing.T) {
	test.NewTempApp(t)
	bundledOnly(t)
	rapid.Check(t, func(t *rapid.T) {
		text := mixed.Draw(t, "text")
		width := float32(rapid.IntRange(30, 300).Draw(t, "width"))
		cut := Fit(text, usual, width)
		assert.LessOrEqual(t, Width(cut, usual), width)
		if Width(text, usual) <= width {
			assert.Equal(t, text, cut)
			return
		}
		kept := cut[:len(cut)-len(ellipsis)]
		require.Equal(t, text[:len(kept)], kept, "the end in the order of reading goes")
		for g := uniseg.NewGraphemes(text); g.Next(); {
			from, to := g.Positions()
			assert.False(t, from < len(kept) && len(kept) < to, "%q is cut in %q", g.Str(), text)
		}
	})
}

func TestWrappedLinesFitAndAreTheText(t *testing.T) {
	test.NewTempApp(t)
	bundledOnly(t)
	rapid.Check(t, func(t *rapid.T) {
		text := mixed.Filter(func(s string) bool { return s != "" }).Draw(t, "text")
		width := float32(rapid.IntRange(40, 200).Draw(t, "width"))
		at := 0
		for _, line := range Wrap(text, usual, width, annotate.Automatic) {
			require.Equal(t, at, line.Start)
			at = line.End
			for _, c := range line.set.Clusters {
				if text[c.Start:c.End] != " " {
					assert.GreaterOrEqual(t, c.X, -0.01)
					assert.LessOrEqual(t, c.X+c.Width, float64(width)+0.01)
				}
			}
		}
		require.Equal(t, len(text), at)
	})
}

func shown(text string, at fyne.TextAlign) *Text {
	t := New(usual, nil).Align(at)
	t.SetColor(color.Black)
	t.Set(text)
	return t
}

func TestTextsOfSeveralDirectionsLookRight(t *testing.T) {
	test.NewTempApp(t)
	bundledOnly(t)
	box := container.NewWithoutLayout()
	for i, at := range []fyne.TextAlign{fyne.TextAlignLeading, fyne.TextAlignCenter, fyne.TextAlignTrailing} {
		text := shown("abc \u202edef (12)\u202c 🌊", at)
		text.Move(fyne.NewPos(4, float32(4+i*24)))
		text.Resize(fyne.NewSize(150, 20))
		box.Add(text)
	}
	plain := shown("abc def (12)", fyne.TextAlignLeading)
	plain.Move(fyne.NewPos(4, 76))
	plain.Resize(fyne.NewSize(150, 20))
	box.Add(plain)
	for _, scale := range []float32{1, 1.25, 2} {
		c := software.NewCanvas()
		c.SetScale(scale)
		c.SetPadded(false)
		c.SetContent(box)
		c.Resize(fyne.NewSize(160, 100))
		test.AssertImageMatches(t, fmt.Sprintf("directions-%.2f.png", scale), c.Capture())
	}
}

// TestSetTextIsAsSharpAsItsGlyphs compares with the glyphs drawn straight at the scale.
func TestSetTextIsAsSharpAsItsGlyphs(t *testing.T) {
	test.NewTempApp(t)
	bundledOnly(t)
	const words = "\u202eabc\u202c def"
	for _, scale := range []float64{1, 1.25, 1.5, 2} {
		text := shown(words, fyne.TextAlignLeading)
		text.Resize(text.MinSize())
		units := text.raster.Size()
		w, h := float64(units.Width)*scale, float64(units.Height)*scale
		require.Equal(t, float64(int(w)), w, "whole device pixels")
		require.Equal(t, float64(int(h)), h)
		got := text.draw(int(w), int(h)).(*image.RGBA)
		fonts, err := typeset.NewFonts(fynetheme.DefaultTextFont().Content())
		require.NoError(t, err)
		line := typeset.Measure(fonts, words, 13*scale)
		_, base := fyne.CurrentApp().Driver().RenderedTextSize("x", 13, fyne.TextStyle{}, nil)
		want := image.NewRGBA(got.Rect)
		shop.glyphs.Draw(want, line.Glyphs, float64(int(over*scale+0.5)), float64(int(float64(over+base)*scale+0.5)), color.NRGBA{A: 0xff})
		assert.Equal(t, want.Pix, got.Pix, "at %v", scale)
	}
}

func TestTextIsSetAgainWhenItsFontHasCome(t *testing.T) {
	if _, err := os.Stat("/usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf"); err != nil {
		t.Skip("fonts-noto-core is not installed")
	}
	test.NewTempApp(t)
	bundledOnly(t)
	posts := make(chan func(), 8)
	changed := 0
	Start(typeset.FindInstalled(), func(f func()) { posts <- f }, func() { changed++ })
	var text *Text
	text = New(usual, func() { text.Set("جھیل کا پانی") })
	text.Set("جھیل کا پانی")
	require.Less(t, len(text.line.Glyphs), 3, "blank as long as there is no font")
	for deadline := time.After(30 * time.Second); shop.looking; {
		select {
		case f := <-posts:
			f()
		case <-deadline:
			t.Fatal("the font never came")
		}
	}
	require.Positive(t, changed)
	require.Greater(t, len(text.line.Glyphs), 9)
	for _, g := range text.line.Glyphs {
		assert.Zero(t, g.Missing)
	}
}
