package adjudication

import (
	"slices"

	"spanwright/annotate"
	"spanwright/annotate/agreement"
)

// Apply makes the desk say what c leaves behind; the adjudicated layer holds it already.
// It reports whether what the desk was made of has changed, so that it needs making anew.
func (d *Desk) Apply(c *annotate.Change) (stale bool) {
	state := c.After
	if state == nil {
		state = c.Before
	}
	switch s := state.(type) {
	case *annotate.Decision:
		if s.Document == d.text.Document {
			d.replace(s.ID, c)
		} else {
			d.decidedElsewhere(c)
		}
		return false
	case *annotate.Span:
		return d.follow(s.Document, s.Annotator, s.ID)
	case *annotate.Relation:
		return d.follow(s.Document, s.Annotator, s.ID)
	case *annotate.Record:
		return d.follow(s.Document, s.Annotator, s.ID)
	case *annotate.Assessment:
		if s.Document != d.text.Document || s.Annotator != annotate.AdjudicatedLayer {
			return s.Document == d.text.Document
		}
		for _, of := range d.cases {
			if of.Attribute != "" {
				d.judge(of)
			}
		}
		return false
	case *annotate.Concept:
		return mergedAnew(c)
	case *annotate.Scheme, *annotate.Document:
		return true
	}
	return false
}

// decidedElsewhere takes in what was decided about what relations here point at.
func (d *Desk) decidedElsewhere(c *annotate.Change) {
	for _, state := range []annotate.State{c.Before, c.After} {
		decision, _ := state.(*annotate.Decision)
		if decision == nil {
			continue
		}
		for i := range decision.Sides {
			id := decision.Sides[i].EntityID()
			if _, ours := d.text.Elsewhere[id]; !ours {
				continue
			}
			if d.text.Became == nil {
				d.text.Became = map[annotate.ID]annotate.ID{}
			}
			delete(d.text.Became, id)
			if result := decision.ResultOf(id); c.After != nil && (result != "" || decision.Outcome == annotate.Neither) {
				d.text.Became[id] = result
			}
		}
	}
}

// mergedAnew reports whether c changes which concept one stands for.
func mergedAnew(c *annotate.Change) bool {
	before, _ := c.Before.(*annotate.Concept)
	after, _ := c.After.(*annotate.Concept)
	return before == nil || after == nil || before.Into != after.Into
}

// follow takes in that an annotation of some layer has changed.
func (d *Desk) follow(document annotate.ID, annotator string, id annotate.ID) (stale bool) {
	if annotator != annotate.AdjudicatedLayer || document != d.text.Document {
		return document == d.text.Document
	}
	for _, decision := range d.results[id] {
		d.judgeDecided(d.decisions[decision])
	}
	d.lookLoose(id)
	return false
}

// replace makes a decision what it is after c.
func (d *Desk) replace(id annotate.ID, c *annotate.Change) {
	var concerned []*annotate.Decision
	if old := d.decisions[id]; old != nil {
		d.drop(old)
		concerned = append(concerned, old)
	}
	if now, stands := c.After.(*annotate.Decision); stands {
		d.put(now)
		concerned = append(concerned, now)
	}
	for _, decision := range concerned {
		d.judgeDecided(decision)
		for _, r := range decision.Results {
			d.lookLoose(r.ID)
		}
	}
}

func (d *Desk) put(decision *annotate.Decision) {
	d.decisions[decision.ID] = decision
	for i := range decision.Sides {
		id := sideKey(&decision.Sides[i], decision.Attribute)
		if !slices.Contains(d.about[id], decision.ID) {
			d.about[id] = append(d.about[id], decision.ID)
		}
	}
	for _, r := range decision.Results {
		d.results[r.ID] = append(d.results[r.ID], decision.ID)
	}
}

