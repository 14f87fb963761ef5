package huggingface

import (
	"context"
	"io"
	"iter"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// writeJSON writes a line for each record.
func writeJSON(ctx context.Context, w io.Writer, records iter.Seq2[*dataset.Record, error], _ dataset.Options) (dataset.Losses, error) {
	same := func(name string) string { return name }
	n := names[string]{same, same, same, same}
	return nil, dataset.WriteLines(ctx, w, records, func(r *dataset.Record) any { return newRow(r, n) })
}

// classes are the names of a ClassLabel: a label is its place among them.
type classes struct {
	names  []string
	number map[string]int64
}

func newClasses(names ...string) *classes {
	c := &classes{number: map[string]int64{}}
	for _, name := range names {
		c.of(name)
	}
	return c
}

// of returns the number of a name, which is added where it is new.
func (c *classes) of(name string) int64 {
	n, known := c.number[name]
	if !known {
		n = int64(len(c.names))
		c.number[name] = n
		c.names = append(c.names, name)
	}
	return n
}

// vocabulary are the labels of a data set.
type vocabulary struct{ status, span, relation, record *classes }

// newVocabulary begins with the labels of a scheme in their order, so that all files of
// a data set number them alike. What the scheme lacks follows as it is met.
func newVocabulary(s *annotate.Scheme) vocabulary {
	v := vocabulary{newClasses(string(annotate.New), string(annotate.InProgress), string(annotate.Done)), newClasses(), newClasses(), newClasses()}
	if s == nil {
		return v
	}
	for _, l := range s.Spans {
		if !l.Abstract {
			v.span.of(l.Label)
		}
	}
	for _, l := range s.Relations {
		v.relation.of(l.Label)
	}
	for _, l := range s.Records {
		v.record.of(l.Label)
	}
	return v
}
