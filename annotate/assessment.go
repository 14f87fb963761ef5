package annotate

import (
	"maps"
	"strings"
)

// Status says how far the work of one annotator on one document is.
type Status string

// What an annotator says of it in an [Assessment].
const (
	New        Status = "new"
	InProgress Status = "in_progress"
	Done       Status = "done"
)

// What a [Review] makes of it.
const (
	InReview Status = "in_review"
	Returned Status = "returned" // to be gone through again
	Final    Status = "final"    // accepted, and not edited any more
)

// Statuses lists them in the order in which work goes through them.
var Statuses = []Status{New, InProgress, Done, InReview, Returned, Final}

// Base returns what the status means to whoever knows of no reviews: what is returned is
// in progress, and what is in review or final is done.
func (s Status) Base() Status {
	switch s {
	case Returned:
		return InProgress
	case InReview, Final:
		return Done
	}
	return s
}

// Words returns the status as a sentence has it, as in "in progress".
func (s Status) Words() string { return strings.ReplaceAll(string(s), "_", " ") }

// Assessment is what one annotator says of a document as a whole: how far the
// work is, and the values of the scheme's document attributes.
type Assessment struct {
	Document  ID               `json:"document"`
	Annotator string           `json:"annotator"`
	Status    Status           `json:"status"`
	Labels    map[string]Value `json:"labels,omitempty"`
	Flag      string           `json:"flag,omitempty"`
	Note      string           `json:"note,omitempty"`
	// Scheme is the revision of the scheme under which the document was marked done.
	Scheme int `json:"scheme,omitempty"`
}

// Behind reports whether the document was marked done under an older scheme than that revision.
func (a *Assessment) Behind(revision int) bool { return a.Status == Done && a.Scheme < revision }

// EntityKind says that an Assessment is an assessment.
func (a *Assessment) EntityKind() EntityKind { return AssessmentEntity }

// EntityID returns the one id that belongs to this document and annotator, so
// that two laptops assessing the same document speak of the same thing.
func (a *Assessment) EntityID() ID {
	return DerivedID("assessment", string(a.Document), a.Annotator)
}

// DocumentID returns the id of the document assessed.
func (a *Assessment) DocumentID() ID { return a.Document }

// Clone returns a copy that shares nothing changeable with a.
func (a *Assessment) Clone() *Assessment {
	c := *a
	c.Labels = maps.Clone(a.Labels)
	return &c
}

// Check reports the first thing that makes a impossible.
func (a *Assessment) Check() error {
	switch {
	case a.Document == "":
		return Errorf(Invalid, "an assessment belongs to no document")
	case a.Annotator == "":
		return Errorf(Invalid, "the assessment of document %s belongs to no annotator", a.Document)
	case a.Status != New && a.Status != InProgress && a.Status != Done:
		return Errorf(Invalid, "status %q is none of new, in_progress and done", a.Status)
	}
	return nil
}
