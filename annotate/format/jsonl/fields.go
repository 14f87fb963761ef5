package jsonl

import "spanwright/annotate"

// wireRecord is a line as it stands, before offsets are converted: their unit
// is the last thing but one in it.
type wireRecord struct {
	id, name, text    string
	meta              map[string]string
	annotator, status string
	review            *annotate.Review // nil if none is given
	labels            map[string]annotate.Value
	flag, note        string
	spans             []wireSpan
	relations         []wireRelation
	forms             []wireForm
	concepts          []*annotate.Concept
	offsets, scheme   string
}

type wireSpan struct {
	id, label  string
	start, end int
	text       string
	fragments  [][2]int
	attributes map[string]annotate.Value
	flag, note string
}

type wireRelation struct {
	id, label  string
	arguments  []annotate.Argument
	attributes map[string]annotate.Value
	flag, note string
}

// wireForm is a record about the document, with those that lie in it.
type wireForm struct {
	id, label  string
	attributes map[string]annotate.Value
	flag, note string
	inside     []wireForm
}

// field is a key of an object that becomes a T.
type field[T any] struct {
	key      string
	optional bool
	read     func(*scanner, *T)
}

var recordFields = []field[wireRecord]{
	{"id", true, func(s *scanner, r *wireRecord) { r.id = s.text("id") }},
	{"name", false, func(s *scanner, r *wireRecord) { r.name = s.text("name") }},
	{"text", false, func(s *scanner, r *wireRecord) { r.text = s.text("text") }},
	{"meta", false, func(s *scanner, r *wireRecord) { r.meta = texts(s, "meta") }},
	{"annotator", false, func(s *scanner, r *wireRecord) { r.annotator = s.text("annotator") }},
	{"status", false, func(s *scanner, r *wireRecord) { r.status = s.text("status") }},
	{"review", true, func(s *scanner, r *wireRecord) {
		review := object(s, "the review", reviewFields)
		r.review = &review
	}},
	{"labels", false, func(s *scanner, r *wireRecord) { r.labels = values(s, "labels") }},
	{"flag", true, func(s *scanner, r *wireRecord) { r.flag = s.text("flag") }},
	{"note", true, func(s *scanner, r *wireRecord) { r.note = s.text("note") }},
	{"spans", false, func(s *scanner, r *wireRecord) {
		s.list("spans", func() { r.spans = append(r.spans, object(s, "a span", spanFields)) })
	}},
	{"relations", false, func(s *scanner, r *wireRecord) {
		s.list("relations", func() { r.relations = append(r.relations, object(s, "a relation", relationFields)) })
	}},
	{"records", true, func(s *scanner, r *wireRecord) { r.forms = forms(s, 0) }},
	{"concepts", true, func(s *scanner, r *wireRecord) {
		s.list("concepts", func() {
			c := object(s, "a concept", conceptFields)
			r.concepts = append(r.concepts, &c)
		})
	}},
	{"offsets", false, func(s *scanner, r *wireRecord) { r.offsets = s.text("offsets") }},
	{"scheme", false, func(s *scanner, r *wireRecord) { r.scheme = s.text("scheme") }},
}

var reviewFields = []field[annotate.Review]{
	{"status", false, func(s *scanner, r *annotate.Review) { r.Status = annotate.Status(s.text("the status of a review")) }},
	{"by", false, func(s *scanner, r *annotate.Review) { r.By = s.text("by") }},
	{"comment", true, func(s *scanner, r *annotate.Review) { r.Comment = s.text("the comment of a review") }},
}

var spanFields = []field[wireSpan]{
	{"id", true, func(s *scanner, p *wireSpan) { p.id = s.text("the id of a span") }},
	{"label", false, func(s *scanner, p *wireSpan) { p.label = s.text("the label of a span") }},
	{"start", false, func(s *scanner, p *wireSpan) { p.start = s.offset("the start of a span") }},
	{"end", false, func(s *scanner, p *wireSpan) { p.end = s.offset("the end of a span") }},
	{"text", false, func(s *scanner, p *wireSpan) { p.text = s.text("the text of a span") }},
	{"fragments", false, func(s *scanner, p *wireSpan) {
		s.list("fragments", func() { p.fragments = append(p.fragments, fragment(s)) })
	}},
	{"attributes", false, func(s *scanner, p *wireSpan) { p.attributes = values(s, "attributes") }},
	{"flag", true, func(s *scanner, p *wireSpan) { p.flag = s.text("the flag of a span") }},
	{"note", true, func(s *scanner, p *wireSpan) { p.note = s.text("the note of a span") }},
}

