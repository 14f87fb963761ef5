package session

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"golang.org/x/text/encoding"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/app/exchange"
)

// ImportDraft is an import that is being prepared: which files, how they are read, and
// what becomes of what the scheme lacks. What it would do is found out on another
// goroutine, a moment after the last change.
type ImportDraft struct {
	session *Session
	choices ImportChoices
	preview *exchange.Preview // nil until there is one; that of earlier choices while another is made
	err     error             // why there is none
	report  *exchange.Report  // of the import that was made; nil before
	problem error             // why that did not work
	partial bool              // the preview is not of all of it
	running bool              // the preview is being made
	busy    bool              // the import is being made
	pacer   *pacer
	kept    exchange.Kept
	request int // only the last one counts
	stop    context.CancelFunc
	shown   bool
	told    []func()
}

// ImportChoices are what a person decides about an import.
type ImportChoices struct {
	Paths    []string
	Readings map[exchange.Group]ReadingChoice
	Unit     annotate.Unit // "" to find out
	Encoding string        // "" to find out
	Reanchor bool
	Layer    string                           // whose annotations those are that name nobody, "" for one's own
	Items    map[string]annotate.StepDecision // by [exchange.Key.String]
}

// ReadingChoice is what a person decides about how some of the files are read; its zero value is nothing.
type ReadingChoice struct {
	Format   string // "" to find out
	Unit     annotate.Unit
	Encoding string // one of [dataset.Encodings]
	Omit     bool   // they are left out
}

// NewImportDraft returns an empty draft; it begins to look at files with [ImportDraft.Show].
func (s *Session) NewImportDraft() *ImportDraft {
	return &ImportDraft{session: s, choices: ImportChoices{
		Readings: map[exchange.Group]ReadingChoice{}, Items: map[string]annotate.StepDecision{},
	}, stop: func() {}}
}

// Subscribe has f called when something about the draft is different.
func (d *ImportDraft) Subscribe(f func()) { d.told = append(d.told, f) }

func (d *ImportDraft) changed() {
	for _, f := range d.told {
		f()
	}
}

// Choices returns what was decided so far; it must not be changed.
func (d *ImportDraft) Choices() *ImportChoices { return &d.choices }

// Preview returns what the import would do, as far as that is known; nil while nothing
// is. While the choices are newer than it, or it is not of all, [ImportDraft.Looking] is true.
func (d *ImportDraft) Preview() *exchange.Preview { return d.preview }

// Looking reports whether the preview is being made, and how far that is, in bytes; while the
// import is being made, how far that is.
func (d *ImportDraft) Looking() (bool, Pace) { return d.running, d.pacer.pace() }

// Err returns why there is no preview.
func (d *ImportDraft) Err() error { return d.err }

// Importing reports whether the import is being made.
func (d *ImportDraft) Importing() bool { return d.busy }

// Outcome returns what was imported, nil before, and why it could not be.
func (d *ImportDraft) Outcome() (*exchange.Report, error) { return d.report, d.problem }

// Add adds paths that are not there yet.
func (d *ImportDraft) Add(paths ...string) {
	if d.report != nil { // what was imported is done with
		d.choices.Paths = nil
		clear(d.choices.Items)
	}
	d.edit(func(c *ImportChoices) {
		for _, path := range paths {
			if path != "" && !slices.Contains(c.Paths, path) {
				c.Paths = append(slices.Clone(c.Paths), path)
			}
		}
	})
}

// Remove takes a path away.
func (d *ImportDraft) Remove(path string) {
	d.edit(func(c *ImportChoices) {
		c.Paths = slices.DeleteFunc(slices.Clone(c.Paths), func(p string) bool { return p == path })
		maps.DeleteFunc(c.Readings, func(g exchange.Group, _ ReadingChoice) bool { return g.Path == path })
	})
}

// Reading returns what was decided about how a group of files is read.
func (d *ImportDraft) Reading(g exchange.Group) ReadingChoice { return d.choices.Readings[g] }

// SetReading decides that.
func (d *ImportDraft) SetReading(g exchange.Group, r ReadingChoice) {
	d.edit(func(c *ImportChoices) {
		if r == (ReadingChoice{}) {
			delete(c.Readings, g)
			return
		}
		c.Readings[g] = r
	})
}

// SetUnit says what offsets count, "" to find out.
func (d *ImportDraft) SetUnit(u annotate.Unit) { d.edit(func(c *ImportChoices) { c.Unit = u }) }

