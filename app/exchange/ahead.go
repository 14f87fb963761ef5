package exchange

import (
	"context"
	"iter"
	"time"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Records are read in portions, each of which becomes one batch: no further one once there
// are so many of them and of what they hold, or so many bytes of text. The more there is in a
// batch the fewer pages of the project are written twice. A portion that takes long, as with
// large PDF files, is handed on sooner.
const (
	aheadItems = 5000
	aheadBytes = 4 << 20
	aheadTime  = 100 * time.Millisecond
)

// part is one record of a source, or why it cannot be had.
type part struct {
	source *source
	record *dataset.Record
	err    error
	done   int64 // bytes of all sources read by then
}

// name is what is told of a part while it is taken in.
func (p *part) name() string {
	if p.record == nil {
		return p.source.name
	}
	return p.record.Document.Name
}

// ahead yields what the sources hold, portion by portion. While one is dealt with the next
// is being read, on another goroutine, which has ended when the sequence has.
func (im *importer) ahead(ctx context.Context, found []source) iter.Seq[[]part] {
	return func(yield func([]part) bool) {
		ctx, cancel := context.WithCancel(ctx)
		r := &reading{ctx: ctx, out: make(chan []part)}
		go func() {
			defer close(r.out)
			im.readAll(r, found)
		}()
		defer func() {
			cancel()
			for range r.out {
			}
		}()
		for portion := range r.out {
			if !yield(portion) {
				return
			}
		}
	}
}

// reading is a portion that grows.
type reading struct {
	ctx     context.Context
	out     chan []part
	portion []part
	items   int
	bytes   int
	began   time.Time
}

func (im *importer) readAll(r *reading, found []source) {
	var done int64
	for i := range found {
		s := &found[i]
		for record, err := range im.records(r.ctx, *s) {
			p := part{source: s, record: record, err: err, done: done}
			if err == nil {
				p.done = min(done+record.End, done+s.size)
			}
			if !r.add(p) {
				return
			}
		}
		done += s.size
	}
	r.send()
}

// add adds a part, and reports whether more are wanted.
func (r *reading) add(p part) bool {
	if len(r.portion) == 0 {
		r.began = time.Now()
	}
	r.portion = append(r.portion, p)
	r.items++
	if p.err == nil {
		r.items += len(p.record.Spans) + len(p.record.Relations) + len(p.record.Records)
		r.bytes += len(p.record.Document.Text)
	}
	switch {
	case r.items >= aheadItems || r.bytes >= aheadBytes:
		return r.send()
	case time.Since(r.began) < aheadTime:
		return r.ctx.Err() == nil
	}
	select {
	case r.out <- r.portion:
		r.portion, r.items, r.bytes = nil, 0, 0
	default: // the one before is still being dealt with
	}
	return r.ctx.Err() == nil
}

func (r *reading) send() bool {
	if len(r.portion) == 0 {
		return true
	}
	select {
	case r.out <- r.portion:
		r.portion, r.items, r.bytes = nil, 0, 0
		return true
	case <-r.ctx.Done():
		return false
	}
}

// there says of some ids and names whether the project has documents of them. What it does
// not mention was not asked, or may have changed since.
type there struct {
	ids   map[annotate.ID]bool
	names map[string]bool
}

// lacks reports whether the project is known to have neither the id nor the name of d.
func (t there) lacks(d *annotate.Document) bool {
	byID, asked := t.ids[d.ID]
	byName, askedName := t.names[d.Name]
	return asked && askedName && !byID && !byName
}

// lookUp finds out which documents of a portion are there, with one question about all.
func (im *importer) lookUp(portion []part) error {
	im.there = there{map[annotate.ID]bool{}, map[string]bool{}}
	for i := range portion {
		if r := portion[i].record; r != nil {
			im.there.ids[r.Document.ID], im.there.names[r.Document.Name] = false, false
		}
	}
	return im.project.Present(im.there.ids, im.there.names)
}
