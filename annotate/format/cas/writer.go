package cas

import (
	"bufio"
	"io"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Writer encodes records one by one for INCEpTION, which knows what types there are: each record has those that were needed
// so far, and a feature keeps the type that it had first. So a number is an integer where the scheme asks for one, and
// else one of 32 bits, which is what INCEpTION has.
type Writer struct{ types *writtenTypes }

// NewWriter returns a writer of records that were labelled with a scheme, or with none.
func NewWriter(scheme *annotate.Scheme) *Writer {
	types := newTypes(scheme)
	types.fixed = true
	return &Writer{types}
}

// Encode returns what writes a record as JSON, and as Java serializes it. Numbers and truths that are not there
// become 0 and false in the latter, which UIMA does not tell from them.
func (w *Writer) Encode(r *dataset.Record) (asJSON, serialized func(io.Writer) error) {
	g := encode(r, w.types)
	flushed := func(print func(*bufio.Writer, *graph, *writtenTypes)) func(io.Writer) error {
		return func(to io.Writer) error {
			out := bufio.NewWriterSize(to, 1<<16)
			print(out, g, w.types)
			return out.Flush()
		}
	}
	return flushed(printJSON), flushed(printSerialized)
}

// Types returns the types that records were written with or the scheme asks for, in order of name.
func (w *Writer) Types() []dataset.UIMAType {
	var all []dataset.UIMAType
	for _, of := range w.types.sorted() {
		if builtinOf(of.name) != nil && !of.met {
			continue // another type points at it
		}
		made := dataset.UIMAType{Name: of.name, Super: of.super, Description: of.description}
		for _, f := range of.features {
			name, element := f.rangeName()
			made.Features = append(made.Features, dataset.UIMAFeature{Name: f.name, Range: name, Element: element})
		}
		all = append(all, made)
	}
	return all
}
