// Package pubannotation reads and writes the JSON of PubAnnotation.
//
// The source of facts is PubAnnotation's description of its format, and what it exports:
//
//	{"sourcedb", "sourceid", "project", "text", "denotations": [{"id": "T1", "span": {"begin", "end"}, "obj": "Protein"}],
//	 "relations": [{"id": "R1", "subj": "T1", "pred": "partOf", "obj": "T2"}], "attributes": [{"subj": "T1", "pred": "negated", "obj": true}]}
//
// Offsets count code points. A project is an annotator. Start with read.go.
package pubannotation
