package pubannotation

import (
	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Format is PubAnnotation's JSON.
var Format = &dataset.Format{
	Name:     "pubannotation",
	Title:    "PubAnnotation JSON; denotations as spans, relations of two, attributes",
	Patterns: []string{"*.json", "*.jsonl"},
	Holds: dataset.Holds{
		dataset.Gaps: dataset.Yes, dataset.Overlaps: dataset.Yes, dataset.Nesting: dataset.Yes, dataset.LineBreaks: dataset.Yes, dataset.EdgeBlanks: dataset.Yes,
		dataset.Texts: dataset.Yes, dataset.Booleans: dataset.Yes, dataset.Numbers: dataset.Yes, dataset.Lists: dataset.Yes,
		dataset.Binary: dataset.Yes, dataset.RelationAttributes: dataset.Yes, dataset.RelationArguments: dataset.Yes, dataset.Annotators: dataset.Yes,
		dataset.Metadata: dataset.Yes, dataset.Names: dataset.Yes, dataset.Unannotated: dataset.Yes,
		dataset.CarriageReturns: dataset.Yes, dataset.ControlCharacters: dataset.Yes,
	},
	Unit:      annotate.CodePoint,
	Sniff:     sniff,
	Read:      dataset.ReadValues(decode),
	WriteFile: write,
}

// sniff knows denotations, on their own or in tracks.
func sniff(head dataset.Head) bool {
	s := head.JSON()
	return s.Has("text") && (s.Has("denotations") || s.Has("sourcedb") || s.Keys["tracks"].Item(0).Has("denotations"))
}
