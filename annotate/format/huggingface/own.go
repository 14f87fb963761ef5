package huggingface

import (
	"encoding/json"
	"fmt"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// isOwn reports whether a row is one that is written here, by the keys that nobody else has together.
func isOwn(fields dataset.Fields) bool {
	if _, err := fields.List("meta"); err != nil {
		return false
	}
	return fields.Has("id") && fields.Has("text") && fields.Has("spans") && fields.Has("relations") && fields.Has("records") && fields.Has("concepts") && fields.Has("status")
}

// decodeOwn reads a row that was written here.
func decodeOwn(in dataset.Input, line int, raw []byte) (*dataset.Record, error) {
	var w row[string]
	if err := json.Unmarshal(raw, &w); err != nil {
		return nil, annotate.Errorf(annotate.Invalid, "the row has the keys of this format and not its types: %w", err)
	}
	d := &annotate.Document{ID: annotate.ID(w.ID), Name: w.Name, Text: w.Text, Hash: annotate.HashText(w.Text)}
	for _, f := range w.Meta {
		d.SetMeta(f.Name, f.Value)
	}
	if err := d.Check(); err != nil {
		return nil, err
	}
	o := own{in: in, wire: &w, record: &dataset.Record{Document: d, Annotator: w.Annotator, Scheme: w.Scheme, File: in.Path, Line: line}, taken: map[annotate.ID]bool{}}
	if o.record.Annotator == "" && (len(w.Spans)+len(w.Relations)+len(w.Records)+len(w.Labels) > 0 || w.Flag != "" || w.Note != "" || w.Status != string(annotate.New)) {
		o.record.Annotator = in.Annotator
	}
	for _, step := range []func() error{o.assessment, o.review, o.spans, o.relations, o.forms, o.concepts} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	o.record.Sort()
	return o.record, nil
}

// own puts the record of a row together.
type own struct {
	in     dataset.Input
	wire   *row[string]
	record *dataset.Record
	taken  map[annotate.ID]bool
}

func (o *own) once(id string) (annotate.ID, error) {
	if o.taken[annotate.ID(id)] {
		return "", annotate.Errorf(annotate.Invalid, "the id %q stands twice", id)
	}
	o.taken[annotate.ID(id)] = true
	return annotate.ID(id), nil
}

func (o *own) assessment() error {
	w, r := o.wire, o.record
	if r.Annotator == "" {
		return nil
	}
	labels, err := valuesOf(w.Labels)
	if err != nil {
		return err
	}
	r.Assessment = &annotate.Assessment{Document: r.Document.ID, Annotator: r.Annotator, Status: annotate.Status(w.Status), Labels: labels, Flag: w.Flag, Note: w.Note}
	return r.Assessment.Check()
}

func (o *own) review() error {
	r := o.record
	switch n := len(o.wire.Reviews); {
	case n > 1:
		return annotate.Errorf(annotate.Invalid, "there are %d reviews of one work", n)
	case n == 0 || r.Annotator == "":
		return nil
	}
	v := o.wire.Reviews[0]
	r.Review = &annotate.Review{Document: r.Document.ID, Annotator: r.Annotator, Status: annotate.Status(v.Status), By: v.By, Comment: v.Comment}
	if err := r.Review.Check(); err != nil {
		return err
	}
	return r.Review.Agrees(r.Assessment.Status)
}

func (o *own) spans() error {
	r := o.record
	var stretches []dataset.Stretch
	for i, s := range o.wire.Spans {
		parts := s.Fragments
		if len(parts) == 0 {
			parts = []fragment{{s.Start, s.End}}
		}
		for _, p := range parts {
			stretches = append(stretches, dataset.Stretch{
				Start: int(p.Start), End: int(p.End), Words: s.Text, Quoted: len(parts) == 1, Name: fmt.Sprintf("span %d", i+1),
			})
		}
	}
	fragments, err := r.Settle(o.in, annotate.CodePoint, stretches, dataset.Exactly)
	if err != nil {
		return err
	}
	for i, s := range o.wire.Spans {
		n := max(1, len(s.Fragments))
		made := &annotate.Span{Document: r.Document.ID, Annotator: r.Annotator, Label: s.Label, Fragments: fragments[:n:n], Flag: s.Flag, Note: s.Note}
		fragments = fragments[n:]
		if made.ID, err = o.once(s.ID); err != nil {
			return err
		}
		if made.Attributes, err = valuesOf(s.Attributes); err != nil {
			return annotate.Errorf(annotate.Invalid, "span %d: %w", i+1, err)
		}
		if err := made.Check(r.Document.Text); err != nil {
			return err
		}
		if covered := made.Covered(r.Document.Text); n > 1 && covered != s.Text {
			return annotate.Errorf(annotate.Invalid, "span %d: its fragments cover %q, but its text is %q", i+1, annotate.Excerpt(covered, 60), annotate.Excerpt(s.Text, 60))
		}
		r.Spans = append(r.Spans, made)
	}
	return nil
}

func (o *own) relations() (err error) {
	r := o.record
	for i, x := range o.wire.Relations {
		made := &annotate.Relation{Document: r.Document.ID, Annotator: r.Annotator, Label: x.Label, Flag: x.Flag, Note: x.Note}
		if made.ID, err = o.once(x.ID); err != nil {
			return err
		}
		if made.Attributes, err = valuesOf(x.Attributes); err != nil {
			return annotate.Errorf(annotate.Invalid, "relation %d: %w", i+1, err)
		}
		for _, a := range x.Arguments {
			made.Arguments = append(made.Arguments, annotate.Argument{
				Role: a.Role, Span: annotate.ID(a.Span), Relation: annotate.ID(a.Relation), Document: annotate.ID(a.Document), Implicit: a.Implicit,
			})
		}
		if err := made.Check(); err != nil {
			return err
		}
		r.Relations = append(r.Relations, made)
	}
	return nil
}

// forms reads the records, each of which stands behind the one it lies in.
func (o *own) forms() (err error) {
	r := o.record
	ranks := map[annotate.ID]string{}
	seen := map[annotate.ID]bool{"": true}
	for i, x := range o.wire.Records {
		parent := annotate.ID(x.Parent)
		if !seen[parent] {
			return annotate.Errorf(annotate.Invalid, "record %d lies in %q, and no record before it is called so", i+1, x.Parent)
		}
		ranks[parent] = annotate.RankBetween(ranks[parent], "")
		made := &annotate.Record{Document: r.Document.ID, Annotator: r.Annotator, Label: x.Label, Parent: parent, Rank: ranks[parent], Flag: x.Flag, Note: x.Note}
		if made.ID, err = o.once(x.ID); err != nil {
			return err
		}
		if made.Attributes, err = valuesOf(x.Attributes); err != nil {
			return annotate.Errorf(annotate.Invalid, "record %d: %w", i+1, err)
		}
		if err := made.Check(); err != nil {
			return err
		}
		seen[made.ID] = true
		r.Records = append(r.Records, made)
	}
	return nil
}

func (o *own) concepts() error {
	for _, c := range o.wire.Concepts {
		made := &annotate.Concept{ID: annotate.ID(c.ID), Kind: c.Kind, Name: c.Name, Aliases: c.Aliases, Note: c.Note, Into: annotate.ID(c.Into)}
		if err := made.Check(); err != nil {
			return err
		}
		o.record.Concepts = append(o.record.Concepts, made)
	}
	return nil
}
