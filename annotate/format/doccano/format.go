package doccano

import (
	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Format is doccano's JSONL.
var Format = &dataset.Format{
	Name:     "doccano",
	Title:    "doccano JSONL, of all versions; spans without gaps and relations of two",
	Patterns: []string{"*.jsonl", "*.json"},
	Holds: dataset.Holds{
		dataset.Overlaps: dataset.Yes, dataset.Nesting: dataset.Yes, dataset.LineBreaks: dataset.Yes, dataset.EdgeBlanks: dataset.Yes,
		dataset.Binary: dataset.Yes, dataset.Annotators: dataset.Yes,
		dataset.DocumentLabels: dataset.Yes, dataset.DocumentNotes: dataset.Yes, dataset.Metadata: dataset.Yes, dataset.Names: dataset.Yes,
		dataset.Unannotated: dataset.Yes, dataset.CarriageReturns: dataset.Yes, dataset.ControlCharacters: dataset.Yes,
	},
	Unit:      annotate.CodePoint,
	Sniff:     sniff,
	Read:      read,
	WriteFile: write,
}

// sniff knows the keys of each generation, which other formats give other contents.
func sniff(head dataset.Head) bool {
	s := head.JSON()
	if !s.Has("text") || s.Has("answer") || s.Has("_input_hash") {
		return false
	}
	for _, key := range []string{"label", "labels", "entities"} {
		item := s.Keys[key].Item(0)
		triple := len(item.Items) == 3 && item.Item(0).Kind == '0' && item.Item(2).Kind == '"'
		if triple || item.Has("start_offset", "end_offset", "label") || key != "entities" && item.Kind == '"' {
			return s.Keys["cats"].Kind != '{' // spaCy's are an object
		}
	}
	_, relations := s.Keys["relations"]
	empty := s.Keys["label"].Kind == '[' || s.Keys["labels"].Kind == '[' || s.Keys["entities"].Kind == '['
	old := s.Keys["annotations"]
	return old.Kind == '[' && (s.Has("annotation_approver") || old.Item(0).Has("label", "user")) ||
		empty && (s.Has("Comments") || s.Has("cats") || relations || s.Has("meta")) && !s.Has("annotator", "offsets")
}
