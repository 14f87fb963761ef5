package panel

import (
	"fmt"
	"strings"

	"spanwright/annotate"
)

// guideline joins what the scheme says of a thing, as Markdown.
func guideline(name, meaning, example string) string {
	if meaning == "" && example == "" {
		return ""
	}
	said := "**" + escapeMarkdown(name) + "** " + meaning
	return withExample(said, example)
}

// quoted returns Markdown as a quotation.
func quoted(words string) string {
	return "> " + strings.ReplaceAll(strings.TrimSpace(words), "\n", "\n> ")
}

// guideSection is one item of the scheme on the page of guidelines.
type guideSection struct {
	sort   string // label, relation …
	name   string
	color  string // #rrggbb of a label, "" for none
	depth  int    // of what belongs to a label
	words  string // Markdown
	folded string // all of it in lower case, for the search
}

// guideSections returns everything that a scheme says, in its own order.
func guideSections(s *annotate.Scheme) []guideSection {
	var all []guideSection
	add := func(depth int, sort, name, color, meaning, example string, facts ...string) {
		g := guideSection{sort: sort, name: name, color: color, depth: depth}
		parts := []string{withExample(meaning, example)}
		for _, f := range facts {
			if f != "" {
				parts = append(parts, "*"+escapeMarkdown(f)+"*")
			}
		}
		g.words = strings.TrimSpace(strings.Join(parts, "\n\n"))
		g.folded = strings.ToLower(sort + " " + name + " " + g.words)
		all = append(all, g)
	}
	attributes := func(depth int, of string, defs []annotate.Attribute) {
		for i := range defs {
			a := &defs[i]
			add(depth, "attribute of "+of, a.Name, "", a.Guideline+valuesText(a), a.Example, attributeFacts(a))
		}
	}
	title := s.Title
	if title == "" {
		title = s.Name
	}
	add(0, fmt.Sprintf("%s, revision %d", s.Name, s.Revision), title, "", s.Guideline, "")
	for i := range s.Spans {
		l := &s.Spans[i]
		add(0, "label", l.Label, labelColor(l), l.Guideline, l.Example)
		attributes(1, l.Label, l.Attributes)
	}
	for i := range s.Relations {
		r := &s.Relations[i]
		add(0, "relation", r.Label, relationColor(r), r.Guideline, r.Example)
		for j := range r.Roles {
			role := &r.Roles[j]
			add(1, "role in "+r.Label, role.Name, "", role.Guideline, role.Example, fillersOf(role))
		}
		attributes(1, r.Label, r.Attributes)
	}
	if len(s.Document) > 0 {
		add(0, "document", "The document as a whole", "", "", "")
		attributes(1, "the document", s.Document)
	}
	var records func(depth int, defs []annotate.RecordLabel)
	records = func(depth int, defs []annotate.RecordLabel) {
		for i := range defs {
			add(depth, "record", defs[i].Label, "", defs[i].Guideline, defs[i].Example)
			attributes(depth+1, defs[i].Label, defs[i].Attributes)
			records(depth+1, defs[i].Records)
		}
	}
	records(0, s.Records)
	for i := range s.Flags {
		f := &s.Flags[i]
		add(0, "flag", f.Name, "", f.Guideline, "")
	}
	return all
}

// valuesText lists the values of an attribute, those inside others below them.
func valuesText(a *annotate.Attribute) string {
	var b strings.Builder
	for c, depth := range a.Choices() {
		if b.Len() == 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(&b, "\n%s- **%s**", strings.Repeat("  ", depth), escapeMarkdown(c.Name))
		if c.Title != "" {
			b.WriteString(" · " + escapeMarkdown(c.Title))
		}
		for _, part := range []string{c.Guideline, c.Example} {
			if part = strings.Join(strings.Fields(part), " "); part != "" {
				b.WriteString(" — " + part)
			}
		}
	}
	return b.String()
}

// attributeFacts says in a few words what the scheme asks of an attribute.
func attributeFacts(a *annotate.Attribute) string {
	var parts []string
	if a.Required {
		parts = append(parts, "required")
	}
	for _, c := range a.When {
		names := make([]string, len(c.Is))
		for i, v := range c.Is {
			names[i] = v.String()
		}
		parts = append(parts, "where "+c.Attribute+" is "+strings.Join(names, " or "))
	}
	switch {
	case a.Min != nil && a.Max != nil:
		parts = append(parts, fmt.Sprintf("from %v to %v", *a.Min, *a.Max))
	case a.Min != nil:
		parts = append(parts, fmt.Sprintf("at least %v", *a.Min))
	case a.Max != nil:
		parts = append(parts, fmt.Sprintf("at most %v", *a.Max))
	}
	return strings.Join(parts, ", ")
}

// fillersOf says what may play a role.
func fillersOf(r *annotate.Role) string {
	fillers := append(append([]string(nil), r.Labels...), r.Relations...)
	if len(fillers) == 0 {
		return ""
	}
	said := "played by " + strings.Join(fillers, " or ")
	if r.Implicit {
		said += ", or implicit"
	}
	return said
}
