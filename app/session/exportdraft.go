package session

import (
	"cmp"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"spanwright/annotate"
	"spanwright/annotate/dataset"
	"spanwright/annotate/dataset/split"
	"spanwright/annotate/format"
	"spanwright/app/exchange"
	"spanwright/store"
)

// ExportChoices are what a person decides about an export. They are remembered with the
// project, for each annotator.
type ExportChoices struct {
	Format string            `json:"format"`
	Path   string            `json:"path"`
	Layers []string          `json:"layers,omitempty"` // none for everybody's
	States []annotate.Status `json:"states,omitempty"` // none for any
	// Pseudonyms are written instead of the annotators' names.
	Pseudonyms bool `json:"pseudonyms,omitempty"`
	// Strict writes nothing if anything would be lost.
	Strict bool `json:"strict,omitempty"`
	// Refused are losses of which any has nothing written.
	Refused  []string       `json:"refused,omitempty"`
	Unit     annotate.Unit  `json:"unit,omitempty"`
	Gaps     dataset.Choice `json:"gaps,omitempty"`
	Overlaps dataset.Choice `json:"overlaps,omitempty"`
	Tags     dataset.Tags   `json:"tags,omitempty"`
	Split    string         `json:"split,omitempty"` // as train=80,dev=10,test=10; "" for one file
	Seed     uint64         `json:"seed,omitempty"`
	Stratify []string       `json:"stratify,omitempty"`
	GroupBy  []string       `json:"group_by,omitempty"`
	Apart    []split.Bond   `json:"apart,omitempty"` // bonds that are not kept
}

// ExportDraft is an export that is being prepared. What each format would hold of what is
// chosen is found out on another goroutine, a moment after the last change.
type ExportDraft struct {
	session  *Session
	choices  ExportChoices
	layers   []string           // that there are
	prospect *exchange.Prospect // nil until there is one; that of earlier choices while another is made
	there    bool               // something is at the path already
	err      error              // why there is no prospect
	report   *exchange.Report   // of the export that was made; nil before
	written  string             // where it is
	problem  error              // why that did not work
	running  bool
	busy     bool
	pacer    *pacer
	request  int
	stop     context.CancelFunc
	division division
	shown    bool
	told     []func()
}

// ownFormat is that which holds everything.
const ownFormat = "jsonl"

// exportSetting is where the project keeps the choices of the last export.
const exportSetting = "export of "

// NewExportDraft returns a draft with the choices of the last export; it begins to look at
// the project with [ExportDraft.Show].
func (s *Session) NewExportDraft() *ExportDraft {
	d := &ExportDraft{session: s, stop: func() {}, division: division{stop: func() {}}}
	kept, err := s.project.Setting(exportSetting + s.annotator)
	if err == nil && kept != "" {
		_ = json.Unmarshal([]byte(kept), &d.choices) // what cannot be read was of another version
	}
	if f, err := format.ByName(d.choices.Format); err != nil || !f.Writes() {
		d.choices.Format = ownFormat
	}
	if d.choices.Path == "" {
		d.choices.Path = strings.TrimSuffix(s.project.Path(), filepath.Ext(s.project.Path())) + d.extension()
	}
	if d.choices.Seed == 0 {
		d.choices.Seed = 1
	}
	blind, err := s.project.Blind()
	if blind || err != nil {
		d.choices.Layers = []string{s.annotator}
	}
	s.Subscribe(func(e Event) {
		if d.shown && e.Is(Saved) && s.saved.Pending == 0 {
			d.renew()
		}
	})
	return d
}

// WritableFormats lists the formats that can be written, the program's own first.
func WritableFormats() []*dataset.Format {
	all := slices.DeleteFunc(slices.Clone(format.All), func(f *dataset.Format) bool { return !f.Writes() })
	slices.SortStableFunc(all, func(a, b *dataset.Format) int {
		rank := map[bool]int{true: -1, false: 0}
		return rank[a.Name == ownFormat] - rank[b.Name == ownFormat]
	})
	return all
}

