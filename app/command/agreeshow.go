package command

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"spanwright/annotate/agreement"
	"spanwright/app/exchange"
	"spanwright/app/report"
)

// comparison takes in documents and tells figures at the end, or differences at once.
type comparison struct {
	*agreeCommand
	*environment
	study       *agreement.Study
	symmetric   agreement.Symmetric
	confusion   *agreement.Confusion
	bar         *bar
	done, total int // documents
	differences int
}

func (c *agreeCommand) comparison(e *environment, symmetric agreement.Symmetric, total int) *comparison {
	options := c.options()
	options.Symmetric = symmetric
	return &comparison{agreeCommand: c, environment: e, study: agreement.NewStudy(options), symmetric: symmetric, confusion: agreement.NewConfusion(), bar: newBar(e.stderr), total: total}
}

func (c *comparison) add(d compared) error {
	c.bar.show(c.done, c.total, d.Name)
	c.done++
	if !c.Disagreements {
		c.study.Add(d.Text)
		c.confusion.Add(d.Text)
		return nil
	}
	return c.showDifferences(d)
}

func (c *comparison) finish() error {
	c.bar.clear()
	if c.Disagreements {
		c.say("%s found", count(c.differences, "disagreement"))
		return nil
	}
	documents, left := c.study.Documents()
	if documents == 0 {
		c.say("no document was worked on by two annotators, so that there is nothing to compare")
		return errProblems
	}
	people := c.study.Annotators()
	c.say("compared %s of %s; %s left out, which fewer than two worked on", count(documents, "document"), strings.Join(people, ", "), count(left, "document"))
	if n := c.study.Inexact(); n > 0 {
		c.say("in %s there are too many ways to align the spans; gamma is approximate there", count(n, "document"))
	}
	if err := c.drawMatrix(); err != nil {
		return err
	}
	results := c.study.Results()
	if c.json {
		return c.object(agreementRecord{Documents: documents, Left: left, Annotators: people, Seed: c.Seed, Figures: figureRecords(results)})
	}
	return c.figures(results, "compared")
}

// agreementRecord is everything as --json gives it.
type agreementRecord struct {
	Documents  int            `json:"documents,omitempty"` // compared
	Left       int            `json:"left_out,omitempty"`  // documents
	Items      int            `json:"items,omitempty"`
	Missing    int            `json:"missing,omitempty"` // ratings
	Annotators []string       `json:"annotators"`
	Seed       uint64         `json:"seed"`
	Figures    []figureRecord `json:"figures"`
}

// figureRecord is a figure as --json gives it; null where it is not defined.
type figureRecord struct {
	Measure    string   `json:"measure"`
	Title      string   `json:"title"`
	Subject    string   `json:"subject,omitempty"`
	Annotators []string `json:"annotators,omitempty"`
	Document   string   `json:"document,omitempty"`
	Value      *float64 `json:"value"`
	Why        string   `json:"why,omitempty"` // it is not defined
	Low        *float64 `json:"low,omitempty"` // of the 95 % interval
	High       *float64 `json:"high,omitempty"`
	Of         int      `json:"of"`
}

func figureRecords(results []agreement.Result) []figureRecord {
	records := make([]figureRecord, len(results))
	for i, r := range results {
		m, _ := agreement.FindMeasure(r.Measure)
		records[i] = figureRecord{
			Measure: r.Measure, Title: m.Title, Subject: r.Subject, Annotators: r.Annotators, Document: r.Document,
			Why: r.Figure.Why, Of: r.Of,
		}
		if r.Figure.Defined {
			records[i].Value = &r.Figure.Value
		}
		if r.Confidence.Defined {
			records[i].Low, records[i].High = &r.Confidence.Low, &r.Confidence.High
		}
	}
	return records
}

// figures writes a table for each measure, under its name.
func (e *environment) figures(results []agreement.Result, of string) error {
	documents := slices.ContainsFunc(results, func(r agreement.Result) bool { return r.Document != "" })
	head := []any{"of", "annotators", of, "95 %", "figure"}
	if documents {
		head = slices.Insert(head, 2, any("document"))
	}
	for from := 0; from < len(results); {
		to := from
		m, _ := agreement.FindMeasure(results[from].Measure)
		var rows [][]any
		for ; to < len(results) && results[to].Measure == results[from].Measure; to++ {
			rows = append(rows, figureRow(results[to], m, documents))
		}
		if from > 0 {
			fmt.Fprintln(e.stdout)
		}
		fmt.Fprintf(e.stdout, "%s: %s\n", m.Name, m.Title)
		if err := e.table(head, rows); err != nil {
			return err
		}
		from = to
	}
	return nil
}

func figureRow(r agreement.Result, m agreement.Measure, documents bool) []any {
	people := strings.Join(r.Annotators, ", ")
	if people == "" {
		people = "all"
		if m.Pairs {
			people = "mean of pairs"
		}
	}
	interval := "-"
	if r.Confidence.Defined {
		interval = agreement.Figure{Value: r.Confidence.Low, Defined: true}.String() + " to " + agreement.Figure{Value: r.Confidence.High, Defined: true}.String()
	}
	row := []any{cmp.Or(r.Subject, "all"), people, r.Of, interval, r.Figure}
	if documents {
		row = slices.Insert(row, 2, any(cmp.Or(r.Document, "all")))
	}
	return row
}

// drawMatrix writes the picture that --matrix asks for.
func (c *comparison) drawMatrix() error {
	if c.Matrix == "" {
		return nil
	}
	picture := report.Matrix(c.confusion)
	if picture == nil {
		c.say("nobody marked a span, so there is no matrix to draw")
		return nil
	}
	write, err := report.PictureWriter(c.Matrix)
	if err != nil {
		return err
	}
	return exchange.ReplaceFile(c.Matrix, func(w io.Writer) error { return write(picture, w) })
}
