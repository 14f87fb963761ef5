package store

import (
	"bytes"
	"context"
	"encoding/json"
	"path/filepath"
	"slices"
	"time"

	"spanwright/annotate"
)

// MergeOptions say how another copy of a project is taken in.
type MergeOptions struct {
	Annotator string // who merges, and can undo it
	// Continues is the merge that this one is a part of, if nothing was written since: both
	// are undone as one. Empty for a merge of its own.
	Continues annotate.ID
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
	m := &merger{ctx: ctx, path: other.path, options: o, merged: &Merged{
		Source: filepath.Base(other.path), Contributions: []Contribution{}, Lost: []LostChange{}, Texts: []ChangedText{}, Remarks: []string{},
	}}
	err := other.read(func(from source) error {
		m.from = from
		_, err := p.transact(func(b *batch) error {
			m.b = b
			if err := m.take(); err != nil {
				return err
			}
			if o.Rehearse {
				m.merged.ID = ""
				return errRehearsed
			}
			return nil
		})
		return err
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
	findings, err := column[string](other.reading, "PRAGMA integrity_check(1)")
	if err != nil {
		return other.fault(err)
	}
	if findings[0] != "ok" {
		return annotate.Errorf(annotate.Corrupt, "the file is damaged (%s); ask for it once more; nothing was taken over", annotate.Excerpt(findings[0], 80)).At(other.path, 0)
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
	from    source                // the other project
	path    string                // its file
	only    func(*rawChange) bool // what is taken; nil for everything
	options MergeOptions
	merged  *Merged
}

// mergePage is how many changes are read at once.
const mergePage = 500

func (m *merger) take() error {
	var first int64
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
	if err := m.changes(); err != nil {
		return err
	}
	if m.merged.Changes == 0 {
		return nil
	}
	if err := m.keep(first); err != nil {
		return err
	}
	return m.describe(first, lost, devices)
}

// changes takes in the other project's changes, in the order of (clock, id): of an
// entity's changes the later ones follow from the earlier ones, and documents come before
// what is made of them.
func (m *merger) changes() error {
	var total int64
	if _, err := one(m.from, "SELECT count(*) FROM journal", nil, &total); err != nil {
		return faultIn(m.path, err)
	}
	clock, id := int64(0), annotate.ID("")
	for done := 0; ; {
		if err := m.ctx.Err(); err != nil {
			return err
		}
		page, err := incoming(m.from, clock, id)
		if err != nil {
			return faultIn(m.path, err)
		}
		if err := m.page(page); err != nil {
			return faultIn(m.path, err)
		}
		if done += len(page); m.options.Progress != nil {
			m.options.Progress(done, int(total))
		}
		if len(page) < mergePage {
			return nil
		}
		clock, id = page[len(page)-1].clock, page[len(page)-1].id
	}
}

// keep notes which changes the merge brought, so that it can be undone. It takes no
// tick of the clock: the copies agree on that whoever merged first.
func (m *merger) keep(first int64) error {
	continued, err := column[annotate.ID](m.b, `UPDATE merge SET last = (SELECT max(sequence) FROM journal), source = source || ', ' || ?
		WHERE id = ? AND annotator = ? AND last = ? - 1 RETURNING id`, m.merged.Source, m.options.Continues, m.options.Annotator, first)
	if err != nil {
		return err
	}
	if len(continued) > 0 {
		m.merged.ID = continued[0]
		return execute(m.b, "UPDATE gesture SET clock = ? WHERE id = ?", int64(m.b.clock), m.merged.ID)
	}
	m.merged.ID = annotate.NewID()
	if err := execute(m.b, "INSERT INTO merge SELECT ?, ?, ?, ?, ?, max(sequence) FROM journal",
		m.merged.ID, m.options.Annotator, m.b.now.Format(timeFormat), m.merged.Source, first); err != nil {
		return err
	}
	return execute(m.b, "INSERT INTO gesture (id, annotator, act, undoes, clock, undone) VALUES (?, ?, 'edit', '', ?, 0)",
		m.merged.ID, m.options.Annotator, int64(m.b.clock))
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
	entity        annotate.ID
	document      annotate.ID
	before, after []byte
}

// incoming reads a page of a journal in the order of (clock, id).
func incoming(on source, clock int64, id annotate.ID) ([]rawChange, error) {
	page := make([]rawChange, 0, mergePage)
	err := each(on, `SELECT id, gesture, undoes, act, clock, time, annotator, device, entity_kind, entity, document, "before", "after"
		FROM journal WHERE (clock, id) > (?, ?) ORDER BY clock, id LIMIT ?`, []any{clock, id, mergePage}, func(scan func(...any) error) error {
		var c rawChange
		err := scan(&c.id, &c.group, &c.undoes, &c.act, &c.clock, &c.at, &c.annotator, &c.device, &c.kind, &c.entity, &c.document, &c.before, &c.after)
		page = append(page, c)
		return err
	})
	return page, err
}

// page takes in those of some changes that are wanted and not known.
func (m *merger) page(page []rawChange) error {
	if m.only != nil {
		// A copy, as the caller goes on after the last of the page.
		page = slices.DeleteFunc(slices.Clone(page), func(c rawChange) bool { return !m.only(&c) })
	}
	known, err := m.known(page)
	if err != nil {
		return err
	}
	m.merged.Known += len(known)
	changes := make([]annotate.Change, 0, len(page))
	for i := range page {
		if known[page[i].id] {
			continue
		}
		c, err := page[i].whole()
		if err != nil {
			return err
		}
		if err := checkChange(&c); err != nil {
			return err
		}
		changes = append(changes, c)
	}
	if err := m.b.lookUp(changes); err != nil {
		return err
	}
	for i := range changes {
		if d, ok := changes[i].After.(*annotate.Document); ok {
			if err := m.text(d); err != nil {
				return err
			}
		}
		if err := m.b.add(&changes[i]); err != nil {
			return err
		}
		m.b.applied = m.b.applied[:0] // nobody asks for them, and there may be very many
	}
	m.merged.Changes += len(changes)
	return nil
}

// whole returns the change with its states; a document without its text.
func (c *rawChange) whole() (full annotate.Change, err error) {
	full = annotate.Change{
		ID: c.id, Group: c.group, Act: c.act, Undoes: c.undoes, Clock: uint64(c.clock), Annotator: c.annotator, Device: c.device,
	}
	if c.id == "" || c.clock <= 0 {
		return full, annotate.Errorf(annotate.Corrupt, "a change has no id or no clock: the file was edited by hand or is damaged; nothing was taken over")
	}
	if full.Time, err = time.Parse(timeFormat, c.at); err != nil {
		return full, annotate.Errorf(annotate.Corrupt, "change %s has no readable time", c.id)
	}
	if full.Before, err = annotate.UnmarshalState(c.kind, c.before); err != nil {
		return full, err
	}
	full.After, err = annotate.UnmarshalState(c.kind, c.after)
	return full, err
}

// known returns which changes the journal has already, and makes sure that it says the same.
func (m *merger) known(page []rawChange) (map[annotate.ID]bool, error) {
	asked := make(map[annotate.ID]*rawChange, len(page))
	ids := make([]annotate.ID, len(page))
	for i := range page {
		ids[i], asked[page[i].id] = page[i].id, &page[i]
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	known := map[annotate.ID]bool{}
	err = each(m.b, `SELECT id, clock, annotator, "before", "after" FROM journal WHERE id IN (SELECT value FROM json_each(?))`, []any{string(list)},
		func(scan func(...any) error) error {
			var is rawChange
			if err := scan(&is.id, &is.clock, &is.annotator, &is.before, &is.after); err != nil {
				return err
			}
			c := asked[is.id]
			if is.clock != c.clock || is.annotator != c.annotator || !bytes.Equal(is.before, c.before) || !bytes.Equal(is.after, c.after) {
				return annotate.Errorf(annotate.Corrupt, "change %s says something else here than in the project it comes from: the file was edited by hand or is damaged; nothing was taken over", c.id)
			}
			known[is.id] = true
			return nil
		})
	return known, err
}

// text gives a document state the text that its hash names.
func (m *merger) text(d *annotate.Document) error {
	content, err := textBy(m.from, d.Hash)
	if err != nil {
		return err
	}
	if annotate.HashText(content) != d.Hash {
		return annotate.Errorf(annotate.Corrupt, "the text of document %q is not the one it was filed as: the file was edited by hand or is damaged; nothing was taken over", d.Name)
	}
	d.Text = content
	return nil
}
