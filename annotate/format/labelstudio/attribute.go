package labelstudio

import (
	"cmp"
	"encoding/json"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// attributeKinds read the values of the types that say something of a region or document.
var attributeKinds = map[string]func(x result, value dataset.Fields) (annotate.Value, error){
	"choices":  func(x result, value dataset.Fields) (annotate.Value, error) { return choices(x.Kind, value["choices"]) },
	"textarea": func(x result, value dataset.Fields) (annotate.Value, error) { return choices(x.Kind, value["text"]) },
	"taxonomy": taxonomy,
	"number":   func(_ result, value dataset.Fields) (annotate.Value, error) { return number(value["number"]) },
	"rating":   func(_ result, value dataset.Fields) (annotate.Value, error) { return number(value["rating"]) },
	"datetime": func(_ result, value dataset.Fields) (annotate.Value, error) { return choices("", value["datetime"]) },
	"pairwise": func(_ result, value dataset.Fields) (annotate.Value, error) { return choices("", value["selected"]) },
}

// attribute reads what is said of a region or of the document.
func (d *decoder) attribute(x result) error {
	value, err := dataset.ParseFields(x.Value)
	if err != nil {
		return err
	}
	v, err := attributeKinds[x.Type](x, value)
	if err != nil {
		return err
	}
	if names, list := v.Choices(); list && len(names) == 0 && x.Kind != several {
		return nil // asked, and not answered
	}
	name := cmp.Or(x.Attribute, x.From, x.Type)
	if g := d.regions[x.ID]; g != nil {
		g.attributes[name] = v
		return nil
	}
	d.draft.Label(name, v)
	return nil
}

// choices reads chosen names. One is taken for a single choice: the import makes a list of
// it where the project's scheme says that there may be several.
func choices(kind string, raw json.RawMessage) (annotate.Value, error) {
	names, err := texts(raw)
	if err != nil {
		return annotate.Value{}, annotate.Errorf(annotate.Invalid, "its value %w", err)
	}
	switch {
	case kind == boolean && len(names) == 1:
		return annotate.Bool(names[0] == "true"), nil
	case kind != several && len(names) == 1:
		return annotate.Text(names[0]), nil
	}
	return annotate.Choices(names...), nil
}

// taxonomy reads paths in a tree of choices, of which the last step counts.
func taxonomy(x result, value dataset.Fields) (annotate.Value, error) {
	var paths [][]string
	if err := json.Unmarshal(value["taxonomy"], &paths); err != nil {
		return annotate.Value{}, annotate.Errorf(annotate.Invalid, "its taxonomy must be a list of lists of texts")
	}
	leaves := []string{}
	for _, path := range paths {
		if len(path) > 0 {
			leaves = append(leaves, path[len(path)-1])
		}
	}
	raw, _ := json.Marshal(leaves) // texts can always be written
	return choices(x.Kind, raw)
}

func number(raw json.RawMessage) (annotate.Value, error) {
	v, ok := annotate.Number(string(raw))
	if !ok {
		return v, annotate.Errorf(annotate.Invalid, "its value must be a number")
	}
	return v, nil
}
