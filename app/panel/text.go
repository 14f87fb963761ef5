package panel

import (
	"strings"

	"fyne.io/fyne/v2"
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
	return fyne.MeasureText(text, s.size, s.TextStyle).Width
}

// lineHeight leaves as much room between lines as the eye needs to keep them apart.
func (s style) lineHeight() float32 { return float32(int(s.size*1.42 + 0.5)) }

// fit returns text, or its longest beginning with an ellipsis that is no wider than width.
func (s style) fit(text string, width float32) string {
	return s.shorten(text, width, func(runes []rune, kept int) string { return string(runes[:kept]) + ellipsis })
}

// fitMiddle is fit, but keeps the end too: names of one corpus often differ only there.
func (s style) fitMiddle(text string, width float32) string {
	return s.shorten(text, width, func(runes []rune, kept int) string {
		tail := kept / 3
		return string(runes[:kept-tail]) + ellipsis + string(runes[len(runes)-tail:])
	})
}

func (s style) shorten(text string, width float32, keep func(runes []rune, kept int) string) string {
	whole := s.width(text)
	if whole <= width {
		return text
	}
	runes := []rune(text)
	// Proportion is nearly right, and each measured text costs a shaping.
	kept := min(len(runes)-1, int(float32(len(runes))*width/whole))
	for kept > 0 && s.width(keep(runes, kept)) > width {
		kept--
	}
	return keep(runes, max(kept, 0))
}

// wrap breaks text at blanks into lines no wider than width. With limit above
// zero the last of that many lines ends in an ellipsis if more follows. Words
// are measured one by one: the toolkit remembers the width of a word, which
// comes again, but a line seldom does.
func (s style) wrap(text string, width float32, limit int) []string {
	var lines []string
	line, used := "", float32(0)
	blank := s.width(" ")
	words := strings.Fields(text)
	for i, word := range words {
		wide := s.width(word)
		if line != "" && used+blank+wide <= width {
			line += " " + word
			used += blank + wide
			continue
		}
		if line != "" && limit > 0 && len(lines) == limit-1 {
			rest := strings.Join(words[i:min(i+4, len(words))], " ")
			return append(lines, s.fit(line+" "+rest+ellipsis, width))
		}
		if line != "" {
			lines = append(lines, line)
		}
		line, used = word, wide
		if wide > width { // a word wider than the column
			line, used = s.fit(word, width), width
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}
