package adjudicate

import (
	"slices"

	"spanwright/annotate"
	"spanwright/annotate/adjudication"
	"spanwright/annotate/agreement"
	"spanwright/store"
)

// Reader opens documents of a project.
type Reader struct {
	Project *store.Project
	Scheme  *annotate.Scheme
	// Concept returns the concept of an id, or that which it was merged into; nil if there is none.
	Concept func(annotate.ID) *annotate.Concept
}

// NewReader returns a reader that knows the project's scheme and concepts as they are now.
func NewReader(project *store.Project) (*Reader, error) {
	scheme, err := project.Scheme()
	if err != nil {
		return nil, err
	}
	concepts, err := project.Concepts()
	return &Reader{Project: project, Scheme: scheme, Concept: annotate.NewRegistry(concepts...).Concept}, err
}

// Open returns the desk of a document. Its adjudicated layer is the one given, so that
// whoever shows it and the desk speak of the same. It may be called on any goroutine.
func (r *Reader) Open(adjudicated *annotate.Layer) (*adjudication.Desk, error) {
	project := r.Project
	t := &adjudication.Text{Document: adjudicated.Document, Adjudicated: adjudicated, Symmetric: symmetric(r.Scheme), Concept: r.standing}
	names, err := project.Annotators(t.Document)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if name == annotate.AdjudicatedLayer {
			continue
		}
		layer, err := project.Layer(t.Document, name)
		if err != nil {
			return nil, err
		}
		if workedOn(layer) {
			t.Layers = append(t.Layers, layer)
		}
	}
	if t.Decisions, err = project.Decisions(t.Document); err != nil {
		return nil, err
	}
	if err := r.lookElsewhere(t); err != nil {
		return nil, err
	}
	return adjudication.NewDesk(t), nil
}

// OpenStored returns the desk of a document as the project has it.
func (r *Reader) OpenStored(document annotate.ID) (*adjudication.Desk, error) {
	layer, err := r.Project.Layer(document, annotate.AdjudicatedLayer)
	if err != nil {
		return nil, err
	}
	return r.Open(layer)
}

// standing returns the id of the concept that one stands for, "" if there is none of that id.
func (r *Reader) standing(id annotate.ID) annotate.ID {
	if c := r.Concept(id); c != nil {
		return c.ID
	}
	return ""
}

// Words says things about the cases of a desk that was opened, and text is what its document says.
func (r *Reader) Words(desk *adjudication.Desk, text string) *Words {
	return &Words{Desk: desk, Text: text, Concept: r.Concept}
}

// symmetric names the roles that can be exchanged.
func symmetric(scheme *annotate.Scheme) agreement.Symmetric {
	found := agreement.Symmetric{}
	for _, r := range scheme.Relations {
		if r.Symmetric && len(r.Roles) > 1 {
			found[r.Label] = [2]string{r.Roles[0].Name, r.Roles[1].Name}
		}
	}
	return found
}

// workedOn reports whether somebody has worked on a layer: whoever finished without marking
// anything has.
func workedOn(l *annotate.Layer) bool {
	return l.Assessment.Status != annotate.New || l.SpanCount()+l.RelationCount()+l.RecordCount()+len(l.Assessment.Labels) > 0
}

// lookElsewhere finds out what the ends of relations in other documents were matched with
// and decided to be there.
func (r *Reader) lookElsewhere(t *adjudication.Text) error {
	var ends, documents []annotate.ID
	for _, l := range t.Layers {
		for _, relation := range l.Relations() {
			for _, a := range relation.Arguments {
				if relation.Document == t.Document && a.Document != "" {
					ends, documents = append(ends, a.Target()), append(documents, a.Document)
				}
			}
		}
	}
	if len(ends) == 0 {
		return nil
	}
	slices.Sort(documents)
	documents = slices.Compact(documents)
	labelled, err := r.Project.Labelled(documents...)
	if err != nil {
		return err
	}
	t.Elsewhere = map[annotate.ID]adjudication.Elsewhere{}
	for i := range labelled {
		r.match(&labelled[i], ends, t.Elsewhere)
	}
	t.Became, err = r.Project.Became(ends...)
	return err
}

// match notes of ends that lie in a document what they were matched with there.
func (r *Reader) match(l *store.Labelled, ends []annotate.ID, found map[annotate.ID]adjudication.Elsewhere) {
	t := &adjudication.Text{Document: l.Document.ID, Adjudicated: annotate.NewLayer(l.Document.ID, annotate.AdjudicatedLayer), Symmetric: symmetric(r.Scheme), Concept: r.standing}
	for _, layer := range l.Layers {
		if layer.Annotator != annotate.AdjudicatedLayer {
			t.Layers = append(t.Layers, layer)
		}
	}
	desk := adjudication.NewDesk(t)
	words := r.Words(desk, l.Document.Text)
	for _, id := range ends {
		if c := desk.CaseOf(id); c != nil {
			found[id] = adjudication.Elsewhere{Document: l.Document.ID, Name: l.Document.Name, Words: words.of(id), Case: c.ID}
		}
	}
}
