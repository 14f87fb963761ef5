package webanno

import (
	"bytes"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Format is WebAnno TSV 3.
var Format = &dataset.Format{
	Name:     "webanno",
	Title:    "WebAnno TSV 3 of INCEpTION, a document a file; layers of spans, chains, relations and slots",
	Patterns: []string{"*.tsv"},
	Holds: dataset.Holds{
		dataset.Overlaps: dataset.Yes, dataset.Nesting: dataset.Yes, dataset.LineBreaks: dataset.Yes, dataset.Texts: dataset.Yes,
		dataset.Booleans: dataset.Bent, dataset.Numbers: dataset.Bent, dataset.Lists: dataset.Bent, dataset.Annotators: dataset.Bent,
		dataset.Binary: dataset.Yes, dataset.Roles: dataset.Yes, dataset.Nary: dataset.Yes, dataset.RelationAttributes: dataset.Yes,
		dataset.Names: dataset.Bent, dataset.Unannotated: dataset.Yes, dataset.SentencesOnly: dataset.Yes,
	},
	Unit:    annotate.UTF16,
	Untyped: true,
	Sniff: func(head dataset.Head) bool {
		return bytes.HasPrefix(head.Text, []byte(firstLine)) || bytes.HasPrefix(head.Text, []byte(firstLineOf2))
	},
	Read:        read,
	WriteFolder: write,
	Bends:       bends,
}

// firstLine is how a file begins, before its version.
const firstLine = "#FORMAT=WebAnno TSV 3"

// firstLineOf2 is how a file of version 2 begins, which has no offsets.
const firstLineOf2 = " # "
