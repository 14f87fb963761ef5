package adjudication

import (
	"slices"

	"spanwright/annotate"
)

// Verdict is what an adjudicator says of a case.
type Verdict struct {
	Outcome annotate.Outcome
	// Taken are those whose sides are taken; of [annotate.Made], whose side is begun with.
	// Nobody means those who most agree, or else the first.
	Taken     []string
	Reason    string
	Unclear   bool // the guideline does not say what is right
	Automatic bool
	By        string // the adjudicator
}

// Decide returns the changes that settle a case: the decision, and what it does to the
// adjudicated layer. What a relation rests on, or a record lies in, is taken along where nothing was decided
// about it yet, from the same annotator. With a record that is decided against goes what lies in it. Where something was decided against it, or it lies in another
// document that is not adjudicated, that is a Conflict. The changes name no annotator.
func (d *Desk) Decide(c *Case, v Verdict) ([]annotate.Change, error) {
	r := d.ruling()
	if err := r.decide(c, v); err != nil {
		return nil, err
	}
	return r.finish(), nil
}

// ruling is changes under way.
type ruling struct {
	desk    *Desk
	changes []annotate.Change
	states  map[annotate.ID]annotate.State // what they leave behind; nil if it is gone
	became  map[annotate.ID]annotate.ID    // side → result
	decided map[annotate.ID]bool           // cases
	labels  *annotate.Assessment           // nil while it stays
}

func (d *Desk) ruling() *ruling {
	return &ruling{desk: d, states: map[annotate.ID]annotate.State{}, became: map[annotate.ID]annotate.ID{}, decided: map[annotate.ID]bool{}}
}

// now returns what there is of that id in the adjudicated layer, nil if nothing.
func (r *ruling) now(id annotate.ID) annotate.State {
	if s, known := r.states[id]; known {
		return s
	}
	if s := r.desk.layer.Span(id); s != nil {
		return s
	}
	if s := r.desk.layer.Relation(id); s != nil {
		return s
	}
	if s := r.desk.layer.Record(id); s != nil {
		return s
	}
	if s := r.desk.decisions[id]; s != nil {
		return s
	}
	return nil
}

func (r *ruling) set(id annotate.ID, after annotate.State) {
	r.changes = append(r.changes, annotate.Change{Before: r.now(id), After: after})
	r.states[id] = after
}

// remove deletes an annotation of the adjudicated layer and the relations that point at it.
func (r *ruling) remove(id annotate.ID) {
	for _, c := range r.desk.layer.Removal(id) {
		if s := r.now(c.EntityID()); s != nil {
			r.set(c.EntityID(), nil)
		}
	}
	if r.now(id) != nil { // made by this ruling
		r.set(id, nil)
	}
}

// finish returns the changes, with the one of the document as a whole.
func (r *ruling) finish() []annotate.Change {
	held := r.desk.layer.Assessment
	after := r.labels
	if after == nil && held.Status == annotate.New && len(r.changes) > 0 {
		after = held.Clone()
	}
	if after == nil {
		return r.changes
	}
	if after.Status == annotate.New {
		after.Status = annotate.InProgress
	}
	c := annotate.Change{After: after}
	if r.desk.layer.Assessed {
		c.Before = held
	}
	return append(r.changes, c)
}

func (r *ruling) decide(c *Case, v Verdict) error {
	if c.Loose != "" {
		return r.decideLoose(c, v)
	}
	decision := &annotate.Decision{
		ID: c.ID, Document: r.desk.text.Document, Attribute: c.Attribute, Sides: c.Sides, Among: r.desk.among,
		Outcome: v.Outcome, Reason: v.Reason, Unclear: v.Unclear, Automatic: v.Automatic, Adjudicator: v.By,
	}
	r.decided[c.ID] = true
	var err error
	switch {
	case v.Outcome == annotate.Neither:
	case c.Attribute != "":
		err = r.takeValue(decision, c, v)
	case len(c.Sides) == 0: // nobody has anything of it any more
		decision.Outcome = annotate.Made
		decision.Results = r.standing(c)
	case v.Outcome == annotate.Made:
		err = r.begin(decision, c, v)
	default:
		err = r.take(decision, c, v)
	}
	if err != nil {
		return err
	}
	r.clear(c, decision)
	if c.Attribute != "" {
		r.label(c.Attribute, decision.Value)
	}
	for i := range c.Sides {
		if side := c.Sides[i].EntityID(); side != "" {
			r.became[side] = decision.ResultOf(side)
		}
	}
	r.set(decision.ID, decision)
	return r.decideInside(c, decision)
}

