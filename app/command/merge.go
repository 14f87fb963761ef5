package command

import (
	"cmp"
	"fmt"
	"strings"

	"spanwright/annotate"
	"spanwright/app/exchange"
	"spanwright/store"
)

// mergeCommand takes other copies of a project into it.
type mergeCommand struct {
	Project   string   `arg:"" help:"Project file."`
	Files     []string `arg:"" name:"file" help:"Copies of the project, or packets made from it, that others have worked on."`
	DryRun    bool     `help:"Change nothing; only say what the merge would do."`
	Annotator string   `help:"Who merges, and can undo it; $USER if not given." placeholder:"NAME"`
}

func (c *mergeCommand) Run(e *environment) error {
	return e.with(c.Project, func(project *store.Project) error {
		options := store.MergeOptions{Annotator: cmp.Or(c.Annotator, exchange.DefaultAnnotator()), Rehearse: c.DryRun}
		all := []*store.Merged{}
		var failed error
		for _, file := range c.Files {
			merged, err := e.merge(project, file, options)
			if err != nil {
				failed = err
				break
			}
			all = append(all, merged)
		}
		if err := e.tellMerged(all, c.DryRun); err != nil || failed != nil {
			return cmp.Or(failed, err)
		}
		for _, m := range all {
			if len(m.Lost)+len(m.Texts) > 0 {
				return errProblems
			}
		}
		return nil
	})
}

func (e *environment) merge(project *store.Project, file string, options store.MergeOptions) (merged *store.Merged, err error) {
	bar := newBar(e.stderr)
	defer bar.clear()
	options.Progress = func(done, total int) { bar.show(done, total, file) }
	err = e.with(file, func(other *store.Project) (err error) {
		merged, err = project.Merge(e.ctx, other, options)
		return err
	})
	return merged, err
}

func (e *environment) tellMerged(all []*store.Merged, rehearsed bool) error {
	if e.json {
		return e.object(all)
	}
	verb := "brought"
	if rehearsed {
		verb = "would bring"
	}
	for _, m := range all {
		for _, c := range m.Contributions {
			e.say("%s: %s %s of %s in %s", m.Source, verb, touched(c.Touched), c.Annotator, count(c.Documents, "document"))
		}
		for _, l := range m.Lost {
			e.say("%s", gaveWay(&l))
		}
		for _, t := range m.Texts {
			e.say("%s: its text was changed in one copy while it was labelled in another; %s", t.Document, unfit(t.Unfit))
		}
		for _, r := range m.Remarks {
			e.say("%s: %s", m.Source, r)
		}
		e.say("%s: %s %s, %d known already", m.Source, verb, count(m.Changes, "change"), m.Known)
	}
	return nil
}

// touched lists counts by kind of entity, as in "2 spans, 1 comment".
func touched(counts map[string]int) string {
	var parts []string
	for _, kind := range annotate.SortedKeys(counts) {
		parts = append(parts, count(counts[kind], kind))
	}
	return strings.Join(parts, ", ")
}

func gaveWay(l *store.LostChange) string {
	const form = "2006-01-02 15:04"
	where := ""
	if l.Document != "" {
		where = l.Document + ": "
	}
	return fmt.Sprintf("%sthe change of %s by %s (%s) gave way to a concurrent one by %s (%s); the journal keeps both",
		where, l.What, l.Annotator, l.Time.Local().Format(form), l.Stands, l.StandsAt.Local().Format(form))
}

func unfit(n int) string {
	if n == 0 {
		return "look whether its spans still cover what they should"
	}
	return count(n, "span no longer fits and is not shown", "spans no longer fit and are not shown")
}
