package labelstudio

import (
	"encoding/json"
	"fmt"
	"slices"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// result is an entry of an annotation, as it is read.
type result struct {
	ID        string          `json:"id,omitempty"`
	From      string          `json:"from_name,omitempty"`
	To        string          `json:"to_name,omitempty"`
	Source    string          `json:"source,omitempty"`
	Type      string          `json:"type"`
	Value     json.RawMessage `json:"value,omitempty"`
	Kind      string          `json:"kind,omitempty"`      // ours: what the choices stand for
	Attribute string          `json:"attribute,omitempty"` // ours: what the control, of another name, asks for
	Meta      json.RawMessage `json:"meta,omitempty"`
	FromID    string          `json:"from_id,omitempty"`
	ToID      string          `json:"to_id,omitempty"`
	Direction string          `json:"direction,omitempty"`
	Labels    []string        `json:"labels,omitempty"`
	number    int             // 1-based, for messages
}

// regionKinds are the types whose results label a part of a text; the labels have the same key.
var regionKinds = []string{"labels", "hypertextlabels", "paragraphlabels"}

// What choices stand for where the scheme may not say.
const (
	boolean = "boolean"
	several = "several"
)

// region is a part of the text, with the results of one id.
type region struct {
	name       string
	part       dataset.Part
	control    string // that drew it
	labels     []string
	attributes map[string]annotate.Value
	flag, note string
}

// decoder puts the record of an annotation together.
type decoder struct {
	task      *task
	draft     *dataset.Draft
	order     []string // ids of regions
	regions   map[string]*region
	loose     []result // without a place of their own
	relations []result
	left      map[string]int // results of types that are not about text
}

// sort puts a result with those of its kind.
func (d *decoder) sort(x result) error {
	if x.Type == "relation" {
		d.relations = append(d.relations, x)
		return nil
	}
	_, attribute := attributeKinds[x.Type]
	if !attribute && !slices.Contains(regionKinds, x.Type) {
		d.left[x.Type]++
		return nil
	}
	value, err := dataset.ParseFields(x.Value)
	if err != nil {
		return annotate.Errorf(annotate.Invalid, "its value: %w", err)
	}
	if value.Has("channel") || !attribute && value.Has("x") {
		d.left[x.Type]++ // of a recording or picture
		return nil
	}
	if !value.Has("start") {
		if !attribute {
			return annotate.Errorf(annotate.Invalid, `its value has no "start"`)
		}
		d.loose = append(d.loose, x)
		return nil
	}
	return d.region(x, value)
}

// region reads a result that has a place.
func (d *decoder) region(x result, value dataset.Fields) error {
	part, err := d.task.source.place(value)
	if err != nil {
		return err
	}
	id := x.ID
	if id == "" {
		id = fmt.Sprintf("result %d", x.number)
	}
	g := d.regions[id]
	if g == nil {
		g = &region{name: fmt.Sprintf("region %q", id), part: part, control: x.From, attributes: map[string]annotate.Value{}}
		d.regions[id] = g
		d.order = append(d.order, id)
	}
	if g.part.Start != part.Start || g.part.End != part.End {
		return annotate.Errorf(annotate.Invalid, "the id %q stands for another place too", id)
	}
	if err := g.said(x.Meta); err != nil {
		return err
	}
	if _, attribute := attributeKinds[x.Type]; attribute {
		d.loose = append(d.loose, x)
		return nil
	}
	labels, err := texts(value[x.Type])
	if err != nil {
		return annotate.Errorf(annotate.Invalid, "its labels %w", err)
	}
	g.labels = append(g.labels, labels...)
	return nil
}

// said reads the note and flag of a region or relation.
func (g *region) said(raw json.RawMessage) error {
	if len(raw) == 0 || string(raw) == "null" {
		return nil
	}
	meta, err := dataset.ParseFields(raw)
	if err != nil {
		return annotate.Errorf(annotate.Invalid, "its meta: %w", err)
	}
	if g.flag, err = meta.Text("flag"); err != nil || !meta.Has("text") {
		return err
	}
	lines, err := texts(meta["text"])
	if err != nil {
		return annotate.Errorf(annotate.Invalid, "its note %w", err)
	}
	for i, line := range lines {
		if i > 0 {
			g.note += "\n"
		}
		g.note += line
	}
	return nil
}

// texts reads a list of texts, or one.
func texts(raw json.RawMessage) ([]string, error) {
	var list []string
	if len(raw) == 0 || json.Unmarshal(raw, &list) == nil {
		return list, nil
	}
	var one string
	if json.Unmarshal(raw, &one) == nil {
		return []string{one}, nil
	}
	return nil, annotate.Errorf(annotate.Invalid, "must be a list of texts")
}

// put gives the record what was sorted.
func (d *decoder) put() error {
	for _, x := range d.loose {
		if err := d.attribute(x); err != nil {
			return annotate.Errorf(annotate.Invalid, "result %d: %w", x.number, err)
		}
	}
	for _, id := range d.order {
		g := d.regions[id]
		if len(g.labels) == 0 {
			g.labels = []string{g.control}
		}
		for i, label := range g.labels {
			s := dataset.DraftSpan{Name: g.name, Label: label, Parts: []dataset.Part{g.part}, Flag: g.flag, Note: g.note}
			if i == 0 {
				s.Key = id
			}
			if len(g.attributes) > 0 {
				s.Attributes = g.attributes
			}
			d.draft.Span(s)
		}
	}
	for _, x := range d.relations {
		if err := d.relation(x); err != nil {
			return annotate.Errorf(annotate.Invalid, "result %d: %w", x.number, err)
		}
	}
	for _, kind := range annotate.SortedKeys(d.left) {
		d.draft.Record.Remark(d.task.in.Path, 0, "results of type %q are not about a text and were left out: %d", kind, d.left[kind])
	}
	return nil
}

// relation reads a relation: one to the left has its head at the end, and one that goes
// both ways has members.
func (d *decoder) relation(x result) error {
	head, tail := dataset.DraftArgument{Role: annotate.Head, Key: x.FromID}, dataset.DraftArgument{Role: annotate.Tail, Key: x.ToID}
	switch x.Direction {
	case "left":
		head.Key, tail.Key = tail.Key, head.Key
	case "bi":
		head.Role, tail.Role = annotate.Member, annotate.Member
	}
	said := region{}
	if err := said.said(x.Meta); err != nil {
		return err
	}
	labels := x.Labels
	if len(labels) == 0 {
		labels = []string{"relation"}
	}
	for _, label := range labels {
		d.draft.Relation(dataset.DraftRelation{
			Name: fmt.Sprintf("the relation in result %d", x.number), Label: label, Flag: said.flag, Note: said.note,
			Arguments: []dataset.DraftArgument{head, tail},
		})
	}
	return nil
}
