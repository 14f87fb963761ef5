package bioc

import (
	"regexp"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// The infons that are not attributes. Others of these names get a low line in front.
const (
	typeInfon      = "type"
	noteInfon      = "note"
	flagInfon      = "flag"
	annotatorInfon = "annotator"
	statusInfon    = "status"
	labelPrefix    = "label:" // of an attribute of the document

	valueInfon = "value" // hold the label where the type is a class
	labelInfon = "label"
)

// The names that are taken: in annotations and relations, in those of a type that is a
// class, and in documents.
var (
	ownInfons      = map[string]bool{typeInfon: true, noteInfon: true, flagInfon: true}
	classInfons    = map[string]bool{typeInfon: true, noteInfon: true, flagInfon: true, valueInfon: true, labelInfon: true}
	documentInfons = map[string]bool{annotatorInfon: true, statusInfon: true, noteInfon: true, flagInfon: true}
)

// fence returns a name that an infon of another meaning may have, with a low line in front.
func fence(name string, own map[string]bool) string {
	if bare := strings.TrimLeft(name, "_"); own[bare] || strings.HasPrefix(bare, labelPrefix) {
		return "_" + name
	}
	return name
}

// unfence takes the low line away again.
func unfence(name string, own map[string]bool) string {
	if rest, fenced := strings.CutPrefix(name, "_"); fenced && fence(rest, own) != rest {
		return rest
	}
	return name
}

// saying is what infons say besides the label.
type saying struct {
	attributes map[string]annotate.Value
	flag, note string
}

// taken returns the names that are taken in an annotation or relation of a type.
func taken(kind string) map[string]bool {
	if className.MatchString(kind) {
		return classInfons
	}
	return ownInfons
}

// className matches the name of a UIMA type, which INCEpTION writes as the type of an annotation.
var className = regexp.MustCompile(`^[a-z]\w*(\.\w+)*\.[A-Z]\w*$`)

// words returns the label that infons give and what else they say. A type that is a class
// is a layer of INCEpTION, whose labels are values.
func words(infons map[string]annotate.Value, otherwise string) (label string, s saying) {
	label = infons[typeInfon].String()
	own := taken(label)
	named := typeInfon
	layer := ""
	if className.MatchString(label) {
		for _, key := range []string{valueInfon, labelInfon} {
			if v := infons[key].String(); v != "" {
				layer, label, named = label, v, key
				break
			}
		}
	}
	if label == "" {
		label = otherwise
	}
	for key, v := range infons {
		switch {
		case key == named || key == typeInfon:
		case key == noteInfon:
			s.note = v.String()
		case key == flagInfon:
			s.flag = v.String()
		default:
			s.set(unfence(key, own), v)
		}
	}
	if layer != "" {
		s.set("layer", annotate.Text(layer))
	}
	return label, s
}

func (s *saying) set(name string, v annotate.Value) {
	if s.attributes == nil {
		s.attributes = map[string]annotate.Value{}
	}
	s.attributes[name] = v
}

// about takes what the infons of a document say.
func (d *document) about(draft *dataset.Draft) {
	r := draft.Record
	if v, ok := d.infons[annotatorInfon]; ok {
		r.Annotator = v.String()
	}
	said := &annotate.Assessment{Status: annotate.InProgress, Flag: d.infons[flagInfon].String(), Note: d.infons[noteInfon].String()}
	status := annotate.Status(d.infons[statusInfon].String())
	known := status == annotate.New || status == annotate.InProgress || status == annotate.Done
	if known {
		said.Status = status
	}
	if known || said.Flag != "" || said.Note != "" {
		r.Assessment = said
	}
	for key, v := range d.infons {
		label, isLabel := strings.CutPrefix(key, labelPrefix)
		switch {
		case isLabel:
			draft.Label(label, v)
		case key == statusInfon && !known:
			r.Document.SetMeta(key, v.String())
		case !documentInfons[key]:
			r.Document.SetMeta(unfence(key, documentInfons), v.String())
		}
	}
}