// decideLoose keeps or deletes what lies in the adjudicated layer without a decision.
func (r *ruling) decideLoose(c *Case, v Verdict) error {
	if v.Outcome == annotate.Neither {
		r.remove(c.Loose)
		return nil
	}
	id := annotate.DecisionID(r.desk.text.Document, string(c.Loose))
	r.set(id, &annotate.Decision{
		ID: id, Document: r.desk.text.Document, Among: r.desk.among, Outcome: annotate.Made, Results: []annotate.Result{{ID: c.Loose}},
		Reason: v.Reason, Unclear: v.Unclear, Adjudicator: v.By,
	})
	return nil
}

// clear takes away what earlier decisions about a case led to and this one does not.
func (r *ruling) clear(c *Case, decision *annotate.Decision) {
	for _, old := range append([]*annotate.Decision{c.Decision}, c.others...) {
		if old == nil {
			continue
		}
		for _, result := range old.Results {
			if !slices.ContainsFunc(decision.Results, func(n annotate.Result) bool { return n.ID == result.ID }) {
				r.remove(result.ID)
			}
		}
		if old.ID != decision.ID {
			r.set(old.ID, nil)
		}
	}
}

// resultID returns the id of the i-th result: the one it had, if this was decided before.
func resultID(c *Case, i int) annotate.ID {
	if c.Decision != nil && i < len(c.Decision.Results) {
		return c.Decision.Results[i].ID
	}
	return annotate.ResultID(c.ID, i)
}

// take makes results of the sides that were taken, one of those that say the same.
func (r *ruling) take(decision *annotate.Decision, c *Case, v Verdict) error {
	var words []string
	for i := range c.Sides {
		s := &c.Sides[i]
		if !slices.Contains(v.Taken, s.Annotator) || slices.Contains(words, c.words[i]) {
			continue
		}
		words = append(words, c.words[i])
		if err := r.result(decision, c, s, v); err != nil {
			return err
		}
	}
	for _, name := range v.Taken {
		if c.Side(name) == nil {
			return annotate.Errorf(annotate.Invalid, "%s has nothing here to be taken; to decide for nothing say neither", name)
		}
	}
	switch {
	case len(words) == 0:
		return annotate.Errorf(annotate.Invalid, "nobody’s side was taken")
	case len(words) > 1 && v.Outcome == annotate.Took:
		return annotate.Errorf(annotate.Invalid, "the sides of %s and %s differ; take one of them, or both", v.Taken[0], v.Taken[1])
	}
	decision.Taken = slices.Sorted(slices.Values(v.Taken))
	return nil
}

// result copies a side into the adjudicated layer.
func (r *ruling) result(decision *annotate.Decision, c *Case, s *annotate.Side, v Verdict) error {
	id := resultID(c, len(decision.Results))
	var made annotate.State
	switch {
	case s.Span != nil:
		span := s.Span.Clone()
		span.ID, span.Annotator = id, annotate.AdjudicatedLayer
		made = span
	case s.Record != nil:
		record, err := r.record(s.Record, v)
		if err != nil {
			return err
		}
		record.ID = id
		made = record
	default:
		relation, err := r.relation(s.Relation, v)
		if err != nil {
			return err
		}
		relation.ID = id
		made = relation
	}
	result := annotate.Result{ID: id}
	for _, name := range c.Like(s.Annotator) {
		result.From = append(result.From, c.Side(name).EntityID())
	}
	decision.Results = append(decision.Results, result)
	r.set(id, made)
	return nil
}

// relation returns a relation of the adjudicated layer that says what r does.
func (r *ruling) relation(from *annotate.Relation, v Verdict) (*annotate.Relation, error) {
	made := from.Clone()
	made.Annotator, made.Arguments = annotate.AdjudicatedLayer, nil
	for _, a := range from.Arguments {
		if !a.Implicit {
			target, err := r.target(a, from.Annotator, v)
			if err != nil {
				return nil, err
			}
			if a.Span != "" {
				a.Span = target
			} else {
				a.Relation = target
			}
		}
		if !slices.Contains(made.Arguments, a) {
			made.Arguments = append(made.Arguments, a)
		}
	}
	return made, nil
}

