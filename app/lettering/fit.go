package lettering

import "github.com/rivo/uniseg"

const ellipsis = "…"

// Fit returns text, or its longest beginning with an ellipsis that is no wider than width.
func Fit(text string, s Style, width float32) string {
	return shorten(text, s, width, func(starts []int, kept int) string { return text[:starts[kept]] + ellipsis })
}

// FitMiddle is [Fit], but keeps the end too: names of one corpus often differ only there.
func FitMiddle(text string, s Style, width float32) string {
	return shorten(text, s, width, func(starts []int, kept int) string {
		tail := kept / 3
		return text[:starts[kept-tail]] + ellipsis + text[starts[len(starts)-1-tail]:]
	})
}

// shorten returns text as keep makes it of as many grapheme clusters as fit; starts are
// where they begin, and the end.
func shorten(text string, s Style, width float32, keep func(starts []int, kept int) string) string {
	whole := Width(text, s)
	if whole <= width {
		return text
	}
	var starts []int
	for clusters := uniseg.NewGraphemes(text); clusters.Next(); {
		from, _ := clusters.Positions()
		starts = append(starts, from)
	}
	starts = append(starts, len(text))
	// Proportion is nearly right, and each measured text costs a shaping.
	n := len(starts) - 1
	kept := min(n-1, int(float32(n)*width/whole))
	for kept > 0 && Width(keep(starts, kept), s) > width {
		kept--
	}
	return keep(starts, max(kept, 0))
}
