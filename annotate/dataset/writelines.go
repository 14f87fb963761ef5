package dataset

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"iter"
)

// WriteLines writes what line makes of each record as a line of JSON.
func WriteLines(ctx context.Context, w io.Writer, records iter.Seq2[*Record, error], line func(*Record) any) error {
	out := bufio.NewWriterSize(w, 1<<16)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for r, err := range records {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = encoder.Encode(line(r))
		}
		if err != nil {
			return err
		}
	}
	return out.Flush()
}
