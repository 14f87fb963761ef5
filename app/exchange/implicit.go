package exchange

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// without stands between the names of a relation and a role in the label of a span that
// says that nothing in the text plays the role, as in Attribution-no-source.
const without = "-no-"

// settleImplicit takes such spans for what they say, an implicit argument of the
// relation that has another argument at the same place: where the project's scheme lets
// the role be implicit and has no label of that name.
func (im *importer) settleImplicit(r *dataset.Record, labels map[annotate.ID]string, said readings) {
	spans, argued := map[annotate.ID]*annotate.Span{}, map[annotate.ID]bool{}
	for _, s := range r.Spans {
		spans[s.ID] = s
	}
	for _, relation := range r.Relations {
		for _, a := range relation.Arguments {
			argued[a.Span] = true
		}
	}
	r.Spans = slices.DeleteFunc(r.Spans, func(mark *annotate.Span) bool {
		if !strings.Contains(mark.Label, without) || im.scheme.Span(mark.Label) != nil || argued[mark.ID] || len(mark.Attributes) > 0 || mark.Note != "" {
			return false
		}
		for _, relation := range r.Relations {
			role := im.absent(relation, cmp.Or(labels[relation.ID], relation.Label), mark.Label)
			if role == "" || !slices.ContainsFunc(relation.Arguments, func(a annotate.Argument) bool {
				filler := spans[a.Span]
				return filler != nil && slices.Equal(filler.Fragments, mark.Fragments)
			}) {
				continue
			}
			relation.Arguments = append(relation.Arguments, annotate.Argument{Role: role, Implicit: true})
			said[relation] = append(said[relation], fmt.Sprintf("label %s was taken for an implicit %s of %s", mark.Label, role, relation.Label))
			return true
		}
		return false
	})
}

// absent returns the role of a relation, which the file calls by that name, that a label
// says nothing plays; "" if it says no such thing.
func (im *importer) absent(relation *annotate.Relation, called, label string) string {
	def := im.scheme.Relation(relation.Label)
	if def == nil {
		return ""
	}
	for i := range def.Roles {
		if role := &def.Roles[i]; role.Implicit && strings.EqualFold(label, called+without+role.Name) && len(relation.Role(role.Name)) == 0 {
			return role.Name
		}
	}
	return ""
}
