package store

import (
	"bytes"
	"database/sql"
	"math"
	"time"

	"spanwright/annotate"
)

// Entry is one line of the journal.
type Entry struct {
	Sequence int64 // order of arrival in this file, from 1
	annotate.Change
	// Superseded is true when the change was lost to a concurrent one: what
	// stands now was not made from it.
	Superseded bool
}

// JournalQuery says which part of the journal is asked for.
type JournalQuery struct {
	Document annotate.ID // "" for all
	Limit    int         // at most so many entries; 0 for all
	Before   int64       // only entries of a smaller Sequence; 0 for the newest
}

// Journal returns entries, the newest first. The states of documents name their
// text by hash; [Project.Text] has it.
func (p *Project) Journal(q JournalQuery) ([]Entry, error) {
	if q.Before == 0 {
		q.Before = math.MaxInt64
	}
	if q.Limit == 0 {
		q.Limit = -1
	}
	where, args := "sequence < ?", []any{q.Before}
	if q.Document != "" {
		where, args = where+" AND document = ?", append(args, q.Document)
	}
	entries, err := entries(p.reading, where+" ORDER BY sequence DESC LIMIT ?", append(args, q.Limit)...)
	return entries, p.fault(err)
}

// entries reads the journal; condition is what follows WHERE.
func entries(on source, condition string, args ...any) ([]Entry, error) {
	var found []Entry
	err := each(on, `SELECT sequence, id, gesture, act, undoes, clock, time, annotator, device, entity_kind,
		"before", "after", superseded FROM journal WHERE `+condition, args, func(scan func(...any) error) error {
		e, err := scanEntry(scan)
		found = append(found, e)
		return err
	})
	return found, err
}

func scanEntry(scan func(...any) error) (e Entry, err error) {
	var at string
	var kind annotate.EntityKind
	var before, after sql.RawBytes
	if err = scan(&e.Sequence, &e.ID, &e.Group, &e.Act, &e.Undoes, &e.Clock, &at, &e.Annotator, &e.Device, &kind,
		&before, &after, &e.Superseded); err != nil {
		return e, err
	}
	if e.Time, err = time.Parse(timeFormat, at); err != nil {
		return e, annotate.Errorf(annotate.Corrupt, "entry %d of the journal has no readable time", e.Sequence)
	}
	if e.Before, err = annotate.UnmarshalState(kind, before); err != nil {
		return e, err
	}
	e.After, err = annotate.UnmarshalState(kind, after)
	if err == nil && e.Before == nil && e.After == nil {
		err = annotate.Errorf(annotate.Corrupt, "entry %d of the journal says nothing", e.Sequence)
	}
	return e, err
}

// timeFormat is how the journal writes wall times, always in UTC.
const timeFormat = "2006-01-02T15:04:05.000Z"

// change returns the journal's change of that id, nil if there is none.
func (b *batch) change(id annotate.ID) (*annotate.Change, error) {
	found, err := entries(b, "id = ?", id)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0].Change, nil
}

// rawEntry is a change's states as the journal stores them; nil is no state.
type rawEntry struct {
	before, after []byte
}

func newEntry(c *annotate.Change) (*rawEntry, error) {
	before, err := marshalState(c.Before)
	if err != nil {
		return nil, err
	}
	after, err := marshalState(c.After)
	return &rawEntry{before, after}, err
}

// marshalState is [annotate.MarshalState], but refuses what JSON cannot hold:
// bytes that are not UTF-8 would come back as other ones.
func marshalState(s annotate.State) ([]byte, error) {
	raw, err := annotate.MarshalState(s)
	if err != nil || !bytes.Contains(raw, []byte(`\ufffd`)) {
		return raw, err
	}
	if read, err := annotate.UnmarshalState(s.EntityKind(), raw); err == nil {
		if again, err := annotate.MarshalState(read); err == nil && bytes.Equal(raw, again) {
			return raw, nil
		}
	}
	return nil, annotate.Errorf(annotate.Invalid, "%s contains bytes that are not UTF-8", title(s))
}

