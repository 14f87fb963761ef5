package store

import (
	"bytes"
	"encoding/json"

	"spanwright/annotate"
)

// project makes the rows of an entity what the winning change c leaves behind. An
// entity that is fresh has no rows yet that would have to go first.
func (b *batch) project(c *annotate.Change, fresh bool) error {
	if err := b.forgetAudit(c); err != nil {
		return err
	}
	if err := b.noteDifferences(c); err != nil {
		return err
	}
	switch s := c.After.(type) {
	case nil:
		return b.remove(c.Before)
	case *annotate.Document:
		if fresh && b.asked.vacant[s.ID] {
			return b.addDocument(s, c.Clock)
		}
		return b.putDocument(s)
	case *annotate.Span:
		return b.putSpan(s, fresh)
	case *annotate.Relation:
		return b.putRelation(s, fresh)
	case *annotate.Assessment:
		return b.putAssessment(s)
	case *annotate.Comment:
		return b.putComment(s)
	case *annotate.Record:
		return b.putRecord(s)
	case *annotate.Concept:
		return b.putConcept(s)
	case *annotate.Assignment:
		return b.putAssignment(s)
	case *annotate.Decision:
		return b.putDecision(s)
	case *annotate.Review:
		return b.putReview(s)
	case *annotate.TeamMember:
		return b.putMember(s)
	case *annotate.Stint:
		return execute(b, "INSERT INTO stint (id, document, annotator, seconds) VALUES (?, ?, ?, ?)", s.ID, s.Document, s.Annotator, s.Seconds)
	case *annotate.Scheme:
		definition, err := annotate.MarshalState(s)
		if err != nil {
			return err
		}
		return execute(b, `INSERT INTO scheme VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET definition = excluded.definition`,
			s.EntityID(), string(definition))
	}
	return annotate.Errorf(annotate.Unsupported, "entities of kind %q are unknown to this version", c.EntityKind())
}

// removals delete an entity's rows; fragments, arguments and what a comment settles go along.
var removals = map[annotate.EntityKind]string{
	annotate.DocumentEntity:   "DELETE FROM document WHERE id = ?",
	annotate.SpanEntity:       "DELETE FROM span WHERE id = ?",
	annotate.RelationEntity:   "DELETE FROM relation WHERE id = ?",
	annotate.AssessmentEntity: "DELETE FROM assessment WHERE id = ?",
	annotate.CommentEntity:    "DELETE FROM comment WHERE id = ?",
	annotate.RecordEntity:     "DELETE FROM record WHERE id = ?",
	annotate.ConceptEntity:    "DELETE FROM concept WHERE id = ?",
	annotate.AssignmentEntity: "DELETE FROM assignment WHERE id = ?",
	annotate.DecisionEntity:   "DELETE FROM decision WHERE id = ?",
	annotate.ReviewEntity:     "DELETE FROM review WHERE id = ?",
	annotate.MemberEntity:     "DELETE FROM member WHERE id = ?",
}

func (b *batch) remove(s annotate.State) error {
	b.latest.document = ""
	if err := execute(b, removals[s.EntityKind()], s.EntityID()); err != nil {
		return err
	}
	if s.EntityKind() == annotate.DocumentEntity {
		return b.settle(s.EntityID())
	}
	return nil
}

// addDocument writes a document that was not there, and of which nothing else is.
func (b *batch) addDocument(d *annotate.Document, clock uint64) error {
	b.latest.document = ""
	delete(b.asked.vacant, d.ID)
	meta, err := jsonText(d.Meta)
	if err != nil {
		return err
	}
	return execute(b, "INSERT INTO document (id, added, name, folded, text, meta, bom, newlines) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
		d.ID, int64(clock), d.Name, fold(d.Name), d.Hash, meta, d.BOM, d.Newlines)
}

// putDocument writes a document. It stands in the list where the earliest of
// its changes put it, so that undoing a deletion brings it back to its place.
func (b *batch) putDocument(d *annotate.Document) error {
	b.latest.document = ""
	meta, err := jsonText(d.Meta)
	if err != nil {
		return err
	}
	var before string
	var labelled bool
	if _, err := one(b, `SELECT coalesce((SELECT text FROM document WHERE id = ?1), ''),
		EXISTS (SELECT 1 FROM span WHERE document = ?1)`, []any{d.ID}, &before, &labelled); err != nil {
		return err
	}
	err = execute(b, `INSERT INTO document (id, added, name, folded, text, meta, bom, newlines) VALUES (?1,
			(SELECT min(clock) FROM journal WHERE entity_kind = 'document' AND entity = ?1), ?2, ?3, ?4, ?5, ?6, ?7)
		ON CONFLICT (id) DO UPDATE SET added = excluded.added, name = excluded.name, folded = excluded.folded,
			text = excluded.text, meta = excluded.meta, bom = excluded.bom, newlines = excluded.newlines`,
		d.ID, d.Name, fold(d.Name), d.Hash, meta, d.BOM, d.Newlines)
	if err != nil || before == d.Hash || !labelled {
		return err
	}
	return b.settle(d.ID)
}

