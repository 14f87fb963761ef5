package theme_test

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"spanwright/annotate"
	"spanwright/app/theme"
	"spanwright/assets"
)

var variants = map[string]fyne.ThemeVariant{"light": fynetheme.VariantLight, "dark": fynetheme.VariantDark}

func TestContrastIsThatOfWCAG(t *testing.T) {
	// Examples of the WebAIM contrast checker.
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"#000000", "#ffffff", 21},
		{"#777777", "#ffffff", 4.48},
		{"#767676", "#ffffff", 4.54},
		{"#0000ff", "#ffffff", 8.59},
		{"#ff0000", "#ffffff", 4.0},
	} {
		got := theme.Contrast(theme.Hex(c.a), theme.Hex(c.b))
		assert.InDelta(t, c.want, got, 0.01, "%s on %s", c.a, c.b)
	}
}

func TestUnreadableColourIsGrey(t *testing.T) {
	for _, s := range []string{"", "#12345", "red", "#gggggg"} {
		assert.Equal(t, color.NRGBA{R: 0x7f, G: 0x7f, B: 0x7f, A: 0xff}, theme.Hex(s))
	}
}

func TestTextIsReadableOnEverythingItStandsOn(t *testing.T) {
	for name, v := range variants {
		p := theme.Of(v)
		for what, pair := range map[string][2]color.NRGBA{
			"ink on pane":        {p.Ink, p.Pane},
			"ink on ground":      {p.Ink, p.Bg},
			"ink on selection":   {p.Ink, p.Sel},
			"dim on pane":        {p.Dim, p.Pane},
			"dim on ground":      {p.Dim, p.Bg},
			"focus on pane":      {p.Focus, p.Pane},
			"good on ground":     {p.Good, p.Bg},
			"bad on ground":      {p.Bad, p.Bg},
			"on focus":           {p.OnFocus, p.Focus},
			"ink under selected": {theme.Over(p.Selection, p.Ink), theme.Over(p.Selection, p.Pane)},
		} {
			assert.GreaterOrEqual(t, theme.Contrast(pair[0], pair[1]), theme.Readable, "%s: %s", name, what)
		}
		for _, c := range annotate.Palette {
			readable(t, p, c)
		}
	}
}

func readable(t assert.TestingT, p *theme.Palette, hex string) {
	l := p.Label(hex)
	assert.GreaterOrEqual(t, theme.Contrast(p.Ink, l.Tint), theme.Readable, "ink on the tint of %s", hex)
	assert.GreaterOrEqual(t, theme.Contrast(l.ChipText, l.Chip), theme.Readable, "chip text on %s", hex)
	under, over := theme.Over(p.Selection, p.Ink), theme.Over(p.Selection, l.Tint)
	assert.GreaterOrEqual(t, theme.Contrast(under, over), theme.Readable, "selected ink on the tint of %s", hex)
}

func TestEverySchemeIsReadable(t *testing.T) {
	for _, name := range assets.SchemeNames() {
		raw, err := assets.Scheme(name)
		require.NoError(t, err)
		scheme, err := annotate.ParseScheme(name, raw)
		require.NoError(t, err)
		for variant, v := range variants {
			p := theme.Of(v)
			for _, outer := range scheme.Spans {
				readable(t, p, outer.Color)
				line := p.Label(outer.Color).Line
				for _, inner := range scheme.Spans { // inside, or across, the other
					ground := p.Tint(p.Tint(p.Pane, line), p.Label(inner.Color).Line)
					assert.GreaterOrEqual(t, theme.Contrast(p.Ink, ground), theme.Readable, "%s, %s: %s in %s", name, variant, inner.Label, outer.Label)
				}
			}
		}
	}
}

func TestAnyLabelColourIsReadable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hex := rapid.StringMatching(`#[0-9a-f]{6}`).Draw(t, "colour")
		for _, v := range variants {
			readable(t, theme.Of(v), hex)
		}
	})
}

