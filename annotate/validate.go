package annotate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Violation is a place where annotations break their scheme's rules.
type Violation struct {
	Document ID     `json:"document"`
	Entity   ID     `json:"entity"` // span, relation or assessment
	Sentence string `json:"sentence"`
}

// SpanLookup returns the span of that id, nil if there is none. Spans of other
// documents may be asked for.
type SpanLookup func(ID) *Span

// SpanViolations returns what of s its label does not allow.
func (s *Scheme) SpanViolations(span *Span, text string) []Violation {
	var sentences []string
	def := s.Span(span.Label)
	subject := fmt.Sprintf("%s “%s”", span.Label, Excerpt(span.Covered(text), 40))
	if def == nil {
		sentences = append(sentences, fmt.Sprintf("%s: the scheme has no span label %s; relabel it or add the label", subject, span.Label))
	} else if !def.Open {
		sentences = append(sentences, attributeProblems(subject, def.Attributes, span.Attributes)...)
	}
	sentences = append(sentences, s.flagProblems(subject, span.Flag)...)
	return violations(span.Document, span.ID, sentences)
}

// RelationViolations returns what of r its label does not allow: unknown label or
// role, fillers of a label the role does not admit, too few or too many of them,
// or arguments further apart than its scope.
func (s *Scheme) RelationViolations(r *Relation, lookup SpanLookup) []Violation {
	def := s.Relation(r.Label)
	if def == nil {
		return violations(r.Document, r.ID, []string{fmt.Sprintf("relation %s: the scheme has no such relation; relabel it or add it", r.Label)})
	}
	subject := "relation " + r.Label
	var sentences []string
	for _, a := range r.Arguments {
		role := def.Role(a.Role)
		if def.Open {
			role = &Role{Name: a.Role, Implicit: true}
		}
		switch {
		case role == nil:
			sentences = append(sentences, fmt.Sprintf("%s has no role %s", subject, a.Role))
		case a.Implicit && !role.Implicit:
			sentences = append(sentences, fmt.Sprintf("the %s of %s cannot be implicit", a.Role, subject))
		case a.Span != "":
			sentences = append(sentences, fillerProblems(subject, role, lookup(a.Span))...)
		}
		if a.Document != "" && a.Document != r.Document && def.Scope != ProjectScope {
			sentences = append(sentences, fmt.Sprintf("%s may not cross documents, but its %s does", subject, a.Role))
		}
	}
	for _, role := range def.Roles {
		n := len(r.Role(role.Name))
		if n < role.Min {
			sentences = append(sentences, fmt.Sprintf("%s needs at least %d %s and has %d", subject, role.Min, role.Name, n))
		}
		if role.Max > 0 && n > role.Max {
			sentences = append(sentences, fmt.Sprintf("%s takes at most %d %s and has %d", subject, role.Max, role.Name, n))
		}
	}
	if !def.Open {
		sentences = append(sentences, attributeProblems(subject, def.Attributes, r.Attributes)...)
	}
	sentences = append(sentences, s.flagProblems(subject, r.Flag)...)
	return violations(r.Document, r.ID, sentences)
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

// AssessmentViolations returns what of the document's labels the scheme does not allow.
func (s *Scheme) AssessmentViolations(a *Assessment) []Violation {
	sentences := attributeProblems("the document", s.Document, a.Labels)
	sentences = append(sentences, s.flagProblems("the document", a.Flag)...)
	return violations(a.Document, a.EntityID(), sentences)
}

func violations(document, entity ID, sentences []string) []Violation {
	found := make([]Violation, len(sentences))
	for i, sentence := range sentences {
		found[i] = Violation{document, entity, sentence}
	}
	return found
}

func fillerProblems(subject string, role *Role, filler *Span) []string {
	if filler == nil {
		return []string{fmt.Sprintf("the %s of %s is a span that does not exist", role.Name, subject)}
	}
	if !role.Admits(filler.Label) {
		return []string{fmt.Sprintf("the %s of %s must be %s, not %s", role.Name, subject, strings.Join(role.Labels, " or "), filler.Label)}
	}
	return nil
}

func (s *Scheme) flagProblems(subject, flag string) []string {
	if flag == "" || slices.Contains(s.Flags, flag) {
		return nil
	}
	return []string{fmt.Sprintf("%s: the scheme has no flag %s", subject, flag)}
}

func attributeProblems(subject string, defs []Attribute, values map[string]Value) []string {
	var sentences []string
	known := map[string]bool{}
	for i := range defs {
		known[defs[i].Name] = true
		v, set := values[defs[i].Name]
		if !set {
			continue
		}
		if problem := defs[i].problem(v); problem != "" {
			sentences = append(sentences, fmt.Sprintf("%s: %s", subject, problem))
		}
	}
	for _, name := range SortedKeys(values) {
		if !known[name] {
			sentences = append(sentences, fmt.Sprintf("%s: the scheme gives it no attribute %s", subject, name))
		}
	}
	return sentences
}

// problem says why v is not a value of a, or nothing.
func (a *Attribute) problem(v Value) string {
	switch a.Kind {
	case BooleanKind:
		if _, ok := v.Bool(); !ok {
			return fmt.Sprintf("%s must be yes or no, not %s", a.Name, v)
		}
	case ChoiceKind:
		if choice, ok := v.Text(); !ok || !a.has(choice) {
			return fmt.Sprintf("%s cannot be %q; choose one of %s", a.Name, v, a.choices())
		}
	case SeveralKind:
		chosen, ok := v.Choices()
		if !ok {
			return fmt.Sprintf("%s must be a list of choices, not %s", a.Name, v)
		}
		for _, c := range chosen {
			if !a.has(c) {
				return fmt.Sprintf("%s cannot contain %q; choose from %s", a.Name, c, a.choices())
			}
		}
	case IntegerKind:
		digits, ok := v.Number()
		if _, err := strconv.ParseInt(digits, 10, 64); !ok || err != nil {
			return fmt.Sprintf("%s must be a whole number, not %s", a.Name, v)
		}
	case NumberKind:
		if _, ok := v.Number(); !ok {
			return fmt.Sprintf("%s must be a number, not %s", a.Name, v)
		}
	case TextKind:
		// Open attributes are of kind text and take lists too, as imported.
	}
	return ""
}

func (a *Attribute) has(choice string) bool {
	return slices.ContainsFunc(a.Values, func(c Choice) bool { return c.Name == choice })
}

func (a *Attribute) choices() string {
	names := make([]string, len(a.Values))
	for i, c := range a.Values {
		names[i] = c.Name
	}
	return strings.Join(names, ", ")
}

// Excerpt returns at most n characters of text on one line, its middle replaced
// by an ellipsis if longer; n is at least 1.
func Excerpt(text string, n int) string {
	return elide(strings.Join(strings.Fields(text), " "), n)
}

// elide is Excerpt that keeps blanks as they are.
func elide(text string, n int) string {
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	head := (n - 1) * 2 / 3
	return string(runes[:head]) + "…" + string(runes[len(runes)-(n-1-head):])
}
