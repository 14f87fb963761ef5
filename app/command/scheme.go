package command

import (
	"errors"
	"fmt"
	"strings"

	"spanwright/annotate"
	"spanwright/app/exchange"
	"spanwright/app/revise"
	"spanwright/assets"
	"spanwright/store"
)

// schemeCommand is about schemes: what a project's is, and how it becomes another.
type schemeCommand struct {
	Show   schemeShowCommand   `cmd:"" help:"Print a project's scheme as a scheme file."`
	Check  schemeCheckCommand  `cmd:"" help:"Check a scheme file, and list all that is wrong with it."`
	Apply  schemeApplyCommand  `cmd:"" help:"Give a project another scheme, and take its annotations along."`
	Export schemeExportCommand `cmd:"" help:"Write a scheme as the configuration files of brat, or as a labelling configuration of Label Studio."`
	Diff   schemeDiffCommand   `cmd:"" help:"List the differences between two schemes; the exit status is 1 if there are any."`
	Schema schemeSchemaCommand `cmd:"" help:"Print the JSON Schema of scheme files, by which editors complete and check them."`
}

// schemeShowCommand prints a scheme.
type schemeShowCommand struct {
	Scheme string `arg:"" help:"Project file; or a scheme file, or the name of a template." placeholder:"PROJECT"`
	Output string `short:"o" help:"File to write instead of standard output." placeholder:"FILE"`
}

func (c *schemeShowCommand) Run(e *environment) error {
	scheme, err := e.readScheme(c.Scheme)
	if err != nil {
		return err
	}
	if isProject(c.Output) {
		return annotate.Errorf(annotate.Conflict, "this is a project; name another file").At(c.Output, 0)
	}
	if c.Output != "" {
		return exchange.WriteScheme(c.Output, scheme)
	}
	if e.json {
		return e.object(scheme)
	}
	raw, err := scheme.Marshal()
	if err == nil {
		_, err = e.stdout.Write(raw)
	}
	return err
}

// schemeDiffCommand compares two schemes.
type schemeDiffCommand struct {
	A string `arg:"" help:"Scheme file, name of a template, or project." placeholder:"A"`
	B string `arg:"" help:"Scheme file, name of a template, or project." placeholder:"B"`
}

func (c *schemeDiffCommand) Run(e *environment) error {
	from, err := e.readScheme(c.A)
	if err != nil {
		return err
	}
	to, err := e.readScheme(c.B)
	if err != nil {
		return err
	}
	steps := annotate.Revise(from, to).Steps
	if e.json {
		if steps == nil {
			steps = []annotate.Step{}
		}
		if err := e.object(map[string]any{"steps": steps}); err != nil {
			return err
		}
	} else {
		for _, s := range steps {
			fmt.Fprintln(e.stdout, s.Sentence)
		}
	}
	if len(steps) > 0 {
		return errProblems
	}
	return nil
}

// schemeSchemaCommand prints the JSON Schema.
type schemeSchemaCommand struct{}

func (schemeSchemaCommand) Run(e *environment) error {
	_, err := e.stdout.Write(assets.SchemeSchema())
	return err
}

// schemeApplyCommand gives a project another scheme.
type schemeApplyCommand struct {
	Project   string   `arg:"" help:"Project file."`
	Scheme    string   `arg:"" help:"Scheme file, or the name of a template." placeholder:"FILE|TEMPLATE"`
	DryRun    bool     `help:"Only say what would happen."`
	Drop      []string `help:"Delete what annotations have of an item that goes, such as Claim, Claim.type, Claim.type.song or about.tail." sep:"none" placeholder:"ITEM"`
	Keep      []string `help:"Leave it as it is; check then reports it." sep:"none" placeholder:"ITEM"`
	Into      []string `help:"Turn it into another item of the new scheme." sep:"none" placeholder:"OLD=NEW"`
	Annotator string   `help:"Who makes the change, and can undo it; $USER if not given." placeholder:"NAME"`
}

func (c *schemeApplyCommand) Run(e *environment) error {
	decisions, err := c.decisions()
	if err != nil {
		return err
	}
	to, err := e.readScheme(c.Scheme)
	if err != nil {
		return err
	}
	return e.with(c.Project, func(project *store.Project) error {
		bar := newBar(e.stderr)
		plan, err := revise.Prepare(e.ctx, project, to, decisions, bar.show)
		bar.clear()
		switch annotate.KindOf(err) {
		case annotate.NotFound, annotate.Invalid:
			return usageError{err}
		}
		if err != nil {
			return err
		}
		open := plan.Undecided()
		if !e.json {
			e.preview(plan)
		}
		applied := false
		if !c.DryRun && len(open) == 0 && len(plan.Revision.Steps) > 0 {
			if err := c.apply(e, plan); err != nil {
				return err
			}
			applied = true
		}
		if e.json {
			if err := e.object(planned(plan, applied)); err != nil {
				return err
			}
		}
		return c.conclude(e, plan, open, applied)
	})
}

