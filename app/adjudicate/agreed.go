package adjudicate

import (
	"context"

	"spanwright/annotate"
	"spanwright/annotate/adjudication"
	"spanwright/store"
)

// TakeOver takes over, as one act of by, what enough annotators agree on in documents and
// nobody has decided yet. Documents in which something waits for what is decided in others are gone through
// again until nothing is left that could be. It returns how many decisions it made. What deleting
// anything leaves behind without an object, comments, goes along.
func TakeOver(ctx context.Context, project *store.Project, documents []annotate.ID, t adjudication.Threshold, by string, progress func(done, total int)) (n int, err error) {
	reader, err := NewReader(project)
	if err != nil {
		return 0, err
	}
	group := annotate.NewID()
	for made := 1; made > 0 && len(documents) > 0; {
		var waiting []annotate.ID
		made = 0
		for i, id := range documents {
			if err := ctx.Err(); err != nil {
				return n, err
			}
			if progress != nil {
				progress(i, len(documents))
			}
			taken, waits, err := reader.takeOver(id, t, by, group)
			if err != nil {
				return n, err
			}
			if made += taken; waits {
				waiting = append(waiting, id)
			}
		}
		n += made
		documents = waiting
	}
	return n, nil
}

// takeOver does so in one document. Waits tells whether a relation of it rests on another document in which
// that is not decided yet.
func (r *Reader) takeOver(document annotate.ID, t adjudication.Threshold, by string, group annotate.ID) (n int, waits bool, err error) {
	desk, err := r.OpenStored(document)
	if err != nil {
		return 0, false, err
	}
	for _, c := range desk.Cases() {
		for i := range c.Sides {
			if _, _, awaits := desk.Awaited(c, c.Sides[i].Annotator); awaits && c.State != adjudication.Settled {
				waits = true
			}
		}
	}
	changes, n, err := desk.Agreed(t, by)
	if err != nil || n == 0 {
		return 0, waits, err
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
	_, err = r.Project.Apply(changes...)
	return n, waits, err
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
