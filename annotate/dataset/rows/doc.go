// Package rows reads tables whose rows are documents or spans, whatever they stand in: the
// formats csv, tsv and xlsx share it.
//
// A row without a start is a document and has its text; a row with one is a span of the
// document that was named last, or that stands in the row itself, and has the words it
// covers. So a table of documents, one of spans, and one of both are read alike:
//
//	text,label                                        a document a row
//	document,start,end,label,text                     a span a row, texts in files beside
//	document_text,start,end,label                     a span a row, with its document's text
//	document,annotator,label,start,end,text,…         both, as they are written
//
// Columns are found by their names. Offsets count code points. Start with [Table].
package rows
