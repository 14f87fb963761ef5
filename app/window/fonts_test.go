package window

import (
	"os"
	"testing"

	"fyne.io/fyne/v2"
	"github.com/stretchr/testify/require"
)

// needNoto skips a test where Debian's fonts-noto-core is not installed.
func needNoto(t *testing.T) {
	t.Helper()
	if _, err := os.Stat("/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf"); err != nil {
		t.Skip("fonts-noto-core is not installed")
	}
}

func (c *fontChooser) press(key fyne.KeyName) { c.entry.TypedKey(&fyne.KeyEvent{Name: key}) }

func TestTheTextFontIsPickedByNameAndRemembered(t *testing.T) {
	needNoto(t)
	b := newBench(t, article)
	c := b.showFonts()
	require.Equal(t, builtIn, fontTitle(c.shown[c.at]))
	b.until(func() bool { return len(c.families) > 20 })
	c.entry.SetText("serif noto")
	require.Equal(t, "Noto Serif", c.shown[c.at])
	c.press(fyne.KeyDown)
	require.NotEqual(t, "Noto Serif", c.shown[c.at])
	c.press(fyne.KeyUp)
	c.press(fyne.KeyReturn)
	require.Equal(t, "Noto Serif", b.settings.font())
	require.Equal(t, "Noto Serif", settings{p: b.app.Preferences()}.font())
	require.Nil(t, b.win.Canvas().Overlays().Top())
	require.Equal(t, fyne.Focusable(b.view), b.win.Canvas().Focused())

	again := b.showFonts()
	b.until(func() bool { return len(again.families) > 20 })
	require.Equal(t, "Noto Serif", again.shown[again.at], "the one in use is selected")
	again.entry.SetText("built")
	again.press(fyne.KeyReturn)
	require.Empty(t, b.settings.font())
}

func TestEscLeavesTheTextFontAlone(t *testing.T) {
	b := newBench(t, article)
	c := b.showFonts()
	c.entry.SetText("no font is called that")
	require.Empty(t, c.shown)
	c.press(fyne.KeyDown)
	c.press(fyne.KeyReturn)
	require.NotNil(t, b.win.Canvas().Overlays().Top(), "there is nothing to take")
	c.press(fyne.KeyEscape)
	require.Nil(t, b.win.Canvas().Overlays().Top())
	require.Empty(t, b.settings.font())
}

func TestAFontThatIsGoneIsReplacedAndNamed(t *testing.T) {
	b := newBench(t, article)
	b.setFont("Gone Grotesk")
	b.until(func() bool { return b.session.Message().Text != "" })
	require.Equal(t, "the font Gone Grotesk is not installed any more; the text is shown in the built-in one", b.session.Message().Text)
	require.Equal(t, "Gone Grotesk", b.settings.font(), "it may come back")
}

func TestNastaliqIsRefusedOnlyWhereNoFontHasIt(t *testing.T) {
	needNoto(t)
	b := newBench(t, article)
	b.toggleNastaliq()
	require.True(t, b.settings.nastaliq())
	require.Contains(t, b.session.Message().Text, "Nastaliq")
	b.toggleNastaliq()
	require.False(t, b.settings.nastaliq())
}
