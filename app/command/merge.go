package command

import (
	"cmp"

	"spanwright/app/exchange"
	"spanwright/store"
)

// mergeCommand takes other copies of a project into it.
type mergeCommand struct {
	Project   string   `arg:"" help:"Project file."`
	Files     []string `arg:"" name:"file" help:"Copies of the project, or packets made from it, that others have worked on."`
	DryRun    bool     `help:"Change nothing; only say what the merge would do."`
	Annotator string   `help:"Who merges, and can undo it as one act; $USER if not given." placeholder:"NAME"`
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
			options.Continues = cmp.Or(merged.ID, options.Continues)
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
			e.say("%s: %s %s of %s%s", m.Source, verb, c.What(), c.Annotator, c.Where())
		}
		for _, l := range m.Lost {
			e.say("%v", &l)
		}
		for _, t := range m.Texts {
			e.say("%v", &t)
		}
		for _, r := range m.Remarks {
			e.say("%s: %s", m.Source, r)
		}
		e.say("%s: %s %s, %d known already", m.Source, verb, count(m.Changes, "change"), m.Known)
	}
	return nil
}
