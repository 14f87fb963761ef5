package configuration

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"spanwright/annotate"
)

// Bounds of a labelling configuration. What is larger was not written by hand.
const (
	maxBytes = 2 << 20
	maxDepth = 64 // of tags in each other
)

// tag is an XML element with its place.
type tag struct {
	name  string
	line  int
	attrs map[string]string // by names in lower case, as Label Studio takes them
	tags  []*tag
}

// attr returns the first of the attributes that is set.
func (t *tag) attr(names ...string) string {
	for _, name := range names {
		if v := strings.TrimSpace(t.attrs[strings.ToLower(name)]); v != "" {
			return v
		}
	}
	return ""
}

// is reports whether an attribute says yes.
func (t *tag) is(name string) bool { return strings.EqualFold(t.attr(name), "true") }

// parseTags reads XML that defines nothing: a document type, and with it every entity of
// its own or from elsewhere, is refused. Errors have no file.
func parseTags(raw []byte) (*tag, error) {
	if len(raw) > maxBytes {
		return nil, annotate.Errorf(annotate.Unsupported, "it has more than %d MB, which no labelling configuration has", maxBytes>>20)
	}
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff"))))
	root := &tag{}
	open := []*tag{root}
	for {
		token, err := d.Token()
		line, _ := d.InputPos()
		var broken *xml.SyntaxError
		switch {
		case errors.Is(err, io.EOF):
			return root, nil
		case errors.As(err, &broken):
			return nil, annotate.Errorf(annotate.Invalid, "it is no proper XML: %s", broken.Msg).At("", broken.Line)
		case err != nil:
			return nil, annotate.Errorf(annotate.Invalid, "it cannot be read as XML: %w", err).At("", line)
		}
		switch token := token.(type) {
		case xml.Directive:
			return nil, annotate.Errorf(annotate.Invalid, "it has a document type definition, which a labelling configuration has no use for").At("", line)
		case xml.StartElement:
			if len(open) > maxDepth {
				return nil, annotate.Errorf(annotate.Invalid, "more than %d tags lie in each other", maxDepth).At("", line)
			}
			t := &tag{name: token.Name.Local, line: line, attrs: map[string]string{}}
			for _, a := range token.Attr {
				t.attrs[strings.ToLower(a.Name.Local)] = a.Value
			}
			above := open[len(open)-1]
			above.tags = append(above.tags, t)
			open = append(open, t)
		case xml.EndElement:
			open = open[:len(open)-1]
		}
	}
}
