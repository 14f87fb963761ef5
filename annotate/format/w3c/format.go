package w3c

import (
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Format is Web Annotation in JSON-LD.
var Format = &dataset.Format{
	Name:     "w3c",
	Title:    "W3C Web Annotation (JSON-LD), of texts in the file or beside it",
	Patterns: []string{"*.jsonld", "*.json"},
	Holds: dataset.Holds{
		dataset.Gaps: dataset.Yes, dataset.Overlaps: dataset.Yes, dataset.Nesting: dataset.Yes, dataset.LineBreaks: dataset.Yes, dataset.EdgeBlanks: dataset.Yes,
		dataset.Texts: dataset.Yes, dataset.Booleans: dataset.Yes, dataset.Numbers: dataset.Yes, dataset.Lists: dataset.Yes,
		dataset.Notes: dataset.Yes, dataset.Flags: dataset.Yes, dataset.Binary: dataset.Yes, dataset.Roles: dataset.Yes, dataset.Nary: dataset.Yes,
		dataset.RelationAttributes: dataset.Yes, dataset.RelationArguments: dataset.Yes, dataset.Annotators: dataset.Yes, dataset.Status: dataset.Yes,
		dataset.DocumentLabels: dataset.Yes, dataset.DocumentNotes: dataset.Yes, dataset.Metadata: dataset.Yes, dataset.Names: dataset.Yes,
		dataset.Unannotated: dataset.Yes, dataset.CarriageReturns: dataset.Yes, dataset.ControlCharacters: dataset.Yes,
	},
	Unit:      annotate.CodePoint,
	Sniff:     sniff,
	Read:      read,
	WriteFile: write,
}

// jsonContext is what a Web Annotation names as its context.
const jsonContext = "http://www.w3.org/ns/anno.jsonld"

// sniff knows the context, or what only an annotation has.
func sniff(head dataset.Head) bool {
	s := head.JSON()
	names := []dataset.Shape{s.Keys["@context"]}
	names = append(names, names[0].Items...)
	for _, name := range names {
		if strings.HasSuffix(name.Text, "/ns/anno.jsonld") {
			return true
		}
	}
	kind := s.Keys["type"].Text
	target := s.Keys["target"]
	return s.Has("target") && (kind == "Annotation" || target.Has("selector") || target.Item(0).Has("selector")) ||
		(kind == "AnnotationPage" || kind == "AnnotationCollection")
}
