package exchange

import (
	"cmp"
	"slices"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/format/brat"
)

// settleTypes turns the texts of a format without types into the numbers, lists
// and truths that the project's scheme says they are.
func (im *importer) settleTypes(r *dataset.Record) {
	for _, s := range r.Spans {
		settleValues(im.scheme.AttributesOf(s.Label), s.Attributes)
	}
	for _, relation := range r.Relations {
		if label := im.scheme.Relation(relation.Label); label != nil {
			settleValues(label.Attributes, relation.Attributes)
		}
	}
	if r.Assessment != nil {
		settleValues(im.scheme.Document, r.Assessment.Labels)
	}
}

// settleTriggers takes away the triggers that a relation got only because a format
// wants one on every event: the project's scheme knows no such role, and its span
// repeats the place of another argument under the relation's own label, which is that
// of labels where the file has another one.
func (im *importer) settleTriggers(r *dataset.Record, labels map[annotate.ID]string) {
	spans := map[annotate.ID]*annotate.Span{}
	for _, s := range r.Spans {
		spans[s.ID] = s
	}
	made := map[annotate.ID]bool{}
	for _, relation := range r.Relations {
		def := im.scheme.Relation(relation.Label)
		triggers := relation.Role(brat.Trigger)
		if def == nil || def.Open || def.Role(brat.Trigger) != nil || len(triggers) != 1 {
			continue
		}
		trigger := spans[triggers[0].Span]
		if trigger == nil || trigger.Label != cmp.Or(labels[relation.ID], relation.Label) || im.scheme.Span(trigger.Label) != nil || len(trigger.Attributes) > 0 || trigger.Note != "" {
			continue
		}
		if slices.ContainsFunc(relation.Arguments, func(a annotate.Argument) bool {
			filler := spans[a.Span]
			return filler != nil && filler != trigger && slices.Equal(filler.Fragments, trigger.Fragments)
		}) {
			relation.Arguments = slices.DeleteFunc(relation.Arguments, func(a annotate.Argument) bool { return a.Role == brat.Trigger })
			made[trigger.ID] = true
		}
	}
	for _, relation := range r.Relations {
		for _, a := range relation.Arguments {
			delete(made, a.Span)
		}
	}
	r.Spans = slices.DeleteFunc(r.Spans, func(s *annotate.Span) bool { return made[s.ID] })
}

func settleValues(definitions []annotate.Attribute, values map[string]annotate.Value) {
	for _, a := range definitions {
		text, isText := values[a.Name].Text()
		if _, set := values[a.Name]; !set || !isText {
			continue
		}
		switch a.Kind {
		case annotate.IntegerKind, annotate.NumberKind:
			if number, ok := annotate.Number(text); ok {
				values[a.Name] = number
			}
		case annotate.SeveralKind:
			values[a.Name] = annotate.Choices(text)
		case annotate.BooleanKind:
			if text == "true" || text == "false" {
				values[a.Name] = annotate.Bool(text == "true")
			}
		}
	}
}
