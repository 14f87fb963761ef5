package table

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"iter"
	"strconv"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/rows"
)

// writer returns what writes tables with a separator: for each record a row with its text,
// and then one for each of its spans.
func writer(sep byte) func(context.Context, io.Writer, iter.Seq2[*dataset.Record, error], dataset.Options) (dataset.Losses, error) {
	return func(ctx context.Context, w io.Writer, records iter.Seq2[*dataset.Record, error], _ dataset.Options) (dataset.Losses, error) {
		out := rowWriter{bufio.NewWriterSize(w, 1<<16), sep}
		head := map[string]string{}
		for _, column := range rows.Written {
			head[column] = column
		}
		out.row(head)
		for r, err := range records {
			if err == nil {
				err = ctx.Err()
			}
			if err == nil {
				err = out.record(r)
			}
			if err != nil {
				return nil, err
			}
		}
		return nil, out.Flush()
	}
}

type rowWriter struct {
	*bufio.Writer
	sep byte
}

// row writes the fields of a row. A failure to write comes again at the end.
func (w rowWriter) row(fields map[string]string) {
	special := string(w.sep) + "\"\r\n"
	for i, column := range rows.Written {
		if i > 0 {
			_ = w.WriteByte(w.sep)
		}
		field := rows.Tame(fields[column])
		if strings.ContainsAny(field, special) || strings.TrimSpace(field) != field || strings.HasPrefix(field, "'") {
			field = `"` + strings.ReplaceAll(field, `"`, `""`) + `"`
		}
		_, _ = w.WriteString(field)
	}
	_ = w.WriteByte('\n')
}

func (w rowWriter) record(r *dataset.Record) error {
	d := r.Document
	row := map[string]string{dataset.DocumentColumn: d.Name, dataset.AnnotatorColumn: r.Annotator, dataset.TextColumn: d.Text}
	var err error
	if row[dataset.MetadataColumn], err = inJSON(d.Meta); err != nil {
		return err
	}
	if a := r.Assessment; a != nil {
		row[dataset.FlagColumn], row[dataset.NoteColumn], row[dataset.StatusColumn] = a.Flag, a.Note, string(a.Status)
		if row[dataset.AttributesColumn], err = inJSON(a.Labels); err != nil {
			return err
		}
	}
	w.row(row)
	offsets := annotate.NewOffsets(d.Text)
	for _, s := range r.Spans {
		at := s.Extent()
		row := map[string]string{
			dataset.DocumentColumn: d.Name, dataset.AnnotatorColumn: r.Annotator, dataset.LabelColumn: s.Label, dataset.TextColumn: d.Text[at.Start:at.End],
			dataset.StartColumn: strconv.Itoa(offsets.To(annotate.CodePoint, at.Start)), dataset.EndColumn: strconv.Itoa(offsets.To(annotate.CodePoint, at.End)),
			dataset.FlagColumn: s.Flag, dataset.NoteColumn: s.Note,
		}
		if row[dataset.AttributesColumn], err = inJSON(s.Attributes); err != nil {
			return err
		}
		w.row(row)
	}
	return nil
}

// inJSON returns an object, "" if there is nothing in it.
func inJSON[V any](fields map[string]V) (string, error) {
	if len(fields) == 0 {
		return "", nil
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(fields)
	return strings.TrimSuffix(b.String(), "\n"), err
}
