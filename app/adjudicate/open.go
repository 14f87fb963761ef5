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
	if err := lookElsewhere(project, t); err != nil {
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
func lookElsewhere(project *store.Project, t *adjudication.Text) error {
	var ends, documents []annotate.ID
	for _, l := range t.Layers {
		for _, r := range l.Relations() {
			for _, a := range r.Arguments {
				if r.Document == t.Document && a.Document != "" {
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
	labelled, err := project.Labelled(documents...)
	if err != nil {
		return err
	}
	matched := map[annotate.ID]string{}
	for i := range labelled {
		match(&labelled[i], matched)
	}
	t.Elsewhere = func(id annotate.ID) string { return matched[id] }
	t.Became, err = project.Became(ends...)
	return err
}

// match notes for each span of a document the smallest id of those it was matched with.
func match(l *store.Labelled, matched map[annotate.ID]string) {
	var layers [][]*annotate.Span
	for _, layer := range l.Layers {
		if layer.Annotator != annotate.AdjudicatedLayer {
			layers = append(layers, slices.Collect(layer.Spans()))
		}
	}
	for _, group := range agreement.MatchAll(layers) {
		var ids []string
		for i, j := range group {
			if j >= 0 {
				ids = append(ids, string(layers[i][j].ID))
			}
		}
		for _, id := range ids {
			matched[annotate.ID(id)] = slices.Min(ids)
		}
	}
}
