package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Mode says whether the variant follows the desktop or is chosen.
type Mode int

// The modes.
const (
	System Mode = iota
	Light
	Dark
)

// Theme is the toolkit theme made of a palette, with calm and compact sizes.
// Icons are the toolkit's own.
type Theme struct {
	mode Mode
	base fyne.Theme
}

var _ fyne.Theme = (*Theme)(nil)

// New returns the theme of a mode.
func New(mode Mode) *Theme {
	return &Theme{mode: mode, base: theme.DefaultTheme()}
}

// Variant returns the variant shown when the desktop's is system.
func (t *Theme) Variant(system fyne.ThemeVariant) fyne.ThemeVariant {
	switch t.mode {
	case Light:
		return theme.VariantLight
	case Dark:
		return theme.VariantDark
	}
	return system
}

// Palette returns the colours shown when the desktop's variant is system.
func (t *Theme) Palette(system fyne.ThemeVariant) *Palette { return Of(t.Variant(system)) }

// colors gives each of the toolkit's colour names its place in a palette.
var colors = map[fyne.ThemeColorName]func(*Palette) color.NRGBA{
	theme.ColorNameBackground:          func(p *Palette) color.NRGBA { return p.Bg },
	theme.ColorNameButton:              func(p *Palette) color.NRGBA { return Mix(p.Bg, p.Ink, 0.05) },
	theme.ColorNameDisabledButton:      func(p *Palette) color.NRGBA { return Mix(p.Pane, p.Ink, 0.05) },
	theme.ColorNameDisabled:            func(p *Palette) color.NRGBA { return p.Dim }, // what says less in a list, too
	theme.ColorNameError:               func(p *Palette) color.NRGBA { return p.Bad },
	theme.ColorNameFocus:               func(p *Palette) color.NRGBA { return Alpha(p.Focus, 0.25) },
	theme.ColorNameForegroundOnError:   func(p *Palette) color.NRGBA { return p.OnFocus },
	theme.ColorNameForegroundOnPrimary: func(p *Palette) color.NRGBA { return p.OnFocus },
	theme.ColorNameForegroundOnSuccess: func(p *Palette) color.NRGBA { return p.OnFocus },
	theme.ColorNameForegroundOnWarning: func(p *Palette) color.NRGBA { return p.chipDark },
	theme.ColorNameHeaderBackground:    func(p *Palette) color.NRGBA { return p.Bg },
	theme.ColorNameHover:               func(p *Palette) color.NRGBA { return p.Hover },
	theme.ColorNameHyperlink:           func(p *Palette) color.NRGBA { return p.Focus },
	theme.ColorNameInputBackground:     func(p *Palette) color.NRGBA { return p.Pane },
	theme.ColorNameInputBorder:         func(p *Palette) color.NRGBA { return p.Edge },
	theme.ColorNameMenuBackground:      func(p *Palette) color.NRGBA { return p.Raised },
	theme.ColorNameOverlayBackground:   func(p *Palette) color.NRGBA { return p.Raised },
	theme.ColorNamePlaceHolder:         func(p *Palette) color.NRGBA { return p.Dim },
	theme.ColorNamePressed:             func(p *Palette) color.NRGBA { return Alpha(p.Ink, 0.12) },
	theme.ColorNamePrimary:             func(p *Palette) color.NRGBA { return p.Focus },
	theme.ColorNameScrollBar:           func(p *Palette) color.NRGBA { return Alpha(p.Ink, 0.28) },
	theme.ColorNameScrollBarBackground: func(p *Palette) color.NRGBA { return Alpha(p.Ink, 0) },
	theme.ColorNameSelection:           func(p *Palette) color.NRGBA { return p.Sel },
	theme.ColorNameSeparator:           func(p *Palette) color.NRGBA { return p.Line },
	theme.ColorNameShadow:              func(p *Palette) color.NRGBA { return Alpha(p.chipDark, 0.16) },
	theme.ColorNameSuccess:             func(p *Palette) color.NRGBA { return p.Good },
	theme.ColorNameWarning:             func(*Palette) color.NRGBA { return Hex("#e69f00") },
}

// Color returns the colour of that name; names the palette does not know are the toolkit's.
func (t *Theme) Color(name fyne.ThemeColorName, system fyne.ThemeVariant) color.Color {
	variant := t.Variant(system)
	if name == theme.ColorNameForeground {
		return ink(Of(variant).Ink)
	}
	if pick, known := colors[name]; known {
		return pick(Of(variant))
	}
	return t.base.Color(name, variant)
}

// ink is an opaque colour that the toolkit makes readable keys in menus of: it takes
// the low byte of 0.95 times the 16 bits of its opacity, which for 0xffff is a fifth.
type ink color.NRGBA

// RGBA returns an opacity that is whole in 8 bits, and 66 % in a menu.
func (c ink) RGBA() (r, g, b, a uint32) {
	r, g, b, _ = color.NRGBA(c).RGBA()
	return r, g, b, 0xff6e
}

// sizes holds the sizes, in toolkit units, that differ from the toolkit's own.
var sizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNameText:               13,
	theme.SizeNameCaptionText:        11,
	theme.SizeNameHeadingText:        20,
	theme.SizeNameSubHeadingText:     16,
	theme.SizeNamePadding:            3,
	theme.SizeNameInnerPadding:       6,
	theme.SizeNameLineSpacing:        3,
	theme.SizeNameInlineIcon:         17,
	theme.SizeNameScrollBar:          10,
	theme.SizeNameScrollBarSmall:     3,
	theme.SizeNameInputRadius:        6,
	theme.SizeNameSelectionRadius:    4,
	theme.SizeNameInputBorder:        1,
	theme.SizeNameSeparatorThickness: 1,
}

// Size returns the size of that name in toolkit units.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	if s, known := sizes[name]; known {
		return s
	}
	return t.base.Size(name)
}

// Font returns the toolkit's bundled font of that style.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource { return t.base.Font(style) }

// Icon returns the toolkit's icon of that name.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource { return t.base.Icon(name) }
