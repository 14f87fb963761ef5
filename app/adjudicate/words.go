package adjudicate

import (
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/adjudication"
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

// Sides says what everybody has, once for those who say the same, as in
// Cue “said” (asha, cy) | Verb “said” (ben).
func (w *Words) Sides(c *adjudication.Case) string {
	var parts []string
	said := map[string]bool{}
	for i := range c.Sides {
		s := &c.Sides[i]
		if !said[s.Annotator] {
			like := c.Like(s.Annotator)
			for _, name := range like {
				said[name] = true
			}
			parts = append(parts, w.Side(s)+" ("+strings.Join(like, ", ")+")")
		}
	}
	if len(c.Absent) > 0 {
		parts = append(parts, "nothing ("+strings.Join(c.Absent, ", ")+")")
	}
	return strings.Join(parts, " | ")
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
	return s.Label + " “" + annotate.Excerpt(strings.Join(w.fragments(s), " … "), quoted) + "”" + values(s.Attributes)
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
		words := w.argument(a)
		if a.Implicit {
			words = "implicit"
		}
		parts[i] = a.Role + " " + words
	}
	return r.Label + ": " + strings.Join(parts, ", ") + values(r.Attributes)
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