func TestNestedTintsStayReadable(t *testing.T) {
	for _, v := range variants {
		p := theme.Of(v)
		ground := p.Pane
		for _, c := range annotate.Palette {
			ground = p.Tint(ground, p.Label(c).Line)
			assert.GreaterOrEqual(t, theme.Contrast(p.Ink, ground), theme.Readable)
		}
	}
}

func TestQuietSignsAreVisibleOnAnyTints(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for name, v := range variants {
			p := theme.Of(v)
			assert.Equal(t, p.Dim, p.Quiet(p.Pane), "no louder than need be")
			ground := p.Pane
			for range 3 {
				ground = p.Tint(ground, p.Label(rapid.StringMatching(`#[0-9a-f]{6}`).Draw(t, "colour")).Line)
				quiet := p.Quiet(ground)
				assert.GreaterOrEqual(t, theme.Contrast(quiet, ground), theme.Visible, name)
				assert.GreaterOrEqual(t, theme.Contrast(theme.Over(p.Selection, quiet), theme.Over(p.Selection, ground)), theme.Visible, name)
				assert.LessOrEqual(t, theme.Contrast(quiet, ground), theme.Contrast(p.Ink, ground), name)
			}
		}
	})
}

func TestTintDiffersFromThePane(t *testing.T) {
	for _, v := range variants {
		p := theme.Of(v)
		for _, c := range annotate.Palette {
			l := p.Label(c)
			distance := math.Abs(float64(l.Tint.R)-float64(p.Pane.R)) + math.Abs(float64(l.Tint.G)-float64(p.Pane.G)) +
				math.Abs(float64(l.Tint.B)-float64(p.Pane.B))
			assert.Greater(t, distance, 40.0, c)
		}
	}
}

func TestChosenModeOverridesTheDesktop(t *testing.T) {
	for _, c := range []struct {
		mode   theme.Mode
		system fyne.ThemeVariant
		want   fyne.ThemeVariant
	}{
		{theme.System, fynetheme.VariantLight, fynetheme.VariantLight},
		{theme.System, fynetheme.VariantDark, fynetheme.VariantDark},
		{theme.Light, fynetheme.VariantDark, fynetheme.VariantLight},
		{theme.Dark, fynetheme.VariantLight, fynetheme.VariantDark},
	} {
		chosen := theme.New(c.mode)
		assert.Equal(t, c.want, chosen.Variant(c.system))
		assert.Equal(t, theme.Of(c.want).Bg, chosen.Color(fynetheme.ColorNameBackground, c.system))
	}
}

func TestThemeHasAFontIconAndSizeForWhatTheToolkitAsks(t *testing.T) {
	test.NewTempApp(t) // the toolkit's own theme asks the running app for its accent
	chosen := theme.New(theme.Light)
	assert.NotNil(t, chosen.Font(fyne.TextStyle{Bold: true}))
	assert.NotNil(t, chosen.Icon(fynetheme.IconNameConfirm))
	assert.EqualValues(t, 13, chosen.Size(fynetheme.SizeNameText))
	assert.Positive(t, chosen.Size(fynetheme.SizeNameWindowButtonHeight))
	assert.NotNil(t, chosen.Color("no such name", fynetheme.VariantLight))
}

func TestKeysInMenusAreReadable(t *testing.T) {
	for name, mode := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
		app := test.NewTempApp(t)
		app.Settings().SetTheme(theme.New(mode))
		item := fyne.NewMenuItem("Relate", nil)
		item.Shortcut = &desktop.CustomShortcut{KeyName: fyne.KeyR}
		menu := widget.NewMenu(fyne.NewMenu("", item))
		found := false
		for _, o := range test.LaidOutObjects(menu) {
			if text, ok := o.(*canvas.Text); ok && text.Text == "R" {
				found = true
				raised := theme.New(mode).Palette(0).Raised
				key := theme.Over(color.NRGBAModel.Convert(text.Color).(color.NRGBA), raised)
				assert.GreaterOrEqual(t, theme.Contrast(key, raised), theme.Readable, name)
			}
		}
		assert.True(t, found)
	}
}
