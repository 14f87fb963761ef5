package cas

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Addresses of name spaces in XMI: that of a package is made of its name.
const (
	spaceXMI    = "http://www.omg.org/XMI"
	spaceBefore = "http:///"
	spaceAfter  = ".ecore"
	spaceOfNone = "uima.noNamespace" // the package of types that have none
)

// parseXMI takes a file apart. What its values mean, the type system says.
func parseXMI(r io.Reader, types *typeSystem) (*graph, error) {
	x, err := dataset.NewXML(r)
	if err != nil {
		return nil, err
	}
	g := &graph{types: types, byID: map[int]*structure{}, views: map[int][]int{}}
	open := 0
	for {
		token, err := x.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, left(err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			if open == 0 {
				if t.Name.Local != "XMI" || t.Name.Space != spaceXMI {
					return nil, left(x.Errorf(annotate.Invalid, "it must begin with xmi:XMI, and begins with %s", t.Name.Local))
				}
				open++
				continue
			}
			e, err := x.Element(t)
			if err != nil {
				return nil, left(err)
			}
			if err := g.element(e); err != nil {
				return nil, err
			}
		case xml.EndElement:
			open--
		}
	}
	g.settle()
	if g.untyped && types == nil {
		g.remarks = append(g.remarks, "no "+typesName+" lies beside it or above it; numbers, truths and references were read as text")
	}
	return g, nil
}

// left says of an error what became of the document.
func left(err error) error {
	var told *annotate.Error
	if !errors.As(err, &told) {
		return err
	}
	c := *told
	c.Sentence += "; the document was left out"
	return &c
}

// element takes in a child of the root.
func (g *graph) element(e *dataset.Element) error {
	kind := typeName(e.Name)
	switch kind {
	case "uima.cas.NULL":
		return nil
	case sofaType:
		return g.sofa(e)
	case "uima.cas.View":
		id, err := ident(e, "sofa")
		if err != nil {
			return err
		}
		members, err := idents(e.Attr("members"), e.Line)
		g.views[id] = append(g.views[id], members...)
		return err
	}
	s := &structure{kind: kind, line: e.Line}
	for _, a := range e.Attrs {
		if err := s.attribute(a); err != nil {
			return err
		}
	}
	for _, inner := range e.Elements {
		s.append(inner.Name.Local, inner.Text)
	}
	s.placed = s.placed && s.end >= 0
	return g.add(s)
}

// typeName returns the name of the type that an element is of.
func typeName(name xml.Name) string {
	space := strings.TrimSuffix(strings.TrimPrefix(name.Space, spaceBefore), spaceAfter)
	space = strings.ReplaceAll(space, "/", ".")
	if space == spaceOfNone || space == "" {
		return name.Local
	}
	return space + "." + name.Local
}

// attribute takes in an attribute of a structure.
func (s *structure) attribute(a xml.Attr) error {
	var at *int
	switch {
	case a.Name.Space == spaceXMI && a.Name.Local == "id":
		at = &s.id
	case a.Name.Space != "":
		return nil // of XMI, or a name space
	case a.Name.Local == "sofa":
		at = &s.sofa
	case a.Name.Local == "begin":
		at = &s.begin
	case a.Name.Local == "end":
		at, s.placed = &s.end, true
	default:
		if a.Name.Local != "xmlns" {
			s.features = append(s.features, feature{a.Name.Local, value{text: a.Value}})
		}
		return nil
	}
	n, err := dataset.ParseOffset([]byte(a.Value))
	if err != nil {
		return fail(s.line, "%s: %q %s", short(s.kind), a.Name.Local, sentence(err))
	}
	*at = n
	return nil
}

// append adds an item to a list, which has an element for each.
func (s *structure) append(name, text string) {
	for i := range s.features {
		if s.features[i].name == name && s.features[i].form == list {
			s.features[i].texts = append(s.features[i].texts, text)
			return
		}
	}
	s.features = append(s.features, feature{name, value{form: list, texts: []string{text}}})
}

