package store

import (
	"bytes"
	"cmp"
	"database/sql"
	"math"
	"os"
	"time"

	"spanwright/annotate"
)

// Apply writes changes, and with them the journal, in one transaction, and
// returns them as stamped once they are on the disk. On any error nothing is
// written. Changes that name no Group share a fresh one.
//
// A change that has a Clock was made elsewhere: it is taken in whatever order it
// arrives, and of several changes to one entity the one with the larger
// (Clock, ID) decides the rows. A change without a Clock is made here and now:
// Before must be what the project holds, its document must be there, and a
// deletion must leave nothing that points at what is gone ([annotate.Conflict]).
// A change whose ID the journal knows is returned as it was stored.
//
// Apply keeps the states it is given; they must not be modified afterwards.
func (p *Project) Apply(changes ...annotate.Change) ([]annotate.Change, error) {
	return p.transact(func(b *batch) error {
		if err := b.lookUp(changes); err != nil {
			return err
		}
		for i := range changes {
			c := changes[i]
			if err := b.apply(&c); err != nil {
				return err
			}
		}
		return nil
	})
}

// batch is one transaction under way.
type batch struct {
	p       *Project
	now     time.Time
	group   annotate.ID // of the changes that name none
	clock   uint64      // largest seen; 0 until it is needed
	applied []annotate.Change
	deleted []annotate.Change // made here

	gestures  []annotate.Change // one for each gesture, without states
	gestureAt map[gestureKey]int
	asked     asked
	latest    struct { // the document asked for last
		document annotate.ID
		text     *text
	}
	forgotten layerID              // whose audit was forgotten last
	recounted map[annotate.ID]bool // documents whose differences are to be forgotten
	open      layerID              // layer that was found last not to be final
}

func (b *batch) statement(query string) (*sql.Stmt, error) {
	return b.p.writing.statement(query)
}

func (b *batch) exec(script string) error { return b.p.run(script) }

// transact runs do in one transaction that no other program can come between.
func (p *Project) transact(do func(*batch) error) ([]annotate.Change, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.closed.Load():
		return nil, p.fault(errClosed)
	case p.readOnly != nil:
		return nil, p.readOnly
	}
	if err := p.run("BEGIN IMMEDIATE"); err != nil {
		return nil, p.fault(err)
	}
	b := &batch{p: p, now: time.Now().UTC().Truncate(time.Millisecond)}
	err := do(b)
	if err == nil {
		err = b.finish()
	}
	if err == nil {
		err = p.run("COMMIT")
	}
	if err != nil {
		// After some failures, such as a full disk, SQLite has rolled back by itself.
		p.run("ROLLBACK")
		return nil, p.fault(err)
	}
	return b.applied, nil
}

// finish makes the checks that need the whole transaction, and keeps the clock.
func (b *batch) finish() error {
	if err := cmp.Or(b.checkDeleted(), b.forgetDifferences()); err != nil || b.clock == 0 {
		return err
	}
	if err := b.keepGestures(); err != nil {
		return err
	}
	return execute(b, "UPDATE clock SET value = ?", int64(b.clock))
}

// largestClock returns the largest Lamport clock the file has seen.
func largestClock(on source) (uint64, error) {
	var value int64
	found, err := one(on, "SELECT value FROM clock", nil, &value)
	if err == nil && !found {
		err = annotate.Errorf(annotate.Corrupt, "the project has lost its clock; go back to a copy")
	}
	return uint64(value), err
}

// apply writes one change and adds it, stamped, to b.applied.
func (b *batch) apply(c *annotate.Change) error {
	if err := checkChange(c); err != nil {
		return err
	}
	if c.ID != "" {
		known, err := b.change(c.ID)
		if err != nil {
			return err
		}
		if known != nil {
			b.applied = append(b.applied, *known)
			return nil
		}
	}
	return b.add(c)
}

// add writes one change that is right in itself and that the journal does not know.
func (b *batch) add(c *annotate.Change) error {
	made := c.Clock == 0
	if err := b.stamp(c); err != nil {
		return err
	}
	entry, err := newEntry(c)
	if err != nil {
		return err
	}
	last, err := b.standing(c.EntityKind(), c.EntityID())
	if err != nil {
		return err
	}
	if made {
		if err := b.checkMade(c, entry, last); err != nil {
			return err
		}
	}
	if err := b.checkPlace(c, made); err != nil {
		return err
	}
	if err := b.record(c, entry, last); err != nil {
		return err
	}
	b.applied = append(b.applied, *c)
	if last == nil || c.Supersedes(&last.Change) {
		return b.project(c, last == nil)
	}
	return b.noteAge(c)
}

