package command

import (
	"fmt"
	"strings"

	"spanwright/annotate"
	"spanwright/app/exchange"
)

// tellPreview tells what an import would do.
func (e *environment) tellPreview(p *exchange.Preview) error {
	if e.json {
		return e.object(p)
	}
	for _, r := range p.Sources {
		fmt.Fprintf(e.stdout, "%s: %s, %s, known %s\n", r.Path, r.Format, count(r.Files, "file"), r.Why)
	}
	for _, it := range p.Items {
		fmt.Fprintf(e.stdout, "%s (%s): %s\n", it.Key, count(it.Uses, "use"), fate(it))
	}
	e.sayRemarks(p.Skipped)
	e.sayRemarks(p.Remarks)
	if p.Misplaced > 0 {
		e.say("%s left out because words do not stand where offsets say; --reanchor moves them to the nearest place where they do",
			count(p.Misplaced, "document would be", "documents would be"))
	}
	sentence := fmt.Sprintf("would add %s, %s, %s", count(p.Documents, "document"), count(p.Spans, "span"), count(p.Relations, "relation"))
	if p.Present > 0 {
		sentence += fmt.Sprintf("; %s there already", count(p.Present, "document is", "documents are"))
	}
	if len(p.Skipped) > 0 {
		sentence += fmt.Sprintf("; %s left out", count(len(p.Skipped), "record would be", "records would be"))
	}
	if p.Reanchored > 0 {
		sentence += fmt.Sprintf("; %s re-anchored", count(p.Reanchored, "span would be", "spans would be"))
	}
	e.say("%s", sentence)
	if len(p.Skipped) > 0 {
		return errProblems
	}
	return nil
}

// fate says what becomes of an item, and how it could be mapped.
func fate(it *exchange.Item) string {
	switch it.Decision.Fate {
	case annotate.Into:
		return "would be taken for " + it.Decision.Into
	case annotate.Drop:
		return "would be left out"
	case exchange.Add:
		return "would be added to the scheme"
	}
	text, options := "would be added to the scheme", []string(nil)
	for _, s := range it.Suggestions {
		options = append(options, fmt.Sprintf("--map %q", it.Short()+"="+s))
	}
	if it.Kind == annotate.ValueItem {
		text, options = "would come in as it stands, and break the scheme", append(options, fmt.Sprintf("--add %q", it.Short()))
	}
	if len(options) > 0 {
		text += "; or " + strings.Join(options, ", ")
	}
	return text
}
