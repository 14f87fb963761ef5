package store

import (
	"bytes"
	"fmt"

	"spanwright/annotate"
)

// Finding is something in a project file that is not as it should be.
type Finding struct {
	Document annotate.ID `json:"document,omitempty"`
	Entity   annotate.ID `json:"entity,omitempty"`
	// Warning is true when nothing is broken, but it is worth a look.
	Warning  bool   `json:"warning,omitempty"`
	Sentence string `json:"sentence"`
}

// checker collects findings about the project as it is at one moment.
type checker struct {
	source
	findings []Finding
}

func (c *checker) report(document, entity annotate.ID, format string, args ...any) {
	c.findings = append(c.findings, Finding{Document: document, Entity: entity, Sentence: fmt.Sprintf(format, args...)})
}

// Check examines the whole file: SQLite's own structure, texts against their
// hashes, offsets against texts, rows against what the journal says, and
// arguments against what they point at. Whether annotations obey the scheme is
// not its business. Without findings the project is sound. It holds one text at a time.
func (p *Project) Check() ([]Finding, error) {
	c := &checker{}
	err := p.read(func(on source) error {
		c.source = on
		if err := c.checkFile(); err != nil || len(c.findings) > 0 {
			return err // what lies in damaged pages cannot be judged
		}
		for _, check := range []func() error{c.checkTexts, c.checkPlaces, c.checkJournal, c.checkRows, c.checkLoose, c.checkAside, c.checkClock} {
			if err := check(); err != nil {
				return err
			}
		}
		return nil
	})
	return c.findings, err
}

func (c *checker) checkFile() error {
	lines, err := column[string](c, "PRAGMA integrity_check")
	if err != nil {
		return err
	}
	for _, line := range lines {
		if line != "ok" {
			c.report("", "", "the file is damaged: %s", annotate.Excerpt(line, 200))
		}
	}
	return each(c, `SELECT "table", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2`, nil, func(scan func(...any) error) error {
		var table, parent string
		var n int
		err := scan(&table, &parent, &n)
		c.report("", "", "%d rows of %s have lost their %s", n, table, parent)
		return err
	})
}

func (c *checker) checkTexts() error {
	return each(c, "SELECT hash, size, content FROM text", nil, func(scan func(...any) error) error {
		var hash, content string
		var size int
		err := scan(&hash, &size, &content)
		if err == nil && (annotate.HashText(content) != hash || len(content) != size) {
			c.report("", "", "the text filed under %.12s has changed", hash)
		}
		return err
	})
}

// checkPlaces checks every document's spans against its text.
func (c *checker) checkPlaces() error {
	return each(c, "SELECT d.id, d.text FROM document d WHERE EXISTS (SELECT 1 FROM span s WHERE s.document = d.id) ORDER BY d.added, d.id",
		nil, func(scan func(...any) error) error {
			var document annotate.ID
			var hash string
			if err := scan(&document, &hash); err != nil {
				return err
			}
			content, err := textBy(c, hash)
			if err != nil {
				return err
			}
			spans, err := spans(c, "s.document = ?", document)
			if err != nil {
				return err
			}
			t, body := &text{hash: hash, content: content}, annotate.NewBody(content)
			for _, s := range spans {
				if err := c.checkSpan(s, t, body); err != nil {
					return err
				}
			}
			return nil
		})
}

func (c *checker) checkSpan(s *annotate.Span, t *text, body *annotate.Body) error {
	if err := s.Check(t.content); err != nil {
		c.report(s.Document, s.ID, "%v", err)
		return nil
	}
	var covered string
	if _, err := one(c, "SELECT coalesce(covered, '') FROM span WHERE id = ?", []any{s.ID}, &covered); err != nil {
		return err
	}
	if covered != s.Covered(t.content) {
		c.report(s.Document, s.ID, "%s is stored as covering %q, but its offsets cover %q",
			title(s), annotate.Excerpt(covered, 60), annotate.Excerpt(s.Covered(t.content), 60))
	}
	for _, f := range s.Fragments {
		if body.SnapClusters(f) != f {
			c.findings = append(c.findings, Finding{Document: s.Document, Entity: s.ID, Warning: true, Sentence: fmt.Sprintf(
				"%s cuts through a character at bytes %d to %d", title(s), f.Start, f.End)})
		}
	}
	return each(c, `SELECT start_byte, end_byte, coalesce(start, -1), coalesce("end", -1) FROM fragment WHERE span = ?`, []any{s.ID},
		func(scan func(...any) error) error {
			var startByte, endByte, start, end int
			err := scan(&startByte, &endByte, &start, &end)
			if err == nil && (start != t.codePoint(startByte) || end != t.codePoint(endByte)) {
				c.report(s.Document, s.ID, "%s has code points %d to %d where its bytes are %d to %d", title(s), start, end, startByte, endByte)
			}
			return err
		})
}

