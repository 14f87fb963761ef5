package command

import (
	"io"
	"path/filepath"
	"strings"

	"spanwright/annotate"
	"spanwright/app/exchange"
	"spanwright/app/report"
	"spanwright/store"
)

// reportCommand writes how the work on a project stands.
type reportCommand struct {
	Project string `arg:"" help:"Project file."`
	Out     string `short:"o" help:"Where to write it: FILE.html holds its pictures, FILE.md has the tables alone." required:"" placeholder:"FILE"`
}

func (c *reportCommand) Run(e *environment) error {
	write, err := pageWriter(c.Out)
	if err != nil {
		return usageError{err}
	}
	return e.with(c.Project, func(project *store.Project) error {
		bar := newBar(e.stderr)
		facts, err := report.Gather(e.ctx, project, bar.show)
		bar.clear()
		if err != nil {
			return err
		}
		return exchange.ReplaceFile(c.Out, func(w io.Writer) error { return write(facts.Page(), w) })
	})
}

// pageWriter returns how a page is written to a file of that name.
func pageWriter(path string) (func(*report.Page, io.Writer) error, error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".html", ".htm":
		return (*report.Page).HTML, nil
	case ".md", ".markdown":
		return (*report.Page).Markdown, nil
	}
	return nil, annotate.Errorf(annotate.Invalid, "the name of a report ends in .html or .md, not as %s does", filepath.Base(path))
}

// pictureWriter returns how a picture is written to a file of that name.
func pictureWriter(path string) (func(*report.Picture, io.Writer) error, error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".svg":
		return (*report.Picture).SVG, nil
	case ".png":
		return (*report.Picture).PNG, nil
	}
	return nil, annotate.Errorf(annotate.Invalid, "the name of a picture ends in .png or .svg, not as %s does", filepath.Base(path))
}

// feedbackCommand writes what was decided otherwise than one annotator had it.
type feedbackCommand struct {
	Project   string `arg:"" help:"Project file."`
	Annotator string `help:"Whom it is for." required:"" placeholder:"NAME"`
	Out       string `short:"o" help:"Where to write it: FILE.html or FILE.md." required:"" placeholder:"FILE"`
}

func (c *feedbackCommand) Run(e *environment) error {
	write, err := pageWriter(c.Out)
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
		feedback, err := report.GatherFeedback(e.ctx, project, c.Annotator, bar.show)
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
