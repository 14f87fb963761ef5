package doccano

import (
	"encoding/json"
	"path/filepath"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// labels are the names of labels by their numbers.
type labels map[int]string

// labelFiles are the names under which doccano's list of labels may lie beside a file.
var labelFiles = []string{"label_config.json", "labels.json"}

// readLabels returns the list of labels that lies beside a file, none if there is none.
func readLabels(path string) labels {
	for _, name := range labelFiles {
		raw, err := dataset.ReadFile(filepath.Join(filepath.Dir(path), name))
		if err != nil {
			continue
		}
		var list []struct {
			ID   int    `json:"id"`
			Text string `json:"text"`
		}
		if json.Unmarshal(raw, &list) != nil {
			continue
		}
		names := labels{}
		for _, l := range list {
			names[l.ID] = l.Text
		}
		return names
	}
	return nil
}

// byUser sorts the annotations of doccano before 1.0 by whose they are. A document
// without any is of nobody.
func byUser(fields dataset.Fields, annotator string) (map[string][]dataset.Fields, error) {
	items, err := fields.List("annotations")
	if err != nil {
		return nil, err
	}
	users := map[string][]dataset.Fields{}
	for i, raw := range items {
		annotation, err := dataset.ParseFields(raw)
		if err != nil {
			return nil, annotate.Errorf(annotate.Invalid, "annotation %d: %w", i+1, err)
		}
		user := annotator
		if annotation.Has("user") {
			user = "user " + dataset.Plainly(annotation["user"])
		}
		users[user] = append(users[user], annotation)
	}
	if len(users) == 0 {
		users[""] = nil
	}
	return users, nil
}

// asLayer returns annotations of one user as doccano writes them today.
func asLayer(user string, annotations []dataset.Fields) (dataset.Fields, error) {
	var spans, classes []json.RawMessage
	for i, a := range annotations {
		switch {
		case a.Has("start_offset"):
			raw, err := json.Marshal(a)
			if err != nil {
				return nil, annotate.Errorf(annotate.Invalid, "annotation %d: %w", i+1, err)
			}
			spans = append(spans, raw)
		case a.Has("label"):
			classes = append(classes, a["label"])
		case a.Has("text"): // what a text was turned into
			classes = append(classes, textOf(a["text"]))
		default:
			return nil, annotate.Errorf(annotate.Invalid, "annotation %d has neither a label nor a text", i+1)
		}
	}
	layer := dataset.Fields{"entities": list(spans), "label": list(classes)}
	if user != "" {
		name, _ := json.Marshal(user) // a text can always be written
		layer["annotator"] = name
	}
	return layer, nil
}

func list(items []json.RawMessage) json.RawMessage {
	if items == nil {
		return json.RawMessage("[]")
	}
	raw, _ := json.Marshal(items) // cannot fail: the items are JSON
	return raw
}

// textOf returns a value as a JSON text.
func textOf(raw json.RawMessage) json.RawMessage {
	text, _ := json.Marshal(dataset.Plainly(raw)) // a text can always be written
	return text
}
