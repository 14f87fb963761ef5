package panel

import (
	"strings"

	"fyne.io/fyne/v2"
	"github.com/rivo/uniseg"

	"spanwright/app/lettering"
)

// Text sizes, in toolkit units.
const (
	titleSize   = 17
	textSize    = 13
	smallSize   = 12
	headingSize = 11
)

const ellipsis = "…"

// style is how text is measured and drawn.
type style struct {
	size float32
	fyne.TextStyle
}

func (s style) width(text string) float32 {
	return lettering.Width(text, s.set())
}

// set returns the style that text is set in.
func (s style) set() lettering.Style { return lettering.Style{Size: s.size, TextStyle: s.TextStyle} }

// newText returns an empty text of that style; again is called when a font that it
// waits for has come.
func (s style) newText(again func()) *lettering.Text { return lettering.New(s.set(), again) }

// lineHeight leaves as much room between lines as the eye needs to keep them apart.
func (s style) lineHeight() float32 { return float32(int(s.size*1.42 + 0.5)) }

// fit returns text, or its longest beginning with an ellipsis that is no wider than width.
func (s style) fit(text string, width float32) string { return lettering.Fit(text, s.set(), width) }

// fitMiddle is fit, but keeps the end too: names of one corpus often differ only there.
func (s style) fitMiddle(text string, width float32) string {
	return lettering.FitMiddle(text, s.set(), width)
}

// wrap breaks text into lines no wider than width: where it has line breaks, else at
// blanks, and a word wider than that, or a text without blanks, where its script allows
// (UAX #14), in need between any two characters. With limit above zero the last of that
// many lines ends in an ellipsis if more follows.
func (s style) wrap(text string, width float32, limit int) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		if limit > 0 && len(lines) == limit {
			lines[limit-1] = s.fit(strings.TrimSuffix(lines[limit-1], ellipsis)+ellipsis, width)
			break
		}
		lines = append(lines, s.wrapParagraph(paragraph, width, max(0, limit-len(lines)))...)
	}
	return lines
}

// wrapParagraph wraps text without line breaks. Words are measured one by one: the
// toolkit remembers the width of a word, which comes again, but a line seldom does.
func (s style) wrapParagraph(text string, width float32, limit int) []string {
	var lines []string
	line, used := "", float32(0)
	blank := s.width(" ")
	words := s.words(text, width)
	for i, w := range words {
		gap := blank
		if w.joined {
			gap = 0
		}
		if line == "" || used+gap+w.width <= width {
			if line != "" && !w.joined {
				line += " "
				used += blank
			}
			line += w.text
			used += w.width
			continue
		}
		if limit > 0 && len(lines) == limit-1 {
			for _, next := range words[i:min(i+4, len(words))] {
				if !next.joined {
					line += " "
				}
				line += next.text
			}
			return append(lines, s.fit(line+ellipsis, width))
		}
		lines = append(lines, line)
		line, used = w.text, w.width
	}
	return append(lines, line)
}

// word is what is never broken when text is wrapped.
type word struct {
	text   string
	width  float32
	joined bool // no blank stands before it
}

// words cuts text at its blanks, and what is still wider than width where its script
// allows, or between characters.
func (s style) words(text string, width float32) []word {
	var found []word
	for _, whole := range strings.Fields(text) {
		if wide := s.width(whole); wide <= width {
			found = append(found, word{text: whole, width: wide})
			continue
		}
		begun := len(found)
		for rest, state := whole, -1; rest != ""; {
			var part string
			part, rest, _, state = uniseg.FirstLineSegmentInString(rest, state)
			if wide := s.width(part); wide <= width {
				found = append(found, word{part, wide, true})
				continue
			}
			for clusters := uniseg.NewGraphemes(part); clusters.Next(); {
				found = append(found, word{clusters.Str(), s.width(clusters.Str()), true})
			}
		}
		found[begun].joined = false
	}
	return found
}
