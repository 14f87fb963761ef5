// Package huggingface reads and writes data sets as the library datasets of Hugging Face
// loads them: lines of JSON in which every row has the same keys with the same types, and
// Parquet files that say in their metadata what the types are.
//
// What is written has a row for each document and annotator, and holds everything:
//
//	{"id", "name", "text", "annotator", "status", "scheme", "flag", "note", "labels", "meta",
//	 "spans": [{"id", "label", "start", "end", "text", "fragments": [{"start", "end"}], "attributes", "flag", "note"}],
//	 "relations": [{"id", "label", "args": [{"role", "span", "relation", "document", "implicit"}], …}],
//	 "records": [{"id", "parent", "label", …}], "concepts": [{"id", "kind", "name", "aliases", "note", "into"}],
//	 "reviews": [{"status", "by", "comment"}]}
//
// Attributes and metadata are lists of structs, since the keys of a struct are part of its
// type. In Parquet, labels and status are of the type ClassLabel. What others publish is
// read in the shapes that are usual:
//
//	{"text", "entities": [{"start", "end", "label"}]}   also as lists inside of a struct
//	{"tokens": […], "ner_tags": […]}                    tags of any scheme, as ClassLabel or text
//	{"text", "label"}                                   classification
//
// The sources of facts are the features of datasets 5 and the specification of Parquet.
// Offsets count code points. Start with row.go.
package huggingface
