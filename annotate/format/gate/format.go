package gate

import (
	"bytes"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// XML is GATE's own format.
var XML = &dataset.Format{
	Name:        "gate-xml",
	Title:       "GATE XML, a document a file; annotation sets are annotators, relations of any number",
	Patterns:    []string{"*.xml"},
	Holds:       holds(false),
	Unit:        annotate.UTF16,
	Sniff:       func(head dataset.Head) bool { return bytes.Contains(head.Text, []byte("<GateDocument")) },
	Read:        readXML,
	WriteFolder: writeXML,
}

// JSON is bdoc.
var JSON = &dataset.Format{
	Name:      "gate-bdoc",
	Title:     "GATE bdoc JSON of python-gatenlp, one document or one a line; annotation sets are annotators",
	Patterns:  []string{"*.bdocjs", "*.json", "*.jsonl"},
	Holds:     holds(true),
	Unit:      annotate.CodePoint,
	Sniff:     sniffJSON,
	Read:      dataset.ReadValues(decode),
	WriteFile: writeJSON,
}

// holds says what a document of GATE can hold, with control characters in its text or not.
func holds(controls bool) dataset.Holds {
	h := dataset.Holds{
		dataset.Overlaps: dataset.Yes, dataset.Nesting: dataset.Yes, dataset.LineBreaks: dataset.Yes, dataset.EdgeBlanks: dataset.Yes,
		dataset.Texts: dataset.Yes, dataset.Booleans: dataset.Yes, dataset.Numbers: dataset.Yes, dataset.Lists: dataset.Yes,
		dataset.Notes: dataset.Yes, dataset.Flags: dataset.Yes, dataset.Binary: dataset.Yes, dataset.Roles: dataset.Yes, dataset.Nary: dataset.Yes,
		dataset.RelationAttributes: dataset.Yes, dataset.RelationArguments: dataset.Yes, dataset.Annotators: dataset.Yes, dataset.Status: dataset.Yes,
		dataset.DocumentLabels: dataset.Yes, dataset.DocumentNotes: dataset.Yes, dataset.Metadata: dataset.Yes, dataset.Names: dataset.Yes,
		dataset.Unannotated: dataset.Yes, dataset.CarriageReturns: dataset.Yes,
	}
	if controls {
		h[dataset.ControlCharacters] = dataset.Yes
	}
	return h
}

// sniffJSON knows the annotation sets, or a text that says what its offsets count.
func sniffJSON(head dataset.Head) bool {
	s := head.JSON()
	return s.Keys["annotation_sets"].Kind == '{' || s.Has("text", "offset_type")
}
