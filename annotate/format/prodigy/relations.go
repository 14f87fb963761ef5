package prodigy

import (
	"encoding/json"
	"fmt"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// unlabelled is the label of a token that a relation points at and nobody labelled.
const unlabelled = "token"

// relations reads the relations. Their ends are spans where they say so, else the span
// that a token stands in, else the token itself, which becomes a span.
func (d *decoder) relations(in dataset.Input) error {
	items, err := d.fields.List("relations")
	if err != nil {
		return err
	}
	if len(items) > 0 {
		if err := d.readTokens(); err != nil {
			return err
		}
	}
	for i, raw := range items {
		name := fmt.Sprintf("relation %d", i+1)
		if err := d.relation(in, name, raw); err != nil {
			return annotate.Errorf(annotate.Invalid, "%s: %w", name, err)
		}
	}
	return nil
}

func (d *decoder) readTokens() error {
	items, err := d.fields.List("tokens")
	if err != nil {
		return err
	}
	for i, raw := range items {
		fields, err := dataset.ParseFields(raw)
		if err == nil {
			var p placed
			if p, err = place(fields); err == nil {
				d.tokens = append(d.tokens, p)
				continue
			}
		}
		return annotate.Errorf(annotate.Invalid, "token %d: %w", i+1, err)
	}
	return nil
}

func (d *decoder) relation(in dataset.Input, name string, raw json.RawMessage) error {
	fields, err := dataset.ParseFields(raw)
	if err != nil {
		return err
	}
	r := dataset.DraftRelation{Name: name}
	if r.Label, err = fields.Text("label"); err != nil {
		return err
	}
	attributes, err := fields.Object("attributes")
	if err != nil {
		return err
	}
	r.Attributes = attributes.Values()
	if r.Flag, r.Note, err = said(fields); err != nil {
		return err
	}
	for _, end := range []struct{ key, role string }{{"head", annotate.Head}, {"child", annotate.Tail}} {
		key, err := d.end(in, fields, end.key)
		if err != nil {
			return err
		}
		r.Arguments = append(r.Arguments, dataset.DraftArgument{Role: end.role, Key: key})
	}
	d.draft.Relation(r)
	return nil
}

// end returns the key of the span at one end of a relation.
func (d *decoder) end(in dataset.Input, fields dataset.Fields, which string) (string, error) {
	if !fields.Has(which + "_span") {
		token, err := fields.Offset(which)
		if err != nil {
			return "", err
		}
		return d.ofToken(in, which, token)
	}
	span, err := fields.Object(which + "_span")
	if err != nil {
		return "", err
	}
	p, err := place(span)
	if err != nil {
		return "", annotate.Errorf(annotate.Invalid, "%s_span: %w", which, err)
	}
	if n, err := span.Offset("span"); err == nil && n < len(d.spans) { // ours, where several stand at one place
		return d.spans[n].key, nil
	}
	for _, s := range d.spans {
		if s.start == p.start && s.end == p.end && (s.label == p.label || p.label == "") {
			return s.key, nil
		}
	}
	return d.add(in, p), nil
}

// ofToken returns the key of the span that a token stands in.
func (d *decoder) ofToken(in dataset.Input, which string, token int) (string, error) {
	for _, s := range d.spans {
		if s.tokenStart <= token && token <= s.tokenEnd {
			return s.key, nil
		}
	}
	if token >= len(d.tokens) {
		return "", annotate.Errorf(annotate.Invalid, "its %s is token %d, and the task has %d tokens", which, token, len(d.tokens))
	}
	return d.add(in, d.tokens[token]), nil
}

// add makes a span of what a relation points at.
func (d *decoder) add(in dataset.Input, p placed) string {
	if p.label == "" {
		p.label = unlabelled
		d.draft.Record.Remark(in.Path, 0, "a relation points at offsets %d to %d, which nobody labelled; a span %q was made there", p.start, p.end, unlabelled)
	}
	p.key = fmt.Sprintf("end %d", len(d.spans)+1)
	d.spans = append(d.spans, p)
	d.draft.Span(dataset.DraftSpan{Key: p.key, Name: p.key + " of a relation", Label: p.label, Parts: []dataset.Part{{Start: p.start, End: p.end}}})
	return p.key
}
