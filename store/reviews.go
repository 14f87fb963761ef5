package store

import (
	"slices"
	"time"

	"spanwright/annotate"
)

// reviews reads reviews; condition is what follows WHERE.
func reviews(on source, condition string, args ...any) ([]*annotate.Review, error) {
	var found []*annotate.Review
	err := each(on, `SELECT document, annotator, status, "by", comment FROM review WHERE `+condition+" ORDER BY document, annotator", args,
		func(scan func(...any) error) error {
			var r annotate.Review
			err := scan(&r.Document, &r.Annotator, &r.Status, &r.By, &r.Comment)
			found = append(found, &r)
			return err
		})
	return found, err
}

func (b *batch) putReview(r *annotate.Review) error {
	return execute(b, `INSERT INTO review (id, document, annotator, status, "by", comment) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET status = excluded.status, "by" = excluded."by", comment = excluded.comment`,
		r.EntityID(), r.Document, r.Annotator, r.Status, r.By, r.Comment)
}

// Work returns how far an annotator is with a document.
func (p *Project) Work(document annotate.ID, annotator string) (annotate.Work, error) {
	var w annotate.Work
	err := p.read(func(on source) (err error) {
		w, err = work(on, document, annotator)
		return err
	})
	return w, err
}

func work(on source, document annotate.ID, annotator string) (annotate.Work, error) {
	w := annotate.Work{Document: document, Annotator: annotator}
	said, err := assessments(on, "document = ? AND annotator = ?", document, annotator)
	if err != nil {
		return w, err
	}
	if len(said) > 0 {
		w.Assessment = said[0]
	}
	judged, err := reviews(on, "document = ? AND annotator = ?", document, annotator)
	if len(judged) > 0 {
		w.Review = judged[0]
	}
	return w, err
}

// Works returns how far everybody is who has begun with a document, in order of name.
func (p *Project) Works(document annotate.ID) ([]annotate.Work, error) {
	var all []annotate.Work
	err := p.read(func(on source) error {
		annotators, err := column[string](on, "SELECT annotator FROM assessment WHERE document = ?1 UNION SELECT annotator FROM review WHERE document = ?1 ORDER BY annotator", document)
		if err != nil {
			return err
		}
		for _, annotator := range annotators {
			w, err := work(on, document, annotator)
			if err != nil {
				return err
			}
			all = append(all, w)
		}
		return nil
	})
	return all, err
}

// Remark is what somebody said when they brought work to another status.
type Remark struct {
	*annotate.Review
	Time time.Time
}

// Remarks returns what was said about the work of annotators on a document whenever it was moved, the newest
// first. What was taken back was not said.
func (p *Project) Remarks(document annotate.ID, annotators ...string) ([]Remark, error) {
	var said []Remark
	err := p.read(func(on source) error {
		for _, annotator := range annotators {
			id := (&annotate.Review{Document: document, Annotator: annotator}).EntityID()
			made, err := entries(on, "entity_kind = ? AND entity = ? ORDER BY clock, id", annotate.ReviewEntity, id)
			if err != nil {
				return err
			}
			said = append(said, remarksOf(made)...)
		}
		return nil
	})
	slices.SortStableFunc(said, func(a, b Remark) int { return b.Time.Compare(a.Time) })
	return said, err
}

// remarksOf returns what was said in the changes of one review, which are in order.
func remarksOf(made []Entry) []Remark {
	var said []Remark
	for _, e := range made {
		after, _ := e.After.(*annotate.Review)
		if e.Act == annotate.Undo { // the last one that said this was taken back
			before, _ := e.Before.(*annotate.Review)
			for i := len(said) - 1; i >= 0 && before != nil; i-- {
				if *said[i].Review == *before {
					said = slices.Delete(said, i, i+1)
					break
				}
			}
			continue
		}
		if after != nil && after.Comment != "" {
			said = append(said, Remark{after, e.Time})
		}
	}
	return said
}

