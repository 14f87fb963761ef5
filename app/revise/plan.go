package revise

import (
	"cmp"
	"context"
	"slices"

	"spanwright/annotate"
	"spanwright/store"
)

// Plan is what a change of the scheme would do to a project.
type Plan struct {
	Revision *annotate.Revision
	Counts   []Count // of each of the revision's steps
	// Before and After count violations by the rule they break, now and afterwards.
	Before, After map[annotate.Breach]int
	// New are the first violations of each rule that there would be afterwards and are not yet.
	New []Violation

	project *store.Project
	clock   uint64 // of the project when it was looked at
}

// Count is what a step touches.
type Count struct {
	Spans       int `json:"spans,omitempty"`
	Relations   int `json:"relations,omitempty"`
	Records     int `json:"records,omitempty"`
	Assessments int `json:"assessments,omitempty"` // one for each document and annotator
	Concepts    int `json:"concepts,omitempty"`
	Documents   int `json:"documents,omitempty"` // in which those are
	Lost        int `json:"lost,omitempty"`      // how many of them are deleted, or lose a value
	Kept        int `json:"kept,omitempty"`      // how many of them keep what the new scheme does not have
	// Along counts relations, records and comments that go because what they point at,
	// lie in or are about is deleted.
	Along int `json:"along,omitempty"`
}

// Total returns how many annotations, assessments and concepts the step touches.
func (c *Count) Total() int { return c.Spans + c.Relations + c.Records + c.Assessments + c.Concepts }

// Violation is one that the change would bring about.
type Violation struct {
	annotate.Violation
	Name      string `json:"name"` // of the document
	Annotator string `json:"annotator"`
	Words     string `json:"words,omitempty"` // that the annotation covers
}

// examples is how many new violations of each rule are listed.
const examples = 5

// Progress is told how many of a project's documents were looked at.
type Progress func(done, total int, name string)

// Prepare finds out what changing a project's scheme would do, of all annotators'
// layers. Decisions are by the names of items that [annotate.Revision.Find] takes.
// Errors of kind Invalid and NotFound are about the scheme and the decisions.
func Prepare(ctx context.Context, project *store.Project, to *annotate.Scheme, decisions map[string]annotate.StepDecision, progress Progress) (*Plan, error) {
	if err := to.Check(); err != nil {
		return nil, err
	}
	clock, err := project.Clock()
	if err != nil {
		return nil, err
	}
	from, err := project.Scheme()
	if err != nil {
		return nil, err
	}
	p := &Plan{
		Revision: annotate.Revise(from, to), Before: map[annotate.Breach]int{}, After: map[annotate.Breach]int{},
		project: project, clock: clock,
	}
	for _, item := range annotate.SortedKeys(decisions) {
		step, err := p.Revision.Find(item)
		if err != nil {
			return nil, err
		}
		if err := p.Revision.Decide(step, decisions[item]); err != nil {
			return nil, err
		}
	}
	p.Counts = make([]Count, len(p.Revision.Steps))
	return p, p.count(ctx, progress)
}

// count goes through the whole project.
func (p *Plan) count(ctx context.Context, progress Progress) error {
	w, err := newWalk(p.project, p.Revision)
	if err != nil {
		return err
	}
	for _, o := range w.concepts {
		p.add(&o)
	}
	if !slices.ContainsFunc(p.Revision.Steps, func(s annotate.Step) bool { return s.Kind != annotate.LookStep }) {
		return nil
	}
	return w.each(ctx, progress, func(d *document) error {
		in := map[int]bool{}
		for _, l := range d.layers {
			for i := range l.outcomes {
				p.add(&l.outcomes[i])
				for _, t := range l.outcomes[i].touched {
					in[t.Step] = true
				}
			}
			p.audit(w, d, &l)
		}
		for i := range d.said {
			p.add(&d.said[i])
		}
		for step := range in {
			p.Counts[step].Documents++
		}
		return nil
	})
}

// add counts what happens to one state.
func (p *Plan) add(o *outcome) {
	if o.along != none {
		p.Counts[o.along].Along++
		return
	}
	for _, t := range o.touched {
		c := &p.Counts[t.Step]
		switch o.before.EntityKind() {
		case annotate.SpanEntity:
			c.Spans++
		case annotate.RelationEntity:
			c.Relations++
		case annotate.RecordEntity:
			c.Records++
		case annotate.AssessmentEntity:
			c.Assessments++
		case annotate.ConceptEntity:
			c.Concepts++
		}
		switch t.Fate {
		case annotate.Drop:
			c.Lost++
		case annotate.Keep:
			c.Kept++
		}
	}
}

