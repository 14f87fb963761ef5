package docview

import (
	"os"
	"strings"
	"testing"

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
