package brat

import (
	"context"
	"iter"
	"os"
	"path/filepath"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// write writes each record as a text and an .ann file in folder.
func write(ctx context.Context, folder string, records iter.Seq2[*dataset.Record, error], options dataset.Options) (dataset.Losses, error) {
	w := &writer{folder: folder, options: options}
	for r, err := range records {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = w.document(r)
		}
		if err != nil {
			return nil, err
		}
	}
	return w.losses, w.configuration()
}

// configuration writes the scheme beside the documents, so that brat opens them. What
// it cannot say of the scheme is no loss of the documents.
func (w *writer) configuration() error {
	if w.options.Scheme == nil {
		return nil
	}
	files, _ := SchemeFiles(w.options.Scheme)
	return files.Write(w.folder)
}

// writer is one export under way.
type writer struct {
	folder  string
	options dataset.Options
	losses  dataset.Losses
	names   dataset.FileNames
}

// bends returns what tells what the writer changes in one record after another.
func bends(options dataset.Options) func(*dataset.Record) dataset.Losses {
	w := &writer{options: options}
	return func(r *dataset.Record) dataset.Losses {
		w.losses = nil
		w.arrange(r)
		w.stem(r)
		return w.losses
	}
}

// arrange lays out the annotations of a record.
func (w *writer) arrange(r *dataset.Record) *arrangement {
	w.countUnwritable(r)
	a := newArrangement(r, w.options.Scheme, &w.losses)
	a.spans()
	a.relations()
	a.properties()
	return a
}

func (w *writer) document(r *dataset.Record) error {
	a := w.arrange(r)
	stem := filepath.Join(w.folder, w.stem(r))
	if err := os.MkdirAll(filepath.Dir(stem), 0o777); err != nil {
		return dataset.FileError(stem, err)
	}
	for extension, content := range map[string][]byte{".txt": []byte(a.text), ".ann": a.out.Bytes()} {
		if err := os.WriteFile(stem+extension, content, 0o666); err != nil {
			return dataset.FileError(stem+extension, err)
		}
	}
	return nil
}

// countUnwritable counts what a record says of its document as a whole, for
// which brat has no place.
func (w *writer) countUnwritable(r *dataset.Record) {
	w.losses.AddN("metadata field of a document", len(r.Document.Meta))
	w.losses.AddN("record", len(r.Records))
	w.losses.AddN("concept", len(r.Concepts))
	if r.Assessment == nil {
		return
	}
	w.losses.AddN("label of a document", len(r.Assessment.Labels))
	if r.Assessment.Status == annotate.Done {
		w.losses.Add("status of a document")
	}
	if r.Assessment.Flag != "" {
		w.losses.Add("flag")
	}
	if r.Assessment.Note != "" {
		w.losses.Add("note on a document")
	}
}