// Subscribe has f called when something about the draft is different.
func (d *ExportDraft) Subscribe(f func()) { d.told = append(d.told, f) }

func (d *ExportDraft) changed() {
	for _, f := range d.told {
		f()
	}
}

// Choices returns what was decided so far; it must not be changed.
func (d *ExportDraft) Choices() *ExportChoices { return &d.choices }

// Format returns the chosen format.
func (d *ExportDraft) Format() *dataset.Format {
	f, _ := format.ByName(d.choices.Format) // it is one of them
	return f
}

// Layers returns whose layers there are, as far as they may be seen.
func (d *ExportDraft) Layers() []string { return d.layers }

// Prospect returns what each format would hold, nil while nothing is known.
func (d *ExportDraft) Prospect() *exchange.Prospect { return d.prospect }

// Looking reports whether the prospect is being made, and how far that is, in documents; while
// the export is being made, how far that is.
func (d *ExportDraft) Looking() (bool, Pace) { return d.running, d.pacer.pace() }

// Err returns why there is no prospect.
func (d *ExportDraft) Err() error { return d.err }

// Replaces reports whether there is something at the path that the export would replace.
func (d *ExportDraft) Replaces() bool { return d.there }

// Exporting reports whether the export is being made.
func (d *ExportDraft) Exporting() bool { return d.busy }

// Outcome returns what was exported and where, nil before, and why it could not be.
func (d *ExportDraft) Outcome() (report *exchange.Report, path string, problem error) {
	return d.report, d.written, d.problem
}

// Edit changes the choices. Another format or split takes another path along if it was
// named after the one before.
func (d *ExportDraft) Edit(change func(*ExportChoices)) {
	if d.busy {
		return
	}
	before, extension := d.choices, d.extension()
	change(&d.choices)
	if d.choices.Path == before.Path {
		d.choices.Path = strings.TrimSuffix(d.choices.Path, extension) + d.extension()
	}
	d.report, d.written, d.problem = nil, "", nil
	if d.prospect != nil && d.err == nil && !d.running && sameRecords(&before, &d.choices) {
		d.lookAtPath()
		if !sameParts(&before, &d.choices) {
			d.divide()
		}
		d.changed()
		return
	}
	d.renew()
}

// sameRecords reports whether every format holds as much with the one choices as with the other.
func sameRecords(a, b *ExportChoices) bool {
	return slices.Equal(a.Layers, b.Layers) && slices.Equal(a.States, b.States) && a.Gaps == b.Gaps && a.Overlaps == b.Overlaps && a.Tags == b.Tags && a.Unit == b.Unit
}

// lookAtPath finds out whether something is at the path already.
func (d *ExportDraft) lookAtPath() {
	path := d.choices.Path
	go func() {
		_, missing := os.Stat(path)
		d.session.post(func() {
			if path == d.choices.Path && d.there != (missing == nil) {
				d.there = missing == nil
				d.changed()
			}
		})
	}()
}

// extension returns how the name of what is written ends; "" for a folder.
func (d *ExportDraft) extension() string {
	f := d.Format()
	if f == nil || f.WriteFile == nil || d.choices.Split != "" || len(f.Patterns) == 0 {
		return ""
	}
	return strings.TrimPrefix(f.Patterns[0], "*")
}

// Show has the project looked at now and after each change.
func (d *ExportDraft) Show() {
	d.shown = true
	d.renew()
}

// Hide ends that. An export that is being made goes on.
func (d *ExportDraft) Hide() {
	d.shown = false
	d.cancel()
	d.stopDividing()
}

func (d *ExportDraft) cancel() {
	d.request++
	d.stop()
	d.running = false
}

func (d *ExportDraft) renew() {
	if d.busy || !d.shown {
		return
	}
	d.cancel()
	d.err, d.running, d.pacer = nil, true, nil
	d.divide()
	request := d.request
	time.AfterFunc(reviewPause, func() {
		d.session.post(func() {
			if request == d.request {
				d.look()
			}
		})
	})
	d.changed()
}

