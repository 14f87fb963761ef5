package adjudicate

import (
	"cmp"
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
	// Concept returns the concept of an id, nil if there is none.
	Concept func(annotate.ID) *annotate.Concept
}

// quoted is how many characters of a span are quoted.
const quoted = 60

// Quote returns the words a case is about: of spans those that any annotator marked, of
// relations those of the first side's ends, and of records the first thing they say.
func (w *Words) Quote(c *adjudication.Case) string {
	switch {
	case c.Attribute != "":
		return c.Attribute
	case c.Relation():
		return w.ends(c.Sides[0].Relation.Arguments)
	case c.Record():
		return w.Record(c.Sides[0].Record)
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
	if e, known := w.Desk.Elsewhere(a.Target()); known {
		return "“" + e.Words + "” in " + e.Name
	}
	if a.Document != "" {
		return "another document"
	}
	return ""
}

// of quotes a span, or the ends of a relation.
func (w *Words) of(id annotate.ID) string {
	if s := w.Desk.Span(id); s != nil {
		return annotate.Excerpt(s.Covered(w.Text), quoted/2)
	}
	return w.Quote(w.Desk.CaseOf(id))
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
	case first.Record != nil:
		parts = append(parts, w.about(c)...)
	}
	return strings.Join(parts, " ")
}

func label(s *annotate.Side) string {
	switch {
	case s.Span != nil:
		return s.Span.Label
	case s.Record != nil:
		return s.Record.Label
	}
	return s.Relation.Label
}

// about returns what tells a record from others of its label: the first thing that all sides say, or
// else what it lies in.
func (w *Words) about(c *adjudication.Case) []string {
	first := c.Sides[0].Record
	for _, name := range annotate.SortedKeys(first.Attributes) {
		if !slices.Contains(c.Names, name) {
			return []string{"“" + annotate.Excerpt(w.Value(first.Attributes[name]), quoted/2) + "”"}
		}
	}
	if in := w.around(first); in != "" && !c.Has(adjudication.LinkKind) {
		return []string{in}
	}
	return nil
}

// around says what a record lies in, "" for the form itself.
func (w *Words) around(r *annotate.Record) string {
	for _, name := range w.Desk.Annotators() {
		if outer := w.Desk.Layer(name).Record(r.Parent); outer != nil {
			return "in " + w.Record(outer)
		}
	}
	return ""
}

// apart returns what a side says where the sides of a case differ.
func (w *Words) apart(c *adjudication.Case, s *annotate.Side) []string {
	if s.Value != nil {
		return []string{w.Value(*s.Value)}
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
	if s.Record != nil && len(parts) == 0 && c.Has(adjudication.LinkKind) {
		parts = append(parts, cmp.Or(w.around(s.Record), "at the top of the form"))
	}
	return parts
}

// named returns what a side says of an attribute, or of the roles of that name.
func (w *Words) named(s *annotate.Side, name string) []string {
	var values map[string]annotate.Value
	var parts []string
	switch {
	case s.Span != nil:
		values = s.Span.Attributes
	case s.Record != nil:
		values = s.Record.Attributes
	default:
		values = s.Relation.Attributes
		for _, a := range s.Relation.Arguments {
			if slices.Contains(strings.Split(name, "/"), a.Role) {
				parts = append(parts, w.role(a))
			}
		}
	}
	if v, set := values[name]; set {
		parts = append(parts, name+": "+w.Value(v))
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
	case s.Record != nil:
		return w.Record(s.Record)
	case s.Value != nil:
		return w.Value(*s.Value)
	}
	return ""
}

// Span says what a span is.
func (w *Words) Span(s *annotate.Span) string {
	return s.Label + " " + w.quote(s) + w.values(s.Attributes)
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
	return r.Label + ": " + strings.Join(parts, ", ") + w.values(r.Attributes)
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

// Record says what a record is: its label and what it says.
func (w *Words) Record(r *annotate.Record) string { return r.Label + w.values(r.Attributes) }

// Value says what a value is; of a link, the name of the concept.
func (w *Words) Value(v annotate.Value) string {
	if id, is := v.Text(); is && id != "" && w.Concept != nil {
		if c := w.Concept(annotate.ID(id)); c != nil {
			return c.Name
		}
	}
	return v.String()
}

func (w *Words) values(attributes map[string]annotate.Value) string {
	var b strings.Builder
	for _, name := range annotate.SortedKeys(attributes) {
		b.WriteString(", " + name + ": " + annotate.Excerpt(w.Value(attributes[name]), quoted))
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
