package labelstudio

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"spanwright/annotate"
)

// hypertext is a page as Label Studio labels it: the text of its body, and where each
// text of the page stands in it.
type hypertext struct {
	text  string
	body  *html.Node
	begin map[*html.Node]int // in UTF-16 units
}

func newHypertext(source string) (*hypertext, error) {
	page, err := html.Parse(strings.NewReader(source))
	if err != nil {
		return nil, annotate.Errorf(annotate.Invalid, "its HTML cannot be read: %w", err)
	}
	h := &hypertext{begin: map[*html.Node]int{}}
	var b strings.Builder
	units := 0
	for n := range page.Descendants() {
		switch {
		case n.Type == html.ElementNode && n.Data == "body" && h.body == nil:
			h.body = n
		case n.Type == html.TextNode && h.body != nil:
			h.begin[n] = units
			b.WriteString(n.Data)
			units += annotate.NewOffsets(n.Data).Len(annotate.UTF16)
		}
	}
	h.text = b.String()
	return h, nil
}

// step is one of a path to a text, as in /div[1]/p[2]/text()[1].
var step = regexp.MustCompile(`^([a-z0-9]+|text\(\))(?:\[(\d+)\])?$`)

// node returns where the text that a path leads to begins.
func (h *hypertext) node(path string) (begin int, ok bool) {
	n := h.body
	for _, part := range strings.Split(strings.Trim(path, "/"), "/") {
		m := step.FindStringSubmatch(strings.ToLower(part))
		if m == nil || n == nil {
			return 0, false
		}
		which := 1
		if m[2] != "" {
			which, _ = strconv.Atoi(m[2]) // digits; one too long is found nowhere
		}
		n = child(n, m[1], which)
	}
	begin, ok = h.begin[n]
	return begin, ok
}

// child returns the n-th child of a name, nil if there is none.
func child(parent *html.Node, name string, n int) *html.Node {
	for c := range parent.ChildNodes() {
		if c.Type == html.TextNode && name == "text()" || c.Type == html.ElementNode && c.Data == name {
			if n--; n == 0 {
				return c
			}
		}
	}
	return nil
}
