package report

import (
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Picture is a chart as shapes, which are written as SVG or painted as PNG. Lengths are
// those of a page of which 96 are an inch; y grows downwards.
type Picture struct {
	Title         string // said to whoever does not see it
	Width, Height float64
	shapes        []shape
}

// shape is a rectangle, a line or a text.
type shape struct {
	kind       shapeKind
	x, y, w, h float64 // of a line: from x, y to x+w, y+h; of a text: where its baseline begins, or ends
	paint      paint
	share      float64 // of the paint, the rest is what lies below
	text       string
	size       float64
	anchor     anchor
}

type shapeKind int

const (
	boxShape shapeKind = iota
	lineShape
	dotShape
	textShape
)

// anchor says which point of a text stands at its x.
type anchor string

const (
	atStart  anchor = "start"
	atMiddle anchor = "middle"
	atEnd    anchor = "end"
)

// paint is what a shape is filled or drawn with, by its meaning.
type paint string

const (
	ground paint = "ground"
	ink    paint = "ink"
	dim    paint = "dim"
	rule   paint = "rule"
	accent paint = "accent"
)

// series are the paints of things that stand beside one another, apart for colour-blind
// eyes (Okabe & Ito 2008); the first is accent.
var series = []paint{accent, "series1", "series2", "series3", "series4", "series5"}

// light and dark are the colours of a page.
var (
	light = map[paint]string{
		ground: "#ffffff", ink: "#1c1c1a", dim: "#5d5d58", rule: "#d6d6d0", accent: "#0072b2",
		"series1": "#e69f00", "series2": "#009e73", "series3": "#cc79a7", "series4": "#56b4e9", "series5": "#d55e00",
	}
	dark = map[paint]string{
		ground: "#1b1b1a", ink: "#ececE6", dim: "#a5a59e", rule: "#43433f", accent: "#4aa3df",
		"series1": "#e69f00", "series2": "#22b98c", "series3": "#d98fb9", "series4": "#7cc6ef", "series5": "#e0733a",
	}
)

func (p *Picture) box(x, y, w, h float64, c paint, share float64) {
	p.shapes = append(p.shapes, shape{kind: boxShape, x: x, y: y, w: w, h: h, paint: c, share: share})
}

func (p *Picture) line(x1, y1, x2, y2 float64, c paint) {
	p.shapes = append(p.shapes, shape{kind: lineShape, x: x1, y: y1, w: x2 - x1, h: y2 - y1, paint: c, share: 1})
}

func (p *Picture) dot(x, y float64, c paint) {
	p.shapes = append(p.shapes, shape{kind: dotShape, x: x, y: y, w: dotRadius, h: dotRadius, paint: c, share: 1})
}

func (p *Picture) write(x, y float64, text string, a anchor, c paint) {
	p.shapes = append(p.shapes, shape{kind: textShape, x: x, y: y, text: text, size: textSize, anchor: a, paint: c, share: 1})
}

const (
	textSize  = 12
	dotRadius = 3.5
)

// SVG writes the picture as a file of its own, on a light ground.
func (p *Picture) SVG(w io.Writer) error {
	_, err := io.WriteString(w, `<?xml version="1.0" encoding="UTF-8"?>`+"\n"+p.svg(func(c paint) string { return light[c] }, true))
	return err
}

// inline returns the picture as a part of an HTML page that has the colours.
func (p *Picture) inline() string {
	return p.svg(func(c paint) string { return "var(--" + string(c) + ")" }, false)
}

func (p *Picture) svg(colour func(paint) string, whole bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 %s %s" role="img" font-family="system-ui, sans-serif">`+"\n",
		number(p.Width), number(p.Height), number(p.Width), number(p.Height))
	fmt.Fprintf(&b, "<title>%s</title>\n", escape(p.Title))
	if whole {
		fmt.Fprintf(&b, `<rect width="%s" height="%s" fill="%s"/>`+"\n", number(p.Width), number(p.Height), colour(ground))
	}
	for _, s := range p.shapes {
		switch s.kind {
		case boxShape:
			fmt.Fprintf(&b, `<rect x="%s" y="%s" width="%s" height="%s" fill="%s" fill-opacity="%s"/>`+"\n",
				number(s.x), number(s.y), number(s.w), number(s.h), colour(s.paint), number(s.share))
		case lineShape:
			fmt.Fprintf(&b, `<line x1="%s" y1="%s" x2="%s" y2="%s" stroke="%s"/>`+"\n",
				number(s.x), number(s.y), number(s.x+s.w), number(s.y+s.h), colour(s.paint))
		case dotShape:
			fmt.Fprintf(&b, `<circle cx="%s" cy="%s" r="%s" fill="%s"/>`+"\n", number(s.x), number(s.y), number(s.w), colour(s.paint))
		case textShape:
			fmt.Fprintf(&b, `<text x="%s" y="%s" font-size="%s" text-anchor="%s" fill="%s">%s</text>`+"\n",
				number(s.x), number(s.y), number(s.size), s.anchor, colour(s.paint), escape(isolated(s.text)))
		}
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// isolated keeps a name that is read from the right from turning where its text is anchored:
// the text as a whole is read from the left.
func isolated(text string) string { return "\u2068" + text + "\u2069" }

func number(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// escape writes text for XML and HTML.
func escape(text string) string {
	var b strings.Builder
	if err := xml.EscapeText(&b, []byte(text)); err != nil {
		return ""
	}
	return b.String()
}
