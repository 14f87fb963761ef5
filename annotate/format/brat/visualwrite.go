package brat

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"spanwright/annotate"
)

// visual writes visual.conf.
func (w *schemeWriter) visual() []byte {
	var b bytes.Buffer
	b.WriteString("[labels]\n\n")
	for _, l := range append(slices.Clone(w.entities), w.triggers...) {
		w.names(&b, l, w.scheme.Span(l).Short)
	}
	for _, def := range w.scheme.Relations {
		if !slices.Contains(w.triggers, def.Label) {
			w.names(&b, def.Label, def.Short)
		}
	}
	fmt.Fprintf(&b, "\n[drawing]\n\n%s\tfgColor:black, bgColor:lightgreen, borderColor:darken\n", spanDefault)
	fmt.Fprintf(&b, "%s\tcolor:black, arrowHead:triangle-5\n%s\tglyph:*\n\n", arcDefault, attributeDefault)
	for _, l := range append(slices.Clone(w.entities), w.triggers...) {
		if color := w.scheme.Span(l).Color; color != "" {
			fmt.Fprintf(&b, "%s\tbgColor:%s%s\n", typeWord(l), color, lettering(color))
		}
	}
	for _, def := range w.events {
		if color := def.Color; color != "" && w.scheme.Span(def.Label) == nil {
			fmt.Fprintf(&b, "%s\tbgColor:%s%s\n", typeWord(def.Label), color, lettering(color))
		}
	}
	for _, def := range w.relations {
		var settings []string
		if def.Color != "" {
			settings = append(settings, "color:"+def.Color)
		}
		if def.Symmetric {
			settings = append(settings, "dashArray:3-3", "arrowHead:none")
		}
		if len(settings) > 0 {
			fmt.Fprintf(&b, "%s\t%s\n", typeWord(def.Label), strings.Join(settings, ", "))
		}
	}
	return b.Bytes()
}

// names writes the forms of a label that brat chooses from by the room there is.
func (w *schemeWriter) names(b *bytes.Buffer, label string, short []string) {
	stored := typeWord(label)
	forms := []string{stored, showable(label)}
	for _, form := range short {
		forms = append(forms, showable(form))
	}
	if len(forms) == 2 && forms[1] == stored {
		return
	}
	b.WriteString(strings.Join(forms, " | ") + "\n")
}

// showable is a name without what separates names.
func showable(name string) string { return singleLine(strings.ReplaceAll(name, "|", "/")) }

// lettering is the setting that makes words on a dark colour white.
func lettering(color string) string {
	n, err := strconv.ParseUint(strings.TrimPrefix(color, "#"), 16, 32)
	if err != nil {
		return ""
	}
	const dark = 110 // of 255; luma as ITU-R BT.601 weighs it
	if luma := (299*(n>>16&255) + 587*(n>>8&255) + 114*(n&255)) / 1000; luma < dark {
		return ", fgColor:white"
	}
	return ""
}

// shortcuts writes kb_shortcuts.conf.
func (w *schemeWriter) shortcuts() []byte {
	var b bytes.Buffer
	b.WriteString("# Keys, a line each: the key and the type it stands for.\n")
	for _, l := range w.scheme.Spans {
		if l.Key != "" && !l.Abstract {
			fmt.Fprintf(&b, "%s\t%s\n", l.Key, typeWord(l.Label))
		}
	}
	return b.Bytes()
}

// yes is 1 for what is, to be counted.
func yes(is bool) int {
	if is {
		return 1
	}
	return 0
}

// unsayable counts what brat has no words for.
func (w *schemeWriter) unsayable() {
	s, lose := w.scheme, w.losses.AddN
	lose("guideline of the scheme", yes(s.Guideline != "" || s.Title != ""))
	lose("what selections snap to", yes(s.Snap != ""))
	lose("what is trimmed", len(s.Trim))
	lose("attribute of the document", len(s.Document))
	lose("record", len(s.Records))
	lose("kind of concept", len(s.Concepts))
	lose("flag", len(s.Flags))
	lose("rule that forbids", yes(s.Level == annotate.Forbid))
	for _, r := range s.Rules {
		lose("rule about how many relations something is in", yes(len(r.Degree) > 0))
		lose("rule against circles", yes(len(r.Acyclic) > 0))
		lose("sentence of a rule", yes(r.Says != ""))
		lose("rule that forbids", yes(r.Level == annotate.Forbid))
	}
	for i := range s.Spans {
		l := &s.Spans[i]
		lose("guideline or example", yes(l.Guideline != "")+yes(l.Example != ""))
		lose("heading", yes(l.Group != ""))
		lose("label without gaps", yes(l.Contiguous))
		lose("rule that forbids", yes(l.Level == annotate.Forbid))
		unsayableOf(l.Attributes, lose)
	}
	for i := range s.Relations {
		r := &s.Relations[i]
		lose("guideline or example", yes(r.Guideline != "")+yes(r.Example != ""))
		lose("heading", yes(r.Group != "" && form(r) == 'E' && !slices.Contains(w.triggers, r.Group)))
		lose("colour of an event's arcs", yes(r.Color != "" && form(r) == 'E' && s.Span(r.Label) != nil))
		lose("scope of a relation", yes(r.Scope != "" && r.Scope != annotate.DocumentScope))
		lose("relation whose fillers are apart", yes(r.Apart))
		lose("rule that forbids", yes(r.Level == annotate.Forbid))
		for _, role := range r.Roles {
			lose("guideline or example", yes(role.Guideline != "")+yes(role.Example != ""))
			lose("role that may be implicit", yes(role.Implicit))
			lose("role that something plays once", yes(role.Exclusive))
			lose("rule that forbids", yes(role.Level == annotate.Forbid))
		}
		unsayableOf(r.Attributes, lose)
	}
}

func unsayableOf(attributes []annotate.Attribute, lose func(string, int)) {
	for i := range attributes {
		a := &attributes[i]
		lose("attribute that is required", yes(a.Required))
		lose("attribute with a condition", yes(len(a.When) > 0))
		lose("attribute read from the text", yes(a.Derive != ""))
		lose("rule that forbids", yes(a.Level == annotate.Forbid))
		lose("guideline or example", yes(a.Guideline != "")+yes(a.Example != ""))
		for choice := range a.Choices() {
			lose("guideline or example", yes(choice.Guideline != "")+yes(choice.Example != ""))
		}
	}
}
