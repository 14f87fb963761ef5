package session

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"spanwright/annotate"
)

// Writing is what words that are being typed will become: a new thread about Subject, an
// answer in Thread, or other words for Comment.
type Writing struct {
	Subject annotate.ID // span, relation or document of the current document
	Thread  annotate.ID // "" for a new one
	Comment annotate.ID // "" unless one is reworded
}

// Subject returns what a comment would be about: the focused annotation, else the
// document; "" when there is none.
func (s *Session) Subject() annotate.ID {
	if s.focused != "" || s.document == nil {
		return s.focused
	}
	return s.document.ID
}

// Threads returns what everybody said about a span, a relation or the document, the
// earliest thread first.
func (s *Session) Threads(subject annotate.ID) []*annotate.Thread { return s.discussion.About(subject) }

// OpenThreads returns how many threads about a span, a relation or the document are not resolved.
func (s *Session) OpenThreads(subject annotate.ID) int { return s.discussion.Open(subject) }

// OpenThreadsHere returns how many threads in the current document are not resolved.
func (s *Session) OpenThreadsHere() int {
	n := 0
	for _, t := range s.discussion.Threads() {
		if !t.Resolved() && s.document != nil && t.Comments[0].Document == s.document.ID {
			n++
		}
	}
	return n
}

// ThreadsElsewhere returns the threads of the document that are about annotations: those
// of this layer that are not resolved, and all about what is in other layers, or gone.
func (s *Session) ThreadsElsewhere() (here, strays []*annotate.Thread) {
	for _, t := range s.discussion.Threads() {
		switch _, found := s.Extent(t.Subject()); {
		case s.document == nil || t.Subject() == s.document.ID:
		case found && !t.Resolved():
			here = append(here, t)
		case !found && t.Comments[0].Document == s.document.ID:
			strays = append(strays, t)
		}
	}
	return here, strays
}

// Say makes of typed words what they were typed for; blank ones are dropped.
func (s *Session) Say(w Writing, text string) error {
	s.SetDraft(w, "")
	if text = strings.TrimSpace(text); text == "" {
		return nil
	}
	err := s.say(w, text)
	if err != nil {
		s.SetDraft(w, text) // what was typed is not lost
	}
	return err
}

func (s *Session) say(w Writing, text string) error {
	if w.Comment != "" {
		return s.reword(w.Comment, text)
	}
	if w.Thread != "" {
		return s.reply(w.Thread, "Answered.", func(t *annotate.Thread) *annotate.Comment { return t.Answer(s.annotator, text) })
	}
	if err := s.editable(); err != nil {
		return s.fail(err)
	}
	c := annotate.NewComment(s.document.ID, s.annotator, text)
	span, r := s.layer.Span(w.Subject), s.layer.Relation(w.Subject)
	if foreign, _ := s.LaneSpan(w.Subject); foreign != nil {
		span = foreign
	}
	switch {
	case span != nil:
		c.Span = span.ID
	case r != nil:
		c.Relation, c.Document = r.ID, r.Document
	case w.Subject != s.document.ID:
		return s.fail(annotate.Errorf(annotate.NotFound, "the annotation is gone; what you wrote about it is kept until the project is closed"))
	}
	return s.confer("Commented.", creation(c))
}

// Resolve settles all that was said so far in the thread that w answers. What is typed
// for w becomes the last words.
func (s *Session) Resolve(w Writing) error {
	words := strings.TrimSpace(s.Draft(w))
	s.SetDraft(w, "")
	err := s.reply(w.Thread, "Thread resolved.", func(t *annotate.Thread) *annotate.Comment {
		return t.Resolution(s.annotator, words)
	})
	if err != nil {
		s.SetDraft(w, words)
	}
	return err
}

// Reopen takes a resolved thread up again.
func (s *Session) Reopen(thread annotate.ID) error {
	return s.reply(thread, "Thread reopened.", func(t *annotate.Thread) *annotate.Comment { return t.Reopening(s.annotator, "") })
}

