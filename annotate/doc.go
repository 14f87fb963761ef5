// Package annotate is the vocabulary of the trade: documents, spans, relations,
// schemes, and the changes people make to them.
//
// It knows no toolkit, no SQL and no file format. Everything an annotator can do
// is a [Change]; everything a project holds is a [State] that a Change leaves
// behind. Offsets are bytes of UTF-8 throughout; [Offsets] converts them to the
// units other programs count in.
//
// Start with [Document], [Span] and [Relation], then [Scheme] and [Change].
package annotate
