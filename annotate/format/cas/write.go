package cas

import (
	"bufio"
	"context"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"spanwright/annotate/dataset"
)

// writer is one export under way.
type writer struct {
	folder    string
	extension string
	options   dataset.Options
	names     dataset.FileNames
}

// each writes a file for each record.
func (w *writer) each(ctx context.Context, records iter.Seq2[*dataset.Record, error], write func(*bufio.Writer, *dataset.Record)) error {
	for r, err := range records {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = w.file(w.path(r), func(out *bufio.Writer) { write(out, r) })
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// path returns the file of a record: one that is called like the document or, where those of several
// annotators are kept apart, like the annotator in a folder that is called like the document.
func (w *writer) path(r *dataset.Record) string {
	steps := []string{strings.TrimSuffix(r.Document.Name, ".txt")}
	if w.options.Separate && r.Annotator != "" {
		steps = []string{r.Document.Name, strings.ReplaceAll(r.Annotator, "/", "_")}
	}
	name, _, _ := w.names.Path(steps...) // the file has the name inside
	return filepath.Join(w.folder, name+w.extension)
}

func (w *writer) file(path string, write func(*bufio.Writer)) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return dataset.FileError(path, err)
	}
	f, err := os.Create(path)
	if err != nil {
		return dataset.FileError(path, err)
	}
	out := bufio.NewWriterSize(f, 1<<16)
	write(out) // a failure comes again at the end
	err = out.Flush()
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return dataset.FileError(path, err)
	}
	return nil
}

// writeXMI writes a file for each record, and behind them the type system of all.
func writeXMI(ctx context.Context, folder string, records iter.Seq2[*dataset.Record, error], options dataset.Options) (dataset.Losses, error) {
	w := &writer{folder: folder, extension: ".xmi", options: options}
	types := newTypes(options.Scheme)
	err := w.each(ctx, records, func(out *bufio.Writer, r *dataset.Record) { printXMI(out, encode(r, types)) })
	if err != nil {
		return nil, err
	}
	return nil, w.file(filepath.Join(folder, typesName), func(out *bufio.Writer) { printTypes(out, types) })
}

// writeJSON writes a file for each record.
func writeJSON(ctx context.Context, folder string, records iter.Seq2[*dataset.Record, error], options dataset.Options) (dataset.Losses, error) {
	w := &writer{folder: folder, extension: ".json", options: options}
	return nil, w.each(ctx, records, func(out *bufio.Writer, r *dataset.Record) {
		types := newTypes(options.Scheme)
		printJSON(out, encode(r, types), types)
	})
}
