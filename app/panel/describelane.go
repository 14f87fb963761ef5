package panel

import (
	"spanwright/annotate"
	"spanwright/app/session"
)

// foreign returns the lines about a span of another annotator, which are to be read only;
// what can be said to it is a comment.
func (d *describer) foreign(span *annotate.Span, lane *session.Lane) []field {
	s, def := d.session, d.session.Scheme().Span(span.Label)
	lines := []field{
		{kind: titleField, key: "title", name: span.Label, color: labelColor(def), text: "“" + s.Quote(span, 120) + "”"},
		{kind: proseField, key: "whose", text: "In the layer of " + lane.Annotator + ", read only. Esc or Tab leads back to your own."},
	}
	for _, name := range annotate.SortedKeys(span.Attributes) {
		lines = append(lines, readOnly("attribute "+name, name, s.LinkedName(span.Attributes[name])))
	}
	if span.Flag != "" {
		lines = append(lines, readOnly("flag", "flag", "⚑ "+span.Flag))
	}
	if span.Note != "" {
		lines = append(lines, field{kind: proseField, key: "their note", text: "Note: " + span.Note}) // whole, however long
	}
	involving := lane.Layer.Involving(span.ID)
	for _, r := range involving[:min(len(involving), relationsShown)] {
		lines = append(lines, d.foreignRelation(r, lane))
	}
	return append(lines, d.comments(span.ID)...)
}

// readOnly returns a line with a name and words that cannot be changed.
func readOnly(key, name, text string) field {
	return field{kind: itemsField, key: key, name: name, items: []item{{kind: ownItem, text: text}}}
}

// foreignRelation returns a line with what plays which role in a relation of another
// annotator. What lies in this document can be followed.
func (d *describer) foreignRelation(r *annotate.Relation, lane *session.Lane) field {
	f := field{kind: itemsField, key: "relation " + string(r.ID), name: r.Label}
	for _, a := range r.Arguments {
		f.items = append(f.items, item{kind: plainItem, text: a.Role})
		switch span := lane.Layer.Span(a.Span); {
		case a.Implicit:
			f.items = append(f.items, item{kind: ownItem, text: "implicit"})
		case span != nil:
			f.items = append(f.items, item{kind: linkItem, text: "“" + d.session.Quote(span, 44) + "”", act: func() { d.session.FocusForeign(span.ID) }})
		default:
			f.items = append(f.items, item{kind: ownItem, text: d.quote(a)})
		}
	}
	return f
}
