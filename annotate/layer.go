package annotate

import (
	"iter"
	"maps"
	"slices"
)

// Layer is what one annotator has made of one document, in memory and indexed:
// its spans by place, its relations by their arguments, its records and its assessment. The
// relations are those made in the document and those of other documents that
// point into it.
type Layer struct {
	Document  ID
	Annotator string
	// Assessment is never nil; it is New until the annotator says otherwise.
	Assessment *Assessment
	// Assessed tells whether Assessment has been said by the annotator.
	Assessed bool
	// Review is nil while there is none.
	Review *Review

	spans     map[ID]*Span
	relations map[ID]*Relation
	records   map[ID]*Record
	inside    map[ID][]*Record // record, or "" → those that lie in it, in order
	index     RangeIndex
	involving map[ID][]ID // span or relation → relations that point at it, in order of id
	counts    map[string]int
}

// NewLayer returns an empty layer.
func NewLayer(document ID, annotator string) *Layer {
	return &Layer{
		Document: document, Annotator: annotator,
		Assessment: &Assessment{Document: document, Annotator: annotator, Status: New},
		spans:      map[ID]*Span{}, relations: map[ID]*Relation{}, records: map[ID]*Record{}, inside: map[ID][]*Record{}, involving: map[ID][]ID{}, counts: map[string]int{},
	}
}

// Apply makes the layer hold what c leaves behind. Changes of other layers and
// schemes pass without effect, and so do those of other documents, except of
// relations that point into this one.
func (l *Layer) Apply(c *Change) {
	switch e := c.state().(type) {
	case *Span:
		if e.Document == l.Document && e.Annotator == l.Annotator {
			after, _ := c.After.(*Span)
			l.setSpan(e.ID, after)
		}
	case *Relation:
		if e.Annotator == l.Annotator {
			after, _ := c.After.(*Relation)
			if after != nil && !l.concerns(after) {
				after = nil
			}
			l.setRelation(e.ID, after)
		}
	case *Record:
		if e.Document == l.Document && e.Annotator == l.Annotator {
			after, _ := c.After.(*Record)
			l.setRecord(e.ID, after)
		}
	case *Assessment:
		if e.Document != l.Document || e.Annotator != l.Annotator {
			return
		}
		after, kept := c.After.(*Assessment)
		if !kept {
			after = &Assessment{Document: l.Document, Annotator: l.Annotator, Status: New}
		}
		l.Assessment, l.Assessed = after, kept
	case *Review:
		if e.Document == l.Document && e.Annotator == l.Annotator {
			l.Review, _ = c.After.(*Review)
		}
	}
}

// Status returns how far the work is: what the review says of it, or else the annotator.
func (l *Layer) Status() Status { return StatusOf(l.Assessment, l.Review) }

// concerns reports whether r was made in the layer's document or points into it.
func (l *Layer) concerns(r *Relation) bool {
	return r.Document == l.Document ||
		slices.ContainsFunc(r.Arguments, func(a Argument) bool { return a.Document == l.Document })
}

func (l *Layer) setSpan(id ID, s *Span) {
	if old := l.spans[id]; old != nil {
		l.counts[old.Label]--
		l.index.Delete(id)
		delete(l.spans, id)
	}
	if s != nil {
		l.spans[id] = s
		l.counts[s.Label]++
		l.index.Set(id, s.Extent())
	}
}

func (l *Layer) setRelation(id ID, r *Relation) {
	if old := l.relations[id]; old != nil {
		for _, a := range old.Arguments {
			l.involving[a.Target()] = slices.DeleteFunc(l.involving[a.Target()], func(i ID) bool { return i == id })
		}
		delete(l.relations, id)
	}
	if r == nil {
		return
	}
	l.relations[id] = r
	for _, a := range r.Arguments {
		target := a.Target()
		if i, found := slices.BinarySearch(l.involving[target], id); target != "" && !found {
			l.involving[target] = slices.Insert(l.involving[target], i, id)
		}
	}
}

// Span returns the span of that id, nil if the layer has none.
func (l *Layer) Span(id ID) *Span { return l.spans[id] }

// Relation returns the relation of that id, nil if the layer has none.
func (l *Layer) Relation(id ID) *Relation { return l.relations[id] }

// Spans yields every span in reading order.
func (l *Layer) Spans() iter.Seq[*Span] { return l.each(l.index.All()) }

// Touching yields, in reading order, the spans whose extent shares a byte with f.
func (l *Layer) Touching(f Fragment) iter.Seq[*Span] { return l.each(l.index.Touching(f)) }

func (l *Layer) each(ids iter.Seq[ID]) iter.Seq[*Span] {
	return func(yield func(*Span) bool) {
		for id := range ids {
			if !yield(l.spans[id]) {
				return
			}
		}
	}
}

// Next returns the span after id in reading order; nil after the last one.
func (l *Layer) Next(id ID) *Span {
	at, _ := l.index.Get(id)
	next, _ := l.index.After(id, at)
	return l.spans[next]
}

// Previous returns the span before id in reading order; nil before the first one.
func (l *Layer) Previous(id ID) *Span {
	at, _ := l.index.Get(id)
	previous, _ := l.index.Before(id, at)
	return l.spans[previous]
}

// NextFrom returns the first span in reading order that begins at or after offset, nil if none does.
func (l *Layer) NextFrom(offset int) *Span {
	next, _ := l.index.After("", Fragment{offset, maxInt})
	return l.spans[next]
}

// PreviousFrom returns the last span in reading order that begins before offset, nil if none does.
func (l *Layer) PreviousFrom(offset int) *Span {
	previous, _ := l.index.Before("", Fragment{offset, maxInt})
	return l.spans[previous]
}

const maxInt = int(^uint(0) >> 1)

// Relations returns every relation in order of id, which is the order they were made in.
func (l *Layer) Relations() []*Relation {
	found := make([]*Relation, 0, len(l.relations))
	for _, id := range slices.Sorted(maps.Keys(l.relations)) {
		found = append(found, l.relations[id])
	}
	return found
}

// Involving returns the relations that point at the span or relation id, in order of id.
func (l *Layer) Involving(id ID) []*Relation {
	found := make([]*Relation, 0, len(l.involving[id]))
	for _, r := range l.involving[id] {
		found = append(found, l.relations[r])
	}
	return found
}

// Count returns how many spans have that label.
func (l *Layer) Count(label string) int { return l.counts[label] }

// SpanCount returns how many spans there are.
func (l *Layer) SpanCount() int { return len(l.spans) }

// RelationCount returns how many relations there are.
func (l *Layer) RelationCount() int { return len(l.relations) }

// Removal returns the changes that delete the span, relation or record id, every
// relation that points at it, directly or through another relation, and every record
// that lies in it.
func (l *Layer) Removal(id ID) []Change {
	var changes []Change
	seen := map[ID]bool{}
	var visit func(ID)
	visit = func(id ID) {
		if seen[id] {
			return
		}
		seen[id] = true
		for _, r := range l.Involving(id) {
			visit(r.ID)
		}
		if r := l.relations[id]; r != nil {
			changes = append(changes, Change{Annotator: l.Annotator, Before: r})
		}
		if s := l.spans[id]; s != nil {
			changes = append(changes, Change{Annotator: l.Annotator, Before: s})
		}
		if r := l.records[id]; r != nil {
			for _, inner := range l.inside[id] {
				visit(inner.ID)
			}
			changes = append(changes, Change{Annotator: l.Annotator, Before: r})
		}
	}
	visit(id)
	return changes
}
