package doccano

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// read yields the records of each line; one of doccano before 1.0 has one for each user.
func read(ctx context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	return func(yield func(*dataset.Record, error) bool) {
		names := readLabels(in.Path)
		for v, err := range dataset.JSONValues(ctx, in.Path) {
			var records []*dataset.Record
			if err == nil {
				records, err = decode(in, v, names)
			}
			if err != nil {
				if !yield(nil, dataset.Place(err, in.Path, v.Line)) {
					return
				}
				continue
			}
			for _, r := range records {
				r.End = v.End
				if !yield(r, nil) {
					return
				}
			}
		}
	}
}

// own are the keys that are not metadata.
var own = []string{"text", "label", "labels", "entities", "relations", "cats", "annotations", "annotation_approver", "Comments", "comments", "name", "annotator", "attributes", "meta"}

// decode reads one line.
func decode(in dataset.Input, v dataset.JSONValue, names labels) ([]*dataset.Record, error) {
	fields, err := dataset.ParseFields(v.Raw)
	if err != nil {
		return nil, err
	}
	if !fields.Has("text") {
		return nil, annotate.Errorf(annotate.Invalid, `it has no "text"`)
	}
	if !fields.Has("annotations") {
		r, err := decodeLayer(in, v.Line, fields, names, fields)
		return []*dataset.Record{r}, err
	}
	users, err := byUser(fields, in.Annotator)
	if err != nil {
		return nil, err
	}
	var records []*dataset.Record
	for _, user := range slices.Sorted(maps.Keys(users)) {
		layer, err := asLayer(user, users[user])
		if err != nil {
			return nil, err
		}
		r, err := decodeLayer(in, v.Line, fields, names, layer)
		if err != nil {
			return nil, err
		}
		records = append(records, r)
	}
	return records, nil
}

// decodeLayer reads what one annotator did with the document of fields.
func decodeLayer(in dataset.Input, line int, fields dataset.Fields, names labels, layer dataset.Fields) (*dataset.Record, error) {
	text, err := fields.Text("text")
	if err != nil {
		return nil, err
	}
	name, err := fields.Text("name")
	if err != nil {
		name = "" // a column of that name is no document's name
	}
	draft, err := dataset.NewDraft(in, line, name, text)
	if err != nil {
		return nil, err
	}
	if draft.Record.Annotator, err = layer.Text("annotator"); err != nil {
		return nil, err
	}
	d := decoder{draft: draft, labels: names}
	for _, step := range []func(dataset.Fields) error{d.spans, d.relations, d.document} {
		if err := step(layer); err != nil {
			return nil, err
		}
	}
	if d.numbered && len(names) == 0 {
		draft.Record.Remark(in.Path, 0, "its labels are numbers; put doccano's list of labels beside the file as label_config.json to have their names")
	}
	if err := metadata(fields, draft.Record.Document); err != nil {
		return nil, err
	}
	return draft.Finish(annotate.CodePoint)
}

// metadata takes what doccano does not know, and what stands in "meta".
func metadata(fields dataset.Fields, d *annotate.Document) error {
	rest := maps.Clone(fields)
	for _, key := range own {
		delete(rest, key)
	}
	rest.SetMeta(d)
	meta, err := fields.Object("meta")
	if err != nil {
		d.SetMeta("meta", dataset.Plainly(fields["meta"]))
		return nil
	}
	meta.SetMeta(d)
	return nil
}

// decoder puts the record of one layer together.
type decoder struct {
	draft    *dataset.Draft
	labels   labels
	numbered bool // a label is a number
}

// spans reads the spans of every generation; texts in their place label the document.
func (d *decoder) spans(fields dataset.Fields) error {
	for _, key := range []string{"label", "labels", "entities"} {
		if !fields.Has(key) {
			continue
		}
		if label, err := fields.Text(key); err == nil { // one class
			d.draft.Label(key, annotate.Choices(label))
			continue
		}
		items, err := fields.List(key)
		if err != nil {
			return err
		}
		var classes []string
		for _, item := range items {
			class, isClass, err := d.item(item)
			if err != nil {
				return err
			}
			if isClass {
				classes = append(classes, class)
			}
		}
		if len(classes) > 0 {
			d.draft.Label(key, annotate.Choices(classes...))
		}
	}
	return nil
}