// reply adds what f makes to a thread.
func (s *Session) reply(thread annotate.ID, done string, f func(*annotate.Thread) *annotate.Comment) error {
	t := s.discussion.Thread(thread)
	if t == nil {
		return s.fail(annotate.Errorf(annotate.NotFound, "the thread is gone: its comments were deleted"))
	}
	return s.confer(done, creation(f(t)))
}

// reword gives a comment other words.
func (s *Session) reword(id annotate.ID, text string) error {
	c, err := s.own(id)
	if err != nil {
		return err
	}
	if c.Text == text {
		return nil
	}
	after := c.Clone()
	after.Text = text
	return s.confer("Comment changed.", revision(c, after))
}

// DeleteComment deletes one of the annotator's own comments; answers to it stay.
func (s *Session) DeleteComment(id annotate.ID) error {
	c, err := s.own(id)
	if err != nil {
		return err
	}
	return s.confer("Comment deleted; undo brings it back.", annotate.Change{Before: c})
}

// own returns a comment if the annotator wrote it.
func (s *Session) own(id annotate.ID) (*annotate.Comment, error) {
	c := s.discussion.Comment(id)
	switch {
	case c == nil:
		return nil, s.fail(annotate.Errorf(annotate.NotFound, "the comment is gone"))
	case c.Annotator != s.annotator:
		return nil, s.fail(annotate.Errorf(annotate.Conflict, "this comment is %s’s, who alone can change it", c.Annotator))
	}
	return c, nil
}

// confer makes a change of a comment and tells that it is done.
func (s *Session) confer(done string, c annotate.Change) error {
	if err := s.edit(c); err != nil {
		return err
	}
	s.tell(done)
	return nil
}

// confers reports whether changes are about comments alone: who only talks about a
// document has not begun to work on it.
func confers(changes []annotate.Change) bool {
	return !slices.ContainsFunc(changes, func(c annotate.Change) bool { return c.EntityKind() != annotate.CommentEntity })
}

// removal returns the changes that delete a span or relation with the relations that
// point at it and all that was said about them.
func (s *Session) removal(id annotate.ID) []annotate.Change {
	doomed := s.layer.Removal(id)
	subjects := make([]annotate.ID, len(doomed))
	for i := range doomed {
		subjects[i] = doomed[i].EntityID()
	}
	return append(s.discussion.Removal(s.annotator, subjects...), doomed...)
}

// subjectOf returns what a change is to be seen at: for a comment what it is about.
func subjectOf(c *annotate.Change) annotate.ID {
	for _, state := range []annotate.State{c.After, c.Before} {
		if said, ok := state.(*annotate.Comment); ok {
			return said.Subject()
		}
	}
	return c.EntityID()
}

// Draft is a comment that is being written.
type Draft struct {
	Writing
	Document annotate.ID
	Text     string
}

// Draft returns what was typed for w and not handed over yet.
func (s *Session) Draft(w Writing) string { return s.drafts[w].Text }

// SetDraft keeps what is being typed for w; a blank text, and the words a comment has
// already, are nothing to keep.
func (s *Session) SetDraft(w Writing, text string) {
	s.Active()
	c := s.discussion.Comment(w.Comment)
	if strings.TrimSpace(text) == "" || c != nil && c.Text == text {
		delete(s.drafts, w)
		return
	}
	if s.drafts == nil {
		s.drafts = map[Writing]Draft{}
	}
	d := Draft{Writing: w, Text: text}
	if s.document != nil {
		d.Document = s.document.ID
	}
	s.drafts[w] = d
}

// Drafts returns what was typed and not handed over, in order of the text.
func (s *Session) Drafts() []Draft {
	return slices.SortedFunc(maps.Values(s.drafts), func(a, b Draft) int { return cmp.Compare(a.Text, b.Text) })
}

// ForgetDrafts throws away what was typed and not handed over.
func (s *Session) ForgetDrafts() { s.drafts = nil }
