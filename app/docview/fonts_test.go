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
	line := d.visible[0].line.Line
	d.pass()
	assert.False(t, d.fonts.Awaits())
	assert.Equal(t, before, d.Top(), "what stood at the top still does")
	assert.NotEqual(t, line, d.visible[0].line.Line)
	for _, shown := range d.visible {
		for _, g := range shown.line.Glyphs {
			assert.Zero(t, g.Missing)
		}
	}
	assert.False(t, d.awaiting, "nobody looks for fonts any more")
}
