package gate

import (
	"cmp"
	"encoding/json"
	"fmt"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// document is a document as its file tells it.
type document struct {
	line int
	name string // empty where the file says none
	text string
	meta map[string]string
	sets []*set
}

// set is an annotation set with its relations.
type set struct {
	name        string
	annotations []annotation
	relations   []relation
	empty       int // annotations that cover nothing
}

type annotation struct {
	line       int
	id, kind   string
	start, end int
	features   map[string]annotate.Value
}

type relation struct {
	line     int
	id, kind string
	members  []member
	features map[string]annotate.Value
}

// member is what a relation leads to. It has a role where we wrote it.
type member struct{ id, role string }

// add puts an annotation into the set, or the relation that it stands for.
func (s *set) add(a annotation) error {
	arguments, ok := a.features[argumentsFeature]
	if !ok {
		if a.start == a.end && a.kind != wholeKind {
			s.empty++
			return nil
		}
		s.annotations = append(s.annotations, a)
		return nil
	}
	var list []struct {
		Role string      `json:"role"`
		ID   json.Number `json:"id"`
	}
	if err := json.Unmarshal([]byte(arguments.String()), &list); err != nil {
		return annotate.Errorf(annotate.Invalid, "annotation %s: its %s cannot be read", a.id, argumentsFeature)
	}
	delete(a.features, argumentsFeature)
	x := relation{line: a.line, id: a.id, kind: a.kind, features: a.features}
	for _, m := range list {
		x.members = append(x.members, member{m.ID.String(), m.Role})
	}
	s.relations = append(s.relations, x)
	return nil
}

// records returns the record of each set that holds something, or one of a document where
// none does. Offsets count unit.
func (d *document) records(in dataset.Input, unit annotate.Unit) ([]*dataset.Record, error) {
	in.Unit = unit // which the file says
	sets := []*set{}
	for _, s := range d.sets {
		if len(s.annotations)+len(s.relations) > 0 {
			sets = append(sets, s)
		}
	}
	if len(sets) == 0 {
		sets = append(sets, &set{})
	}
	empty := 0
	for _, s := range d.sets {
		empty += s.empty
	}
	var records []*dataset.Record
	for _, s := range sets {
		r, err := d.record(in, s, unit)
		if err != nil {
			return nil, err
		}
		records = append(records, r)
	}
	if empty > 0 {
		records[0].Remark(in.Path, 0, "annotations that cover nothing were left out: %d", empty)
	}
	return records, nil
}

// record puts a layer together.
func (d *document) record(in dataset.Input, s *set, unit annotate.Unit) (*dataset.Record, error) {
	draft, err := dataset.NewDraft(in, d.line, cmp.Or(d.name, in.Name), d.text)
	if err != nil {
		return nil, err
	}
	draft.Record.Annotator = s.name
	for field, value := range d.meta {
		draft.Record.Document.SetMeta(field, value)
	}
	for _, a := range s.annotations {
		attributes, flag, note, status := said(a.features)
		if a.kind == wholeKind {
			assess(draft, attributes, flag, note, status)
			continue
		}
		draft.Span(dataset.DraftSpan{
			Key: a.id, Name: fmt.Sprintf("annotation %s", a.id), Line: a.line, Label: unfence(a.kind), Flag: flag, Note: note,
			Parts: []dataset.Part{{Start: a.start, End: a.end}}, Attributes: attributes,
		})
	}
	for _, x := range s.relations {
		x.roles()
		attributes, flag, note, _ := said(x.features)
		r := dataset.DraftRelation{Key: x.id, Name: fmt.Sprintf("relation %s", x.id), Line: x.line, Label: x.kind, Flag: flag, Note: note, Attributes: attributes}
		for _, m := range x.members {
			r.Arguments = append(r.Arguments, dataset.DraftArgument{Role: m.role, Key: m.id})
		}
		draft.Relation(r)
	}
	return draft.Finish(unit)
}

// roles gives the members of a relation their roles: those that a feature tells, else two are
// head and tail.
func (x *relation) roles() {
	told, _ := x.features[rolesFeature].Choices()
	delete(x.features, rolesFeature)
	for i := range x.members {
		m := &x.members[i]
		switch {
		case m.role != "":
		case len(told) == len(x.members):
			m.role = told[i]
		case len(x.members) == 2:
			m.role = []string{annotate.Head, annotate.Tail}[i]
		}
		m.role = cmp.Or(m.role, annotate.Member)
	}
}

// assess takes what is said of the document as a whole.
func assess(draft *dataset.Draft, labels map[string]annotate.Value, flag, note, status string) {
	if status != "" || flag != "" || note != "" {
		a := &annotate.Assessment{Status: annotate.InProgress, Flag: flag, Note: note}
		if status == string(annotate.New) || status == string(annotate.Done) {
			a.Status = annotate.Status(status)
		}
		draft.Record.Assessment = a
	}
	for name, v := range labels {
		draft.Label(name, v)
	}
}
