package store

import (
	"bytes"
	"cmp"
	"slices"

	"spanwright/annotate"
)

// mergedBy returns, if group is a merge, the changes that make everything it touched
// what it was without it. What somebody has changed since stands in the way. Only the
// new words of comments stay, which are their authors' to change, and time that was spent.
func (b *batch) mergedBy(group annotate.ID) (inverses []annotate.Change, merged bool, err error) {
	var first, last int64
	merged, err = one(b, "SELECT first, last FROM merge WHERE id = ?", []any{group}, &first, &last)
	if err != nil || !merged {
		return nil, merged, err
	}
	type entity struct {
		kind annotate.EntityKind
		id   annotate.ID
	}
	var touched []entity
	err = each(b, "SELECT DISTINCT entity_kind, entity FROM journal WHERE sequence BETWEEN ? AND ? AND entity_kind <> 'stint' ORDER BY 1, 2", []any{first, last},
		func(scan func(...any) error) error {
			var e entity
			err := scan(&e.kind, &e.id)
			touched = append(touched, e)
			return err
		})
	if err != nil {
		return nil, true, err
	}
	for _, e := range touched {
		inverse, err := b.without(e.kind, e.id, first, last)
		if err != nil {
			return nil, true, err
		}
		if inverse != nil {
			inverses = append(inverses, *inverse)
		}
	}
	slices.SortStableFunc(inverses, func(a, b annotate.Change) int { return cmp.Compare(undoRank(&a), undoRank(&b)) })
	return inverses, true, nil
}

// without returns the change that makes an entity what it was without the changes of a
// stretch of the journal, nil if that is what it is.
func (b *batch) without(kind annotate.EntityKind, id annotate.ID, first, last int64) (*annotate.Change, error) {
	var was, is []byte
	var since int64
	if _, err := one(b, `SELECT "after" FROM journal WHERE entity_kind = ? AND entity = ? AND sequence < ?
		ORDER BY clock DESC, id DESC LIMIT 1`, []any{kind, id, first}, &was); err != nil {
		return nil, err
	}
	if _, err := one(b, "SELECT coalesce(max(sequence), 0) FROM journal WHERE entity_kind = ? AND entity = ?", []any{kind, id}, &since); err != nil {
		return nil, err
	}
	stands, err := b.standing(kind, id)
	if err != nil {
		return nil, err
	}
	if is = stands.after; bytes.Equal(was, is) {
		return nil, nil
	}
	var c annotate.Change
	if c.Before, err = annotate.UnmarshalState(kind, is); err != nil {
		return nil, err
	}
	if c.After, err = annotate.UnmarshalState(kind, was); err != nil {
		return nil, err
	}
	if kind == annotate.CommentEntity && c.Before != nil && c.After != nil {
		return nil, nil
	}
	if since > last {
		return nil, conflict(&c, stands)
	}
	return &c, nil
}

// undoRank orders the changes that take a merge back: documents return before what is
// made of them, and go after it.
func undoRank(c *annotate.Change) int {
	order := []annotate.EntityKind{
		annotate.SchemeEntity, annotate.ConceptEntity, annotate.DocumentEntity, annotate.SpanEntity,
		annotate.RelationEntity, annotate.RecordEntity, annotate.AssessmentEntity, annotate.ReviewEntity,
		annotate.AssignmentEntity, annotate.MemberEntity, annotate.DecisionEntity, annotate.CommentEntity,
	}
	rank := slices.Index(order, c.EntityKind())
	if c.After == nil {
		return 2*len(order) - rank
	}
	return rank
}