// standing is the change that decides what an entity is now.
type standing struct {
	annotate.Change // without states
	after           []byte
}

// standing returns the winning change of an entity, nil if the journal has none.
func (b *batch) standing(kind annotate.EntityKind, id annotate.ID) (*standing, error) {
	if b.asked.unknown[entityKey{kind, id}] {
		return nil, nil
	}
	var s standing
	var at string
	found, err := one(b, `SELECT id, clock, time, annotator, "after" FROM journal
		WHERE entity_kind = ? AND entity = ? ORDER BY clock DESC, id DESC LIMIT 1`,
		[]any{kind, id}, &s.ID, &s.Clock, &at, &s.Annotator, &s.after)
	if err != nil || !found {
		return nil, err
	}
	s.Time, err = time.Parse(timeFormat, at)
	return &s, err
}

// record adds a change to the journal and notes what it supersedes or undoes.
func (b *batch) record(c *annotate.Change, entry *rawEntry, last *standing) error {
	var hash any
	if d, ok := c.After.(*annotate.Document); ok {
		hash = d.Hash
	}
	err := execute(b, `INSERT INTO journal (id, gesture, act, undoes, clock, time, annotator, device, kind,
		entity_kind, entity, document, "before", "after", text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		c.ID, c.Group, c.Act, c.Undoes, int64(c.Clock), c.Time.Format(timeFormat), c.Annotator, c.Device, c.Kind(),
		c.EntityKind(), c.EntityID(), c.DocumentID(), nullable(entry.before), nullable(entry.after), hash)
	if err != nil {
		return err
	}
	delete(b.asked.unknown, entityKey{c.EntityKind(), c.EntityID()})
	b.noteGesture(c)
	return b.supersede(c, entry, last)
}

// nullable is a JSON text, or NULL when there is none.
func nullable(raw []byte) any {
	if raw == nil {
		return nil
	}
	return string(raw)
}

// gestureKey is what a person did at once.
type gestureKey struct {
	group     annotate.ID
	annotator string
}

// noteGesture remembers what the change makes of its gesture's row, which is written
// once however many changes the gesture has.
func (b *batch) noteGesture(c *annotate.Change) {
	if c.EntityKind() == annotate.StintEntity {
		return // time that was spent cannot be taken back, so undo passes over it
	}
	key := gestureKey{c.Group, c.Annotator}
	if at, known := b.gestureAt[key]; known {
		b.gestures[at].Clock = max(b.gestures[at].Clock, c.Clock)
		return
	}
	if b.gestureAt == nil {
		b.gestureAt = map[gestureKey]int{}
	}
	b.gestureAt[key] = len(b.gestures)
	b.gestures = append(b.gestures, annotate.Change{
		Group: c.Group, Annotator: c.Annotator, Act: c.Act, Undoes: c.Undoes, Clock: c.Clock,
	})
}

// keepGestures writes the rows that say what each person can undo.
func (b *batch) keepGestures() error {
	for i := range b.gestures {
		if err := b.keepGesture(&b.gestures[i]); err != nil {
			return err
		}
	}
	return nil
}

func (b *batch) keepGesture(c *annotate.Change) error {
	err := execute(b, `INSERT INTO gesture (id, annotator, act, undoes, clock, undone)
		VALUES (?1, ?2, ?3, ?4, ?5, EXISTS (SELECT 1 FROM gesture WHERE undoes = ?1 AND undoes <> ''))
		ON CONFLICT (id, annotator) DO UPDATE SET clock = max(clock, excluded.clock)`,
		c.Group, c.Annotator, c.Act, c.Undoes, int64(c.Clock))
	if err == nil && c.Undoes != "" {
		err = execute(b, "UPDATE gesture SET undone = 1 WHERE id = ?", c.Undoes)
	}
	return err
}
