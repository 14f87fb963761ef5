package huggingface

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"os"

	"github.com/parquet-go/parquet-go"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// maxFooter is the largest description of a file that is read, in bytes; it names each
// column of each group of rows, and real ones have some kilobytes.
const maxFooter = 64 << 20

// readParquet yields the records of the rows of a file, a few rows in memory at a time.
func readParquet(ctx context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		f, err := os.Open(in.Path)
		if err != nil {
			yield(nil, dataset.FileError(in.Path, err))
			return
		}
		defer f.Close()
		r := parquetReader{in: in}
		if err := careful(func() error { return r.open(f) }); err != nil {
			yield(nil, dataset.Place(err, in.Path, 0))
			return
		}
		for _, group := range r.file.RowGroups() {
			if !r.group(ctx, group, yield) {
				return
			}
		}
	}
}

// careful calls do, in which a damaged file may lead the library astray.
func careful(do func() error) (err error) {
	defer func() {
		if astray := recover(); astray != nil {
			err = damaged(fmt.Errorf("%v", astray))
		}
	}()
	return do()
}

func damaged(err error) error {
	return annotate.Errorf(annotate.Corrupt, "the Parquet file is damaged: %s; what follows was left out", annotate.Excerpt(err.Error(), 200))
}

// parquetReader reads one file.
type parquetReader struct {
	in      dataset.Input
	file    *parquet.File
	columns *known
	row     int // 1-based, of those read so far
}

func (r *parquetReader) open(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return dataset.FileError(r.in.Path, err)
	}
	tail := make([]byte, 8)
	if _, err := f.ReadAt(tail, info.Size()-8); err != nil || string(tail[4:]) != "PAR1" {
		return annotate.Errorf(annotate.Invalid, "it does not end as a Parquet file does; perhaps it was cut off")
	}
	if n := int64(binary.LittleEndian.Uint32(tail)); n > maxFooter || n > info.Size()-12 {
		return annotate.Errorf(annotate.Invalid, "its description would have %d bytes, more than there are or than is sensible", n)
	}
	r.file, err = parquet.OpenFile(f, info.Size(), parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return damaged(err)
	}
	raw, _ := r.file.Lookup(featuresKey)
	r.columns = columns(r.file.Schema(), parseFeatures(raw), 0)
	return nil
}

// columns returns what the schema of a file says of a column, and its features.
func columns(node parquet.Node, features *known, depth int) *known {
	if features == nil {
		features = &known{}
	}
	made := &known{names: features.names, of: map[string]*known{}}
	if depth > 2*deepestFeature {
		return made // rows that use it are refused
	}
	if node.Leaf() {
		kind := node.Type().Kind()
		made.bytes = node.Type().LogicalType() == nil && node.Type().ConvertedType() == nil && (kind == parquet.ByteArray || kind == parquet.FixedLenByteArray)
		return made
	}
	for _, f := range node.Fields() {
		inner := features.of[f.Name()]
		if features.item != nil { // the list, and in it the item
			inner = &known{item: features.item}
			if f.Name() != "list" {
				inner = features.item
			}
		}
		made.of[f.Name()] = columns(f, inner, depth+1)
	}
	return made
}

// group yields the records of a group of rows; false means that nothing more is wanted or can be had.
func (r *parquetReader) group(ctx context.Context, group parquet.RowGroup, yield func(*dataset.Record, error) bool) bool {
	var rows parquet.Rows
	err := careful(func() error { rows = group.Rows(); return nil })
	if err != nil {
		yield(nil, dataset.Place(err, r.in.Path, r.row+1))
		return false
	}
	defer rows.Close()
	one := make([]parquet.Row, 1)
	for ctx.Err() == nil {
		raw := map[string]any{}
		n := 0
		err := careful(func() (err error) {
			if n, err = rows.ReadRows(one); n == 1 {
				return r.file.Schema().Reconstruct(&raw, one[0])
			}
			return err
		})
		if n == 0 && errors.Is(err, io.EOF) {
			return true
		}
		r.row++
		if err != nil {
			var told *annotate.Error
			if !errors.As(err, &told) {
				err = damaged(err)
			}
			yield(nil, dataset.Place(err, r.in.Path, r.row))
			return false
		}
		if !yield(r.record(raw)) {
			return false
		}
	}
	return false
}

// record returns the record of a row.
func (r *parquetReader) record(raw map[string]any) (*dataset.Record, error) {
	record, err := r.decode(raw)
	if err != nil {
		return nil, dataset.Place(err, r.in.Path, r.row)
	}
	record.End = int64(float64(r.file.Size()) * float64(r.row) / float64(max(r.file.NumRows(), 1)))
	return record, nil
}

func (r *parquetReader) decode(raw map[string]any) (*dataset.Record, error) {
	plain, err := spelled(raw, r.columns, 0)
	if err != nil {
		return nil, err
	}
	line, err := json.Marshal(plain)
	if err != nil {
		return nil, annotate.Errorf(annotate.Unsupported, "the row holds what cannot be read: %w", err)
	}
	return decode(r.in, r.row, line)
}

// spelled returns what lies in a row as JSON has it, with the names of labels for their numbers.
func spelled(v any, k *known, depth int) (any, error) {
	if depth > 2*deepestFeature {
		return nil, annotate.Errorf(annotate.Unsupported, "its columns lie in each other more than %d deep", 2*deepestFeature)
	}
	if k == nil {
		k = &known{}
	}
	switch v := v.(type) {
	case map[string]any:
		for name, inner := range v {
			made, err := spelled(inner, k.of[name], depth+1)
			if err != nil {
				return nil, err
			}
			v[name] = made
		}
		return v, nil
	case []any:
		return spelledList(v, k.items(), depth)
	case string:
		if k.bytes && annotate.CheckText([]byte(v)) != nil {
			return nil, nil // a picture or the like
		}
		return v, annotate.CheckText([]byte(v))
	case float32:
		return spelled(float64(v), k, depth)
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, nil
		}
	case int32:
		return spelled(int64(v), k, depth)
	case int64:
		switch {
		case k.names == nil:
		case v == -1:
			return nil, nil // so datasets marks a label that is not given
		default:
			return k.name(v)
		}
	}
	return v, nil
}

func spelledList(items []any, k *known, depth int) (any, error) {
	made := make([]any, len(items))
	for i, item := range items {
		var err error
		if made[i], err = spelled(item, k, depth+1); err != nil {
			return nil, err
		}
	}
	return made, nil
}

// items returns what is known of the items of a list of three levels, a list of structs
// with one field, of which the library makes a plain list; of any other, what is known of it.
func (k *known) items() *known {
	list := k.of["list"]
	if list == nil || len(k.of) != 1 || len(list.of) != 1 {
		return k
	}
	for _, item := range list.of {
		return item
	}
	return k
}
