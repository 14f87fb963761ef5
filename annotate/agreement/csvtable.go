package agreement

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"spanwright/annotate"
)

// csvTable reads rows of named columns.
type csvTable struct {
	reader  *csv.Reader
	columns []int // places of the columns asked for
	line    int   // of the row read last, 1-based
}

// newCSVTable reads the first line, which names the columns, in any order; others than those
// wanted are passed over. Errors are of kind Invalid and tell the line.
func newCSVTable(r io.Reader, wanted ...string) (*csvTable, error) {
	input := bufio.NewReader(r)
	if bom, err := input.Peek(3); err == nil && string(bom) == "\uFEFF" {
		input.Discard(3)
	}
	t := &csvTable{reader: csv.NewReader(input)}
	t.reader.FieldsPerRecord = -1
	t.reader.ReuseRecord = true
	header, err := t.reader.Read()
	switch {
	case errors.Is(err, io.EOF):
		return nil, csvError(1, "the file is empty; its first line should be %s", strings.Join(wanted, ","))
	case err != nil:
		return nil, t.fault(err)
	}
	for i, name := range header {
		header[i] = strings.ToLower(strings.TrimSpace(name))
	}
	for _, name := range wanted {
		at := slices.Index(header, name)
		if at < 0 {
			return nil, csvError(1, "there is no column %s; the first line should be %s", name, strings.Join(wanted, ","))
		}
		t.columns = append(t.columns, at)
	}
	return t, nil
}

// next returns the fields of the next row in the order of the columns wanted, without blanks around
// them, or io.EOF.
func (t *csvTable) next() ([]string, error) {
	row, err := t.reader.Read()
	if errors.Is(err, io.EOF) {
		return nil, io.EOF
	}
	if err != nil {
		return nil, t.fault(err)
	}
	t.line, _ = t.reader.FieldPos(0)
	fields := make([]string, len(t.columns))
	for i, at := range t.columns {
		if at >= len(row) {
			return nil, csvError(t.line, "the row has %d fields and should have %d", len(row), slices.Max(t.columns)+1)
		}
		if !utf8.ValidString(row[at]) {
			return nil, csvError(t.line, "field %d is not UTF-8; save the file as UTF-8 first", at+1)
		}
		fields[i] = strings.Clone(strings.TrimSpace(row[at]))
	}
	return fields, nil
}

// fault says what the CSV reader stumbled over, in our words.
func (t *csvTable) fault(err error) error {
	var bad *csv.ParseError
	if !errors.As(err, &bad) {
		return err
	}
	switch {
	case errors.Is(bad.Err, csv.ErrQuote):
		return csvError(bad.Line, "a quotation mark stands where none may; write \"…\" around a field and \"\" for one inside it")
	case errors.Is(bad.Err, csv.ErrBareQuote):
		return csvError(bad.Line, "a quotation mark stands inside a field that does not begin with one; write \"…\" around the field and \"\" for one inside it")
	}
	return csvError(bad.Line, "the line is not CSV: %v", bad.Err)
}

func csvError(line int, format string, args ...any) error {
	e := annotate.Errorf(annotate.Invalid, "%s", fmt.Sprintf(format, args...))
	e.Line = line
	return e
}
