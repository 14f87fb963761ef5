package command

import (
	"cmp"
	"io"
	"strings"

	"spanwright/app/exchange"
	"spanwright/app/report"
	"spanwright/store"
)

// reportCommand writes how the work on a project stands.
type reportCommand struct {
	Project string `arg:"" help:"Project file."`
	Out     string `short:"o" help:"Where to write it: FILE.html holds its pictures, FILE.md has the tables alone, FILE.png and FILE.svg are its pictures, each in a file. Not needed with --json." placeholder:"FILE"`
}

func (c *reportCommand) Run(e *environment) error {
	if c.Out != "" || !e.json {
		if err := report.CheckName(c.Out); err != nil {
			return usageError{err}
		}
	}
	return e.with(c.Project, func(project *store.Project) error {
		bar := newBar(e.stderr)
		facts, err := report.Gather(e.ctx, project, bar.show)
		bar.clear()
		if err != nil {
			return err
		}
		if c.Out != "" {
			written, err := facts.Save(c.Out)
			if err != nil {
				return err
			}
			if len(written) != 1 || written[0] != c.Out {
				e.say("wrote %s", cmp.Or(strings.Join(written, ", "), "nothing: there is no picture to draw"))
			}
		}
		if e.json {
			return e.object(recordOf(facts))
		}
		return nil
	})
}

// reportRecord is what a report tells as --json gives it.
type reportRecord struct {
	Project    string         `json:"project"`
	Scheme     string         `json:"scheme"`
	Annotators []string       `json:"annotators"`
	Compared   int            `json:"compared"` // documents
	Stats      store.Stats    `json:"stats"`
	Figures    []figureRecord `json:"figures"`
	Weeks      []weekRecord   `json:"weeks"`
	Time       []timeRecord   `json:"time"`
}

// weekRecord is the agreement of the documents finished in one week; F1 is null where it is not defined.
type weekRecord struct {
	From      string   `json:"from"` // its Monday
	Documents int      `json:"documents"`
	F1        *float64 `json:"f1"`
}

// timeRecord is how long one annotator worked on one document.
type timeRecord struct {
	Document  string `json:"document"`
	Annotator string `json:"annotator"`
	Seconds   int    `json:"seconds"`
	Spans     int    `json:"spans"`
}

func recordOf(f *report.Facts) reportRecord {
	r := reportRecord{
		Project: f.Project, Scheme: f.Scheme, Annotators: f.Annotators, Compared: f.Compared, Stats: f.Stats,
		Figures: figureRecords(f.Figures), Weeks: []weekRecord{}, Time: []timeRecord{},
	}
	for i := range f.Periods {
		week := weekRecord{From: f.Periods[i].Monday.Format("2006-01-02"), Documents: f.Periods[i].Documents}
		if f.Periods[i].F1.Defined {
			week.F1 = &f.Periods[i].F1.Value
		}
		r.Weeks = append(r.Weeks, week)
	}
	for _, t := range f.Times {
		r.Time = append(r.Time, timeRecord{t.Name, t.Annotator, t.Seconds, t.Spans})
	}
	return r
}

// feedbackCommand writes what was decided otherwise than one annotator had it.
type feedbackCommand struct {
	Project   string `arg:"" help:"Project file."`
	Annotator string `help:"Whom it is for." required:"" placeholder:"NAME"`
	Out       string `short:"o" help:"Where to write it: FILE.html or FILE.md." required:"" placeholder:"FILE"`
}

func (c *feedbackCommand) Run(e *environment) error {
	write, err := report.PageWriter(c.Out)
	if err != nil {
		return usageError{err}
	}
	return e.with(c.Project, func(project *store.Project) error {
		names, err := project.Annotators("")
		if err != nil {
			return err
		}
		if err := knowAnnotators(names, c.Annotator); err != nil {
			return err
		}
		bar := newBar(e.stderr)
		feedback, err := report.GatherFeedback(e.ctx, project, c.Annotator, report.Scope{}, bar.show)
		bar.clear()
		if err != nil {
			return err
		}
		if err := exchange.ReplaceFile(c.Out, func(w io.Writer) error { return write(feedback.Page(), w) }); err != nil {
			return err
		}
		e.say("%s about what %s was compared in, %d of them otherwise", count(feedback.Decided, "decision"), c.Annotator, len(feedback.Lessons))
		return nil
	})
}
