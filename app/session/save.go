package session

import (
	"slices"
	"time"

	"spanwright/annotate"
	"spanwright/store"
)

// SaveState says how far edits are on their way to the disk.
type SaveState struct {
	Pending int       // edits shown but not committed
	At      time.Time // of the last commit of this session; zero before the first
	Err     error     // why the oldest pending edit cannot be committed; editing waits
}

// Saved returns how far edits are on their way to the disk.
func (s *Session) Saved() SaveState { return s.saved }

// submit hands a job to the writer and takes its outcome back.
func (s *Session) submit(j *job) {
	s.saved.Pending++
	j.done = func(applied []annotate.Change, err error) {
		s.post(func() { s.committed(j, applied, err) })
	}
	j.failed = s.refused
	s.writer.add(j)
	s.emit(Event{Kind: Saved})
}

// refused shows, from any goroutine, that the disk refuses what is first in the queue.
func (s *Session) refused(err error) {
	s.post(func() {
		s.saved.Err = err
		s.emit(Event{Kind: Saved})
		s.fail(err)
	})
}

func (s *Session) committed(j *job, applied []annotate.Change, err error) {
	s.saved.Pending--
	s.saved.Err = nil
	if j.act == "" {
		s.pending = s.pending[len(j.changes):]
	}
	for i := range applied {
		for _, o := range s.both() {
			o.overtaken = o.overtaken || applied[i].DocumentID() == o.awaited
		}
	}
	switch {
	case err != nil:
		s.fail(err)
		if j.act == "" {
			for _, o := range s.both() {
				o.reload() // what is shown is not what is stored
			}
		}
	case j.act != "":
		s.saved.At = time.Now()
		s.took(j.act, applied)
	default:
		s.saved.At = time.Now()
		if restaffed(applied) {
			s.restaff()
		}
	}
	event := Event{Kind: Saved}
	if s.links.age() {
		event.Kind |= Linked
	}
	s.mentions.stale = true
	s.list.Refresh()
	if s.adjudication != nil {
		s.adjudication.count()
	}
	s.emit(event)
}

// Flush waits until every edit so far is committed; it returns why one cannot be.
// It may be called on any goroutine.
func (s *Session) Flush() error { return s.writer.wait() }

// Retry tries to commit a refused edit again now.
func (s *Session) Retry() { s.writer.retry(nil) }

// SaveElsewhere writes the project to another file and goes on there, refused edits included.
func (s *Session) SaveElsewhere(path string) error {
	if err := s.project.SaveCopy(path); err != nil {
		return s.fail(err)
	}
	project, err := store.Open(path)
	if err != nil {
		return s.fail(err)
	}
	s.search.close()
	old := s.project
	for _, o := range s.both() {
		o.project = project
	}
	for _, o := range s.both() {
		o.audit = annotate.NewAudit(o.scheme, o.layer, o.body, o.lookup()) // it looked things up in the old file
	}
	s.search.Refresh()
	s.writer.retry(project)
	if err := s.writer.wait(); err != nil {
		return s.fail(err)
	}
	_ = old.Close() // it is the file that could not be written; what it held is in the new one
	return nil
}

// Undo takes back the annotator's last edit, in whatever document and session it was made.
func (s *Session) Undo() { s.step(annotate.Undo) }

// Redo makes again what Undo took back last.
func (s *Session) Redo() { s.step(annotate.Redo) }

func (s *Session) step(act annotate.Act) {
	if err := s.project.ReadOnly(); err != nil {
		s.fail(err)
		return
	}
	if s.saved.Err != nil {
		s.fail(s.saved.Err)
		return
	}
	s.submit(&job{act: act, changes: []annotate.Change{{Annotator: s.annotator}}})
}

// took shows what an undo or redo changed, in the document where it did.
func (s *Session) took(act annotate.Act, applied []annotate.Change) {
	verb := map[annotate.Act]string{annotate.Undo: "Undone: ", annotate.Redo: "Done again: "}[act]
	what := applied
	if act == annotate.Undo {
		what = annotate.Invert(applied)
	}
	s.show(applied)
	switch {
	case restaffed(applied):
		s.restaff()
	case reassigned(applied):
		for _, o := range s.both() {
			o.reload()
		}
	}
	s.tell(verb + annotate.Describe(what) + ".")
	if slices.ContainsFunc(applied, func(c annotate.Change) bool { return c.EntityKind() == annotate.DocumentEntity }) {
		s.search.Refresh()
	}
	if slices.ContainsFunc(applied, func(c annotate.Change) bool { return c.EntityKind() == annotate.SchemeEntity }) {
		return // it is about the project as a whole
	}
	var elsewhere, focus annotate.ID
	for i := range applied {
		c := &applied[i]
		if d, ok := c.Before.(*annotate.Document); ok && c.After == nil && s.document != nil && d.ID == s.document.ID {
			s.clearDocument()
			_ = s.OpenFirst("") // told to the person by OpenFirst itself
			return
		}
		if c.After == nil && !confers(applied) || c.EntityKind() == annotate.DocumentEntity && c.Before == nil {
			continue
		}
		if id := c.DocumentID(); id != "" && elsewhere == "" {
			elsewhere = id
		} else if id != "" && id != elsewhere && c.EntityKind() == annotate.SpanEntity {
			elsewhere, focus = "", "" // links in many documents: nowhere in particular
			break
		}
		switch k := c.EntityKind(); {
		case focus != "":
		case k == annotate.SpanEntity || k == annotate.RelationEntity:
			focus = c.EntityID()
		case k == annotate.CommentEntity && subjectOf(c) != c.DocumentID():
			focus = subjectOf(c)
		}
	}
	switch {
	case elsewhere == "" || s.document == nil:
	case elsewhere != s.document.ID:
		s.reveal(elsewhere, focus)
	case focus != "":
		s.Focus(focus)
	}
	if s.document == nil {
		_ = s.OpenFirst("") // told to the person by OpenFirst itself
	}
}
