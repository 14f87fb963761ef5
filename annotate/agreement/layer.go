package agreement

import "spanwright/annotate"

// Layer is what one annotator made of one document, as far as it is compared. Its spans
// may count bytes or anything else, as long as all layers of the document do the same.
type Layer struct {
	Annotator string
	Spans     []*annotate.Span
	Relations []*annotate.Relation // made in the document
	// Labels are the values of the document's own attributes.
	Labels map[string]annotate.Value
	// Elsewhere finds the ends of relations that lie in other documents; nil if there are none.
	Elsewhere func(annotate.ID) *annotate.Span
}
