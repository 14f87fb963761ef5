// Package report puts together how the work on a project stands: documents by state and
// annotator, labels, agreement and what annotators confuse, and for one annotator what was
// decided otherwise; and writes it as HTML, which holds its pictures, or as Markdown.
//
// It reads a project and never writes to it, and knows no toolkit. The same project always
// gives the same bytes: nothing in a report tells when it was made.
//
// Start with [Gather], then facts.go, page.go and picture.go.
package report
