package store

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"spanwright/annotate"
)

// Merged is what a merge brought, or would bring.
type Merged struct {
	ID            annotate.ID    `json:"-"`       // of what undo takes back; empty if there is nothing
	Source        string         `json:"source"`  // name of the other file
	Changes       int            `json:"changes"` // taken in
	Known         int            `json:"known"`   // that were here already
	Contributions []Contribution `json:"contributions"`
	Lost          []LostChange   `json:"lost"`    // what gave way to a concurrent change
	Texts         []ChangedText  `json:"texts"`   // documents that two texts were given
	Remarks       []string       `json:"remarks"` // what is worth a look besides
}

// Contribution counts what a merge brought of one person: how many entities of each
// kind were made, changed or deleted, and in how many documents.
type Contribution struct {
	Annotator string         `json:"annotator"`
	Documents int            `json:"documents"`
	Touched   map[string]int `json:"touched"` // by kind of entity
}

// LostChange is a change that was made at the same time as another one of the same
// thing, by the same or another person, and gave way to it. The journal keeps both.
type LostChange struct {
	Document  string    `json:"document,omitempty"` // name
	What      string    `json:"what"`               // as in "span Claim"
	Annotator string    `json:"annotator"`
	Time      time.Time `json:"time"`
	Stands    string    `json:"stands"` // whose change stands
	StandsAt  time.Time `json:"stands_at"`
}

// ChangedText is a document whose text was changed in one copy while it was labelled in
// another.
type ChangedText struct {
	Document string `json:"document"` // name
	Unfit    int    `json:"unfit"`    // spans that do not fit the text that stands
}

// errRehearsed ends the transaction of a merge that was only to be looked at.
var errRehearsed = errors.New("rehearsed")

func isRehearsed(err error) bool { return errors.Is(err, errRehearsed) }

// superseded returns the changes that have been lost so far.
func (m *merger) superseded() (map[int64]bool, error) {
	sequences, err := column[int64](m.b, "SELECT sequence FROM journal WHERE superseded")
	lost := map[int64]bool{}
	for _, s := range sequences {
		lost[s] = true
	}
	return lost, err
}

// devices returns on which machines each person has worked so far.
func (m *merger) devices() (map[string][]string, error) {
	devices := map[string][]string{}
	err := each(m.b, "SELECT DISTINCT annotator, device FROM journal ORDER BY annotator, device", nil, func(scan func(...any) error) error {
		var annotator, device string
		err := scan(&annotator, &device)
		devices[annotator] = append(devices[annotator], device)
		return err
	})
	return devices, err
}

