// Package doccano reads and writes the JSONL of doccano, in all its generations.
//
// The source of facts is what doccano's own import and export accept and write
// (backend/data_import, data_export of 1.8), and files of older versions.
//
//	{"id", "text", "label": [[0, 4, "Person"]], "Comments": []}           sequence labelling
//	{"id", "text", "entities": [{"id", "start_offset", …}], "relations"}  with relations
//	{"text", "entities": [[0, 26, "City"]], "cats": ["flight"]}           intents and slots
//	{"text", "label": ["positive"]}                                       classification
//	{"id", "text", "annotations": [{"label": 12, "user": 1, …}]}          before 1.0
//
// Offsets count code points. What doccano does not know is metadata to it, and comes
// back; so the writer keeps the name of a document, its annotator and its attributes
// under keys of their own. Start with read.go.
package doccano
