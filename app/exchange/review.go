package exchange

import (
	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// handedIn returns the assessment of a record. Before work can be returned it was handed
// in, which the record does not say.
func handedIn(r *dataset.Record) *annotate.Assessment {
	if r.Review == nil || r.Assessment == nil || r.Review.Status != annotate.Returned {
		return r.Assessment
	}
	a := r.Assessment.Clone()
	a.Status = annotate.Done
	return a
}

// addReview adds the review of the record's layer where the project has none, if whoever
// imports may decide about that work.
func (im *importer) addReview(e *entry, layer *annotate.Layer) error {
	read := e.record.Review
	switch {
	case read == nil:
		return nil
	case layer.Review != nil:
		return e.keep(layer.Review, read, "review", read.Annotator)
	}
	if err := im.team.Refusal(im.annotator, read.Annotator, annotate.Done, read.Status); err != nil {
		e.remark("the review is left out: %s", sentence(err))
		return nil
	}
	e.changes = append(e.changes, annotate.Change{After: read})
	return nil
}
