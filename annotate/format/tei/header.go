package tei

import (
	"encoding/xml"
	"strings"

	"spanwright/annotate/dataset"
)

// places are where a header says something of its text, the most reliable first: a path of
// elements, with the attribute that holds it.
var places = []struct{ field, path, attribute string }{
	{"title", "fileDesc/titleStmt/title", ""},
	{"author", "fileDesc/titleStmt/author", ""},
	{"date", "profileDesc/creation/date", "when"},
	{"date", "profileDesc/creation/date", ""},
	{"date", "fileDesc/sourceDesc/bibl/date", "when"},
	{"date", "fileDesc/sourceDesc/bibl/date", ""},
	{"date", "fileDesc/sourceDesc/biblStruct/monogr/imprint/date", "when"},
	{"date", "fileDesc/sourceDesc/biblStruct/monogr/imprint/date", ""},
	{"date", "fileDesc/publicationStmt/date", "when"},
	{"date", "fileDesc/publicationStmt/date", ""},
	{"source", "fileDesc/sourceDesc/bibl/ref", "target"},
	{"source", "fileDesc/sourceDesc/bibl", ""},
	{"source", "fileDesc/sourceDesc/biblStruct/monogr/title", ""},
	{"source", "fileDesc/sourceDesc/p", ""},
	{"source", "fileDesc/publicationStmt/idno", ""},
	{"source", "fileDesc/publicationStmt/publisher", ""},
	{"language", "profileDesc/langUsage/language", "ident"},
}

// entry is the first element of a path.
type entry struct {
	element xml.StartElement
	text    strings.Builder
	depth   int // 0 once it has ended
}

// header adds what a header says, which has begun: title, author, date, source and language.
func header(x *dataset.XML, about map[string]string) error {
	found, err := entries(x)
	if err != nil {
		return err
	}
	for _, p := range places {
		e := found[p.path]
		if about[p.field] != "" || e == nil {
			continue
		}
		value := e.text.String()
		if p.attribute != "" {
			value = attr(e.element, p.attribute)
		}
		value = strings.Join(strings.Fields(value), " ")
		if p.field == "date" {
			value = dataset.Day(value)
		}
		if value != "" {
			about[p.field] = value
		}
	}
	return nil
}

// entries reads a header to its end, and returns the first element of each path.
func entries(x *dataset.XML) (map[string]*entry, error) {
	found := map[string]*entry{}
	for _, p := range places {
		found[p.path] = nil
	}
	var steps []string
	for {
		token, err := x.Token()
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			steps = append(steps, t.Name.Local)
			path := strings.Join(steps, "/")
			if before, wanted := found[path]; wanted && before == nil {
				found[path] = &entry{element: t.Copy(), depth: len(steps)}
			}
		case xml.CharData:
			for _, e := range found {
				if e != nil && e.depth > 0 {
					e.text.Write(t)
				}
			}
		case xml.EndElement:
			if len(steps) == 0 {
				return found, nil
			}
			for _, e := range found {
				if e != nil && e.depth == len(steps) {
					e.depth = 0
				}
			}
			steps = steps[:len(steps)-1]
		}
	}
}
