package annotate

import (
	"cmp"
	"fmt"
	"slices"
)

// Extend returns a scheme that also has every label, document attribute and flag
// the given states use, and a sentence for each addition. Added labels are Open:
// nothing is forbidden on them. Without additions it returns s itself.
func (s *Scheme) Extend(states ...State) (*Scheme, []string) {
	extended, added := s, []string(nil)
	add := func(sentence string) {
		if extended == s {
			extended = s.Clone()
		}
		added = append(added, sentence)
	}
	flag := func(f string) {
		if f != "" && extended.Flag(f) == nil {
			add(fmt.Sprintf("flag %s was added to the scheme", f))
			extended.Flags = append(extended.Flags, Flag{Name: f})
		}
	}
	for _, state := range states {
		switch e := state.(type) {
		case *Span:
			if extended.Span(e.Label) == nil {
				add(fmt.Sprintf("span label %s was added to the scheme", e.Label))
				extended.Spans = append(extended.Spans, SpanLabel{
					Label: e.Label, Color: Palette[len(extended.Spans)%len(Palette)], Open: true,
				})
			}
			if missing := missingAttributes(extended.AttributesOf(e.Label), e.Attributes); len(missing) > 0 {
				for _, a := range missing {
					add(fmt.Sprintf("attribute %s of label %s was added to the scheme", a.Name, e.Label))
				}
				def := extended.Span(e.Label)
				def.Attributes = append(slices.Clone(def.Attributes), missing...)
			}
			flag(e.Flag)
		case *Relation:
			if extended.Relation(e.Label) == nil {
				add(fmt.Sprintf("relation label %s was added to the scheme", e.Label))
				extended.Relations = append(extended.Relations, RelationLabel{Label: e.Label, Scope: ProjectScope, Open: true})
			}
			for _, a := range e.Arguments {
				if def := extended.Relation(e.Label); def.Role(a.Role) == nil {
					add(fmt.Sprintf("role %s of relation %s was added to the scheme", a.Role, e.Label))
					def = extended.Relation(e.Label)
					def.Roles = append(slices.Clone(def.Roles), Role{Name: a.Role, Implicit: true})
				}
			}
			def := extended.Relation(e.Label)
			if missing := missingAttributes(def.Attributes, e.Attributes); len(missing) > 0 {
				for _, a := range missing {
					add(fmt.Sprintf("attribute %s of relation %s was added to the scheme", a.Name, e.Label))
				}
				def = extended.Relation(e.Label)
				def.Attributes = append(slices.Clone(def.Attributes), missing...)
			}
			flag(e.Flag)
		case *Record:
			parent := ""
			if i := slices.IndexFunc(states, func(s State) bool { return s != nil && s.EntityID() == e.Parent }); i >= 0 {
				if p, ok := states[i].(*Record); ok {
					parent = p.Label
				}
			}
			def := extended.RecordLabel(e.Label)
			if def == nil {
				add(fmt.Sprintf("record %s was added to the scheme", e.Label))
				extended.Records = addRecordLabel(extended.Records, parent, RecordLabel{Label: e.Label})
				def = extended.RecordLabel(e.Label)
			}
			if missing := missingAttributes(def.Attributes, e.Attributes); len(missing) > 0 {
				for _, a := range missing {
					add(fmt.Sprintf("attribute %s of record %s was added to the scheme", a.Name, e.Label))
				}
				def = extended.RecordLabel(e.Label)
				def.Attributes = append(slices.Clone(def.Attributes), missing...)
			}
			flag(e.Flag)
		case *Concept:
			if e.Kind != "" && len(extended.Concepts) > 0 && !slices.Contains(extended.Concepts, e.Kind) {
				add(fmt.Sprintf("concepts of kind %s were added to the scheme", e.Kind))
				extended.Concepts = append(extended.Concepts, e.Kind)
			}
		case *Assessment:
			missing := missingAttributes(extended.Document, e.Labels)
			for _, a := range missing {
				add(fmt.Sprintf("document attribute %s was added to the scheme", a.Name))
			}
			if len(missing) > 0 {
				extended.Document = append(slices.Clone(extended.Document), missing...)
			}
			flag(e.Flag)
		}
	}
	return extended, added
}

// addRecordLabel returns records with one more inside the one of a label, or at the
// top where there is no such one.
func addRecordLabel(records []RecordLabel, parent string, added RecordLabel) []RecordLabel {
	if def, _ := findRecordLabel(records, parent, ""); def != nil && parent != "" {
		def.Records = append(def.Records, added)
		return records
	}
	return append(records, added)
}

// missingAttributes returns definitions, in order of name, for the values no definition covers.
func missingAttributes(defs []Attribute, values map[string]Value) []Attribute {
	var missing []Attribute
	for name, v := range values {
		if !slices.ContainsFunc(defs, func(a Attribute) bool { return a.Name == name }) {
			missing = append(missing, Attribute{Name: name, Kind: v.openKind()})
		}
	}
	slices.SortFunc(missing, func(a, b Attribute) int { return cmp.Compare(a.Name, b.Name) })
	return missing
}

// openKind returns the least constrained attribute kind that takes v.
func (v Value) openKind() AttributeKind {
	switch v.kind {
	case boolValue:
		return BooleanKind
	case numberValue:
		return NumberKind
	}
	return TextKind
}
