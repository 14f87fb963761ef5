package labelstudio

import (
	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Format is Label Studio's JSON.
var Format = &dataset.Format{
	Name:     "labelstudio",
	Title:    "Label Studio JSON with its labelling configuration; spans without gaps and relations of two",
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
	Read:      read,
	WriteFile: write,
	Beside:    beside,
}

// Min is Label Studio's JSON_MIN.
var Min = &dataset.Format{
	Name:     "labelstudio-min",
	Title:    "Label Studio JSON_MIN with its labelling configuration; spans and what is said of the document",
	Patterns: []string{"*.json"},
	Holds: dataset.Holds{
		dataset.Overlaps: dataset.Yes, dataset.Nesting: dataset.Yes, dataset.LineBreaks: dataset.Yes, dataset.EdgeBlanks: dataset.Yes,
		dataset.Annotators: dataset.Yes, dataset.DocumentLabels: dataset.Yes,
		dataset.Metadata: dataset.Yes, dataset.Names: dataset.Yes, dataset.Unannotated: dataset.Yes,
		dataset.CarriageReturns: dataset.Yes, dataset.ControlCharacters: dataset.Yes,
	},
	Unit:      annotate.UTF16,
	Untyped:   true,
	Sniff:     sniffMin,
	Read:      read,
	WriteFile: writeMin,
	Beside:    beside,
}

// sniff knows a task by its data and what is made of them.
func sniff(head dataset.Head) bool {
	s := head.JSON()
	if s.Keys["data"].Kind != '{' {
		return false
	}
	for _, key := range []string{"annotations", "completions", "predictions", "drafts"} {
		if s.Keys[key].Kind == '[' {
			return true
		}
	}
	return len(s.Keys) == 1 || len(s.Keys) == 2 && s.Has("id")
}

// sniffMin knows a line of JSON_MIN by its regions or by the annotation it came from.
func sniffMin(head dataset.Head) bool {
	s := head.JSON()
	for _, value := range s.Keys {
		if region := value.Item(0); region.Has("start", "end") && (region.Has("labels") || region.Has("hypertextlabels")) {
			return true
		}
	}
	return s.Has("annotation_id", "annotator")
}
