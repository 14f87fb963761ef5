package jsonl

import (
	"bytes"
	"context"
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
	Title:     "Spanwright's own records, one document and annotator a line; holds all that layers do",
	Main:      mainFile,
	Read:      Read,
	WriteFile: Write,
	Patterns:  []string{"*.jsonl"},
	Holds:     dataset.Everything(),
}

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
		lines := dataset.NewLines(f)
		var seen dataset.Ledger // lines of records
		defer seen.Close()
		for lines.Next() {
			if ctx.Err() != nil {
				return
			}
			if lines.Err == nil && len(bytes.TrimSpace(lines.Line)) == 0 {
				continue
			}
			r, err := readLine(lines, in.Annotator)
			if err == nil {
				err = note(&seen, r, lines.Number)
			}
			if err != nil {
				if !yield(nil, dataset.Place(err, in.Path, lines.Number)) {
					return
				}
				continue
			}
			r.File, r.Line, r.End = in.Path, lines.Number, lines.Read
			if !yield(r, nil) {
				return
			}
		}
	}
}

// note remembers the line of a record, and refuses one that was there already.
func note(seen *dataset.Ledger, r *dataset.Record, line int) error {
	name := string(r.Document.ID) + "\x00" + r.Annotator
	first, twice, err := seen.Get(name)
	switch {
	case err != nil:
		return err
	case twice:
		return annotate.Errorf(annotate.Invalid, "the record of document %q and annotator %q stands in line %d already", r.Document.Name, r.Annotator, first)
	}
	return seen.Put(name, uint64(line))
}

func readLine(l *dataset.Lines, annotator string) (*dataset.Record, error) {
	if l.Err != nil {
		return nil, l.Err
	}
	return decode(l.Line, annotator)
}
