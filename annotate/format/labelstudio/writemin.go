package labelstudio

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"iter"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// The keys of JSON_MIN that are no controls: those of the data, and those about the annotation.
const (
	metaKey         = "meta"
	annotatorKey    = "annotator"
	annotationIDKey = "annotation_id"
)

// about are the keys of JSON_MIN that are about the annotation and not the text.
var about = []string{annotatorKey, annotationIDKey, "created_at", "updated_at", "lead_time", "agreement"}

// minReserved are the names that a control of JSON_MIN cannot have, since it would hide what is there.
var minReserved = append([]string{"id", nameKey, metaKey}, about...)

// writeMin writes a list with an object for each record, as Label Studio's converter makes
// it of tasks: what each control says stands under its name, beside the data.
func writeMin(ctx context.Context, w io.Writer, records iter.Seq2[*dataset.Record, error], options dataset.Options) (dataset.Losses, error) {
	out := bufio.NewWriterSize(w, 1<<16)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	asking := newControls(options.Scheme, minReserved...)
	begin, number := "[", 0
	for r, err := range records {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		_, _ = out.WriteString(begin) // a failure comes again at the end
		begin = ","
		number++
		if err := encoder.Encode(flattened(r, number, asking)); err != nil {
			return nil, err
		}
	}
	end := "]\n"
	if begin == "[" {
		end = "[]\n"
	}
	_, _ = out.WriteString(end)
	if err := out.Flush(); err != nil || options.Beside == nil {
		return nil, err
	}
	return nil, asking.write(options.Beside)
}

// flattened returns the object of the n-th record.
func flattened(r *dataset.Record, n int, asking *controls) map[string]any {
	d := r.Document
	object := map[string]any{textObject: d.Text, nameKey: d.Name, annotatorKey: nil, annotationIDKey: nil}
	if len(d.Meta) > 0 {
		object[metaKey] = d.Meta
	}
	if r.Annotator != "" || len(r.Spans) > 0 || r.Assessment != nil {
		object[annotationIDKey] = n
	}
	if r.Annotator != "" {
		object[annotatorKey] = r.Annotator
	}
	if len(r.Spans) > 0 {
		offsets := annotate.NewOffsets(d.Text)
		regions := make([]any, len(r.Spans))
		for i, s := range r.Spans {
			region := placeOf(s, d.Text, offsets)
			region["labels"] = []string{s.Label}
			regions[i] = region
			asking.label(s.Label)
		}
		object[labelControl] = regions
	}
	if r.Assessment == nil {
		return object
	}
	for name, v := range r.Assessment.Labels {
		x := asking.of(true, "", name, v).result(v)
		object[x.From] = plainResult(x)
	}
	return object
}

// plainResult returns a result as the converter has it: the only choice or text of a
// control alone, several choices in an object, and anything else in a list.
func plainResult(x outResult) any {
	for _, key := range []string{"choices", "text"} {
		if list, ok := x.Value[key].([]string); ok {
			if len(list) == 1 {
				return list[0]
			}
			return x.Value
		}
	}
	return []any{x.Value}
}
