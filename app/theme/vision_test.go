package theme_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"spanwright/annotate"
	"spanwright/app/theme"
)

// The wanted values are those that Chrome's emulation of vision deficiencies, which
// uses the matrices of Machado et al. (2009), gives for the corners of the RGB cube.
func TestColoursAreSeenAsMachadoModelsIt(t *testing.T) {
	corners := []string{"#ff0000", "#ffff00", "#00ff00", "#00ffff", "#0000ff", "#ff00ff", "#000000", "#ffffff"}
	for vision, want := range map[theme.Vision][][3]int{
		theme.Protanopia:   {{109, 95, 0}, {255, 244, 0}, {255, 229, 0}, {237, 242, 255}, {0, 88, 255}, {0, 128, 255}, {0, 0, 0}, {255, 255, 255}},
		theme.Deuteranopia: {{163, 144, 0}, {255, 250, 50}, {239, 214, 59}, {208, 221, 255}, {0, 61, 251}, {104, 155, 250}, {0, 0, 0}, {255, 255, 255}},
		theme.Tritanopia:   {{255, 0, 13}, {255, 238, 217}, {0, 247, 216}, {0, 255, 255}, {0, 108, 150}, {255, 75, 151}, {0, 0, 0}, {255, 255, 255}},
	} {
		for i, hex := range corners {
			seen := vision.See(theme.Hex(hex))
			for k, part := range []uint8{seen.R, seen.G, seen.B} {
				assert.InDelta(t, want[i][k], int(part), 2, "%s of %s in %s", "rgb"[k:k+1], hex, vision)
			}
			assert.Equal(t, theme.Hex(hex), theme.Trichromacy.See(theme.Hex(hex)))
		}
	}
}

// The palette's first six are Okabe and Ito's, made to be told apart by everybody; the
// next two join them in the default scheme.
func TestTheUsualColoursAreApartForEverybody(t *testing.T) {
	for name, variant := range variants {
		p := theme.Of(variant)
		for i, a := range annotate.Palette[:8] {
			for _, b := range annotate.Palette[i+1 : 8] {
				assert.Empty(t, p.Confusable(a, b), "%s: %s and %s", name, a, b)
			}
		}
	}
}

// Chrome shows #ff0000 as rgb(163, 144, 0) to people with deuteranopia.
func TestRedAndItsImageAreAlikeWithoutTheConesForThem(t *testing.T) {
	red, image := theme.Hex("#ff0000"), theme.Hex("#a39000")
	assert.Less(t, theme.Difference(red, image, theme.Deuteranopia), theme.Apart)
	assert.Greater(t, theme.Difference(red, image, theme.Trichromacy), 5*theme.Apart)
	assert.Equal(t, theme.Visions, theme.Of(variants["light"]).Confusable("#0072b2", "#0072b2"), "the same colour is alike for all")
}

// Ratios by the WebAIM contrast checker.
func TestReadingsAreContrastsOfWhatIsDrawn(t *testing.T) {
	light := theme.Of(variants["light"]).Readings("#ffff00")
	assert.InDelta(t, 1.07, light[2].Ratio, 0.01, "yellow lines on white")
	assert.False(t, light[2].Passes())
	assert.True(t, light[0].Passes())
	assert.InDelta(t, 5.19, theme.Of(variants["light"]).Readings("#0072b2")[1].Ratio, 0.01, "white on Okabe and Ito's blue")
}
