// Package jsonl reads and writes Spanwright's own exchange format: UTF-8, one
// JSON object a line for each document and annotator.
//
// The writer fixes the order of keys and escapes nothing that JSON allows
// except U+0085, U+2028 and U+2029, at which some programs break lines; the
// same annotations always give the same bytes. The reader is strict: a record
// that is not exactly what the format says is refused whole, with its line, and
// the next line is read. Start with write.go, then record.go.
package jsonl
