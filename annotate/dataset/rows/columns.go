package rows

import (
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// The columns that have a meaning, under the names that they are written with.
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

// Written are the columns of tables that are written here, in their order.
var Written = []string{
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

// Columns are the places of the columns of a table.
type Columns struct {
	names []string // as they stand
	place map[string]int
	ours  bool // the table was written here
}

// NewColumns finds the columns of a table by their names.
func NewColumns(names []string) Columns {
	c := Columns{names: names, place: map[string]int{}, ours: slices.Equal(names, Written)}
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

// Names returns the names as they stand.
func (c Columns) Names() []string { return c.names }

// Known returns how many of the columns have a meaning.
func (c Columns) Known() int { return len(c.place) }

// Offset reports whether a column holds a start or end.
func (c Columns) Offset(i int) bool {
	start, has := c.place[startColumn]
	end, ends := c.place[endColumn]
	return has && i == start || ends && i == end
}

// Check tells what keeps the table from being read.
func (c Columns) Check() error {
	for _, name := range c.names {
		if err := annotate.CheckText([]byte(name)); err != nil {
			return err
		}
	}
	_, text := c.place[textColumn]
	_, whole := c.place[wholeColumn]
	_, document := c.place[documentColumn]
	_, start := c.place[startColumn]
	_, end := c.place[endColumn]
	switch {
	case start != end:
		return annotate.Errorf(annotate.Invalid, "its first row names only one of the columns start and end, and spans need both")
	case start && !whole && !document && !text, !start && !text && !whole:
		return annotate.Errorf(annotate.Invalid, "its first row must name the columns, and names neither text nor document, start and end")
	}
	return nil
}

// checkRow tells which field of a row can be no text.
func (c Columns) checkRow(row []string) error {
	for i, field := range row {
		if err := annotate.CheckText([]byte(field)); err != nil {
			return annotate.Errorf(annotate.Invalid, "column %q: %w", c.names[i], err)
		}
	}
	return nil
}

// of returns the field of a column in a row, "" if there is none.
func (c Columns) of(row []string, column string) string {
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
func (c Columns) others(row []string) map[string]string {
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

// Tame returns a field as no spreadsheet takes it for a formula: with an apostrophe before it.
func Tame(field string) string {
	if rest := strings.TrimLeft(field, "'"); rest != "" && strings.ContainsRune(formula, rune(rest[0])) {
		return "'" + field
	}
	return field
}

// revive undoes [Tame].
func revive(field string) string {
	if Tame(field) != field {
		return strings.TrimPrefix(field, "'")
	}
	return field
}
