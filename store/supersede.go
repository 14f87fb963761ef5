package store

import (
	"bytes"

	"spanwright/annotate"
)

// step is one change of an entity, as far as it matters for what stands.
type step struct {
	sequence      int64
	before, after []byte
	superseded    bool
}

// supersede brings the marks of an entity's changes up to date after c was
// added. Nearly always c was made from what stood, and nothing is superseded.
func (b *batch) supersede(c *annotate.Change, entry *rawEntry, last *standing) error {
	if last == nil {
		return nil
	}
	if c.Supersedes(&last.Change) && bytes.Equal(last.after, entry.before) {
		var mark int
		found, err := one(b, "SELECT 1 FROM journal WHERE entity_kind = ? AND entity = ? AND superseded",
			[]any{c.EntityKind(), c.EntityID()}, &mark)
		if err != nil || !found {
			return err
		}
	}
	steps, err := b.steps(c.EntityKind(), c.EntityID())
	if err != nil {
		return err
	}
	for i, lost := range superseded(steps) {
		if lost == steps[i].superseded {
			continue
		}
		if err := execute(b, "UPDATE journal SET superseded = ? WHERE sequence = ?", lost, steps[i].sequence); err != nil {
			return err
		}
	}
	return nil
}

// steps returns all changes of an entity, the one that stands last.
func (b *batch) steps(kind annotate.EntityKind, id annotate.ID) ([]step, error) {
	var found []step
	err := each(b, `SELECT sequence, "before", "after", superseded FROM journal
		WHERE entity_kind = ? AND entity = ? ORDER BY clock, id`, []any{kind, id}, func(scan func(...any) error) error {
		var s step
		err := scan(&s.sequence, &s.before, &s.after, &s.superseded)
		found = append(found, s)
		return err
	})
	return found, err
}

// superseded says which steps were lost: those from which what stands was not
// made, directly or through others. Two people who did the same to the same
// state lose nothing. The answer depends on the set of steps alone, not on the
// order in which they arrived.
func superseded(steps []step) []bool {
	lost := make([]bool, len(steps))
	for i := range lost {
		lost[i] = true
	}
	for from := len(steps) - 1; from >= 0; {
		made := steps[from]
		for i := range steps[:from+1] {
			if bytes.Equal(steps[i].before, made.before) && bytes.Equal(steps[i].after, made.after) {
				lost[i] = false
			}
		}
		from--
		for from >= 0 && !bytes.Equal(steps[from].after, made.before) {
			from--
		}
	}
	return lost
}
