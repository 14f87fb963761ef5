package store

import (
	"errors"

	"spanwright/annotate"
)

// Undo takes back the latest group of changes that annotator made and has not
// taken back yet, as new changes. It returns a NotFound error when there is
// none, and a Conflict that names what and who when somebody else has changed
// the same thing since; then nothing is written.
func (p *Project) Undo(annotator string) ([]annotate.Change, error) {
	return p.takeBack(annotator, undoable, annotate.Undo, "there is nothing to undo")
}

// Redo takes back annotator's latest undo, unless an edit was made since. Errors
// are those of [Project.Undo].
func (p *Project) Redo(annotator string) ([]annotate.Change, error) {
	return p.takeBack(annotator, redoable, annotate.Redo, "there is nothing to redo")
}

// The groups that can be taken back, the latest first. Each query is answered by
// an index made for it, however long the journal.
const (
	undoable = `SELECT id, clock FROM gesture WHERE annotator = ? AND act <> 'undo' AND undone = 0
		ORDER BY clock DESC, id DESC LIMIT 1`
	redoable = `SELECT u.id, u.clock FROM gesture u WHERE u.annotator = ? AND u.act = 'undo' AND u.undone = 0
		AND NOT EXISTS (SELECT 1 FROM gesture e WHERE e.annotator = u.annotator AND e.act = 'edit'
			AND (e.clock, e.id) > (u.clock, u.id))
		ORDER BY u.clock DESC, u.id DESC LIMIT 1`
)

// UndoGroup takes back one group of changes that annotator made, whatever they did
// since. Errors are those of [Project.Undo].
func (p *Project) UndoGroup(annotator string, group annotate.ID) ([]annotate.Change, error) {
	return p.transact(func(b *batch) error { return b.takeBack(annotator, group, annotate.Undo) })
}

func (p *Project) takeBack(annotator, candidate string, act annotate.Act, nothing string) ([]annotate.Change, error) {
	return p.transact(func(b *batch) error {
		for {
			var group annotate.ID
			var clock uint64
			found, err := one(b, candidate, []any{annotator}, &group, &clock)
			if err != nil {
				return err
			}
			if !found {
				return annotate.Errorf(annotate.NotFound, "%s", nothing)
			}
			if err := b.takeBack(annotator, group, act); err != nil || len(b.applied) > 0 {
				return err
			}
			// As a merge all of which gave way, or brought nothing but time: there is nothing to it.
			if err := execute(b, "UPDATE gesture SET undone = 1 WHERE id = ?", group); err != nil {
				return err
			}
		}
	})
}

// takeBack applies the inverses of a group.
func (b *batch) takeBack(annotator string, group annotate.ID, act annotate.Act) error {
	inverses, err := b.inverses(group)
	if err != nil {
		return blocked(act, err)
	}
	for _, inverse := range inverses {
		inverse.Annotator, inverse.Act, inverse.Undoes = annotator, act, group
		if err := b.apply(&inverse); err != nil {
			return blocked(act, err)
		}
	}
	return blocked(act, b.checkDeleted())
}

// inverses returns the changes that take a group back, in the order in which they are
// to be applied.
func (b *batch) inverses(group annotate.ID) ([]annotate.Change, error) {
	if brought, merged, err := b.mergedBy(group); err != nil || merged {
		return brought, err
	}
	entries, err := entries(b, "gesture = ? AND entity_kind <> 'stint' ORDER BY clock, id", group)
	if err != nil {
		return nil, err
	}
	changes := make([]annotate.Change, len(entries))
	for i := range entries {
		changes[i] = entries[i].Change
	}
	return annotate.Invert(changes), nil
}

// blocked says that a conflict stands in the way of undo or redo.
func blocked(act annotate.Act, err error) error {
	var told *annotate.Error
	if errors.As(err, &told) && told.Kind == annotate.Conflict {
		return annotate.Errorf(annotate.Conflict, "%s is not possible: %w", act, err)
	}
	return err
}

// description is what a group of changes did, remembered for menus that ask often.
type description struct {
	group    annotate.ID
	clock    uint64
	sentence string
}

// CanUndo says what [Project.Undo] would take back, as in "add Claim"; ok is
// false when there is nothing.
func (p *Project) CanUndo(annotator string) (sentence string, ok bool) {
	return p.describe(annotator, undoable)
}

// CanRedo says what [Project.Redo] would take back; ok is false when there is nothing.
func (p *Project) CanRedo(annotator string) (sentence string, ok bool) {
	return p.describe(annotator, redoable)
}

func (p *Project) describe(annotator, candidate string) (string, bool) {
	if p.readOnly != nil {
		return "", false
	}
	var d description
	found, err := one(p.reading, candidate, []any{annotator}, &d.group, &d.clock)
	if err != nil || !found {
		return "", false
	}
	p.describing.Lock()
	defer p.describing.Unlock()
	if known := p.descriptions[candidate]; known.group == d.group && known.clock == d.clock {
		return known.sentence, true
	}
	changes, err := outline(p.reading, d.group)
	if err != nil {
		return "", false
	}
	d.sentence = annotate.Describe(changes)
	p.descriptions[candidate] = d
	return d.sentence, true
}

// outline returns as many changes of each kind as the group has, but reads the
// states of only one each: an import may have made 100,000.
func outline(on source, group annotate.ID) ([]annotate.Change, error) {
	var changes []annotate.Change
	err := each(on, `SELECT j.entity_kind, j."before", j."after", g.count FROM (
			SELECT min(sequence) AS first, count(*) AS count FROM journal WHERE gesture = ? GROUP BY entity_kind, kind) g
		JOIN journal j ON j.sequence = g.first ORDER BY g.first`, []any{group}, func(scan func(...any) error) error {
		var count int64
		var kind annotate.EntityKind
		var before, after []byte
		if err := scan(&kind, &before, &after, &count); err != nil {
			return err
		}
		var c annotate.Change
		var err error
		if c.Before, err = annotate.UnmarshalState(kind, before); err != nil {
			return err
		}
		if c.After, err = annotate.UnmarshalState(kind, after); err != nil {
			return err
		}
		for range count {
			changes = append(changes, c)
		}
		return nil
	})
	return changes, err
}
