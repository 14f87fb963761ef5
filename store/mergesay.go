package store

import (
	"fmt"
	"strings"

	"spanwright/annotate"
)

// What says what a person made, changed or deleted, as in "2 spans, 1 comment".
func (c *Contribution) What() string {
	parts := make([]string, 0, len(c.Touched))
	for _, kind := range annotate.SortedKeys(c.Touched) {
		if kind == string(annotate.StintEntity) {
			parts = append(parts, counted(c.Touched[kind], "stretch of time", "stretches of time"))
			continue
		}
		parts = append(parts, counted(c.Touched[kind], kind))
	}
	return strings.Join(parts, ", ")
}

// Where says in how many documents, as in "in 3 documents"; "" if in none.
func (c *Contribution) Where() string {
	if c.Documents == 0 {
		return ""
	}
	return " in " + counted(c.Documents, "document")
}

// String says what gave way to what.
func (l *LostChange) String() string {
	const form = "2006-01-02 15:04"
	where := ""
	if l.Document != "" {
		where = l.Document + ": "
	}
	return fmt.Sprintf("%sthe change of %s by %s (%s) gave way to a concurrent one by %s (%s); the journal keeps both",
		where, l.What, l.Annotator, l.Time.Local().Format(form), l.Stands, l.StandsAt.Local().Format(form))
}

// String says what became of the spans.
func (t *ChangedText) String() string {
	what := counted(t.Unfit, "span no longer fits and is not shown", "spans no longer fit and are not shown")
	if t.Unfit == 0 {
		what = "look whether its spans still cover what they should"
	}
	return t.Document + ": its text was changed in one copy while it was labelled in another; " + what
}

func counted(n int, singular string, plural ...string) string {
	if n == 1 {
		return "1 " + singular
	}
	return fmt.Sprintf("%d %s", n, append(plural, singular+"s")[0])
}

// String says whose packet it is and what is in it.
func (p *Packet) String() string {
	layers := "with the layers of all"
	if p.Blind {
		layers = "without the layers of others"
	}
	return fmt.Sprintf("%s for %s, %s", counted(p.Documents, "document"), p.Annotator, layers)
}
