package dataset

import (
	"encoding/xml"
	"io"
	"strings"

	"spanwright/annotate"
)

// Element is an XML element with all that lies in it.
type Element struct {
	Name     xml.Name // with the address of its name space
	Attrs    []xml.Attr
	Line     int    // where its tag ends, 1-based
	Text     string // its own characters, without those of the elements in it
	Elements []*Element
}

// ReadElement returns the root element of an XML file.
func ReadElement(r io.Reader) (*Element, error) {
	x, err := NewXML(r)
	if err != nil {
		return nil, err
	}
	for {
		token, err := x.Token()
		if err != nil {
			return nil, err
		}
		if start, ok := token.(xml.StartElement); ok {
			return x.Element(start)
		}
	}
}

// Element returns the element that start begins, read to its end, which is at most [MaxLine] away.
func (x *XML) Element(start xml.StartElement) (*Element, error) {
	e := &Element{Name: start.Name, Attrs: start.Attr, Line: x.Line()}
	begin := x.Read()
	var text strings.Builder
	for {
		token, err := x.Token()
		if err != nil {
			return nil, err
		}
		if x.Read()-begin > MaxLine {
			return nil, x.Errorf(annotate.Unsupported, "the element %s has more than %d MB, which is the limit", e.Name.Local, MaxLine>>20)
		}
		switch t := token.(type) {
		case xml.StartElement:
			inner, err := x.Element(t)
			if err != nil {
				return nil, err
			}
			e.Elements = append(e.Elements, inner)
		case xml.CharData:
			text.Write(t)
		case xml.EndElement:
			e.Text = text.String()
			return e, nil
		}
	}
}

// Skip passes over the rest of the element that has begun.
func (x *XML) Skip() error {
	for open := 1; open > 0; {
		token, err := x.Token()
		if err != nil {
			return err
		}
		switch token.(type) {
		case xml.StartElement:
			open++
		case xml.EndElement:
			open--
		}
	}
	return nil
}

// Attr returns the attribute of that name, whatever its name space; "" if there is none.
func (e *Element) Attr(name string) string {
	for _, a := range e.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// Find returns the first element in e of that name, nil if there is none.
func (e *Element) Find(name string) *Element {
	for _, inner := range e.Elements {
		if inner.Name.Local == name {
			return inner
		}
	}
	return nil
}

// All returns the elements in e of that name.
func (e *Element) All(name string) []*Element {
	var found []*Element
	for _, inner := range e.Elements {
		if inner.Name.Local == name {
			found = append(found, inner)
		}
	}
	return found
}

// TextOf returns the characters of the first element in e of that name, without the
// blanks around them.
func (e *Element) TextOf(name string) string {
	if inner := e.Find(name); inner != nil {
		return strings.TrimSpace(inner.Text)
	}
	return ""
}
