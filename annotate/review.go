package annotate

import "strings"

// Review says where the review of one annotator's work on one document stands, and what
// whoever brought it there had to say. It is beside the layer and not in it: what the
// annotator says of the document stays the annotator's, whatever becomes of it.
type Review struct {
	Document  ID     `json:"document"`
	Annotator string `json:"annotator"` // whose work it is
	Status    Status `json:"status"`    // InReview, Returned or Final
	By        string `json:"by"`        // who brought it there
	Comment   string `json:"comment,omitempty"`
}

// EntityKind says that a Review is a review.
func (r *Review) EntityKind() EntityKind { return ReviewEntity }

// EntityID returns the one id that belongs to this document and annotator, so that of
// two people who decide about the same work at once one stands.
func (r *Review) EntityID() ID { return DerivedID("review", string(r.Document), r.Annotator) }

// DocumentID returns the id of the document reviewed.
func (r *Review) DocumentID() ID { return r.Document }

// Check reports the first thing that makes r impossible.
func (r *Review) Check() error {
	switch {
	case r.Document == "":
		return Errorf(Invalid, "a review belongs to no document")
	case r.Annotator == "":
		return Errorf(Invalid, "the review of document %s does not say whose work it is about", r.Document)
	case r.By == "":
		return Errorf(Invalid, "the review of document %s does not say who made it", r.Document)
	case r.Status != InReview && r.Status != Returned && r.Status != Final:
		return Errorf(Invalid, "the status %q of a review is none of in_review, returned and final", r.Status)
	case r.Status == Returned && strings.TrimSpace(r.Comment) == "":
		return Errorf(Invalid, "work is returned with a comment that says what to do")
	}
	return nil
}

// Agrees returns an error where a record says another status beside the review than the
// review means.
func (r *Review) Agrees(status Status) error {
	if means := r.Status.Base(); means != status {
		return Errorf(Invalid, "work that is %s has the status %s, not %s", r.Status.Words(), means, status)
	}
	return nil
}

// StatusOf returns how far work is of which an assessment and a review are known; either
// may be nil.
func StatusOf(a *Assessment, r *Review) Status {
	switch {
	case r != nil:
		return r.Status
	case a != nil:
		return a.Status
	}
	return New
}

// Work is one annotator's work on one document as far as moving it goes.
type Work struct {
	Document   ID
	Annotator  string
	Assessment *Assessment // nil if nothing was ever said
	Review     *Review     // nil if there is none
}

// Status returns how far the work is.
func (w Work) Status() Status { return StatusOf(w.Assessment, w.Review) }

// Move returns the changes by which somebody brings the work to a status, with what there
// is to say about it; revision is that of the present scheme. Whoever says that work is
// done that was returned hands it in again. What the annotator says of the document is
// changed by the annotator alone. Whether the move may be made is for [Team.Refusal] to say.
func (w Work) Move(by string, to Status, comment string, revision int) []Change {
	from := w.Status()
	if from == Returned && to == Done {
		to = InReview
	}
	if from == Returned && to == InProgress || from == to && (to != Done || revision <= w.Assessment.Scheme) {
		return nil
	}
	var changes []Change
	if to.Base() == to && w.Review != nil { // it must not be final when the rest changes
		changes = append(changes, Change{Before: w.Review})
	}
	if owns(by, w.Annotator) {
		changes = append(changes, w.assess(to.Base(), revision)...)
	}
	if to.Base() != to {
		c := Change{After: &Review{Document: w.Document, Annotator: w.Annotator, Status: to, By: by, Comment: strings.TrimSpace(comment)}}
		if w.Review != nil {
			c.Before = w.Review
		}
		changes = append(changes, c)
	}
	for i := range changes {
		changes[i].Annotator = by
	}
	return changes
}

// assess returns the change, if one is needed, by which the annotator's own words agree
// with a status.
func (w Work) assess(status Status, revision int) []Change {
	after := &Assessment{Document: w.Document, Annotator: w.Annotator}
	c := Change{After: after}
	if w.Assessment != nil {
		*after = *w.Assessment.Clone()
		c.Before = w.Assessment
	}
	if after.Status == status && (status != Done || after.Scheme >= revision) {
		return nil
	}
	after.Status, after.Scheme = status, 0
	if status == Done {
		after.Scheme = revision
	}
	return []Change{c}
}
