package pdf

import (
	"bytes"
	"context"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Format is PDF files with a text layer.
var Format = &dataset.Format{
	Name:     "pdf",
	Title:    "PDF with a text layer, its text with title, author and date; holds no annotations",
	Patterns: patterns,
	Holds:    dataset.Holds{dataset.Metadata: dataset.Yes, dataset.Names: dataset.Yes, dataset.Unannotated: dataset.Yes},
	Sniff: func(head dataset.Head) bool {
		return head.Matches(patterns...) || bytes.HasPrefix(head.Text, []byte("%PDF-"))
	},
	Read: dataset.ReadOne(decode),
}

var patterns = []string{"*.pdf"}

func decode(ctx context.Context, in dataset.Input) (*dataset.Record, error) {
	raw, err := dataset.ReadFile(in.Path)
	if err != nil {
		return nil, err
	}
	f, err := open(ctx, raw)
	if err != nil {
		return nil, err
	}
	defer f.close()
	pages, err := f.pages(ctx)
	if err != nil {
		return nil, err
	}
	r := &dataset.Record{End: int64(len(raw))}
	empty := 0
	for _, page := range pages {
		if len(page) == 0 {
			empty++
		}
	}
	switch {
	case empty == len(pages):
		return nil, annotate.Errorf(annotate.Invalid, "it has no text layer, only pictures of pages; have its text recognised first")
	case empty > 0:
		r.Remark(in.Path, 0, "%d of its %d pages have no text", empty, len(pages))
	}
	pages, heads := withoutHeads(pages)
	if heads > 0 {
		r.Remark(in.Path, 0, "%d lines that head or foot its pages were left out", heads)
	}
	text := join(pages)
	if unknown := strings.Count(text, "\ufffd"); unknown > 0 {
		r.Remark(in.Path, 0, "%d of its characters are in no Unicode; they became \ufffd", unknown)
	}
	return r, r.SetText(in, "the file", text, f.about())
}
