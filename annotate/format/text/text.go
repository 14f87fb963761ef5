package text

import (
	"context"
	"iter"
	"path/filepath"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Format is plain text.
var Format = &dataset.Format{
	Name:     "text",
	Title:    "plain text, one UTF-8 file a document; holds no annotations",
	Patterns: []string{"*.txt"},
	Holds:    dataset.Holds{dataset.Names: dataset.Yes, dataset.Unannotated: dataset.Yes},
	Main:     mainFile,
	Read:     read,
}

func mainFile(path string) string {
	if strings.EqualFold(filepath.Ext(path), ".txt") {
		return path
	}
	return ""
}

func read(_ context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		d, size, err := dataset.ReadDocument(in)
		if err != nil {
			yield(nil, err)
			return
		}
		d.CutDate()
		d.ID = annotate.DerivedID("document", d.Name, d.Hash)
		yield(&dataset.Record{Document: d, File: in.Path, End: size}, nil)
	}
}
