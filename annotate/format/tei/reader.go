package tei

import (
	"encoding/xml"
	"slices"
	"strings"
	"unicode/utf8"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// The elements that stand by themselves, those that begin a line, and those that are not
// part of the text as it is read.
var (
	blocks = strings.Fields(`p ab head div div1 div2 div3 div4 div5 div6 div7 lg list table figure sp stage epigraph argument opener closer postscript
		trailer front body back group floatingText text titlePage docTitle castList listBibl listPerson listPlace listOrg eg`)
	lines  = strings.Fields("l item row bibl speaker label salute signed dateline byline titlePart docAuthor docDate docImprint u castItem lb address addrLine")
	unread = strings.Fields("note fw figDesc del surplus metamark app noteGrp")
)

// replaced are the readings in a choice for which the editor gives another one.
var replaced = strings.Fields("sic orig abbr")

// names are the elements that name something in a text, and so are spans.
var names = strings.Fields(`persName placeName orgName geogName objectName eventName name rs settlement country region district bloc forename surname roleName
	date time num measure term title quote q said`)

// reader puts the text together: a blank line between blocks, a line for each item, verse and
// row, blanks as one.
type reader struct {
	xml    *dataset.XML
	text   dataset.Prose
	open   []*name // that have begun
	spans  []dataset.DraftSpan
	keys   map[string]bool    // ids of those
	said   []*dataset.Element // that points at the text
	layout layout

	chars   string // of the file that are being read
	counted int    // bytes of them
}

func newReader(x *dataset.XML) *reader {
	r := &reader{xml: x, keys: map[string]bool{}}
	r.text.Wrote = r.wrote
	return r
}

// name is a name that is being read.
type name struct {
	start int // -1 until its first word is written
}

// wrote notes where words of the file stand in the text.
func (r *reader) wrote(from, at int, words string) {
	r.count(from)
	r.layout.runs = append(r.layout.runs, run{r.layout.read, at, utf8.RuneCountInString(words)})
	for _, n := range r.open {
		if n.start < 0 {
			n.start = at
		}
	}
}

// count counts the characters that are being read up to a byte.
func (r *reader) count(to int) {
	r.layout.read += utf8.RuneCountInString(r.chars[r.counted:to])
	r.counted = to
}

// element reads an element to its end.
func (r *reader) element(start xml.StartElement, parent string) error {
	kind := start.Name.Local
	begun := r.layout.read
	defer func() { r.layout.note(attr(start, "id"), place{begun, r.layout.read, kind}) }()
	switch {
	case slices.Contains(apart, kind):
		return r.aside(start)
	case slices.Contains(unread, kind) || parent == "choice" && slices.Contains(replaced, kind):
		return r.skip()
	}
	gap := gapOf(start)
	r.text.Need(gap)
	var n *name
	line := r.xml.Line()
	if slices.Contains(names, kind) {
		n = &name{start: -1}
		r.open = append(r.open, n)
	}
	if err := r.inside(kind); err != nil {
		return err
	}
	if n != nil {
		r.open = r.open[:len(r.open)-1]
		if n.start >= 0 {
			r.span(start, line, n.start)
		}
	}
	r.text.Need(gap)
	return nil
}

// aside keeps an element that points at the text. Its own characters are none of it, but count.
func (r *reader) aside(start xml.StartElement) error {
	e, err := r.xml.Element(start)
	if err == nil {
		r.said = append(r.said, e)
		r.layout.read += characterCount(e)
	}
	return err
}

func characterCount(e *dataset.Element) int {
	n := utf8.RuneCountInString(e.Text)
	for _, inner := range e.Elements {
		n += characterCount(inner)
	}
	return n
}

// skip passes over the rest of an element that is not read, whose characters count.
func (r *reader) skip() error {
	for open := 1; open > 0; {
		token, err := r.xml.Token()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.CharData:
			r.layout.read += utf8.RuneCount(t)
		case xml.StartElement:
			open++
		case xml.EndElement:
			open--
		}
	}
	return nil
}

// gapOf returns what stands between an element and its neighbours.
func gapOf(start xml.StartElement) string {
	switch kind := start.Name.Local; {
	case kind == "lb" && attr(start, "break") == "no":
		return ""
	case kind == "cell":
		return " "
	case slices.Contains(blocks, kind):
		return "\n\n"
	case slices.Contains(lines, kind):
		return "\n"
	}
	return ""
}

// inside reads what an element of that kind contains.
func (r *reader) inside(kind string) error {
	for {
		token, err := r.xml.Token()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.CharData:
			if r.text.Len()+len(t) > annotate.MaxText {
				return r.xml.Errorf(annotate.Unsupported, "the text has more than %d MB, which is the limit", annotate.MaxText>>20)
			}
			r.chars, r.counted = string(t), 0
			r.text.Words(r.chars)
			r.count(len(r.chars))
		case xml.StartElement:
			if err := r.element(t, kind); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

// span adds the span of a name, with what its element says of it.
func (r *reader) span(e xml.StartElement, line, start int) {
	s := dataset.DraftSpan{
		Name: e.Name.Local, Line: line, Label: e.Name.Local,
		Parts: []dataset.Part{{Start: start, End: r.text.Len(), Words: r.text.String()[start:], Quoted: true}},
	}
	if id := attr(e, "id"); id != "" && !r.keys[id] {
		s.Key, r.keys[id] = id, true
	}
	for _, a := range e.Attr {
		if a.Name.Space == "xmlns" || a.Name.Local == "xmlns" || a.Name.Local == "rend" {
			continue
		}
		if s.Attributes == nil {
			s.Attributes = map[string]annotate.Value{}
		}
		s.Attributes[a.Name.Local] = annotate.Text(a.Value)
	}
	r.spans = append(r.spans, s)
}
