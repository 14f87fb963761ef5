package labelstudio

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"iter"
	"os"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// read yields the records of tasks, or of what JSON_MIN makes of them. Where the labelling
// configuration lies beside, as it is written here, it says what the controls of JSON_MIN are.
func read(ctx context.Context, in dataset.Input) iter.Seq2[*dataset.Record, error] {
	asked := controlsBeside(in.Path)
	return dataset.ReadValues(func(in dataset.Input, v dataset.JSONValue, n int) ([]*dataset.Record, error) {
		return decode(in, v, n, asked)
	})(ctx, in)
}

// asked is a control, as a labelling configuration has it.
type asked struct {
	attribute, kind, of string // kind is the type of its results, of what their choices stand for
	perRegion           bool
}

// controlsBeside returns the controls of the labelling configuration beside a file, by name;
// none where there is none that can be read.
func controlsBeside(path string) map[string]asked {
	f, err := os.Open(path + beside)
	if err != nil {
		return nil
	}
	defer f.Close()
	x, err := dataset.NewXML(f)
	if err != nil {
		return nil
	}
	found := map[string]asked{}
	name, choices := "", []string(nil)
	for {
		token, err := x.Token()
		if err != nil { // the end, or nothing that can be trusted further
			return found
		}
		switch t := token.(type) {
		case xml.StartElement:
			kind := strings.ToLower(t.Name.Local)
			if kind == "choice" {
				choices = append(choices, attr(t, "value"))
			}
			if _, control := attributeKinds[kind]; !control {
				continue
			}
			name, choices = attr(t, "name"), nil
			of := ""
			if kind == "choices" && attr(t, "choice") == "multiple" || kind == "taxonomy" && attr(t, "maxUsages") != "1" {
				of = several
			}
			found[name] = asked{cmp.Or(attr(t, "attribute"), name), kind, of, attr(t, "perRegion") == "true"}
		case xml.EndElement:
			if c := found[name]; t.Name.Local == "Choices" && c.of == "" && slices.Equal(choices, []string{"true", "false"}) {
				c.of = boolean
				found[name] = c
			}
		}
	}
}

func attr(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// flat reads an object of JSON_MIN: what is made of regions, or of what a control asks for, is the
// annotation, and anything else metadata, since without the configuration nothing tells a
// single choice from a field of the data.
func (t *task) flat(fields dataset.Fields, known map[string]asked) error {
	data := dataset.Fields{}
	var results, placed []result
	for _, key := range annotate.SortedKeys(fields) {
		if slices.Contains(about, key) {
			continue
		}
		control, is := known[key]
		made, of := flatResults(key, fields[key]), placedResults(key, fields[key], placedKinds)
		if is && !control.perRegion && made == nil && fields.Has(key) {
			made = control.results(key, fields[key])
		}
		for i := range made {
			made[i].Attribute, made[i].Kind = control.attribute, control.of
		}
		for i := range of {
			of[i].Attribute, of[i].Kind = control.attribute, control.of
		}
		switch {
		case made != nil:
			results = append(results, made...)
		case of != nil:
			placed = append(placed, of...)
		case is && control.perRegion && fields.Has(key):
			t.remarks = append(t.remarks, fmt.Sprintf("%q answers about regions, and does not say about which; it was left out", key))
		case key == metaKey && fields[key][0] == '{':
			if err := t.objectMeta(fields); err != nil {
				return err
			}
		default:
			data[key] = fields[key]
		}
	}
	results = append(results, t.attached(placed, results)...)
	raw, err := json.Marshal(results)
	if err != nil {
		return annotate.Errorf(annotate.Invalid, "%w", err)
	}
	annotation := dataset.Fields{"result": raw}
	if fields.Has(annotatorKey) {
		annotation[annotatorKey] = fields[annotatorKey]
	}
	if fields.Has(annotatorKey) || len(results) > 0 {
		t.annotations = []dataset.Fields{annotation}
	}
	if err := t.find(data, t.annotations, nil); err != nil {
		return err
	}
	for key := range data {
		if data.Has(key) && key != t.source.key && (key != nameKey || t.name == "") {
			t.meta[key] = dataset.Plainly(data[key])
		}
	}
	return nil
}

// attached returns those of the results that have a place which exactly one region has, whose they are.
func (t *task) attached(placed, regions []result) []result {
	type place [2]string
	placeOf := func(x result) place {
		value, _ := dataset.ParseFields(x.Value) // it was looked at
		return place{string(value["start"]), string(value["end"])}
	}
	at := map[place][]string{}
	for _, x := range regions {
		if x.ID != "" {
			at[placeOf(x)] = append(at[placeOf(x)], x.ID)
		}
	}
	var found []result
	for _, x := range placed {
		if ids := at[placeOf(x)]; len(ids) == 1 {
			x.ID = ids[0]
			found = append(found, x)
		}
	}
	t.remarkOn(len(placed)-len(found), "an answer about a region was left out, since not exactly one region has its place",
		"%d answers about regions were left out, since not exactly one region has their place")
	return found
}

// objectMeta reads the metadata of a task, which are an object.
func (t *task) objectMeta(fields dataset.Fields) error {
	meta, err := fields.Object(metaKey)
	for key := range meta {
		if meta.Has(key) {
			t.meta[key] = dataset.Plainly(meta[key])
		}
	}
	return err
}

// valueKeys are what the values of results are called, where it is not as their type.
var valueKeys = map[string]string{"textarea": "text", "pairwise": "selected"}

// results returns what a control says: of one choice or text the converter leaves no more than that.
func (c asked) results(name string, raw json.RawMessage) []result {
	x := result{From: name, Type: c.kind, Value: raw}
	switch raw[0] {
	case '"':
		x.Value = bytes.Join([][]byte{[]byte(`{"` + cmp.Or(valueKeys[c.kind], c.kind) + `":[`), raw, []byte("]}")}, nil)
	case '[':
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) != nil || len(list) != 1 {
			return nil
		}
		x.Value = list[0]
	}
	if _, err := dataset.ParseFields(x.Value); err != nil {
		return nil
	}
	return []result{x}
}

// flatResults returns the results that a key of JSON_MIN is seen to hold, none if it may be no control.
func flatResults(key string, raw json.RawMessage) []result {
	var choices struct {
		Choices []string `json:"choices"`
	}
	if json.Unmarshal(raw, &choices) == nil && choices.Choices != nil {
		return []result{{From: key, Type: "choices", Value: raw}}
	}
	made := placedResults(key, raw, regionKinds)
	for i := range made {
		made[i].ID = fmt.Sprintf("%s %d", key, i+1)
	}
	return made
}

// placedKinds are the types of results whose values the converter leaves in their place, under keys of that name.
var placedKinds = []string{"choices", "number", "rating", "taxonomy", "datetime"}

// placedResults returns what a key holds of some kinds with its places, none if it holds anything else.
func placedResults(key string, raw json.RawMessage, kinds []string) []result {
	var items []dataset.Fields
	if json.Unmarshal(raw, &items) != nil {
		return nil
	}
	var made []result
	for _, item := range items {
		kind := ""
		for _, k := range kinds {
			if item.Has(k) {
				kind = k
			}
		}
		if kind == "" || !item.Has("start") {
			return nil
		}
		value, _ := json.Marshal(item) // cannot fail: it was JSON
		made = append(made, result{From: key, Type: kind, Value: value})
	}
	return made
}
