package spacy

import (
	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Format is spaCy's training data as JSON.
var Format = &dataset.Format{
	Name:     "spacy",
	Title:    "spaCy training examples as JSONL; entities, span groups, categories and, beside them, relations",
	Patterns: []string{"*.jsonl", "*.json"},
	Holds: dataset.Holds{
		dataset.Gaps: dataset.Bent, dataset.Overlaps: dataset.Bent, dataset.Nesting: dataset.Bent, dataset.LineBreaks: dataset.Yes,
		dataset.Texts: dataset.Yes, dataset.Booleans: dataset.Yes, dataset.Numbers: dataset.Yes, dataset.Lists: dataset.Yes,
		dataset.Notes: dataset.Yes, dataset.Flags: dataset.Yes,
		dataset.Binary: dataset.Yes, dataset.Roles: dataset.Yes, dataset.Nary: dataset.Yes, dataset.RelationAttributes: dataset.Yes,
		dataset.RelationArguments: dataset.Yes, dataset.Implicit: dataset.Yes, dataset.Status: dataset.Yes, dataset.DocumentNotes: dataset.Yes,
		dataset.Annotators: dataset.Yes, dataset.DocumentLabels: dataset.Yes, dataset.Metadata: dataset.Yes, dataset.Names: dataset.Yes,
		dataset.Unannotated: dataset.Yes, dataset.CarriageReturns: dataset.Yes, dataset.ControlCharacters: dataset.Yes,
	},
	Unit:      annotate.CodePoint,
	Sniff:     sniff,
	Read:      read,
	WriteFile: write,
}

// group is the group of spans that spaCy's spancat is trained from unless told otherwise.
const group = "sc"

// sniff knows a pair of text and annotations, an object with categories, and paragraphs.
func sniff(head dataset.Head) bool {
	s := head.JSON()
	if s.Kind == '[' && s.Item(0).Kind == '"' {
		a := s.Item(1)
		return a.Kind == '{' && (a.Has("entities") || a.Has("cats") || a.Has("spans"))
	}
	return s.Has("paragraphs") || s.Keys["text"].Kind == '"' && (s.Keys["cats"].Kind == '{' || s.Keys["spans"].Kind == '{')
}
