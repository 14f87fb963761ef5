package table

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/rows"
)

// scanner reads rows. The csv package of the standard library is not used, since it
// changes line ends inside of quotes, and so texts.
type scanner struct {
	source     *bufio.Reader
	sep, quote byte
	line       int   // 1-based, where the next row begins
	read       int64 // bytes
}

// separators are tried in this order.
const separators = "\t,;|"

// newScanner looks at the first line for the separator and the quote: a spreadsheet may
// say sep=; else the separator is the one that names most of the columns.
func newScanner(r io.Reader) *scanner {
	s := &scanner{source: bufio.NewReaderSize(r, 1<<16), sep: ',', quote: '"', line: 1}
	head, _ := s.source.Peek(1 << 16) // a failure comes again when it is read
	first, _, _ := bytes.Cut(head, []byte("\n"))
	first = bytes.TrimRight(first, "\r")
	if sep, found := bytes.CutPrefix(bytes.ToLower(first), []byte("sep=")); found && len(sep) == 1 {
		s.sep = sep[0]
		_, _ = s.row() // it is there
		head, _ = s.source.Peek(1 << 16)
		s.quote = quoteOf(head)
		return s
	}
	s.quote = quoteOf(first)
	most := 0
	for i := range len(separators) {
		try := scanner{source: bufio.NewReader(bytes.NewReader(first)), sep: separators[i], quote: s.quote}
		names, _ := try.row() // what cannot be read names nothing
		if n := rows.NewColumns(names).Known(); n > most {
			most, s.sep = n, separators[i]
		}
	}
	return s
}

func quoteOf(head []byte) byte {
	if len(head) > 0 && head[0] == '\'' {
		return '\''
	}
	return '"'
}

// row returns the fields of the next row that is not empty, or io.EOF. An error is told
// of the line where the row begins, and s.line is then where the next one does.
func (s *scanner) row() ([]string, error) {
	for {
		fields, err := s.any()
		if err != nil || len(fields) > 1 || fields[0] != "" {
			return fields, err
		}
	}
}

var errTooLong = annotate.Errorf(annotate.Unsupported, "the row has more than %d MB, which is the limit", dataset.MaxLine>>20)

// any returns the fields of the next row.
func (s *scanner) any() ([]string, error) {
	var fields []string
	var field strings.Builder
	inside, ended := false, false // of quotes; after them
	began, from := s.line, s.read
	end := func() []string { return append(fields, field.String()) }
	for {
		c, err := s.byte()
		switch {
		case err != nil && s.read == from:
			return nil, err
		case inside && errors.Is(err, io.EOF):
			return nil, annotate.Errorf(annotate.Invalid, "the quotes that open in line %d do not close", began)
		case errors.Is(err, io.EOF):
			return end(), nil
		case err != nil:
			return nil, annotate.Errorf(annotate.Corrupt, "the system says: %w", err)
		case s.read-from > dataset.MaxLine:
			return nil, errTooLong
		case c == '\n':
			s.line++
			if !inside {
				return end(), nil
			}
			field.WriteByte(c)
		case inside && c == s.quote:
			if next, err := s.source.Peek(1); err == nil && next[0] == s.quote {
				_, _ = s.byte()
				field.WriteByte(c)
				continue
			}
			inside, ended = false, true
		case inside:
			field.WriteByte(c)
		case c == s.sep:
			fields = end()
			field.Reset()
			ended = false
		case c == s.quote && field.Len() == 0 && !ended:
			inside = true
		case c == '\r':
			if next, err := s.source.Peek(1); err == nil && next[0] != '\n' {
				s.line++
				return end(), nil // the line end of old programs
			}
		default:
			field.WriteByte(c)
		}
	}
}

func (s *scanner) byte() (byte, error) {
	c, err := s.source.ReadByte()
	if err == nil {
		s.read++
	}
	return c, err
}