// item reads a span, or the name of a class.
func (d *decoder) item(raw json.RawMessage) (class string, isClass bool, err error) {
	name := fmt.Sprintf("span %d", d.draft.Spans()+1)
	var triple []json.RawMessage
	if json.Unmarshal(raw, &class) == nil && string(raw) != "null" {
		return class, true, nil
	}
	if _, err := dataset.ParseOffset(raw); err == nil { // a class of doccano before 1.0
		class, err = d.label(raw)
		return class, true, err
	}
	if json.Unmarshal(raw, &triple) == nil && string(raw) != "null" {
		if len(triple) != 3 {
			return "", false, annotate.Errorf(annotate.Invalid, "%s must be a list of start, end and label, and has %d items", name, len(triple))
		}
		return "", false, d.span(name, dataset.Fields{"start_offset": triple[0], "end_offset": triple[1], "label": triple[2]})
	}
	fields, err := dataset.ParseFields(raw)
	if err != nil {
		return "", false, annotate.Errorf(annotate.Invalid, "%s: %w", name, err)
	}
	return "", false, d.span(name, fields)
}

func (d *decoder) span(name string, fields dataset.Fields) error {
	start, err := fields.Offset("start_offset")
	if err != nil {
		return annotate.Errorf(annotate.Invalid, "%s: %w", name, err)
	}
	end, err := fields.Offset("end_offset")
	if err != nil {
		return annotate.Errorf(annotate.Invalid, "%s: %w", name, err)
	}
	label, err := d.label(fields["label"])
	if err != nil {
		return annotate.Errorf(annotate.Invalid, "%s: %w", name, err)
	}
	d.draft.Span(dataset.DraftSpan{Key: key(fields["id"]), Name: name, Label: label, Parts: []dataset.Part{{Start: start, End: end}}})
	return nil
}

// label returns the name of a label, which before doccano 1.0 is a number.
func (d *decoder) label(raw json.RawMessage) (string, error) {
	var label string
	if err := json.Unmarshal(raw, &label); err == nil {
		return label, nil
	}
	number, err := dataset.ParseOffset(raw)
	if err != nil {
		return "", annotate.Errorf(annotate.Invalid, `"label" must be a text`)
	}
	d.numbered = true
	if name, known := d.labels[number]; known {
		return name, nil
	}
	return fmt.Sprint(number), nil
}

// key returns the id of a span as a relation names it, "" for none.
func key(raw json.RawMessage) string {
	if len(raw) == 0 || string(raw) == "null" {
		return ""
	}
	return string(raw)
}

func (d *decoder) relations(fields dataset.Fields) error {
	items, err := fields.List("relations")
	if err != nil {
		return err
	}
	for i, item := range items {
		name := fmt.Sprintf("relation %d", i+1)
		relation, err := dataset.ParseFields(item)
		if err != nil {
			return annotate.Errorf(annotate.Invalid, "%s: %w", name, err)
		}
		label, err := relation.Text("type")
		if err != nil {
			return annotate.Errorf(annotate.Invalid, "%s: %w", name, err)
		}
		d.draft.Relation(dataset.DraftRelation{Name: name, Label: label, Arguments: []dataset.DraftArgument{
			{Role: annotate.Head, Key: key(relation["from_id"])}, {Role: annotate.Tail, Key: key(relation["to_id"])},
		}})
	}
	return nil
}

// document reads what is said of the document: intents, attributes and comments.
func (d *decoder) document(fields dataset.Fields) error {
	cats, err := fields.List("cats")
	if err != nil {
		return err
	}
	if len(cats) > 0 {
		classes := make([]string, len(cats))
		for i, raw := range cats {
			classes[i] = dataset.Plainly(raw)
		}
		d.draft.Label("cats", annotate.Choices(classes...))
	}
	attributes, err := fields.Object("attributes")
	if err != nil {
		return err
	}
	for name, v := range attributes.Values() {
		d.draft.Label(name, v)
	}
	return d.comments(fields)
}

// comments reads comments, which are texts or objects with a text, as lines of the note.
func (d *decoder) comments(fields dataset.Fields) error {
	note := ""
	for _, key := range []string{"Comments", "comments"} {
		items, err := fields.List(key)
		if err != nil {
			return err
		}
		for _, raw := range items {
			text := dataset.Plainly(raw)
			if object, err := dataset.ParseFields(raw); err == nil && object.Has("text") {
				text = dataset.Plainly(object["text"])
			}
			if note != "" {
				note += "\n"
			}
			note += text
		}
	}
	d.draft.Note(note)
	return nil
}
