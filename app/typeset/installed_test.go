package typeset_test

import (
	"os"
	"testing"
	"time"

	"fyne.io/fyne/v2/theme"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"spanwright/annotate"
	"spanwright/app/typeset"
)

// installed returns the fonts of this computer behind the toolkit's own, or skips
// the test where the file named is not among them.
func installed(t testing.TB, file string) *typeset.Fonts {
	t.Helper()
	if _, err := os.Stat("/usr/share/fonts/" + file); err != nil {
		t.Skip(file + " is not installed")
	}
	fonts, err := typeset.FindInstalled().Fonts(theme.DefaultTextFont().Content(), theme.DefaultEmojiFont().Content())
	require.NoError(t, err)
	return fonts
}

const naskh = "truetype/noto/NotoNaskhArabic-Regular.ttf"

// arrive waits until every font that was asked for is there.
func arrive(t testing.TB, fonts *typeset.Fonts) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !fonts.Renew(); {
		require.True(t, time.Now().Before(deadline), "the fonts never came")
	}
}

// measured sets text on one line once its fonts are there.
func measured(t testing.TB, fonts *typeset.Fonts, text string) *typeset.Line {
	t.Helper()
	line := typeset.Measure(fonts, text, 16)
	for fonts.Awaits() {
		arrive(t, fonts)
		line = typeset.Measure(fonts, text, 16)
	}
	return line
}

func TestTextIsBlankUntilItsFontIsRead(t *testing.T) {
	fonts := installed(t, naskh)
	assert.Len(t, typeset.Measure(fonts, "Claim", 16).Glyphs, 5)
	assert.False(t, fonts.Awaits(), "the given fonts have that")
	assert.False(t, fonts.Renew())

	line := typeset.Measure(fonts, "a س", 16)
	require.True(t, fonts.Awaits())
	require.Len(t, line.Glyphs, 2, "only the Latin part shows, and no box")
	last := line.Clusters[2]
	assert.Greater(t, last.Width, 5.0, "room is kept")
	line = measured(t, fonts, "a سلام")
	assert.Equal(t, "Noto Naskh Arabic", line.Glyphs[2].Face.Describe().Family)
	assert.False(t, fonts.Awaits())
}

func TestLayoutIsRenewedWhereAFontWasMissing(t *testing.T) {
	fonts := installed(t, naskh)
	text := "Nobody saw it.\n" + "انہوں نے کہا کہ جھیل کا پانی کسی نے نہیں دیکھا اور نہ ہی کوئی بات ہوئی تھی\n" + "So they said.\n"
	l := typeset.NewLayout(annotate.NewBody(text), fonts, style)
	all(l)
	first, last := l.LineOf(0).Line, l.LineOf(len(text)-5).Line
	require.True(t, fonts.Awaits())
	arrive(t, fonts)
	l.Renew()
	want := typeset.NewLayout(annotate.NewBody(text), fonts, style)
	got, expected := all(l), all(want)
	require.False(t, fonts.Awaits())
	require.Len(t, got, len(expected))
	for i := range got {
		assert.Equal(t, expected[i], got[i])
	}
	assert.InDelta(t, want.Height(), l.Height(), 1e-9)
	assert.Same(t, first, l.LineOf(0).Line, "what lacked nothing is not laid out again")
	assert.Same(t, last, l.LineOf(len(text)-5).Line)
}

func TestFontsThatFewComputersHaveAreNotWaitedForTwice(t *testing.T) {
	fonts := installed(t, naskh)
	const unassigned = "\U0002FE10"
	line := measured(t, fonts, unassigned)
	require.Len(t, line.Glyphs, 1)
	assert.Equal(t, '\U0002FE10', line.Glyphs[0].Missing)
	typeset.Measure(fonts, unassigned, 16)
	assert.False(t, fonts.Awaits())
}

func TestInstalledFontsAreChosenByScript(t *testing.T) {
	fonts := installed(t, naskh)
	for text, family := range map[string]string{
		"Claim": "Noto Sans", "سلام": "Noto Naskh Arabic", "नमस्ते": "Noto Sans Devanagari", "שלום": "Noto Sans Hebrew",
	} {
		for _, g := range measured(t, fonts, text).Glyphs {
			assert.Equal(t, family, g.Face.Describe().Family, text)
			assert.Zero(t, g.Missing, text)
		}
	}
}
