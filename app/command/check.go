package command

import (
	"fmt"

	"spanwright/annotate"
	"spanwright/store"
)

// checkCommand looks for everything that is wrong in a project.
type checkCommand struct {
	Project string `arg:"" help:"Project file."`
}

// finding is something wrong, as it is told.
type finding struct {
	store.Finding
	Name      string `json:"name,omitempty"`      // of the document
	Annotator string `json:"annotator,omitempty"` // whose layer; empty when it is not about one
	// Rule of the scheme that is broken, and whether it forbids; empty when it is not about the scheme.
	Rule  annotate.Breach `json:"rule,omitempty"`
	Level annotate.Level  `json:"level,omitempty"`
}

// String returns the finding as a line.
func (f finding) String() string {
	line := f.Sentence
	if f.Warning {
		line = "warning: " + line
	}
	switch {
	case f.Name == "":
		return line
	case f.Annotator == "":
		return fmt.Sprintf("%s: %s", f.Name, line)
	}
	return fmt.Sprintf("%s (%s): %s", f.Name, f.Annotator, line)
}

func (c *checkCommand) Run(e *environment) error {
	return e.with(c.Project, func(project *store.Project) error {
		broken, err := project.Check()
		if err != nil {
			return err
		}
		found := make([]finding, len(broken))
		for i, b := range broken {
			found[i] = finding{Finding: b, Name: documentName(project, b.Document)}
		}
		violations, err := e.violations(project)
		if err != nil && len(broken) == 0 { // else the file is damaged, and that has been found
			return err
		}
		found = append(found, violations...)
		return e.tellFindings(found)
	})
}

func (e *environment) tellFindings(found []finding) error {
	problems := 0
	for _, f := range found {
		if !f.Warning {
			problems++
		}
		if !e.json {
			fmt.Fprintln(e.stdout, f)
		}
	}
	if e.json {
		if err := e.object(map[string]any{"findings": found}); err != nil {
			return err
		}
	}
	if problems > 0 {
		e.say("%s found", count(problems, "problem"))
		return errProblems
	}
	e.say("no problems found")
	return nil
}

// violations returns where annotations break the scheme's rules, one layer at a time.
func (e *environment) violations(project *store.Project) ([]finding, error) {
	scheme, err := project.Scheme()
	if err != nil {
		return nil, err
	}
	lookup, err := lookupIn(project)
	if err != nil {
		return nil, err
	}
	found := []finding{}
	err = e.eachDocument(project, func(row store.DocumentRow) error {
		annotators, err := project.Annotators(row.ID)
		if err != nil || len(annotators) == 0 {
			return err
		}
		document, err := project.Document(row.ID)
		if err != nil {
			return err
		}
		body := annotate.NewBody(document.Text)
		for _, annotator := range annotators {
			layer, err := project.Layer(row.ID, annotator)
			if err != nil {
				return err
			}
			for _, v := range annotate.NewAudit(scheme, layer, body, lookup).All() {
				found = append(found, finding{
					Finding: store.Finding{Document: v.Document, Entity: v.Entity, Sentence: v.Sentence},
					Name:    row.Name, Annotator: annotator, Rule: v.Rule, Level: v.Level,
				})
			}
		}
		return nil
	})
	return found, err
}

// lookupIn returns how to find what annotations of a project point at.
func lookupIn(project *store.Project) (annotate.Lookup, error) {
	concepts, err := project.Concepts()
	registry := annotate.NewRegistry(concepts...)
	return annotate.Lookup{Concept: registry.Concept, Span: func(id annotate.ID) *annotate.Span {
		span, err := project.Span(id)
		if err != nil {
			return nil
		}
		return span
	}}, err
}

// documentName returns the name of a document, or its id if it is gone.
func documentName(project *store.Project, id annotate.ID) string {
	if id == "" {
		return ""
	}
	d, err := project.Document(id)
	if err != nil {
		return string(id)
	}
	return d.Name
}
