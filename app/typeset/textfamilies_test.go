package typeset_test

import (
	"testing"

	"fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/typeset"
)

func families(t *testing.T, fonts *typeset.Fonts, text string) []string {
	t.Helper()
	var found []string
	for _, g := range measured(t, fonts, text).Glyphs {
		assert.Zero(t, g.Missing, text)
		if name := g.Face.Describe().Family; len(found) == 0 || found[len(found)-1] != name {
			found = append(found, name)
		}
	}
	return found
}

func TestAChosenFamilyComesFirst(t *testing.T) {
	fonts := installed(t, naskh)
	serif := fonts.WithFamily("Noto Serif")
	assert.Equal(t, []string{"Noto Serif"}, families(t, serif, "Claim — “Źródło”, ’tis"))
	assert.Equal(t, []string{"Noto Naskh Arabic"}, families(t, serif, "سلام"), "what it lacks comes from elsewhere")
	assert.Equal(t, []string{"Noto Serif Khmer"}, families(t, fonts.WithFamily("Noto Serif Khmer"), "ខ្មែរ"))
	assert.Equal(t, []string{"Noto Sans"}, families(t, fonts, "Claim"), "the fonts it was made of stay as they are")
	assert.Equal(t, []string{"Noto Sans"}, families(t, fonts.WithFamily("No Such Family"), "Claim"))
}

func TestAFamilyThatCannotBeUsedIsNamed(t *testing.T) {
	fonts := typeset.FindInstalled()
	err := fonts.Check("No Such Family")
	assert.Equal(t, annotate.NotFound, annotate.KindOf(err))
	assert.ErrorContains(t, err, "No Such Family")
}

func TestFamiliesForRunningTextAreOffered(t *testing.T) {
	installed(t, naskh)
	in := typeset.FindInstalled()
	offered := in.Families()
	assert.Subset(t, offered, []string{"Noto Naskh Arabic", "Noto Sans Devanagari", "Noto Serif", "Noto Serif Khmer", "Noto Sans Thai"})
	for _, other := range []string{"Noto Color Emoji", "Noto Sans Symbols", "Noto Sans Math", "Noto Music", "Noto Sans Cuneiform", "D050000L"} {
		assert.NotContains(t, offered, other)
	}
	for _, family := range offered {
		require.NoError(t, in.Check(family))
	}
	_, err := in.Fonts(theme.DefaultTextFont().Content())
	require.NoError(t, err)
}