func (g *graph) sofa(e *dataset.Element) error {
	s := &sofa{name: e.Attr("sofaID"), line: e.Line, uri: e.Attr("sofaURI")}
	for _, a := range e.Attrs {
		switch {
		case a.Name.Space == spaceXMI && a.Name.Local == "id":
			n, err := dataset.ParseOffset([]byte(a.Value))
			if err != nil {
				return fail(e.Line, "Sofa: %q %s", "id", sentence(err))
			}
			s.id = n
		case a.Name.Local == "sofaString":
			s.text, s.has = a.Value, true
		}
	}
	return g.addSofa(s)
}

func (g *graph) addSofa(s *sofa) error {
	for _, other := range g.sofas {
		if other.id == s.id {
			return fail(s.line, "the id %d stands twice", s.id)
		}
	}
	g.sofas = append(g.sofas, s)
	return nil
}

// ident reads an id.
func ident(e *dataset.Element, name string) (int, error) {
	n, err := dataset.ParseOffset([]byte(e.Attr(name)))
	if err != nil {
		return 0, fail(e.Line, "%s: %q %s", e.Name.Local, name, sentence(err))
	}
	return n, nil
}

func idents(text string, line int) ([]int, error) {
	fields := strings.Fields(text)
	ids := make([]int, 0, len(fields))
	for _, f := range fields {
		n, err := strconv.Atoi(f)
		if err != nil {
			return nil, fail(line, "%q is no id", annotate.Excerpt(f, 40))
		}
		ids = append(ids, n)
	}
	return ids, nil
}

// settle gives the values of all structures the forms that the type system, or where there
// is none what they are called, says they have.
func (g *graph) settle() {
	for _, s := range g.structures {
		for i := range s.features {
			g.settleValue(s, &s.features[i])
		}
	}
}

func (g *graph) settleValue(s *structure, f *feature) {
	r, known := g.types.feature(s.kind, f.name)
	switch {
	case known:
		f.form = g.formOf(r, f.value)
	case f.form == list:
	case wellKnown[f.name] || g.links(f.text):
		f.form = reference
	case looksTyped(f.text) && !isAdministrative(s.kind):
		g.untyped = true
	}
	switch f.form {
	case reference:
		f.refs, _ = idents(f.text, s.line) // what is no id is no reference
	case list:
		if len(f.texts) == 0 {
			f.texts = strings.Fields(f.text)
		}
	case truth:
		if f.text != "true" && f.text != "false" {
			f.form = words
		}
	case number:
		if _, ok := annotate.Number(f.text); !ok {
			f.form = words // NaN, and the infinities
		}
	}
}

// looksTyped reports whether text may be more than text.
func looksTyped(text string) bool {
	_, isNumber := annotate.Number(text)
	return isNumber || text == "true" || text == "false"
}

// formOf returns the form of a value of a range. An array that may be shared is pointed at.
func (g *graph) formOf(r ranged, v value) form {
	made := g.types.form(r)
	if made == list && v.form != list && r.shared {
		if id, err := strconv.Atoi(v.text); err == nil && g.byID[id] != nil {
			return reference
		}
	}
	return made
}

// wellKnown are features that always point at something.
var wellKnown = map[string]bool{governor: true, dependent: true, target: true, firstLink: true, nextLink: true}

// links reports whether text lists links of slots.
func (g *graph) links(text string) bool {
	if text == "" || strings.Trim(text, "0123456789 ") != "" {
		return false
	}
	ids, err := idents(text, 0)
	if err != nil || len(ids) == 0 {
		return false
	}
	for _, id := range ids {
		if s := g.byID[id]; s == nil || s.placed || !s.isLink() {
			return false
		}
	}
	return true
}

// isLink reports whether a structure is a link of a slot.
func (s *structure) isLink() bool {
	_, has := s.feature(target)
	return has && !s.placed
}

// sentence returns what err says without the place it happened in.
func sentence(err error) string {
	var told *annotate.Error
	if errors.As(err, &told) {
		return told.Sentence
	}
	return err.Error()
}
