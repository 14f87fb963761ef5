package annotate

import "maps"

// Status says how far one annotator is with one document.
type Status string

// The states of a document in a layer.
const (
	New        Status = "new"
	InProgress Status = "in_progress"
	Done       Status = "done"
)

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
