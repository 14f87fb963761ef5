package glyph

import (
	"bytes"
	"image"
	"os"
	"testing"

	fynetheme "fyne.io/fyne/v2/theme"
	"github.com/go-text/typesetting/font"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func glyphOf(t *testing.T, raw []byte, r rune) (*font.Face, font.GID) {
	t.Helper()
	face, err := font.ParseTTF(bytes.NewReader(raw))
	require.NoError(t, err)
	id, ok := face.NominalGlyph(r)
	require.True(t, ok)
	return face, id
}

// TestBitmapsOfEmojiTakeTheSpaceTheirFontSays relies on what Noto Color Emoji has:
// bitmaps of 136 by 128 dots for 109 pixels per em, 101 of them above the baseline.
func TestBitmapsOfEmojiTakeTheSpaceTheirFontSays(t *testing.T) {
	raw, err := os.ReadFile("/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf")
	if err != nil {
		t.Skip("fonts-noto-color-emoji is not installed")
	}
	face, id := glyphOf(t, raw, '😀')
	c := NewCache()
	for size, want := range map[float32]image.Rectangle{
		109: image.Rect(0, -101, 136, 27),
		16:  image.Rect(0, -15, 20, 4),
		32:  image.Rect(0, -30, 40, 8),
	} {
		for phase, shift := range []int{0, 0, 1, 1} {
			g := c.get(key{face, id, size, uint8(phase)})
			assert.Equal(t, want.Add(image.Pt(shift, 0)), g.picture.Rect.Add(g.at), "%v, %d quarters of a pixel further", size, phase)
		}
	}
}

// TestSVGEmojiLieInTheirViewBox relies on what the toolkit's font has: view boxes of
// 64 units an em that begin 54.4 units above the baseline.
func TestSVGEmojiLieInTheirViewBox(t *testing.T) {
	c := NewCache()
	for _, r := range "😀👍⌚🌊❤☎✌🚀" {
		face, id := glyphOf(t, fynetheme.DefaultEmojiFont().Content(), r)
		for _, size := range []float32{10, 16, 64, 96} {
			g := c.get(key{face, id, size, 0})
			require.NotNil(t, g.picture, "%c", r)
			em := float64(size)
			space := image.Rect(-1, int(-54.4/64*em)-2, int(em)+2, int(9.6/64*em)+2)
			assert.True(t, g.picture.Rect.Add(g.at).In(space), "%c at %v: %v", r, size, g.picture.Rect.Add(g.at))
			assert.Greater(t, float64(g.picture.Rect.Dy()), 0.7*em, "%c fills its em", r)
		}
	}
}

func TestBitmapsWithoutColourAreInkedDots(t *testing.T) {
	dots := bits(font.GlyphBitmap{Data: []byte{0b10101100, 0b01000000}, Format: font.BlackAndWhite, Width: 5, Height: 2})
	assert.Equal(t, []uint8{0xff, 0, 0xff, 0, 0xff, 0xff, 0, 0, 0, 0xff}, dots.Pix)
}
