package session

import (
	"slices"

	"spanwright/annotate"
)

// SetDirection sets which way the current document's paragraphs are read. It is an
// edit of the document like any other, but does not mark it in progress.
func (s *Session) SetDirection(direction annotate.Direction) error {
	if err := s.editable(); err != nil {
		return s.fail(err)
	}
	if s.document.Direction() == direction {
		return nil
	}
	after := s.document.Clone()
	after.SetDirection(direction)
	return s.edit(revision(s.document, after))
}

// documentAfter returns what a change makes of a document's name and metadata. The
// text stays: one of another text is read anew.
func documentAfter(d *annotate.Document, c *annotate.Change) *annotate.Document {
	after, ok := c.After.(*annotate.Document)
	if !ok || d == nil || after.ID != d.ID || after.Hash != d.Hash {
		return d
	}
	after = after.Clone()
	after.Text = d.Text // the journal does not hold it
	return after
}

// begins reports whether changes are work on the current text. Who only talks about a
// document, says which way it is read, or sees to concepts, has not begun.
func (s *Session) begins(changes []annotate.Change) bool {
	return !assesses(changes) && slices.ContainsFunc(changes, func(c annotate.Change) bool {
		switch c.EntityKind() {
		case annotate.CommentEntity, annotate.DocumentEntity, annotate.ConceptEntity, annotate.ReviewEntity, annotate.MemberEntity:
			return false
		case annotate.RelationEntity: // one of another document may end here
			return true
		}
		return c.DocumentID() == s.document.ID
	})
}
