package brat

import (
	"slices"
	"strings"

	"spanwright/annotate"
)

// attributeLine is an attribute with everything it is set on: in brat a name means one
// attribute, whatever has it.
type attributeLine struct {
	name      string
	values    []string // none for one that is there or not
	preset    string
	labels    []string
	relations []string
}

// attributes gathers what brat can hold of the attributes of labels and relations, in the
// order they are met.
func (w *schemeWriter) attributes() []*attributeLine {
	var lines []*attributeLine
	for _, l := range w.entities {
		for _, a := range w.scheme.AttributesOf(l) {
			if line := w.attribute(&lines, &a, w.scheme.Span(l).Attributes); line != nil {
				line.labels = append(line.labels, l)
			}
		}
	}
	for _, l := range w.triggers {
		w.losses.AddN("attribute of a trigger", len(w.scheme.Span(l).Attributes))
	}
	for _, def := range append(slices.Clone(w.relations), w.events...) {
		if form(def) == '*' {
			w.losses.AddN("attribute of a relation of members", len(def.Attributes))
			continue
		}
		for i := range def.Attributes {
			if line := w.attribute(&lines, &def.Attributes[i], def.Attributes); line != nil {
				line.relations = append(line.relations, def.Label)
			}
		}
	}
	return lines
}

// attribute returns the line for an attribute, a new one if there is none of the name,
// nil if brat cannot hold it. Losses are counted where it is defined, in own.
func (w *schemeWriter) attribute(lines *[]*attributeLine, a *annotate.Attribute, own []annotate.Attribute) *attributeLine {
	defined := slices.ContainsFunc(own, func(b annotate.Attribute) bool { return b.Name == a.Name })
	lose := func(what string) {
		if defined {
			w.losses.Add(what)
		}
	}
	fresh := &attributeLine{name: a.Name}
	switch a.Kind {
	case annotate.BooleanKind:
		if a.Default != nil {
			if truth, _ := a.Default.Bool(); truth {
				fresh.preset = "true"
			} else {
				lose("boolean that begins with no")
			}
		}
	case annotate.ChoiceKind, annotate.SeveralKind:
		w.choices(a, fresh, lose)
	default:
		lose("attribute of kind " + string(a.Kind))
		return nil
	}
	i := slices.IndexFunc(*lines, func(l *attributeLine) bool { return l.name == a.Name })
	if i < 0 {
		*lines = append(*lines, fresh)
		return fresh
	}
	line := (*lines)[i]
	if !slices.Equal(line.values, fresh.values) || line.preset != fresh.preset {
		lose("attribute that differs from another one of its name, with which it shares all values")
		line.values = union(line.values, fresh.values)
	}
	return line
}

// choices writes the values of an attribute.
func (w *schemeWriter) choices(a *annotate.Attribute, line *attributeLine, lose func(string)) {
	if a.Kind == annotate.SeveralKind {
		lose("attribute of several values, of which brat shows one")
	}
	for choice, depth := range a.Choices() {
		if depth > 0 {
			lose("value inside another one")
		}
		if choice.Heading {
			lose("heading among values")
			continue
		}
		if choice.Title != "" {
			lose("title of a value")
		}
		value := valueWord(choice.Name)
		if value != choice.Name {
			lose("value with a blank, comma, stroke or bracket, written with _")
		}
		line.values = union(line.values, []string{value})
	}
	if a.Default == nil {
		return
	}
	if name, ok := a.Default.Text(); ok {
		line.preset = valueWord(name)
	} else {
		lose("default of several values")
	}
}

// valueWord returns a value as a configuration can hold it.
func valueWord(value string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\n\r\v\f,|<>", r) {
			return '_'
		}
		return r
	}, value)
}

// arguments writes what an attribute is set on, and its values.
func (l *attributeLine) arguments(w *schemeWriter) string {
	text := argument + ":" + w.targets(l)
	if len(l.values) > 0 {
		text += ", " + valueArg + ":" + strings.Join(l.values, "|")
	}
	if l.preset != "" {
		text += ", " + defaultArg + ":" + l.preset
	}
	return text
}

func (w *schemeWriter) targets(l *attributeLine) string {
	var of []string // relations of two that have it
	var rest []string
	for _, label := range l.relations {
		if slices.ContainsFunc(w.relations, func(def *annotate.RelationLabel) bool { return def.Label == label }) {
			of = append(of, label)
		} else {
			rest = append(rest, label)
		}
	}
	var names []string
	if len(l.labels)+len(rest) > 0 {
		names = append(names, w.list(slices.Clone(l.labels), rest))
	}
	for _, label := range of {
		names = append(names, typeWord(label))
	}
	return strings.Join(names, "|")
}
