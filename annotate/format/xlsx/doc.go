// Package xlsx reads and writes a workbook for reviewers, in the format of Excel and
// LibreOffice: a sheet of documents, one of their spans, and one of the arguments of
// their relations, with the columns that tables as CSV have. The first sheet of any other
// workbook is read as such a table; see table.go.
//
//	documents  document, annotator, text, attributes, flag, note, status, metadata, part
//	spans      document, annotator, span, label, start, end, text, fragments, attributes, flag, note, part
//	relations  document, annotator, relation, label, role, argument, text, attributes, flag, note, part
//
// Every cell but a number is a text and never a formula. A cell holds 32,767 UTF-16 units
// at most (Excel specifications and limits); what is longer goes on in the rows below,
// whose part is 2 and so on. Offsets count code points. Start with format.go.
package xlsx