// target returns what an argument of an annotator's relation points at in the adjudicated layer.
func (r *ruling) target(a annotate.Argument, annotator string, v Verdict) (annotate.ID, error) {
	if became, settled := r.resolve(a.Target()); became != "" {
		return became, nil
	} else if settled {
		return "", annotate.Errorf(annotate.Conflict, "its %s was decided against; decide that again first, or say neither here too", a.Role)
	}
	c := r.desk.bySide[a.Target()]
	if c == nil {
		if e, known := r.desk.text.Elsewhere[a.Target()]; known {
			return "", annotate.Errorf(annotate.Conflict, "its %s “%s” lies in %s; decide about it there first", a.Role, e.Words, e.Name)
		}
		return "", annotate.Errorf(annotate.Conflict, "its %s is gone from the document that it lay in", a.Role)
	}
	if r.decided[c.ID] {
		return "", annotate.Errorf(annotate.Conflict, "it is part of itself by way of its %s", a.Role)
	}
	if err := r.decide(c, Verdict{Outcome: annotate.Took, Taken: c.Like(annotator), By: v.By, Automatic: v.Automatic}); err != nil {
		return "", err
	}
	return r.became[a.Target()], nil
}

// resolve returns what became of a side; settled tells whether it was decided that nothing did.
func (r *ruling) resolve(side annotate.ID) (became annotate.ID, settled bool) {
	if result, known := r.became[side]; known {
		return result, result == ""
	}
	if result, known := r.desk.text.Became[side]; known {
		return result, result == ""
	}
	c := r.desk.bySide[side]
	if c == nil || c.Decision == nil {
		return "", false
	}
	if result := c.Decision.ResultOf(side); r.now(result) != nil {
		return result, false
	}
	return "", c.State == Settled
}

// begin makes a copy to be changed; what there is already stays.
func (r *ruling) begin(decision *annotate.Decision, c *Case, v Verdict) error {
	if decision.Results = r.standing(c); len(decision.Results) > 0 {
		return nil
	}
	from := &c.Sides[0]
	if most := c.Most(); len(most) > 0 {
		from = c.Side(most[0])
	}
	if len(v.Taken) > 0 {
		if from = c.Side(v.Taken[0]); from == nil {
			return annotate.Errorf(annotate.Invalid, "%s has nothing here to begin with", v.Taken[0])
		}
	}
	return r.result(decision, c, from, v)
}

// standing returns the results of the decision so far that are still there.
func (r *ruling) standing(c *Case) []annotate.Result {
	var found []annotate.Result
	if c.Decision != nil {
		for _, result := range c.Decision.Results {
			if r.now(result.ID) != nil {
				found = append(found, result)
			}
		}
	}
	return found
}

func (r *ruling) takeValue(decision *annotate.Decision, c *Case, v Verdict) error {
	if v.Outcome == annotate.Made {
		if held, set := r.desk.layer.Assessment.Labels[c.Attribute]; set {
			decision.Value = &held
		}
		return nil
	}
	if v.Outcome == annotate.Both {
		return annotate.Errorf(annotate.Invalid, "the document has one value of %s; take one side, or set another value", c.Attribute)
	}
	for _, name := range v.Taken {
		s := c.Side(name)
		if s == nil {
			return annotate.Errorf(annotate.Invalid, "%s has given %s no value", name, c.Attribute)
		}
		decision.Value = s.Value
	}
	if decision.Value == nil {
		return annotate.Errorf(annotate.Invalid, "nobody’s side was taken")
	}
	decision.Taken = slices.Sorted(slices.Values(v.Taken))
	return nil
}

// label sets or clears the value of an attribute of the document.
func (r *ruling) label(name string, v *annotate.Value) {
	if r.labels == nil {
		r.labels = r.desk.layer.Assessment.Clone()
	}
	if v == nil {
		delete(r.labels.Labels, name)
		return
	}
	if r.labels.Labels == nil {
		r.labels.Labels = map[string]annotate.Value{}
	}
	r.labels.Labels[name] = *v
}