// checkJournal goes through every entity's changes and compares what they leave
// behind with its rows.
func (c *checker) checkJournal() error {
	var kind annotate.EntityKind
	var entity annotate.ID
	var steps []step
	err := each(c, `SELECT entity_kind, entity, "before", "after", superseded, sequence FROM journal ORDER BY entity_kind, entity, clock, id`, nil,
		func(scan func(...any) error) error {
			var s step
			var k annotate.EntityKind
			var e annotate.ID
			if err := scan(&k, &e, &s.before, &s.after, &s.superseded, &s.sequence); err != nil {
				return err
			}
			if k != kind || e != entity {
				if err := c.checkEntity(kind, entity, steps); err != nil {
					return err
				}
				kind, entity, steps = k, e, nil
			}
			steps = append(steps, s)
			return nil
		})
	if err != nil {
		return err
	}
	return c.checkEntity(kind, entity, steps)
}

func (c *checker) checkEntity(kind annotate.EntityKind, entity annotate.ID, steps []step) error {
	if len(steps) == 0 {
		return nil
	}
	for i, lost := range superseded(steps) {
		if lost != steps[i].superseded {
			c.report("", entity, "entry %d of the journal is wrongly marked as superseded or not", steps[i].sequence)
		}
	}
	held, err := stored(c, kind, entity)
	if err != nil {
		return err
	}
	var raw []byte
	var document annotate.ID
	if held != nil {
		document = held.DocumentID()
		if raw, err = annotate.MarshalState(held); err != nil {
			return err
		}
	}
	if want := steps[len(steps)-1].after; !bytes.Equal(raw, want) {
		c.report(document, entity, "the rows of %s %s are not what the journal says", kind, entity)
	}
	return nil
}

// stored returns what the rows of an entity say, nil when it has none.
func stored(on source, kind annotate.EntityKind, id annotate.ID) (annotate.State, error) {
	switch kind {
	case annotate.DocumentEntity:
		return first(documents(on, "id = ?", id))
	case annotate.SpanEntity:
		return first(spans(on, "s.id = ?", id))
	case annotate.RelationEntity:
		return first(relations(on, "r.id = ?", id))
	case annotate.AssessmentEntity:
		return first(assessments(on, "id = ?", id))
	case annotate.CommentEntity:
		return first(comments(on, "c.id = ?", id))
	case annotate.RecordEntity:
		return first(records(on, "id = ?", id))
	case annotate.ConceptEntity:
		return first(concepts(on, "id = ?", id))
	case annotate.AssignmentEntity:
		return first(assignments(on, "id = ?", id))
	case annotate.DecisionEntity:
		return first(decisions(on, "id = ?", id))
	case annotate.ReviewEntity:
		return first(reviews(on, "id = ?", id))
	case annotate.MemberEntity:
		return first(members(on, "id = ?", id))
	case annotate.StintEntity:
		return first(stints(on, "id = ?", id))
	}
	s, err := scheme(on)
	if err != nil || s == nil {
		return nil, err
	}
	return s, nil
}

func first[S annotate.State](list []S, err error) (annotate.State, error) {
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}

// question asks the database for rows of (document, entity, detail) that should
// not be there; sentence tells of one, with the detail for %s.
type question struct{ query, sentence string }