// describe fills in what the merge brought, from what the journal says now.
func (m *merger) describe(first int64, lost map[int64]bool, devices map[string][]string) error {
	for _, part := range []func() error{
		func() error { return m.contributions(first) },
		func() error { return m.losses(lost) },
		func() error { return m.texts(first) },
		func() error { return m.remarks(first, devices) },
	} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

func (m *merger) contributions(first int64) error {
	err := each(m.b, `SELECT annotator, count(DISTINCT nullif(document, '')) FROM journal WHERE sequence >= ?
		GROUP BY annotator ORDER BY annotator`, []any{first}, func(scan func(...any) error) error {
		c := Contribution{Touched: map[string]int{}}
		err := scan(&c.Annotator, &c.Documents)
		m.merged.Contributions = append(m.merged.Contributions, c)
		return err
	})
	if err != nil {
		return err
	}
	return each(m.b, `SELECT annotator, entity_kind, count(DISTINCT entity) FROM journal WHERE sequence >= ?
		GROUP BY annotator, entity_kind`, []any{first}, func(scan func(...any) error) error {
		var annotator, kind string
		var n int
		err := scan(&annotator, &kind, &n)
		for _, c := range m.merged.Contributions {
			if c.Annotator == annotator {
				c.Touched[kind] = n
			}
		}
		return err
	})
}

// losses lists the changes that are superseded now and were not before.
func (m *merger) losses(before map[int64]bool) error {
	found, err := entries(m.b, "superseded ORDER BY sequence")
	if err != nil {
		return err
	}
	for i := range found {
		e := &found[i]
		if before[e.Sequence] {
			continue
		}
		stands, err := m.b.standing(e.EntityKind(), e.EntityID())
		if err != nil {
			return err
		}
		l := LostChange{What: title(e.state()), Annotator: e.Annotator, Time: e.Time, Stands: stands.Annotator, StandsAt: stands.Time}
		if _, err := one(m.b, "SELECT name FROM document WHERE id = ?", []any{e.DocumentID()}, &l.Document); err != nil {
			return err
		}
		m.merged.Lost = append(m.merged.Lost, l)
	}
	return nil
}

// state returns the entry's state after the change or, of a deletion, before it.
func (e *Entry) state() annotate.State {
	if e.After != nil {
		return e.After
	}
	return e.Before
}

// texts lists the documents of which the journal knows two texts and the merge brought
// one, or spans.
func (m *merger) texts(first int64) error {
	return each(m.b, `SELECT d.name, (SELECT count(*) FROM span s WHERE s.document = d.id AND s.covered IS NULL)
		FROM document d WHERE d.id IN (SELECT document FROM journal WHERE sequence >= ?1)
			AND EXISTS (SELECT 1 FROM span s WHERE s.document = d.id)
			AND (SELECT count(DISTINCT text) FROM journal j WHERE j.entity_kind = 'document' AND j.entity = d.id) > 1
		ORDER BY d.added, d.id`, []any{first}, func(scan func(...any) error) error {
		var t ChangedText
		err := scan(&t.Document, &t.Unfit)
		m.merged.Texts = append(m.merged.Texts, t)
		return err
	})
}

// aheadBy is how far a clock may be ahead before somebody is told.
const aheadBy = 24 * time.Hour

func (m *merger) remarks(first int64, devices map[string][]string) error {
	remark := func(format string, args ...any) {
		m.merged.Remarks = append(m.merged.Remarks, fmt.Sprintf(format, args...))
	}
	var schemes int
	if _, err := one(m.b, "SELECT count(*) FROM journal WHERE sequence >= ? AND entity_kind = 'scheme'", []any{first}, &schemes); err != nil {
		return err
	}
	if schemes > 0 {
		stands, err := m.b.standing(annotate.SchemeEntity, (*annotate.Scheme)(nil).EntityID())
		if err != nil {
			return err
		}
		remark("the scheme was changed there; the one of %s stands (%s)", stands.Annotator, stands.Time.Local().Format(shownTime))
	}
	if err := m.strangers(first, schemes > 0, remark); err != nil {
		return err
	}
	twice, err := column[string](m.b, `SELECT name FROM document GROUP BY name HAVING count(*) > 1
		AND sum(id IN (SELECT entity FROM journal WHERE sequence >= ? AND entity_kind = 'document')) > 0 ORDER BY name`, first)
	if err != nil {
		return err
	}
	for _, name := range twice {
		remark("more than one document is named %s now; they were made apart, and each has its own annotations", name)
	}
	var newest string
	if _, err := one(m.b, "SELECT max(time) FROM journal WHERE sequence >= ?", []any{first}, &newest); err != nil {
		return err
	}
	if at, err := time.Parse(timeFormat, newest); err == nil && at.After(m.b.now.Add(aheadBy)) {
		remark("the other computer's clock is ahead of this one's: its latest change is dated %s; dates are kept as they are and decide nothing", at.Local().Format(shownTime))
	}
	return each(m.b, "SELECT DISTINCT annotator, device FROM journal WHERE sequence >= ? ORDER BY annotator, device", []any{first}, func(scan func(...any) error) error {
		var annotator, device string
		err := scan(&annotator, &device)
		if known := devices[annotator]; len(known) > 0 && !slices.Contains(known, device) {
			remark("%s has worked on %s here and on %s there; if these are two people of one name, one of them needs another", annotator, known[0], device)
		}
		return err
	})
}

// strangers remarks on labels that the scheme that stands does not have: of what the merge
// brought, and if it brought a scheme, of all there is.
func (m *merger) strangers(first int64, all bool, remark func(string, ...any)) error {
	s, err := scheme(m.b)
	if err != nil {
		return err
	}
	for _, kind := range []struct {
		table string
		known func(label string) bool
	}{
		{"span", func(label string) bool { return s.Span(label) != nil }},
		{"relation", func(label string) bool { return s.Relation(label) != nil }},
		{"record", func(label string) bool { return s.RecordLabel(label) != nil }},
	} {
		err := each(m.b, `SELECT label, count(*) FROM `+kind.table+` WHERE ?1 OR id IN
				(SELECT entity FROM journal WHERE sequence >= ?2 AND entity_kind = '`+kind.table+`')
			GROUP BY label ORDER BY label`, []any{all, first}, func(scan func(...any) error) error {
			var label string
			var n int
			err := scan(&label, &n)
			if err == nil && !kind.known(label) {
				remark("the scheme that stands has no %s %s; what is labelled so is kept (%d) and counts as a violation", kind.table, label, n)
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// shownTime is how sentences give a time.
const shownTime = "2 January 2006 15:04"
