package gate

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"iter"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// readXML yields the records of the document that a file is.
func readXML(_ context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		records, err := recordsOf(in)
		if err != nil {
			yield(nil, dataset.Place(err, in.Path, 0))
			return
		}
		for _, r := range records {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func recordsOf(in dataset.Input) ([]*dataset.Record, error) {
	f, err := dataset.Open(in.Path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	x, err := dataset.NewXML(f)
	if err != nil {
		return nil, err
	}
	p := &parser{xml: x, document: &document{line: 1, meta: map[string]string{}}, nodes: map[string]int{}, sets: map[string]*set{}}
	if err := p.parse(); err != nil {
		return nil, err
	}
	records, err := p.document.records(in, annotate.Byte)
	for _, r := range records {
		r.End = x.Read()
	}
	return records, err
}

// parser reads a document.
type parser struct {
	xml      *dataset.XML
	document *document
	nodes    map[string]int // where they stand in the text, in bytes
	sets     map[string]*set
}

func (p *parser) parse() error {
	depth := 0
	for {
		token, err := p.xml.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.EndElement:
			depth--
		case xml.StartElement:
			switch {
			case depth == 0 && t.Name.Local != "GateDocument":
				return p.xml.Errorf(annotate.Invalid, "it is no document of GATE: its element is %s, and must be GateDocument", t.Name.Local)
			case depth == 0:
				depth++
			case t.Name.Local == "TextWithNodes":
				err = p.text()
			case t.Name.Local == "AnnotationSet" || t.Name.Local == "RelationSet":
				err = p.set(attr(t, "Name"))
			default:
				err = p.about(t)
			}
			if err != nil {
				return err
			}
		}
	}
}

// text reads the text, and where the nodes stand in it.
func (p *parser) text() error {
	var text strings.Builder
	for {
		token, err := p.xml.Token()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.CharData:
			if text.Len()+len(t) > annotate.MaxText {
				return p.xml.Errorf(annotate.Unsupported, "the text has more than %d MB, which is the limit", annotate.MaxText>>20)
			}
			text.Write(t)
		case xml.StartElement:
			if t.Name.Local == "Node" {
				p.nodes[attr(t, "id")] = text.Len()
			}
		case xml.EndElement:
			if t.Name.Local == "TextWithNodes" {
				p.document.text = text.String()
				return nil
			}
		}
	}
}

// about reads the features of the document, which are its metadata.
func (p *parser) about(start xml.StartElement) error {
	e, err := p.xml.Element(start)
	if err != nil {
		return err
	}
	for name, v := range featuresOf(e) {
		if name == nameFeature {
			p.document.name = v.String()
			continue
		}
		p.document.meta[unfence(name)] = v.String()
	}
	return nil
}

// set reads annotations or relations, one at a time.
func (p *parser) set(name string) error {
	s := p.sets[name]
	if s == nil {
		s = &set{name: name}
		p.sets[name] = s
		p.document.sets = append(p.document.sets, s)
	}
	for {
		token, err := p.xml.Token()
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.EndElement:
			return nil
		case xml.StartElement:
			e, err := p.xml.Element(t)
			if err != nil {
				return err
			}
			switch e.Name.Local {
			case "Annotation":
				err = p.annotation(s, e)
			case "Relation":
				x := relation{line: e.Line, id: e.Attr("Id"), kind: e.Attr("Type"), features: featuresOf(e)}
				for _, id := range strings.FieldsFunc(e.Attr("Members"), func(r rune) bool { return r == ';' }) {
					x.members = append(x.members, member{id: id})
				}
				s.relations = append(s.relations, x)
			}
			if err != nil {
				return err
			}
		}
	}
}

func (p *parser) annotation(s *set, e *dataset.Element) error {
	a := annotation{line: e.Line, id: e.Attr("Id"), kind: e.Attr("Type"), features: featuresOf(e)}
	for name, at := range map[string]*int{"StartNode": &a.start, "EndNode": &a.end} {
		node := e.Attr(name)
		offset, known := p.nodes[node]
		if !known {
			return annotate.Errorf(annotate.Invalid, "annotation %s: its %s is %q, and no node of the text is called so; the document was left out", a.id, name, annotate.Excerpt(node, 40)).At("", e.Line)
		}
		*at = offset
	}
	return s.add(a)
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// featuresOf returns the features that stand in an element.
func featuresOf(e *dataset.Element) map[string]annotate.Value {
	var all map[string]annotate.Value
	for _, f := range e.All("Feature") {
		name, value := f.Find("Name"), f.Find("Value")
		if name == nil || value == nil {
			continue
		}
		if all == nil {
			all = map[string]annotate.Value{}
		}
		all[name.Text] = valueOf(value)
	}
	return all
}

// valueOf returns the value of a feature by its class in Java. What is no text, number,
// truth or list stays as it is written.
func valueOf(e *dataset.Element) annotate.Value {
	switch class := e.Attr("className"); class {
	case "java.lang.Boolean":
		if text := strings.TrimSpace(e.Text); text == "true" || text == "false" {
			return annotate.Bool(text == "true")
		}
	case "java.lang.Integer", "java.lang.Long", "java.lang.Short", "java.lang.Double", "java.lang.Float", "java.math.BigDecimal", "java.math.BigInteger":
		if n, ok := annotate.Number(strings.TrimSpace(e.Text)); ok {
			return n
		}
	case wrapper:
		if list, ok := listOf(e.Text); ok {
			return annotate.Choices(list...)
		}
	}
	return annotate.Text(e.Text)
}

// wrapper is the class of values that GATE writes as XStream does, as XML in a text.
const wrapper = "gate.corpora.ObjectWrapper"

// listOf returns the items of a list, if nothing else lies in it.
func listOf(wrapped string) ([]string, bool) {
	// XStream says that its XML is 1.1, which asks nothing of a reader here.
	x, err := dataset.NewXML(strings.NewReader(strings.TrimSpace(wrapped)))
	if err != nil {
		return nil, false
	}
	token, err := x.Token()
	start, begins := token.(xml.StartElement)
	if err != nil || !begins {
		return nil, false
	}
	e, err := x.Element(start)
	if err != nil {
		return nil, false
	}
	value := e.Find("value")
	if value == nil || value.Attr("class") != "list" && value.Attr("class") != "set" {
		return nil, false
	}
	list := []string{}
	for _, item := range value.Elements {
		if len(item.Elements) > 0 || len(item.Attrs) > 0 {
			return nil, false
		}
		list = append(list, item.Text)
	}
	return list, true
}
