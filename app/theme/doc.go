// Package theme says how Spanwright looks: the colours of its light and dark
// variants, the colours that follow from a label's own, and the toolkit theme
// made of them.
//
// It holds no widgets and never asks the toolkit which theme is current: callers
// choose a [Palette] and pass it on. Start with [Palette], then [Palette.Label].
package theme
