package store

import (
	"fmt"

	"spanwright/annotate"
)

// title names a state in a sentence.
func title(s annotate.State) string {
	switch s := s.(type) {
	case *annotate.Document:
		return fmt.Sprintf("document %q", s.Name)
	case *annotate.Span:
		return "span " + s.Label
	case *annotate.Relation:
		return "relation " + s.Label
	case *annotate.Assessment:
		return "the status of the document"
	case *annotate.Record:
		return "record " + s.Label
	case *annotate.Assignment:
		return "the assignment to " + s.Annotator
	case *annotate.Decision:
		return "the decision of " + s.Adjudicator
	case *annotate.Review:
		return "the review of the work of " + s.Annotator
	case *annotate.TeamMember:
		return "the duty of " + s.Annotator
	case *annotate.Stint:
		return "the time of " + s.Annotator
	case *annotate.Concept:
		return fmt.Sprintf("concept %q", s.Name)
	case *annotate.Comment:
		return fmt.Sprintf("the comment of %s", s.Annotator)
	}
	return "the scheme"
}

// conflict tells that c was not made from what the project holds.
func conflict(c *annotate.Change, last *standing) error {
	what := title(c.Before)
	if c.Before == nil {
		what = title(c.After)
	}
	switch {
	case last == nil:
		return annotate.Errorf(annotate.Conflict, "%s (%s) is not in the project", what, c.EntityID())
	case c.Before == nil:
		return annotate.Errorf(annotate.Conflict, "%s (%s) is in the project already", what, c.EntityID())
	}
	verb := "changed"
	if last.after == nil {
		verb = "deleted"
	}
	return annotate.Errorf(annotate.Conflict, "%s was %s by %s since (%s); look at it again first",
		what, verb, last.Annotator, last.Time.Local().Format("2 January 2006 15:04"))
}

// checkDeleted makes the check of every deletion of the transaction so far.
func (b *batch) checkDeleted() error {
	for i := range b.deleted {
		if err := b.checkGone(&b.deleted[i]); err != nil {
			return err
		}
	}
	b.deleted = nil
	return nil
}

// checkGone refuses a deletion made here that would leave something pointing at
// what is gone, or annotations without a document, or that takes a comment from
// whoever wrote it.
func (b *batch) checkGone(c *annotate.Change) error {
	s := c.Before
	last, err := b.standing(s.EntityKind(), s.EntityID())
	if err != nil || last != nil && last.after != nil {
		return err
	}
	var annotator, label string
	switch s := s.(type) {
	case *annotate.Document:
		if err := b.checkEmpty(s); err != nil {
			return err
		}
		if err := b.checkUnassigned(s); err != nil {
			return err
		}
		if err := b.checkUndecided(s); err != nil {
			return err
		}
		if err := b.checkUnreviewed(s); err != nil {
			return err
		}
		return b.checkUnsaid(s)
	case *annotate.Comment:
		return b.checkTakenAlong(s, c)
	case *annotate.Review:
		return b.checkWithdrawn(s, c)
	case *annotate.Span, *annotate.Relation:
		column := map[annotate.EntityKind]string{annotate.SpanEntity: "span", annotate.RelationEntity: "target"}[s.EntityKind()]
		found, err := one(b, `SELECT r.annotator, r.label FROM argument a JOIN relation r ON r.id = a.relation
			WHERE a.`+column+` = ? AND a.`+column+` <> '' LIMIT 1`, []any{s.EntityID()}, &annotator, &label)
		if err != nil {
			return err
		}
		if !found {
			return b.checkUnsaid(s)
		}
		return annotate.Errorf(annotate.Conflict, "%s is an argument of %s’s relation %s; delete that first", title(s), annotator, label)
	}
	return nil
}

// checkEmpty reports whose annotations lie on a document.
func (b *batch) checkEmpty(d *annotate.Document) error {
	annotators, err := annotatorsOf(b, d.ID)
	if err != nil || len(annotators) == 0 {
		return err
	}
	return annotate.Errorf(annotate.Conflict, "document %q holds annotations of %s", d.Name, annotators[0])
}
