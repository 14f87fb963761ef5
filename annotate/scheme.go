package annotate

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

// Scheme says what there is to label and how: labels with their guideline, the
// roles of relations, attributes, flags, keys and colours. A project holds one;
// every change of it is kept in the journal.
type Scheme struct {
	Name      string          `json:"name" yaml:"name"`
	Title     string          `json:"title,omitempty" yaml:"title,omitempty"`
	Guideline string          `json:"guideline,omitempty" yaml:"guideline,omitempty"`
	Spans     []SpanLabel     `json:"spans" yaml:"spans"`
	Relations []RelationLabel `json:"relations,omitempty" yaml:"relations,omitempty"`
	Document  []Attribute     `json:"document,omitempty" yaml:"document,omitempty"`
	Flags     []string        `json:"flags,omitempty" yaml:"flags,omitempty"`
}

// SpanLabel is a kind of span.
type SpanLabel struct {
	Label string `json:"label" yaml:"label"`
	// Short lists ever shorter forms of the label for narrow chips.
	Short      []string    `json:"short,omitempty" yaml:"short,omitempty"`
	Key        string      `json:"key,omitempty" yaml:"key,omitempty"`     // one digit or letter
	Color      string      `json:"color,omitempty" yaml:"color,omitempty"` // #rrggbb
	Guideline  string      `json:"guideline,omitempty" yaml:"guideline,omitempty"`
	Example    string      `json:"example,omitempty" yaml:"example,omitempty"`
	Attributes []Attribute `json:"attributes,omitempty" yaml:"attributes,omitempty"`
	// Open marks a label that an import brought: any attribute is legal on it.
	Open bool `json:"open,omitempty" yaml:"open,omitempty"`
}

// RelationLabel is a kind of relation.
type RelationLabel struct {
	Label string   `json:"label" yaml:"label"`
	Short []string `json:"short,omitempty" yaml:"short,omitempty"`
	Color string   `json:"color,omitempty" yaml:"color,omitempty"`
	Roles []Role   `json:"roles,omitempty" yaml:"roles,omitempty"`
	// Scope is how far apart the arguments may lie; empty means document.
	Scope     Scope `json:"scope,omitempty" yaml:"scope,omitempty"`
	Symmetric bool  `json:"symmetric,omitempty" yaml:"symmetric,omitempty"`
	// Apart says that fillers do not overlap: one that lies inside another is cut
	// out of it when the relation is assembled.
	Apart      bool        `json:"apart,omitempty" yaml:"apart,omitempty"`
	Guideline  string      `json:"guideline,omitempty" yaml:"guideline,omitempty"`
	Example    string      `json:"example,omitempty" yaml:"example,omitempty"`
	Attributes []Attribute `json:"attributes,omitempty" yaml:"attributes,omitempty"`
	// Open marks a label that an import brought: any role, filler and attribute is legal.
	Open bool `json:"open,omitempty" yaml:"open,omitempty"`
}

// Scope is how far apart a relation's arguments may lie.
type Scope string

// The scopes.
const (
	ParagraphScope Scope = "paragraph"
	DocumentScope  Scope = "document"
	ProjectScope   Scope = "project"
)

// Role is a part that spans play in a relation.
type Role struct {
	Name   string   `json:"name" yaml:"name"`
	Labels []string `json:"labels,omitempty" yaml:"labels,omitempty"` // admissible span labels; none means any
	Min    int      `json:"min,omitempty" yaml:"min,omitempty"`
	Max    int      `json:"max,omitempty" yaml:"max,omitempty"` // 0 means any number
	// Implicit allows a filler that is meant but not in the text.
	Implicit  bool   `json:"implicit,omitempty" yaml:"implicit,omitempty"`
	Guideline string `json:"guideline,omitempty" yaml:"guideline,omitempty"`
	Example   string `json:"example,omitempty" yaml:"example,omitempty"`
}

