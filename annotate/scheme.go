package annotate

import "slices"

// Scheme says what there is to label and how: labels with their guideline, the
// roles of relations, attributes, records, rules, flags, keys and colours. A
// project holds one; every change of it is kept in the journal. docs/schemes.md
// describes the file.
type Scheme struct {
	Name      string `json:"name" yaml:"name"`
	Title     string `json:"title,omitempty" yaml:"title,omitempty"`
	Guideline string `json:"guideline,omitempty" yaml:"guideline,omitempty"` // Markdown, as all guidelines
	// Revision counts the changes that matter to what was labelled before; colours and keys do not.
	Revision int `json:"revision,omitempty" yaml:"-"`
	// Level is that of all rules that name none; empty means warn.
	Level Level `json:"level,omitempty" yaml:"level,omitempty"`
	// Snap is what a sweep selects; empty means whole tokens.
	Snap Snap `json:"snap,omitempty" yaml:"snap,omitempty"`
	// Trim is what is left out at the ends of every new span besides blanks.
	Trim      []Trim          `json:"trim,omitempty" yaml:"trim,omitempty"`
	Spans     []SpanLabel     `json:"spans" yaml:"spans"`
	Relations []RelationLabel `json:"relations,omitempty" yaml:"relations,omitempty"`
	Document  []Attribute     `json:"document,omitempty" yaml:"document,omitempty"`
	Records   []RecordLabel   `json:"records,omitempty" yaml:"records,omitempty"`
	Rules     []Rule          `json:"rules,omitempty" yaml:"rules,omitempty"`
	Concepts  []string        `json:"concepts,omitempty" yaml:"concepts,omitempty"` // kinds of concept; none means that any word is one
	Flags     []Flag          `json:"flags,omitempty" yaml:"flags,omitempty"`
}

// Snap is what the ends of a selection are moved to.
type Snap string

// What a sweep can snap to.
const (
	TokenSnap     Snap = "token"
	CharacterSnap Snap = "character" // grapheme clusters
)

// Trim is what does not belong to a span although it stands at its ends.
type Trim string

// What can be trimmed.
const (
	QuotesTrim Trim = "quotes" // quotation marks around the span
	StopTrim   Trim = "stop"   // the full stop, question or exclamation mark at its end
)

// SpanLabel is a kind of span.
type SpanLabel struct {
	Label string `json:"label" yaml:"label"`
	// Formerly lists names the label had; what still has them is taken for this label.
	Formerly []string `json:"formerly,omitempty" yaml:"formerly,omitempty"`
	// Parent is a more general label: whatever admits it admits this one, and its attributes are had as well.
	Parent string `json:"parent,omitempty" yaml:"parent,omitempty"`
	// Abstract marks a label that only others can be derived from.
	Abstract bool `json:"abstract,omitempty" yaml:"abstract,omitempty"`
	// Group is the heading the label is listed under.
	Group string `json:"group,omitempty" yaml:"group,omitempty"`
	// Short lists ever shorter forms of the label for narrow chips.
	Short     []string `json:"short,omitempty" yaml:"short,omitempty"`
	Key       string   `json:"key,omitempty" yaml:"key,omitempty"`     // one digit or letter
	Color     string   `json:"color,omitempty" yaml:"color,omitempty"` // #rrggbb
	Guideline string   `json:"guideline,omitempty" yaml:"guideline,omitempty"`
	Example   string   `json:"example,omitempty" yaml:"example,omitempty"`
	// Contiguous forbids gaps.
	Contiguous bool        `json:"contiguous,omitempty" yaml:"contiguous,omitempty"`
	Attributes []Attribute `json:"attributes,omitempty" yaml:"attributes,omitempty"`
	Level      Level       `json:"level,omitempty" yaml:"level,omitempty"` // of Contiguous and of trimming
	// Open marks a label that an import brought: any attribute is legal on it.
	Open bool `json:"open,omitempty" yaml:"open,omitempty"`
}

