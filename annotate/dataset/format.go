package dataset

import (
	"context"
	"io"
	"iter"

	"spanwright/annotate"
)

// Format describes one way of keeping annotated documents in files.
type Format struct {
	Name  string
	Title string // what it holds, in a few words

	// Main returns the file that stands for path: path itself, or the file it
	// only accompanies. It returns "" when path is not of this format.
	Main func(path string) string
	// Read yields the records of a file, or for each that cannot be read an
	// *annotate.Error with file and line, and goes on after it. It is nil in a
	// format that is only written.
	Read func(context.Context, Input) iter.Seq2[*Record, error]
	// WriteFile writes records as one stream, WriteFolder as files in an empty
	// folder. A format has at most one of them.
	WriteFile   func(context.Context, io.Writer, iter.Seq2[*Record, error], Options) (Losses, error)
	WriteFolder func(context.Context, string, iter.Seq2[*Record, error], Options) (Losses, error)

	// Untyped formats know no numbers and lists: their attribute values are read
	// as text, or as true, and await a scheme that says more.
	Untyped bool
}

// Writes reports whether the format can be written.
func (f *Format) Writes() bool { return f.WriteFile != nil || f.WriteFolder != nil }

// Input is a file to be read.
type Input struct {
	Path      string // as the person gave it; used in messages
	Name      string // name of the document, with slashes, in formats of one document a file
	Annotator string // whose layer it becomes in formats that name nobody
}

// Options say how records are written.
type Options struct {
	Unit annotate.Unit // what offsets count, in formats that leave the choice; empty means code points
	// Separate keeps several annotators' files of one document apart, in
	// formats of one document a file.
	Separate bool
}
