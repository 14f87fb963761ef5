// Package w3c reads and writes Web Annotations, as the W3C recommends them.
//
// The source of facts is the Web Annotation Data Model (W3C Recommendation of 23 February
// 2017), the samples of its test suite, and what Recogito writes:
//
//	{"@context", "id", "type": "Annotation", "motivation", "creator", "body", "target"}
//	{"type": "TextualBody", "purpose": "tagging", "value": "Person"}
//	{"source", "selector": [{"type": "TextQuoteSelector", "exact", "prefix", "suffix"}, {"type": "TextPositionSelector", "start", "end"}]}
//
// An annotation names its text and does not hold it. The writer puts the text of each
// document into the first annotation of it, which is about the document as a whole; the
// reader also looks for it beside the file. Offsets count code points (section 4.2.5); some
// programs count UTF-16 units. Start with read.go.
package w3c
