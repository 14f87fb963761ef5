package spacy

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"strconv"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/aside"
)

// read yields the record of each example, or of each paragraph of spaCy 2.
func read(ctx context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		number := 0
		for v, err := range dataset.JSONValues(ctx, in.Path) {
			number++
			if err != nil {
				if !yield(nil, err) {
					return
				}
				continue
			}
			for r, err := range decode(in, v, number) {
				if err != nil {
					err = dataset.Place(err, in.Path, v.Line)
				} else {
					r.End = v.End
				}
				if !yield(r, err) {
					return
				}
			}
		}
	}
}

// decode yields the records of one value, which is the number-th of its file.
func decode(in dataset.Input, v dataset.JSONValue, number int) iter.Seq2[*dataset.Record, error] {
	var pair []json.RawMessage
	if err := json.Unmarshal(v.Raw, &pair); err == nil && pair != nil {
		return func(yield func(*dataset.Record, error) bool) { yield(decodePair(in, v.Line, number, pair)) }
	}
	fields, err := dataset.ParseFields(v.Raw)
	if err == nil && fields.Has("paragraphs") {
		return decodeParagraphs(in, v.Line, number, fields)
	}
	return func(yield func(*dataset.Record, error) bool) {
		if err != nil {
			yield(nil, err)
			return
		}
		yield(decodeExample(in, v.Line, number, fields, nil))
	}
}

// decodePair reads a text and its annotations.
func decodePair(in dataset.Input, line, number int, pair []json.RawMessage) (*dataset.Record, error) {
	if len(pair) != 2 {
		return nil, annotate.Errorf(annotate.Invalid, "an example is a text and its annotations, and this list has %d items", len(pair))
	}
	fields, err := dataset.ParseFields(pair[1])
	if err != nil {
		return nil, err
	}
	fields["text"] = pair[0]
	return decodeExample(in, line, number, fields, nil)
}

// known are the keys that are not metadata.
var known = []string{"text", "entities", "spans", "cats", "links", "meta", "name", "annotator", "attributes", aside.Key}

// decodeExample reads an example whose text stands among its annotations. Pairs are relations
// that are said of the places where spans begin.
func decodeExample(in dataset.Input, line, number int, fields dataset.Fields, pairs []pair) (*dataset.Record, error) {
	if !fields.Has("text") {
		return nil, annotate.Errorf(annotate.Invalid, `it has no "text"`)
	}
	text, err := fields.Text("text")
	if err != nil {
		return nil, err
	}
	name, err := fields.Text("name")
	if err != nil {
		name = "" // a field of that name is no document's name
	}
	if name == "" {
		name = in.Numbered(number)
	}
	draft, err := dataset.NewDraft(in, line, name, text)
	if err != nil {
		return nil, err
	}
	if draft.Record.Annotator, err = fields.Text("annotator"); err != nil {
		return nil, err
	}
	d := decoder{draft: draft, taken: map[place]int{}, keys: map[string]bool{}, begin: map[int]string{}, first: map[place]string{}}
	if fields.Has(aside.Key) {
		if d.aside, err = aside.Read(fields[aside.Key]); err != nil {
			return nil, err
		}
	}
	for _, step := range []func(dataset.Fields) error{d.groups, d.entities, d.categories} {
		if err := step(fields); err != nil {
			return nil, err
		}
	}
	if d.aside != nil {
		if lost := d.aside.Relate(draft, d.keys); lost > 0 {
			draft.Record.Remark(in.Path, 0, "relations were left out whose arguments are no entities any more: %d", lost)
		}
		d.aside.Assess(draft)
	}
	if d.aside == nil || len(d.aside.Relations) == 0 {
		d.relate(in, pairs)
	}
	if fields.Has("links") && string(fields["links"]) != "{}" {
		draft.Record.Remark(in.Path, 0, "its links to a knowledge base were left out")
	}
	if err := fields.SetRest(draft.Record.Document, known); err != nil {
		return nil, err
	}
	return draft.Finish(annotate.CodePoint)
}

// place is where a span stands and what it is labelled.
type place struct {
	start, end int
	label      string
}

// decoder puts the record of an example together.
type decoder struct {
	draft *dataset.Draft
	aside *aside.Aside    // nil if nothing is
	taken map[place]int   // how many spans of a group stand there, and are no new entities
	keys  map[string]bool // of spans
	begin map[int]string  // the key of the span that begins there, of an entity if there is one
	first map[place]string
}

// pair is a relation of two spans, which are known by where they begin.
type pair struct {
	head, tail int // code points
	label      string
}

