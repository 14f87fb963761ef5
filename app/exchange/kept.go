package exchange

import (
	"context"
	"iter"
	"os"
	"slices"
	"sync"
	"time"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Kept is what rehearsals have read, kept for the next one with other choices: what is read
// in the same way need not be read again. It holds what the last rehearsal was about, up to
// a bound; beyond that, files are read anew. The zero value holds nothing.
type Kept struct {
	mu    sync.Mutex
	files map[keptKey]*keptFile
	bytes int
}

// keptBytes bounds what is kept, in bytes of memory as far as they can be estimated.
const keptBytes = 192 << 20

// keptKey is all that decides what is read of a file, but for re-anchoring.
type keptKey struct {
	path, name, format, layer, encoding string
	unit                                annotate.Unit
	size                                int64
	modified                            time.Time
}

// keptFile is what was read of a file, which nobody changes.
type keptFile struct {
	read     []outcome
	whole    bool
	bytes    int
	reanchor bool
	misfits  bool // words stand elsewhere than offsets say, so that re-anchoring matters
}

// outcome is a record, or why there is none.
type outcome struct {
	record *dataset.Record
	err    error
}

// Forget lets go of all that is kept.
func (k *Kept) Forget() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.files, k.bytes = nil, 0
}

// keyOf returns under what a file is kept.
func keyOf(s source, in dataset.Input) keptKey {
	key := keptKey{path: s.path, name: s.name, format: s.format.Name, layer: in.Annotator, unit: in.Unit, size: s.size}
	if in.Encoding != nil {
		key.encoding = dataset.NameOf(in.Encoding)
	}
	if info, err := os.Stat(s.path); err == nil {
		key.modified = info.ModTime()
	}
	return key
}

// only lets go of what is under other keys.
func (k *Kept) only(keys map[keptKey]bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for key, f := range k.files {
		if !keys[key] {
			k.bytes -= f.bytes
			delete(k.files, key)
		}
	}
}

// find returns what is kept of a file, nil for nothing, and how many bytes are still free.
func (k *Kept) find(key keptKey, reanchor bool) (*keptFile, int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	f := k.files[key]
	if f != nil && f.reanchor != reanchor && (f.misfits || !f.whole) {
		f = nil
	}
	return f, keptBytes - k.bytes
}

// put keeps what was read of a file, unless more of it is kept already.
func (k *Kept) put(key keptKey, f *keptFile) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.files == nil {
		k.files = map[keptKey]*keptFile{}
	}
	if old := k.files[key]; old != nil {
		if old.reanchor == f.reanchor && len(old.read) >= len(f.read) && old.whole == f.whole {
			return
		}
		k.bytes -= old.bytes
	}
	k.files[key] = f
	k.bytes += f.bytes
}

// records yields what a source holds, from what is kept as far as it goes.
func (k *Kept) records(ctx context.Context, s source, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	if k == nil {
		return s.format.Read(ctx, in)
	}
	return func(yield func(*dataset.Record, error) bool) {
		key := keyOf(s, in)
		old, room := k.find(key, in.Reanchor)
		now := &keptFile{reanchor: in.Reanchor}
		if old != nil {
			*now = *old
			now.read = slices.Clip(old.read)
			for _, o := range old.read {
				if !yield(copyOf(o.record), o.err) || ctx.Err() != nil {
					return
				}
			}
			if old.whole {
				return
			}
		}
		known, n := len(now.read), 0
		full := false
		defer func() { k.put(key, now) }()
		for r, err := range s.format.Read(ctx, in) {
			if ctx.Err() != nil {
				return
			}
			if n++; n <= known {
				continue
			}
			if size := sizeOf(r); !full && now.bytes+size <= room {
				now.bytes += size
				now.read = append(now.read, outcome{copyOf(r), err})
				now.misfits = now.misfits || isMisfit(err) || in.Reanchor && r != nil && r.Moved > 0
			} else {
				full = true
			}
			if !yield(r, err) {
				return
			}
		}
		now.whole = !full && ctx.Err() == nil
	}
}

// sizeOf estimates the memory that a record takes.
func sizeOf(r *dataset.Record) int {
	const each = 400
	if r == nil {
		return each
	}
	return len(r.Document.Text) + each*(2+len(r.Spans)+len(r.Relations)+len(r.Records)+len(r.Concepts))
}

// copyOf returns a record that can be changed without changing r.
func copyOf(r *dataset.Record) *dataset.Record {
	if r == nil {
		return nil
	}
	c := *r
	c.Spans = copiesOf(r.Spans)
	c.Relations = copiesOf(r.Relations)
	c.Records = copiesOf(r.Records)
	c.Concepts = copiesOf(r.Concepts)
	c.Remarks = slices.Clip(r.Remarks)
	if r.Assessment != nil {
		c.Assessment = r.Assessment.Clone()
	}
	if r.Review != nil {
		review := *r.Review
		c.Review = &review
	}
	return &c
}

func copiesOf[S interface{ Clone() S }](all []S) []S {
	if all == nil {
		return nil
	}
	copies := make([]S, len(all))
	for i, s := range all {
		copies[i] = s.Clone()
	}
	return copies
}
