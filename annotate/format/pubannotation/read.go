package pubannotation

import (
	"cmp"
	"encoding/json"
	"fmt"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// own are the keys that are not metadata: what is read, and what says how things look.
var own = []string{"text", "denotations", "relations", "attributes", "modifications", "blocks", "tracks", "project", "name", "meta", "typesettings", "styles"}

// decode reads the n-th document of a file: a record for each track.
func decode(in dataset.Input, v dataset.JSONValue, n int) ([]*dataset.Record, error) {
	fields, err := dataset.ParseFields(v.Raw)
	if err != nil {
		return nil, err
	}
	if !fields.Has("text") {
		return nil, annotate.Errorf(annotate.Invalid, `it has no "text"`)
	}
	tracks := []dataset.Fields{fields}
	items, err := fields.List("tracks")
	if err != nil {
		return nil, err
	}
	if len(items) > 0 && !fields.Has("denotations") {
		tracks = nil
	}
	for i, raw := range items {
		track, err := dataset.ParseFields(raw)
		if err != nil {
			return nil, annotate.Errorf(annotate.Invalid, "track %d: %w", i+1, err)
		}
		tracks = append(tracks, track)
	}
	var records []*dataset.Record
	for _, track := range tracks {
		r, err := record(in, v.Line, n, fields, track)
		if err != nil {
			return nil, err
		}
		records = append(records, r)
	}
	return records, nil
}

// record reads what a track says of the document of fields.
func record(in dataset.Input, line, n int, fields, track dataset.Fields) (*dataset.Record, error) {
	text, err := fields.Text("text")
	if err != nil {
		return nil, err
	}
	name := ""
	for _, key := range []string{"name", "sourceid"} {
		if fields.Has(key) && name == "" {
			name = dataset.Plainly(fields[key])
		}
	}
	draft, err := dataset.NewDraft(in, line, cmp.Or(name, in.Numbered(n)), text)
	if err != nil {
		return nil, err
	}
	if err := fields.SetRest(draft.Record.Document, own); err != nil {
		return nil, err
	}
	if draft.Record.Annotator, err = track.Text("project"); err != nil {
		return nil, err
	}
	d := decoder{draft: draft}
	if err := d.attributes(track); err != nil {
		return nil, err
	}
	for _, key := range []string{"denotations", "blocks"} {
		if err := d.denotations(track, key); err != nil {
			return nil, err
		}
	}
	if err := d.relations(track); err != nil {
		return nil, err
	}
	return draft.Finish(annotate.CodePoint)
}

// decoder puts the record of a track together.
type decoder struct {
	draft *dataset.Draft
	said  map[string]map[string]annotate.Value // of denotations and relations, by id
}

// attributes reads what is said of denotations and relations. What modifications say is true.
func (d *decoder) attributes(track dataset.Fields) error {
	d.said = map[string]map[string]annotate.Value{}
	return each(track, []string{"attributes", "modifications"}, func(key string, x dataset.Fields) error {
		of, name, value := "subj", dataset.Plainly(x["pred"]), dataset.Fields{"": x["obj"]}.Values()[""]
		if key == "modifications" {
			of, value = "obj", annotate.Bool(true)
		}
		if !x.Has(of) || !x.Has("pred") || key == "attributes" && !x.Has("obj") {
			return annotate.Errorf(annotate.Invalid, `it must have "subj", "pred" and "obj"`)
		}
		id := dataset.Plainly(x[of])
		if d.said[id] == nil {
			d.said[id] = map[string]annotate.Value{}
		}
		d.said[id][name] = value
		return nil
	})
}

// each reads the objects of lists, and tells which one is wrong.
func each(track dataset.Fields, keys []string, read func(key string, x dataset.Fields) error) error {
	for _, key := range keys {
		items, err := track.List(key)
		if err != nil {
			return err
		}
		for i, raw := range items {
			x, err := dataset.ParseFields(raw)
			if err == nil {
				err = read(key, x)
			}
			if err != nil {
				return annotate.Errorf(annotate.Invalid, "%s %d: %w; the document was left out", key[:len(key)-1], i+1, err)
			}
		}
	}
	return nil
}

// denotations reads the spans of a key.
func (d *decoder) denotations(track dataset.Fields, key string) error {
	return each(track, []string{key}, func(_ string, x dataset.Fields) error {
		id := plainly(x["id"])
		s := dataset.DraftSpan{Key: id, Name: fmt.Sprintf("%s %q", key[:len(key)-1], id), Label: plainly(x["obj"]), Attributes: d.said[id]}
		spans := []json.RawMessage{x["span"]}
		if len(x["span"]) > 0 && x["span"][0] == '[' {
			var err error
			if spans, err = x.List("span"); err != nil {
				return err
			}
		}
		for _, raw := range spans {
			span, err := dataset.ParseFields(raw)
			if err != nil {
				return annotate.Errorf(annotate.Invalid, "its span: %w", err)
			}
			p := dataset.Part{}
			if p.Start, err = span.Offset("begin"); err != nil {
				return err
			}
			if p.End, err = span.Offset("end"); err != nil {
				return err
			}
			s.Parts = append(s.Parts, p)
		}
		d.draft.Span(s)
		return nil
	})
}

func (d *decoder) relations(track dataset.Fields) error {
	return each(track, []string{"relations"}, func(_ string, x dataset.Fields) error {
		id := plainly(x["id"])
		d.draft.Relation(dataset.DraftRelation{
			Key: id, Name: fmt.Sprintf("relation %q", id), Label: plainly(x["pred"]), Attributes: d.said[id],
			Arguments: []dataset.DraftArgument{{Role: annotate.Head, Key: plainly(x["subj"])}, {Role: annotate.Tail, Key: plainly(x["obj"])}},
		})
		return nil
	})
}

// plainly returns an id or name, "" for none.
func plainly(raw json.RawMessage) string {
	if len(raw) == 0 || string(raw) == "null" {
		return ""
	}
	return dataset.Plainly(raw)
}