// Admits reports whether a span of that label may play the role.
func (r *Role) Admits(label string) bool {
	return len(r.Labels) == 0 || slices.Contains(r.Labels, label)
}

// AttributeKind says what values an attribute takes.
type AttributeKind string

// The kinds of attribute.
const (
	BooleanKind AttributeKind = "boolean"
	ChoiceKind  AttributeKind = "choice"
	SeveralKind AttributeKind = "several" // several choices at once
	IntegerKind AttributeKind = "integer"
	NumberKind  AttributeKind = "number"
	TextKind    AttributeKind = "text"
)

// Attribute is a property of a span, relation or document.
type Attribute struct {
	Name      string        `json:"name" yaml:"name"`
	Kind      AttributeKind `json:"kind" yaml:"kind"`
	Values    []Choice      `json:"values,omitempty" yaml:"values,omitempty"` // of choice and several
	Guideline string        `json:"guideline,omitempty" yaml:"guideline,omitempty"`
	Example   string        `json:"example,omitempty" yaml:"example,omitempty"`
}

// Choice is one value a choice attribute can take.
type Choice struct {
	Name      string `json:"name" yaml:"name"`
	Guideline string `json:"guideline,omitempty" yaml:"guideline,omitempty"`
	Example   string `json:"example,omitempty" yaml:"example,omitempty"`
}

// Palette is the order in which labels without a colour are given one: the
// colours of Okabe and Ito (2008) that stay apart for colour-blind eyes, then
// darker and lighter relatives.
var Palette = []string{
	"#e69f00", "#0072b2", "#009e73", "#d55e00", "#cc79a7", "#56b4e9", "#b8a800", "#7f7f7f",
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
	c.Flags = slices.Clone(s.Flags)
	return &c
}

// ParseScheme reads a scheme from YAML. Errors name what to mend, and the line
// where the file is not YAML or has a field of the wrong name or kind; file is
// the name to give in them.
func ParseScheme(file string, raw []byte) (*Scheme, error) {
	var s Scheme
	if err := yaml.NewDecoder(bytes.NewReader(raw), yaml.Strict()).Decode(&s); err != nil {
		return nil, syntaxError(err).At(file, syntaxLine(err))
	}
	s.fillColors()
	if err := s.Check(); err != nil {
		return nil, Errorf(Invalid, "%w", err).At(file, 0)
	}
	return &s, nil
}

