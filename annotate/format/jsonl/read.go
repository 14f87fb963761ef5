package jsonl

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"hash/maphash"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Format is the JSONL record of one document and annotator a line.
var Format = &dataset.Format{
	Name:      "jsonl",
	Title:     "Spanwright's own records, one document and annotator a line; holds everything",
	Main:      mainFile,
	Read:      Read,
	WriteFile: Write,
}

// maxLine is the longest line read, in bytes.
const maxLine = 256 << 20

// mainFile knows the format by its extension, or by how the first line begins.
func mainFile(path string) string {
	if strings.EqualFold(filepath.Ext(path), ".jsonl") {
		return path
	}
	f, err := os.Open(path)
	if err != nil {
		return ""
	}
	defer f.Close()
	head := make([]byte, 7)
	if _, err := io.ReadFull(f, head); err != nil || string(head) != `{"id":"` {
		return ""
	}
	return path
}

// Read yields the records of a file, or for each line that is none the reason,
// and goes on with the next. It holds one line at a time in memory.
func Read(ctx context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		f, err := os.Open(in.Path)
		if err != nil {
			yield(nil, dataset.FileError(in.Path, err))
			return
		}
		defer f.Close()
		lines := &lines{source: bufio.NewReaderSize(f, 1<<16)}
		seen := map[uint64]int{}
		seed := maphash.MakeSeed()
		for lines.next() {
			if ctx.Err() != nil {
				return
			}
			if lines.err == nil && len(bytes.TrimSpace(lines.line)) == 0 {
				continue
			}
			r, err := readLine(lines, in.Annotator)
			if err == nil {
				key := maphash.String(seed, string(r.Document.ID)+"\x00"+r.Annotator)
				if first := seen[key]; first > 0 {
					err = annotate.Errorf(annotate.Invalid, "the record of document %q and annotator %q stands in line %d already", r.Document.Name, r.Annotator, first)
				} else {
					seen[key] = lines.number
				}
			}
			if err != nil {
				if !yield(nil, dataset.Place(err, in.Path, lines.number)) {
					return
				}
				continue
			}
			r.File, r.Line, r.End = in.Path, lines.number, lines.read
			if !yield(r, nil) {
				return
			}
		}
	}
}

func readLine(l *lines, annotator string) (*dataset.Record, error) {
	if l.err != nil {
		return nil, l.err
	}
	return decode(l.line, annotator)
}

// lines reads a file line by line.
type lines struct {
	source *bufio.Reader
	line   []byte // valid until the next call of next
	number int
	read   int64 // bytes read so far
	err    error // why this line cannot be had
	ended  bool
}

// next reads one line without its LF. A line that is too long is passed over
// and leaves err set, as does a failure of the disk, after which there is no more.
func (l *lines) next() bool {
	l.line, l.err = l.line[:0], nil
	if l.ended {
		return false
	}
	for {
		chunk, err := l.source.ReadSlice('\n')
		l.read += int64(len(chunk))
		if len(l.line)+len(chunk) > maxLine {
			l.err = annotate.Errorf(annotate.Unsupported, "the line has more than %d MB, which is the limit", maxLine>>20)
		}
		if l.err == nil {
			l.line = append(l.line, chunk...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF):
			l.ended = true
		case err != nil:
			l.err, l.ended = annotate.Errorf(annotate.Corrupt, "the system says: %w", err), true
		}
		break
	}
	if l.number == 0 {
		l.line = bytes.TrimPrefix(l.line, []byte("\xef\xbb\xbf"))
	}
	l.number++
	l.line = bytes.TrimSuffix(l.line, []byte("\n"))
	return !l.ended || len(l.line) > 0 || l.err != nil
}
