package brat

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Format is brat standoff.
var Format = &dataset.Format{
	Name:        "brat",
	Title:       "brat standoff, a .txt and an .ann file a document",
	Patterns:    []string{"*.ann", "*.txt", "*.a1", "*.a2", "*.rel"},
	Holds:       holds,
	Unit:        annotate.CodePoint,
	Main:        mainFile,
	Read:        read,
	WriteFolder: write,
	Bends:       bends,
	Untyped:     true,
}

// holds says what brat can hold. What it holds in another form its writer sees to.
var holds = dataset.Holds{
	dataset.Gaps: dataset.Yes, dataset.Overlaps: dataset.Yes, dataset.Nesting: dataset.Yes, dataset.LineBreaks: dataset.Bent, dataset.EdgeBlanks: dataset.Yes,
	dataset.Texts: dataset.Yes, dataset.Booleans: dataset.Yes, dataset.Numbers: dataset.Bent, dataset.Lists: dataset.Yes,
	dataset.Notes: dataset.Yes, dataset.Binary: dataset.Yes, dataset.Roles: dataset.Yes, dataset.Nary: dataset.Yes,
	dataset.RelationAttributes: dataset.Yes, dataset.RelationArguments: dataset.Yes, dataset.Annotators: dataset.Bent,
	dataset.Names: dataset.Bent, dataset.Unannotated: dataset.Yes, dataset.CarriageReturns: dataset.Bent, dataset.ControlCharacters: dataset.Yes,
}

// Trigger is the role of an event's trigger.
const Trigger = "trigger"

// companions are the extensions of files that annotate a text, in the order they
// are read. An .ann file stands alone; the others belong together.
var companions = []string{".ann", ".a1", ".a2", ".rel"}

// mainFile returns the text that path is, or annotates. An .ann file without a
// text stands for itself, so that reading it can say what is missing.
func mainFile(path string) string {
	extension := filepath.Ext(path)
	text := strings.TrimSuffix(path, extension) + ".txt"
	switch {
	case strings.EqualFold(extension, ".txt"):
		if len(annotationFiles(path)) > 0 {
			return path
		}
	case slices.Contains(companions, extension) && exists(text):
		return text
	case extension == ".ann":
		return path
	}
	return ""
}

// annotationFiles returns the files that annotate a text file.
func annotationFiles(text string) []string {
	stem := strings.TrimSuffix(text, filepath.Ext(text))
	if exists(stem + ".ann") {
		return []string{stem + ".ann"}
	}
	var found []string
	for _, extension := range companions[1:] {
		if exists(stem + extension) {
			found = append(found, stem+extension)
		}
	}
	return found
}

func exists(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir()
}
