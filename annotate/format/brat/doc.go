// Package brat reads and writes brat standoff: a text file with its annotations
// beside it in an .ann file, or in .a1, .a2 and .rel files.
//
// The source of facts is brat's own description (brat.nlplab.org/standoff.html)
// and what real files do. The text of a pair is never changed, so that offsets
// hold; each span's text column is compared with the text it covers, and a pair
// that disagrees is refused whole. Text-bound annotations become spans, relations
// and events become relations (an event's trigger is its argument "trigger"),
// equivalences become relations whose arguments are all members. What brat has
// beside attributes, normalizations and typed notes, becomes attributes under
// names that brat itself could not write; extra.go says how.
//
// Reading: line.go parses lines, unit.go finds out what offsets count, read.go
// puts the record together. Writing: write.go, arrange.go and escape.go.
package brat
