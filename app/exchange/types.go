package exchange

import (
	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// settleTypes turns the texts of a format without types into the numbers, lists
// and truths that the project's scheme says they are.
func (im *importer) settleTypes(r *dataset.Record) {
	for _, s := range r.Spans {
		if label := im.scheme.Span(s.Label); label != nil {
			settleValues(label.Attributes, s.Attributes)
		}
	}
	for _, relation := range r.Relations {
		if label := im.scheme.Relation(relation.Label); label != nil {
			settleValues(label.Attributes, relation.Attributes)
		}
	}
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
