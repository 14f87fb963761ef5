package dataset

import (
	"context"
	"iter"
)

// ReadValues is [Format.Read] of formats of JSON in which the n-th value of a file, from 1 on, makes
// several records.
func ReadValues(decode func(in Input, v JSONValue, n int) ([]*Record, error)) func(context.Context, Input) iter.Seq2[*Record, error] {
	return func(ctx context.Context, in Input) iter.Seq2[*Record, error] {
		return func(yield func(*Record, error) bool) {
			n := 0
			for v, err := range JSONValues(ctx, in.Path) {
				var records []*Record
				if n++; err == nil {
					records, err = decode(in, v, n)
				}
				for _, r := range records {
					r.End = v.End
					if !yield(r, nil) {
						return
					}
				}
				if err != nil && !yield(nil, Place(err, in.Path, v.Line)) {
					return
				}
			}
		}
	}
}
