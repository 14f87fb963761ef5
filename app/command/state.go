package command

import (
	"cmp"

	"spanwright/annotate"
	"spanwright/app/exchange"
	"spanwright/store"
)

// stateCommand tells and says how far work on documents is.
type stateCommand struct {
	Project   string   `arg:"" help:"Project file."`
	Documents []string `arg:"" optional:"" help:"Names of documents; without any, tell of all."`
	To        string   `help:"Bring the work to this state: new, in_progress, done, in_review, returned or final." enum:"new,in_progress,done,in_review,returned,final," default:"" placeholder:"STATE"`
	Comment   string   `help:"What there is to say about it; work is returned only with a comment." placeholder:"WORDS"`
	For       string   `help:"Whose work; that of --annotator if not given." placeholder:"ANNOTATOR"`
	Annotator string   `help:"Who does it, and can undo it; $USER if not given." placeholder:"NAME"`
}

// listedWork is somebody's work on a document as --json gives it.
type listedWork struct {
	Document  annotate.ID     `json:"document"`
	Name      string          `json:"name"` // of the document
	Annotator string          `json:"annotator"`
	State     annotate.Status `json:"state"`
	By        string          `json:"by,omitempty"` // who brought it there, where there is a review
	Comment   string          `json:"comment,omitempty"`
}

func (c *stateCommand) Run(e *environment) error {
	switch {
	case c.To == "" && c.Comment != "":
		return usageError{annotate.Errorf(annotate.Invalid, "--comment goes with --to")}
	case c.To != "" && len(c.Documents) == 0:
		return usageError{annotate.Errorf(annotate.Invalid, "--to needs the names of documents")}
	}
	return e.with(c.Project, func(project *store.Project) error {
		var chosen []*annotate.Document
		for _, name := range c.Documents {
			d, err := project.DocumentByName(name)
			if err != nil {
				return err
			}
			chosen = append(chosen, d)
		}
		if c.To != "" {
			if err := c.move(e, project, chosen); err != nil {
				return err
			}
		}
		return c.tell(e, project, chosen)
	})
}

// move brings the work on documents to a state, all of it or none, as one act.
func (c *stateCommand) move(e *environment, project *store.Project, documents []*annotate.Document) error {
	by := cmp.Or(c.Annotator, exchange.DefaultAnnotator())
	whose, to := cmp.Or(c.For, by), annotate.Status(c.To)
	scheme, err := project.Scheme()
	if err != nil {
		return err
	}
	team, err := project.Team()
	if err != nil {
		return err
	}
	var changes []annotate.Change
	for _, d := range documents {
		w, err := project.Work(d.ID, whose)
		if err != nil {
			return err
		}
		if err := team.Refusal(by, whose, w.Status(), to); err != nil {
			return annotate.Errorf(annotate.KindOf(err), "%s: %w; nothing was changed", d.Name, err)
		}
		changes = append(changes, w.Move(by, to, c.Comment, scheme.Revision)...)
	}
	if _, err := project.Apply(changes...); err != nil {
		return err
	}
	e.say("%s changed", count(len(documents), "document"))
	return nil
}

func (c *stateCommand) tell(e *environment, project *store.Project, documents []*annotate.Document) error {
	ids := make([]annotate.ID, 0, len(documents))
	for _, d := range documents {
		ids = append(ids, d.ID)
	}
	if len(ids) == 0 {
		if err := e.eachDocument(project, func(row store.DocumentRow) error {
			ids = append(ids, row.ID)
			return nil
		}); err != nil {
			return err
		}
	}
	var rows [][]any
	for _, id := range ids {
		works, err := project.Works(id)
		if err != nil {
			return err
		}
		for _, w := range works {
			if c.For != "" && w.Annotator != c.For {
				continue
			}
			l := listedWork{Document: id, Name: documentName(project, id), Annotator: w.Annotator, State: w.Status()}
			if w.Review != nil {
				l.By, l.Comment = w.Review.By, w.Review.Comment
			}
			if e.json {
				if err := e.object(l); err != nil {
					return err
				}
			}
			rows = append(rows, []any{l.Name, l.Annotator, l.State, l.By, l.Comment})
		}
	}
	if e.json || len(rows) == 0 {
		return nil
	}
	return e.table([]any{"document", "annotator", "state", "by", "comment"}, rows)
}

// teamCommand tells and says who has which duty in a project.
type teamCommand struct {
	Project   string                   `arg:"" help:"Project file."`
	Duties    map[string]annotate.Duty `arg:"" optional:"" help:"NAME=annotator, NAME=reviewer or NAME=lead; NAME= takes the duty away. Without any, tell who has which."`
	Annotator string                   `help:"Who says so, and can undo it; $USER if not given. Once there is a lead, it must be one." placeholder:"NAME"`
}

func (c *teamCommand) Run(e *environment) error {
	return e.with(c.Project, func(project *store.Project) error {
		if len(c.Duties) > 0 {
			return project.SetDuties(cmp.Or(c.Annotator, exchange.DefaultAnnotator()), c.Duties)
		}
		team, err := project.Team()
		if err != nil {
			return err
		}
		if e.json {
			return e.object(team)
		}
		if len(team) == 0 {
			e.say("nobody has a duty, so everybody may do everything")
			return nil
		}
		var rows [][]any
		for _, name := range annotate.SortedKeys(team) {
			rows = append(rows, []any{name, team[name]})
		}
		return e.table([]any{"annotator", "duty"}, rows)
	})
}
