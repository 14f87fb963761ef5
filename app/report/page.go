package report

import (
	"fmt"
	"io"
	"strings"
)

// Page is a report: parts one below the other, written as HTML or Markdown.
type Page struct {
	Title string
	parts []part
}

// part is a heading, a paragraph, a table or a picture.
type part struct {
	heading string
	text    string
	head    []string
	rows    [][]string
	numbers int // how many columns at the right are numbers
	picture *Picture
}

func (p *Page) heading(text string) { p.parts = append(p.parts, part{heading: text}) }

func (p *Page) say(format string, args ...any) {
	p.parts = append(p.parts, part{text: fmt.Sprintf(format, args...)})
}

// table adds a table, of which so many columns at the right are numbers; nothing if it has no rows.
func (p *Page) table(numbers int, head []string, rows [][]string) {
	if len(rows) > 0 {
		p.parts = append(p.parts, part{head: head, rows: rows, numbers: numbers})
	}
}

// show adds a picture; nothing if there is none.
func (p *Page) show(picture *Picture) {
	if picture != nil {
		p.parts = append(p.parts, part{picture: picture})
	}
}

const style = `body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;background:var(--ground);color:var(--ink)}
h1{font-size:1.6rem}h2{font-size:1.15rem;margin-top:2.2rem;border-bottom:1px solid var(--rule)}
table{border-collapse:collapse;margin:1rem 0}th,td{padding:.2rem .9rem .2rem 0;text-align:start;vertical-align:top;border-bottom:1px solid var(--rule)}
th{color:var(--dim);font-weight:600}td.n,th.n{text-align:end;font-variant-numeric:tabular-nums}
.wide{overflow-x:auto}svg{display:block;margin:1rem 0}
@media print{body{margin:0;max-width:none}.wide{overflow:visible}svg{max-width:100%;height:auto}h2,h2+p{break-after:avoid}tr,svg{break-inside:avoid}}`

// HTML writes the page as one file that needs nothing else, with its pictures in it, light
// or dark as the reader's screen is.
func (p *Page) HTML(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>%s</title>\n<style>\n", escape(p.Title))
	fmt.Fprintf(&b, ":root{color-scheme:light dark;%s}\n@media screen and (prefers-color-scheme:dark){:root{%s}}\n%s\n</style>\n</head>\n<body>\n", variables(light), variables(dark), style)
	fmt.Fprintf(&b, "<h1 dir=\"auto\">%s</h1>\n", escape(p.Title))
	for i := range p.parts {
		p.parts[i].html(&b)
	}
	b.WriteString("</body>\n</html>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// variables returns colours as CSS, in order.
func variables(colours map[paint]string) string {
	var b strings.Builder
	for _, c := range append([]paint{ground, ink, dim, rule}, series...) {
		fmt.Fprintf(&b, "--%s:%s;", c, colours[c])
	}
	return b.String()
}

func (p *part) html(b *strings.Builder) {
	switch {
	case p.heading != "":
		fmt.Fprintf(b, "<h2 dir=\"auto\">%s</h2>\n", escape(p.heading))
	case p.picture != nil:
		fmt.Fprintf(b, "<div class=\"wide\">\n%s</div>\n", p.picture.inline())
	case p.head != nil:
		b.WriteString("<div class=\"wide\">\n<table>\n<thead>\n")
		row := func(cells []string, tag string) {
			b.WriteString("<tr>")
			for i, cell := range cells {
				class := ""
				if i >= len(p.head)-p.numbers {
					class = ` class="n"`
				}
				fmt.Fprintf(b, "<%s%s dir=\"auto\">%s</%s>", tag, class, escape(cell), tag)
			}
			b.WriteString("</tr>\n")
		}
		row(p.head, "th") // printed again at the top of each page
		b.WriteString("</thead>\n<tbody>\n")
		for _, cells := range p.rows {
			row(cells, "td")
		}
		b.WriteString("</tbody>\n</table>\n</div>\n")
	default:
		fmt.Fprintf(b, "<p dir=\"auto\">%s</p>\n", escape(p.text))
	}
}

// Markdown writes the page without its pictures: the tables have the same numbers.
func (p *Page) Markdown(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n", inMarkdown(p.Title))
	for i := range p.parts {
		switch part := &p.parts[i]; {
		case part.heading != "":
			fmt.Fprintf(&b, "\n## %s\n", inMarkdown(part.heading))
		case part.picture != nil:
		case part.head != nil:
			b.WriteString("\n")
			row := func(cells []string) {
				for _, cell := range cells {
					fmt.Fprintf(&b, "| %s ", inMarkdown(cell))
				}
				b.WriteString("|\n")
			}
			row(part.head)
			for j := range part.head {
				b.WriteString(map[bool]string{true: "|---:", false: "|---"}[j >= len(part.head)-part.numbers])
			}
			b.WriteString("|\n")
			for _, cells := range part.rows {
				row(cells)
			}
		default:
			fmt.Fprintf(&b, "\n%s\n", inMarkdown(part.text))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// inMarkdown writes text so that nothing in it is taken for Markdown or HTML.
func inMarkdown(text string) string {
	var b strings.Builder
	for _, r := range strings.Join(strings.Fields(text), " ") {
		if strings.ContainsRune("\\`*_{}[]<>#|~!&", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
