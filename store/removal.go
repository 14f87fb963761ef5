package store

import (
	"slices"

	"spanwright/annotate"
)

// DocumentRemoval returns the changes that delete a document together with
// everything anybody has made of it or said about it, and the relations elsewhere
// that point into it. Their Annotator is empty: the caller says who deletes, and applies them in
// one call. A document that is not there is a NotFound error.
func (p *Project) DocumentRemoval(id annotate.ID) ([]annotate.Change, error) {
	var doomed []annotate.State
	err := p.read(func(on source) error {
		relations, err := relations(on, "r.id IN ("+doomedRelations+")", id)
		if err != nil {
			return err
		}
		slices.Reverse(relations) // those made later may point at earlier ones
		spans, err := spans(on, "s.document = ?", id)
		if err != nil {
			return err
		}
		records, err := records(on, "document = ?", id)
		if err != nil {
			return err
		}
		assessments, err := assessments(on, "document = ?", id)
		if err != nil {
			return err
		}
		assigned, err := assignments(on, "document = ?", id)
		if err != nil {
			return err
		}
		decided, err := decisions(on, "document = ?", id)
		if err != nil {
			return err
		}
		judged, err := reviews(on, "document = ?", id)
		if err != nil {
			return err
		}
		said, err := comments(on, "c.document = ?1 OR c.relation <> '' AND c.relation IN ("+doomedRelations+")", id)
		if err != nil {
			return err
		}
		documents, err := documents(on, "id = ?", id)
		if err == nil && len(documents) == 0 {
			err = annotate.Errorf(annotate.NotFound, "the project has no document %q", id)
		}
		doomed = slices.Concat(states(judged), states(said), states(relations), states(spans), states(records), states(assessments), states(assigned), states(decided), states(documents))
		return err
	})
	if err != nil {
		return nil, err
	}
	changes := make([]annotate.Change, len(doomed))
	for i, s := range doomed {
		changes[i].Before = s
	}
	return changes, nil
}

// doomedRelations selects the relations that go with document ?1: its own, and those
// that point at its spans or at relations that go.
const doomedRelations = `WITH RECURSIVE doomed (id) AS (
		SELECT id FROM relation WHERE document = ?1
		UNION SELECT a.relation FROM span s JOIN argument a ON a.span = s.id AND a.span <> '' WHERE s.document = ?1
		UNION SELECT a.relation FROM doomed d JOIN argument a ON a.target = d.id AND a.target <> '')
	SELECT id FROM doomed`

// states returns a list as states.
func states[S annotate.State](list []S) []annotate.State {
	converted := make([]annotate.State, len(list))
	for i, s := range list {
		converted[i] = s
	}
	return converted
}
