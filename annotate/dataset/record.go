package dataset

import (
	"cmp"
	"slices"

	"spanwright/annotate"
)

// Record is one document as one annotator left it: what an export is made of.
type Record struct {
	Document *annotate.Document
	// Annotator is whose layer it is; empty when the record holds no layer, or
	// when it was read from a format that names nobody.
	Annotator string
	// Assessment is nil when the record says nothing of the document as a whole.
	Assessment *annotate.Assessment
	Review     *annotate.Review // nil when there is none
	Spans      []*annotate.Span
	Relations  []*annotate.Relation
	Records    []*annotate.Record  // each before those that lie in it, in their order
	Concepts   []*annotate.Concept // what the spans are linked to, in order of id
	Scheme     string              // name of the scheme the labels belong to; empty if the format does not say

	File    string   // where the record was read, for messages
	Line    int      // 1-based; 0 when the record is the whole file
	End     int64    // bytes of the file read so far, for progress
	Remarks []Remark // what the reader had to change
	Moved   int      // stretches that were re-anchored
}

// Remark is a sentence about a place in a file.
type Remark struct {
	File     string `json:"file"`
	Line     int    `json:"line,omitempty"` // 1-based; 0 means the file as a whole
	Sentence string `json:"sentence"`
	// Each is what the sentence tells of several things, for each of them.
	Each []Remark `json:"each,omitempty"`
}

// String returns the remark as a compiler would print it.
func (r Remark) String() string {
	return (&annotate.Error{File: r.File, Line: r.Line, Sentence: r.Sentence}).Error()
}

// Sort puts spans in reading order (start, longer first, id) and relations in
// order of id, so that the same annotations always make the same record.
func (r *Record) Sort() {
	slices.SortFunc(r.Spans, func(a, b *annotate.Span) int {
		x, y := a.Extent(), b.Extent()
		return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(y.End, x.End), cmp.Compare(a.ID, b.ID))
	})
	slices.SortFunc(r.Relations, func(a, b *annotate.Relation) int { return cmp.Compare(a.ID, b.ID) })
}