// SetReanchor says whether spans move to where their words stand.
func (d *ImportDraft) SetReanchor(on bool) { d.edit(func(c *ImportChoices) { c.Reanchor = on }) }

// SetEncoding says what files of characters are written in, "" to find out. A name that
// is none is kept, and [ImportDraft.EncodingProblem] says so.
func (d *ImportDraft) SetEncoding(name string) {
	d.typed(func(c *ImportChoices) { c.Encoding = name })
}

// EncodingProblem says what is wrong with the name of the encoding, "" if nothing.
func (d *ImportDraft) EncodingProblem() string {
	if _, err := d.encoding(); err != nil {
		return err.Error()
	}
	return ""
}

func (d *ImportDraft) encoding() (encoding.Encoding, error) {
	if d.choices.Encoding == "" {
		return nil, nil
	}
	return dataset.EncodingOf(d.choices.Encoding)
}

// SetLayer says whose annotations those are that name nobody, "" for one's own.
func (d *ImportDraft) SetLayer(name string) { d.typed(func(c *ImportChoices) { c.Layer = name }) }

// Decide says what becomes of an item that the scheme lacks; the zero value adds it.
func (d *ImportDraft) Decide(k exchange.Key, decision annotate.StepDecision) {
	d.edit(func(c *ImportChoices) {
		if decision.Fate == "" {
			delete(c.Items, k.String())
			return
		}
		c.Items[k.String()] = decision
	})
}

// Decision returns what was decided about an item.
func (d *ImportDraft) Decision(k exchange.Key) annotate.StepDecision {
	return d.choices.Items[k.String()]
}

// Suggested returns the items that nothing was decided about and something is suggested for.
func (d *ImportDraft) Suggested() []*exchange.Item {
	if d.preview == nil {
		return nil
	}
	var open []*exchange.Item
	for _, it := range d.preview.Items {
		if d.Decision(it.Key).Fate == "" && len(it.Suggestions) > 0 {
			open = append(open, it)
		}
	}
	return open
}

// TakeSuggestions takes each of them for the first that is suggested.
func (d *ImportDraft) TakeSuggestions() {
	open := d.Suggested()
	d.edit(func(c *ImportChoices) {
		for _, it := range open {
			c.Items[it.String()] = annotate.StepDecision{Fate: annotate.Into, Into: it.Suggestions[0]}
		}
	})
}

// edit changes the choices and looks anew at once.
func (d *ImportDraft) edit(change func(*ImportChoices)) { d.change(change, 0) }

// typed changes what is typed letter by letter.
func (d *ImportDraft) typed(change func(*ImportChoices)) { d.change(change, reviewPause) }

func (d *ImportDraft) change(change func(*ImportChoices), pause time.Duration) {
	if d.busy {
		return
	}
	change(&d.choices)
	d.report, d.problem = nil, nil
	d.renew(pause)
}

// Show has the files looked at now and after each change.
func (d *ImportDraft) Show() {
	d.shown = true
	d.renew(0)
}

// Hide ends that. An import that is being made goes on.
func (d *ImportDraft) Hide() {
	d.shown = false
	d.cancel()
	d.kept.Forget()
}

// Stop ends looking at the files; what was found out before stays.
func (d *ImportDraft) Stop() {
	d.cancel()
	d.err = annotate.Errorf(annotate.Invalid, "looking at the files was stopped; they can be imported all the same")
	d.changed()
}

func (d *ImportDraft) cancel() {
	d.request++
	d.stop()
	d.running = false
}

// renew begins to look anew after a pause.
func (d *ImportDraft) renew(pause time.Duration) {
	if d.busy || !d.shown {
		return
	}
	d.cancel()
	d.err = nil
	defer d.changed()
	if len(d.choices.Paths) == 0 {
		d.preview = nil
		d.kept.Forget()
		return
	}
	if d.EncodingProblem() != "" {
		return
	}
	d.running, d.pacer = true, nil
	if pause == 0 {
		d.look()
		return
	}
	request := d.request
	time.AfterFunc(pause, func() {
		d.session.post(func() {
			if request == d.request {
				d.look()
			}
		})
	})
}

