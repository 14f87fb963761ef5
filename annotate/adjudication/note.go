package adjudication

import (
	"slices"

	"spanwright/annotate"
)

// Note returns the changes of decisions that go with an edit of the adjudicated layer made
// by hand: what was changed is something new now, what was deleted was decided against, and
// what was added was added by whoever did. An addition where the case lies that is being
// looked at, which may be nil, belongs to that case.
func (d *Desk) Note(changes []annotate.Change, looking *Case, by string) []annotate.Change {
	n := noting{desk: d, by: by, after: map[annotate.ID]*annotate.Decision{}}
	for i := range changes {
		c := &changes[i]
		switch c.EntityKind() {
		case annotate.DecisionEntity:
			return nil // decided by the desk
		case annotate.SpanEntity, annotate.RelationEntity, annotate.RecordEntity:
			n.annotation(c, looking)
		case annotate.AssessmentEntity:
			n.values(c)
		}
	}
	return n.changes()
}

// noting is decisions that follow from edits.
type noting struct {
	desk  *Desk
	by    string
	after map[annotate.ID]*annotate.Decision
	order []annotate.ID
}

// decision returns a decision to be changed.
func (n *noting) decision(id annotate.ID, make func() *annotate.Decision) *annotate.Decision {
	if known := n.after[id]; known != nil {
		return known
	}
	now := n.desk.decisions[id]
	if now != nil {
		now = now.Clone()
	} else {
		now = make()
	}
	now.Adjudicator, now.Automatic, now.Taken = n.by, false, nil
	n.after[id] = now
	n.order = append(n.order, id)
	return now
}

func (n *noting) annotation(c *annotate.Change, looking *Case) {
	id := c.EntityID()
	side, before := annotate.SideOf(c.After), annotate.SideOf(c.Before)
	if side.Annotator != annotate.AdjudicatedLayer && before.Annotator != annotate.AdjudicatedLayer || c.DocumentID() != n.desk.text.Document {
		return
	}
	switch {
	case c.Before == nil:
		n.added(c.After, looking)
	case c.After == nil:
		for _, of := range n.desk.results[id] {
			decision := n.decision(of, nil)
			decision.Results = slices.DeleteFunc(decision.Results, func(r annotate.Result) bool { return r.ID == id })
			decision.Outcome = annotate.Made
			if len(decision.Results) == 0 {
				decision.Outcome = annotate.Neither
			}
		}
	case !side.Equal(&before): // else it is a note, a flag or the place among other records
		for _, of := range n.desk.results[id] {
			n.decision(of, nil).Outcome = annotate.Made
		}
	}
}

// added finds the decision that something new belongs to.
func (n *noting) added(s annotate.State, looking *Case) {
	d, result := n.desk, annotate.Result{ID: s.EntityID()}
	span, isSpan := s.(*annotate.Span)
	if looking != nil && isSpan && looking.State != Settled && !looking.Relation() && !looking.Record() && looking.Loose == "" && looking.Attribute == "" && span.Extent().Overlaps(looking.Place) {
		decision := n.decision(looking.ID, func() *annotate.Decision {
			return &annotate.Decision{ID: looking.ID, Document: d.text.Document}
		})
		decision.Sides, decision.Among, decision.Outcome = looking.Sides, d.among, annotate.Made
		decision.Results = append(decision.Results, result)
		return
	}
	id := annotate.DecisionID(d.text.Document, string(s.EntityID()))
	n.decision(id, func() *annotate.Decision {
		return &annotate.Decision{ID: id, Document: d.text.Document, Among: d.among, Outcome: annotate.Made}
	}).Results = []annotate.Result{result}
}

// values finds the attributes of the document that were given other values.
func (n *noting) values(c *annotate.Change) {
	before, _ := c.Before.(*annotate.Assessment)
	after, _ := c.After.(*annotate.Assessment)
	if after == nil || after.Annotator != annotate.AdjudicatedLayer || after.Document != n.desk.text.Document {
		return
	}
	var was map[string]annotate.Value
	if before != nil {
		was = before.Labels
	}
	for _, different := range n.desk.differentValues(was, after.Labels) {
		id := annotate.DecisionID(after.Document, string(sideKey(nil, different.name)))
		decision := n.decision(id, func() *annotate.Decision {
			made := &annotate.Decision{ID: id, Document: after.Document, Attribute: different.name, Among: n.desk.among}
			if of := n.desk.byID[id]; of != nil {
				made.Sides = of.Sides
			}
			return made
		})
		decision.Outcome, decision.Value = annotate.Neither, nil
		if v, set := after.Labels[different.name]; set {
			decision.Outcome, decision.Value = annotate.Made, &v
		}
	}
}

func (n *noting) changes() []annotate.Change {
	var changes []annotate.Change
	for _, id := range n.order {
		c := annotate.Change{After: n.after[id]}
		if now := n.desk.decisions[id]; now != nil {
			c.Before = now
		}
		changes = append(changes, c)
	}
	return changes
}