// syntaxError puts what the YAML reader says, a message over an excerpt of the
// file, into one sentence.
func syntaxError(err error) *Error {
	var mistyped *yaml.TypeError
	var located yaml.Error
	switch {
	case errors.Is(err, io.EOF):
		return Errorf(Invalid, "the scheme is empty")
	case errors.As(err, &mistyped) && mistyped.Token != nil:
		return Errorf(Invalid, "the scheme has %q where a %s is expected", mistyped.Token.Value, mistyped.DstType.Kind())
	case errors.As(err, &located):
		return Errorf(Invalid, "the scheme is not as expected: %s", oneLine(located.GetMessage()))
	}
	return Errorf(Invalid, "the scheme is not as expected: %s", oneLine(err.Error()))
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// syntaxLine returns the line a YAML error names, 0 if none.
func syntaxLine(err error) int {
	var located yaml.Error
	if !errors.As(err, &located) || located.GetToken() == nil || located.GetToken().Position == nil {
		return 0
	}
	return located.GetToken().Position.Line
}

func (s *Scheme) fillColors() {
	for i := range s.Spans {
		if s.Spans[i].Color == "" {
			s.Spans[i].Color = Palette[i%len(Palette)]
		}
	}
}

var (
	colorPattern = regexp.MustCompile(`^#[0-9a-fA-F]{6}$`)
	keyPattern   = regexp.MustCompile(`^[\p{L}\p{Nd}]$`)
)

// Check reports the first thing that makes the scheme contradict itself.
func (s *Scheme) Check() error {
	if s.Name == "" {
		return Errorf(Invalid, "the scheme has no name")
	}
	labels, keys := map[string]bool{}, map[string]string{}
	for _, l := range s.Spans {
		switch {
		case l.Label == "":
			return Errorf(Invalid, "a span label of scheme %s is empty", s.Name)
		case labels[l.Label]:
			return Errorf(Invalid, "span label %s stands twice in scheme %s", l.Label, s.Name)
		case l.Key != "" && !keyPattern.MatchString(l.Key):
			return Errorf(Invalid, "key %q of label %s must be one digit or letter", l.Key, l.Label)
		case l.Key != "" && keys[l.Key] != "":
			return Errorf(Invalid, "labels %s and %s have the same key %s", keys[l.Key], l.Label, l.Key)
		case l.Color != "" && !colorPattern.MatchString(l.Color):
			return Errorf(Invalid, "colour %q of label %s must be written #rrggbb", l.Color, l.Label)
		}
		labels[l.Label] = true
		if l.Key != "" {
			keys[l.Key] = l.Label
		}
		if err := checkAttributes(l.Label, l.Attributes); err != nil {
			return err
		}
	}
	relations := map[string]bool{}
	for _, r := range s.Relations {
		switch {
		case r.Label == "":
			return Errorf(Invalid, "a relation label of scheme %s is empty", s.Name)
		case relations[r.Label]:
			return Errorf(Invalid, "relation label %s stands twice in scheme %s", r.Label, s.Name)
		case r.Scope != "" && r.Scope != ParagraphScope && r.Scope != DocumentScope && r.Scope != ProjectScope:
			return Errorf(Invalid, "scope %q of relation %s is none of paragraph, document and project", r.Scope, r.Label)
		case len(r.Roles) == 0 && !r.Open:
			return Errorf(Invalid, "relation %s has no roles", r.Label)
		}
		relations[r.Label] = true
		roles := map[string]bool{}
		for _, role := range r.Roles {
			if role.Name == "" || roles[role.Name] {
				return Errorf(Invalid, "the roles of relation %s need names of their own", r.Label)
			}
			roles[role.Name] = true
			if role.Min < 0 || role.Max < 0 {
				return Errorf(Invalid, "role %s of relation %s cannot have fewer than 0 fillers", role.Name, r.Label)
			}
			if role.Max != 0 && role.Max < role.Min {
				return Errorf(Invalid, "role %s of relation %s wants at least %d fillers and at most %d", role.Name, r.Label, role.Min, role.Max)
			}
			for _, l := range role.Labels {
				if !labels[l] {
					return Errorf(Invalid, "role %s of relation %s admits label %s, which the scheme does not have", role.Name, r.Label, l)
				}
			}
		}
		if err := checkAttributes(r.Label, r.Attributes); err != nil {
			return err
		}
	}
	flags := map[string]bool{}
	for _, f := range s.Flags {
		if f == "" || flags[f] {
			return Errorf(Invalid, "the flags of scheme %s need names of their own", s.Name)
		}
		flags[f] = true
	}
	return checkAttributes("the document", s.Document)
}

func checkAttributes(owner string, attributes []Attribute) error {
	seen := map[string]bool{}
	for _, a := range attributes {
		if a.Name == "" || seen[a.Name] {
			return Errorf(Invalid, "the attributes of %s need names of their own", owner)
		}
		seen[a.Name] = true
		switch a.Kind {
		case BooleanKind, IntegerKind, NumberKind, TextKind:
		case ChoiceKind, SeveralKind:
			if len(a.Values) == 0 {
				return Errorf(Invalid, "attribute %s of %s has no values to choose from", a.Name, owner)
			}
			names := map[string]bool{}
			for _, c := range a.Values {
				if c.Name == "" || names[c.Name] {
					return Errorf(Invalid, "the values of attribute %s of %s need names of their own", a.Name, owner)
				}
				names[c.Name] = true
			}
		default:
			return Errorf(Invalid, "attribute %s of %s is of unknown kind %q", a.Name, owner, a.Kind)
		}
	}
	return nil
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

// Extend returns a scheme that also has every label, document attribute and flag
// the given states use, and a sentence for each addition. Added labels are Open:
// nothing is forbidden on them. Without additions it returns s itself.
func (s *Scheme) Extend(states ...State) (*Scheme, []string) {
	extended, added := s, []string(nil)
	add := func(sentence string) {
		if extended == s {
			extended = s.Clone()
		}
		added = append(added, sentence)
	}
	flag := func(f string) {
		if f != "" && !slices.Contains(extended.Flags, f) {
			add(fmt.Sprintf("flag %s was added to the scheme", f))
			extended.Flags = append(extended.Flags, f)
		}
	}
	for _, state := range states {
		switch e := state.(type) {
		case *Span:
			if extended.Span(e.Label) == nil {
				add(fmt.Sprintf("span label %s was added to the scheme", e.Label))
				extended.Spans = append(extended.Spans, SpanLabel{
					Label: e.Label, Color: Palette[len(extended.Spans)%len(Palette)], Open: true,
				})
			}
			def := extended.Span(e.Label)
			if missing := missingAttributes(def.Attributes, e.Attributes); len(missing) > 0 {
				for _, a := range missing {
					add(fmt.Sprintf("attribute %s of label %s was added to the scheme", a.Name, e.Label))
				}
				def = extended.Span(e.Label)
				def.Attributes = append(slices.Clone(def.Attributes), missing...)
			}
			flag(e.Flag)
		case *Relation:
			if extended.Relation(e.Label) == nil {
				add(fmt.Sprintf("relation label %s was added to the scheme", e.Label))
				extended.Relations = append(extended.Relations, RelationLabel{Label: e.Label, Scope: ProjectScope, Open: true})
			}
			for _, a := range e.Arguments {
				if def := extended.Relation(e.Label); def.Role(a.Role) == nil {
					add(fmt.Sprintf("role %s of relation %s was added to the scheme", a.Role, e.Label))
					def = extended.Relation(e.Label)
					def.Roles = append(slices.Clone(def.Roles), Role{Name: a.Role, Implicit: true})
				}
			}
			def := extended.Relation(e.Label)
			if missing := missingAttributes(def.Attributes, e.Attributes); len(missing) > 0 {
				for _, a := range missing {
					add(fmt.Sprintf("attribute %s of relation %s was added to the scheme", a.Name, e.Label))
				}
				def = extended.Relation(e.Label)
				def.Attributes = append(slices.Clone(def.Attributes), missing...)
			}
			flag(e.Flag)
		case *Assessment:
			missing := missingAttributes(extended.Document, e.Labels)
			for _, a := range missing {
				add(fmt.Sprintf("document attribute %s was added to the scheme", a.Name))
			}
			if len(missing) > 0 {
				extended.Document = append(slices.Clone(extended.Document), missing...)
			}
			flag(e.Flag)
		}
	}
	return extended, added
}

// missingAttributes returns definitions, in order of name, for the values no definition covers.
func missingAttributes(defs []Attribute, values map[string]Value) []Attribute {
	var missing []Attribute
	for name, v := range values {
		if !slices.ContainsFunc(defs, func(a Attribute) bool { return a.Name == name }) {
			missing = append(missing, Attribute{Name: name, Kind: v.openKind()})
		}
	}
	slices.SortFunc(missing, func(a, b Attribute) int { return cmp.Compare(a.Name, b.Name) })
	return missing
}

// openKind returns the least constrained attribute kind that takes v.
func (v Value) openKind() AttributeKind {
	switch v.kind {
	case boolValue:
		return BooleanKind
	case numberValue:
		return NumberKind
	}
	return TextKind
}
