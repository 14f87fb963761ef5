package command

import (
	"spanwright/annotate"
	"spanwright/annotate/agreement"
	"spanwright/store"
)

// compared is a document with what is needed to show where its layers differ.
type compared struct {
	*agreement.Text
	document *annotate.Document // nil where there is no text
	offsets  *annotate.Offsets
}

// project compares the layers of a project, one document at a time.
func (c *agreeCommand) project(e *environment, project *store.Project) error {
	scheme, err := project.Scheme()
	if err != nil {
		return err
	}
	known, err := project.Annotators("")
	if err != nil {
		return err
	}
	if err := c.knowAnnotators(known); err != nil {
		return err
	}
	stats, err := project.Stats("")
	if err != nil {
		return err
	}
	work := c.comparison(e, symmetricOf(scheme), stats.Documents)
	err = e.eachDocument(project, func(row store.DocumentRow) error {
		layers, err := c.layers(project, row.ID)
		if err != nil {
			return err
		}
		if len(layers) < 2 {
			return work.add(compared{Text: &agreement.Text{Name: row.Name}})
		}
		document, err := project.Document(row.ID)
		if err != nil {
			return err
		}
		return work.add(textOf(document, layers, project))
	})
	if err != nil {
		return err
	}
	return work.finish()
}

// symmetricOf names the roles that can be exchanged.
func symmetricOf(scheme *annotate.Scheme) agreement.Symmetric {
	symmetric := agreement.Symmetric{}
	for _, r := range scheme.Relations {
		if r.Symmetric && len(r.Roles) > 1 {
			symmetric[r.Label] = [2]string{r.Roles[0].Name, r.Roles[1].Name}
		}
	}
	return symmetric
}

// layers returns the layers of those who worked on a document. Whoever finished it without
// marking anything has worked on it; whoever never began has not.
func (c *agreeCommand) layers(project *store.Project, document annotate.ID) ([]*annotate.Layer, error) {
	names, err := project.Annotators(document)
	if err != nil {
		return nil, err
	}
	var found []*annotate.Layer
	for _, name := range names {
		if !c.compares(name) {
			continue
		}
		layer, err := project.Layer(document, name)
		if err != nil {
			return nil, err
		}
		if layer.Assessment.Status != annotate.New || layer.SpanCount()+layer.RelationCount()+layer.RecordCount()+len(layer.Assessment.Labels) > 0 {
			found = append(found, layer)
		}
	}
	return found, nil
}

// textOf returns a document with its tokens and layers, all of it counted in code points.
func textOf(document *annotate.Document, layers []*annotate.Layer, project *store.Project) compared {
	offsets := annotate.NewOffsets(document.Text)
	points := func(f annotate.Fragment) annotate.Fragment {
		return annotate.Fragment{Start: offsets.To(annotate.CodePoint, f.Start), End: offsets.To(annotate.CodePoint, f.End)}
	}
	text := &agreement.Text{Name: document.Name, Whole: points(annotate.Fragment{End: len(document.Text)}), Tokens: []annotate.Fragment{}}
	for token := range annotate.NewBody(document.Text).Tokens(annotate.Fragment{End: len(document.Text)}) {
		text.Tokens = append(text.Tokens, points(token))
	}
	for _, layer := range layers {
		l := &agreement.Layer{Annotator: layer.Annotator, Labels: layer.Assessment.Labels, Elsewhere: func(id annotate.ID) *annotate.Span {
			span, err := project.Span(id)
			if err != nil {
				return nil
			}
			return span
		}}
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
	return compared{Text: text, document: document, offsets: offsets}
}
