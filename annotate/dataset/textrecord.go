package dataset

import (
	"cmp"
	"context"
	"iter"
	"regexp"

	"spanwright/annotate"
)

// ReadOne is [Format.Read] of formats of one document a file.
func ReadOne(decode func(context.Context, Input) (*Record, error)) func(context.Context, Input) iter.Seq2[*Record, error] {
	return func(ctx context.Context, in Input) iter.Seq2[*Record, error] {
		return func(yield func(*Record, error) bool) {
			r, err := decode(ctx, in)
			if err != nil {
				r = nil
			}
			yield(r, Place(err, in.Path, 0))
		}
	}
}

// SetText makes r the record of a text with nothing labelled in it. What names the file
// where it is refused because it has no text; about becomes metadata.
func (r *Record) SetText(in Input, what, text string, about map[string]string) error {
	d := &annotate.Document{Name: in.Name}
	for field, value := range about {
		d.SetMeta(field, value)
	}
	if err := d.ReadText([]byte(text)); err != nil {
		return err
	}
	if d.Text == "" {
		return annotate.Errorf(annotate.Invalid, "%s has no readable text", what)
	}
	d.ID = annotate.DerivedID("document", d.Name, d.Hash)
	r.File, r.Document = in.Path, d
	return nil
}

// day matches a date, which may have a time behind it.
var day = regexp.MustCompile(`^\d{4}-\d\d-\d\d`)

// Day returns the date that a date and time of ISO 8601 begins with; when itself if it is none.
func Day(when string) string {
	return cmp.Or(day.FindString(when), when)
}
