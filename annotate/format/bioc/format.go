package bioc

import (
	"bytes"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// JSON is BioC in JSON.
var JSON = &dataset.Format{
	Name:      "bioc-json",
	Title:     "BioC JSON, as of PubTator and PMC; spans with gaps, relations of any number with roles",
	Patterns:  []string{"*.json", "*.jsonl"},
	Holds:     holds(dataset.Yes),
	Unit:      annotate.CodePoint,
	Sniff:     sniffJSON,
	Read:      readJSON,
	WriteFile: writeJSON,
}

// XML is BioC in XML.
var XML = &dataset.Format{
	Name:      "bioc-xml",
	Title:     "BioC XML; spans with gaps, relations of any number with roles",
	Patterns:  []string{"*.xml"},
	Holds:     holds(dataset.Bent),
	Unit:      annotate.CodePoint,
	Untyped:   true,
	Sniff:     sniffXML,
	Read:      readXML,
	WriteFile: writeXML,
}

// holds says what BioC can hold where values other than texts are held as well as that.
func holds(values dataset.Level) dataset.Holds {
	h := dataset.Holds{
		dataset.Gaps: dataset.Yes, dataset.Overlaps: dataset.Yes, dataset.Nesting: dataset.Yes, dataset.LineBreaks: dataset.Yes, dataset.EdgeBlanks: dataset.Yes,
		dataset.Texts: dataset.Yes, dataset.Booleans: values, dataset.Numbers: values, dataset.Lists: values,
		dataset.Notes: dataset.Yes, dataset.Flags: dataset.Yes, dataset.Binary: dataset.Yes, dataset.Roles: dataset.Yes, dataset.Nary: dataset.Yes,
		dataset.RelationAttributes: dataset.Yes, dataset.RelationArguments: dataset.Yes, dataset.Annotators: dataset.Yes, dataset.Status: dataset.Yes,
		dataset.DocumentLabels: values, dataset.DocumentNotes: dataset.Yes, dataset.Metadata: dataset.Yes, dataset.Names: dataset.Yes,
		dataset.Unannotated: dataset.Yes, dataset.CarriageReturns: dataset.Yes,
	}
	if values == dataset.Yes {
		h[dataset.ControlCharacters] = dataset.Yes
	}
	return h
}

// sniffJSON knows a collection by its documents, and a document by its passages.
func sniffJSON(head dataset.Head) bool {
	s := head.JSON()
	for _, key := range []string{"documents", "PubTator3"} {
		if list, ok := s.Keys[key]; ok && list.Kind == '[' && (key == "PubTator3" || s.Has("source", "key") || list.Item(0).Has("passages")) {
			return true
		}
	}
	return s.Keys["passages"].Kind == '[' && s.Has("id")
}

// sniffXML knows the element of a collection, and one that only a collection of BioC has.
func sniffXML(head dataset.Head) bool {
	begin := head.Text[:min(len(head.Text), 4096)]
	return bytes.Contains(begin, []byte("<collection")) &&
		(bytes.Contains(begin, []byte("BioC")) || bytes.Contains(begin, []byte("<source")) || bytes.Contains(begin, []byte("<document")))
}