// look makes the prospect.
func (d *ExportDraft) look() {
	ctx, stop := context.WithCancel(context.Background())
	d.stop = stop
	request, s := d.request, d.session
	project, options := s.project, d.options()
	follow := func(do func()) {
		s.post(func() {
			if request == d.request {
				do()
				d.changed()
			}
		})
	}
	d.lookAtPath()
	d.pacer = newPacer(func() { follow(func() {}) })
	options.Progress = d.pacer.report
	go func() {
		defer stop()
		prospect, err := exchange.ForecastAll(ctx, project, options, WritableFormats()...)
		layers, err2 := layersOf(project, s.annotator)
		follow(func() {
			d.prospect, d.layers = prospect, layers
			d.err, d.running = cmp.Or(err, err2), false
		})
	}()
}

// layersOf returns whose layers a project has, as far as the annotator may see them.
func layersOf(project *store.Project, annotator string) ([]string, error) {
	blind, err := project.Blind()
	if err != nil || blind {
		return []string{annotator}, err
	}
	return project.Annotators("")
}

// options returns the choices as the export takes them.
func (d *ExportDraft) options() exchange.ExportOptions {
	c := &d.choices
	o := exchange.ExportOptions{
		Format: c.Format, Layers: slices.Clone(c.Layers), States: slices.Clone(c.States), Unit: c.Unit, Gaps: c.Gaps, Overlaps: c.Overlaps, Tags: c.Tags, Pseudonyms: c.Pseudonyms,
	}
	if len(c.Layers) == 1 {
		o.Annotator = c.Layers[0]
	}
	return o
}

// Begin returns the work of the export, for another goroutine, and what is to be done with
// its outcome on this one. An error, which is told, says why it cannot begin.
func (d *ExportDraft) Begin() (work func(context.Context, exchange.Progress) error, done func(error), err error) {
	s, c := d.session, d.choices
	c.Path = strings.TrimSpace(c.Path)
	if c.Path == "" {
		return nil, nil, s.fail(annotate.Errorf(annotate.Invalid, "say first where to write"))
	}
	how, err := c.split()
	if err != nil {
		return nil, nil, s.fail(err)
	}
	d.cancel()
	d.busy, d.problem = true, nil
	options := d.options()
	d.pacer = newPacer(func() { s.post(d.changed) })
	report := d.pacer.report
	var made exchange.Report
	d.changed()
	return func(ctx context.Context, progress exchange.Progress) error {
			if err := s.Flush(); err != nil {
				return err
			}
			keepExportChoices(s, c)
			if c.Strict || len(c.Refused) > 0 {
				losses, err := exchange.Forecast(ctx, s.project, options)
				if err != nil {
					return err
				}
				if c.Strict && len(losses) > 0 || len(losses.Among(c.Refused)) > 0 {
					return annotate.Errorf(annotate.Conflict, "%s cannot hold all of this, and losses were to be refused; nothing was written", c.Format)
				}
			}
			options.Progress = func(done, total int, name string) {
				report(done, total, name)
				if progress != nil {
					progress(done, total, name)
				}
			}
			var err error
			if how != nil {
				made, err = exchange.ExportSplit(ctx, s.project, c.Path, options, *how)
			} else {
				made, err = exchange.Export(ctx, s.project, c.Path, options)
			}
			return err
		}, func(err error) {
			d.busy, d.problem = false, cancelled(err, "the export was cancelled; what was there before is there still")
			if err == nil {
				d.report, d.written, d.there = &made, c.Path, true
			}
			d.changed()
		}, nil
}

// keepExportChoices keeps the choices for the next time.
func keepExportChoices(s *Session, c ExportChoices) {
	raw, err := json.Marshal(c)
	if err != nil || s.project.ReadOnly() != nil {
		return
	}
	_ = s.project.SetSetting(exportSetting+s.annotator, string(raw)) // the choices are lost with a disk that takes nothing; the project is not
}
