package command

import (
	"cmp"

	"spanwright/annotate"
	"spanwright/app/exchange"
	"spanwright/store"
)

// assignCommand shares documents out among annotators.
type assignCommand struct {
	Project    string   `arg:"" help:"Project file."`
	Annotators []string `help:"Who labels documents, separated by commas." required:"" placeholder:"NAME,…"`
	Overlap    int      `help:"How many annotators label each document." default:"1" placeholder:"K"`
	Documents  int      `help:"How many documents are to be assigned in all; 0 for all documents." placeholder:"N"`
	Seed       uint64   `help:"Another number gives another choice." default:"1" placeholder:"S"`
	Again      bool     `help:"Take back the assignments there are and assign anew."`
	DryRun     bool     `help:"Change nothing; only say what would be assigned."`
	Annotator  string   `help:"Who assigns, and can undo it; $USER if not given." placeholder:"NAME"`
}

// listedAssignment is an assignment as --json gives it.
type listedAssignment struct {
	Document  annotate.ID `json:"document"`
	Name      string      `json:"name"` // of the document
	Annotator string      `json:"annotator"`
}

func (c *assignCommand) Run(e *environment) error {
	d := annotate.Distribution{Annotators: c.Annotators, Overlap: c.Overlap, Documents: c.Documents, Seed: c.Seed}
	if err := d.Check(); err != nil {
		return usageError{err}
	}
	return e.with(c.Project, func(project *store.Project) error {
		held, err := project.Stats("")
		if err != nil {
			return err
		}
		made, dropped, err := project.Share(d, cmp.Or(c.Annotator, exchange.DefaultAnnotator()), c.Again, c.DryRun)
		if err != nil {
			return err
		}
		if e.json {
			return e.jsonAssigned(project, made, dropped)
		}
		return e.tellAssigned(held.Assigned, made, dropped, c.DryRun)
	})
}

func (e *environment) jsonAssigned(project *store.Project, made, dropped []*annotate.Assignment) error {
	names := map[annotate.ID]string{}
	listed := func(list []*annotate.Assignment) []listedAssignment {
		all := []listedAssignment{}
		for _, a := range list {
			if _, known := names[a.Document]; !known {
				names[a.Document] = documentName(project, a.Document)
			}
			all = append(all, listedAssignment{a.Document, names[a.Document], a.Annotator})
		}
		return all
	}
	return e.object(map[string]any{"made": listed(made), "dropped": listed(dropped)})
}

// tellAssigned says how many documents each annotator has got, lost, and has now.
func (e *environment) tellAssigned(held []store.AssignmentCount, made, dropped []*annotate.Assignment, rehearsed bool) error {
	all, got, lost := map[string]int{}, map[string]int{}, map[string]int{}
	for _, h := range held {
		all[h.Annotator] = h.Documents
	}
	for _, a := range made {
		got[a.Annotator]++
		all[a.Annotator]++
	}
	for _, a := range dropped {
		lost[a.Annotator]++
		all[a.Annotator]--
	}
	var rows [][]any
	for _, name := range annotate.SortedKeys(all) {
		rows = append(rows, []any{name, got[name], lost[name], all[name]})
	}
	if len(rows) > 0 {
		if err := e.table([]any{"annotator", "new", "taken back", "assigned"}, rows); err != nil {
			return err
		}
	}
	if rehearsed {
		e.say("%s would be made, %d taken back", count(len(made), "assignment"), len(dropped))
	} else {
		e.say("%s made, %d taken back", count(len(made), "assignment"), len(dropped))
	}
	return nil
}
