package annotate

import (
	"bytes"
	"slices"
	"strings"
	"time"
)

// Comment is a remark that is meant for others: one person's words about a span, a
// relation or a document, or an answer to such words. It belongs to who wrote it and to
// nobody's layer; unlike a note it can be answered, and unlike a flag it is settled when
// those concerned agree that it is.
//
// That a thread is settled is said by an answer like any other, which names the
// comments it settles. A comment that no such answer names keeps the thread open: what
// somebody wrote without knowing of the answer is not settled by it. Two people who
// settle a thread at the same time each write an answer of their own, so neither is lost.
type Comment struct {
	ID        ID     `json:"id"`
	Document  ID     `json:"document"`
	Annotator string `json:"annotator"` // who wrote it
	// Span or Relation is what the thread is about; with neither it is about the document.
	Span     ID `json:"span,omitempty"`
	Relation ID `json:"relation,omitempty"`
	// Thread is the comment that began the thread; "" if it is this one.
	Thread  ID        `json:"thread,omitempty"`
	Written time.Time `json:"written"` // UTC, whole milliseconds; shown, never used to decide
	Text    string    `json:"text"`
	// Resolves are the comments of its thread that it settles. If there are any, Text may be empty.
	Resolves []ID `json:"resolves,omitempty"`
	// Reopens tells that it was written to take up a settled thread again. Text may then be empty.
	Reopens bool `json:"reopens,omitempty"`
}

// NewComment returns a comment of that author, written now, that begins a thread about a
// document.
func NewComment(document ID, author, text string) *Comment {
	return &Comment{
		ID: NewID(), Document: document, Annotator: author,
		Written: time.Now().UTC().Truncate(time.Millisecond), Text: text,
	}
}

// EntityKind says that a Comment is a comment.
func (c *Comment) EntityKind() EntityKind { return CommentEntity }

// EntityID returns the comment's id.
func (c *Comment) EntityID() ID { return c.ID }

// DocumentID returns the id of the document it is about, or in which that lies which it is about.
func (c *Comment) DocumentID() ID { return c.Document }

// Clone returns a copy that shares nothing changeable with c.
func (c *Comment) Clone() *Comment {
	d := *c
	d.Resolves = slices.Clone(c.Resolves)
	return &d
}

// Subject returns the id of the span, relation or document that the thread is about.
func (c *Comment) Subject() ID {
	switch {
	case c.Span != "":
		return c.Span
	case c.Relation != "":
		return c.Relation
	}
	return c.Document
}

// ThreadID returns the id of the comment that began the thread.
func (c *Comment) ThreadID() ID {
	if c.Thread == "" {
		return c.ID
	}
	return c.Thread
}

// Check reports the first thing that makes c impossible.
func (c *Comment) Check() error {
	says := strings.TrimSpace(c.Text) != ""
	switch {
	case c.ID == "":
		return Errorf(Invalid, "a comment has no id")
	case c.Document == "":
		return Errorf(Invalid, "comment %s belongs to no document", c.ID)
	case c.Annotator == "":
		return Errorf(Invalid, "comment %s has no author", c.ID)
	case c.Span != "" && c.Relation != "":
		return Errorf(Invalid, "comment %s is about a span and a relation at once", c.ID)
	case c.Thread == c.ID:
		return Errorf(Invalid, "comment %s answers itself", c.ID)
	case c.Thread == "" && (len(c.Resolves) > 0 || c.Reopens):
		return Errorf(Invalid, "comment %s begins a thread, so there is nothing yet that it could settle or reopen", c.ID)
	case len(c.Resolves) > 0 && c.Reopens:
		return Errorf(Invalid, "comment %s settles its thread and reopens it at once", c.ID)
	case !says && len(c.Resolves) == 0 && !c.Reopens:
		return Errorf(Invalid, "comment %s says nothing", c.ID)
	case c.Written.IsZero() || c.Written.Location() != time.UTC || !c.Written.Equal(c.Written.Truncate(time.Millisecond)):
		return Errorf(Invalid, "comment %s has no time of writing in UTC and whole milliseconds", c.ID)
	}
	seen := map[ID]bool{"": true, c.ID: true}
	for _, id := range c.Resolves {
		if seen[id] {
			return Errorf(Invalid, "comment %s settles itself, nothing, or the same comment twice", c.ID)
		}
		seen[id] = true
	}
	return nil
}

// checkComment reports why a change of a comment is not its maker's to make. Only
// whoever wrote a comment can change it, and then only its words. What undo and redo put
// back was there before, whoever had taken it away together with what it was about.
func (c *Change) checkComment() error {
	after, written := c.After.(*Comment)
	if !written {
		return nil
	}
	if before, changed := c.Before.(*Comment); changed {
		reworded := before.Clone()
		reworded.Text = after.Text
		want, err := MarshalState(reworded)
		if err != nil {
			return err
		}
		if is, err := MarshalState(after); err != nil || !bytes.Equal(want, is) {
			return Errorf(Invalid, "of comment %s more than the words would change", after.ID)
		}
	}
	putBack := c.Before == nil && (c.Act == Undo || c.Act == Redo)
	if after.Annotator != c.Annotator && !putBack {
		return Errorf(Invalid, "a comment of %s can be written and changed by %s alone, not by %s", after.Annotator, after.Annotator, c.Annotator)
	}
	return nil
}

// sort names the kind of comment in a word.
func (c *Comment) sort() string {
	switch {
	case len(c.Resolves) > 0:
		return "resolution"
	case c.Reopens:
		return "reopening"
	case c.Thread != "":
		return "answer"
	}
	return "comment"
}