var relationFields = []field[wireRelation]{
	{"id", true, func(s *scanner, r *wireRelation) { r.id = s.text("the id of a relation") }},
	{"label", false, func(s *scanner, r *wireRelation) { r.label = s.text("the label of a relation") }},
	{"args", false, func(s *scanner, r *wireRelation) {
		s.list("args", func() { r.arguments = append(r.arguments, object(s, "an argument", argumentFields)) })
	}},
	{"attributes", false, func(s *scanner, r *wireRelation) { r.attributes = values(s, "attributes") }},
	{"flag", true, func(s *scanner, r *wireRelation) { r.flag = s.text("the flag of a relation") }},
	{"note", true, func(s *scanner, r *wireRelation) { r.note = s.text("the note of a relation") }},
}

// deepestForm is how many records may lie in each other.
const deepestForm = 16

func forms(s *scanner, depth int) []wireForm {
	var found []wireForm
	fields := []field[wireForm]{
		{"id", true, func(s *scanner, f *wireForm) { f.id = s.text("the id of a record") }},
		{"label", false, func(s *scanner, f *wireForm) { f.label = s.text("the label of a record") }},
		{"attributes", false, func(s *scanner, f *wireForm) { f.attributes = values(s, "attributes") }},
		{"flag", true, func(s *scanner, f *wireForm) { f.flag = s.text("the flag of a record") }},
		{"note", true, func(s *scanner, f *wireForm) { f.note = s.text("the note of a record") }},
		{"records", true, func(s *scanner, f *wireForm) {
			if depth == deepestForm {
				s.fail("records lie in each other more than %d deep", deepestForm)
				return
			}
			f.inside = forms(s, depth+1)
		}},
	}
	s.list("records", func() { found = append(found, object(s, "a record", fields)) })
	return found
}

var conceptFields = []field[annotate.Concept]{
	{"id", false, func(s *scanner, c *annotate.Concept) { c.ID = annotate.ID(s.text("the id of a concept")) }},
	{"kind", true, func(s *scanner, c *annotate.Concept) { c.Kind = s.text("the kind of a concept") }},
	{"name", false, func(s *scanner, c *annotate.Concept) { c.Name = s.text("the name of a concept") }},
	{"aliases", true, func(s *scanner, c *annotate.Concept) {
		s.list("aliases", func() { c.Aliases = append(c.Aliases, s.text("an alias")) })
	}},
	{"note", true, func(s *scanner, c *annotate.Concept) { c.Note = s.text("the note of a concept") }},
	{"into", true, func(s *scanner, c *annotate.Concept) { c.Into = annotate.ID(s.text("into")) }},
}

var argumentFields = []field[annotate.Argument]{
	{"role", false, func(s *scanner, a *annotate.Argument) { a.Role = s.text("role") }},
	{"span", false, func(s *scanner, a *annotate.Argument) {
		if !s.word("null") {
			a.Span = annotate.ID(s.text("the span of an argument"))
		}
	}},
	{"relation", true, func(s *scanner, a *annotate.Argument) {
		a.Relation = annotate.ID(s.text("the relation of an argument"))
	}},
	{"document", true, func(s *scanner, a *annotate.Argument) {
		a.Document = annotate.ID(s.text("the document of an argument"))
	}},
	{"implicit", true, func(s *scanner, a *annotate.Argument) { a.Implicit = s.boolean("implicit") }},
}

// object reads an object whose keys are fields: each at most once, none
// unknown, none missing that is not optional.
func object[T any](s *scanner, what string, fields []field[T]) T {
	var into T
	var seen uint
	s.members(what, func(key string) {
		for i := range fields {
			if fields[i].key != key {
				continue
			}
			if seen&(1<<i) != 0 {
				s.fail("%s has the key %q twice", what, key)
				return
			}
			seen |= 1 << i
			fields[i].read(s, &into)
			return
		}
		s.fail("%s has the unknown key %q", what, key)
	})
	for i := range fields {
		if seen&(1<<i) == 0 && !fields[i].optional {
			s.fail("%s lacks the key %q", what, fields[i].key)
		}
	}
	return into
}

func texts(s *scanner, what string) map[string]string {
	return dictionary(s, what, func(key string) string { return s.text("the " + what + " field " + key) })
}

func values(s *scanner, what string) map[string]annotate.Value {
	return dictionary(s, what, func(key string) annotate.Value { return s.value("the value of " + key) })
}

// dictionary reads an object with free keys; an empty one gives nil.
func dictionary[V any](s *scanner, what string, read func(key string) V) map[string]V {
	var found map[string]V
	s.members(what, func(key string) {
		if _, twice := found[key]; twice {
			s.fail("%s has the key %q twice", what, key)
			return
		}
		if found == nil {
			found = map[string]V{}
		}
		found[key] = read(key)
	})
	return found
}

func fragment(s *scanner) [2]int {
	var f [2]int
	n := 0
	s.list("a fragment", func() {
		offset := s.offset("an offset")
		if n < 2 {
			f[n] = offset
		}
		n++
	})
	if n != 2 {
		s.fail("a fragment is a list of two offsets, not of %d", n)
	}
	return f
}
