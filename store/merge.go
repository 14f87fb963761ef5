package store

import (
	"bytes"
	"context"
	"path/filepath"
	"time"

	"spanwright/annotate"
)

// MergeOptions say how another copy of a project is taken in.
type MergeOptions struct {
	Annotator string // who merges, and can undo it
	// Rehearse only finds out what the merge would do; the project stays as it is.
	Rehearse bool
	// Progress is told how many of the other copy's changes were looked at. It may be nil.
	Progress func(done, total int)
}

// Merge takes in every change of other, another copy of this project or a packet
// made from it, that this one does not have, in one transaction. Which state of an
// entity stands follows from the changes alone, so that copies may be merged in any
// order and any number of times. What the changes were made by, and when, stays as
// it is; the merge itself can be undone by o.Annotator as one act.
//
// Errors leave the project as it was: Conflict when other was not made from the same
// project, Unsupported when a newer version wrote it, Corrupt or Invalid when what it
// holds is damaged or was edited by hand.
func (p *Project) Merge(ctx context.Context, other *Project, o MergeOptions) (*Merged, error) {
	if err := p.mergeable(other); err != nil {
		return nil, err
	}
	m := &merger{ctx: ctx, other: other, options: o, merged: &Merged{
		Source: filepath.Base(other.path), Contributions: []Contribution{}, Lost: []LostChange{}, Texts: []ChangedText{}, Remarks: []string{},
	}}
	_, err := p.transact(func(b *batch) error {
		m.b = b
		if err := m.take(); err != nil {
			return err
		}
		if o.Rehearse {
			return errRehearsed
		}
		return nil
	})
	if err != nil && !isRehearsed(err) {
		return nil, err
	}
	return m.merged, nil
}

// mergeable reports why other cannot be merged at all.
func (p *Project) mergeable(other *Project) error {
	here, err := p.Origin()
	if err != nil {
		return err
	}
	var version int
	if _, err := one(other.reading, "PRAGMA user_version", nil, &version); err != nil {
		return other.fault(err)
	}
	if version > SchemaVersion() {
		return annotate.Errorf(annotate.Unsupported, "it was made by a newer version of Spanwright; install that version to merge it").At(other.path, 0)
	}
	there, err := other.Origin()
	if err != nil {
		return err
	}
	if here != there {
		return annotate.Errorf(annotate.Conflict, "this is not a copy or a packet of %s, but comes from another project; nothing was taken over", filepath.Base(p.path)).At(other.path, 0)
	}
	return nil
}

// Origin returns the id of the first change of all, by which copies of a project
// and packets made from it are known to belong together.
func (p *Project) Origin() (annotate.ID, error) {
	var origin annotate.ID
	found, err := one(p.reading, "SELECT id FROM journal WHERE entity_kind = 'scheme' ORDER BY clock, id LIMIT 1", nil, &origin)
	if err == nil && !found {
		err = annotate.Errorf(annotate.Corrupt, "the journal does not say where the project began; go back to a copy")
	}
	return origin, p.fault(err)
}

// merger is one merge under way.
type merger struct {
	ctx     context.Context
	b       *batch
	other   *Project
	options MergeOptions
	merged  *Merged
}

// mergePage is how many changes are read at once.
const mergePage = 500

func (m *merger) take() error {
	var first, total int64
	if _, err := one(m.b, "SELECT coalesce(max(sequence), 0) + 1 FROM journal", nil, &first); err != nil {
		return err
	}
	lost, err := m.superseded()
	if err != nil {
		return err
	}
	devices, err := m.devices()
	if err != nil {
		return err
	}
	if _, err := one(m.other.reading, "SELECT count(*) FROM journal", nil, &total); err != nil {
		return m.other.fault(err)
	}
	// Of an entity's changes the later ones follow from the earlier ones, and documents
	// come before what is made of them.
	clock, id := int64(0), annotate.ID("")
	for done := 0; ; {
		if err := m.ctx.Err(); err != nil {
			return err
		}
		page, err := incoming(m.other.reading, clock, id)
		if err != nil {
			return m.other.fault(err)
		}
		for i := range page {
			if err := m.change(&page[i]); err != nil {
				return faultIn(m.other.path, err)
			}
		}
		if done += len(page); m.options.Progress != nil {
			m.options.Progress(done, int(total))
		}
		if len(page) < mergePage {
			break
		}
		clock, id = page[len(page)-1].clock, page[len(page)-1].id
	}
	if m.merged.Changes == 0 {
		return nil
	}
	if err := m.keep(first); err != nil {
		return err
	}
	return m.describe(first, lost, devices)
}

