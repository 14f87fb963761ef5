package huggingface

import (
	"context"
	"io"
	"iter"
	"reflect"

	"github.com/parquet-go/parquet-go"

	"spanwright/annotate/dataset"
)

// A group of rows ends after so many rows or bytes of text, whichever comes first: it is
// what is in memory at once, here and where it is read. datasets writes 1,000 rows too.
const (
	groupRows = 1000
	groupText = 32 << 20
)

// writeParquet writes a row for each record.
func writeParquet(ctx context.Context, w io.Writer, records iter.Seq2[*dataset.Record, error], options dataset.Options) (dataset.Losses, error) {
	v := newVocabulary(options.Scheme)
	n := names[int64]{v.status.of, v.span.of, v.relation.of, v.record.of}
	// The version is that of the layout, and not the program's: the same rows are the same bytes.
	schema := parquet.NewSchema("row", parquet.SchemaOf(row[int64]{}))
	out := parquet.NewGenericWriter[any](w, schema, parquet.Compression(&parquet.Zstd), parquet.CreatedBy("spanwright", "1", ""))
	columns := columnsOf(schema)
	rows, text := 0, 0
	for r, err := range records {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			_, err = out.WriteRows([]parquet.Row{columns.row(newRow(r, n))})
		}
		rows, text = rows+1, text+len(r.Document.Text)
		if err == nil && (rows >= groupRows || text >= groupText) {
			err = out.Flush()
			rows, text = 0, 0
		}
		if err != nil {
			return nil, err
		}
	}
	features, err := v.features()
	if err != nil {
		return nil, err
	}
	out.SetKeyValueMetadata(featuresKey, features)
	return nil, out.Close()
}

// columnValues are the values of one row, column by column. The library takes a zero in an
// optional column for null, so rows are taken apart here.
type columnValues [][]parquet.Value

func columnsOf(schema *parquet.Schema) columnValues { return make(columnValues, len(schema.Columns())) }

// row returns the values of a row.
func (c columnValues) row(r *row[int64]) parquet.Row {
	for i := range c {
		c[i] = c[i][:0]
	}
	c.add(reflect.ValueOf(r).Elem(), 0, level{})
	var all parquet.Row
	for _, values := range c {
		all = append(all, values...)
	}
	return all
}

// level says where a value stands in its column, as the specification of Parquet has it
// under Nested Encoding.
type level struct {
	repetition int // at which list the last item began
	definition int // how much of the path to it is there
	depth      int // how many lists it lies in
}

// add puts what v holds into the columns from a first one on, and returns the one after the last.
func (c columnValues) add(v reflect.Value, column int, at level) int {
	switch v.Kind() {
	case reflect.Struct:
		at.definition++ // of the field, which is optional
		for i := range v.NumField() {
			column = c.add(v.Field(i), column, at)
		}
		return column
	case reflect.Slice:
		if v.Len() == 0 {
			return c.none(v.Type().Elem(), column, at)
		}
		// The list is repeated, and its item optional.
		item := level{at.repetition, at.definition + 2, at.depth + 1}
		next := column
		for i := range v.Len() {
			next = c.add(v.Index(i), column, item)
			item.repetition = item.depth
		}
		return next
	}
	c[column] = append(c[column], parquet.ValueOf(v.Interface()).Level(at.repetition, at.definition, column))
	return column + 1
}

// none puts an empty list into the columns that its items would have.
func (c columnValues) none(t reflect.Type, column int, at level) int {
	switch t.Kind() {
	case reflect.Struct:
		for i := range t.NumField() {
			column = c.none(t.Field(i).Type, column, at)
		}
		return column
	case reflect.Slice:
		return c.none(t.Elem(), column, at)
	}
	c[column] = append(c[column], parquet.Value{}.Level(at.repetition, at.definition, column))
	return column + 1
}
