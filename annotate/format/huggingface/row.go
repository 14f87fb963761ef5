package huggingface

import (
	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// row is a record as a row of a data set. L is what labels and status are: texts in JSON,
// and in Parquet their numbers among the names of a ClassLabel. Columns of Parquet are
// optional, though never null, since datasets forgets the features of those that are not.
type row[L any] struct {
	ID        string        `json:"id" parquet:"id,optional"`
	Name      string        `json:"name" parquet:"name,optional"`
	Text      string        `json:"text" parquet:"text,optional"`
	Annotator string        `json:"annotator" parquet:"annotator,optional"`
	Status    L             `json:"status" parquet:"status,optional"`
	Scheme    string        `json:"scheme" parquet:"scheme,optional"`
	Flag      string        `json:"flag" parquet:"flag,optional"`
	Note      string        `json:"note" parquet:"note,optional"`
	Labels    []attribute   `json:"labels" parquet:"labels,list,optional" parquet-element:",optional"`
	Meta      []field       `json:"meta" parquet:"meta,list,optional" parquet-element:",optional"`
	Spans     []span[L]     `json:"spans" parquet:"spans,list,optional" parquet-element:",optional"`
	Relations []relation[L] `json:"relations" parquet:"relations,list,optional" parquet-element:",optional"`
	Records   []form[L]     `json:"records" parquet:"records,list,optional" parquet-element:",optional"`
	Concepts  []concept     `json:"concepts" parquet:"concepts,list,optional" parquet-element:",optional"`
	Reviews   []review      `json:"reviews" parquet:"reviews,list,optional" parquet-element:",optional"` // one or none
}

// review says where the review of the annotator's work stands.
type review struct {
	Status  string `json:"status" parquet:"status,optional"`
	By      string `json:"by" parquet:"by,optional"`
	Comment string `json:"comment" parquet:"comment,optional"`
}

// attribute is an attribute with its values, of which a list has any number and all else one.
type attribute struct {
	Name   string   `json:"name" parquet:"name,optional"`
	Kind   string   `json:"kind" parquet:"kind,optional"` // text, boolean, number or list
	Values []string `json:"values" parquet:"values,list,optional" parquet-element:",optional"`
}

// field is a metadata field.
type field struct {
	Name  string `json:"name" parquet:"name,optional"`
	Value string `json:"value" parquet:"value,optional"`
}

// fragment is a stretch of the text in code points.
type fragment struct {
	Start int64 `json:"start" parquet:"start,optional"`
	End   int64 `json:"end" parquet:"end,optional"`
}

type span[L any] struct {
	ID         string      `json:"id" parquet:"id,optional"`
	Label      L           `json:"label" parquet:"label,optional"`
	Start      int64       `json:"start" parquet:"start,optional"`
	End        int64       `json:"end" parquet:"end,optional"`
	Text       string      `json:"text" parquet:"text,optional"`
	Fragments  []fragment  `json:"fragments" parquet:"fragments,list,optional" parquet-element:",optional"`
	Attributes []attribute `json:"attributes" parquet:"attributes,list,optional" parquet-element:",optional"`
	Flag       string      `json:"flag" parquet:"flag,optional"`
	Note       string      `json:"note" parquet:"note,optional"`
}

type relation[L any] struct {
	ID         string      `json:"id" parquet:"id,optional"`
	Label      L           `json:"label" parquet:"label,optional"`
	Arguments  []argument  `json:"args" parquet:"args,list,optional" parquet-element:",optional"`
	Attributes []attribute `json:"attributes" parquet:"attributes,list,optional" parquet-element:",optional"`
	Flag       string      `json:"flag" parquet:"flag,optional"`
	Note       string      `json:"note" parquet:"note,optional"`
}

type argument struct {
	Role     string `json:"role" parquet:"role,optional"`
	Span     string `json:"span" parquet:"span,optional"`
	Relation string `json:"relation" parquet:"relation,optional"`
	Document string `json:"document" parquet:"document,optional"`
	Implicit bool   `json:"implicit" parquet:"implicit,optional"`
}

// form is a record about the document, which lies in the one whose id is Parent.
type form[L any] struct {
	ID         string      `json:"id" parquet:"id,optional"`
	Parent     string      `json:"parent" parquet:"parent,optional"`
	Label      L           `json:"label" parquet:"label,optional"`
	Attributes []attribute `json:"attributes" parquet:"attributes,list,optional" parquet-element:",optional"`
	Flag       string      `json:"flag" parquet:"flag,optional"`
	Note       string      `json:"note" parquet:"note,optional"`
}

type concept struct {
	ID      string   `json:"id" parquet:"id,optional"`
	Kind    string   `json:"kind" parquet:"kind,optional"`
	Name    string   `json:"name" parquet:"name,optional"`
	Aliases []string `json:"aliases" parquet:"aliases,list,optional" parquet-element:",optional"`
	Note    string   `json:"note" parquet:"note,optional"`
	Into    string   `json:"into" parquet:"into,optional"`
}

// names turn labels into what rows hold.
type names[L any] struct {
	status, span, relation, record func(string) L
}

// newRow returns r as a row. No list of it is nil, since that would be null in JSON.
func newRow[L any](r *dataset.Record, n names[L]) *row[L] {
	d := r.Document
	made := &row[L]{
		ID: string(d.ID), Name: d.Name, Text: d.Text, Annotator: r.Annotator, Status: n.status(string(annotate.New)), Scheme: r.Scheme,
		Labels: []attribute{}, Meta: []field{}, Spans: []span[L]{}, Relations: []relation[L]{}, Records: []form[L]{}, Concepts: []concept{}, Reviews: []review{},
	}
	if len(r.Spans)+len(r.Relations)+len(r.Records) > 0 {
		made.Status = n.status(string(annotate.InProgress))
	}
	if a := r.Assessment; a != nil {
		made.Status, made.Labels, made.Flag, made.Note = n.status(string(a.Status)), attributesOf(a.Labels), a.Flag, a.Note
	}
	if v := r.Review; v != nil {
		made.Reviews = append(made.Reviews, review{string(v.Status), v.By, v.Comment})
	}
	for _, name := range annotate.SortedKeys(d.Meta) {
		made.Meta = append(made.Meta, field{name, d.Meta[name]})
	}
	offsets := annotate.NewOffsets(d.Text)
	at := func(f annotate.Fragment) fragment {
		return fragment{int64(offsets.To(annotate.CodePoint, f.Start)), int64(offsets.To(annotate.CodePoint, f.End))}
	}
	for _, s := range r.Spans {
		extent := at(s.Extent())
		p := span[L]{
			ID: string(s.ID), Label: n.span(s.Label), Start: extent.Start, End: extent.End, Text: s.Covered(d.Text),
			Attributes: attributesOf(s.Attributes), Flag: s.Flag, Note: s.Note,
		}
		for _, f := range s.Fragments {
			p.Fragments = append(p.Fragments, at(f))
		}
		made.Spans = append(made.Spans, p)
	}
	for _, x := range r.Relations {
		p := relation[L]{ID: string(x.ID), Label: n.relation(x.Label), Attributes: attributesOf(x.Attributes), Flag: x.Flag, Note: x.Note}
		for _, a := range x.Arguments {
			p.Arguments = append(p.Arguments, argument{a.Role, string(a.Span), string(a.Relation), string(a.Document), a.Implicit})
		}
		made.Relations = append(made.Relations, p)
	}
	for _, x := range r.Records {
		made.Records = append(made.Records, form[L]{string(x.ID), string(x.Parent), n.record(x.Label), attributesOf(x.Attributes), x.Flag, x.Note})
	}
	for _, c := range r.Concepts {
		made.Concepts = append(made.Concepts, concept{string(c.ID), c.Kind, c.Name, append([]string{}, c.Aliases...), c.Note, string(c.Into)})
	}
	return made
}

// The kinds of values.
const (
	textKind    = "text"
	booleanKind = "boolean"
	numberKind  = "number"
	listKind    = "list"
)

func attributesOf(values map[string]annotate.Value) []attribute {
	all := []attribute{}
	for _, name := range annotate.SortedKeys(values) {
		v := values[name]
		a := attribute{name, textKind, []string{v.String()}}
		if _, ok := v.Bool(); ok {
			a.Kind = booleanKind
		}
		if _, ok := v.Number(); ok {
			a.Kind = numberKind
		}
		if choices, ok := v.Choices(); ok {
			a.Kind, a.Values = listKind, append([]string{}, choices...)
		}
		all = append(all, a)
	}
	return all
}

// value returns the value of an attribute.
func (a attribute) value() (annotate.Value, error) {
	if a.Kind == listKind {
		return annotate.Choices(a.Values...), nil
	}
	if len(a.Values) != 1 {
		return annotate.Value{}, annotate.Errorf(annotate.Invalid, "attribute %q is no list and has %d values", a.Name, len(a.Values))
	}
	switch v := a.Values[0]; a.Kind {
	case textKind:
		return annotate.Text(v), nil
	case booleanKind:
		if v == "true" || v == "false" {
			return annotate.Bool(v == "true"), nil
		}
	case numberKind:
		if n, ok := annotate.Number(v); ok {
			return n, nil
		}
	}
	return annotate.Value{}, annotate.Errorf(annotate.Invalid, "attribute %q has the kind %q and the value %q, which do not go together", a.Name, a.Kind, a.Values[0])
}

func valuesOf(all []attribute) (map[string]annotate.Value, error) {
	if len(all) == 0 {
		return nil, nil
	}
	values := map[string]annotate.Value{}
	for _, a := range all {
		if _, twice := values[a.Name]; twice {
			return nil, annotate.Errorf(annotate.Invalid, "attribute %q stands twice", a.Name)
		}
		v, err := a.value()
		if err != nil {
			return nil, err
		}
		values[a.Name] = v
	}
	return values, nil
}