// checkChange makes the checks that need nothing but the change.
func checkChange(c *annotate.Change) error {
	if err := c.Check(); err != nil {
		return err
	}
	if c.Clock > math.MaxInt64/2 {
		return annotate.Errorf(annotate.Invalid, "change %s has an impossible clock", c.ID)
	}
	switch c.Act {
	case "", annotate.Edit, annotate.Undo, annotate.Redo:
	default:
		return annotate.Errorf(annotate.Unsupported, "changes that %q are unknown to this version", c.Act)
	}
	switch s := c.After.(type) {
	case *annotate.Document:
		return s.Check()
	case *annotate.Relation:
		return s.Check()
	case *annotate.Assessment:
		return s.Check()
	case *annotate.Scheme:
		return s.Check()
	case *annotate.Comment:
		return s.Check()
	case *annotate.Record:
		return s.Check()
	case *annotate.Concept:
		return s.Check()
	case *annotate.Assignment:
		return s.Check()
	case *annotate.Decision:
		return s.Check()
	case *annotate.Review:
		return s.Check()
	case *annotate.TeamMember:
		return s.Check()
	case *annotate.Stint:
		return s.Check()
	case nil:
		if c.EntityKind() == annotate.SchemeEntity {
			return annotate.Errorf(annotate.Invalid, "a project cannot be without a scheme")
		}
	}
	return nil
}

// stamp fills in what the change leaves open.
func (b *batch) stamp(c *annotate.Change) error {
	if b.clock == 0 {
		largest, err := largestClock(b)
		if err != nil {
			return err
		}
		b.clock = largest
	}
	if c.Clock == 0 {
		c.Clock = b.clock + 1
	}
	b.clock = max(b.clock, c.Clock)
	if c.ID == "" {
		c.ID = annotate.NewID()
	}
	if c.Group == "" {
		if b.group == "" {
			b.group = annotate.NewID()
		}
		c.Group = b.group
	}
	if c.Act == "" {
		c.Act = annotate.Edit
	}
	if c.Time.IsZero() {
		c.Time = b.now
	}
	c.Time = c.Time.UTC().Truncate(time.Millisecond)
	if c.Device == "" {
		c.Device = device
	}
	return nil
}

// device names this machine in the journal; nothing is decided by it.
var device = func() string {
	name, err := os.Hostname()
	if err != nil || name == "" {
		return "unnamed"
	}
	return name
}()

// checkMade makes the checks that hold only for changes made here and now.
func (b *batch) checkMade(c *annotate.Change, entry *rawEntry, last *standing) error {
	var held []byte
	if last != nil {
		held = last.after
	}
	if !bytes.Equal(held, entry.before) {
		return conflict(c, last)
	}
	if err := b.checkMove(c); err != nil {
		return err
	}
	if err := b.checkFinal(c); err != nil {
		return err
	}
	if c.After == nil {
		b.deleted = append(b.deleted, *c)
		return nil
	}
	after, isDocument := c.After.(*annotate.Document)
	if !isDocument {
		return nil
	}
	if b.asked.vacant[after.ID] {
		return nil
	}
	var other string
	taken, err := one(b, "SELECT id FROM document WHERE name = ? AND id <> ?", []any{after.Name, after.ID}, &other)
	if err == nil && taken {
		err = annotate.Errorf(annotate.Conflict, "there is a document named %q already", after.Name)
	}
	if before, updated := c.Before.(*annotate.Document); err == nil && updated && before.Hash != after.Hash {
		err = b.checkEmpty(after)
	}
	return err
}

// checkPlace checks that a span fits the text it labels. One from elsewhere may
// arrive before its document.
func (b *batch) checkPlace(c *annotate.Change, made bool) error {
	if c.After == nil {
		return nil
	}
	if d, ok := c.After.(*annotate.Document); ok {
		return b.keepText(d)
	}
	s, isSpan := c.After.(*annotate.Span)
	if isSpan && (s.ID == "" || s.Document == "" || s.Annotator == "" || s.Label == "" || len(s.Fragments) == 0) {
		return s.Check("")
	}
	if c.DocumentID() == "" || !isSpan && !made || c.EntityKind() == annotate.StintEntity { // time was spent on documents that are gone, too
		return nil
	}
	if said, ok := c.After.(*annotate.Comment); ok {
		if err := b.checkSubject(said); err != nil {
			return err
		}
	}
	t, err := b.textOf(c.DocumentID())
	switch {
	case err != nil:
		return err
	case t != nil && isSpan:
		err := s.Check(t.content)
		if err != nil && !made && b.hadOtherText(s.Document) {
			return nil // it fits the text that it was made on; no layer shows it, and check reports it
		}
		return err
	case t == nil && made:
		return annotate.Errorf(annotate.NotFound, "%s belongs to document %s, which is not in the project", title(c.After), c.DocumentID())
	}
	return nil
}

// hadOtherText reports whether a document has been given another text at some time.
func (b *batch) hadOtherText(document annotate.ID) bool {
	var texts int
	_, err := one(b, "SELECT count(DISTINCT text) FROM journal WHERE entity_kind = 'document' AND entity = ?", []any{document}, &texts)
	return err == nil && texts > 1
}
