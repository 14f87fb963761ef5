package inception

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"

	"spanwright/annotate"
)

// printGuideline writes what a scheme says to annotators, in Markdown.
func printGuideline(to io.Writer, s *annotate.Scheme) error {
	out := bufio.NewWriter(to)
	section := func(depth int, title string, texts ...string) {
		fmt.Fprintf(out, "%s %s\n\n", strings.Repeat("#", depth), strings.Join(strings.Fields(title), " "))
		for _, text := range texts {
			if text = strings.TrimSpace(text); text != "" {
				fmt.Fprintf(out, "%s\n\n", text)
			}
		}
	}
	attributes := func(list []annotate.Attribute) {
		for _, a := range list {
			section(4, a.Name, a.Guideline, example(a.Example))
			for c := range a.Choices() {
				fmt.Fprintf(out, "- **%s** %s\n", c.Name, strings.Join(strings.Fields(c.Title+" "+c.Guideline), " "))
			}
			if len(a.Values) > 0 {
				out.WriteString("\n")
			}
		}
	}
	section(1, cmp.Or(s.Title, s.Name), s.Guideline)
	section(2, "Spans")
	for _, l := range s.Spans {
		section(3, l.Label, l.Guideline, example(l.Example))
		attributes(l.Attributes)
	}
	if len(s.Relations) > 0 {
		section(2, "Relations")
	}
	for _, l := range s.Relations {
		section(3, l.Label, l.Guideline, example(l.Example))
		for _, r := range l.Roles {
			section(4, r.Name, r.Guideline, example(r.Example))
		}
		attributes(l.Attributes)
	}
	if len(s.Document) > 0 {
		section(2, "Document")
		attributes(s.Document)
	}
	return out.Flush()
}

func example(text string) string {
	if text == "" {
		return ""
	}
	return "Example: " + text
}
