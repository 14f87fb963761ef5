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
	work := c.comparison(e, agreement.SymmetricOf(scheme), stats.Documents)
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
		return work.add(comparedOf(document, layers, project))
	})
	if err != nil {
		return err
	}
	return work.finish()
}

// layers returns the layers of those who worked on a document.
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
		if agreement.Worked(layer) {
			found = append(found, layer)
		}
	}
	return found, nil
}

// comparedOf returns a document with its layers as they are compared.
func comparedOf(document *annotate.Document, layers []*annotate.Layer, project *store.Project) compared {
	text := agreement.TextOf(document, layers, func(id annotate.ID) *annotate.Span {
		span, err := project.Span(id)
		if err != nil {
			return nil
		}
		return span
	})
	return compared{Text: text, document: document, offsets: annotate.NewOffsets(document.Text)}
}
