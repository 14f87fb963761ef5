package brat

import (
	"fmt"
	"strings"

	"spanwright/annotate"
)

// properties writes the attributes, normalizations and notes of everything that was written.
func (a *arrangement) properties() {
	for _, s := range a.record.Spans {
		if id := a.ids[s.ID]; id != "" {
			a.property(id, s.Attributes, s.Note)
		}
	}
	for _, r := range a.record.Relations {
		if id := a.ids[r.ID]; id != "" {
			a.property(id, r.Attributes, r.Note)
			continue
		}
		a.losses.AddN("attribute of an equivalence", len(r.Attributes))
		if r.Note != "" {
			a.losses.Add("note on an equivalence")
		}
	}
}

// property writes what belongs to one span or relation: attributes first,
// because notes may be about them.
func (a *arrangement) property(id string, attributes map[string]annotate.Value, note string) {
	written := map[string]string{} // first ids of attributes, by name
	for _, name := range annotate.SortedKeys(attributes) {
		if e := parseExtra(name); e.kind != '#' {
			written[name] = a.attribute(id, e, attributes[name])
		}
	}
	for _, name := range annotate.SortedKeys(attributes) {
		e := parseExtra(name)
		if e.kind != '#' {
			continue
		}
		about := id
		if e.about != "" && written[e.about] != "" {
			about = written[e.about]
		}
		for _, text := range texts(attributes[name]) {
			a.note(about, word(a.losses, "note type", e.name), text)
		}
	}
	if note != "" {
		for text := range strings.SplitSeq(note, "\n") {
			a.note(id, annotatorNotes, text)
		}
	}
}

func (a *arrangement) note(about, kind, text string) {
	fmt.Fprintf(&a.out, "%s\t%s %s\t%s\n", a.next('#'), kind, about, value(a.losses, text))
}

// attribute writes an attribute or normalization, a line for each of its values,
// and returns the first one's id, "" if nothing could be written.
func (a *arrangement) attribute(about string, e extra, v annotate.Value) string {
	name := word(a.losses, "attribute", e.name)
	if truth, ok := v.Bool(); ok && e.kind == 'A' {
		if !truth {
			a.losses.Add("attribute that is set to false")
			return ""
		}
		id := a.next('A')
		fmt.Fprintf(&a.out, "%s\t%s %s\n", id, name, about)
		return id
	}
	if _, ok := v.Number(); ok {
		a.losses.Add("number, written as text")
	}
	if choices, ok := v.Choices(); ok && len(choices) < 2 {
		a.losses.Add("list of fewer than two values")
	}
	first := ""
	for _, text := range texts(v) {
		if text == "" {
			a.losses.Add("empty value of an attribute")
			continue
		}
		id := a.next(e.kind)
		if first == "" {
			first = id
		}
		text = value(a.losses, text)
		if e.kind == 'N' {
			reference, covered, _ := strings.Cut(text, " ")
			fmt.Fprintf(&a.out, "%s\t%s %s %s\t%s\n", id, name, about, reference, covered)
			continue
		}
		fmt.Fprintf(&a.out, "%s\t%s %s %s\n", id, name, about, text)
	}
	return first
}

// texts returns a value as the texts it is made of.
func texts(v annotate.Value) []string {
	if choices, ok := v.Choices(); ok {
		return choices
	}
	return []string{v.String()}
}