func (d *Desk) drop(decision *annotate.Decision) {
	delete(d.decisions, decision.ID)
	without := func(from map[annotate.ID][]annotate.ID, id annotate.ID) {
		from[id] = slices.DeleteFunc(from[id], func(o annotate.ID) bool { return o == decision.ID })
		if len(from[id]) == 0 {
			delete(from, id)
		}
	}
	for i := range decision.Sides {
		without(d.about, sideKey(&decision.Sides[i], decision.Attribute))
	}
	for _, r := range decision.Results {
		without(d.results, r.ID)
	}
}

// judgeDecided finds out anew about every case that a decision concerns.
func (d *Desk) judgeDecided(decision *annotate.Decision) {
	if c := d.byID[decision.ID]; c != nil {
		d.judge(c)
	}
	for i := range decision.Sides {
		if c := d.bySide[sideKey(&decision.Sides[i], decision.Attribute)]; c != nil && c.ID != decision.ID {
			d.judge(c)
		}
	}
	d.lookBeside(decision.ID)
}

// judge finds out whether a case is settled.
func (d *Desk) judge(c *Case) {
	c.Decision, c.others = d.decisions[c.ID], nil
	seen := map[annotate.ID]bool{c.ID: true}
	for i := range c.Sides {
		for _, id := range d.about[sideKey(&c.Sides[i], c.Attribute)] {
			if seen[id] {
				continue
			}
			seen[id] = true
			c.others = append(c.others, d.decisions[id])
		}
	}
	slices.SortFunc(c.others, func(a, b *annotate.Decision) int { return compareIDs(a.ID, b.ID) })
	if c.Decision == nil && len(c.others) > 0 {
		c.Decision, c.others = c.others[0], c.others[1:]
	}
	switch {
	case c.Decision == nil:
		c.State, c.Why = Open, ""
	case len(c.others) > 0:
		c.State, c.Why = Reopened, "there is more than one decision about it"
	default:
		c.State = Settled
		if c.Why = d.since(c); c.Why != "" {
			c.State = Reopened
		}
	}
}

func compareIDs(a, b annotate.ID) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// since says what is otherwise now than when a case was decided, "" if nothing is.
func (d *Desk) since(c *Case) string {
	was := &Case{Sides: c.Decision.Sides}
	for i := range c.Sides {
		now := &c.Sides[i]
		switch before := was.Side(now.Annotator); {
		case before == nil:
			return now.Annotator + " has marked this since"
		case !before.Equal(now):
			return now.Annotator + " has changed it since"
		}
	}
	for i := range was.Sides {
		if before := &was.Sides[i]; c.Side(before.Annotator) == nil {
			return before.Annotator + " has taken it back since"
		}
	}
	if c.Decision.Automatic {
		for _, name := range d.among {
			if !slices.Contains(c.Decision.Among, name) {
				return name + " has worked on the document since"
			}
		}
	}
	return d.amiss(c.Decision)
}

// amiss says why the adjudicated layer does not hold what was decided, "" if it does.
func (d *Desk) amiss(decision *annotate.Decision) string {
	const otherwise = "the adjudicated layer says something else than was decided"
	if decision.Attribute != "" {
		v, set := d.layer.Assessment.Labels[decision.Attribute]
		if set != (decision.Value != nil) || set && !v.Equal(*decision.Value) {
			return otherwise
		}
		return ""
	}
	for _, r := range decision.Results {
		span, relation, record := d.layer.Span(r.ID), d.layer.Relation(r.ID), d.layer.Record(r.ID)
		if span == nil && relation == nil && record == nil {
			return "what came of it is gone from the adjudicated layer"
		}
		if relation != nil && slices.ContainsFunc(relation.Arguments, d.dangles) {
			return "what it rests on is gone from the adjudicated layer"
		}
		if record != nil && record.Parent != "" && d.layer.Record(record.Parent) == nil {
			return "what it lies in is gone from the adjudicated layer"
		}
		if decision.Outcome == annotate.Made || len(r.From) == 0 {
			continue
		}
		for i := range decision.Sides {
			s := &decision.Sides[i]
			if s.EntityID() == r.From[0] && !d.carriesOver(s, span, relation, record) {
				return otherwise
			}
		}
	}
	return ""
}

