package dataset

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"spanwright/annotate"
)

// Digest is what a record says, as far as a format can hold it, in few bytes. Records
// that say the same have the same digest, whatever order it stands in.
type Digest [sha256.Size]byte

// Digest returns the digest of r in a format that holds h.
func (r *Record) Digest(h Holds) Digest {
	return sha256.Sum256([]byte(strings.Join(r.statements(h, annotate.HashText), "\n")))
}

// Statements returns what r says, as far as a format that holds h can hold it, a line
// for each thing, sorted. Where the format keeps no ids, spans and relations are known by
// what they say.
func (r *Record) Statements(h Holds) []string { return r.statements(h, strconv.Quote) }

// statements is Statements where text writes the document's text.
func (r *Record) statements(h Holds, text func(string) string) []string {
	s := stater{record: r, text: text, ids: h.Of(IDs) == Yes, spans: map[annotate.ID]string{}, relations: map[annotate.ID]*annotate.Relation{}}
	s.document(h)
	for _, span := range r.Spans {
		s.spans[span.ID] = s.span(span)
		s.said = append(s.said, "span "+s.spans[span.ID]+" "+said(span.Attributes, span.Flag, span.Note))
	}
	for _, relation := range r.Relations {
		s.relations[relation.ID] = relation
	}
	for _, relation := range r.Relations {
		s.say("relation %s %s", s.relation(relation, 0), said(relation.Attributes, relation.Flag, relation.Note))
	}
	s.records("", "")
	for _, c := range r.Concepts {
		s.say("concept %q %q %q %q %q %q", c.ID, c.Kind, c.Name, c.Aliases, c.Note, c.Into)
	}
	slices.Sort(s.said)
	return s.said
}

// stater collects the statements of a record.
type stater struct {
	record    *Record
	text      func(string) string
	ids       bool
	spans     map[annotate.ID]string
	relations map[annotate.ID]*annotate.Relation
	said      []string
}

func (s *stater) say(format string, args ...any) {
	s.said = append(s.said, fmt.Sprintf(format, args...))
}

// named returns an id where ids count.
func (s *stater) named(id annotate.ID) string {
	if s.ids {
		return string(id) + " "
	}
	return ""
}

func (s *stater) span(span *annotate.Span) string {
	b := strconv.AppendQuote([]byte(s.named(span.ID)), span.Label)
	for _, f := range span.Fragments {
		b = strconv.AppendInt(append(b, ' '), int64(f.Start), 10)
		b = strconv.AppendInt(append(b, '-'), int64(f.End), 10)
	}
	return string(strconv.AppendQuote(append(b, ' '), span.Covered(s.record.Document.Text)))
}

func (s *stater) document(h Holds) {
	r := s.record
	s.say("text %s%s", s.named(r.Document.ID), s.text(r.Document.Text))
	if h.Of(Names) == Yes {
		s.say("name %q", r.Document.Name)
	}
	for field, value := range r.Document.Meta {
		s.say("metadata %q %q", field, value)
	}
	if r.Annotator != "" && h.Of(Annotators) == Yes {
		s.say("annotator %q", r.Annotator)
	}
	status := annotate.New
	if len(r.Spans)+len(r.Relations)+len(r.Records) > 0 {
		status = annotate.InProgress // what a format is silent about is taken for that
	}
	if a := r.Assessment; a != nil {
		if a.Status != annotate.New {
			status = a.Status // one that is annotated is not new, whatever is said
		}
		if len(a.Labels) > 0 || a.Flag != "" || a.Note != "" {
			s.say("document %s", said(a.Labels, a.Flag, a.Note))
		}
	}
	if status != annotate.New && h.Of(Status) == Yes {
		s.say("status %s", status)
	}
	if r.Review != nil && h.Of(Reviews) == Yes {
		s.say("review %q by %q: %q", r.Review.Status, r.Review.By, r.Review.Comment)
	}
}

// deepest is how many relations about relations are followed.
const deepest = 8

func (s *stater) relation(r *annotate.Relation, depth int) string {
	parts := []string{s.named(r.ID) + fmt.Sprintf("%q", r.Label)}
	for _, a := range r.Arguments {
		target := s.spans[a.Span]
		if inner := s.relations[a.Relation]; inner != nil && depth < deepest {
			target = "(" + s.relation(inner, depth+1) + ")"
		}
		if target == "" {
			target = fmt.Sprintf("%q %q", a.Target(), a.Document)
		}
		parts = append(parts, fmt.Sprintf("%q=%s %v", a.Role, target, a.Implicit))
	}
	return strings.Join(parts, " ")
}

// records says what the records in one say, with their place among them.
func (s *stater) records(parent annotate.ID, place string) {
	n := 0
	for _, r := range s.record.Records {
		if r.Parent != parent {
			continue
		}
		n++
		at := fmt.Sprintf("%s.%d", place, n)
		s.say("record %s %s%q %s", at, s.named(r.ID), r.Label, said(r.Attributes, r.Flag, r.Note))
		s.records(r.ID, at)
	}
}

// said returns attributes, flag and note as one text.
func said(attributes map[string]annotate.Value, flag, note string) string {
	if len(attributes) == 0 && flag == "" && note == "" {
		return `"" ""`
	}
	var b []byte
	for _, name := range slices.Sorted(maps.Keys(attributes)) {
		raw, _ := attributes[name].MarshalJSON() // cannot fail: the value is checked
		b = append(append(append(strconv.AppendQuote(b, name), '='), raw...), ' ')
	}
	return string(strconv.AppendQuote(append(strconv.AppendQuote(b, flag), ' '), note))
}
