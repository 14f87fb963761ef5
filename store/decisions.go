package store

import (
	"encoding/json"
	"slices"

	"spanwright/annotate"
)

// Decisions returns what was decided about a document, in order of id; about all of them
// when document is "".
func (p *Project) Decisions(document annotate.ID) ([]*annotate.Decision, error) {
	condition, args := "1", []any(nil)
	if document != "" {
		condition, args = "document = ?", []any{document}
	}
	found, err := decisions(p.reading, condition, args...)
	return found, p.fault(err)
}

// CountDecisions returns how many decisions there are.
func (p *Project) CountDecisions() (n int, err error) {
	_, err = one(p.reading, "SELECT count(*) FROM decision", nil, &n)
	return n, p.fault(err)
}

// decisions reads decisions; condition is what follows WHERE.
func decisions(on source, condition string, args ...any) ([]*annotate.Decision, error) {
	var found []*annotate.Decision
	err := each(on, "SELECT content FROM decision WHERE "+condition+" ORDER BY id", args, func(scan func(...any) error) error {
		var raw []byte
		if err := scan(&raw); err != nil {
			return err
		}
		state, err := annotate.UnmarshalState(annotate.DecisionEntity, raw)
		if err == nil {
			found = append(found, state.(*annotate.Decision))
		}
		return err
	})
	return found, err
}

func (b *batch) putDecision(d *annotate.Decision) error {
	content, err := annotate.MarshalState(d)
	if err != nil {
		return err
	}
	if err := execute(b, `INSERT INTO decision (id, document, adjudicator, outcome, automatic, unclear, reason, content)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET document = excluded.document,
			adjudicator = excluded.adjudicator, outcome = excluded.outcome, automatic = excluded.automatic,
			unclear = excluded.unclear, reason = excluded.reason, content = excluded.content`,
		d.ID, d.Document, d.Adjudicator, d.Outcome, d.Automatic, d.Unclear, d.Reason, string(content)); err != nil {
		return err
	}
	for _, rows := range []string{"DELETE FROM side WHERE decision = ?", "DELETE FROM result WHERE decision = ?"} {
		if err := execute(b, rows, d.ID); err != nil {
			return err
		}
	}
	for i := range d.Sides {
		s := &d.Sides[i]
		if err := execute(b, "INSERT INTO side VALUES (?, ?, ?, ?, ?)", d.ID, i, s.Annotator, s.EntityID(), slices.Contains(d.Taken, s.Annotator)); err != nil {
			return err
		}
	}
	for i, r := range d.Results {
		if err := execute(b, "INSERT INTO result VALUES (?, ?, ?)", d.ID, i, r.ID); err != nil {
			return err
		}
	}
	return nil
}

// checkUndecided refuses to leave decisions about a document that is gone.
func (b *batch) checkUndecided(d *annotate.Document) error {
	var adjudicator string
	found, err := one(b, "SELECT adjudicator FROM decision WHERE document = ? LIMIT 1", []any{d.ID}, &adjudicator)
	if err == nil && found {
		err = annotate.Errorf(annotate.Conflict, "%s has decided on document %q; take that back first", adjudicator, d.Name)
	}
	return err
}

// Became returns what became of spans and relations in the adjudicated layer, as far as
// it was decided and stands there; "" of what was decided against.
func (p *Project) Became(sides ...annotate.ID) (map[annotate.ID]annotate.ID, error) {
	list, err := json.Marshal(sides)
	if err != nil {
		return nil, err
	}
	became := map[annotate.ID]annotate.ID{}
	err = p.read(func(on source) error {
		found, err := decisions(on, "id IN (SELECT decision FROM side WHERE entity <> '' AND entity IN (SELECT value FROM json_each(?)))", string(list))
		if err != nil {
			return err
		}
		for _, d := range found {
			for i := range d.Sides {
				side := d.Sides[i].EntityID()
				if result := d.ResultOf(side); slices.Contains(sides, side) && (result != "" || d.Outcome == annotate.Neither) {
					became[side] = result
				}
			}
		}
		for side, result := range became {
			var there bool
			if result == "" {
				continue
			}
			if _, err := one(on, "SELECT EXISTS (SELECT 1 FROM span WHERE id = ?1) OR EXISTS (SELECT 1 FROM relation WHERE id = ?1)", []any{result}, &there); err != nil {
				return err
			}
			if !there {
				delete(became, side)
			}
		}
		return nil
	})
	return became, err
}