// look makes the preview.
func (d *ImportDraft) look() {
	ctx, stop := context.WithCancel(context.Background())
	d.stop = stop
	request, project, choices := d.request, d.session.project, d.options()
	follow := func(do func()) { // unless something else is wanted by then
		d.session.post(func() {
			if request == d.request {
				do()
				d.changed()
			}
		})
	}
	d.pacer = newPacer(func() { follow(func() {}) })
	choices.Progress = d.pacer.report
	paths := slices.Clone(d.choices.Paths)
	go func() {
		defer stop()
		preview, err := exchange.Rehearse(ctx, project, paths, choices, func(sofar *exchange.Preview) {
			follow(func() { d.take(sofar) })
		})
		follow(func() {
			d.preview, d.err, d.running, d.partial = preview, err, false, false
		})
	}()
}

// take shows what is known so far. Where there is a preview of earlier choices, its numbers stay and what
// it asks about, for they say more; the documents are shown as they will come in now.
func (d *ImportDraft) take(sofar *exchange.Preview) {
	if d.preview == nil || d.partial {
		d.preview, d.partial = sofar, true
		return
	}
	if len(sofar.Samples) == 0 {
		return
	}
	now := *d.preview
	now.Sources, now.Samples, now.Extended, now.Origins = sofar.Sources, sofar.Samples, sofar.Extended, sofar.Origins
	now.Items = slices.Clone(now.Items)
	for _, it := range sofar.Items {
		if !slices.ContainsFunc(now.Items, func(known *exchange.Item) bool { return known.Key == it.Key }) {
			now.Items = append(now.Items, it)
		}
	}
	d.preview = &now
}

// options returns the choices as the import takes them.
func (d *ImportDraft) options() exchange.ImportOptions {
	c := &d.choices
	o := exchange.ImportOptions{
		Annotator: d.session.annotator, Layer: c.Layer, Unit: c.Unit, Reanchor: c.Reanchor, Readings: map[exchange.Group]exchange.Reading{},
		Items: maps.Clone(c.Items), Kept: &d.kept,
	}
	o.Encoding, _ = d.encoding() // looked at before
	for group, r := range c.Readings {
		reading := exchange.Reading{Format: r.Format, Unit: r.Unit, Omit: r.Omit}
		if r.Encoding != "" {
			reading.Encoding, _ = dataset.EncodingOf(r.Encoding) // it is one of the list
		}
		o.Readings[group] = reading
	}
	return o
}

// cancelled puts into words that work was cancelled, where err says only that.
func cancelled(err error, told string) error {
	if errors.Is(err, context.Canceled) && annotate.KindOf(err) == "" {
		return &annotate.Error{Kind: annotate.Conflict, Sentence: told, Err: err}
	}
	return err
}

// Begin returns the work of the import, for another goroutine, and what is to be done
// with its outcome on this one. An error, which is told, says why it cannot begin.
func (d *ImportDraft) Begin() (work func(context.Context, exchange.Progress) error, done func(error), err error) {
	s := d.session
	switch {
	case len(d.choices.Paths) == 0:
		return nil, nil, s.fail(annotate.Errorf(annotate.Invalid, "name the files to import first"))
	case d.EncodingProblem() != "":
		return nil, nil, s.fail(annotate.Errorf(annotate.Invalid, "%s", d.EncodingProblem()))
	case s.project.ReadOnly() != nil:
		return nil, nil, s.fail(s.project.ReadOnly())
	}
	d.cancel()
	d.busy, d.problem = true, nil
	options, paths := d.options(), slices.Clone(d.choices.Paths)
	var report exchange.Report
	d.pacer = newPacer(func() { s.post(d.changed) })
	pacer := d.pacer
	d.changed()
	return func(ctx context.Context, progress exchange.Progress) error {
			if err := s.Flush(); err != nil {
				return err
			}
			options.Progress = func(done, total int, name string) {
				pacer.report(done, total, name)
				if progress != nil {
					progress(done, total, name)
				}
			}
			var err error
			report, err = exchange.Import(ctx, s.project, paths, options)
			return err
		}, func(err error) {
			d.busy, d.problem = false, cancelled(err, "the import was cancelled; nothing of it is in the project")
			if err == nil {
				d.report, d.preview = &report, nil
				d.choices.Paths = nil
				clear(d.choices.Items)
				clear(d.choices.Readings)
				d.choices.Unit, d.choices.Encoding, d.choices.Reanchor = "", "", false // they were about those files
				d.kept.Forget()
			}
			d.changed()
		}, nil
}