// RelationLabel is a kind of relation.
type RelationLabel struct {
	Label    string   `json:"label" yaml:"label"`
	Formerly []string `json:"formerly,omitempty" yaml:"formerly,omitempty"`
	Group    string   `json:"group,omitempty" yaml:"group,omitempty"`
	Short    []string `json:"short,omitempty" yaml:"short,omitempty"`
	Color    string   `json:"color,omitempty" yaml:"color,omitempty"`
	Roles    []Role   `json:"roles,omitempty" yaml:"roles,omitempty"`
	// Scope is how far apart the arguments may lie; empty means document.
	Scope Scope `json:"scope,omitempty" yaml:"scope,omitempty"`
	// Symmetric says that the first two roles can be exchanged.
	Symmetric bool `json:"symmetric,omitempty" yaml:"symmetric,omitempty"`
	// Transitive says that from a to b and from b to c it leads from a to c. If it is
	// symmetric too, it makes classes, and what follows need not be said; if not,
	// it is an order and never leads in a circle.
	Transitive bool `json:"transitive,omitempty" yaml:"transitive,omitempty"`
	// Apart says that fillers do not overlap: one that lies inside another is cut
	// out of it when the relation is assembled.
	Apart      bool        `json:"apart,omitempty" yaml:"apart,omitempty"`
	Guideline  string      `json:"guideline,omitempty" yaml:"guideline,omitempty"`
	Example    string      `json:"example,omitempty" yaml:"example,omitempty"`
	Attributes []Attribute `json:"attributes,omitempty" yaml:"attributes,omitempty"`
	Level      Level       `json:"level,omitempty" yaml:"level,omitempty"` // of Scope, and of doing without repetition
	// Open marks a label that an import brought: any role, filler and attribute is legal.
	Open bool `json:"open,omitempty" yaml:"open,omitempty"`
}

// Scope is how far apart a relation's arguments may lie.
type Scope string

// The scopes.
const (
	SentenceScope  Scope = "sentence"
	ParagraphScope Scope = "paragraph"
	DocumentScope  Scope = "document"
	ProjectScope   Scope = "project"
)

// Role is a part that spans or other relations play in a relation.
type Role struct {
	Name      string   `json:"name" yaml:"name"`
	Formerly  []string `json:"formerly,omitempty" yaml:"formerly,omitempty"`
	Labels    []string `json:"labels,omitempty" yaml:"labels,omitempty"`       // admissible span labels
	Relations []string `json:"relations,omitempty" yaml:"relations,omitempty"` // admissible relation labels; without Labels and Relations anything is
	Min       int      `json:"min,omitempty" yaml:"min,omitempty"`
	Max       int      `json:"max,omitempty" yaml:"max,omitempty"` // 0 means any number
	// Implicit allows a filler that is meant but not in the text.
	Implicit bool `json:"implicit,omitempty" yaml:"implicit,omitempty"`
	// Exclusive says that nothing plays the role in two relations of the label.
	Exclusive bool   `json:"exclusive,omitempty" yaml:"exclusive,omitempty"`
	Level     Level  `json:"level,omitempty" yaml:"level,omitempty"`
	Guideline string `json:"guideline,omitempty" yaml:"guideline,omitempty"`
	Example   string `json:"example,omitempty" yaml:"example,omitempty"`
}

// RecordLabel is a kind of record: a form about the document as a whole that may be
// filled in several times, such as a question with its answers.
type RecordLabel struct {
	Label      string        `json:"label" yaml:"label"`
	Formerly   []string      `json:"formerly,omitempty" yaml:"formerly,omitempty"`
	Min        int           `json:"min,omitempty" yaml:"min,omitempty"`
	Max        int           `json:"max,omitempty" yaml:"max,omitempty"` // in the document or the record around it; 0 means any number
	Level      Level         `json:"level,omitempty" yaml:"level,omitempty"`
	Guideline  string        `json:"guideline,omitempty" yaml:"guideline,omitempty"`
	Example    string        `json:"example,omitempty" yaml:"example,omitempty"`
	Attributes []Attribute   `json:"attributes,omitempty" yaml:"attributes,omitempty"`
	Records    []RecordLabel `json:"records,omitempty" yaml:"records,omitempty"` // inside each of them
}

