package revise

import (
	"fmt"
	"strings"

	"spanwright/annotate"
)

// Line says what a step does and to how much, as in "removes attribute type from label
// Claim: 41 spans in 12 documents lose it".
func (p *Plan) Line(step int) string {
	s, c := &p.Revision.Steps[step], &p.Counts[step]
	if c.Total() == 0 {
		switch s.Kind {
		case annotate.RemoveStep, annotate.RetypeStep, annotate.RenameStep:
			if s.About != annotate.RuleItem {
				return s.Sentence + ": nothing uses it"
			}
		}
		return s.Sentence
	}
	return s.Sentence + ": " + c.what() + p.fate(s, c)
}

// what says how much is touched, as in "41 spans and 2 relations in 12 documents".
func (c *Count) what() string {
	var parts []string
	for _, n := range []struct {
		count     int
		one, many string
	}{
		{c.Spans, "span", "spans"},
		{c.Relations, "relation", "relations"},
		{c.Records, "record", "records"},
		{c.Assessments, "assessment", "assessments"},
		{c.Concepts, "concept", "concepts"},
	} {
		if n.count > 0 {
			parts = append(parts, number(n.count, n.one, n.many))
		}
	}
	what := strings.Join(parts, ", ")
	if last := len(parts) - 1; last > 0 {
		what = strings.Join(parts[:last], ", ") + " and " + parts[last]
	}
	if c.Documents > 0 {
		what += " in " + number(c.Documents, "document", "documents")
	}
	return what
}

func number(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// fate says what happens to what is touched.
func (p *Plan) fate(s *annotate.Step, c *Count) string {
	one := c.Total() == 1
	verb := func(singular, plural string) string {
		if one {
			return " " + singular
		}
		return " " + plural
	}
	switch {
	case s.Kind == annotate.RenameStep && c.Lost > 0:
		return fmt.Sprintf(", %d of which had a value for both and lose this one", c.Lost)
	case s.Kind == annotate.RenameStep:
		return ""
	case s.Kind == annotate.RetypeStep && c.Kept > 0:
		return fmt.Sprintf(", %d of which keep what cannot be converted", c.Kept)
	case s.Kind == annotate.RetypeStep && c.Lost > 0:
		return fmt.Sprintf(", %d of which lose what cannot be converted", c.Lost)
	case s.Kind == annotate.RetypeStep:
		return verb("is converted", "are converted")
	}
	switch s.Fate() {
	case annotate.Keep:
		return verb("keeps it", "keep it") + " and will break the new scheme"
	case annotate.Into:
		line := verb("becomes", "become") + " " + s.Decision.Into
		if s.About == annotate.AttributeItem || s.About == annotate.ValueItem || s.About == annotate.RoleItem || s.About == annotate.FlagItem || s.About == annotate.ConceptItem {
			line = verb("gets", "get") + " " + s.Decision.Into + " instead"
		}
		if c.Lost > 0 {
			line += fmt.Sprintf(", %d of which lose values that have no place there", c.Lost)
		}
		return line
	}
	switch s.About {
	case annotate.LabelItem, annotate.RelationItem, annotate.RecordItem:
		line := verb("is deleted", "are deleted")
		if c.Along > 0 {
			line += fmt.Sprintf(", and with them %d that point at them, lie in them or are about them", c.Along)
		}
		return line
	case annotate.RoleItem:
		line := verb("loses it", "lose it")
		if c.Along > 0 {
			line += fmt.Sprintf(", and %d that point at what is left without any go too", c.Along)
		}
		return line
	}
	return verb("loses it", "lose it")
}
