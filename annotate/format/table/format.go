package table

import (
	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// CSV is a table with commas; what is read may have semicolons, tabs or bars.
var CSV = &dataset.Format{
	Name:      "csv",
	Title:     "table with commas, a row for each document and for each of its spans",
	Patterns:  []string{"*.csv"},
	Holds:     holds,
	Unit:      annotate.CodePoint,
	Sniff:     func(head dataset.Head) bool { return head.Matches("*.csv") },
	Read:      read,
	Encodings: true,
	WriteFile: writer(','),
}

// TSV is the same table with tabs.
var TSV = &dataset.Format{
	Name:      "tsv",
	Title:     "table with tabs, a row for each document and for each of its spans",
	Patterns:  []string{"*.tsv", "*.tab"},
	Holds:     holds,
	Unit:      annotate.CodePoint,
	Sniff:     func(head dataset.Head) bool { return head.Matches("*.tsv", "*.tab") },
	Read:      read,
	Encodings: true,
	WriteFile: writer('\t'),
}

var holds = dataset.Holds{
	dataset.Overlaps: dataset.Yes, dataset.Nesting: dataset.Yes, dataset.LineBreaks: dataset.Yes, dataset.EdgeBlanks: dataset.Yes,
	dataset.Texts: dataset.Yes, dataset.Booleans: dataset.Yes, dataset.Numbers: dataset.Yes, dataset.Lists: dataset.Yes,
	dataset.Notes: dataset.Yes, dataset.Flags: dataset.Yes,
	dataset.Annotators: dataset.Yes, dataset.Status: dataset.Yes, dataset.DocumentLabels: dataset.Yes, dataset.DocumentNotes: dataset.Yes,
	dataset.Metadata: dataset.Yes, dataset.Names: dataset.Yes, dataset.Unannotated: dataset.Yes,
	dataset.CarriageReturns: dataset.Yes, dataset.ControlCharacters: dataset.Yes,
}
