package w3c

import (
	"encoding/json"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// annotation is an annotation as its file tells it.
type annotation struct {
	line        int
	id          string
	creator     string
	motivations []string
	bodies      []body
	targets     []target
	link        bool // it leads from annotation to annotation
}

// target is what an annotation is about: a text, a part of one, or another annotation.
type target struct {
	source    source
	role      string // in a link
	selectors []dataset.Fields
}

// source is a text as annotations name it.
type source struct {
	id    string
	label string
	text  string
	held  bool // the text is in the file
}

// newAnnotation reads an annotation.
func newAnnotation(fields dataset.Fields, line int) (*annotation, error) {
	a := &annotation{line: line}
	var err error
	if a.id, err = fields.Text("id"); err != nil {
		return nil, leftOut(err)
	}
	a.creator = person(fields["creator"])
	a.motivations = texts(fields["motivation"])
	if err := a.readBodies(fields); err != nil {
		return nil, leftOut(err)
	}
	for _, raw := range list(fields["target"]) {
		if err := a.target(raw, 0); err != nil {
			return nil, leftOut(err)
		}
	}
	if len(a.targets) == 0 {
		return nil, annotate.Errorf(annotate.Invalid, "the annotation has no target; it was left out")
	}
	a.link = slices.Contains(a.motivations, "linking") && !slices.ContainsFunc(a.targets, func(t target) bool { return len(t.selectors) > 0 || t.source.held })
	return a, nil
}

func leftOut(err error) error {
	return annotate.Errorf(annotate.Invalid, "the annotation: %w; it was left out", err)
}

// target reads a target, or the several of a set.
func (a *annotation) target(raw json.RawMessage, depth int) error {
	var address string
	if json.Unmarshal(raw, &address) == nil {
		a.targets = append(a.targets, target{source: source{id: address}})
		return nil
	}
	fields, err := dataset.ParseFields(raw)
	if err != nil {
		return annotate.Errorf(annotate.Invalid, "its target: %w", err)
	}
	if fields.Has("items") && depth < deepest { // a Composite, or another set
		for _, item := range list(fields["items"]) {
			if err := a.target(item, depth+1); err != nil {
				return err
			}
		}
		return nil
	}
	t := target{}
	if t.source, err = sourceOf(fields); err != nil {
		return annotate.Errorf(annotate.Invalid, "its target: %w", err)
	}
	if fields.Has("source") {
		t.role, _ = fields.Text("label") // only a text names a role
	}
	for _, x := range list(fields["selector"]) {
		selector, err := dataset.ParseFields(x)
		if err != nil {
			return annotate.Errorf(annotate.Invalid, "its selector: %w", err)
		}
		t.selectors = append(t.selectors, selector)
	}
	a.targets = append(a.targets, t)
	return nil
}

// sourceOf reads the text that a target names: itself, or its source.
func sourceOf(fields dataset.Fields) (source, error) {
	if fields.Has("source") {
		var address string
		if json.Unmarshal(fields["source"], &address) == nil {
			return source{id: address}, nil
		}
		inner, err := fields.Object("source")
		if err != nil {
			return source{}, err
		}
		fields = inner
	}
	s := source{}
	var err error
	if s.id, err = fields.Text("id"); err != nil {
		return s, err
	}
	if s.label, err = fields.Text("label"); err != nil {
		return s, err
	}
	s.held = fields.Has("value")
	s.text, err = fields.Text("value")
	return s, err
}

// person returns the name of a creator, "" if none is said.
func person(raw json.RawMessage) string {
	for _, one := range list(raw) {
		var name string
		if json.Unmarshal(one, &name) == nil && name != "" {
			return name
		}
		fields, err := dataset.ParseFields(one)
		if err != nil {
			continue
		}
		for _, key := range []string{"name", "nickname", "email", "id"} {
			if names := texts(fields[key]); len(names) > 0 && strings.TrimSpace(names[0]) != "" {
				return strings.TrimSpace(names[0])
			}
		}
	}
	return ""
}

// list returns the values of a key, which may be one or a list of them.
func list(raw json.RawMessage) []json.RawMessage {
	var items []json.RawMessage
	switch {
	case len(raw) == 0 || string(raw) == "null":
		return nil
	case json.Unmarshal(raw, &items) == nil:
		return items
	}
	return []json.RawMessage{raw}
}

// texts returns those values of a key that are texts.
func texts(raw json.RawMessage) []string {
	var found []string
	for _, one := range list(raw) {
		var s string
		if json.Unmarshal(one, &s) == nil {
			found = append(found, s)
		}
	}
	return found
}
