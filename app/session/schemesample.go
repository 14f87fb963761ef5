package session

import (
	"slices"
	"strings"

	"spanwright/annotate"
)

// Specimen is a short text with annotations that show what a scheme looks like.
type Specimen struct {
	Body    *annotate.Body
	Layer   *annotate.Layer
	Focused annotate.ID
	// Document names the document it was taken from, "" for an invented one.
	Document string
}

// specimenText is an invented text, and specimenWords what of it can be labelled, in
// the order in which labels get them.
const specimenText = "“The mud has buried our beds,” said Mara Tollen of the growers’ co-operative. " +
	"The board denies that it opened the eastern sluice in March."

var specimenWords = []string{
	"The mud has buried our beds", "Mara Tollen", "said", "The board", "denies", "it opened the eastern sluice", "the growers’ co-operative", "March",
}

// longestSpecimen bounds the paragraph that a specimen is taken from, in bytes.
const longestSpecimen = 700

// Specimen returns what shows the item at path of a draft: a paragraph of the current
// document where somebody labelled it, or else an invented text.
func (s *Session) Specimen(d *SchemeDraft, path string) Specimen {
	item := d.Item(path)
	for item != nil && path != rootPath {
		switch x := item.(type) {
		case *annotate.SpanLabel:
			if found, ok := s.ownSpecimen(d, x.Label, ""); ok {
				return found
			}
			return invented(d.to, x.Label, "")
		case *annotate.RelationLabel:
			if found, ok := s.ownSpecimen(d, "", x.Label); ok {
				return found
			}
			return invented(d.to, "", x.Label)
		}
		path = d.Owner(path)
		item = d.Item(path)
	}
	return invented(d.to, "", "")
}

// ownSpecimen takes a paragraph of the current document that has the label or relation.
func (s *Session) ownSpecimen(d *SchemeDraft, label, relation string) (found Specimen, ok bool) {
	labels, relations := d.newNames()
	var place annotate.Fragment
	var focused annotate.ID
	for _, r := range s.layer.Relations() {
		if relations(r.Label) == relation && relation != "" {
			if extent, has := s.Extent(r.ID); has {
				place, focused = extent, r.ID
				break
			}
		}
	}
	if label != "" {
		for span := range s.layer.Spans() {
			if labels(span.Label) == label {
				place, focused = span.Extent(), span.ID
				break
			}
		}
	}
	if focused == "" {
		return found, false
	}
	around := s.body.Paragraph(s.body.ParagraphAt(place.Start))
	if around.Len() > longestSpecimen {
		around = s.body.SnapClusters(annotate.Fragment{Start: around.Start, End: around.Start + longestSpecimen})
	}
	if !around.Contains(place) {
		return found, false
	}
	found = Specimen{Body: annotate.NewBody(s.body.Text()[around.Start:around.End]), Layer: annotate.NewLayer("", s.annotator), Focused: focused, Document: s.document.Name}
	for span := range s.layer.Spans() {
		if !around.Contains(span.Extent()) {
			continue
		}
		shown := span.Clone()
		shown.Document, shown.Label = "", labels(span.Label)
		for i := range shown.Fragments {
			shown.Fragments[i].Start -= around.Start
			shown.Fragments[i].End -= around.Start
		}
		found.Layer.Apply(&annotate.Change{After: shown})
	}
	for _, r := range s.layer.Relations() {
		shown := *r
		shown.Document, shown.Label = "", relations(r.Label)
		shown.Arguments = slices.DeleteFunc(slices.Clone(r.Arguments), func(a annotate.Argument) bool { return found.Layer.Span(a.Span) == nil })
		if len(shown.Arguments) > 1 {
			found.Layer.Apply(&annotate.Change{After: &shown})
		}
	}
	return found, true
}

// newNames returns what labels and relations that are in use are called in the draft.
func (d *SchemeDraft) newNames() (labels, relations func(string) string) {
	spans, related := map[string]string{}, map[string]string{}
	for i := range d.to.Spans {
		for _, old := range append(slices.Clone(d.to.Spans[i].Formerly), d.to.Spans[i].Label) {
			spans[old] = d.to.Spans[i].Label
		}
	}
	for i := range d.to.Relations {
		for _, old := range append(slices.Clone(d.to.Relations[i].Formerly), d.to.Relations[i].Label) {
			related[old] = d.to.Relations[i].Label
		}
	}
	named := func(names map[string]string) func(string) string {
		return func(old string) string {
			if now, known := names[old]; known {
				return now
			}
			return old
		}
	}
	return named(spans), named(related)
}

// invented labels an invented text: with the label first, or with what the relation
// admits, and then with the scheme's other labels.
func invented(scheme *annotate.Scheme, label, relation string) Specimen {
	p := Specimen{Body: annotate.NewBody(specimenText), Layer: annotate.NewLayer("", "you")}
	var labels []string
	add := func(l string) {
		if def := scheme.Span(l); def != nil && !slices.Contains(labels, l) && (!def.Abstract || l == label) && len(labels) < len(specimenWords) {
			labels = append(labels, l)
		}
	}
	add(label)
	def := scheme.Relation(relation)
	for i := range scheme.Relations {
		if def == nil && (label == "" || relates(scheme, &scheme.Relations[i], label)) {
			def = &scheme.Relations[i]
		}
	}
	if def != nil {
		for i := range def.Roles {
			for k := range scheme.Spans {
				if l := scheme.Spans[k].Label; !scheme.Spans[k].Abstract && scheme.Admits(&def.Roles[i], l) {
					add(l)
					break
				}
			}
		}
	}
	for i := range scheme.Spans {
		if len(labels) < 5 {
			add(scheme.Spans[i].Label)
		}
	}
	spans := map[string]annotate.ID{}
	for i, l := range labels {
		at := strings.Index(specimenText, specimenWords[i])
		span := &annotate.Span{
			ID: annotate.ID("specimen " + l), Annotator: "you", Label: l,
			Fragments: []annotate.Fragment{{Start: at, End: at + len(specimenWords[i])}},
		}
		spans[l] = span.ID
		p.Layer.Apply(&annotate.Change{After: span})
	}
	if def == nil {
		return p
	}
	r := &annotate.Relation{ID: "specimen relation", Annotator: "you", Label: def.Label}
	taken := map[string]bool{}
	for i := range def.Roles {
		for _, l := range labels {
			if scheme.Admits(&def.Roles[i], l) && !taken[l] {
				taken[l] = true
				r.Arguments = append(r.Arguments, annotate.Argument{Role: def.Roles[i].Name, Span: spans[l]})
				break
			}
		}
	}
	if len(r.Arguments) > 1 {
		p.Layer.Apply(&annotate.Change{After: r})
		p.Focused = r.ID
	}
	return p
}

// relates reports whether a span of that label may play a role in the relation.
func relates(scheme *annotate.Scheme, r *annotate.RelationLabel, label string) bool {
	return slices.ContainsFunc(r.Roles, func(role annotate.Role) bool { return scheme.Admits(&role, label) })
}
