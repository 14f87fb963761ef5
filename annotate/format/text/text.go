package text

import (
	"context"
	"path/filepath"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Format is plain text.
var Format = &dataset.Format{
	Name:     "text",
	Title:    "plain text, one file a document (UTF-8, UTF-16, Windows-1252, others on request); holds no annotations",
	Patterns: []string{"*.txt"},
	Holds:    dataset.Holds{dataset.Names: dataset.Yes, dataset.Unannotated: dataset.Yes},
	Main:     mainFile,
	Read:     dataset.ReadOne(decode),

	Encodings: true,
}

func mainFile(path string) string {
	if strings.EqualFold(filepath.Ext(path), ".txt") {
		return path
	}
	return ""
}

func decode(_ context.Context, in dataset.Input) (*dataset.Record, error) {
	raw, err := dataset.ReadFile(in.Path)
	if err != nil {
		return nil, err
	}
	text, from, err := inUTF8(raw)
	if in.Encoding != nil {
		from = ""
		text, err = dataset.Decode(raw, in.Encoding)
	}
	if err != nil {
		return nil, err
	}
	d := &annotate.Document{Name: in.Name}
	if err := d.ReadText(text); err != nil {
		return nil, err
	}
	d.CutDate()
	d.ID = annotate.DerivedID("document", d.Name, d.Hash)
	r := &dataset.Record{Document: d, File: in.Path, End: int64(len(raw))}
	if from != "" {
		r.Remark(in.Path, 0, "the file is not UTF-8; it was read as %s", from)
	}
	return r, nil
}