// noteAge moves a document to its place when an earlier change of it arrives late.
func (b *batch) noteAge(c *annotate.Change) error {
	if c.EntityKind() != annotate.DocumentEntity {
		return nil
	}
	return execute(b, "UPDATE document SET added = min(added, ?) WHERE id = ?", int64(c.Clock), c.EntityID())
}

// settle writes anew the spans that were there before their document came, or
// are left behind without it.
func (b *batch) settle(document annotate.ID) error {
	spans, err := spans(b, "s.document = ?", document)
	if err != nil {
		return err
	}
	for _, s := range spans {
		if err := b.putSpan(s, false); err != nil {
			return err
		}
	}
	return nil
}

func (b *batch) putSpan(s *annotate.Span, fresh bool) error {
	attributes, err := jsonText(s.Attributes)
	if err != nil {
		return err
	}
	t, err := b.textOf(s.Document)
	if err != nil {
		return err
	}
	var covered any
	if t != nil && s.Check(t.content) == nil {
		covered = s.Covered(t.content)
	}
	if err := execute(b, `INSERT INTO span (id, document, annotator, label, covered, attributes, flag, note)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET document = excluded.document,
			annotator = excluded.annotator, label = excluded.label, covered = excluded.covered,
			attributes = excluded.attributes, flag = excluded.flag, note = excluded.note`,
		s.ID, s.Document, s.Annotator, s.Label, covered, attributes, s.Flag, s.Note); err != nil {
		return err
	}
	if !fresh {
		for _, rows := range []string{"DELETE FROM fragment WHERE span = ?", "DELETE FROM mention WHERE span = ?"} {
			if err := execute(b, rows, s.ID); err != nil {
				return err
			}
		}
	}
	if err := b.putMentions(s, covered); err != nil {
		return err
	}
	for i, f := range s.Fragments {
		var start, end any
		if covered != nil {
			start, end = t.codePoint(f.Start), t.codePoint(f.End)
		}
		if err := execute(b, "INSERT INTO fragment VALUES (?, ?, ?, ?, ?, ?)", s.ID, i, f.Start, f.End, start, end); err != nil {
			return err
		}
	}
	return nil
}

func (b *batch) putRelation(r *annotate.Relation, fresh bool) error {
	attributes, err := jsonText(r.Attributes)
	if err != nil {
		return err
	}
	if err := execute(b, `INSERT INTO relation (id, document, annotator, label, attributes, flag, note)
		VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET document = excluded.document,
			annotator = excluded.annotator, label = excluded.label,
			attributes = excluded.attributes, flag = excluded.flag, note = excluded.note`,
		r.ID, r.Document, r.Annotator, r.Label, attributes, r.Flag, r.Note); err != nil {
		return err
	}
	if !fresh {
		if err := execute(b, "DELETE FROM argument WHERE relation = ?", r.ID); err != nil {
			return err
		}
	}
	for i, a := range r.Arguments {
		if err := execute(b, "INSERT INTO argument VALUES (?, ?, ?, ?, ?, ?, ?)",
			r.ID, i, a.Role, a.Span, a.Relation, a.Document, a.Implicit); err != nil {
			return err
		}
	}
	return nil
}

func (b *batch) putAssessment(a *annotate.Assessment) error {
	labels, err := jsonText(a.Labels)
	if err != nil {
		return err
	}
	return execute(b, `INSERT INTO assessment (id, document, annotator, status, labels, flag, note, scheme)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET status = excluded.status,
			labels = excluded.labels, flag = excluded.flag, note = excluded.note, scheme = excluded.scheme`,
		a.EntityID(), a.Document, a.Annotator, a.Status, labels, a.Flag, a.Note, a.Scheme)
}

// jsonText writes attributes or metadata as a JSON object with sorted keys.
func jsonText[V any](values map[string]V) (string, error) {
	if len(values) == 0 {
		return "{}", nil
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false) // <, > and & stay legible in the sqlite3 shell
	err := encoder.Encode(values)
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n"))), err
}

// readJSON reads what jsonText wrote; an empty object gives nil.
func readJSON[V any](raw string) (map[string]V, error) {
	if raw == "{}" {
		return nil, nil
	}
	var values map[string]V
	if err := json.Unmarshal([]byte(raw), &values); err != nil {
		return nil, annotate.Errorf(annotate.Corrupt, "stored attributes cannot be read: %w", err)
	}
	return values, nil
}
