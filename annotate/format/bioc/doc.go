// Package bioc reads and writes BioC, as JSON and as XML.
//
// The source of facts is BioC.dtd and what the programs of NLM, bconv and INCEpTION write
// and read:
//
//	collection: source, date, key, infons, documents
//	document:   id, infons, passages, annotations, relations
//	passage:    offset, infons, text or sentences, annotations, relations
//	annotation: id, infons, locations (offset and length), text
//	relation:   id, infons, nodes (refid and role)
//
// Offsets are counted from the beginning of the document. Nothing says what they count:
// most programs count code points, some bytes of UTF-8. Both forms have one model, in
// document.go; start there.
package bioc
