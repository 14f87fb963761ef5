package cas

import (
	"cmp"
	"slices"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Types of what is said of a document as a whole. INCEpTION keeps layers of such types too.
const (
	stateType     = dataset.DocumentPackage + "State"
	labelsType    = dataset.DocumentPackage + "Attributes"
	fieldType     = dataset.DocumentPackage + "Field"
	annotatorName = "annotator"
	statusName    = "status"
	flagName      = "flag"
	noteName      = "note"
	fieldName     = "name"
	fieldValue    = "value"
)

// documentState is what a file says of its document as a whole.
type documentState struct {
	name      string // as this program wrote it
	title     string
	annotator string // whose annotations it has
	user      string // who wrote the file
	language  string
	state     *structure
	labels    []feature // of the types that are written
	fields    [][2]string
	layers    []*structure // of other types
}

// readDocument finds what is said of the document, before anything is made of it.
func (d *decoder) readDocument() {
	for _, s := range d.structures {
		switch {
		case s.sofa != 0 && s.sofa != d.sofa.id:
		case s.kind == stateType:
			d.document.state = s
			d.document.name, d.document.annotator = s.words(fieldName), s.words(annotatorName)
		case s.kind == labelsType:
			d.document.labels = append(d.document.labels, s.features...)
		case s.kind == fieldType:
			d.document.fields = append(d.document.fields, [2]string{s.words(fieldName), s.words(fieldValue)})
		case s.kind == casMeta:
			d.document.user = s.words("username")
		default:
			if is, _ := d.types.is(s.kind, documentType); is || s.kind == documentMeta {
				d.document.title = cmp.Or(s.words("documentTitle"), s.words("documentId"), d.document.title)
				d.document.language = cmp.Or(s.words("language"), d.document.language)
			}
		}
	}
}

// unspecified is the language of a text of which none is said.
const unspecified = "x-unspecified"

// putDocument gives the draft what is said of the document.
func (d *decoder) putDocument() {
	r := d.draft.Record
	if l := d.document.language; l != "" && l != unspecified {
		r.Document.SetMeta("language", l)
	}
	if t := d.document.title; t != "" && t != r.Document.Name {
		r.Document.SetMeta("title", t)
	}
	for _, f := range d.document.fields {
		r.Document.SetMeta(f[0], f[1])
	}
	for _, f := range d.document.labels {
		if v, ok := d.value(f); ok {
			d.draft.Label(dataset.NamedByType(f.name), v)
		}
	}
	for _, s := range d.document.layers {
		d.putLayer(s)
	}
	if s := d.document.state; s != nil {
		status := annotate.Status(s.words(statusName))
		if status != "" && r.Assessment == nil {
			r.Assessment = &annotate.Assessment{}
		}
		if a := r.Assessment; a != nil {
			a.Status, a.Flag = cmp.Or(status, annotate.InProgress), s.words(flagName)
			d.draft.Note(s.words(noteName))
		}
	}
}

// says reports whether a structure says something of the document: it belongs to the text,
// has no place in it and is none that must have one.
func (d *decoder) says(s *structure) bool {
	if is, _ := d.types.is(s.kind, annotation); is || s.sofa == 0 || len(s.features) == 0 {
		return false
	}
	d.document.layers = append(d.document.layers, s)
	return true
}

// putLayer makes attributes of the document of what a layer of INCEpTION says of it. Where several
// say the same feature, the attribute is a list.
func (d *decoder) putLayer(s *structure) {
	values, _, _ := d.attributes(s)
	for _, name := range annotate.SortedKeys(values) {
		v := values[name]
		var before annotate.Value
		if a := d.draft.Record.Assessment; a != nil && a.Labels != nil {
			if old, has := a.Labels[name]; has {
				before = old
				v = annotate.Choices(append(textsOf(before), textsOf(v)...)...)
			}
		}
		d.draft.Label(name, v)
	}
}

// textsOf returns the texts of a list, or that of another value.
func textsOf(v annotate.Value) []string {
	if texts, ok := v.Choices(); ok {
		return slices.Clone(texts)
	}
	return []string{v.String()}
}
