package w3c

import (
	"encoding/json"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// The purposes of bodies that mean something here.
const (
	tagging     = "tagging"     // a label
	classifying = "classifying" // an attribute if it has a name, else a label
	describing  = "describing"  // metadata if it has a name and is about a document
	commenting  = "commenting"  // a note
	assessing   = "assessing"   // a flag or the status of a document
	identifying = "identifying" // an attribute
	linking     = "linking"     // of an annotation: a relation
)

// The names of bodies that assess.
const (
	flagName   = "flag"
	statusName = "status"
)

// asJSON is the format of values that are not texts.
const asJSON = "application/json"

// body is what an annotation says of its target.
type body struct {
	purposes []string
	name     string // of the attribute or field that it is
	value    string
	typed    annotate.Value // of an attribute
	resource string         // address of something that is no text
}

func (b *body) has(purpose string) bool { return slices.Contains(b.purposes, purpose) }

// readBodies reads the bodies of an annotation, whose motivations are the purposes of those that
// have none of their own.
func (a *annotation) readBodies(fields dataset.Fields) error {
	value, err := fields.Text("bodyValue")
	if err != nil {
		return err
	}
	if value != "" {
		a.bodies = append(a.bodies, body{value: value, purposes: a.motivations})
	}
	for _, key := range []string{"body", "bodies"} { // the second is Recogito's
		for _, raw := range list(fields[key]) {
			b, err := readBody(raw, a.motivations)
			if err != nil {
				return err
			}
			a.bodies = append(a.bodies, b)
		}
	}
	return nil
}

func readBody(raw json.RawMessage, otherwise []string) (body, error) {
	b := body{purposes: otherwise}
	if json.Unmarshal(raw, &b.resource) == nil {
		return b, nil
	}
	fields, err := dataset.ParseFields(raw)
	if err != nil {
		return b, annotate.Errorf(annotate.Invalid, "its body: %w", err)
	}
	if own := texts(fields["purpose"]); len(own) > 0 {
		b.purposes = own
	}
	b.name, _ = fields.Text("label") // only a text is a name
	for _, key := range []string{"source", "id"} {
		if address, err := fields.Text(key); err == nil && b.resource == "" && !fields.Has("value") {
			b.resource = address
		}
	}
	if fields.Has("value") {
		b.value = dataset.Plainly(fields["value"])
	}
	b.typed = annotate.Text(b.value)
	if format, _ := fields.Text("format"); format == asJSON {
		var v annotate.Value
		if json.Unmarshal([]byte(b.value), &v) == nil {
			b.typed = v
		}
	}
	return b, nil
}

// said is what the bodies of an annotation say.
type said struct {
	label        string
	attributes   map[string]annotate.Value
	meta         map[string]string
	flag, status string
	note         string
	noted        bool
}

func (s *said) set(name string, v annotate.Value) {
	if s.attributes == nil {
		s.attributes = map[string]annotate.Value{}
	}
	s.attributes[name] = v
}

func (s *said) comment(text string) {
	if s.noted {
		s.note += "\n"
	}
	s.note, s.noted = s.note+text, true
}

// words returns what the bodies of an annotation say. The first tag is the label, others
// are the attribute tag; without any, what it was made for stands for it.
func (a *annotation) words() said {
	s := said{}
	var tags []string
	for _, b := range a.bodies {
		named := b.name != ""
		switch {
		case b.has(classifying) && named && b.resource == "":
			s.set(b.name, b.typed)
		case b.has(assessing) && b.name == flagName:
			s.flag = b.value
		case b.has(assessing) && b.name == statusName:
			s.status = b.value
		case b.has(describing) && named && b.resource == "":
			if s.meta == nil {
				s.meta = map[string]string{}
			}
			s.meta[b.name] = b.value
		case b.resource != "" && (b.has(tagging) || b.has(classifying)):
			tags = append(tags, lastPart(b.resource))
		case b.resource != "" && b.has(identifying):
			s.set(identifying, annotate.Text(b.resource))
		case b.resource != "":
			s.set("body", annotate.Text(b.resource))
		case b.has(tagging) || b.has(classifying):
			tags = append(tags, b.value)
		case b.has(identifying):
			s.set(identifying, annotate.Text(b.value))
		default:
			s.comment(b.value)
		}
	}
	tags = slices.DeleteFunc(tags, func(tag string) bool { return tag == "" })
	switch {
	case len(tags) > 0:
		s.label = tags[0]
	case len(a.motivations) > 0 && a.motivations[0] != "":
		s.label = a.motivations[0]
	default:
		s.label = "annotation"
	}
	if len(tags) > 1 {
		s.set("tag", annotate.Choices(tags[1:]...))
	}
	return s
}

// lastPart returns the word that an address ends with.
func lastPart(address string) string {
	trimmed := strings.TrimRight(address, "/#")
	return trimmed[strings.LastIndexAny(trimmed, "/#:")+1:]
}