// audit compares what breaks the scheme in a layer with what would break the new one.
func (p *Plan) audit(w *walk, d *document, l *layer) {
	type breach struct {
		entity annotate.ID
		rule   annotate.Breach
	}
	known := map[breach]int{}
	for _, v := range annotate.NewAudit(p.Revision.From, l.before, d.body, w.before).All() {
		p.Before[v.Rule]++
		known[breach{v.Entity, v.Rule}]++
	}
	after := l.after(w)
	for _, v := range annotate.NewAudit(p.Revision.To, after, d.body, w.after).All() {
		p.After[v.Rule]++
		at := breach{v.Entity, v.Rule}
		if known[at]--; known[at] >= 0 {
			continue
		}
		if listed := func(o Violation) bool { return o.Rule == v.Rule }; count(p.New, listed) < examples {
			p.New = append(p.New, Violation{Violation: v, Name: d.row.Name, Annotator: after.Annotator, Words: words(after, v.Entity, d.body.Text())})
		}
	}
}

func count[T any](list []T, is func(T) bool) int {
	n := 0
	for _, item := range list {
		if is(item) {
			n++
		}
	}
	return n
}

// words returns what an annotation covers, or the first filler of a relation, shortened.
func words(l *annotate.Layer, id annotate.ID, text string) string {
	const longest = 60
	if r := l.Relation(id); r != nil {
		for _, a := range r.Arguments {
			if l.Span(a.Span) != nil {
				id = a.Span
				break
			}
		}
	}
	if s := l.Span(id); s != nil {
		return annotate.Excerpt(s.Covered(text), longest)
	}
	return ""
}

// Undecided returns the steps by which something would be lost, or kept against the
// new scheme, although nobody has decided that it should.
func (p *Plan) Undecided() []int {
	var open []int
	for i := range p.Revision.Steps {
		if c := &p.Counts[i]; p.Revision.Steps[i].Undecided() && c.Lost > 0 {
			open = append(open, i)
		}
	}
	return open
}

// Violations returns how many there are before and after.
func (p *Plan) Violations() (before, after int) {
	for _, n := range p.Before {
		before += n
	}
	for _, n := range p.After {
		after += n
	}
	return before, after
}

// Apply makes the change, as one group that annotator can undo, and returns how many
// changes it consists of. It is refused with a Conflict when anything in the project
// was changed since the plan was made. When it fails nothing is changed.
func (p *Plan) Apply(ctx context.Context, annotator string, progress Progress) (int, error) {
	if len(p.Revision.Steps) == 0 {
		return 0, nil
	}
	return p.project.ApplyAll(p.clock, func(yield func(annotate.Change, error) bool) {
		err := p.changes(ctx, progress, func(before, after annotate.State) error {
			if !yield(annotate.Change{Annotator: annotator, Before: before, After: after}, nil) {
				return errStopped
			}
			return nil
		})
		if err != nil && err != errStopped {
			yield(annotate.Change{}, err)
		}
	})
}

// changes calls do for everything that changes: the scheme first, then concepts, then
// document by document. What goes, goes before what it points at or is about, so that
// undoing the group brings it back after that.
func (p *Plan) changes(ctx context.Context, progress Progress, do func(before, after annotate.State) error) error {
	if err := do(p.Revision.From, p.Revision.Scheme()); err != nil {
		return err
	}
	w, err := newWalk(p.project, p.Revision)
	if err != nil {
		return err
	}
	for _, o := range w.concepts {
		if o.changes() {
			if err := do(o.before, o.after); err != nil {
				return err
			}
		}
	}
	if !slices.ContainsFunc(p.Counts, func(c Count) bool { return c.Total() > 0 }) {
		return nil
	}
	return w.each(ctx, progress, func(d *document) error {
		changing := d.changing()
		slices.SortStableFunc(changing, func(a, b *outcome) int { return cmp.Compare(a.rank(), b.rank()) })
		for _, o := range changing {
			if err := do(o.before, o.after); err != nil {
				return err
			}
		}
		return nil
	})
}
