// Package spacy reads and writes the examples that spaCy is trained with, as JSON and
// as the binary DocBin.
//
//	["text", {"entities": [[0, 4, "PERSON"]], "cats": {"NEWS": 1.0}, "spans": {"sc": […]}}]
//	{"text": "text", "entities": [[0, 4, "PERSON"]], "cats": {}}
//	[{"id": 0, "paragraphs": [{"raw", "sentences": [{"tokens": [{"orth", "ner"}]}]}]}]
//
// a line each, or in a list; the last one is that of spaCy 2, which is only read. The
// source of facts is spaCy's own documentation of its data formats and example files.
// Offsets count code points. Entities neither overlap nor begin or end with a blank; all
// spans of a document in which some overlap stand in the group "sc" too, from which
// spancat is trained. A DocBin is read and written as the same examples, with tokens for
// offsets; see docbin.go. What spaCy has no place for stands beside it; see package
// aside. Start with read.go.
package spacy
