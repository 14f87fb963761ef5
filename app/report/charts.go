package report

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"spanwright/annotate"
	"spanwright/annotate/agreement"
)

// Places in a chart.
const (
	margin     = 12
	nameWidth  = 170 // of the names at the left
	nameLength = 24  // characters of a name that are shown
	rowHeight  = 22
	barHeight  = 14
	barRoom    = 420 // of the longest bar
	cell       = 46
)

// Matrix returns a picture of what annotators confuse; nil if nothing was compared. Cells
// are the darker the more of their row they hold. Columns have the numbers of the rows, so
// that names in any script are read from the left, not upwards.
func Matrix(c *agreement.Confusion) *Picture {
	labels, counts := c.Labels(), c.Counts()
	if len(labels) == 0 {
		return nil
	}
	n := float64(len(labels))
	p := &Picture{Title: confusionTitle(c), Width: 2*margin + nameWidth + n*cell, Height: 2*margin + 24 + n*cell}
	x0, y0 := float64(margin+nameWidth), float64(margin+24)
	for i, label := range labels {
		y := y0 + float64(i)*cell
		p.write(x0-8, y+cell/2+4, labelName(label)+" "+strconv.Itoa(i+1), atEnd, ink)
		p.write(x0+(float64(i)+0.5)*cell, y0-8, strconv.Itoa(i+1), atMiddle, ink)
		total := 0.0
		for _, n := range counts[i] {
			total += n
		}
		for j, n := range counts[i] {
			x := x0 + float64(j)*cell
			share := 0.0
			if total > 0 {
				share = math.Round(100*n/total) / 100
			}
			c, text := accent, ink
			if i != j {
				c = series[5]
			}
			p.box(x+1, y+1, cell-2, cell-2, c, math.Round(100*(0.06+0.6*share))/100)
			if n == 0 {
				text = dim
			}
			p.write(x+cell/2, y+cell/2+4, number(n), atMiddle, text)
		}
	}
	return p
}

// labelName returns a label as a chart shows it.
func labelName(label string) string {
	if label == "" {
		return "no span"
	}
	return annotate.Excerpt(label, nameLength)
}

func confusionTitle(c *agreement.Confusion) string {
	if people := c.Annotators(); len(people) == 2 {
		return fmt.Sprintf("Labels of the same words: rows %s, columns %s", people[0], people[1])
	}
	return "Labels of the same words, for each two annotators, counted half from either side"
}

// bars are values that stand behind one another in a row.
type bars struct {
	name   string
	values []float64
}

// stacked returns a picture of rows of bars, with a legend of what they are; paints are used in turn.
func stacked(title string, legend []string, paints []paint, rows []bars) *Picture {
	most := 0.0
	for _, r := range rows {
		sum := 0.0
		for _, v := range r.values {
			sum += v
		}
		most = max(most, sum)
	}
	if most == 0 {
		return nil
	}
	p := &Picture{Title: title, Width: 2*margin + nameWidth + barRoom + 60}
	x, y := float64(margin+nameWidth), float64(margin)
	if len(legend) > 1 {
		for i, text := range legend {
			p.box(x+float64(i%4)*112, y+float64(i/4)*18, 10, 10, paints[i%len(paints)], 1)
			p.write(x+float64(i%4)*112+15, y+float64(i/4)*18+9, annotate.Excerpt(text, 15), atStart, dim)
		}
		y += float64((len(legend)+3)/4)*18 + 8
	}
	for _, r := range rows {
		p.write(x-8, y+barHeight-3, annotate.Excerpt(r.name, nameLength), atEnd, ink)
		at, sum := x, 0.0
		for i, v := range r.values {
			w := math.Round(v/most*barRoom*10) / 10
			if w > 0 {
				p.box(at, y, w, barHeight, paints[i%len(paints)], 1)
			}
			at, sum = at+w, sum+v
		}
		p.write(at+6, y+barHeight-3, number(sum), atStart, dim)
		y += rowHeight
	}
	p.Height = y + margin
	return p
}

// course returns a picture of figures from 0 to 1 one after another; what is not defined is left out.
func course(title string, names []string, figures []agreement.Figure) *Picture {
	if !slices.ContainsFunc(figures, func(f agreement.Figure) bool { return f.Defined }) {
		return nil
	}
	const height, step = 160.0, 64.0
	p := &Picture{Title: title, Width: 2*margin + 40 + max(5, float64(len(names)))*step, Height: height + 2*margin + 26}
	x0, y0 := float64(margin+40), float64(margin+6)
	for i := range 5 {
		y := y0 + height*float64(i)/4
		p.line(x0, y, p.Width-margin, y, rule)
		p.write(x0-6, y+4, number(1-float64(i)/4), atEnd, dim)
	}
	before := -1
	place := func(i int) (x, y float64) {
		return x0 + (float64(i)+0.5)*step, math.Round((y0+height*(1-min(1, max(0, figures[i].Value))))*10) / 10
	}
	for i, name := range names {
		x := x0 + (float64(i)+0.5)*step
		p.write(x, y0+height+18, name, atMiddle, dim)
		if !figures[i].Defined {
			continue
		}
		_, y := place(i)
		if before >= 0 {
			fromX, fromY := place(before)
			p.line(fromX, fromY, x, y, accent)
		}
		p.dot(x, y, accent)
		p.write(x, y-8, figures[i].String(), atMiddle, ink)
		before = i
	}
	return p
}
