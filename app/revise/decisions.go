package revise

import (
	"slices"

	"spanwright/annotate"
)

// decisions finds what becomes of what was decided about a document: what annotators had is
// put in the new words as their annotations are, so that nothing is open again.
func (w *walk) decisions(d *document) error {
	found, err := w.project.Decisions(d.row.ID)
	if err != nil || len(found) == 0 {
		return err
	}
	gone := map[annotate.ID]bool{}
	for _, l := range d.layers {
		for i := range l.outcomes {
			if o := &l.outcomes[i]; o.after == nil {
				gone[o.before.EntityID()] = true
			}
		}
	}
	for _, decision := range found {
		if after := w.decision(decision, gone); after != decision {
			d.decided = append(d.decided, outcome{before: decision, after: after, along: none})
		}
	}
	return nil
}

// decision returns what a decision becomes; itself if nothing of it changes.
func (w *walk) decision(decision *annotate.Decision, gone map[annotate.ID]bool) *annotate.Decision {
	after, changed := decision.Clone(), false
	after.Sides = after.Sides[:0:0]
	for _, s := range decision.Sides {
		now, name := w.side(s, decision.Attribute)
		changed = changed || now == nil || !now.Equal(&s) || name != decision.Attribute
		if now != nil {
			after.Attribute = name
			after.Sides = append(after.Sides, *now)
		}
	}
	if decision.Value != nil {
		now, name := w.side(annotate.Side{Value: decision.Value}, decision.Attribute)
		if after.Value = nil; now != nil {
			after.Attribute, after.Value = name, now.Value
		}
		changed = changed || now == nil || !now.Value.Equal(*decision.Value)
	}
	kept := slices.DeleteFunc(after.Results, func(r annotate.Result) bool { return gone[r.ID] })
	changed = changed || len(kept) < len(decision.Results)
	after.Results = kept
	if !changed {
		return decision
	}
	return after
}

// side returns what a side becomes, nil if it goes, and of a value what it is the value of.
func (w *walk) side(s annotate.Side, attribute string) (*annotate.Side, string) {
	var state annotate.State
	switch {
	case s.Span != nil:
		state = s.Span
	case s.Relation != nil:
		state = s.Relation
	case s.Record != nil:
		state = s.Record
	default:
		state = &annotate.Assessment{Annotator: s.Annotator, Status: annotate.New, Labels: map[string]annotate.Value{attribute: *s.Value}}
	}
	after, _ := w.revision.Of(state)
	switch e := after.(type) {
	case *annotate.Span:
		s.Span = e
	case *annotate.Relation:
		s.Relation = e
	case *annotate.Record:
		s.Record = e
	case *annotate.Assessment:
		for name, v := range e.Labels {
			s.Value = &v
			return &s, name
		}
		return nil, attribute
	default:
		return nil, attribute
	}
	return &s, attribute
}
