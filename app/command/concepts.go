package command

import (
	"cmp"
	"fmt"
	"strings"

	"spanwright/annotate"
	"spanwright/store"
)

// conceptsCommand lists the concepts of a project, or the mentions of one.
type conceptsCommand struct {
	Project string `arg:"" help:"Project file."`
	Name    string `arg:"" optional:"" help:"Show the mentions of the concept of this name or alias."`
}

// listedConcept is a concept as --json gives it.
type listedConcept struct {
	ID       annotate.ID `json:"id"`
	Name     string      `json:"name"`
	Kind     string      `json:"kind,omitempty"`
	Aliases  []string    `json:"aliases"`
	Note     string      `json:"note,omitempty"`
	Mentions int         `json:"mentions"`
}

// listedMention is a mention as --json gives it; offsets are code points.
type listedMention struct {
	Concept   annotate.ID `json:"concept"`
	Document  annotate.ID `json:"document"`
	Name      string      `json:"name"` // of the document
	Annotator string      `json:"annotator"`
	Span      annotate.ID `json:"span"`
	Label     string      `json:"label"`
	Start     int         `json:"start"`
	End       int         `json:"end"`
	Text      string      `json:"text"`
	Before    string      `json:"before"`
	After     string      `json:"after"`
}

func (c *conceptsCommand) Run(e *environment) error {
	return e.with(c.Project, func(project *store.Project) error {
		all, err := project.Concepts()
		if err != nil {
			return err
		}
		registry := annotate.NewRegistry(all...)
		if c.Name == "" {
			return e.listConcepts(project, registry)
		}
		named := exactly(registry, c.Name)
		if len(named) == 0 {
			return noConcept(registry, c.Name)
		}
		n := 0
		for _, concept := range named {
			found, err := e.listMentions(project, registry, concept)
			if err != nil {
				return err
			}
			n += found
		}
		e.say("%s of %s", count(n, "mention"), count(len(named), "concept"))
		return nil
	})
}

// exactly returns the concepts of which a name is a text, but for case and blanks.
func exactly(registry *annotate.Registry, name string) []*annotate.Concept {
	var named []*annotate.Concept
	for _, f := range registry.Find(name) {
		if f.Exact {
			named = append(named, f.Concept)
		}
	}
	return named
}

// noConcept says that no concept has a name, and which are named nearly like it.
func noConcept(registry *annotate.Registry, name string) error {
	const suggested = 5
	var near []string
	for _, f := range registry.Find(name) {
		if len(near) < suggested {
			near = append(near, f.Name)
		}
	}
	if len(near) > 0 {
		return annotate.Errorf(annotate.NotFound, "the project has no concept %q; did you mean %s", name, strings.Join(near, " or "))
	}
	return annotate.Errorf(annotate.NotFound, "the project has no concept %q", name)
}

// names returns what else a concept is called: its aliases, and what was merged into it.
func names(registry *annotate.Registry, c *annotate.Concept) []string {
	aliases := append([]string{}, c.Aliases...)
	for _, merged := range registry.Family(c.ID)[1:] {
		aliases = append(append(aliases, merged.Name), merged.Aliases...)
	}
	return aliases
}

func (e *environment) listConcepts(project *store.Project, registry *annotate.Registry) error {
	counts, err := project.CountMentions("")
	if err != nil {
		return err
	}
	all := []listedConcept{}
	var rows [][]any
	for _, c := range registry.Concepts() {
		n := 0
		for _, member := range registry.Family(c.ID) {
			n += counts[member.ID]
		}
		aliases := names(registry, c)
		all = append(all, listedConcept{c.ID, c.Name, c.Kind, aliases, c.Note, n})
		rows = append(rows, []any{c.Name, cmp.Or(c.Kind, "-"), n, strings.Join(aliases, "; ")})
	}
	if e.json {
		return e.object(all)
	}
	if len(rows) == 0 {
		e.say("the project has no concepts")
		return nil
	}
	return e.table([]any{"name", "kind", "mentions", "aliases"}, rows)
}

// listMentions writes a line for each mention of a concept, in the order of documents,
// and returns how many there are.
func (e *environment) listMentions(project *store.Project, registry *annotate.Registry, c *annotate.Concept) (n int, err error) {
	var ids []annotate.ID
	for _, member := range registry.Family(c.ID) {
		ids = append(ids, member.ID)
	}
	const page = 200
	var read document
	for {
		mentions, err := project.Mentions("", n, page, ids...)
		if err != nil || len(mentions) == 0 {
			return n, err
		}
		for i := range mentions {
			if err := e.ctx.Err(); err != nil {
				return n, err
			}
			m := &mentions[i]
			if err := read.load(project, m.Span.Document); err != nil {
				return n, err
			}
			if err := e.writeMention(c, m, read.offsets); err != nil {
				return n, err
			}
			n++
		}
	}
}

// document is the document read last, whose offsets the next mention is likely to need.
type document struct {
	id      annotate.ID
	offsets *annotate.Offsets
}

func (d *document) load(project *store.Project, id annotate.ID) error {
	if d.id == id {
		return nil
	}
	read, err := project.Document(id)
	if err == nil {
		d.id, d.offsets = id, annotate.NewOffsets(read.Text)
	}
	return err
}

func (e *environment) writeMention(c *annotate.Concept, m *store.Mention, offsets *annotate.Offsets) error {
	at := m.Span.Extent()
	start, end := offsets.To(annotate.CodePoint, at.Start), offsets.To(annotate.CodePoint, at.End)
	if e.json {
		return e.object(listedMention{
			c.ID, m.Span.Document, m.Document, m.Span.Annotator, m.Span.ID, m.Span.Label, start, end, m.Words, m.Before, m.After,
		})
	}
	_, err := fmt.Fprintf(e.stdout, "%s:%d\t%s\t%s\n", m.Document, start, m.Span.Annotator, m.Before+"["+m.Words+"]"+m.After)
	return err
}
