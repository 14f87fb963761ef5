package dataset

import (
	"context"
	"io"
	"iter"
	"slices"

	"golang.org/x/text/encoding"

	"spanwright/annotate"
)

// Format describes one way of keeping annotated documents in files.
type Format struct {
	Name  string
	Title string // what it holds, in a few words

	// Patterns are the names its files usually have, as in *.jsonl.
	Patterns []string
	// Holds says what the format can hold.
	Holds Holds
	// Unit is what its offsets count; empty where they are the writer's choice, or there are none.
	Unit annotate.Unit

	// Main returns the file that stands for path: path itself, or the file it
	// only accompanies. It returns "" when path is not of this format. Formats whose
	// content decides have Sniff instead.
	Main func(path string) string
	// Sniff reports whether a file that begins with head, in UTF-8, is of this format.
	Sniff func(head Head) bool
	// Read yields the records of a file, or for each that cannot be read an
	// *annotate.Error with file and line, and goes on after it. It is nil in a
	// format that is only written.
	Read func(context.Context, Input) iter.Seq2[*Record, error]
	// WriteFile writes records as one stream, WriteFolder as files in an empty
	// folder. A format has at most one of them.
	WriteFile   func(context.Context, io.Writer, iter.Seq2[*Record, error], Options) (Losses, error)
	WriteFolder func(context.Context, string, iter.Seq2[*Record, error], Options) (Losses, error)
	// Beside is what the name of a file has behind that of the records which WriteFile
	// writes to Options.Beside; "" where nothing goes beside them.
	Beside string
	// Bends returns what tells, for one record after another, what the writer will change
	// beyond what Holds says; nil when it changes nothing.
	Bends func(Options) func(*Record) Losses

	// Encodings says that the format's files may be in any encoding, and heed Input.Encoding.
	Encodings bool
	// Untyped formats know no numbers and lists: their attribute values are read
	// as text, or as true, and await a scheme that says more.
	Untyped bool
}

// Writes reports whether the format can be written.
func (f *Format) Writes() bool { return f.WriteFile != nil || f.WriteFolder != nil }

// HoldsEverything reports whether nothing is lost in the format.
func (f *Format) HoldsEverything() bool {
	return !slices.ContainsFunc(Features, func(x FeatureTitle) bool { return f.Holds.Of(x.Feature) != Yes })
}

// MainFile returns the file that stands for path, "" when path is not of this format.
// head gives the beginning of the file, and is called only when that decides.
func (f *Format) MainFile(path string, head func() Head) string {
	switch {
	case f.Main != nil:
		return f.Main(path)
	case f.Sniff != nil && f.Sniff(head()):
		return path
	}
	return ""
}

// Input is a file to be read.
type Input struct {
	Path      string // as the person gave it; used in messages
	Name      string // name of the document, with slashes, in formats of one document a file
	Annotator string // whose layer it becomes in formats that name nobody
	// Unit is what offsets count, where the person says so; empty to find out.
	Unit annotate.Unit
	// Reanchor moves a span whose words stand elsewhere to the nearest place where they do.
	Reanchor bool
	// Encoding is what a file of characters is written in, where the person says so; nil
	// to find out. Only formats with Encodings heed it.
	Encoding encoding.Encoding
}

// Options say how records are written.
type Options struct {
	Unit annotate.Unit // what offsets count, in formats that leave the choice; empty means code points
	// Separate keeps several annotators' files of one document apart, in
	// formats of one document a file.
	Separate bool
	// Scheme is what the records were labelled with; nil where nobody knows.
	Scheme *annotate.Scheme
	// Gaps is what becomes of spans with gaps in a format that has none: Envelope, which
	// empty means, First, Skip or Refuse.
	Gaps Choice
	// Overlaps is what becomes of spans that overlap in a format where they cannot:
	// Longest, which empty means, Shortest, First or Refuse.
	Overlaps Choice
	// Tags is how tokens are tagged, in formats of tokens; empty means IOB2.
	Tags Tags
	// Beside takes what goes beside the records, in formats that say so; nil where there is no place for it.
	Beside io.Writer
}

// Tags is a way to say of tokens where a label begins and ends.
type Tags string

// The ways that are written.
const (
	IOB1  Tags = "iob1"
	IOB2  Tags = "iob2"
	BIOES Tags = "bioes"
	BILOU Tags = "bilou"
)
