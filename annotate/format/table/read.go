package table

import (
	"context"
	"errors"
	"io"
	"iter"
	"os"
	"strings"
	"unicode/utf8"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/rows"
)

// read yields the records of a table.
func read(ctx context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		f, err := dataset.OpenAs(in.Path, in.Encoding)
		if err != nil {
			yield(nil, err)
			return
		}
		defer f.Close()
		r := &reader{in: in, scanner: newScanner(f)}
		opening := openingOf(in, r.scanner)
		if err := r.readHeader(); err != nil {
			yield(nil, dataset.Place(err, in.Path, 1))
			return
		}
		rows.Table{Columns: r.columns, Row: r.row, Read: func() int64 { return r.scanner.read }, Opening: opening}.Records(ctx, in)(yield)
	}
}

// openingOf tells what was found out of the file's encoding and separator, "" where it is the usual.
func openingOf(in dataset.Input, s *scanner) string {
	var found []string
	if f, err := os.Open(in.Path); err == nil && in.Encoding == nil {
		defer f.Close()
		mark := make([]byte, 2)
		if _, err := io.ReadFull(f, mark); err == nil && (string(mark) == "\xff\xfe" || string(mark) == "\xfe\xff") {
			found = append(found, "the file is UTF-16")
		}
	}
	if name := map[byte]string{';': "semicolons", '|': "bars"}[s.sep]; name != "" {
		found = append(found, "its columns are separated by "+name)
	}
	if s.quote == '\'' {
		found = append(found, "its quotes are single ones")
	}
	if len(found) == 0 {
		return ""
	}
	return strings.Join(found, ", and ") + "; it was read as such"
}

// reader reads the rows of a file.
type reader struct {
	in      dataset.Input
	scanner *scanner
	columns rows.Columns
}

func (r *reader) readHeader() error {
	names, err := r.scanner.row()
	if errors.Is(err, io.EOF) {
		return annotate.Errorf(annotate.Invalid, "the table is empty; its first row must name the columns")
	}
	if err != nil {
		return err
	}
	r.columns = rows.NewColumns(names)
	return r.columns.Check()
}

// row returns the next row and its line.
func (r *reader) row() ([]string, int, error) {
	line := r.scanner.line
	row, err := r.scanner.row()
	if err == nil {
		row, err = r.fit(row)
	}
	return row, line, err
}

// fit returns a row with as many fields as there are columns.
func (r *reader) fit(row []string) ([]string, error) {
	names := r.columns.Names()
	n := len(names)
	for len(row) > n && row[len(row)-1] == "" {
		row = row[:len(row)-1]
	}
	if len(row) != n {
		return nil, annotate.Errorf(annotate.Invalid, "the row has %d fields, and the first row names %d columns", len(row), n)
	}
	for i, field := range row {
		if r.in.Encoding != nil && strings.ContainsRune(field, utf8.RuneError) {
			return nil, annotate.Errorf(annotate.Invalid, "column %q is not in %s: some of its bytes mean nothing there", names[i], dataset.NameOf(r.in.Encoding))
		}
	}
	return row, nil
}
