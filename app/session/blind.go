package session

import (
	"slices"

	"spanwright/annotate"
	"spanwright/store"
)

// Blind reports whether the layers of others are not to be seen.
func (s *Session) Blind() bool { return s.blind }

// seen returns whose layers are seen besides the text: the annotator's own, or with ""
// everybody's.
func (s *Session) seen() string {
	if s.lead().blind {
		return s.annotator
	}
	return ""
}

// Assigned returns, in order, who is to label the current document; of a blind project
// only whether the annotator is.
func (s *Session) Assigned() []string { return s.assigned }

func assignees(project *store.Project, document annotate.ID, annotator string, blind bool) ([]string, error) {
	held, err := project.Assignments(document)
	var names []string
	for _, a := range held {
		if !blind || a.Annotator == annotator {
			names = append(names, a.Annotator)
		}
	}
	return names, err
}

// heard reports whether a comment is about the document or about what is in the layer.
func heard(c *annotate.Comment, layer *annotate.Layer) bool {
	return c.Subject() == c.Document || layer.Span(c.Subject()) != nil || layer.Relation(c.Subject()) != nil
}

// reassigned reports whether changes say who is to label a document.
func reassigned(changes []annotate.Change) bool {
	return slices.ContainsFunc(changes, func(c annotate.Change) bool { return c.EntityKind() == annotate.AssignmentEntity })
}