// checkMove refuses a change of a review, made here, that is not its maker's to make.
// What undo and redo bring back was allowed when it was done.
func (b *batch) checkMove(c *annotate.Change) error {
	after, moved := c.After.(*annotate.Review)
	if !moved || c.Act != annotate.Edit {
		return nil
	}
	w, err := work(b, after.Document, after.Annotator)
	if err != nil {
		return err
	}
	return b.allowed(c.Annotator, w, after.Status)
}

// checkWithdrawn makes the same check of a review that was deleted, unless the document was, too.
func (b *batch) checkWithdrawn(r *annotate.Review, c *annotate.Change) error {
	if c.Act != annotate.Edit {
		return nil
	}
	there, err := documents(b, "id = ?", r.Document)
	if err != nil || len(there) == 0 {
		return err
	}
	left, err := work(b, r.Document, r.Annotator)
	if err != nil {
		return err
	}
	return b.allowed(c.Annotator, annotate.Work{Annotator: r.Annotator, Review: r}, left.Status())
}

func (b *batch) allowed(by string, w annotate.Work, to annotate.Status) error {
	t, err := team(b)
	if err != nil {
		return err
	}
	return t.Refusal(by, w.Annotator, w.Status(), to)
}

// checkFinal refuses what annotators do, here, to their own work when it is final.
// A change of the scheme, and a document's removal, are others' acts that may.
func (b *batch) checkFinal(c *annotate.Change) error {
	s := stateOf(c)
	switch s.(type) {
	case *annotate.Assignment, *annotate.Stint: // neither says anything of the document
		return nil
	}
	if r, review := s.(*annotate.Review); review {
		b.open = layerID{}
		delete(b.asked.quiet, layerID{r.Annotator, r.Document})
		return nil
	}
	annotator, layered := layerOf(s)
	if !layered || annotator != c.Annotator || b.open == (layerID{annotator, c.DocumentID()}) || b.asked.quiet[layerID{annotator, c.DocumentID()}] {
		return nil
	}
	var by, name string
	found, err := one(b, `SELECT r."by", d.name FROM review r JOIN document d ON d.id = r.document
		WHERE r.document = ? AND r.annotator = ? AND r.status = 'final'`, []any{c.DocumentID(), annotator}, &by, &name)
	switch {
	case err != nil:
		return err
	case found:
		return FinalError(name, by)
	}
	b.open = layerID{annotator, c.DocumentID()}
	return nil
}

// FinalError says that work on a document cannot be changed because somebody accepted it.
func FinalError(document, by string) error {
	return annotate.Errorf(annotate.Conflict, "document %q is final: %s accepted it; take it up again first, and then change it", document, by)
}

// layerID names a layer.
type layerID struct {
	annotator string
	document  annotate.ID
}

// checkUnreviewed refuses to leave reviews of a document that is gone.
func (b *batch) checkUnreviewed(d *annotate.Document) error {
	var annotator string
	found, err := one(b, "SELECT annotator FROM review WHERE document = ? LIMIT 1", []any{d.ID}, &annotator)
	if err == nil && found {
		err = annotate.Errorf(annotate.Conflict, "there is a review of the work of %s on document %q", annotator, d.Name)
	}
	return err
}

// FinishedAt returns when the last of those who marked a document done did so; ok is false
// when nobody has. Who adjudicates does not count.
func (p *Project) FinishedAt(document annotate.ID) (at time.Time, ok bool, err error) {
	var latest string
	_, err = one(p.reading, `SELECT coalesce(max(time), '') FROM journal WHERE document = ? AND entity_kind = 'assessment'
		AND act = 'edit' AND "after" ->> 'status' = 'done' AND "after" ->> 'annotator' <> ?`, []any{document, annotate.AdjudicatedLayer}, &latest)
	if err != nil || latest == "" {
		return at, false, p.fault(err)
	}
	at, err = time.Parse(timeFormat, latest)
	return at, err == nil, err
}
