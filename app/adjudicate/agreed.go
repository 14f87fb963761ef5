package adjudicate

import (
	"context"
	"slices"

	"spanwright/annotate"
	"spanwright/annotate/adjudication"
	"spanwright/store"
)

// TakeOver takes over, as one act of by, what enough annotators agree on in documents and
// nobody has decided yet. Where relations rest on what is taken over in documents that come
// later it goes through them again. It returns how many decisions it made. What deleting
// anything leaves behind without an object, comments, goes along.
func TakeOver(ctx context.Context, project *store.Project, documents []annotate.ID, t adjudication.Threshold, by string, progress func(done, total int)) (n int, err error) {
	reader, err := NewReader(project)
	if err != nil {
		return 0, err
	}
	group := annotate.NewID()
	for again := true; again; {
		again = false
		for i, id := range documents {
			if err := ctx.Err(); err != nil {
				return n, err
			}
			if progress != nil {
				progress(i, len(documents))
			}
			made, crossing, err := reader.takeOver(id, t, by, group)
			if err != nil {
				return n, err
			}
			n += made
			again = again || made > 0 && crossing
		}
	}
	return n, nil
}

// takeOver does so in one document. Crossing tells whether some relation of it that nothing
// was decided about rests on another document.
func (r *Reader) takeOver(document annotate.ID, t adjudication.Threshold, by string, group annotate.ID) (n int, crossing bool, err error) {
	desk, err := r.OpenStored(document)
	if err != nil {
		return 0, false, err
	}
	changes, n, err := desk.Agreed(t, by)
	if err != nil || n == 0 {
		return 0, false, err
	}
	for i := range changes {
		if changes[i].After == nil {
			along, err := unsaid(r.Project, changes[i].Before, by)
			if err != nil {
				return 0, false, err
			}
			changes = append(changes, along...)
		}
	}
	for i := range changes {
		changes[i].Annotator, changes[i].Group = by, group
	}
	for _, c := range desk.Cases() {
		crossing = crossing || c.Relation() && slices.ContainsFunc(c.Sides[0].Relation.Arguments, func(a annotate.Argument) bool { return a.Document != "" })
	}
	_, err = r.Project.Apply(changes...)
	return n, crossing, err
}

// unsaid returns the changes that delete what was said about something that goes.
func unsaid(project *store.Project, gone annotate.State, by string) ([]annotate.Change, error) {
	said, err := project.Comments(gone.DocumentID(), "")
	var changes []annotate.Change
	for _, c := range said {
		if c.Subject() == gone.EntityID() {
			changes = append(changes, annotate.Change{Annotator: by, Before: c})
		}
	}
	return changes, err
}
