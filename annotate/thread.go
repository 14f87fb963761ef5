package annotate

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// Thread is what people said to one another about one thing: a comment and the answers
// to it, the earliest first. The comment that began it may be gone, deleted by whoever
// wrote it, while answers to it remain.
type Thread struct {
	ID       ID // of the comment that began it
	Comments []*Comment
}

// Subject returns the id of the span, relation or document that t is about.
func (t *Thread) Subject() ID { return t.Comments[0].Subject() }

// Begun returns the comment that began the thread, nil if it is gone.
func (t *Thread) Begun() *Comment {
	if c := t.Comments[0]; c.ID == t.ID {
		return c
	}
	return nil
}

// Resolved reports whether each of its comments is settled by one that stands.
func (t *Thread) Resolved() bool { return len(t.Unsettled()) == 0 }

// Unsettled returns the comments that keep the thread open.
func (t *Thread) Unsettled() []*Comment {
	settled := map[ID]bool{}
	for _, c := range t.Comments {
		for _, id := range c.Resolves {
			settled[id] = true
		}
	}
	return slices.DeleteFunc(t.sayings(), func(c *Comment) bool { return settled[c.ID] })
}

// sayings returns the comments that settle nothing.
func (t *Thread) sayings() []*Comment {
	var found []*Comment
	for _, c := range t.Comments {
		if len(c.Resolves) == 0 {
			found = append(found, c)
		}
	}
	return found
}

// Answer returns an answer of that author, written now.
func (t *Thread) Answer(author, text string) *Comment {
	c, first := NewComment(t.Comments[0].Document, author, text), t.Comments[0]
	c.Thread, c.Span, c.Relation = t.ID, first.Span, first.Relation
	return c
}

// Resolution returns an answer of that author, written now, that settles all that was
// said so far; text may be empty.
func (t *Thread) Resolution(author, text string) *Comment {
	c := t.Answer(author, text)
	for _, said := range t.sayings() {
		c.Resolves = append(c.Resolves, said.ID)
	}
	return c
}

// Reopening returns an answer of that author, written now, that takes a settled thread
// up again; text may be empty.
func (t *Thread) Reopening(author, text string) *Comment {
	c := t.Answer(author, text)
	c.Reopens = true
	return c
}

// Discussion is all that everybody said about one document and what lies in it, in
// memory: threads, found by what they are about. The zero value holds nothing and takes
// every comment; one of a document takes those of the document and of relations, which
// may lie in several.
type Discussion struct {
	Document ID

	comments map[ID]*Comment
	threads  map[ID][]*Comment // by the comment that began them, in no order
	subjects map[ID][]ID       // span, relation or document → threads, in no order
}

// Apply makes d hold what c leaves behind. Changes of anything but comments pass without effect.
func (d *Discussion) Apply(c *Change) {
	said, isComment := c.state().(*Comment)
	if !isComment || d.Document != "" && said.Document != d.Document && said.Relation == "" {
		return
	}
	if d.comments == nil {
		d.comments, d.threads, d.subjects = map[ID]*Comment{}, map[ID][]*Comment{}, map[ID][]ID{}
	}
	if old := d.comments[said.ID]; old != nil {
		d.remove(old)
	}
	if after, stands := c.After.(*Comment); stands {
		d.add(after)
	}
}

func (d *Discussion) add(c *Comment) {
	thread, subject := c.ThreadID(), c.Subject()
	d.comments[c.ID] = c
	d.threads[thread] = append(d.threads[thread], c)
	if !slices.Contains(d.subjects[subject], thread) {
		d.subjects[subject] = append(d.subjects[subject], thread)
	}
}

func (d *Discussion) remove(c *Comment) {
	thread, subject := c.ThreadID(), c.Subject()
	delete(d.comments, c.ID)
	d.threads[thread] = slices.DeleteFunc(d.threads[thread], func(other *Comment) bool { return other.ID == c.ID })
	if len(d.threads[thread]) == 0 {
		delete(d.threads, thread)
		d.subjects[subject] = slices.DeleteFunc(d.subjects[subject], func(id ID) bool { return id == thread })
	}
	if len(d.subjects[subject]) == 0 {
		delete(d.subjects, subject)
	}
}

// Comment returns the comment of that id, nil if there is none.
func (d *Discussion) Comment(id ID) *Comment { return d.comments[id] }

// Thread returns the thread that the comment of that id began; nil if nothing is left of
// it but that it was settled.
func (d *Discussion) Thread(id ID) *Thread {
	t := &Thread{ID: id, Comments: slices.Clone(d.threads[id])}
	if t.Resolved() && !slices.ContainsFunc(t.Comments, func(c *Comment) bool { return strings.TrimSpace(c.Text) != "" }) {
		return nil
	}
	slices.SortFunc(t.Comments, func(a, b *Comment) int {
		return cmp.Or(rank(a)-rank(b), a.Written.Compare(b.Written), cmp.Compare(a.ID, b.ID))
	})
	return t
}

// rank puts the comment that begins a thread first, even if a clock went wrong.
func rank(c *Comment) int {
	if c.Thread == "" {
		return 0
	}
	return 1
}

// About returns the threads about a span, relation or document, the earliest first.
func (d *Discussion) About(subject ID) []*Thread { return d.gather(d.subjects[subject]) }

// Threads returns every thread, the earliest first.
func (d *Discussion) Threads() []*Thread { return d.gather(slices.Collect(maps.Keys(d.threads))) }

func (d *Discussion) gather(ids []ID) []*Thread {
	var found []*Thread
	for _, id := range ids {
		if t := d.Thread(id); t != nil {
			found = append(found, t)
		}
	}
	slices.SortFunc(found, func(a, b *Thread) int {
		return cmp.Or(a.Comments[0].Written.Compare(b.Comments[0].Written), cmp.Compare(a.ID, b.ID))
	})
	return found
}

// Open returns how many threads about a span, relation or document are not settled.
func (d *Discussion) Open(subject ID) int {
	n := 0
	for _, t := range d.About(subject) {
		if !t.Resolved() {
			n++
		}
	}
	return n
}

// Removal returns the changes by which annotator takes away all that was said about
// spans and relations together with them.
func (d *Discussion) Removal(annotator string, subjects ...ID) []Change {
	var changes []Change
	for _, subject := range subjects {
		for _, thread := range slices.Sorted(slices.Values(d.subjects[subject])) {
			said := slices.SortedFunc(slices.Values(d.threads[thread]), func(a, b *Comment) int { return cmp.Compare(a.ID, b.ID) })
			for _, c := range said {
				changes = append(changes, Change{Annotator: annotator, Before: c})
			}
		}
	}
	return changes
}
