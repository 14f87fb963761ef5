package exchange

import (
	"slices"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// distant is an argument that its own record does not hold: it lies in another
// document or layer, which may be read later or be in the project.
type distant struct {
	relation annotate.ID
	argument annotate.Argument
	document annotate.ID // of the relation
	file     string
	line     int
}

// noteDistant remembers the arguments of a relation that its record does not hold.
func (im *importer) noteDistant(e *entry, relation *annotate.Relation) {
	for _, a := range relation.Arguments {
		if a.Implicit || e.holds(a.Target()) {
			continue
		}
		im.distant = append(im.distant, distant{relation.ID, a, e.document.ID, e.record.File, e.record.Line})
	}
}

func (e *entry) holds(id annotate.ID) bool {
	if e.ids == nil {
		e.ids = map[annotate.ID]bool{}
		for _, s := range e.record.Spans {
			e.ids[s.ID] = true
		}
		for _, r := range e.record.Relations {
			e.ids[r.ID] = true
		}
	}
	return e.ids[id]
}

// settle looks at the distant arguments once everything is there: one whose
// document has another id in the project is made to name that, and one that
// points at nothing is remarked on.
func (im *importer) settle() error {
	for _, d := range im.distant {
		if to, moved := im.moved[d.argument.Document]; moved && im.rehearsal == nil {
			if err := im.redirect(d, to); err != nil {
				return err
			}
		}
		err := im.exists(d.argument)
		if annotate.KindOf(err) == annotate.NotFound {
			im.report.Remarks = append(im.report.Remarks, dataset.Remark{
				File: d.file, Line: d.line,
				Sentence: "the " + d.argument.Role + " of relation " + string(d.relation) + " is " + string(d.argument.Target()) + ", which is not in the project",
			})
		} else if err != nil {
			return err
		}
	}
	return nil
}

func (im *importer) exists(a annotate.Argument) (err error) {
	if im.rehearsal != nil {
		if has, err := im.rehearsal.has(a.Target()); has || err != nil {
			return err
		}
	}
	if a.Span != "" {
		_, err = im.project.Span(a.Span)
	} else {
		_, err = im.project.Relation(a.Relation)
	}
	return err
}

// redirect makes a relation's argument name the document to.
func (im *importer) redirect(d distant, to annotate.ID) error {
	held, err := im.project.Relation(d.relation)
	if annotate.KindOf(err) == annotate.NotFound {
		return nil // its record was left out
	}
	if err != nil {
		return err
	}
	i := slices.Index(held.Arguments, d.argument)
	if i < 0 {
		return nil // it was there before, and named the right one
	}
	redirected := held.Clone()
	redirected.Arguments[i].Document = to
	if to == d.document {
		redirected.Arguments[i].Document = ""
	}
	_, err = im.project.Apply(annotate.Change{Group: im.group, Annotator: im.annotator, Before: held, After: redirected})
	return err
}
