package glyph

import (
	"image"
	"image/color"
	"testing"

	fynetheme "fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/app/typeset"
)

func TestCacheIsBounded(t *testing.T) {
	fonts, err := typeset.NewFonts(fynetheme.DefaultTextFont().Content())
	require.NoError(t, err)
	line := typeset.Measure(fonts, "The quick brown fox jumps over the lazy dog, 1234567890 times; then HE RESTS & SLEEPS?", 32)
	c := NewCache()
	c.limit = 10_000
	draw := func() []byte {
		dst := image.NewRGBA(image.Rect(0, 0, 2000, 50))
		c.Draw(dst, line.Glyphs, 0, 35, color.NRGBA{A: 0xff})
		return dst.Pix
	}
	first := draw()
	for range 5 {
		assert.Equal(t, first, draw(), "what was dropped is drawn the same again")
		assert.Less(t, c.size, 20_000)
	}
}
