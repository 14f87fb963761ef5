package revise

import (
	"context"
	"errors"
	"slices"

	"spanwright/annotate"
	"spanwright/store"
)

// errStopped says that nobody wants the rest.
var errStopped = errors.New("stopped")

// none is the index of no step.
const none = -1

// outcome is what becomes of one state.
type outcome struct {
	before, after annotate.State // after is nil if it is deleted
	touched       []annotate.Touch
	along         int // step that deletes what it depends on; none if it goes or stays by itself
}

func (o *outcome) changes() bool { return o.after != o.before }

// rank orders what changes in a document: first what goes, that which depends on other
// things before those.
func (o *outcome) rank() int {
	if o.after != nil {
		return len(doomOrder)
	}
	return slices.Index(doomOrder, o.before.EntityKind())
}

var doomOrder = []annotate.EntityKind{annotate.CommentEntity, annotate.RelationEntity, annotate.SpanEntity, annotate.RecordEntity}

// walk goes through a project under a revision.
type walk struct {
	project       *store.Project
	revision      *annotate.Revision
	deletes       bool // some step can delete annotations
	concepts      []outcome
	before, after annotate.Lookup
}

func newWalk(project *store.Project, revision *annotate.Revision) (*walk, error) {
	w := &walk{project: project, revision: revision}
	for i := range revision.Steps {
		s := &revision.Steps[i]
		w.deletes = w.deletes || s.Kind == annotate.RemoveStep && s.Fate() == annotate.Drop && s.About != annotate.AttributeItem && s.About != annotate.ValueItem
	}
	concepts, err := project.Concepts()
	if err != nil {
		return nil, err
	}
	var now []*annotate.Concept
	for _, c := range concepts {
		after, touched := revision.Of(c)
		w.concepts = append(w.concepts, outcome{before: c, after: after, touched: touched, along: none})
		now = append(now, after.(*annotate.Concept))
	}
	w.before = annotate.Lookup{Concept: annotate.NewRegistry(concepts...).Concept, Span: w.span}
	w.after = annotate.Lookup{Concept: annotate.NewRegistry(now...).Concept, Span: func(id annotate.ID) *annotate.Span {
		if s := w.span(id); s != nil {
			after, _ := revision.Of(s)
			now, _ := after.(*annotate.Span)
			return now
		}
		return nil
	}}
	return w, nil
}

// span returns a span of any document, nil if there is none.
func (w *walk) span(id annotate.ID) *annotate.Span {
	s, err := w.project.Span(id)
	if err != nil {
		return nil
	}
	return s
}

// document is one document and what becomes of what is made of it.
type document struct {
	row     store.DocumentRow
	body    *annotate.Body
	layers  []layer
	said    []outcome // comments that go
	decided []outcome // decisions that say what others have in other words
}

// layer is what becomes of one annotator's work on a document.
type layer struct {
	before   *annotate.Layer
	outcomes []outcome
	foreign  []*annotate.Relation // of other documents that point into this one
}

// pageSize is how many documents are asked for at once.
const pageSize = 500

// each calls do for every document somebody has worked on, in the order they were added.
func (w *walk) each(ctx context.Context, progress Progress, do func(*document) error) error {
	total, err := w.project.CountDocuments(store.DocumentQuery{})
	if err != nil {
		return err
	}
	for offset := 0; ; offset += pageSize {
		page, err := w.project.Documents(store.DocumentQuery{Offset: offset, Limit: pageSize})
		if err != nil || len(page) == 0 {
			return err
		}
		for i, row := range page {
			if err := ctx.Err(); err != nil {
				return err
			}
			if progress != nil {
				progress(offset+i, total, row.Name)
			}
			d, err := w.document(row)
			if err != nil {
				return err
			}
			if len(d.layers) == 0 {
				continue
			}
			if err := do(d); err != nil {
				return err
			}
		}
	}
}

func (w *walk) document(row store.DocumentRow) (*document, error) {
	d := &document{row: row}
	annotators, err := w.project.Annotators(row.ID)
	if err != nil || len(annotators) == 0 {
		return d, err
	}
	text, err := w.project.Document(row.ID)
	if err != nil {
		return nil, err
	}
	d.body = annotate.NewBody(text.Text)
	for _, annotator := range annotators {
		before, err := w.project.Layer(row.ID, annotator)
		if err != nil {
			return nil, err
		}
		d.layers = append(d.layers, w.layer(before))
	}
	if err := w.decisions(d); err != nil {
		return nil, err
	}
	return d, w.silence(d)
}

