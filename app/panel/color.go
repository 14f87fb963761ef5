package panel

import (
	"image/color"

	"fyne.io/fyne/v2"

	"spanwright/app/theme"
)

// palette returns the colours of the theme shown now.
func palette() *theme.Palette {
	settings := fyne.CurrentApp().Settings()
	if t, ours := settings.Theme().(*theme.Theme); ours {
		return t.Palette(settings.ThemeVariant())
	}
	return theme.Of(settings.ThemeVariant())
}

// tone is a colour by what it means, so that it follows the theme.
type tone func(*theme.Palette) color.NRGBA

func inkTone(p *theme.Palette) color.NRGBA   { return p.Ink }
func dimTone(p *theme.Palette) color.NRGBA   { return p.Dim }
func goodTone(p *theme.Palette) color.NRGBA  { return p.Good }
func badTone(p *theme.Palette) color.NRGBA   { return p.Bad }
func focusTone(p *theme.Palette) color.NRGBA { return p.Focus }
func paneTone(p *theme.Palette) color.NRGBA  { return p.Pane }
func barTone(p *theme.Palette) color.NRGBA   { return p.Bg }
func lineTone(p *theme.Palette) color.NRGBA  { return p.Line }
