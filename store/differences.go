package store

import (
	"encoding/json"
	"maps"
	"slices"

	"spanwright/annotate"
)

// NoteDifferences remembers how many differences between annotators are open in documents, for
// [DocumentQuery.Differing]. A later change of what they were counted from forgets it. Nothing is
// remembered if [Project.Clock] is not since any more, which it was before they were counted.
func (p *Project) NoteDifferences(open map[annotate.ID]int, since uint64) error {
	if p.ReadOnly() != nil {
		return nil
	}
	_, err := p.transact(func(b *batch) error {
		for _, document := range annotate.SortedKeys(open) {
			if err := execute(b, "UPDATE difference SET open = ? WHERE document = ? AND (SELECT value FROM clock) = ?", open[document], document, since); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

// Uncounted returns some documents whose open differences are not known, at most so many.
func (p *Project) Uncounted(most int) ([]annotate.ID, error) {
	ids, err := column[annotate.ID](p.reading, `SELECT x.document FROM difference x
		WHERE x.open IS NULL AND EXISTS (SELECT 1 FROM document d WHERE d.id = x.document) LIMIT ?`, most)
	return ids, p.fault(err)
}

// Differing counts the documents with open differences, and those in which they are still to be counted.
func (p *Project) Differing() (open, uncounted int, err error) {
	_, err = one(p.reading, `SELECT (SELECT count(*) FROM difference x WHERE x.open > 0 AND EXISTS (SELECT 1 FROM document d WHERE d.id = x.document)),
		(SELECT count(*) FROM difference x WHERE x.open IS NULL AND EXISTS (SELECT 1 FROM document d WHERE d.id = x.document))`, nil, &open, &uncounted)
	return open, uncounted, p.fault(err)
}

// NextDiffering returns the document after from, or before it, that has open differences or in which they
// are to be counted, going round at the end; ok is false if no other has.
func (p *Project) NextDiffering(from annotate.ID, forward bool) (next annotate.ID, counted, ok bool, err error) {
	beyond, rest, order := ">", "<", "d.added, d.id"
	if !forward {
		beyond, rest, order = "<", ">", "d.added DESC, d.id DESC"
	}
	err = p.read(func(on source) error {
		var added int64
		if _, err := one(on, "SELECT added FROM document WHERE id = ?", []any{from}, &added); err != nil {
			return err
		}
		for _, side := range []string{beyond, rest} {
			ok, err = one(on, `SELECT d.id, x.open IS NOT NULL FROM document d JOIN difference x ON x.document = d.id
				WHERE (x.open IS NULL OR x.open > 0) AND (d.added, d.id) `+side+` (?, ?) ORDER BY `+order+" LIMIT 1",
				[]any{added, from}, &next, &counted)
			if err != nil || ok {
				return err
			}
		}
		return nil
	})
	return next, counted, ok && err == nil, err
}

// noteDifferences notes that what was counted from what c changes is to be forgotten.
func (b *batch) noteDifferences(c *annotate.Change) error {
	switch s := stateOf(c).(type) {
	case *annotate.Span, *annotate.Relation, *annotate.Record, *annotate.Assessment, *annotate.Decision:
		if b.recounted == nil {
			b.recounted = map[annotate.ID]bool{}
		}
		b.recounted[c.DocumentID()] = true
	case *annotate.Concept:
		if before, _ := c.Before.(*annotate.Concept); s.Into == "" && (before == nil || before.Into == "") {
			return nil
		}
		return b.forgetAllDifferences()
	case *annotate.Scheme:
		return b.forgetAllDifferences()
	}
	return nil
}

// forgetDifferences forgets what was counted in the documents that were noted, and in those whose relations
// point into them, as what these are matched by is there.
func (b *batch) forgetDifferences() error {
	if len(b.recounted) == 0 {
		return nil
	}
	list, err := json.Marshal(slices.Collect(maps.Keys(b.recounted)))
	if err != nil {
		return err
	}
	b.recounted = nil
	if err := execute(b, `INSERT INTO difference SELECT value, NULL FROM json_each(?) WHERE true
		ON CONFLICT (document) DO UPDATE SET open = NULL WHERE open IS NOT NULL`, string(list)); err != nil {
		return err
	}
	return execute(b, `UPDATE difference SET open = NULL WHERE open IS NOT NULL AND document IN
		(SELECT r.document FROM argument a JOIN relation r ON r.id = a.relation
			WHERE a.document <> '' AND a.document IN (SELECT value FROM json_each(?)))`, string(list))
}

func (b *batch) forgetAllDifferences() error {
	return execute(b, "UPDATE difference SET open = NULL WHERE open IS NOT NULL")
}
