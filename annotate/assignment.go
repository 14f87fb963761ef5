package annotate

import "cmp"

// Assignment says that one annotator is to label one document. It is nobody's
// annotation: whoever hands out the work makes it and takes it back.
type Assignment struct {
	Document  ID     `json:"document"`
	Annotator string `json:"annotator"`
}

// EntityKind says that an Assignment is an assignment.
func (a *Assignment) EntityKind() EntityKind { return AssignmentEntity }

// EntityID returns the one id that belongs to this document and annotator.
func (a *Assignment) EntityID() ID {
	return DerivedID("assignment", string(a.Document), a.Annotator)
}

// DocumentID returns the id of the document assigned.
func (a *Assignment) DocumentID() ID { return a.Document }

// Compare orders assignments by document, then by annotator.
func (a *Assignment) Compare(b *Assignment) int {
	return cmp.Or(cmp.Compare(a.Document, b.Document), cmp.Compare(a.Annotator, b.Annotator))
}

// Check reports the first thing that makes a impossible.
func (a *Assignment) Check() error {
	switch {
	case a.Document == "":
		return Errorf(Invalid, "an assignment names no document")
	case a.Annotator == "":
		return Errorf(Invalid, "the assignment of document %s names no annotator", a.Document)
	}
	return nil
}
