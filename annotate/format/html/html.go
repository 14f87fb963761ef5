package html

import (
	"bytes"
	"context"
	"iter"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Format is HTML pages.
var Format = &dataset.Format{
	Name:     "html",
	Title:    "HTML page, its readable text with title, date and source; holds no annotations",
	Patterns: patterns,
	Holds:    dataset.Holds{dataset.Metadata: dataset.Yes, dataset.Names: dataset.Yes, dataset.Unannotated: dataset.Yes},
	Sniff:    sniff,
	Read:     read,
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

func read(_ context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		r, err := decode(in)
		yield(r, dataset.Place(err, in.Path, 0))
	}
}

func decode(in dataset.Input) (*dataset.Record, error) {
	raw, err := dataset.ReadFile(in.Path)
	if err != nil {
		return nil, err
	}
	r := &dataset.Record{File: in.Path, End: int64(len(raw))}
	text, err := inUTF8(raw, r)
	if err != nil {
		return nil, err
	}
	page, err := html.Parse(bytes.NewReader(text))
	if err != nil {
		return nil, annotate.Errorf(annotate.Invalid, "it cannot be read as HTML: %w", err)
	}
	d := &annotate.Document{Name: in.Name}
	for field, value := range about(page) {
		d.SetMeta(field, value)
	}
	if err := d.ReadText([]byte(readable(page))); err != nil {
		return nil, err
	}
	if d.Text == "" {
		return nil, annotate.Errorf(annotate.Invalid, "the page has no readable text")
	}
	d.ID = annotate.DerivedID("document", d.Name, d.Hash)
	r.Document = d
	return r, nil
}

// inUTF8 returns a page as UTF-8. What it is converted from is what its mark or it itself
// says, else Windows-1252, as browsers do; it is remarked on.
func inUTF8(raw []byte, r *dataset.Record) ([]byte, error) {
	encoding, name, certain := charset.DetermineEncoding(raw, "")
	if name == "utf-8" || !certain && utf8.Valid(raw) {
		raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
		return raw, annotate.CheckText(raw)
	}
	text, err := encoding.NewDecoder().Bytes(raw)
	if err != nil {
		return nil, annotate.Errorf(annotate.Invalid, "the page cannot be read as %s: %w", name, err)
	}
	r.Remark(r.File, 0, "the page is not UTF-8; it was read as %s", name)
	return bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")), nil
}
