package jsonl

import (
	"bufio"
	"context"
	"io"
	"iter"
	"strconv"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
)

// Write writes each record as a line. The format holds everything, so there
// are no losses.
func Write(ctx context.Context, w io.Writer, records iter.Seq2[*dataset.Record, error], options dataset.Options) (dataset.Losses, error) {
	unit := options.Unit
	if unit == "" {
		unit = annotate.CodePoint
	}
	out := bufio.NewWriterSize(w, 1<<16)
	var b []byte
	for r, err := range records {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		b = appendRecord(b[:0], r, unit)
		if _, err := out.Write(b); err != nil {
			return nil, err
		}
	}
	return nil, out.Flush()
}

// appendRecord appends r as one line, ended by LF.
func appendRecord(b []byte, r *dataset.Record, unit annotate.Unit) []byte {
	offsets := annotate.NewOffsets(r.Document.Text)
	assessment := r.Assessment
	if assessment == nil {
		assessment = &annotate.Assessment{Status: annotate.New}
	}
	b = appendText(append(b, `{"id":`...), string(r.Document.ID))
	b = appendText(append(b, `,"name":`...), r.Document.Name)
	b = appendText(append(b, `,"text":`...), r.Document.Text)
	b = appendMap(append(b, `,"meta":`...), r.Document.Meta, appendText)
	b = appendText(append(b, `,"annotator":`...), r.Annotator)
	b = appendText(append(b, `,"status":`...), string(assessment.Status))
	b = appendReview(b, r.Review)
	b = appendMap(append(b, `,"labels":`...), assessment.Labels, appendValue)
	b = appendRemarks(b, assessment.Flag, assessment.Note)
	b = append(b, `,"spans":`...)
	b = appendList(b, r.Spans, func(b []byte, s *annotate.Span) []byte {
		return appendSpan(b, s, r.Document.Text, offsets, unit)
	})
	b = append(b, `,"relations":`...)
	b = appendList(b, r.Relations, appendRelation)
	b = appendForms(b, r.Records, "")
	if len(r.Concepts) > 0 {
		b = appendList(append(b, `,"concepts":`...), r.Concepts, appendConcept)
	}
	b = appendText(append(b, `,"offsets":`...), string(unit))
	b = appendText(append(b, `,"scheme":`...), r.Scheme)
	return append(b, "}\n"...)
}

// appendReview appends where the review of the record's layer stands; nothing if there is none.
func appendReview(b []byte, r *annotate.Review) []byte {
	if r == nil {
		return b
	}
	b = appendText(append(b, `,"review":{"status":`...), string(r.Status))
	b = appendText(append(b, `,"by":`...), r.By)
	if r.Comment != "" {
		b = appendText(append(b, `,"comment":`...), r.Comment)
	}
	return append(b, '}')
}

func appendSpan(b []byte, s *annotate.Span, text string, offsets *annotate.Offsets, unit annotate.Unit) []byte {
	extent := s.Extent()
	b = appendText(append(b, `{"id":`...), string(s.ID))
	b = appendText(append(b, `,"label":`...), s.Label)
	b = strconv.AppendInt(append(b, `,"start":`...), int64(offsets.To(unit, extent.Start)), 10)
	b = strconv.AppendInt(append(b, `,"end":`...), int64(offsets.To(unit, extent.End)), 10)
	b = appendText(append(b, `,"text":`...), s.Covered(text))
	b = append(b, `,"fragments":`...)
	b = appendList(b, s.Fragments, func(b []byte, f annotate.Fragment) []byte {
		b = strconv.AppendInt(append(b, '['), int64(offsets.To(unit, f.Start)), 10)
		b = strconv.AppendInt(append(b, ','), int64(offsets.To(unit, f.End)), 10)
		return append(b, ']')
	})
	b = appendMap(append(b, `,"attributes":`...), s.Attributes, appendValue)
	b = appendText(append(b, `,"flag":`...), s.Flag)
	b = appendText(append(b, `,"note":`...), s.Note)
	return append(b, '}')
}

func appendRelation(b []byte, r *annotate.Relation) []byte {
	b = appendText(append(b, `{"id":`...), string(r.ID))
	b = appendText(append(b, `,"label":`...), r.Label)
	b = appendList(append(b, `,"args":`...), r.Arguments, appendArgument)
	b = appendMap(append(b, `,"attributes":`...), r.Attributes, appendValue)
	return append(appendRemarks(b, r.Flag, r.Note), '}')
}

