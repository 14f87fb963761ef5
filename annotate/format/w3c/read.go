package w3c

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// read yields the records of the documents that annotations are about, one for each of
// their creators. Annotations of one text are to follow each other: those of one text are
// in memory at a time.
func read(ctx context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		f, err := dataset.Open(in.Path)
		if err != nil {
			yield(nil, err)
			return
		}
		defer f.Close()
		w := &walker{ctx: ctx, in: in, stream: dataset.NewJSONStream(in.Path, f), yield: yield}
		for err == nil {
			err = w.value(0)
		}
		if errors.Is(err, errStopped) || w.flush() != nil {
			return
		}
		if !errors.Is(err, io.EOF) {
			yield(nil, err)
		}
	}
}

// errStopped says that nobody wants more.
var errStopped = errors.New("stopped")

// walker goes through a file down to its annotations.
type walker struct {
	ctx    context.Context
	in     dataset.Input
	stream *dataset.JSONStream
	yield  func(*dataset.Record, error) bool
	page   *page // of the text that the last annotations were about
}

// deepest is how deep lists of annotations may lie: a page in a collection in a list.
const deepest = 4

// value reads an annotation, or a list, page or collection of them.
func (w *walker) value(depth int) error {
	if w.ctx.Err() != nil {
		return errStopped
	}
	token, err := w.stream.Token()
	switch {
	case err != nil && depth > 0:
		return w.brokenOff(err)
	case err != nil:
		return err
	case token == json.Delim('{') && depth <= deepest:
		return w.object(depth)
	case token == json.Delim('[') && depth <= deepest:
		return w.list(depth)
	}
	return w.stream.Errorf(annotate.Invalid, "an annotation must be a JSON object; what follows was left out")
}

func (w *walker) list(depth int) error {
	for w.stream.More() {
		if err := w.value(depth + 1); err != nil {
			return err
		}
	}
	_, err := w.stream.Token()
	return w.brokenOff(err)
}

// brokenOff turns the end of the file into an error.
func (w *walker) brokenOff(err error) error {
	if errors.Is(err, io.EOF) {
		return w.stream.Errorf(annotate.Invalid, "it is not JSON: it breaks off; what follows was left out")
	}
	return err
}

// containers are the keys under which a page, graph or collection has its annotations.
var containers = map[string]bool{"items": true, "@graph": true, "first": true}

// object reads an annotation, or goes through what contains some.
func (w *walker) object(depth int) error {
	fields := dataset.Fields{}
	contains := false
	line := 0
	for w.stream.More() {
		token, err := w.stream.Token()
		if err != nil {
			return w.brokenOff(err)
		}
		key, _ := token.(string) // nothing else can stand there
		if containers[key] && !fields.Has("target") {
			contains = true
			if err := w.contained(key, depth); err != nil {
				return err
			}
			continue
		}
		v, goesOn, err := w.stream.Value()
		if err != nil && goesOn {
			err = w.offer(nil, err)
		}
		if err != nil {
			return err
		}
		if line == 0 {
			line = v.Line
		}
		fields[key] = append(json.RawMessage(nil), v.Raw...)
	}
	if _, err := w.stream.Token(); err != nil {
		return w.brokenOff(err)
	}
	if contains && !fields.Has("target") {
		return nil
	}
	a, err := newAnnotation(fields, line)
	if err != nil {
		return w.offer(nil, dataset.Place(err, w.in.Path, line))
	}
	return w.add(a)
}

// contained reads what stands under the key of a container: a list, a page, or the
// address of one that is elsewhere.
func (w *walker) contained(key string, depth int) error {
	token, err := w.stream.Token()
	address, isAddress := token.(string)
	switch {
	case err != nil:
		return w.brokenOff(err)
	case token == json.Delim('['):
		return w.list(depth)
	case token == json.Delim('{') && depth < deepest:
		return w.object(depth + 1)
	case isAddress:
		return w.offer(nil, w.stream.Errorf(annotate.Unsupported, "its annotations are elsewhere, at %s; import that page instead", annotate.Excerpt(address, 80)))
	}
	return w.stream.Errorf(annotate.Invalid, "%q must be a list or page of annotations; what follows was left out", key)
}

// offer yields a record or an error.
func (w *walker) offer(r *dataset.Record, err error) error {
	if !w.yield(r, err) || w.ctx.Err() != nil {
		return errStopped
	}
	return nil
}

// add puts an annotation onto the page of its text. A link has no text of its own.
func (w *walker) add(a *annotation) error {
	if w.page != nil && !a.link && !w.page.takes(a) {
		if err := w.flush(); err != nil {
			return err
		}
	}
	if w.page == nil {
		w.page = newPage(a)
	}
	w.page.add(a)
	return nil
}

// flush yields the records of the page.
func (w *walker) flush() error {
	if w.page == nil {
		return nil
	}
	records, err := w.page.records(w.in)
	line := w.page.line
	w.page = nil
	for _, r := range records {
		r.End = w.stream.Offset()
		if err := w.offer(r, nil); err != nil {
			return err
		}
	}
	if err != nil {
		return w.offer(nil, dataset.Place(err, w.in.Path, line))
	}
	return nil
}
