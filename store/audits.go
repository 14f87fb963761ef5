package store

import "spanwright/annotate"

// NoteAudit remembers how many violations of the scheme an annotator's layer of a document
// has, for [DocumentQuery.Broken]. A later change of the layer or the scheme forgets it.
// Nothing is remembered if [Project.Clock] is not since any more, which it was before the
// layer was read: the layer may have changed.
func (p *Project) NoteAudit(document annotate.ID, annotator string, wrong, missing int, since uint64) error {
	if p.ReadOnly() != nil {
		return nil
	}
	_, err := p.transact(func(b *batch) error {
		return execute(b, `INSERT INTO audit SELECT ?, ?, ?, ? WHERE (SELECT value FROM clock) = ?
			ON CONFLICT (annotator, document) DO UPDATE SET wrong = excluded.wrong, missing = excluded.missing`,
			annotator, document, wrong, missing, since)
	})
	return err
}

// Unaudited returns some documents that an annotator has begun and whose violations are
// not known, at most so many.
func (p *Project) Unaudited(annotator string, most int) ([]annotate.ID, error) {
	ids, err := column[annotate.ID](p.reading, `SELECT a.document FROM assessment a
		WHERE a.annotator = ?1 AND NOT EXISTS (SELECT 1 FROM audit b WHERE b.annotator = ?1 AND b.document = a.document)
			AND EXISTS (SELECT 1 FROM document d WHERE d.id = a.document)
		LIMIT ?2`, annotator, most)
	return ids, p.fault(err)
}

// forgetAudit forgets what was counted from what c changes.
func (b *batch) forgetAudit(c *annotate.Change) error {
	annotator := ""
	switch s := stateOf(c).(type) {
	case *annotate.Scheme:
		return execute(b, "DELETE FROM audit")
	case *annotate.Span:
		annotator = s.Annotator
	case *annotate.Relation:
		annotator = s.Annotator
	case *annotate.Record:
		annotator = s.Annotator
	case *annotate.Assessment:
		annotator = s.Annotator
	default:
		return nil
	}
	layer := layerID{annotator, c.DocumentID()}
	if layer == b.forgotten || b.asked.quiet[layer] { // as in an import, where thousands of changes are of one layer
		return nil
	}
	b.forgotten = layer
	return execute(b, "DELETE FROM audit WHERE annotator = ? AND document = ?", annotator, c.DocumentID())
}

// stateOf returns what c is about, after it or else before.
func stateOf(c *annotate.Change) annotate.State {
	if c.After != nil {
		return c.After
	}
	return c.Before
}

// Tally counts an annotator's documents by what they can be filtered by.
type Tally struct {
	Progress
	Flags     map[string]int          // documents by the flags in them
	Talked    int                     // with threads that are not settled
	Behind    int                     // done under an older scheme
	Broken    int                     // found to break the scheme
	Differing int                     // found to have open differences between annotators
	Assigned  int                     // to the annotator
	Reviews   map[annotate.Status]int // by how far their review is
}

// Tally counts, with revision for the scheme that documents should be done under. Blind, threads
// about the annotations of others do not count; for whoever judges, the work of others does.
func (p *Project) Tally(annotator string, revision int, blind, judges bool) (Tally, error) {
	t := Tally{Flags: map[string]int{}, Reviews: map[annotate.Status]int{}}
	var err error
	if t.Progress, err = p.Progress(annotator); err != nil {
		return t, err
	}
	err = p.read(func(on source) error {
		err := each(on, `SELECT flag, count(DISTINCT document) FROM (
				SELECT flag, document FROM assessment WHERE annotator = ?1 AND flag <> ''
				UNION ALL SELECT flag, document FROM span WHERE annotator = ?1 AND flag <> ''
				UNION ALL SELECT flag, document FROM relation WHERE annotator = ?1 AND flag <> ''
				UNION ALL SELECT flag, document FROM record WHERE annotator = ?1 AND flag <> '')
			WHERE document IN (SELECT id FROM document) GROUP BY flag`, []any{annotator}, func(scan func(...any) error) error {
			var flag string
			var n int
			err := scan(&flag, &n)
			t.Flags[flag] = n
			return err
		})
		if err != nil {
			return err
		}
		err = each(on, `SELECT status, count(DISTINCT document) FROM review WHERE (?1 OR annotator = ?2)
			AND document IN (SELECT id FROM document) GROUP BY status`, []any{judges, annotator}, func(scan func(...any) error) error {
			var status annotate.Status
			var n int
			err := scan(&status, &n)
			t.Reviews[status] = n
			return err
		})
		if err != nil {
			return err
		}
		for _, count := range []struct {
			q DocumentQuery
			n *int
		}{
			{DocumentQuery{Talked: true, Blind: blind}, &t.Talked},
			{DocumentQuery{Behind: revision}, &t.Behind},
			{DocumentQuery{Broken: true}, &t.Broken},
			{DocumentQuery{Differing: true}, &t.Differing},
			{DocumentQuery{Assigned: annotator}, &t.Assigned},
		} {
			if count.q.Annotator = annotator; count.q == (DocumentQuery{Annotator: annotator}) {
				continue // no scheme is older than the first
			}
			condition, args := count.q.where()
			if _, err := one(on, "SELECT count(*) FROM document d WHERE "+condition, args, count.n); err != nil {
				return err
			}
		}
		return nil
	})
	return t, err
}
