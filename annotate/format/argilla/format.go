package argilla

import (
	"os"
	"path/filepath"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Format is a data set in a folder.
var Format = &dataset.Format{
	Name:     "argilla",
	Title:    "data set of Argilla 2 in a folder; spans, questions about documents, and what Argilla has no place for in the metadata",
	Patterns: []string{recordsName, "*.json"},
	Holds: dataset.Holds{
		dataset.Gaps: dataset.Bent, dataset.Overlaps: dataset.Yes, dataset.Nesting: dataset.Yes, dataset.LineBreaks: dataset.Yes, dataset.EdgeBlanks: dataset.Yes,
		dataset.Texts: dataset.Yes, dataset.Booleans: dataset.Yes, dataset.Numbers: dataset.Yes, dataset.Lists: dataset.Yes,
		dataset.Notes: dataset.Yes, dataset.Flags: dataset.Yes,
		dataset.Binary: dataset.Yes, dataset.Roles: dataset.Yes, dataset.Nary: dataset.Yes, dataset.RelationAttributes: dataset.Yes,
		dataset.RelationArguments: dataset.Yes, dataset.Implicit: dataset.Yes,
		dataset.Annotators: dataset.Yes, dataset.Status: dataset.Yes,
		dataset.DocumentLabels: dataset.Yes, dataset.DocumentNotes: dataset.Yes, dataset.Metadata: dataset.Yes, dataset.Names: dataset.Yes,
		dataset.Unannotated: dataset.Yes, dataset.CarriageReturns: dataset.Yes, dataset.ControlCharacters: dataset.Yes,
	},
	Unit:        annotate.CodePoint,
	Main:        mainFile,
	Read:        read,
	WriteFolder: write,
}

// The files of a data set.
const (
	recordsName  = "records.json"
	hiddenName   = ".argilla"
	settingsName = "settings.json"
	datasetName  = "dataset.json"
)

// mainFile returns the records of a data set, for its other files as well.
func mainFile(path string) string {
	folder, name := filepath.Split(path)
	if filepath.Base(filepath.Clean(folder)) == hiddenName && (name == settingsName || name == datasetName) {
		path = filepath.Join(filepath.Dir(filepath.Clean(folder)), recordsName)
		if _, err := os.Stat(path); err != nil {
			return ""
		}
		return path
	}
	if extension := filepath.Ext(name); extension != ".json" && extension != ".jsonl" {
		return ""
	}
	s := dataset.ReadHead(path).JSON()
	if s.Keys["fields"].Kind == '{' && (s.Keys["responses"].Kind == '{' || s.Keys["suggestions"].Kind == '{') {
		return path
	}
	return ""
}

// The kinds of questions.
const (
	spanKind   = "span"
	labelKind  = "label_selection"
	labelsKind = "multi_label_selection"
	textKind   = "text"
)

// spansQuestion is the question in which spans are written.
const spansQuestion = "spans"