func (c *checker) ask(questions []question) error {
	for _, q := range questions {
		err := each(c, q.query, nil, func(scan func(...any) error) error {
			var document, entity annotate.ID
			var detail string
			err := scan(&document, &entity, &detail)
			c.report(document, entity, q.sentence, detail)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// checkRows looks for rows that no change explains.
func (c *checker) checkRows() error {
	var questions []question
	for _, kind := range []string{"document", "span", "relation", "assessment", "comment", "record", "concept", "assignment", "decision", "review", "member", "stint", "scheme"} {
		questions = append(questions, question{
			`SELECT '', id, '` + kind + `' FROM ` + kind + ` e WHERE NOT EXISTS
				(SELECT 1 FROM journal WHERE entity_kind = '` + kind + `' AND entity = e.id)`,
			"the journal knows nothing of this %s",
		})
	}
	return c.ask(questions)
}

// checkLoose looks for what points at nothing, and for what is there twice.
func (c *checker) checkLoose() error {
	questions := []question{
		{`SELECT r.document, r.id, r.label || ' (' || a.role || ')' FROM argument a JOIN relation r ON r.id = a.relation
			WHERE a.span <> '' AND NOT EXISTS (SELECT 1 FROM span s WHERE s.id = a.span)`, "an argument of relation %s is a span that does not exist"},
		{`SELECT r.document, r.id, r.label || ' (' || a.role || ')' FROM argument a JOIN relation r ON r.id = a.relation
			WHERE a.target <> '' AND NOT EXISTS (SELECT 1 FROM relation t WHERE t.id = a.target)`, "an argument of relation %s is a relation that does not exist"},
		{`SELECT document, id, label FROM record r WHERE parent <> '' AND NOT EXISTS (SELECT 1 FROM record p WHERE p.id = r.parent)`, "record %s lies in a record that does not exist"},
		{`SELECT s.document, s.id, s.label FROM mention m JOIN span s ON s.id = m.span
			WHERE EXISTS (SELECT 1 FROM concept) AND m.concept IN (SELECT entity FROM journal WHERE entity_kind = 'concept')
			AND NOT EXISTS (SELECT 1 FROM concept c WHERE c.id = m.concept)`, "a %s is linked to a concept that does not exist"},
		{`SELECT '', id, name FROM concept c WHERE "into" <> '' AND NOT EXISTS (SELECT 1 FROM concept o WHERE o.id = c."into")`, "concept %s is merged into one that does not exist"},
		{`SELECT min(id), max(id), name FROM document GROUP BY name HAVING count(*) > 1`, "more than one document is named %s"},
	}
	for _, kind := range []string{"span", "relation", "assessment", "comment", "record", "assignment", "decision", "review"} {
		questions = append(questions, question{
			`SELECT document, id, '` + kind + `' FROM ` + kind + ` e WHERE NOT EXISTS (SELECT 1 FROM document d WHERE d.id = e.document)`,
			"this %s belongs to a document that is not in the project",
		})
	}
	return c.ask(questions)
}

// checkAside looks for comments about what is gone, and for reviews that what happened
// elsewhere has overtaken. Nothing is broken by them: one person may have commented on
// what another deleted at the same time, or accepted what another was changing.
func (c *checker) checkAside() error {
	known := len(c.findings)
	err := c.ask([]question{
		{`SELECT document, id, annotator FROM comment c WHERE span <> '' AND NOT EXISTS (SELECT 1 FROM span s WHERE s.id = c.span)`, "what %s commented on, a span, is gone"},
		{`SELECT document, id, annotator FROM comment c WHERE relation <> '' AND NOT EXISTS (SELECT 1 FROM relation r WHERE r.id = c.relation)`, "what %s commented on, a relation, is gone"},
		{
			`SELECT r.document, r.id, r.annotator FROM review r WHERE r.status = 'final' AND EXISTS (SELECT 1 FROM journal j
			WHERE j.document = r.document AND j.annotator = r.annotator AND j.entity_kind IN ('span', 'relation', 'record', 'assessment')
				AND NOT j.superseded AND j.sequence > (SELECT max(v.sequence) FROM journal v
					WHERE v.entity_kind = 'review' AND v.entity = r.id AND NOT v.superseded))`,
			"the work of %s was accepted as final while it was being changed elsewhere; look at it again",
		},
		{`SELECT r.document, r.id, r."by" FROM review r JOIN member m ON m.annotator = r."by"
			WHERE r.status <> 'in_review' AND m.duty = 'annotator'
			AND (SELECT max(clock) FROM journal WHERE entity_kind = 'member' AND entity = m.id)
				< (SELECT max(clock) FROM journal WHERE entity_kind = 'review' AND entity = r.id AND act = 'edit' AND annotator = r."by")`, "%s, whose duty is to annotate, has returned or accepted work here"},
	})
	for i := known; i < len(c.findings); i++ {
		c.findings[i].Warning = true
	}
	return err
}

func (c *checker) checkClock() error {
	clock, err := largestClock(c)
	if err != nil {
		return err
	}
	var ahead int64
	if _, err := one(c, "SELECT count(*) FROM journal WHERE clock > ?", []any{int64(clock)}, &ahead); err != nil {
		return err
	}
	if ahead > 0 {
		c.report("", "", "%d changes are ahead of the project’s clock", ahead)
	}
	return nil
}
