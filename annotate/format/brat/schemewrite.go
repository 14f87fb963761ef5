package brat

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// SchemeFiles writes a scheme as a brat configuration: annotation.conf, visual.conf,
// kb_shortcuts.conf, and tools.conf if there is something to check. Losses count what brat cannot say.
func SchemeFiles(s *annotate.Scheme) (Files, dataset.Losses) {
	w := &schemeWriter{scheme: s}
	w.sort()
	files := Files{annotationConf: w.annotation(), visualConf: w.visual(), shortcutsConf: w.shortcuts()}
	if w.restricts() { // brat checks only if it is told to
		files[toolsConf] = []byte("[options]\n\nValidation\tvalidate:all\n")
	}
	w.unsayable()
	return files, w.losses
}

// schemeWriter is a scheme being written.
type schemeWriter struct {
	scheme    *annotate.Scheme
	losses    dataset.Losses
	entities  []string                  // labels that are no trigger, parents before children
	triggers  []string                  // labels of triggers and what they are derived from, so too
	events    []*annotate.RelationLabel // in the order of their triggers, then those that get one
	relations []*annotate.RelationLabel
}

// form is how relations of a label are written: 'R', 'E' or '*'.
func form(def *annotate.RelationLabel) byte {
	switch {
	case ownTrigger(def):
		return 'E'
	case len(def.Roles) == 1 && def.Roles[0].Name == annotate.Member:
		return '*'
	case len(def.Roles) == 0, len(def.Roles) == 2 && def.Roles[0].Max == 1 && def.Roles[1].Max == 1:
		return 'R'
	}
	return 'E'
}

// ownTrigger reports whether a relation has the trigger that brat wants on an event.
func ownTrigger(def *annotate.RelationLabel) bool {
	r := def.Role(Trigger)
	return r != nil && slices.Equal(r.Labels, []string{def.Label}) && len(r.Relations) == 0
}

// sort tells entities, events and relations apart.
func (w *schemeWriter) sort() {
	s := w.scheme
	trigger := map[string]bool{}
	for i := range s.Relations {
		def := &s.Relations[i]
		if l := s.Span(def.Label); l != nil && !l.Abstract && ownTrigger(def) {
			trigger[def.Label] = true
		}
	}
	for range s.Spans { // abstract labels above nothing but triggers are of events too
		for i := range s.Spans {
			below := s.Children(s.Spans[i].Label)
			if s.Spans[i].Abstract && len(below) > 0 && !slices.ContainsFunc(below, func(l string) bool { return !trigger[l] }) {
				trigger[s.Spans[i].Label] = true
			}
		}
	}
	var walk func(parent string)
	walk = func(parent string) {
		for i := range s.Spans {
			l := &s.Spans[i]
			switch {
			case l.Parent != parent:
				continue
			case !trigger[l.Label]:
				w.entities = append(w.entities, l.Label)
			default:
				w.triggers = append(w.triggers, l.Label)
			}
			walk(l.Label)
		}
	}
	walk("")
	for _, l := range w.triggers {
		if def := s.Relation(l); def != nil && !s.Span(l).Abstract {
			w.events = append(w.events, def)
		}
	}
	for i := range s.Relations {
		switch def := &s.Relations[i]; {
		case form(def) != 'E':
			w.relations = append(w.relations, def)
		case !slices.Contains(w.events, def):
			w.events = append(w.events, def)
			w.losses.Add("relation without a trigger, which gets one of its own name")
			if s.Span(def.Label) != nil {
				w.losses.Add("name that a label and a relation share, which brat cannot tell apart")
			}
		}
	}
}

