package agreement

import "spanwright/annotate"

// Worked reports whether whoever a layer belongs to has worked on the document. Whoever finished it without
// marking anything has; whoever never began has not.
func Worked(layer *annotate.Layer) bool {
	return layer.Assessment.Status != annotate.New ||
		layer.SpanCount()+layer.RelationCount()+layer.RecordCount()+len(layer.Assessment.Labels) > 0
}

// SymmetricOf names the roles of a scheme that can be exchanged.
func SymmetricOf(scheme *annotate.Scheme) Symmetric {
	symmetric := Symmetric{}
	for _, r := range scheme.Relations {
		if r.Symmetric && len(r.Roles) > 1 {
			symmetric[r.Label] = [2]string{r.Roles[0].Name, r.Roles[1].Name}
		}
	}
	return symmetric
}

// TextOf returns a document with its tokens and layers, all of it counted in code points. elsewhere finds spans of
// other documents, nil where there is none.
func TextOf(document *annotate.Document, layers []*annotate.Layer, elsewhere func(annotate.ID) *annotate.Span) *Text {
	offsets := annotate.NewOffsets(document.Text)
	points := func(f annotate.Fragment) annotate.Fragment {
		return annotate.Fragment{Start: offsets.To(annotate.CodePoint, f.Start), End: offsets.To(annotate.CodePoint, f.End)}
	}
	whole := annotate.Fragment{End: len(document.Text)}
	text := &Text{Name: document.Name, Whole: points(whole), Tokens: []annotate.Fragment{}}
	for token := range annotate.NewBody(document.Text).Tokens(whole) {
		text.Tokens = append(text.Tokens, points(token))
	}
	for _, layer := range layers {
		l := &Layer{Annotator: layer.Annotator, Labels: layer.Assessment.Labels, Elsewhere: elsewhere}
		for s := range layer.Spans() {
			counted := *s
			counted.Fragments = make([]annotate.Fragment, len(s.Fragments))
			for i, f := range s.Fragments {
				counted.Fragments[i] = points(f)
			}
			l.Spans = append(l.Spans, &counted)
		}
		for _, r := range layer.Relations() {
			if r.Document == document.ID {
				l.Relations = append(l.Relations, r)
			}
		}
		text.Layers = append(text.Layers, l)
	}
	return text
}
