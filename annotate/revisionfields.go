package annotate

import (
	"cmp"
	"strings"
)

// field is a property of an item that is compared by itself.
type field[T any] struct {
	name string
	look bool // annotations are not measured by it
	of   func(*T) any
}

// Fields that can change without any rule changing, but not without a meaning.
const (
	guidelineField = "guideline"
	exampleField   = "example"
)

var (
	schemeFields = []field[Scheme]{
		{"name", true, func(s *Scheme) any { return s.Name }},
		{"title", true, func(s *Scheme) any { return s.Title }},
		{guidelineField, true, func(s *Scheme) any { return s.Guideline }},
		{"level", false, func(s *Scheme) any { return s.level() }},
		{"snap", true, func(s *Scheme) any { return cmp.Or(s.Snap, TokenSnap) }},
		{"trim", false, func(s *Scheme) any { return s.Trim }},
	}
	spanFields = []field[SpanLabel]{
		{"heading", true, func(l *SpanLabel) any { return l.Group }},
		{"short forms", true, func(l *SpanLabel) any { return l.Short }},
		{"key", true, func(l *SpanLabel) any { return l.Key }},
		{"colour", true, func(l *SpanLabel) any { return strings.ToLower(l.Color) }},
		{guidelineField, true, func(l *SpanLabel) any { return l.Guideline }},
		{exampleField, true, func(l *SpanLabel) any { return l.Example }},
		{"parent", false, func(l *SpanLabel) any { return l.Parent }},
		{"abstractness", false, func(l *SpanLabel) any { return l.Abstract }},
		{"contiguity", false, func(l *SpanLabel) any { return l.Contiguous }},
		{"openness", false, func(l *SpanLabel) any { return l.Open }},
		{"level", false, func(l *SpanLabel) any { return l.Level }},
	}
	relationFields = []field[RelationLabel]{
		{"heading", true, func(l *RelationLabel) any { return l.Group }},
		{"short forms", true, func(l *RelationLabel) any { return l.Short }},
		{"colour", true, func(l *RelationLabel) any { return strings.ToLower(l.Color) }},
		{guidelineField, true, func(l *RelationLabel) any { return l.Guideline }},
		{exampleField, true, func(l *RelationLabel) any { return l.Example }},
		{"scope", false, func(l *RelationLabel) any { return l.scope() }},
		{"symmetry", false, func(l *RelationLabel) any { return l.Symmetric }},
		{"transitivity", false, func(l *RelationLabel) any { return l.Transitive }},
		{"apartness", false, func(l *RelationLabel) any { return l.Apart }},
		{"openness", false, func(l *RelationLabel) any { return l.Open }},
		{"level", false, func(l *RelationLabel) any { return l.Level }},
	}
	roleFields = []field[Role]{
		{guidelineField, true, func(r *Role) any { return r.Guideline }},
		{exampleField, true, func(r *Role) any { return r.Example }},
		{"labels", false, func(r *Role) any { return r.Labels }},
		{"relations", false, func(r *Role) any { return r.Relations }},
		{"least number", false, func(r *Role) any { return r.Min }},
		{"greatest number", false, func(r *Role) any { return r.Max }},
		{"implicitness", false, func(r *Role) any { return r.Implicit }},
		{"exclusiveness", false, func(r *Role) any { return r.Exclusive }},
		{"level", false, func(r *Role) any { return r.Level }},
	}
	attributeFields = []field[Attribute]{
		{guidelineField, true, func(a *Attribute) any { return a.Guideline }},
		{exampleField, true, func(a *Attribute) any { return a.Example }},
		{"least value", false, func(a *Attribute) any { return a.Min }},
		{"greatest value", false, func(a *Attribute) any { return a.Max }},
		{"kinds of concept", false, func(a *Attribute) any { return a.Of }},
		{"pattern", false, func(a *Attribute) any { return a.Pattern }},
		{"condition", false, func(a *Attribute) any { return a.When }},
		{"requiredness", false, func(a *Attribute) any { return a.Required }},
		{"default", true, func(a *Attribute) any { return a.Default }},
		{"derivation", true, func(a *Attribute) any { return a.Derive }},
		{"level", false, func(a *Attribute) any { return a.Level }},
	}
	choiceFields = []field[Choice]{
		{"title", true, func(c *Choice) any { return c.Title }},
		{guidelineField, true, func(c *Choice) any { return c.Guideline }},
		{exampleField, true, func(c *Choice) any { return c.Example }},
		{"being a heading", false, func(c *Choice) any { return c.Heading }},
	}
	recordFields = []field[RecordLabel]{
		{guidelineField, true, func(l *RecordLabel) any { return l.Guideline }},
		{exampleField, true, func(l *RecordLabel) any { return l.Example }},
		{"least number", false, func(l *RecordLabel) any { return l.Min }},
		{"greatest number", false, func(l *RecordLabel) any { return l.Max }},
		{"level", false, func(l *RecordLabel) any { return l.Level }},
	}
	flagFields = []field[Flag]{
		{"key", true, func(f *Flag) any { return f.Key }},
		{guidelineField, true, func(f *Flag) any { return f.Guideline }},
	}
)

// scope returns that of relations of l.
func (l *RelationLabel) scope() Scope {
	if l.Scope == "" {
		return DocumentScope
	}
	return l.Scope
}
