package table

import (
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// The columns, in the order in which they are written.
const (
	documentColumn   = dataset.DocumentColumn
	annotatorColumn  = dataset.AnnotatorColumn
	labelColumn      = dataset.LabelColumn
	startColumn      = dataset.StartColumn
	endColumn        = dataset.EndColumn
	textColumn       = dataset.TextColumn
	attributesColumn = dataset.AttributesColumn
	flagColumn       = dataset.FlagColumn
	noteColumn       = dataset.NoteColumn
	statusColumn     = dataset.StatusColumn
	metadataColumn   = dataset.MetadataColumn

	wholeColumn = "document_text" // only read: the text of the document beside that of the span
)

var written = []string{
	documentColumn, annotatorColumn, labelColumn, startColumn, endColumn, textColumn, attributesColumn, flagColumn, noteColumn, statusColumn,
	metadataColumn,
}

// called lists what columns may be called, the likeliest first.
var called = map[string][]string{
	documentColumn:   {"document", "doc", "document_name", "document_id", "doc_id", "docid", "file", "filename", "file_name", "name", "id"},
	annotatorColumn:  {"annotator", "annotator_id", "user", "coder", "worker", "worker_id"},
	labelColumn:      {"label", "labels", "tag", "entity_type", "type", "class", "category", "entity"},
	startColumn:      {"start", "begin", "start_offset", "start_char", "char_start", "offset_start"},
	endColumn:        {"end", "stop", "end_offset", "end_char", "char_end", "offset_end"},
	textColumn:       {"text", "span_text", "covered_text", "words", "mention", "quote", "span"},
	attributesColumn: {"attributes"},
	flagColumn:       {"flag"},
	noteColumn:       {"note", "notes", "comment"},
	statusColumn:     {"status"},
	metadataColumn:   {"metadata", "meta"},
	wholeColumn:      {"document_text", "full_text", "content", "context", "article", "body", "sentence"},
}

// columns are the places of the columns of a table.
type columns struct {
	names []string // as they stand
	place map[string]int
	ours  bool // the table was written here
}

func newColumns(names []string) columns {
	c := columns{names: names, place: map[string]int{}, ours: slices.Equal(names, written)}
	plain := make([]string, len(names))
	for i, name := range names {
		plain[i] = strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(strings.TrimSpace(name)))
	}
	for column, aliases := range called {
		for _, alias := range aliases {
			if at := slices.Index(plain, alias); at >= 0 {
				c.place[column] = at
				break
			}
		}
	}
	return c
}

// check tells what keeps the table from being read.
func (c columns) check() error {
	_, text := c.place[textColumn]
	_, whole := c.place[wholeColumn]
	_, document := c.place[documentColumn]
	_, start := c.place[startColumn]
	_, end := c.place[endColumn]
	switch {
	case start != end:
		return annotate.Errorf(annotate.Invalid, "its first line names only one of the columns start and end, and spans need both")
	case start && !whole && !document && !text, !start && !text && !whole:
		return annotate.Errorf(annotate.Invalid, "its first line must name the columns, and names neither text nor document, start and end")
	}
	return nil
}

// of returns the field of a column in a row, "" if there is none.
func (c columns) of(row []string, column string) string {
	at, ok := c.place[column]
	if !ok {
		return ""
	}
	if c.ours {
		return revive(row[at])
	}
	return row[at]
}

// others yields the fields of a row that have no meaning here, by the names of their columns.
func (c columns) others(row []string) map[string]string {
	known := map[int]bool{}
	for _, at := range c.place {
		known[at] = true
	}
	fields := map[string]string{}
	for i, name := range c.names {
		if !known[i] && row[i] != "" && strings.TrimSpace(name) != "" {
			fields[strings.TrimSpace(name)] = row[i]
		}
	}
	return fields
}

// formula is what a field begins with that a spreadsheet takes for a formula.
const formula = "=+-@\t\r"

// tame returns a field as no spreadsheet takes it for a formula: with an apostrophe before it.
func tame(field string) string {
	if rest := strings.TrimLeft(field, "'"); rest != "" && strings.ContainsRune(formula, rune(rest[0])) {
		return "'" + field
	}
	return field
}

// revive undoes tame.
func revive(field string) string {
	if tame(field) != field {
		return strings.TrimPrefix(field, "'")
	}
	return field
}
