package store

import (
	"time"

	"spanwright/annotate"
)

// Comments returns what was said about a document, its spans and its relations, and about
// relations of other documents that point into it, in order of id; by one author, or by
// everybody when author is "".
func (p *Project) Comments(document annotate.ID, author string) ([]*annotate.Comment, error) {
	var found []*annotate.Comment
	err := p.read(func(on source) (err error) {
		found, err = comments(on, `(?2 = '' OR c.annotator = ?2) AND c.id IN (
			SELECT id FROM comment WHERE document = ?1
			UNION SELECT c.id FROM argument a JOIN comment c ON c.relation = a.relation AND c.relation <> ''
				WHERE a.document = ?1 AND a.document <> '')`, document, author)
		return err
	})
	return found, err
}

// CountComments returns how many comments one author wrote, or everybody when author is "".
func (p *Project) CountComments(author string) (int, error) {
	query, args := "SELECT count(*) FROM comment", []any(nil)
	if author != "" {
		query, args = query+" WHERE annotator = ?", []any{author}
	}
	var n int
	_, err := one(p.reading, query, args, &n)
	return n, p.fault(err)
}

// comments reads comments; condition is what follows WHERE, with c for the comment.
func comments(on source, condition string, args ...any) ([]*annotate.Comment, error) {
	var found []*annotate.Comment
	err := each(on, `SELECT c.id, c.document, c.annotator, c.span, c.relation, c.thread, c.written, c.text, c.reopens,
			coalesce(r.settled, '')
		FROM comment c LEFT JOIN resolution r ON r.comment = c.id WHERE `+condition+` ORDER BY c.id, r.ordinal`, args,
		func(scan func(...any) error) error {
			var c annotate.Comment
			var written string
			var settled annotate.ID
			err := scan(&c.ID, &c.Document, &c.Annotator, &c.Span, &c.Relation, &c.Thread, &written, &c.Text, &c.Reopens, &settled)
			if err != nil {
				return err
			}
			if last := len(found) - 1; last < 0 || found[last].ID != c.ID {
				if c.Written, err = time.Parse(timeFormat, written); err != nil {
					return annotate.Errorf(annotate.Corrupt, "comment %s has no readable time", c.ID)
				}
				if c.Thread == c.ID {
					c.Thread = ""
				}
				found = append(found, &c)
			}
			if settled != "" {
				last := found[len(found)-1]
				last.Resolves = append(last.Resolves, settled)
			}
			return nil
		})
	return found, err
}

func (b *batch) putComment(c *annotate.Comment) error {
	if err := execute(b, `INSERT INTO comment (id, document, annotator, span, relation, thread, written, text, reopens)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET document = excluded.document,
			annotator = excluded.annotator, span = excluded.span, relation = excluded.relation, thread = excluded.thread,
			written = excluded.written, text = excluded.text, reopens = excluded.reopens`,
		c.ID, c.Document, c.Annotator, c.Span, c.Relation, c.ThreadID(), c.Written.Format(timeFormat), c.Text, c.Reopens); err != nil {
		return err
	}
	if err := execute(b, "DELETE FROM resolution WHERE comment = ?", c.ID); err != nil {
		return err
	}
	for i, settled := range c.Resolves {
		if err := execute(b, "INSERT INTO resolution VALUES (?, ?, ?)", c.ID, i, settled); err != nil {
			return err
		}
	}
	return nil
}

// checkSubject checks that a comment written here is about something that is there, and
// that an answer is about the same as what it answers.
func (b *batch) checkSubject(c *annotate.Comment) error {
	var document annotate.ID
	for _, subject := range []struct {
		id    annotate.ID
		query string
	}{
		{c.Span, "SELECT document FROM span WHERE id = ?"},
		{c.Relation, "SELECT document FROM relation WHERE id = ?"},
	} {
		if subject.id == "" {
			continue
		}
		found, err := one(b, subject.query, []any{subject.id}, &document)
		switch {
		case err != nil:
			return err
		case !found:
			return annotate.Errorf(annotate.Conflict, "what %s is about is no longer in the project", title(c))
		case document != c.Document:
			return annotate.Errorf(annotate.Invalid, "%s is about something in another document than it says", title(c))
		}
	}
	if c.Thread == "" {
		return nil
	}
	begun, err := comments(b, "c.id = ?", c.Thread)
	if err != nil || len(begun) == 0 {
		return err // its author may delete it, and the answers stay
	}
	if begun[0].Thread != "" || begun[0].Subject() != c.Subject() {
		return annotate.Errorf(annotate.Invalid, "%s does not answer the beginning of a thread about the same thing", title(c))
	}
	return nil
}

// checkTakenAlong refuses that somebody deletes another person's comment, unless together
// with what it is about, or by undoing the merge that brought it.
func (b *batch) checkTakenAlong(c *annotate.Comment, deletion *annotate.Change) error {
	if c.Annotator == deletion.Annotator || deletion.Act != annotate.Edit {
		return nil
	}
	var there bool
	_, err := one(b, `SELECT EXISTS (SELECT 1 FROM document WHERE id = ?1) OR EXISTS (SELECT 1 FROM span WHERE id = ?1)
		OR EXISTS (SELECT 1 FROM relation WHERE id = ?1)`, []any{c.Subject()}, &there)
	if err == nil && there {
		err = annotate.Errorf(annotate.Conflict, "%s can be deleted by %s alone", title(c), c.Annotator)
	}
	return err
}

// checkUnsaid refuses to leave comments about nothing.
func (b *batch) checkUnsaid(s annotate.State) error {
	column := map[annotate.EntityKind]string{
		annotate.SpanEntity: "span", annotate.RelationEntity: "relation", annotate.DocumentEntity: "document",
	}[s.EntityKind()]
	var author string
	found, err := one(b, "SELECT annotator FROM comment WHERE "+column+" = ? AND "+column+" <> '' LIMIT 1", []any{s.EntityID()}, &author)
	if err != nil || !found {
		return err
	}
	return annotate.Errorf(annotate.Conflict, "%s has commented on %s; only deleting takes comments along", author, title(s))
}
