package docview

import (
	"math"
	"os"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/app/typeset"
)

// installed returns the fonts of this computer behind the toolkit's own, or skips
// the test where Arabic is not among them.
func installed(t testing.TB) *typeset.Fonts {
	t.Helper()
	if _, err := os.Stat("/usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf"); err != nil {
		t.Skip("fonts-noto-core is not installed")
	}
	fonts, err := typeset.FindInstalled().Fonts(fynetheme.DefaultTextFont().Content(), fynetheme.DefaultEmojiFont().Content())
	require.NoError(t, err)
	return fonts
}

func TestTextComesWithItsFontAndNothingMoves(t *testing.T) {
	const paragraph = "The minister said نے کہا کہ پانی کم نہیں ہوا اور جھیل بھری ہوئی ہے and no more was asked of her by anybody there.\n"
	text := strings.Repeat(paragraph, 60)
	d := sitDown(t, usual, []string{text})
	d.fonts = installed(t)
	d.open()
	d.Refresh()
	d.ScrollTo(len(paragraph) * 40)
	require.True(t, d.fonts.Awaits())
	before := d.Top()
	d.pass()
	assert.False(t, d.fonts.Awaits())
	assert.Equal(t, before, d.Top(), "what stood at the top still does")
	for _, shown := range d.visible {
		assert.GreaterOrEqual(t, len(shown.line.Glyphs), len(shown.line.Clusters)*9/10, "no line has blanks for letters")
	}
	assert.False(t, d.awaiting, "nobody looks for fonts any more")
}

func TestNothingOfNastaliqIsCutOff(t *testing.T) {
	if _, err := os.Stat("/usr/share/fonts/truetype/noto/NotoNastaliqUrdu-Regular.ttf"); err != nil {
		t.Skip("fonts-noto-core is not installed")
	}
	d := sitDown(t, fyne.NewSize(900, 500), []string{"تحقیقات، صلیب، مستحقین، شخصیت، نتیجے، سمجھتے، بچپن، چیئرمین، پیچیدگی، میٹنگ"})
	d.fonts = installed(t)
	d.open()
	for _, density := range []Density{Read, Labels, Full} {
		d.SetDensity(density)
		d.SetNastaliq(false)
		d.pass()
		naskh := d.painter.metrics.pitch
		d.SetNastaliq(true)
		d.pass()
		assert.Greater(t, d.painter.metrics.pitch, naskh)
		high, low := math.Inf(1), math.Inf(-1)
		for _, shown := range d.visible {
			for _, g := range shown.line.Glyphs {
				require.Equal(t, "Noto Nastaliq Urdu", g.Face.Describe().Family)
				e, _ := g.Face.GlyphExtents(g.ID)
				em := float64(g.Size) / float64(g.Face.Upem())
				top := d.painter.metrics.baseline + float64(g.Y) - float64(e.YBearing)*em
				high, low = min(high, top), max(low, top-float64(e.Height)*em)
			}
		}
		m := &d.painter.metrics
		assert.Greater(t, high, float64(m.boxTop)-2, "under the chips")
		assert.Less(t, low, min(m.pitch, float64(m.boxBottom)+3), "over the chips of nested spans")
	}
}