// appendForms appends the records that lie in the one of an id, with those in them; nothing if there are none.
func appendForms(b []byte, all []*annotate.Record, parent annotate.ID) []byte {
	var inside []*annotate.Record
	for _, r := range all {
		if r.Parent == parent {
			inside = append(inside, r)
		}
	}
	if len(inside) == 0 {
		return b
	}
	return appendList(append(b, `,"records":`...), inside, func(b []byte, r *annotate.Record) []byte {
		b = appendText(append(b, `{"id":`...), string(r.ID))
		b = appendText(append(b, `,"label":`...), r.Label)
		b = appendMap(append(b, `,"attributes":`...), r.Attributes, appendValue)
		return append(appendForms(appendRemarks(b, r.Flag, r.Note), all, r.ID), '}')
	})
}

func appendConcept(b []byte, c *annotate.Concept) []byte {
	b = appendText(append(b, `{"id":`...), string(c.ID))
	b = appendText(append(b, `,"kind":`...), c.Kind)
	b = appendText(append(b, `,"name":`...), c.Name)
	b = appendList(append(b, `,"aliases":`...), c.Aliases, appendText)
	if c.Note != "" {
		b = appendText(append(b, `,"note":`...), c.Note)
	}
	if c.Into != "" {
		b = appendText(append(b, `,"into":`...), string(c.Into))
	}
	return append(b, '}')
}

func appendArgument(b []byte, a annotate.Argument) []byte {
	b = appendText(append(b, `{"role":`...), a.Role)
	if a.Span != "" {
		b = appendText(append(b, `,"span":`...), string(a.Span))
	} else {
		b = append(b, `,"span":null`...)
	}
	if a.Relation != "" {
		b = appendText(append(b, `,"relation":`...), string(a.Relation))
	}
	if a.Document != "" {
		b = appendText(append(b, `,"document":`...), string(a.Document))
	}
	if a.Implicit {
		b = append(b, `,"implicit":true`...)
	}
	return append(b, '}')
}

// appendRemarks appends the flag and note that relations and documents have only when set.
func appendRemarks(b []byte, flag, note string) []byte {
	if flag != "" {
		b = appendText(append(b, `,"flag":`...), flag)
	}
	if note != "" {
		b = appendText(append(b, `,"note":`...), note)
	}
	return b
}

func appendList[T any](b []byte, items []T, appendItem func([]byte, T) []byte) []byte {
	b = append(b, '[')
	for i, item := range items {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendItem(b, item)
	}
	return append(b, ']')
}

func appendMap[V any](b []byte, values map[string]V, appendItem func([]byte, V) []byte) []byte {
	b = append(b, '{')
	for i, key := range annotate.SortedKeys(values) {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendItem(append(appendText(b, key), ':'), values[key])
	}
	return append(b, '}')
}

func appendValue(b []byte, v annotate.Value) []byte {
	if text, ok := v.Text(); ok {
		return appendText(b, text)
	}
	if choices, ok := v.Choices(); ok {
		return appendList(b, choices, appendText)
	}
	return append(b, v.String()...) // a number's digits, true or false
}

const hexDigits = "0123456789abcdef"

var shortEscapes = [' ']byte{'\b': 'b', '\f': 'f', '\n': 'n', '\r': 'r', '\t': 't'}

// appendText appends a JSON string.
func appendText(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		n := 1
		switch {
		case c == '"' || c == '\\':
			b = append(append(b, s[from:i]...), '\\', c)
		case c < ' ' && shortEscapes[c] != 0:
			b = append(append(b, s[from:i]...), '\\', shortEscapes[c])
		case c < ' ':
			b = append(append(b, s[from:i]...), '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		case c == 0xC2 && i+1 < len(s) && s[i+1] == 0x85:
			b, n = append(append(b, s[from:i]...), `\u0085`...), 2
		case c == 0xE2 && i+2 < len(s) && s[i+1] == 0x80 && s[i+2]&^1 == 0xA8:
			b, n = append(append(b, s[from:i]...), '\\', 'u', '2', '0', '2', hexDigits[s[i+2]&15]), 3
		default:
			continue
		}
		from, i = i+n, i+n-1
	}
	return append(append(b, s[from:]...), '"')
}
