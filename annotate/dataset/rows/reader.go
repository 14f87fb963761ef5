package rows

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Table is a table that is being read.
type Table struct {
	Columns Columns
	// Row returns the next row that is not empty, with a field for each column, and its
	// line, 1-based; [io.EOF] behind the last. After another error it goes on behind that row.
	Row func() (fields []string, line int, err error)
	// Read returns how many bytes of the file have been read; nil where nobody knows.
	Read func() int64
	// Opening says what was found out of the table, for the first record to tell; "" for nothing.
	Opening string
}

// Records yields a record for each row that is a document, and for the spans of one document
// and annotator that follow each other.
func (t Table) Records(ctx context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		r := &reader{Table: t, in: in, yield: yield}
		for !r.stopped && ctx.Err() == nil && r.next() {
		}
		r.flush()
	}
}

// reader puts records together row by row.
type reader struct {
	Table
	in      dataset.Input
	yield   func(*dataset.Record, error) bool
	stopped bool
	rows    int // of the table so far

	line      int // of the row
	draft     *dataset.Draft
	failed    error // why the record under way is left out
	name      string
	annotator string
	text      string // of the document called name
	known     bool   // text is
	inText    bool   // it stood in the column text of a span
	spans     int
}

// next reads a row; false means that there is none.
func (r *reader) next() bool {
	row, line, err := r.Row()
	if errors.Is(err, io.EOF) {
		return false
	}
	r.line = line
	r.rows++
	if err == nil {
		err = r.Columns.checkRow(row)
	}
	switch _, spans := r.Columns.place[startColumn]; {
	case err != nil && !spans:
		r.flush() // a row that cannot be read says nothing of the one before
	case err != nil:
	case r.Columns.of(row, startColumn) == "":
		err = r.document(row)
	default:
		err = r.span(row)
	}
	if err != nil {
		r.fail(err)
	}
	return true
}

// fail leaves the record under way out, which tells only the first reason.
func (r *reader) fail(err error) {
	err = dataset.Place(err, r.in.Path, r.line)
	switch {
	case r.failed != nil:
	case r.draft != nil:
		r.failed = err
	default:
		r.stopped = r.stopped || !r.yield(nil, err)
	}
}

// lose tells why a document cannot be had, and that only once for all of its rows.
func (r *reader) lose(err error) {
	err = dataset.Place(err, r.in.Path, r.line)
	r.failed, r.known = err, false
	r.stopped = r.stopped || !r.yield(nil, err)
}

// flush yields the record under way.
func (r *reader) flush() {
	draft, err := r.draft, r.failed
	r.draft, r.failed, r.spans = nil, nil, 0
	if r.stopped || draft == nil {
		return
	}
	var record *dataset.Record
	if err == nil {
		record, err = draft.Finish(annotate.CodePoint)
	}
	if err == nil {
		if r.Read != nil {
			record.End = r.Read()
		}
		if r.Opening != "" {
			record.Remark(r.in.Path, 1, "%s", r.Opening)
			r.Opening = ""
		}
	}
	r.stopped = !r.yield(record, err)
}

// begin begins a record of a text; false means that it cannot be one.
func (r *reader) begin(name, annotator, text string) bool {
	r.flush()
	r.name, r.annotator, r.text, r.known, r.inText = name, annotator, text, true, false
	if name == "" {
		name = r.in.Numbered(r.rows)
	}
	draft, err := dataset.NewDraft(r.in, r.line, name, text)
	if err != nil {
		r.lose(err)
		return false
	}
	draft.Record.Annotator = annotator
	r.draft = draft
	return true
}

// document reads a row that is a document.
func (r *reader) document(row []string) error {
	c := r.Columns
	text := c.of(row, wholeColumn)
	if text == "" {
		text = c.of(row, textColumn)
	}
	_, hasWhole := c.place[wholeColumn]
	_, hasText := c.place[textColumn]
	if !hasWhole && !hasText {
		return annotate.Errorf(annotate.Invalid, "the row has no start, so it is a document, and there is no column of texts")
	}
	if !r.begin(c.of(row, documentColumn), c.of(row, annotatorColumn), text) {
		return nil
	}
	d := r.draft.Record.Document
	for name, value := range c.others(row) {
		d.SetMeta(name, value)
	}
	if meta := c.of(row, metadataColumn); meta != "" {
		if fields, err := dataset.ParseFields([]byte(meta)); err == nil {
			fields.SetMeta(d)
		} else {
			d.SetMeta(metadataColumn, meta)
		}
	}
	for name, v := range Values(c.of(row, attributesColumn)) {
		r.draft.Label(name, v)
	}
	if label := c.of(row, labelColumn); label != "" {
		r.draft.Label(labelColumn, annotate.Text(label))
	}
	return r.assess(row)
}

// assess reads status, flag and note of a document.
func (r *reader) assess(row []string) error {
	record := r.draft.Record
	status := r.Columns.of(row, statusColumn)
	if !known(status) && !r.Columns.ours {
		record.Document.SetMeta(statusColumn, status)
		status = ""
	}
	return Assess(record, status, r.Columns.of(row, flagColumn), r.Columns.of(row, noteColumn))
}

