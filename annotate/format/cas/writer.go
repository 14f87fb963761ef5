package cas

import (
	"bufio"
	"io"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Writer writes records one by one for a program that knows what types there are: each file has those that were
// needed so far.
type Writer struct{ types *writtenTypes }

// NewWriter returns a writer of records that were labelled with a scheme, or with none.
func NewWriter(scheme *annotate.Scheme) *Writer { return &Writer{newTypes(scheme)} }

// JSON writes a record as JSON.
func (w *Writer) JSON(to io.Writer, r *dataset.Record) error {
	out := bufio.NewWriterSize(to, 1<<16)
	printJSON(out, encode(r, w.types), w.types)
	return out.Flush()
}

// Serialized writes a record as Java does. Numbers and truths that are not there become 0 and false, which UIMA does
// not tell from them.
func (w *Writer) Serialized(to io.Writer, r *dataset.Record) error {
	out := bufio.NewWriterSize(to, 1<<16)
	printSerialized(out, encode(r, w.types), w.types)
	return out.Flush()
}