// layer finds what becomes of everything in a layer.
func (w *walk) layer(before *annotate.Layer) layer {
	l := layer{before: before}
	gone := map[annotate.ID]int{} // records → step
	add := func(state annotate.State, along int) bool {
		o := outcome{before: state, along: along}
		if along == none {
			o.after, o.touched = w.revision.Of(state)
		}
		l.outcomes = append(l.outcomes, o)
		return o.after != nil
	}
	for s := range before.Spans() {
		add(s, none)
	}
	for _, r := range before.Relations() {
		if r.Document != before.Document {
			l.foreign = append(l.foreign, r)
			continue
		}
		add(r, w.doomed(before, r, nil))
	}
	for _, r := range before.AllRecords() {
		along := none
		if step, in := gone[r.Parent]; in {
			along = step
		}
		if !add(r, along) {
			o := &l.outcomes[len(l.outcomes)-1]
			gone[r.ID] = max(o.along, dropping(o.touched))
		}
	}
	if before.Assessed {
		add(before.Assessment, none)
	}
	return l
}

// dropping returns the step that deletes a state, by what touches it.
func dropping(touched []annotate.Touch) int {
	for _, t := range touched {
		if t.Fate == annotate.Drop {
			return t.Step
		}
	}
	return none
}

// doomed returns the step that deletes something a relation points at, directly or
// through other relations, none if nothing does. Relations under way are seen.
func (w *walk) doomed(in *annotate.Layer, r *annotate.Relation, seen []annotate.ID) int {
	if !w.deletes {
		return none
	}
	after, _ := w.revision.Of(r)
	if after == nil {
		return none // it goes by itself
	}
	seen = append(seen, r.ID)
	for _, a := range after.(*annotate.Relation).Arguments {
		if step := w.target(in, a, seen); step != none {
			return step
		}
	}
	return none
}

// target returns the step that deletes what an argument points at, none if it stays.
func (w *walk) target(in *annotate.Layer, a annotate.Argument, seen []annotate.ID) int {
	if a.Span != "" {
		s := in.Span(a.Span)
		if s == nil {
			s = w.span(a.Span)
		}
		if s != nil {
			if after, touched := w.revision.Of(s); after == nil {
				return dropping(touched)
			}
		}
		return none
	}
	if a.Relation == "" || slices.Contains(seen, a.Relation) {
		return none
	}
	r := in.Relation(a.Relation)
	if r == nil {
		var err error
		if r, err = w.project.Relation(a.Relation); err != nil {
			return none
		}
	}
	if after, touched := w.revision.Of(r); after == nil {
		return dropping(touched)
	}
	return w.doomed(in, r, seen)
}

// silence finds the comments about what goes in a document.
func (w *walk) silence(d *document) error {
	doomed := map[annotate.ID]int{}
	for _, l := range d.layers {
		for i := range l.outcomes {
			if o := &l.outcomes[i]; o.after == nil {
				doomed[o.before.EntityID()] = max(o.along, dropping(o.touched))
			}
		}
	}
	if len(doomed) == 0 {
		return nil
	}
	said, err := w.project.Comments(d.row.ID, "")
	if err != nil {
		return err
	}
	for _, c := range said {
		if step, gone := doomed[c.Subject()]; gone && c.Document == d.row.ID {
			d.said = append(d.said, outcome{before: c, along: step})
		}
	}
	return nil
}

// changing returns everything of a document that changes, what was made later first.
func (d *document) changing() []*outcome {
	var all []*outcome
	for i := range d.said {
		all = append(all, &d.said[i])
	}
	for i := range d.decided {
		all = append(all, &d.decided[i])
	}
	for k := range d.layers {
		outcomes := d.layers[k].outcomes
		for i := range slices.Backward(outcomes) {
			if outcomes[i].changes() {
				all = append(all, &outcomes[i])
			}
		}
	}
	return all
}

// after returns the layer as it will be.
func (l *layer) after(w *walk) *annotate.Layer {
	after := annotate.NewLayer(l.before.Document, l.before.Annotator)
	for i := range l.outcomes {
		if o := &l.outcomes[i]; o.after != nil {
			after.Apply(&annotate.Change{After: o.after})
		}
	}
	for _, r := range l.foreign {
		if w.doomed(l.before, r, nil) != none {
			continue
		}
		if now, _ := w.revision.Of(r); now != nil {
			after.Apply(&annotate.Change{After: now})
		}
	}
	return after
}
