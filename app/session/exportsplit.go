package session

import (
	"context"
	"slices"
	"time"

	"spanwright/annotate/dataset/split"
	"spanwright/app/exchange"
)

// division is what a draft knows of how its documents would be divided.
type division struct {
	prospect *exchange.SplitProspect
	err      error
	running  bool
	pacer    *pacer
	request  int
	stop     context.CancelFunc
}

// Division returns how the documents would be divided, nil while that is not known or they
// are not divided.
func (d *ExportDraft) Division() *exchange.SplitProspect { return d.division.prospect }

// Dividing reports whether that is being found out, and how far that is, in documents.
func (d *ExportDraft) Dividing() (bool, Pace) { return d.division.running, d.division.pacer.pace() }

// SplitProblem says what is wrong with the parts of the split, or with what they are made by,
// "" if nothing.
func (d *ExportDraft) SplitProblem() string {
	if _, err := d.choices.split(); err != nil {
		return err.Error()
	}
	if d.division.err != nil {
		return d.division.err.Error()
	}
	return ""
}

// split returns how documents are divided, nil if they are not.
func (c *ExportChoices) split() (*split.Options, error) {
	if c.Split == "" {
		return nil, nil
	}
	parts, err := split.ParseParts(c.Split)
	if err != nil {
		return nil, err
	}
	how := &split.Options{Parts: parts, Seed: c.Seed, Stratify: c.Stratify, GroupBy: c.GroupBy}
	for _, b := range split.Bonds {
		if !slices.Contains(c.Apart, b) {
			how.Together = append(how.Together, b)
		}
	}
	return how, nil
}

// sameParts reports whether documents are divided in the same way with the one choices as with the other.
func sameParts(a, b *ExportChoices) bool {
	return a.Split == b.Split && a.Seed == b.Seed && slices.Equal(a.Stratify, b.Stratify) && slices.Equal(a.GroupBy, b.GroupBy) && slices.Equal(a.Apart, b.Apart)
}

func (d *ExportDraft) stopDividing() {
	d.division.stop()
	d.division = division{request: d.division.request + 1, stop: func() {}}
}

// divide finds out how the documents would be divided, a moment after the last change.
func (d *ExportDraft) divide() {
	d.stopDividing()
	how, err := d.choices.split()
	if how == nil || err != nil || !d.shown {
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	s, options, request := d.session, d.options(), d.division.request
	follow := func(do func()) { // unless something else is wanted by then
		s.post(func() {
			if request == d.division.request {
				do()
				d.changed()
			}
		})
	}
	d.division.running, d.division.stop = true, stop
	d.division.pacer = newPacer(func() { follow(func() {}) })
	options.Progress = d.division.pacer.report
	time.AfterFunc(reviewPause, func() {
		prospect, err := exchange.ForecastSplit(ctx, s.project, options, *how)
		stop()
		follow(func() {
			d.division.prospect, d.division.err, d.division.running = prospect, err, false
		})
	})
}
