package gate

import (
	"encoding/json"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// units are what offset types count.
var units = map[string]annotate.Unit{"": annotate.CodePoint, "p": annotate.CodePoint, "j": annotate.UTF16}

// decode reads the n-th document of a file.
func decode(in dataset.Input, v dataset.JSONValue, n int) ([]*dataset.Record, error) {
	fields, err := dataset.ParseFields(v.Raw)
	if err != nil {
		return nil, err
	}
	kind, err := fields.Text("offset_type")
	if err != nil {
		return nil, err
	}
	unit, known := units[kind]
	if !known {
		return nil, annotate.Errorf(annotate.Invalid, `"offset_type" is %q, and must be "p" for code points or "j" for UTF-16 units`, annotate.Excerpt(kind, 40))
	}
	if in.Unit != "" {
		unit = in.Unit
	}
	d := &document{line: v.Line, meta: map[string]string{}}
	if d.text, err = fields.Text("text"); err != nil {
		return nil, err
	}
	if d.name, err = fields.Text("name"); err != nil {
		return nil, err
	}
	if d.name == "" && n > 1 {
		d.name = in.Numbered(n)
	}
	about, err := fields.Object("features")
	if err != nil {
		return nil, err
	}
	for name := range about {
		if about.Has(name) {
			d.meta[name] = dataset.Plainly(about[name])
		}
	}
	sets, err := fields.Object("annotation_sets")
	if err != nil {
		return nil, err
	}
	for _, name := range annotate.SortedKeys(sets) {
		s, err := decodeSet(name, sets[name])
		if err != nil {
			return nil, annotate.Errorf(annotate.Invalid, "annotation set %q: %w; the document was left out", annotate.Excerpt(name, 40), err)
		}
		d.sets = append(d.sets, s)
	}
	return d.records(in, unit)
}

// decodeSet reads an annotation set.
func decodeSet(name string, raw json.RawMessage) (*set, error) {
	fields, err := dataset.ParseFields(raw)
	if err != nil {
		return nil, err
	}
	items, err := fields.List("annotations")
	if err != nil {
		return nil, err
	}
	s := &set{name: name}
	for i, item := range items {
		if err := s.decode(item); err != nil {
			return nil, annotate.Errorf(annotate.Invalid, "annotation %d: %w", i+1, err)
		}
	}
	return s, nil
}

// decode reads an annotation.
func (s *set) decode(raw json.RawMessage) error {
	fields, err := dataset.ParseFields(raw)
	if err != nil {
		return err
	}
	a := annotation{}
	if fields.Has("id") {
		a.id = dataset.Plainly(fields["id"])
	}
	if a.kind, err = fields.Text("type"); err != nil {
		return err
	}
	if a.start, err = fields.Offset("start"); err != nil {
		return err
	}
	if a.end, err = fields.Offset("end"); err != nil {
		return err
	}
	about, err := fields.Object("features")
	if err != nil {
		return err
	}
	a.features = about.Values()
	return s.add(a)
}
