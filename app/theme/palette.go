package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Readable is the least contrast ratio between text and its ground (WCAG 2.1, § 1.4.3, level AA).
const Readable = 4.5

// Visible is the least contrast ratio between a sign and its ground (WCAG 2.1, § 1.4.11).
const Visible = 3.0

// Palette holds the colours of one variant. All but Selection and Hover are opaque.
type Palette struct {
	Dark bool
	Bg   color.NRGBA // window ground, bars
	Pane color.NRGBA // ground of the document and the side panes
	// Raised is the ground of what lies over the panes: dialogs and menus.
	Raised color.NRGBA
	Ink    color.NRGBA // text
	Dim    color.NRGBA // secondary text
	Line   color.NRGBA // separators
	Edge   color.NRGBA // borders of what can be pressed or typed in
	Sel    color.NRGBA // selected text's ground, as seen on Pane
	Focus  color.NRGBA // the one accent: focus, relations, links
	Good   color.NRGBA // saved, done
	Bad    color.NRGBA // errors, violations
	// Selection lies over text as Sel would lie under it.
	Selection color.NRGBA
	// Hover lies over what the pointer is on.
	Hover color.NRGBA
	// OnFocus is text on Focus.
	OnFocus color.NRGBA

	chipDark, chipLight color.NRGBA // the two inks chips choose from
}

var light = Palette{
	Bg: Hex("#f6f6f4"), Pane: Hex("#ffffff"), Raised: Hex("#ffffff"), Ink: Hex("#1d1f23"), Dim: Hex("#666b72"), Line: Hex("#e3e3df"), Edge: Hex("#c4c5c1"),
	Sel: Hex("#cfe3ff"), Focus: Hex("#1f6feb"), Good: Hex("#007a59"), Bad: Hex("#c22f1d"),
	Selection: Alpha(Hex("#1f6feb"), 0.22), Hover: Alpha(Hex("#1d1f23"), 0.06), OnFocus: Hex("#ffffff"),
	chipDark: Hex("#1d1f23"), chipLight: Hex("#ffffff"),
}

var dark = Palette{
	Dark: true,
	Bg:   Hex("#1b1d21"), Pane: Hex("#222529"), Raised: Hex("#2d3137"), Ink: Hex("#e8e8e6"), Dim: Hex("#9aa0a8"), Line: Hex("#33373d"), Edge: Hex("#5a616a"),
	Sel: Hex("#27456f"), Focus: Hex("#6ea8ff"), Good: Hex("#3cc79b"), Bad: Hex("#ff8a75"),
	Selection: Alpha(Hex("#4d8ff0"), 0.30), Hover: Alpha(Hex("#ffffff"), 0.08), OnFocus: Hex("#16181b"),
	chipDark: Hex("#16181b"), chipLight: Hex("#ffffff"),
}

// Of returns the palette of a variant.
func Of(variant fyne.ThemeVariant) *Palette {
	if variant == theme.VariantDark {
		return &dark
	}
	return &light
}

// Label holds the colours that follow from a label's own in one variant.
type Label struct {
	Line     color.NRGBA // underlines, frames, swatches
	Tint     color.NRGBA // highlight under text, as seen on Pane
	Chip     color.NRGBA // fill of chips and buttons
	ChipText color.NRGBA // text on Chip
}

const (
	tintShare    = 0.22 // of the label's colour in a highlight
	nearlyWhite  = 3.2  // from this contrast on, a chip is darkened for white text rather than given dark text
	lineContrast = 4.5  // of a label's colour on the dark pane: as on text, and no more, so that dark colours stay darker than light ones
)

// Label derives a label's colours from its #rrggbb; text on them is Readable.
func (p *Palette) Label(hex string) Label {
	base := Hex(hex)
	if p.Dark {
		c := lighten(base, 0)
		for l := 0.0; Contrast(c, p.Pane) < lineContrast && l < 1; l += 0.01 {
			c = lighten(base, l)
		}
		return Label{Line: c, Tint: p.Tint(p.Pane, c), Chip: c, ChipText: p.chipDark}
	}
	chip, text := base, p.chipLight
	if Contrast(base, text) < nearlyWhite {
		text = p.chipDark
	}
	for Contrast(chip, text) < Readable {
		if text == p.chipDark {
			chip = Mix(chip, p.chipLight, 0.04)
		} else {
			chip = Mix(chip, p.chipDark, 0.04)
		}
	}
	return Label{Line: chip, Tint: p.Tint(p.Pane, base), Chip: chip, ChipText: text}
}

// Tint returns a label's colour laid thinly on ground, which may be another
// tint; ink on it stays Readable, selected or not, however many are laid on one another.
func (p *Palette) Tint(ground, c color.NRGBA) color.NRGBA {
	tint := Mix(ground, c, tintShare)
	selected := Over(p.Selection, p.Ink)
	for Contrast(tint, p.Ink) < Readable || Contrast(Over(p.Selection, tint), selected) < Readable {
		tint = Mix(tint, p.Pane, 0.1)
	}
	return tint
}

// Quiet returns the colour of signs that stay behind the text on ground, the pane
// or a tint: Dim, or as much nearer to Ink as it takes to be Visible, selected or not.
func (p *Palette) Quiet(ground color.NRGBA) color.NRGBA {
	selected := Over(p.Selection, ground)
	for share := 0.0; share < 1; share += 0.1 {
		c := Mix(p.Dim, p.Ink, share)
		if Contrast(c, ground) >= Visible && Contrast(Over(p.Selection, c), selected) >= Visible {
			return c
		}
	}
	return p.Ink
}
