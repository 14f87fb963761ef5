// Package webpage takes the readable text out of HTML.
package webpage

import (
	"slices"
	"strings"

	"golang.org/x/net/html"

	"spanwright/annotate/dataset"
)

// unread are the elements that are no text to be read.
var unread = strings.Fields(`script style noscript template nav aside footer form button select textarea svg math iframe object
	video audio canvas dialog`)

// blocks are the elements that stand by themselves, lines those that begin a line.
var (
	blocks = strings.Fields("p div section article main header h1 h2 h3 h4 h5 h6 ul ol dl table blockquote pre figure figcaption address hr body details")
	lines  = strings.Fields("li dt dd tr caption summary")
)

// Text returns the readable text of a page, which is that of its one article, else of its main
// part, else of its body without header: a blank line between blocks, a line for each item or
// row, blanks as a browser shows them.
func Text(page *html.Node) string {
	root, whole := contents(page)
	return write(root, whole)
}

// Chapter returns the readable text of a page of which all is text, as of a book.
func Chapter(page *html.Node) string { return write(page, false) }

func write(root *html.Node, whole bool) string {
	w := &writer{whole: whole}
	w.node(root)
	return strings.TrimSpace(w.text.String())
}

// contents returns the part of a page that is its text, and whether that is all of it.
func contents(page *html.Node) (root *html.Node, whole bool) {
	for _, name := range []string{"article", "main"} {
		var found []*html.Node
		for n := range page.Descendants() {
			if n.Type == html.ElementNode && n.Data == name {
				found = append(found, n)
			}
		}
		if len(found) == 1 {
			return found[0], false
		}
	}
	for n := range page.Descendants() {
		if n.Type == html.ElementNode && n.Data == "body" {
			return n, true
		}
	}
	return page, true
}

// writer puts text together.
type writer struct {
	text  dataset.Prose
	whole bool // the page: its header is no text
	kept  int  // how many elements are open in which blanks stay
}

func (w *writer) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.words(n.Data)
		return
	case html.ElementNode:
		if w.skips(n) {
			return
		}
	}
	gap := ""
	switch {
	case n.Type != html.ElementNode:
	case n.Data == "br":
		w.text.Need("\n")
	case n.Data == "td", n.Data == "th":
		gap = " "
	case slices.Contains(blocks, n.Data):
		gap = "\n\n"
	case slices.Contains(lines, n.Data):
		gap = "\n"
	}
	w.text.Need(gap)
	if n.Type == html.ElementNode && n.Data == "pre" {
		w.kept++
		defer func() { w.kept-- }()
	}
	for c := range n.ChildNodes() {
		w.node(c)
	}
	w.text.Need(gap)
}

// skips reports whether an element is no text to be read.
func (w *writer) skips(n *html.Node) bool {
	if slices.Contains(unread, n.Data) || n.Data == "head" || w.whole && n.Data == "header" {
		return true
	}
	_, hidden := attribute(n, "hidden")
	aria, _ := attribute(n, "aria-hidden")
	return hidden || aria == "true"
}

// words writes text, each stretch of blanks as one unless they are to be kept.
func (w *writer) words(text string) {
	switch {
	case w.kept == 0:
		w.text.Words(text)
	case strings.TrimSpace(text) != "":
		w.text.Verbatim(text)
	}
}

func attribute(n *html.Node, name string) (value string, ok bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}
