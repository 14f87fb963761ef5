package adjudicate

import (
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/adjudication"
	"spanwright/annotate/agreement"
)

// Words says things about the cases of one desk.
type Words struct {
	Desk *adjudication.Desk
	Text string // of the document
}

// quoted is how many characters of a span are quoted.
const quoted = 60

// Quote returns the words a case is about: of spans those that any annotator marked, of
// relations those of the first side's ends.
func (w *Words) Quote(c *adjudication.Case) string {
	switch {
	case c.Attribute != "":
		return c.Attribute
	case c.Relation():
		return w.ends(c.Sides[0].Relation.Arguments)
	case c.Place.Empty() || c.Place.End > len(w.Text):
		return ""
	}
	return annotate.Excerpt(w.Text[c.Place.Start:c.Place.End], quoted)
}

// ends quotes what fills roles, as in “the ministry” · “said”.
func (w *Words) ends(arguments []annotate.Argument) string {
	var parts []string
	for _, a := range arguments {
		if words := w.argument(a); words != "" {
			parts = append(parts, words)
		}
	}
	return strings.Join(parts, " · ")
}

// argument quotes what fills a role, "" if it is in no text.
func (w *Words) argument(a annotate.Argument) string {
	if s := w.Desk.Span(a.Span); s != nil && a.Span != "" {
		return "“" + annotate.Excerpt(s.Covered(w.Text), quoted/2) + "”"
	}
	if a.Relation != "" {
		if c := w.Desk.CaseOf(a.Relation); c != nil && c.Relation() {
			return "(" + w.ends(c.Sides[0].Relation.Arguments) + ")"
		}
	}
	if a.Document != "" {
		return "another document"
	}
	return ""
}

// Sides says in what everybody differs, once for those who say the same, after what they have
// in common, as in “said”: Cue (asha, cy) | Verb (ben).
func (w *Words) Sides(c *adjudication.Case) string {
	var parts []string
	said := map[string]bool{}
	for i := range c.Sides {
		s := &c.Sides[i]
		if said[s.Annotator] {
			continue
		}
		like := c.Like(s.Annotator)
		for _, name := range like {
			said[name] = true
		}
		parts = append(parts, strings.Join(append(w.apart(c, s), "("+strings.Join(like, ", ")+")"), " "))
	}
	if len(c.Absent) > 0 {
		parts = append(parts, "nothing ("+strings.Join(c.Absent, ", ")+")")
	}
	all, common := strings.Join(parts, " | "), w.common(c)
	switch {
	case common == "":
		return all
	case strings.HasPrefix(all, "("): // who has it is all that is to be said
		return common + " " + all
	}
	return common + ": " + all
}

// common returns what all sides have in common, as far as it tells what a case is about.
func (w *Words) common(c *adjudication.Case) string {
	switch {
	case c.Attribute != "":
		return c.Attribute
	case len(c.Sides) == 0:
		return ""
	}
	var parts []string
	first := &c.Sides[0]
	if !c.Has(agreement.LabelKind) {
		parts = append(parts, label(first))
	}
	switch {
	case first.Span != nil && !c.Has(agreement.Boundary):
		parts = append(parts, w.quote(first.Span))
	case first.Relation != nil && !c.Has(agreement.RoleKind):
		parts = append(parts, w.ends(first.Relation.Arguments))
	}
	return strings.Join(parts, " ")
}

func label(s *annotate.Side) string {
	if s.Span != nil {
		return s.Span.Label
	}
	return s.Relation.Label
}

// apart returns what a side says where the sides of a case differ.
func (w *Words) apart(c *adjudication.Case, s *annotate.Side) []string {
	if s.Value != nil {
		return []string{s.Value.String()}
	}
	var parts []string
	if c.Has(agreement.LabelKind) {
		parts = append(parts, label(s))
	}
	if s.Span != nil && c.Has(agreement.Boundary) {
		parts = append(parts, w.quote(s.Span))
	}
	for _, name := range c.Names {
		parts = append(parts, w.named(s, name)...)
	}
	return parts
}

// named returns what a side says of an attribute, or of the roles of that name.
func (w *Words) named(s *annotate.Side, name string) []string {
	var values map[string]annotate.Value
	var parts []string
	if s.Span != nil {
		values = s.Span.Attributes
	} else {
		values = s.Relation.Attributes
		for _, a := range s.Relation.Arguments {
			if slices.Contains(strings.Split(name, "/"), a.Role) {
				parts = append(parts, w.role(a))
			}
		}
	}
	if v, set := values[name]; set {
		parts = append(parts, name+": "+v.String())
	}
	if len(parts) == 0 {
		return []string{"no " + name}
	}
	return parts
}

// Side says what an annotator has, as in Claim “is safe”, type: demand.
func (w *Words) Side(s *annotate.Side) string {
	switch {
	case s.Span != nil:
		return w.Span(s.Span)
	case s.Relation != nil:
		return w.Relation(s.Relation)
	case s.Value != nil:
		return s.Value.String()
	}
	return ""
}

// Span says what a span is.
func (w *Words) Span(s *annotate.Span) string {
	return s.Label + " " + w.quote(s) + values(s.Attributes)
}

// quote returns what a span covers, with dots for its gaps.
func (w *Words) quote(s *annotate.Span) string {
	return "“" + annotate.Excerpt(strings.Join(w.fragments(s), " … "), quoted) + "”"
}

func (w *Words) fragments(s *annotate.Span) []string {
	var parts []string
	for _, f := range s.Fragments {
		if f.End <= len(w.Text) {
			parts = append(parts, w.Text[f.Start:f.End])
		}
	}
	return parts
}

// Relation says what a relation is: its label, and what fills each role.
func (w *Words) Relation(r *annotate.Relation) string {
	parts := make([]string, len(r.Arguments))
	for i, a := range r.Arguments {
		parts[i] = w.role(a)
	}
	return r.Label + ": " + strings.Join(parts, ", ") + values(r.Attributes)
}

// role says who plays a role, as in cue “said”.
func (w *Words) role(a annotate.Argument) string {
	if a.Implicit {
		return a.Role + " implicit"
	}
	return a.Role + " " + w.argument(a)
}

// SideIn says what an annotator has, what differs from others first.
func (w *Words) SideIn(c *adjudication.Case, s *annotate.Side) string {
	if len(c.Names) == 0 || s.Value != nil {
		return w.Side(s)
	}
	var parts []string
	for _, name := range c.Names {
		parts = append(parts, w.named(s, name)...)
	}
	return strings.Join(parts, ", ") + " · " + w.Side(s)
}

func values(attributes map[string]annotate.Value) string {
	var b strings.Builder
	for _, name := range annotate.SortedKeys(attributes) {
		b.WriteString(", " + name + ": " + attributes[name].String())
	}
	return b.String()
}

// Decision says in a few words what was decided, as in “took asha, ben (automatic)”.
func Decision(d *annotate.Decision) string {
	said := string(d.Outcome)
	if len(d.Taken) > 0 {
		said += " " + strings.Join(d.Taken, ", ")
	}
	if d.Automatic {
		said += " (automatic)"
	}
	return said
}