// Palette is the order in which labels without a colour are given one: the
// colours of Okabe and Ito (2008) that stay apart for colour-blind eyes, then
// darker and lighter relatives.
var Palette = []string{
	"#e69f00", "#0072b2", "#009e73", "#d55e00", "#cc79a7", "#56b4e9", "#989842", "#7f7f7f",
	"#8c510a", "#5e4fa2", "#66a61e", "#a6761d",
}

// EntityKind says that a Scheme is a scheme.
func (s *Scheme) EntityKind() EntityKind { return SchemeEntity }

// EntityID returns the one id every project's scheme has.
func (s *Scheme) EntityID() ID { return "scheme" }

// DocumentID returns "": a scheme belongs to no document.
func (s *Scheme) DocumentID() ID { return "" }

// Clone returns a copy whose lists can be appended to and whose items can be replaced.
func (s *Scheme) Clone() *Scheme {
	c := *s
	c.Spans = slices.Clone(s.Spans)
	c.Relations = slices.Clone(s.Relations)
	for i := range c.Relations {
		c.Relations[i].Roles = slices.Clone(c.Relations[i].Roles)
	}
	c.Document = slices.Clone(s.Document)
	c.Records = cloneRecordLabels(s.Records)
	c.Concepts = slices.Clone(s.Concepts)
	c.Rules = slices.Clone(s.Rules)
	c.Flags = slices.Clone(s.Flags)
	return &c
}

// Span returns the span label of that name, nil if there is none.
func (s *Scheme) Span(label string) *SpanLabel {
	for i := range s.Spans {
		if s.Spans[i].Label == label {
			return &s.Spans[i]
		}
	}
	return nil
}

// Relation returns the relation label of that name, nil if there is none.
func (s *Scheme) Relation(label string) *RelationLabel {
	for i := range s.Relations {
		if s.Relations[i].Label == label {
			return &s.Relations[i]
		}
	}
	return nil
}

// SpanByKey returns the span label armed by that key, nil if there is none.
func (s *Scheme) SpanByKey(key string) *SpanLabel {
	for i := range s.Spans {
		if key != "" && s.Spans[i].Key == key {
			return &s.Spans[i]
		}
	}
	return nil
}

// Role returns the role of that name, nil if the relation has none such.
func (r *RelationLabel) Role(name string) *Role {
	for i := range r.Roles {
		if r.Roles[i].Name == name {
			return &r.Roles[i]
		}
	}
	return nil
}

// Flag returns the flag of that name, nil if there is none.
func (s *Scheme) Flag(name string) *Flag {
	for i := range s.Flags {
		if s.Flags[i].Name == name {
			return &s.Flags[i]
		}
	}
	return nil
}

// FlagByKey returns the flag that a key sets, nil if there is none.
func (s *Scheme) FlagByKey(key string) *Flag {
	for i := range s.Flags {
		if key != "" && s.Flags[i].Key == key {
			return &s.Flags[i]
		}
	}
	return nil
}

func cloneRecordLabels(records []RecordLabel) []RecordLabel {
	c := slices.Clone(records)
	for i := range c {
		c[i].Records = cloneRecordLabels(c[i].Records)
	}
	return c
}

// Children returns the labels whose parent is label, in order.
func (s *Scheme) Children(label string) []string {
	var children []string
	for i := range s.Spans {
		if s.Spans[i].Parent == label {
			children = append(children, s.Spans[i].Label)
		}
	}
	return children
}

// Lacks returns the roles of r that nothing fills and nobody has called implicit,
// although the scheme asks for one or the other.
func (s *Scheme) Lacks(r *Relation) []*Role {
	def := s.Relation(r.Label)
	if def == nil || def.Open {
		return nil
	}
	var lacking []*Role
	for i := range def.Roles {
		if role := &def.Roles[i]; (role.Min > 0 || role.Implicit) && len(r.Role(role.Name)) == 0 {
			lacking = append(lacking, role)
		}
	}
	return lacking
}
