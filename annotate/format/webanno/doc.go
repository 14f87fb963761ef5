// Package webanno reads WebAnno TSV 3.0 to 3.3, which INCEpTION exports, and writes 3.3.
//
// The source of facts is INCEpTION's description of the format and its test suite.
//
//	#FORMAT=WebAnno TSV 3.3
//	#T_SP=webanno.custom.Span|value              a layer of spans with its features, a column each
//	#T_CH=…CoreferenceLink|referenceType|…       of chains
//	#T_RL=…Dependency|DependencyType|BT_…POS     of relations between the spans of a layer
//
//	#Text=This is a test .
//	1-1	0-4	This	PERSON[1]	…
//
// A cell is _ for nothing and * for an annotation without a value; several in one place
// are separated by |; what has the same number in brackets is one annotation. Offsets
// count UTF-16 units. Start with read.go, and with sheet.go for writing.
package webanno
