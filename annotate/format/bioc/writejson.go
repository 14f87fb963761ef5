package bioc

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"iter"

	"spanwright/annotate/dataset"
)

// writeJSON writes a collection with a document on each line.
func writeJSON(ctx context.Context, w io.Writer, records iter.Seq2[*dataset.Record, error], _ dataset.Options) (dataset.Losses, error) {
	out := bufio.NewWriterSize(w, 1<<16)
	_, _ = out.WriteString(`{"source":"","date":"","key":"","infons":{},"documents":[` + "\n") // a failure comes again at the end
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	first := true
	for r, err := range records {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		if !first {
			_, _ = out.WriteString(",")
		}
		first = false
		if err := encoder.Encode(newDocument(r)); err != nil {
			return nil, err
		}
	}
	_, _ = out.WriteString("]}\n")
	return nil, out.Flush()
}
