package huggingface

import (
	"bytes"
	"encoding/json"
	"fmt"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// featuresKey is the name of the metadata in which datasets keeps features.
const featuresKey = "huggingface"

// A feature is the JSON of a type of datasets: a Value, a ClassLabel, a struct of features
// in their order, or a list with that of its items in it, which all versions read.
type feature = any

type value struct {
	Type  string `json:"dtype"`
	Class string `json:"_type"`
}

type classLabel struct {
	Names []string `json:"names"`
	Class string   `json:"_type"`
}

// structure is a struct; the order of its fields is part of its type.
type structure []structField

type structField struct {
	name    string
	feature feature
}

// MarshalJSON writes the object.
func (s structure) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	for i, f := range s {
		b.WriteByte("{,"[min(i, 1)])
		inner, err := inJSON(f.feature)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "%q:%s", f.name, inner)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func inJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(v)
	return bytes.TrimSpace(b.Bytes()), err
}

// features returns the metadata of rows with these labels. It has the fields of [row] in
// their order.
func (v vocabulary) features() (string, error) {
	text, whole, truth := value{"string", "Value"}, value{"int64", "Value"}, value{"bool", "Value"}
	class := func(c *classes) feature { return classLabel{append([]string{}, c.names...), "ClassLabel"} }
	list := func(fields ...structField) feature { return []feature{structure(fields)} }
	texts := []feature{text}
	attributes := list(structField{"name", text}, structField{"kind", text}, structField{"values", texts})
	row := structure{
		{"id", text},
		{"name", text},
		{"text", text},
		{"annotator", text},
		{"status", class(v.status)},
		{"scheme", text},
		{"flag", text},
		{"note", text},
		{"labels", attributes},
		{"meta", list(structField{"name", text}, structField{"value", text})},
		{"spans", list(
			structField{"id", text}, structField{"label", class(v.span)}, structField{"start", whole}, structField{"end", whole}, structField{"text", text},
			structField{"fragments", list(structField{"start", whole}, structField{"end", whole})},
			structField{"attributes", attributes}, structField{"flag", text}, structField{"note", text})},
		{"relations", list(
			structField{"id", text}, structField{"label", class(v.relation)},
			structField{"args", list(
				structField{"role", text}, structField{"span", text}, structField{"relation", text}, structField{"document", text}, structField{"implicit", truth})},
			structField{"attributes", attributes}, structField{"flag", text}, structField{"note", text})},
		{"records", list(
			structField{"id", text}, structField{"parent", text}, structField{"label", class(v.record)},
			structField{"attributes", attributes}, structField{"flag", text}, structField{"note", text})},
		{"concepts", list(
			structField{"id", text}, structField{"kind", text}, structField{"name", text}, structField{"aliases", texts}, structField{"note", text}, structField{"into", text})},
		{"reviews", list(structField{"status", text}, structField{"by", text}, structField{"comment", text})},
	}
	raw, err := inJSON(structure{{"info", structure{{"features", row}}}})
	return string(raw), err
}

// known is what a file says of a column: the names of its ClassLabel, whether it holds
// bytes that are no text, and the same of what lies in it.
type known struct {
	names []string
	bytes bool
	item  *known            // of a list
	of    map[string]*known // of a struct
}

// parseFeatures reads the metadata; what cannot be read says nothing.
func parseFeatures(raw string) *known {
	var wire struct {
		Info struct {
			Features json.RawMessage `json:"features"`
		} `json:"info"`
	}
	if json.Unmarshal([]byte(raw), &wire) != nil {
		return nil
	}
	return parseFeature(wire.Info.Features, 0)
}

// deepestFeature is how deep features lie in each other; real ones do 6 at most.
const deepestFeature = 16

func parseFeature(raw json.RawMessage, depth int) *known {
	if depth > deepestFeature {
		return nil
	}
	var items []json.RawMessage
	if json.Unmarshal(raw, &items) == nil && len(items) == 1 {
		return &known{item: parseFeature(items[0], depth+1)}
	}
	fields, err := dataset.ParseFields(raw)
	if err != nil {
		return nil
	}
	var kind string
	if json.Unmarshal(fields["_type"], &kind) != nil {
		k := &known{of: map[string]*known{}}
		for name, inner := range fields {
			k.of[name] = parseFeature(inner, depth+1)
		}
		return k
	}
	switch kind {
	case "ClassLabel":
		k := &known{}
		if json.Unmarshal(fields["names"], &k.names) == nil {
			return k
		}
	case "List", "LargeList", "Sequence":
		inner := parseFeature(fields["feature"], depth+1)
		if kind == "Sequence" && inner != nil && inner.of != nil { // of a struct: a struct of lists
			for name, k := range inner.of {
				inner.of[name] = &known{item: k}
			}
			return inner
		}
		return &known{item: inner}
	}
	return nil
}

// name returns the name of a number among those of a ClassLabel.
func (k *known) name(n int64) (string, error) {
	if n < 0 || n >= int64(len(k.names)) {
		return "", annotate.Errorf(annotate.Invalid, "the label %d is not one of the %d that the file names", n, len(k.names))
	}
	return k.names[n], nil
}
