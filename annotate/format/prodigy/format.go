package prodigy

import (
	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Format is Prodigy's JSONL.
var Format = &dataset.Format{
	Name:     "prodigy",
	Title:    "Prodigy JSONL, one task a line; spans without gaps and relations of two",
	Patterns: []string{"*.jsonl"},
	Holds: dataset.Holds{
		dataset.Overlaps: dataset.Yes, dataset.Nesting: dataset.Yes, dataset.LineBreaks: dataset.Yes, dataset.EdgeBlanks: dataset.Yes,
		dataset.Texts: dataset.Yes, dataset.Booleans: dataset.Yes, dataset.Numbers: dataset.Yes, dataset.Lists: dataset.Yes,
		dataset.Notes: dataset.Yes, dataset.Flags: dataset.Yes, dataset.Binary: dataset.Yes, dataset.RelationAttributes: dataset.Yes,
		dataset.Annotators: dataset.Yes, dataset.Status: dataset.Yes, dataset.DocumentLabels: dataset.Yes, dataset.DocumentNotes: dataset.Yes,
		dataset.Metadata: dataset.Yes, dataset.Names: dataset.Yes, dataset.Unannotated: dataset.Yes,
		dataset.CarriageReturns: dataset.Yes, dataset.ControlCharacters: dataset.Yes,
	},
	Unit:      annotate.CodePoint,
	Sniff:     sniff,
	Read:      read,
	WriteFile: write,
}

// sniff knows a task by its hashes, its answer, its tokens or its spans, or by being
// nothing but a text.
func sniff(head dataset.Head) bool {
	s := head.JSON()
	if s.Keys["text"].Kind != '"' {
		return false
	}
	for _, key := range []string{"_input_hash", "_task_hash", "answer", "_view_id"} {
		if s.Has(key) {
			return true
		}
	}
	if span := s.Keys["spans"].Item(0); span.Has("start", "end", "label") && !span.Has("fragments") {
		return true
	}
	if s.Keys["tokens"].Item(0).Has("text", "start", "end", "id") {
		return true
	}
	return len(s.Keys) == 1 || len(s.Keys) == 2 && s.Keys["meta"].Kind == '{'
}