// decisions reads the flags that say what becomes of items.
func (c *schemeApplyCommand) decisions() (map[string]annotate.StepDecision, error) {
	decisions := map[string]annotate.StepDecision{}
	for _, item := range c.Drop {
		decisions[item] = annotate.StepDecision{Fate: annotate.Drop}
	}
	for _, item := range c.Keep {
		decisions[item] = annotate.StepDecision{Fate: annotate.Keep}
	}
	for _, pair := range c.Into {
		at := strings.LastIndexByte(pair, '=')
		if at < 0 {
			return nil, usageError{fmt.Errorf("--into takes OLD=NEW, not %q", pair)}
		}
		decisions[pair[:at]] = annotate.StepDecision{Fate: annotate.Into, Into: pair[at+1:]}
	}
	if len(decisions) < len(c.Drop)+len(c.Keep)+len(c.Into) {
		return nil, usageError{errors.New("one item is decided about twice")}
	}
	return decisions, nil
}

// readScheme returns the scheme of a name, in a file or of a project, and says what is
// remarkable about it.
func (e *environment) readScheme(nameOrFile string) (*annotate.Scheme, error) {
	scheme, remarks, err := findScheme(nameOrFile)
	if err == nil {
		e.sayRemarks(remarks)
	}
	return scheme, err
}

func (c *schemeApplyCommand) apply(e *environment, plan *revise.Plan) error {
	annotator := c.Annotator
	if annotator == "" {
		annotator = exchange.DefaultAnnotator()
	}
	bar := newBar(e.stderr)
	defer bar.clear()
	_, err := plan.Apply(e.ctx, annotator, bar.show)
	return err
}

// conclude says what was done, or why nothing was.
func (c *schemeApplyCommand) conclude(e *environment, plan *revise.Plan, open []int, applied bool) error {
	switch {
	case len(plan.Revision.Steps) == 0:
		e.say("the project has this scheme already")
	case applied:
		e.say("the project has scheme %s now, revision %d", plan.Revision.To.Name, plan.Revision.Scheme().Revision)
	case len(open) > 0:
		for _, step := range open {
			name := nameOf(plan.Revision, step)
			choices := fmt.Sprintf("--drop %q or --keep %q", name, name)
			if plan.Revision.Steps[step].Kind == annotate.RemoveStep {
				choices = fmt.Sprintf("--drop %q, --keep %q or --into %q", name, name, name+"=NEW")
			}
			e.say("%s: decide with %s", plan.Revision.Steps[step].Item(), choices)
		}
		e.say("nothing was changed, because annotations would lose something")
		return errProblems
	default:
		e.say("nothing was changed")
	}
	return nil
}

// nameOf returns the shortest name by which a step is found.
func nameOf(r *annotate.Revision, step int) string {
	short := r.Steps[step].Short()
	if found, err := r.Find(short); err == nil && found == step {
		return short
	}
	return r.Steps[step].Item()
}

// preview writes what a plan would do.
func (e *environment) preview(plan *revise.Plan) {
	for i := range plan.Revision.Steps {
		fmt.Fprintln(e.stdout, plan.Line(i))
	}
	before, after := plan.Violations()
	if before+after > 0 {
		fmt.Fprintf(e.stdout, "%s of the scheme before, %d after\n", count(before, "violation"), after)
	}
	listed := map[annotate.Breach]int{}
	for _, v := range plan.New {
		listed[v.Rule]++
		where := fmt.Sprintf("%s (%s)", v.Name, v.Annotator)
		if v.Words != "" && !strings.Contains(v.Sentence, v.Words) {
			where += fmt.Sprintf(" “%s”", v.Words)
		}
		fmt.Fprintf(e.stdout, "  new: %s: %s\n", where, v.Sentence)
	}
	for _, rule := range annotate.SortedKeys(plan.After) {
		if more := plan.After[rule] - plan.Before[rule] - listed[rule]; listed[rule] > 0 && more > 0 {
			fmt.Fprintf(e.stdout, "  and %d more about %s\n", more, rule)
		}
	}
}

// planned returns a plan as a program reads it.
func planned(plan *revise.Plan, applied bool) any {
	type step struct {
		annotate.Step
		Count revise.Count `json:"count"`
	}
	steps := make([]step, len(plan.Revision.Steps))
	for i, s := range plan.Revision.Steps {
		steps[i] = step{s, plan.Counts[i]}
	}
	undecided := []string{}
	for _, i := range plan.Undecided() {
		undecided = append(undecided, nameOf(plan.Revision, i))
	}
	violations := plan.New
	if violations == nil {
		violations = []revise.Violation{}
	}
	return map[string]any{
		"steps": steps, "undecided": undecided, "applied": applied, "before": plan.Before, "after": plan.After, "new": violations,
	}
}