func known(status string) bool {
	switch annotate.Status(status) {
	case "", annotate.New, annotate.InProgress, annotate.Done:
		return true
	}
	return false
}

// Assess gives a record, which may have attributes of the document already, what else a row says of
// the document as a whole.
func Assess(r *dataset.Record, status, flag, note string) error {
	if !known(status) {
		return annotate.Errorf(annotate.Invalid, "the status is %q, which is none of new, in_progress and done", status)
	}
	if r.Assessment == nil && flag == "" && note == "" && (status == "" || status == string(annotate.New)) {
		return nil
	}
	if r.Assessment == nil {
		r.Assessment = &annotate.Assessment{}
	}
	r.Assessment.Flag, r.Assessment.Note, r.Assessment.Status = flag, note, annotate.InProgress
	if status == string(annotate.Done) {
		r.Assessment.Status = annotate.Done
	}
	return nil
}

// Values reads the attributes of a row; what is no JSON is one text.
func Values(raw string) map[string]annotate.Value {
	if raw == "" {
		return nil
	}
	if fields, err := dataset.ParseFields([]byte(raw)); err == nil {
		return fields.Values()
	}
	return map[string]annotate.Value{attributesColumn: annotate.Text(raw)}
}

// span reads a row that is a span.
func (r *reader) span(row []string) error {
	c := r.Columns
	s := dataset.DraftSpan{Line: r.line, Label: c.of(row, labelColumn), Attributes: Values(c.of(row, attributesColumn))}
	s.Flag, s.Note = c.of(row, flagColumn), c.of(row, noteColumn)
	for name, value := range c.others(row) {
		if s.Attributes == nil {
			s.Attributes = map[string]annotate.Value{}
		}
		s.Attributes[name] = annotate.Text(value)
	}
	part, wrong := place(c, row)
	if r.find(row, part.End-part.Start); r.draft == nil || r.failed != nil {
		return nil
	}
	r.spans++
	s.Name = fmt.Sprintf("span %d", r.spans)
	if wrong != nil {
		return annotate.Errorf(annotate.Invalid, "%s: %w; the document was left out", s.Name, wrong)
	}
	if words := c.of(row, textColumn); words != "" && !r.inText {
		part.Words, part.Quoted = words, true
	}
	s.Parts = []dataset.Part{part}
	r.draft.Span(s)
	return nil
}

// place reads where a span stands.
func place(c Columns, row []string) (part dataset.Part, err error) {
	if part.Start, err = Offset(c.of(row, startColumn)); err != nil {
		return part, annotate.Errorf(annotate.Invalid, "its start %w", err)
	}
	if part.End, err = Offset(c.of(row, endColumn)); err != nil {
		return part, annotate.Errorf(annotate.Invalid, "its end %w", err)
	}
	return part, nil
}

// Offset reads a number as spreadsheets write it.
func Offset(field string) (int, error) {
	field = strings.TrimSpace(field)
	if strings.Trim(field, "-.0123456789") != "" {
		return 0, annotate.Errorf(annotate.Invalid, "must be a whole number, and is %q", annotate.Excerpt(field, 40))
	}
	return dataset.ParseOffset([]byte(field))
}

// find sees to it that the record under way is the one that the span of a row, which has a
// length, belongs to.
func (r *reader) find(row []string, length int) {
	c := r.Columns
	name, annotator, whole, words := c.of(row, documentColumn), c.of(row, annotatorColumn), c.of(row, wholeColumn), c.of(row, textColumn)
	_, named := c.place[documentColumn]
	called := !named || name == r.name
	same := r.known && called && (whole == "" || whole == r.text) && (!r.inText || words == r.text)
	switch {
	case same && annotator == r.annotator && r.draft != nil, !r.known && r.failed != nil && called && named && annotator == r.annotator:
		return
	case whole != "":
		r.begin(name, annotator, whole)
		return
	case same:
		inText := r.inText
		r.begin(name, annotator, r.text)
		r.inText = inText
		return
	}
	if text, err := r.beside(name); err == nil {
		r.begin(name, annotator, text)
		return
	}
	if n := utf8.RuneCountInString(words); n > length || n == length && !named {
		if r.begin(name, annotator, words) {
			r.inText = true
			r.draft.Record.Remark(r.in.Path, r.line, "the words in the column %q were taken for the text of the document", c.names[c.place[textColumn]])
		}
		return
	}
	r.flush()
	r.name, r.annotator = name, annotator
	r.lose(annotate.Errorf(annotate.Invalid,
		"the text of document %q is neither in a row without a start before its spans, nor in a column document_text, nor in a file of that name beside the table", name))
}

// beside returns the text of a document in a file beside the table.
func (r *reader) beside(name string) (string, error) {
	if name == "" || !filepath.IsLocal(filepath.FromSlash(name)) {
		return "", annotate.Errorf(annotate.NotFound, "there is no such file")
	}
	path := filepath.Join(filepath.Dir(r.in.Path), filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		path += ".txt"
	}
	if filepath.Clean(path) == filepath.Clean(r.in.Path) {
		return "", annotate.Errorf(annotate.NotFound, "that is the table")
	}
	in := r.in
	in.Path = path
	d, _, err := dataset.ReadDocument(in)
	if err != nil {
		return "", err
	}
	return d.Text, nil
}
