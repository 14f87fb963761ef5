package html

import (
	"bytes"
	"context"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/webpage"
)

// Format is HTML pages.
var Format = &dataset.Format{
	Name:     "html",
	Title:    "HTML page, its readable text with title, date and source; holds no annotations",
	Patterns: patterns,
	Holds:    dataset.Holds{dataset.Metadata: dataset.Yes, dataset.Names: dataset.Yes, dataset.Unannotated: dataset.Yes},
	Sniff:    sniff,
	Read:     dataset.ReadOne(decode),

	Encodings: true,
}

// sniff knows a page by its name, or by how it begins.
func sniff(head dataset.Head) bool {
	if head.Matches(patterns...) {
		return true
	}
	begin := bytes.ToLower(bytes.TrimSpace(head.Text[:min(len(head.Text), 200)]))
	return bytes.HasPrefix(begin, []byte("<!doctype html")) || bytes.HasPrefix(begin, []byte("<html"))
}

var patterns = []string{"*.html", "*.htm", "*.xhtml"}

func decode(_ context.Context, in dataset.Input) (*dataset.Record, error) {
	raw, err := dataset.ReadFile(in.Path)
	if err != nil {
		return nil, err
	}
	r := &dataset.Record{File: in.Path, End: int64(len(raw))}
	text, err := inUTF8(raw, r, in.Encoding)
	if err != nil {
		return nil, err
	}
	page, err := html.Parse(bytes.NewReader(text))
	if err != nil {
		return nil, annotate.Errorf(annotate.Invalid, "it cannot be read as HTML: %w", err)
	}
	return r, r.SetText(in, "the page", webpage.Text(page), webpage.About(page))
}

// inUTF8 returns a page as UTF-8. What it is converted from is what the person says or,
// where that is nil, its mark or it itself, else Windows-1252, as browsers do; what was
// found out is remarked on.
func inUTF8(raw []byte, r *dataset.Record, said encoding.Encoding) ([]byte, error) {
	if said != nil {
		return dataset.Decode(raw, said)
	}
	found, name, certain := charset.DetermineEncoding(raw, "")
	if name == "utf-8" || !certain && utf8.Valid(raw) {
		raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
		return raw, annotate.CheckText(raw)
	}
	text, err := found.NewDecoder().Bytes(raw)
	if err != nil {
		return nil, annotate.Errorf(annotate.Invalid, "the page cannot be read as %s: %w", name, err)
	}
	r.Remark(r.File, 0, "the page is not UTF-8; it was read as %s", name)
	return bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), nil
}