// keep notes which changes the merge brought, so that it can be undone. It takes no
// tick of the clock: the copies agree on that whoever merged first.
func (m *merger) keep(first int64) error {
	merge := annotate.NewID()
	if err := execute(m.b, "INSERT INTO merge SELECT ?, ?, ?, ?, ?, max(sequence) FROM journal",
		merge, m.options.Annotator, m.b.now.Format(timeFormat), m.merged.Source, first); err != nil {
		return err
	}
	return execute(m.b, "INSERT INTO gesture (id, annotator, act, undoes, clock, undone) VALUES (?, ?, 'edit', '', ?, 0)",
		merge, m.options.Annotator, int64(m.b.clock))
}

// rawChange is a change as another journal stores it.
type rawChange struct {
	id            annotate.ID
	group, undoes annotate.ID
	act           annotate.Act
	clock         int64
	at            string
	annotator     string
	device        string
	kind          annotate.EntityKind
	before, after []byte
}

// incoming reads a page of a journal in the order of (clock, id).
func incoming(on source, clock int64, id annotate.ID) ([]rawChange, error) {
	page := make([]rawChange, 0, mergePage)
	err := each(on, `SELECT id, gesture, undoes, act, clock, time, annotator, device, entity_kind, "before", "after"
		FROM journal WHERE (clock, id) > (?, ?) ORDER BY clock, id LIMIT ?`, []any{clock, id, mergePage}, func(scan func(...any) error) error {
		var c rawChange
		err := scan(&c.id, &c.group, &c.undoes, &c.act, &c.clock, &c.at, &c.annotator, &c.device, &c.kind, &c.before, &c.after)
		page = append(page, c)
		return err
	})
	return page, err
}

// change takes in one change, unless it is known.
func (m *merger) change(c *rawChange) error {
	known, err := m.known(c)
	if err != nil || known {
		return err
	}
	full := annotate.Change{
		ID: c.id, Group: c.group, Act: c.act, Undoes: c.undoes, Clock: uint64(c.clock), Annotator: c.annotator, Device: c.device,
	}
	if full.Time, err = time.Parse(timeFormat, c.at); err != nil {
		return annotate.Errorf(annotate.Corrupt, "change %s has no readable time", c.id)
	}
	if full.Before, err = annotate.UnmarshalState(c.kind, c.before); err != nil {
		return err
	}
	if full.After, err = annotate.UnmarshalState(c.kind, c.after); err != nil {
		return err
	}
	if d, ok := full.After.(*annotate.Document); ok {
		if err := m.text(d); err != nil {
			return err
		}
	}
	if err := m.b.apply(&full); err != nil {
		return err
	}
	m.b.applied = m.b.applied[:0] // nobody asks for them, and there may be very many
	m.merged.Changes++
	return nil
}

// known reports whether the journal has a change already, and that it says the same.
func (m *merger) known(c *rawChange) (bool, error) {
	var is rawChange
	found, err := one(m.b, `SELECT clock, annotator, "before", "after" FROM journal WHERE id = ?`, []any{c.id},
		&is.clock, &is.annotator, &is.before, &is.after)
	if err != nil || !found {
		return false, err
	}
	if is.clock != c.clock || is.annotator != c.annotator || !bytes.Equal(is.before, c.before) || !bytes.Equal(is.after, c.after) {
		return false, annotate.Errorf(annotate.Corrupt, "change %s says something else here than in the project it comes from: the file was edited by hand or is damaged; nothing was taken over", c.id)
	}
	m.merged.Known++
	return true, nil
}

// text gives a document state the text that its hash names.
func (m *merger) text(d *annotate.Document) error {
	content, err := textBy(m.other.reading, d.Hash)
	if err != nil {
		return err
	}
	if annotate.HashText(content) != d.Hash {
		return annotate.Errorf(annotate.Corrupt, "the text of document %q is not the one it was filed as: the file was edited by hand or is damaged; nothing was taken over", d.Name)
	}
	d.Text = content
	return nil
}
