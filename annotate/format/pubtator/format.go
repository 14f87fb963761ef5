package pubtator

import (
	"regexp"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Format is PubTator.
var Format = &dataset.Format{
	Name:     "pubtator",
	Title:    "PubTator, titles and abstracts with mentions; spans without gaps and relations of two concepts",
	Patterns: []string{"*.pubtator", "*.txt"},
	Holds: dataset.Holds{
		dataset.Overlaps: dataset.Yes, dataset.Nesting: dataset.Yes, dataset.LineBreaks: dataset.Yes, dataset.EdgeBlanks: dataset.Yes,
		dataset.Binary: dataset.Yes, dataset.Names: dataset.Bent, dataset.Unannotated: dataset.Yes,
		dataset.OneAttribute(identifier): dataset.Bent, dataset.TwoLines: dataset.Bent,
	},
	Unit:      annotate.CodePoint,
	Untyped:   true,
	Sniff:     sniff,
	Read:      read,
	WriteFile: write,
	Bends:     bends,
}

// identifier is the attribute that the column of concepts is.
const identifier = "identifier"

// textLine matches a line of the text, and whose: title, abstract, or another passage.
var textLine = regexp.MustCompile(`^([^|\t\r]+)\|([a-z])\|`)

// sniffed is how much of a line is looked at to know a title, in bytes: ids are short, and lines of other
// texts can be long.
const sniffed = 128

// sniff knows the title of the first document.
func sniff(head dataset.Head) bool {
	for n := 0; ; n++ {
		line := head.Line(n)
		if line == nil || n > 100 {
			return false
		}
		if len(line) > 0 {
			found := textLine.FindSubmatch(line[:min(len(line), sniffed)])
			return found != nil && string(found[2]) == "t"
		}
	}
}
