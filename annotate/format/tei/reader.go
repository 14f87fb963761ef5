package tei

import (
	"encoding/xml"
	"slices"
	"strings"

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
	xml   *dataset.XML
	text  strings.Builder
	gap   string  // to be written before the next word
	open  []*name // that have begun
	spans []dataset.DraftSpan
}

// name is a name that is being read.
type name struct {
	start int // -1 until its first word is written
}

// need asks for a gap, unless there is a larger one already.
func (r *reader) need(gap string) {
	if len(gap) > len(r.gap) || gap != "" && gap[0] == '\n' && r.gap == " " {
		r.gap = gap
	}
}

// element reads an element to its end.
func (r *reader) element(start xml.StartElement, parent string) error {
	kind := start.Name.Local
	if slices.Contains(unread, kind) || parent == "choice" && slices.Contains(replaced, kind) {
		_, err := r.xml.Element(start)
		return err
	}
	gap := gapOf(start)
	r.need(gap)
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
	r.need(gap)
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
			r.words(string(t))
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

// words writes characters, each stretch of blanks as one.
func (r *reader) words(text string) {
	for text != "" {
		at := strings.IndexAny(text, " \t\n\r")
		if at == 0 {
			r.need(" ")
			text = strings.TrimLeft(text, " \t\n\r")
			continue
		}
		if at < 0 {
			at = len(text)
		}
		r.write(text[:at])
		text = text[at:]
	}
}

func (r *reader) write(words string) {
	if r.text.Len() > 0 {
		r.text.WriteString(r.gap)
	}
	r.gap = ""
	for _, n := range r.open {
		if n.start < 0 {
			n.start = r.text.Len()
		}
	}
	r.text.WriteString(words)
}