// groups reads the groups of spans. A group of another name than the usual one is told
// by an attribute.
func (d *decoder) groups(fields dataset.Fields) error {
	groups, err := fields.Object("spans")
	if err != nil {
		return err
	}
	for _, name := range annotate.SortedKeys(groups) {
		items, err := groups.List(name)
		if err != nil {
			return err
		}
		for i, raw := range items {
			p, err := d.span(fmt.Sprintf("span %d of group %s", i+1, name), raw, name)
			if err != nil {
				return err
			}
			d.taken[p]++
		}
	}
	return nil
}

// entities reads the entities that are not among the spans of the groups.
func (d *decoder) entities(fields dataset.Fields) error {
	items, err := fields.List("entities")
	if err != nil {
		return err
	}
	for i, raw := range items {
		name := fmt.Sprintf("entity %d", i+1)
		p, _, err := parsePlace(name, raw)
		if err != nil {
			return err
		}
		if d.taken[p] > 0 {
			d.taken[p]--
			d.begin[p.start] = d.first[p]
			continue
		}
		if _, err := d.span(name, raw, group); err != nil {
			return err
		}
		d.begin[p.start] = d.first[p]
	}
	return nil
}

// relate adds relations between the spans that begin where pairs say.
func (d *decoder) relate(in dataset.Input, pairs []pair) {
	lost := 0
	for i, p := range pairs {
		head, tail := d.begin[p.head], d.begin[p.tail]
		if head == "" || tail == "" {
			lost++
			continue
		}
		d.draft.Relation(dataset.DraftRelation{Name: fmt.Sprintf("relation %d", i+1), Label: p.label, Arguments: []dataset.DraftArgument{
			{Role: annotate.Head, Key: head}, {Role: annotate.Tail, Key: tail},
		}})
	}
	if lost > 0 {
		d.draft.Record.Remark(in.Path, 0, "relations were left out since no span begins where they say: %d", lost)
	}
}

// span reads a span and adds it.
func (d *decoder) span(name string, raw json.RawMessage, of string) (place, error) {
	p, known, err := parsePlace(name, raw)
	if err != nil {
		return p, err
	}
	made := dataset.DraftSpan{Key: fmt.Sprintf("span %d", d.draft.Spans()+1), Name: name, Label: p.label, Parts: []dataset.Part{{Start: p.start, End: p.end}}}
	d.aside.Take(&made)
	set := func(name, value string) {
		if made.Attributes == nil {
			made.Attributes = map[string]annotate.Value{}
		}
		made.Attributes[name] = annotate.Text(value)
	}
	if known != "" {
		set("kb_id", known)
	}
	if of != group {
		set("group", of)
	}
	d.keys[made.Key] = true
	if d.first[p] == "" {
		d.first[p] = made.Key
	}
	if d.begin[p.start] == "" {
		d.begin[p.start] = made.Key
	}
	d.draft.Span(made)
	return p, nil
}

// parsePlace reads a start, an end, a label and perhaps an id in a knowledge base.
func parsePlace(name string, raw json.RawMessage) (p place, known string, err error) {
	var items []json.RawMessage
	if json.Unmarshal(raw, &items) != nil || len(items) < 3 || len(items) > 4 {
		return p, "", annotate.Errorf(annotate.Invalid, "%s must be a list of start, end and label", name)
	}
	if p.start, err = dataset.ParseOffset(items[0]); err != nil {
		return p, "", annotate.Errorf(annotate.Invalid, "%s: its start %w", name, err)
	}
	if p.end, err = dataset.ParseOffset(items[1]); err != nil {
		return p, "", annotate.Errorf(annotate.Invalid, "%s: its end %w", name, err)
	}
	if json.Unmarshal(items[2], &p.label) != nil {
		return p, "", annotate.Errorf(annotate.Invalid, "%s: its label must be a text", name)
	}
	if len(items) == 4 {
		known = dataset.Plainly(items[3])
	}
	return p, known, nil
}

// categories reads the categories: 1 is true, 0 is false, what lies between a number.
func (d *decoder) categories(fields dataset.Fields) error {
	categories, err := fields.Object("cats")
	if err != nil {
		return err
	}
	for name, raw := range categories {
		v, err := truth(name, raw)
		if err != nil {
			return err
		}
		d.draft.Label(name, v)
	}
	attributes, err := fields.Object("attributes")
	for name, v := range attributes.Values() {
		d.draft.Label(name, v)
	}
	return err
}

// truth returns what a category is set to.
func truth(name string, raw json.RawMessage) (annotate.Value, error) {
	n, err := strconv.ParseFloat(string(raw), 64)
	switch v, ok := annotate.Number(string(raw)); {
	case err == nil && (n == 0 || n == 1):
		return annotate.Bool(n == 1), nil
	case ok:
		return v, nil
	case string(raw) == "true" || string(raw) == "false":
		return annotate.Bool(string(raw) == "true"), nil
	}
	return annotate.Value{}, annotate.Errorf(annotate.Invalid, "category %q must be a number or true or false", name)
}
