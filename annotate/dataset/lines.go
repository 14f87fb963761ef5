package dataset

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"spanwright/annotate"
)

// MaxLine is the longest line, or single JSON value, that is read, in bytes.
const MaxLine = 256 << 20

// Lines reads a file line by line, one of them in memory at a time.
type Lines struct {
	Line   []byte // without its LF; valid until the next call of Next
	Number int    // 1-based
	Read   int64  // bytes read so far
	Err    error  // why this line cannot be had

	source *bufio.Reader
	ended  bool
}

// NewLines returns the lines of r.
func NewLines(r io.Reader) *Lines { return &Lines{source: bufio.NewReaderSize(r, 1<<16)} }

// Next reads one line. A line that is too long is passed over and leaves Err set, as
// does a failure of the disk, after which there is no more.
func (l *Lines) Next() bool {
	l.Line, l.Err = l.Line[:0], nil
	if l.ended {
		return false
	}
	for {
		chunk, err := l.source.ReadSlice('\n')
		l.Read += int64(len(chunk))
		if len(l.Line)+len(chunk) > MaxLine {
			l.Err = annotate.Errorf(annotate.Unsupported, "the line has more than %d MB, which is the limit", MaxLine>>20)
		}
		if l.Err == nil {
			l.Line = append(l.Line, chunk...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF):
			l.ended = true
		case err != nil:
			l.Err, l.ended = annotate.Errorf(annotate.Corrupt, "the system says: %w", err), true
		}
		break
	}
	if l.Number == 0 {
		l.Line = bytes.TrimPrefix(l.Line, []byte("\xef\xbb\xbf"))
	}
	l.Number++
	l.Line = bytes.TrimSuffix(l.Line, []byte("\n"))
	return !l.ended || len(l.Line) > 0 || l.Err != nil
}
