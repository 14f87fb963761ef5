package jsonl

import (
	"cmp"
	"fmt"
	"unicode/utf8"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// decode reads one line. annotator is whose layer it becomes if it names nobody.
func decode(line []byte, annotator string) (*dataset.Record, error) {
	if !utf8.Valid(line) {
		return nil, annotate.CheckText(line) // tells the byte
	}
	s := &scanner{src: line}
	wire := object(s, "the record", recordFields)
	s.end()
	if s.failed() {
		return nil, s.err
	}
	return wire.record(annotator)
}

// record checks what the line says and converts its offsets.
func (w *wireRecord) record(annotator string) (*dataset.Record, error) {
	d := &annotate.Document{ID: annotate.ID(w.id), Name: w.name, Text: w.text, Hash: annotate.HashText(w.text), Meta: w.meta}
	if d.ID == "" {
		d.ID = annotate.DerivedID("document", d.Name, d.Hash)
	}
	if err := d.Check(); err != nil {
		return nil, err
	}
	unit, err := annotate.ParseUnit(w.offsets)
	if err != nil {
		return nil, err
	}
	r := &dataset.Record{Document: d, Annotator: w.annotator, Scheme: w.scheme}
	if r.Annotator == "" && w.annotated() {
		r.Annotator = annotator
	}
	if err := w.layer(r, unit); err != nil {
		return nil, err
	}
	r.Sort()
	return r, nil
}

// annotated reports whether the record holds anything a person decided.
func (w *wireRecord) annotated() bool {
	return len(w.spans)+len(w.relations)+len(w.labels)+len(w.forms) > 0 || w.flag != "" || w.note != "" || w.review != nil || annotate.Status(w.status) != annotate.New
}

// reviewed gives r its review.
func (w *wireRecord) reviewed(r *dataset.Record) error {
	if w.review == nil {
		return nil
	}
	w.review.Document, w.review.Annotator = r.Document.ID, r.Annotator
	if err := w.review.Check(); err != nil {
		return err
	}
	if err := w.review.Agrees(r.Assessment.Status); err != nil {
		return err
	}
	r.Review = w.review
	return nil
}

// layer fills r with the assessment, spans, relations and records.
func (w *wireRecord) layer(r *dataset.Record, unit annotate.Unit) error {
	assessment := &annotate.Assessment{
		Document: r.Document.ID, Annotator: r.Annotator, Status: annotate.Status(w.status),
		Labels: w.labels, Flag: w.flag, Note: w.note,
	}
	if r.Annotator == "" {
		return nil // nobody's, and nothing in it
	}
	if err := assessment.Check(); err != nil {
		return err
	}
	r.Assessment = assessment
	if err := w.reviewed(r); err != nil {
		return err
	}
	ids := identities{document: r.Document.ID, annotator: r.Annotator, taken: map[annotate.ID]bool{}}
	offsets := annotate.NewOffsets(w.text)
	for i := range w.spans {
		span, err := w.spans[i].span(r, unit, offsets)
		if err != nil {
			return err
		}
		if span.ID, err = ids.of(w.spans[i].id, "span", span.Label, fmt.Sprint(span.Fragments)); err != nil {
			return err
		}
		r.Spans = append(r.Spans, span)
	}
	for i := range w.relations {
		relation := w.relations[i].relation(r)
		var err error
		if relation.ID, err = ids.of(w.relations[i].id, "relation", relation.Label, fmt.Sprint(relation.Arguments)); err != nil {
			return err
		}
		if err := relation.Check(); err != nil {
			return err
		}
		r.Relations = append(r.Relations, relation)
	}
	for _, c := range w.concepts {
		if err := c.Check(); err != nil {
			return err
		}
	}
	r.Concepts = w.concepts
	return w.records(r, w.forms, "", &ids)
}

// records adds what lies in the record of an id, and what lies in that.
func (w *wireRecord) records(r *dataset.Record, forms []wireForm, parent annotate.ID, ids *identities) error {
	rank := ""
	for i := range forms {
		f := &forms[i]
		rank = annotate.RankBetween(rank, "")
		made := &annotate.Record{
			Document: r.Document.ID, Annotator: r.Annotator, Label: f.label, Parent: parent, Rank: rank,
			Attributes: f.attributes, Flag: f.flag, Note: f.note,
		}
		var err error
		if made.ID, err = ids.of(f.id, "record", f.label, string(parent), rank); err != nil {
			return err
		}
		if err := made.Check(); err != nil {
			return err
		}
		r.Records = append(r.Records, made)
		if err := w.records(r, f.inside, made.ID, ids); err != nil {
			return err
		}
	}
	return nil
}

// span converts offsets and checks that they cover the text the record says they do.
func (w *wireSpan) span(r *dataset.Record, unit annotate.Unit, offsets *annotate.Offsets) (*annotate.Span, error) {
	span := &annotate.Span{
		ID: named(w.id), Document: r.Document.ID, Annotator: r.Annotator, Label: w.label,
		Attributes: w.attributes, Flag: w.flag, Note: w.note,
	}
	for _, f := range w.fragments {
		fragment, err := offsets.Fragment(unit, f[0], f[1])
		if err != nil {
			return nil, annotate.Errorf(annotate.Invalid, "span %s (%s): %w", named(w.id), w.label, err)
		}
		span.Fragments = append(span.Fragments, fragment)
	}
	if err := span.Check(r.Document.Text); err != nil {
		return nil, err
	}
	first, last := w.fragments[0], w.fragments[len(w.fragments)-1]
	if w.start != first[0] || w.end != last[1] {
		return nil, annotate.Errorf(annotate.Invalid, "span %s (%s) says it reaches from %d to %d, but its fragments reach from %d to %d",
			named(w.id), w.label, w.start, w.end, first[0], last[1])
	}
	if covered := span.Covered(r.Document.Text); covered != w.text {
		return nil, annotate.Errorf(annotate.Invalid, "offsets %d to %d of span %s (%s) cover %q, but its text is %q",
			w.start, w.end, named(w.id), w.label, annotate.Excerpt(covered, 60), annotate.Excerpt(w.text, 60))
	}
	return span, nil
}

func (w *wireRelation) relation(r *dataset.Record) *annotate.Relation {
	return &annotate.Relation{
		ID: named(w.id), Document: r.Document.ID, Annotator: r.Annotator, Label: w.label, Arguments: w.arguments,
		Attributes: w.attributes, Flag: w.flag, Note: w.note,
	}
}

// named returns the id as messages name it before a missing one is derived.
func named(id string) annotate.ID { return annotate.ID(cmp.Or(id, "without id")) }

// identities gives out the ids of one layer: those in the file, or ones derived
// from what they name, so that the same file gives the same ids again.
type identities struct {
	document  annotate.ID
	annotator string
	taken     map[annotate.ID]bool
}

func (ids *identities) of(written string, kind string, content ...string) (annotate.ID, error) {
	id := annotate.ID(written)
	if id == "" {
		parts := append([]string{ids.annotator, kind}, content...)
		for id = annotate.DerivedWithin(ids.document, parts...); ids.taken[id]; id = annotate.DerivedWithin(ids.document, parts...) {
			parts = append(parts, "again")
		}
	}
	if ids.taken[id] {
		return "", annotate.Errorf(annotate.Invalid, "the id %s stands twice in the record", id)
	}
	ids.taken[id] = true
	return id, nil
}
