package conll

import (
	"strings"

	"spanwright/annotate/dataset"
)

// Format is columns of tokens and tags.
var Format = &dataset.Format{
	Name:     "conll",
	Title:    "CoNLL columns, a token and its tag a line (IOB1, IOB2, BIOES, BILOU)",
	Patterns: []string{"*.conll", "*.iob", "*.bio", "*.txt", "*.tsv"},
	Holds: dataset.Holds{
		dataset.LineBreaks: dataset.Yes, dataset.Annotators: dataset.Yes, dataset.Names: dataset.Yes, dataset.Unannotated: dataset.Yes,
		dataset.CarriageReturns: dataset.Yes, dataset.ControlCharacters: dataset.Yes,
	},
	Sniff:     sniffColumns,
	Read:      readColumns,
	WriteFile: writeColumns,
}

// Universal is CoNLL-U.
var Universal = &dataset.Format{
	Name:     "conllu",
	Title:    "CoNLL-U, ten columns; entities in MISC",
	Patterns: []string{"*.conllu"},
	Holds: dataset.Holds{
		dataset.Nesting: dataset.Yes, dataset.LineBreaks: dataset.Yes, dataset.Annotators: dataset.Yes, dataset.Names: dataset.Yes,
		dataset.Unannotated: dataset.Bent, dataset.CarriageReturns: dataset.Yes, dataset.ControlCharacters: dataset.Yes,
	},
	Sniff:     sniffUniversal,
	Read:      readUniversal,
	WriteFile: writeUniversal,
	Bends:     func(dataset.Options) func(*dataset.Record) dataset.Losses { return wordless },
}

// wordless tells of a document that has no words, which CoNLL-U cannot hold.
func wordless(r *dataset.Record) (losses dataset.Losses) {
	if strings.TrimSpace(r.Document.Text) == "" {
		losses.Add("document without words, left out")
	}
	return losses
}