// dangles reports whether an argument points at nothing: two people may have decided apart for
// a relation and against what it rests on.
func (d *Desk) dangles(a annotate.Argument) bool {
	return !a.Implicit && a.Document == "" && d.layer.Span(a.Span) == nil && d.layer.Relation(a.Relation) == nil
}

// carriesOver reports whether an annotation says what it was taken from. What fills the roles of a
// relation, or what a record lies in, was decided by itself.
func (d *Desk) carriesOver(s *annotate.Side, span *annotate.Span, relation *annotate.Relation, record *annotate.Record) bool {
	switch {
	case s.Span != nil && span != nil:
		return d.spanWords(s.Span) == d.spanWords(span)
	case s.Relation != nil && relation != nil:
		return s.Relation.Label == relation.Label && d.sameValues(s.Relation.Attributes, relation.Attributes)
	case s.Record != nil && record != nil:
		return s.Record.Label == record.Label && d.sameValues(s.Record.Attributes, record.Attributes)
	}
	return false
}

func (d *Desk) sameValues(a, b map[string]annotate.Value) bool {
	return len(d.differentValues(a, b)) == 0
}

// lookBeside lists a decision by itself if no annotator has anything any more of what it
// is about, or never had, and something came of it.
func (d *Desk) lookBeside(id annotate.ID) {
	delete(d.extra, id)
	decision := d.decisions[id]
	if decision == nil || d.caseOf(decision) != nil || len(decision.Results) == 0 && decision.Value == nil {
		return
	}
	c := &Case{ID: id, Attribute: decision.Attribute, Decision: decision, State: Settled, depth: 1}
	kind := agreement.RelationKind
	for _, r := range decision.Results {
		switch {
		case d.layer.Span(r.ID) != nil:
			kind, c.depth = agreement.MissingSpan, 0
		case d.layer.Record(r.ID) != nil:
			kind, c.form = RecordKind, lastInForm
		}
		c.reach(d.extent(r.ID))
	}
	if decision.Attribute != "" {
		kind = agreement.DocumentValues
	}
	c.Kinds, c.Cost = []agreement.DifferenceKind{kind}, costOf(kind)
	switch c.Why = d.amiss(decision); {
	case len(decision.Sides) > 0:
		c.State, c.Why = Reopened, "everybody has taken it back since"
	case c.Why != "" && decision.Attribute == "":
		return // made by hand, and deleted by hand
	case c.Why != "":
		c.State = Reopened
	}
	d.extra[id] = c
}

// lookLoose lists what lies in the adjudicated layer without a decision.
func (d *Desk) lookLoose(id annotate.ID) {
	delete(d.extra, id)
	r, record := d.layer.Relation(id), d.layer.Record(id)
	if d.layer.Span(id) == nil && record == nil && (r == nil || r.Document != d.text.Document) || len(d.results[id]) > 0 {
		return
	}
	c := &Case{ID: id, Loose: id, Kinds: []agreement.DifferenceKind{LooseKind}, Cost: costOf(LooseKind), State: Open}
	c.reach(d.extent(id))
	switch {
	case r != nil:
		c.depth = 1
	case record != nil:
		c.form = lastInForm
	}
	d.extra[id] = c
}

func costOf(kind agreement.DifferenceKind) int {
	for _, k := range Kinds {
		if k.Kind == kind {
			return k.Cost
		}
	}
	return 0
}

// extent returns where an annotation of the adjudicated layer lies.
func (d *Desk) extent(id annotate.ID) (f annotate.Fragment) {
	if s := d.layer.Span(id); s != nil {
		return s.Extent()
	}
	c := &Case{}
	if r := d.layer.Relation(id); r != nil {
		for _, a := range r.Arguments {
			if s := d.layer.Span(a.Span); s != nil {
				c.reach(s.Extent())
			}
		}
	}
	return c.Place
}