// annotation writes annotation.conf.
func (w *schemeWriter) annotation() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# Scheme %s, for brat (brat.nlplab.org).\n\n[entities]\n\n", singleLine(w.scheme.Name))
	group := ""
	for i, l := range w.entities {
		def := w.scheme.Span(l)
		if i > 0 && def.Parent == "" && def.Group != group {
			b.WriteString("-----\n")
		}
		group = def.Group
		w.typeLine(&b, l, w.entities, "")
	}
	b.WriteString("\n[relations]\n\n")
	w.relationLines(&b)
	w.overlapLines(&b)
	b.WriteString("\n[events]\n\n")
	for _, l := range w.triggers {
		arguments := ""
		if def := w.scheme.Relation(l); def != nil && slices.Contains(w.events, def) {
			arguments = w.eventArguments(def)
		}
		w.typeLine(&b, l, w.triggers, arguments)
	}
	for _, def := range w.events {
		if !slices.Contains(w.triggers, def.Label) {
			w.line(&b, word(&w.losses, "label", def.Label), w.eventArguments(def))
		}
	}
	b.WriteString("\n[attributes]\n\n")
	for _, a := range w.attributes() {
		w.line(&b, word(&w.losses, "attribute", a.name), a.arguments(w))
	}
	return b.Bytes()
}

func singleLine(text string) string { return strings.Join(strings.Fields(text), " ") }

func (w *schemeWriter) line(b *bytes.Buffer, name, arguments string) {
	b.WriteString(name)
	if arguments != "" {
		b.WriteString("\t" + arguments)
	}
	b.WriteByte('\n')
}

// typeLine writes a label, indented below those it is derived from.
func (w *schemeWriter) typeLine(b *bytes.Buffer, label string, among []string, arguments string) {
	def := w.scheme.Span(label)
	for at := def; at.Parent != ""; at = w.scheme.Span(at.Parent) {
		if !slices.Contains(among, at.Parent) {
			w.losses.Add("label of a trigger that is derived from a label of another kind")
			break
		}
		b.WriteByte('\t')
	}
	if def.Abstract {
		b.WriteByte('!')
	}
	name := word(&w.losses, "label", label)
	if storageForm(name) != name {
		w.losses.Add("label with other characters than letters without accents, digits, _ and -, which brat replaces")
	}
	w.line(b, name, arguments)
}

// relationLines writes the relations of two arguments and the equivalences, those of one
// group below it.
func (w *schemeWriter) relationLines(b *bytes.Buffer) {
	group := ""
	for _, def := range w.relations {
		if def.Group != group && def.Group != "" && def.Group != lastRelation(w.relations, def) {
			fmt.Fprintf(b, "!%s\n", word(&w.losses, "group", def.Group))
		}
		if group = def.Group; group != "" {
			b.WriteByte('\t')
		}
		w.line(b, word(&w.losses, "label", def.Label), w.relationArguments(def))
	}
}

// lastRelation returns the last relation before def that stands in no group.
func lastRelation(relations []*annotate.RelationLabel, def *annotate.RelationLabel) string {
	last := ""
	for _, other := range relations[:slices.Index(relations, def)] {
		if other.Group == "" {
			last = other.Label
		}
	}
	return last
}

func (w *schemeWriter) relationArguments(def *annotate.RelationLabel) string {
	if form(def) == '*' {
		if !def.Symmetric || !def.Transitive {
			w.losses.Add("relation of members that is not symmetric and transitive, which it is in brat")
		}
		types := w.types(&def.Roles[0])
		return fmt.Sprintf("Arg1:%s, Arg2:%s, %s:symmetric-transitive", types, types, relationType)
	}
	if len(def.Roles) == 0 {
		return "Arg1:<ANY>, Arg2:<ANY>"
	}
	names := []string{"Arg1", "Arg2"}
	if def.Roles[0].Name != annotate.Head || def.Roles[1].Name != annotate.Tail {
		for i := range names {
			names[i] = wordBeforeColon(&w.losses, "role", def.Roles[i].Name)
		}
	}
	var fields []string
	for i, name := range names {
		if def.Roles[i].Min == 0 {
			w.losses.Add("argument of a relation that may be missing")
		}
		fields = append(fields, name+":"+w.types(&def.Roles[i]))
	}
	switch {
	case def.Symmetric && def.Transitive:
		w.losses.Add("transitive relation of two, which brat would take for one of members")
		fields = append(fields, relationType+":symmetric")
	case def.Symmetric:
		fields = append(fields, relationType+":symmetric")
	case def.Transitive:
		fields = append(fields, relationType+":transitive")
	}
	return strings.Join(fields, ", ")
}

