package labelstudio

import (
	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Format is Label Studio's JSON.
var Format = &dataset.Format{
	Name:     "labelstudio",
	Title:    "Label Studio JSON, and JSON_MIN when read; spans without gaps and relations of two",
	Patterns: []string{"*.json"},
	Holds: dataset.Holds{
		dataset.Overlaps: dataset.Yes, dataset.Nesting: dataset.Yes, dataset.LineBreaks: dataset.Yes, dataset.EdgeBlanks: dataset.Yes,
		dataset.Texts: dataset.Yes, dataset.Booleans: dataset.Yes, dataset.Numbers: dataset.Yes, dataset.Lists: dataset.Yes,
		dataset.Notes: dataset.Yes, dataset.Flags: dataset.Yes, dataset.Binary: dataset.Yes,
		dataset.Annotators: dataset.Yes, dataset.Status: dataset.Yes, dataset.DocumentLabels: dataset.Yes, dataset.DocumentNotes: dataset.Yes,
		dataset.Metadata: dataset.Yes, dataset.Names: dataset.Yes, dataset.Unannotated: dataset.Yes,
		dataset.CarriageReturns: dataset.Yes, dataset.ControlCharacters: dataset.Yes,
	},
	Unit:      annotate.UTF16,
	Untyped:   true,
	Sniff:     sniff,
	Read:      dataset.ReadValues(decode),
	WriteFile: write,
}

// sniff knows a task by its data and what is made of them, and a line of JSON_MIN by its
// regions or by the annotation it came from.
func sniff(head dataset.Head) bool {
	s := head.JSON()
	if s.Keys["data"].Kind == '{' {
		for _, key := range []string{"annotations", "completions", "predictions", "drafts"} {
			if s.Keys[key].Kind == '[' {
				return true
			}
		}
		return len(s.Keys) == 1 || len(s.Keys) == 2 && s.Has("id")
	}
	for _, value := range s.Keys {
		if region := value.Item(0); region.Has("start", "end") && (region.Has("labels") || region.Has("hypertextlabels")) {
			return true
		}
	}
	return s.Has("annotation_id", "annotator")
}
