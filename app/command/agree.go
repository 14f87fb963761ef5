package command

import (
	"errors"
	"os"
	"slices"
	"strings"

	"spanwright/annotate"
	"spanwright/annotate/agreement"
	"spanwright/app/report"
	"spanwright/store"
)

// agreeCommand tells how far annotators agree, and where they do not.
type agreeCommand struct {
	Project       string   `arg:"" optional:"" help:"Project file."`
	Ratings       string   `help:"Instead of a project: a CSV file with the columns item, rater and value." placeholder:"FILE"`
	Units         string   `help:"Instead of a project: a CSV file with the columns document, rater, begin, end and label." placeholder:"FILE"`
	Label         []string `help:"Look only at spans and relations of these labels." placeholder:"NAME"`
	Measure       []string `help:"Give only these measures; docs/agreement.md explains them: ${measures}." placeholder:"NAME"`
	Annotators    []string `help:"Compare only these annotators." placeholder:"A,B"`
	Documents     bool     `help:"Give figures for each document too."`
	Disagreements bool     `help:"List where annotators differ, instead of figures."`
	Matrix        string   `help:"Write a picture of which labels are confused: FILE.png or FILE.svg." placeholder:"FILE"`
	Seed          uint64   `help:"Where chance begins: the same seed gives the same figures." default:"1" placeholder:"N"`
	Precision     float64  `help:"Compare with so many random texts that gamma's baseline is known to this share, such as 0.02; 0 for 30 texts." default:"0" placeholder:"P"`
}

// measureNames lists what --measure takes.
func measureNames() string {
	names := make([]string, len(agreement.Measures))
	for i, m := range agreement.Measures {
		names[i] = m.Name
	}
	return strings.Join(names, ", ")
}

func (c *agreeCommand) Run(e *environment) error {
	if err := c.check(); err != nil {
		return usageError{err}
	}
	switch {
	case c.Ratings != "":
		return c.rated(e)
	case c.Units != "":
		return c.united(e)
	}
	return e.with(c.Project, func(project *store.Project) error { return c.project(e, project) })
}

func (c *agreeCommand) check() error {
	sources := 0
	for _, s := range []string{c.Project, c.Ratings, c.Units} {
		if s != "" {
			sources++
		}
	}
	switch {
	case sources != 1:
		return annotate.Errorf(annotate.Invalid, "name one project, or one file with --ratings or --units")
	case c.Matrix != "" && c.Disagreements:
		return annotate.Errorf(annotate.Invalid, "--matrix goes with figures, not with --disagreements")
	case c.Ratings != "" && (c.Matrix != "" || c.Disagreements || c.Documents || len(c.Label) > 0 || len(c.Annotators) > 0):
		return annotate.Errorf(annotate.Invalid, "--ratings goes with --measure and --seed alone")
	case len(c.Annotators) == 1:
		return annotate.Errorf(annotate.Invalid, "--annotators needs two names or more, such as --annotators asha,ben")
	case c.Precision < 0 || c.Precision >= 1:
		return annotate.Errorf(annotate.Invalid, "--precision must be from 0 to less than 1, not %v", c.Precision)
	}
	if c.Matrix != "" {
		if _, err := report.PictureWriter(c.Matrix); err != nil {
			return err
		}
	}
	for _, name := range c.Measure {
		if _, ok := agreement.FindMeasure(name); !ok {
			return annotate.Errorf(annotate.Invalid, "there is no measure %q; choose from %s", name, measureNames())
		}
	}
	return nil
}

// options returns what a study of documents computes.
func (c *agreeCommand) options() agreement.Options {
	return agreement.Options{Labels: c.Label, Measures: c.Measure, Seed: c.Seed, Precision: c.Precision, Documents: c.Documents}
}

// read reads a CSV file. What is wrong in it is told, and is a problem in the data.
func (c *agreeCommand) read(e *environment, path string, read func(*os.File) error) error {
	file, err := os.Open(path)
	if err != nil {
		return annotate.Errorf(annotate.NotFound, "the file cannot be read: %w", errors.Unwrap(err)).At(path, 0)
	}
	defer file.Close()
	var bad *annotate.Error
	if err := read(file); errors.As(err, &bad) {
		e.say("%v", bad.At(path, bad.Line))
		return errProblems
	} else if err != nil {
		return annotate.Errorf(annotate.NotFound, "the file cannot be read: %w", err).At(path, 0)
	}
	return nil
}

// rated computes agreement on fixed items.
func (c *agreeCommand) rated(e *environment) error {
	var ratings *agreement.Ratings
	err := c.read(e, c.Ratings, func(f *os.File) (err error) {
		ratings, err = agreement.ReadRatings(f)
		return err
	})
	if err != nil {
		return err
	}
	e.say("%s, %s, %s missing", count(ratings.Len(), "item"), count(len(ratings.Raters), "rater"), count(ratings.Missing(), "rating"))
	results := ratings.Figures(c.Measure, c.Seed)
	if e.json {
		return e.object(agreementRecord{Items: ratings.Len(), Annotators: ratings.Raters, Missing: ratings.Missing(), Seed: c.Seed, Figures: figureRecords(results)})
	}
	return e.figures(results, "ratings")
}

// united computes agreement on the units of texts that are not there themselves.
func (c *agreeCommand) united(e *environment) error {
	var texts []*agreement.Text
	err := c.read(e, c.Units, func(f *os.File) (err error) {
		texts, err = agreement.ReadUnits(f)
		return err
	})
	if err != nil {
		return err
	}
	var known []string
	for _, t := range texts {
		for _, l := range t.Layers {
			known = append(known, l.Annotator)
		}
	}
	if err := c.knowAnnotators(known); err != nil {
		return err
	}
	work := c.comparison(e, nil, len(texts))
	for _, t := range texts {
		if err := e.ctx.Err(); err != nil {
			return err
		}
		t.Layers = slices.DeleteFunc(t.Layers, func(l *agreement.Layer) bool { return !c.compares(l.Annotator) })
		if err := work.add(compared{Text: t}); err != nil {
			return err
		}
	}
	return work.finish()
}

// compares reports whether an annotator's layers are looked at; what was decided is one only if it is asked for.
func (c *agreeCommand) compares(annotator string) bool {
	return len(c.Annotators) == 0 && annotator != annotate.AdjudicatedLayer || slices.Contains(c.Annotators, annotator)
}

// knowAnnotators reports those of --annotators who did nothing at all.
func (c *agreeCommand) knowAnnotators(known []string) error {
	return knowAnnotators(known, c.Annotators...)
}

// knowAnnotators reports those of some people who did nothing at all.
func knowAnnotators(known []string, asked ...string) error {
	slices.Sort(known)
	known = slices.Compact(known)
	for _, name := range asked {
		if !slices.Contains(known, name) {
			return annotate.Errorf(annotate.NotFound, "there is nothing by %s; there are layers of %s", name, strings.Join(known, ", "))
		}
	}
	return nil
}
