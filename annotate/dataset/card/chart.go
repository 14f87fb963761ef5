package card

import (
	"bytes"
	"cmp"
	"fmt"
	"html"
	"strconv"

	"golang.org/x/text/width"

	"spanwright/annotate"
)

// Sizes of a chart, in pixels.
const (
	chartWidth  = 760
	rowHeight   = 22
	barHeight   = 14
	chartMargin = 16
	advance     = 7.2 // of a character at 12 px
	widestName  = 240
	valueWidth  = 70
	rowsDrawn   = 60 // of a kind; the README has all
)

// neutral is the colour of what has none in the scheme.
const neutral = "#7f7f7f"

// chart draws how often each label of some kinds occurs: a bar each, in it the parts one after another.
func (c *Card) chart(kinds ...Kind) []byte {
	names, most := 0.0, 1
	for _, kind := range kinds {
		for _, s := range c.drawn(kind) {
			names = max(names, textWidth(s.called()))
			_, total := c.count(s)
			most = max(most, total)
		}
	}
	names = min(names, widestName)
	left := chartMargin + names + 10
	room := chartWidth - left - valueWidth - chartMargin
	var rows bytes.Buffer
	y := float64(chartMargin)
	c.legend(&rows, y)
	y += rowHeight + 6
	for _, kind := range kinds {
		subjects := c.drawn(kind)
		if len(subjects) == 0 {
			continue
		}
		fmt.Fprintf(&rows, `<text x="%d" y="%s" font-weight="bold">%s</text>`+"\n", chartMargin, number(y+15), kind)
		y += rowHeight
		for _, s := range subjects {
			parts, total := c.count(s)
			fmt.Fprintf(&rows, `<text x="%s" y="%s" text-anchor="end">%s</text>`+"\n", number(left-10), number(y+15), html.EscapeString(clipped(s.called(), names)))
			x := left
			for i, n := range parts {
				w := room * float64(n) / float64(most)
				if n > 0 {
					fmt.Fprintf(&rows, `<rect x="%s" y="%s" width="%s" height="%d" fill="%s" fill-opacity="%s"><title>%s: %d</title></rect>`+"\n",
						number(x), number(y+4), number(max(w-1, 0.5)), barHeight, c.color(s), opacity(i), html.EscapeString(c.Parts[i].Name), n)
				}
				x += w
			}
			fmt.Fprintf(&rows, `<text x="%s" y="%s">%d</text>`+"\n", number(x+6), number(y+15), total)
			y += rowHeight
		}
		if more := len(c.subjects(kind)) - len(subjects); more > 0 {
			fmt.Fprintf(&rows, `<text x="%s" y="%s">and %d more</text>`+"\n", number(left), number(y+15), more)
			y += rowHeight
		}
		y += 8
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%s" viewBox="0 0 %d %s" font-family="sans-serif" font-size="12" fill="#222222">`+"\n",
		chartWidth, number(y+chartMargin), chartWidth, number(y+chartMargin))
	fmt.Fprintf(&b, `<rect width="100%%" height="100%%" fill="#ffffff"/>`+"\n")
	b.Write(rows.Bytes())
	b.WriteString("</svg>\n")
	return b.Bytes()
}

// drawn returns what of a kind has a bar.
func (c *Card) drawn(kind Kind) []Subject {
	all := c.subjects(kind)
	return all[:min(len(all), rowsDrawn)]
}

// legend names the parts.
func (c *Card) legend(b *bytes.Buffer, y float64) {
	x := float64(chartMargin)
	for i, p := range c.Parts {
		fmt.Fprintf(b, `<rect x="%s" y="%s" width="14" height="14" fill="%s" fill-opacity="%s"/>`+"\n", number(x), number(y+2), neutral, opacity(i))
		fmt.Fprintf(b, `<text x="%s" y="%s">%s</text>`+"\n", number(x+20), number(y+13), html.EscapeString(p.Name))
		if x += 20 + textWidth(p.Name) + 24; x > chartWidth-100 {
			return
		}
	}
}

// opacity tells the parts apart.
func opacity(part int) string {
	return []string{"1", "0.6", "0.3", "0.8", "0.45", "0.2"}[part%6]
}

// called names a subject.
func (s Subject) called() string {
	if s.Value == "" {
		return s.Label
	}
	return s.Label + ": " + s.Value
}

// color returns the scheme's colour of a label, as #rrggbb.
func (c *Card) color(s Subject) string {
	color := ""
	if l := c.Scheme.Span(s.Label); l != nil && s.Kind == Spans {
		color = l.Color
	}
	if l := c.Scheme.Relation(s.Label); l != nil && s.Kind == Relations {
		color = l.Color
	}
	return cmp.Or(color, neutral)
}

// textWidth estimates the width of text, in which wide characters have two places.
func textWidth(text string) float64 {
	places := 0
	for _, r := range text {
		places++
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			places++
		}
	}
	return float64(float64(places) * advance)
}

// clipped returns as much of text as fits.
func clipped(text string, w float64) string {
	short := text
	for n := len([]rune(text)); textWidth(short) > w && n > 1; n-- {
		short = annotate.Excerpt(text, n-1)
	}
	return short
}

// number writes a size with one decimal.
func number(x float64) string { return strconv.FormatFloat(x, 'f', 1, 64) }