func (w *schemeWriter) eventArguments(def *annotate.RelationLabel) string {
	var fields []string
	for i := range def.Roles {
		r := &def.Roles[i]
		if r.Name == Trigger && (ownTrigger(def) || len(r.Labels) > 0) {
			if !ownTrigger(def) {
				w.losses.Add("trigger of another label than its event")
			}
			continue
		}
		fields = append(fields, role(&w.losses, r.Name)+w.repetition(r)+":"+w.types(r))
	}
	if def.Symmetric || def.Transitive {
		w.losses.Add("event that is symmetric or transitive")
	}
	return strings.Join(fields, ", ")
}

// repetition is the sign for how often a role may be filled.
func (w *schemeWriter) repetition(r *annotate.Role) string {
	switch {
	case r.Max == 0 && r.Min > 1:
		w.losses.Add("role with a least number of fillers and no greatest")
		return "+"
	case r.Max == 0 && r.Min == 1:
		return "+"
	case r.Max == 0:
		return "*"
	case r.Min == 1 && r.Max == 1:
		return ""
	case r.Min == 0 && r.Max == 1:
		return "?"
	case r.Min == r.Max:
		return fmt.Sprintf("{%d}", r.Min)
	}
	return fmt.Sprintf("{%d-%d}", r.Min, r.Max)
}

// types writes what may fill a role. Brat takes each type for itself alone, so those
// below are named too.
func (w *schemeWriter) types(r *annotate.Role) string {
	if len(r.Labels)+len(r.Relations) == 0 {
		return "<ANY>"
	}
	var labels, relations []string
	for _, l := range append(slices.Clone(w.entities), w.triggers...) {
		if slices.ContainsFunc(r.Labels, func(named string) bool { return w.scheme.Is(l, named) }) {
			labels = append(labels, l)
		}
	}
	for _, l := range r.Relations {
		if slices.ContainsFunc(w.events, func(def *annotate.RelationLabel) bool { return def.Label == l }) {
			relations = append(relations, l)
			continue
		}
		w.losses.Add("argument that is a relation without a trigger")
	}
	return w.list(labels, relations)
}

// list writes types, all entities or all events as what brat calls them.
func (w *schemeWriter) list(labels, relations []string) string {
	const few = 2
	var names []string
	if len(labels) > few && slices.Equal(labels, w.entities) {
		labels = []string{"<ENTITY>"}
	}
	if len(relations) > few && len(relations) == len(w.events) {
		relations = []string{"<EVENT>"}
	}
	for _, name := range append(labels, relations...) {
		if name[0] != '<' {
			name = typeWord(name)
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return "<ANY>"
	}
	return strings.Join(names, "|")
}

// typeWord is word for a name whose loss was counted where it is defined.
func typeWord(name string) string {
	var counted dataset.Losses
	return word(&counted, "", name)
}

// overlapLines writes which labels may share text: brat allows none that is not named.
func (w *schemeWriter) overlapLines(b *bytes.Buffer) {
	if !w.restricts() {
		w.line(b, overlapType, "Arg1:<ENTITY>, Arg2:<ENTITY>, "+overlapKinds+":<ANY>")
		return
	}
	for _, o := range []struct {
		allow annotate.Overlap
		kinds string
	}{{annotate.NestOverlap, "contain|equal"}, {annotate.FreeOverlap, "<ANY>"}} {
		var rows []string              // labels that some labels may share text with
		alike := map[string][]string{} // → these
		for _, one := range w.entities {
			var row []string
			for _, two := range w.entities {
				if w.scheme.Overlap(one, two) == o.allow {
					row = append(row, typeWord(two))
				}
			}
			if key := strings.Join(row, "|"); key != "" {
				rows = union(rows, []string{key})
				alike[key] = append(alike[key], typeWord(one))
			}
		}
		for _, row := range rows {
			w.line(b, overlapType, fmt.Sprintf("Arg1:%s, Arg2:%s, %s:%s", strings.Join(alike[row], "|"), row, overlapKinds, o.kinds))
		}
	}
}

// restricts reports whether a rule is about sharing text.
func (w *schemeWriter) restricts() bool {
	return slices.ContainsFunc(w.scheme.Rules, func(r annotate.Rule) bool { return len(r.Overlap) > 0 })
}
