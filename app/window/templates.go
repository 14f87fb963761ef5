package window

import (
	"fmt"
	"strings"

	"spanwright/annotate"
)

// describeTemplate says in a few lines what a scheme that comes with the program is for
// and how much there is in it, "" if there is none of that name.
func describeTemplate(name string) string {
	s, err := template(name)
	if err != nil {
		return ""
	}
	var parts []string
	for _, c := range []struct {
		n         int
		one, many string
	}{
		{len(s.Spans), "label", "labels"},
		{len(s.Relations), "relation", "relations"},
		{attributesIn(s), "attribute", "attributes"},
		{len(s.Records), "kind of record", "kinds of record"},
		{len(s.Rules), "rule", "rules"},
	} {
		switch {
		case c.n == 1:
			parts = append(parts, "1 "+c.one)
		case c.n > 1:
			parts = append(parts, fmt.Sprintf("%d %s", c.n, c.many))
		}
	}
	said := s.Title + ".\n" + firstSentence(s.Guideline)
	if len(parts) > 0 {
		said += "\n" + strings.Join(parts, ", ") + "."
	}
	return said
}

func attributesIn(s *annotate.Scheme) int {
	n := len(s.Document)
	for i := range s.Spans {
		n += len(s.Spans[i].Attributes)
	}
	for i := range s.Relations {
		n += len(s.Relations[i].Attributes)
	}
	return n
}

// firstSentence returns the beginning of a guideline, up to its first full stop.
func firstSentence(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if end := strings.Index(text, ". "); end >= 0 {
		text = text[:end+1]
	}
	return text
}
