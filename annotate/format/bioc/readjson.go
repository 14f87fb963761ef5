package bioc

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// readJSON yields the record of each document, of which one is in memory at a time: those
// of a collection, of a list of collections or documents, or one on each line.
func readJSON(ctx context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		f, err := dataset.Open(in.Path)
		if err != nil {
			yield(nil, err)
			return
		}
		defer f.Close()
		w := walker{ctx: ctx, in: in, stream: dataset.NewJSONStream(in.Path, f), yield: yield}
		for err == nil {
			err = w.value(false)
		}
		if !errors.Is(err, io.EOF) && !errors.Is(err, errStopped) {
			yield(nil, err)
		}
	}
}

// errStopped says that nobody wants more.
var errStopped = errors.New("stopped")

// walker goes through a file down to its documents.
type walker struct {
	ctx    context.Context
	in     dataset.Input
	stream *dataset.JSONStream
	yield  func(*dataset.Record, error) bool
	number int // of documents
}

// value reads a collection, a document, or a list of them.
func (w *walker) value(listed bool) error {
	if err := w.ctx.Err(); err != nil {
		return errStopped
	}
	token, err := w.stream.Token()
	switch {
	case err != nil && listed:
		return unexpected(w.stream, err)
	case err != nil:
		return err
	case token == json.Delim('{'):
		return w.object()
	case token == json.Delim('[') && !listed:
		for w.stream.More() {
			if err := w.value(true); err != nil {
				return err
			}
		}
		_, err := w.stream.Token()
		return unexpected(w.stream, err)
	}
	return w.stream.Errorf(annotate.Invalid, "a collection of BioC must be a JSON object; what follows was left out")
}

// unexpected turns the end of the file into an error.
func unexpected(s *dataset.JSONStream, err error) error {
	if errors.Is(err, io.EOF) {
		return s.Errorf(annotate.Invalid, "it is not JSON: it breaks off; what follows was left out")
	}
	return err
}

// object reads a collection whose documents go past, or a document.
func (w *walker) object() error {
	fields := dataset.Fields{}
	streamed := false
	line := 0
	for w.stream.More() {
		token, err := w.stream.Token()
		if err != nil {
			return unexpected(w.stream, err)
		}
		key, _ := token.(string) // in an object nothing else can stand there
		if key == "documents" || key == "PubTator3" {
			if err := w.documents(fields); err != nil {
				return err
			}
			streamed = true
			continue
		}
		v, goesOn, err := w.stream.Value()
		if err != nil && goesOn {
			err = w.offer(nil, err)
		}
		if err != nil {
			return err
		}
		line = cmp.Or(line, v.Line)
		fields[key] = append(json.RawMessage(nil), v.Raw...)
	}
	if _, err := w.stream.Token(); err != nil {
		return unexpected(w.stream, err)
	}
	if streamed {
		return nil
	}
	if !fields.Has("passages") {
		return w.offer(nil, w.stream.Errorf(annotate.Invalid, "it has neither documents nor passages"))
	}
	raw, err := json.Marshal(fields)
	if err != nil {
		return w.offer(nil, w.stream.Errorf(annotate.Invalid, "%w", err))
	}
	return w.document(dataset.JSONValue{Raw: raw, Line: line}, nil)
}

// documents reads the list of documents of a collection.
func (w *walker) documents(collection dataset.Fields) error {
	token, err := w.stream.Token()
	if err != nil {
		return unexpected(w.stream, err)
	}
	if token != json.Delim('[') {
		return w.stream.Errorf(annotate.Invalid, "the documents must be a list; what follows was left out")
	}
	about := collectionInfons(collection)
	for w.stream.More() {
		v, goesOn, err := w.stream.Value()
		switch {
		case err != nil && !goesOn:
			return err
		case err != nil:
			w.number++
			err = w.offer(nil, err)
		default:
			err = w.document(v, about)
		}
		if err != nil {
			return err
		}
	}
	_, err = w.stream.Token()
	return unexpected(w.stream, err)
}

// offer yields a record or an error.
func (w *walker) offer(r *dataset.Record, err error) error {
	if !w.yield(r, err) || w.ctx.Err() != nil {
		return errStopped
	}
	return nil
}

func (w *walker) document(v dataset.JSONValue, about map[string]annotate.Value) error {
	w.number++
	d, err := decodeJSON(v)
	if err != nil {
		return w.offer(nil, dataset.Place(err, w.in.Path, v.Line))
	}
	r, err := d.record(w.in, w.number, about)
	if err != nil {
		return w.offer(nil, dataset.Place(err, w.in.Path, v.Line))
	}
	r.End = v.End
	return w.offer(r, nil)
}

// collectionInfons are what a collection says of itself, as far as it has been read.
func collectionInfons(fields dataset.Fields) map[string]annotate.Value {
	about := map[string]annotate.Value{}
	for _, key := range []string{"source", "date", "key"} {
		if text, err := fields.Text(key); err == nil && text != "" {
			about[key] = annotate.Text(text)
		}
	}
	infons, err := fields.Object("infons")
	if err == nil {
		for key, v := range infons.Values() {
			about[key] = v
		}
	}
	return about
}
